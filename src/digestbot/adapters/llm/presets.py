"""The common OpenAI-compatible providers by name: where they are, and which key they take.

Base URLs and models as their documentation had them in November 2026.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from digestbot.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One provider. ``model`` is what is asked where none is named; empty: name one."""

    base_url: str
    key_variable: str
    model: str = ""
    needs_key: bool = True


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "openai": Preset(
            base_url="https://api.openai.com/v1",
            key_variable="OPENAI_API_KEY",
            model="gpt-6-luna",
        ),
        "deepseek": Preset(
            base_url="https://api.deepseek.com",
            key_variable="DEEPSEEK_API_KEY",
            model="deepseek-v4-flash",
        ),
        "qwen": Preset(
            base_url="https://dashscope.aliyuncs.com/compatible-mode/v1",
            key_variable="DASHSCOPE_API_KEY",
            model="qwen-plus",
        ),
        "moonshot": Preset(
            base_url="https://api.moonshot.cn/v1",
            key_variable="MOONSHOT_API_KEY",
            model="kimi-k2.6",
        ),
        "zhipu": Preset(
            base_url="https://open.bigmodel.cn/api/paas/v4",
            key_variable="ZHIPUAI_API_KEY",
            model="glm-5.3",
        ),
        "openrouter": Preset(
            base_url="https://openrouter.ai/api/v1",
            key_variable="OPENROUTER_API_KEY",
            model="deepseek/deepseek-v4-flash",
        ),
        "ollama": Preset(
            base_url="http://localhost:11434/v1",
            key_variable="OLLAMA_API_KEY",
            model="qwen3",
            needs_key=False,
        ),
        "vllm": Preset(
            base_url="http://localhost:8000/v1",
            key_variable="VLLM_API_KEY",
            needs_key=False,
        ),
    }
)


def preset(provider: str) -> Preset:
    """Return the preset of *provider*; raises ``ConfigError`` with a suggestion for others."""
    try:
        return PRESETS[provider]
    except KeyError:
        near = difflib.get_close_matches(provider, PRESETS, n=1)
        advice = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(PRESETS)}"
        reason = f"no provider is named {provider!r}; {advice}"
        raise ConfigError("model.provider", reason) from None
