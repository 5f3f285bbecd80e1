"""Providers by name, and what opening a model loads."""

from __future__ import annotations

import subprocess
import sys

import pytest

from digestbot.adapters.llm import PRESETS, preset
from digestbot.adapters.llm.meter import tokens
from digestbot.errors import ConfigError


@pytest.mark.parametrize("provider", PRESETS)
def test_each_provider_has_an_address_and_a_key_variable(provider: str) -> None:
    found = preset(provider)

    assert found.base_url.startswith("http")
    assert found.key_variable.endswith("_API_KEY")
    assert found.model or not found.needs_key


def test_an_unknown_provider_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(ConfigError, match="did you mean 'deepseek'"):
        preset("deepseak")
    with pytest.raises(ConfigError, match="known: openai, deepseek"):
        preset("zzz")


def test_opening_a_model_loads_no_vendor() -> None:
    code = (
        "import sys\n"
        "from digestbot.adapters.llm import ModelSettings, open_model\n"
        "from digestbot.testing import MemoryStore\n"
        "open_model(ModelSettings(name='m', base_url='http://localhost/v1'), store=MemoryStore())\n"
        "print([name for name in ('openai', 'langchain_core', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_tokens_are_guessed_by_script() -> None:
    assert tokens("") == 0
    assert tokens("人工智能") == 4
    assert tokens("GPT-5发布") == 2 + 2
