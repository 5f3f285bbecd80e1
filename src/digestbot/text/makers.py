"""Makers: those whose work is the field's news, and what they call it."""

from __future__ import annotations

import re

from digestbot.text.titles import folded

MAKERS = {
    "OpenAI": r"openai|chatgpt|\bgpt|codex|\bsora\b",
    "Anthropic": r"anthropic|claude",
    "Google": r"google|谷歌|gemini|deepmind|notebooklm",
    "Mistral": r"mistral",
    "xAI": r"\bgrok|\bxai\b",
    "DeepSeek": r"deepseek",
    "Alibaba": r"qwen|千问|阿里",
    "Moonshot": r"kimi|月之暗面",
    "MiniMax": r"minimax",
    "Zhipu": r"智谱|\bglm",
    "ByteDance": r"豆包|火山引擎|字节",
    "Tencent": r"混元|腾讯",
    "StepFun": r"阶跃",
    "Meta": r"llama|\bmeta\b",
    "Cursor": r"cursor",
    "Perplexity": r"perplexity",
    "Nvidia": r"nvidia|英伟达",
    "Microsoft": r"microsoft|微软",
    "Baidu": r"百度",
    "Huawei": r"华为",
    "Xiaomi": r"小米",
}
"""Each with the patterns, for text in one case, of its own name and of its products'."""

ANY_MAKER = re.compile("|".join(MAKERS.values()))

_PATTERNS = {name: re.compile(pattern) for name, pattern in MAKERS.items()}


def makers_in(text: str) -> frozenset[str]:
    """Return the makers that *text* names, or whose products it names."""
    plain = folded(text)
    if not ANY_MAKER.search(plain):
        return frozenset()
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.search(plain))
