"""What of an account is the same in another language."""

from __future__ import annotations

import pytest

from digestbot.text.identity import Account
from digestbot.text.identity.crossing import names, signature


def test_a_word_written_small_is_no_name_in_a_language_with_capitals() -> None:
    title = "Anthropic lets an agent run the whole protein design"

    assert "anthropic" in names(Account(title=title))
    assert "design" not in names(Account(title=title))
    assert "design" in names(Account(title="Anthropic 官宣 /design 命令"))
    assert "design" in signature(Account(title=title))


@pytest.mark.parametrize(
    "title",
    ["美国一名学生获奖", "seen in the US by 40 of 100", "7 of 9"],
    ids=["zh", "en", "digits"],
)
def test_countries_and_small_or_round_numbers_are_nobodys_name(title: str) -> None:
    assert not names(Account(title=title))


def test_a_name_is_counted_once_however_it_is_found() -> None:
    assert names(Account(title="GPT-5.6 上线")) == ["gpt5.6"]
    assert names(Account(title="OpenRouter 融资")) == ["openrouter"]


def test_a_grouped_figure_is_one_figure() -> None:
    assert "7700" in names(Account(title="7,700名员工的研究"))
