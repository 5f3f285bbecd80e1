"""Versions, scores, links, names and quotations."""

from __future__ import annotations

import pytest

from digestbot.text.facts import Label, Score, find_facts, find_wordings


def labels(text: str) -> list[tuple[str, str]]:
    return [
        (fact.kind, value.name)
        for fact in find_facts(text)
        for value in fact.values[:1]
        if isinstance(value, Label)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GPT-5.4", "gpt5.4"),
        ("GPT 5.4", "gpt5.4"),
        ("搭载M4芯片", "m4"),
        ("M4 Pro", "m4pro"),
        ("Qwen3-72B", "qwen372b"),
        ("DeepSeek-V3.2", "deepseekv3.2"),
        ("iOS 17.2", "ios17.2"),
        ("COVID-19", "covid19"),
        ("5G", "5g"),
        ("3D", "3d"),
    ],
)
def test_a_name_with_figures_is_a_version(text: str, name: str) -> None:
    assert labels(text) == [("version", name)]


@pytest.mark.parametrize("text", ["mid-2019", "top-10", "A 3.45", "usd5", "in 2.5", "Rs5"])
def test_a_number_after_a_word_is_a_number(text: str) -> None:
    assert labels(text) == []
    assert len(find_facts(text)) == 1


def test_an_address_is_a_link() -> None:
    assert labels("看 https://www.Example.com/a/?b=1。or www.x.test/y.") == [
        ("link", "example.com/a/?b=1"),
        ("link", "x.test/y"),
    ]


@pytest.mark.parametrize("text", ["3-1", "3:1", "3比1", "1:3", "3–1"])
def test_a_score_is_one_whoever_is_named_first(text: str) -> None:
    assert find_facts(text)[0].values == (Score(low=1, high=3),)


def test_a_range_is_no_score() -> None:
    assert [fact.text for fact in find_facts("1-3")] == ["1", "3"]


def wordings(text: str, language: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.text) for fact in find_wordings(text, language=language)]


def test_latin_words_in_chinese_are_names() -> None:
    assert wordings("英伟达CEO黄仁勋与Sam Altman谈GPT-5", "zh") == [
        ("name", "CEO"),
        ("name", "Sam"),
        ("name", "Altman"),
    ]


def test_a_name_is_whole_beside_a_date_or_it_is_none() -> None:
    assert wordings("Mojo上周达成1.0版本，昨日Arm发布", "zh") == [("name", "Mojo"), ("name", "Arm")]
    assert wordings("OpenAI10月发布17Pro", "zh") == []


def test_capital_words_in_english_are_names() -> None:
    text = "Yesterday Jane Ross met Altman. Nobody was there on Monday."

    assert wordings(text, "en") == [("name", "Jane Ross"), ("name", "Altman")]


def test_other_languages_have_no_names() -> None:
    assert wordings("Der Hund und Herr Meier", "de") == []


@pytest.mark.parametrize("text", ["他说“我们会赢”。", "他说「我们会赢」。", "他说『我们会赢』。"])
def test_what_stands_between_marks_is_quoted(text: str) -> None:
    assert [kind for kind, _ in wordings(text, "zh")] == ["quote"]


def test_who_quotes_the_whole_text_quotes_nobody() -> None:
    assert wordings('"everything is quoted here, from first to last"', "en") == []
    assert wordings('he said "we will win" to them all', "en") == [("quote", '"we will win"')]
