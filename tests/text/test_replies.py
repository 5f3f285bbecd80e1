"""Replies: objects found in what models say, and prose held to its demands."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.errors import BadReplyError
from digestbot.text.replies import (
    Demands,
    echo_flaws,
    flaws,
    keep_bold,
    one_line,
    read_object,
    title_flaws,
    visible,
)

GOOD = "星河公司周一发布了参数规模为700亿的新模型，并在官网开放下载。"


def demands(**given: Any) -> Demands:
    values: dict[str, Any] = {"name": "text", "language": "zh", "longest": 200}
    return Demands(**values | given)


@pytest.mark.parametrize(
    "reply",
    [
        '{"a": 1}',
        '  {"a": 1}\n',
        '```json\n{"a": 1}\n```',
        'Here you are:\n```\n{"a": 1}\n```\nAnything else?',
        'Sure {name}: {"a": 1}',
        "{'a': 1}",
        '{"a": 1,}',
        '{"a": 1',
        "{“a”: 1}",
        '[{"a": 1}]',
        '{"a": 1} {"b": 2}',
        '<think>{"a": 2}? no</think>{"a": 1}',
        '<thinking>\nhm\n</thinking>\n\n{"a": 1}',
        'the opening tag was eaten</think>{"a": 1}',
    ],
)
def test_an_object_is_found_however_it_is_wrapped_or_broken(reply: str) -> None:
    assert read_object(reply) == {"a": 1}


@pytest.mark.parametrize(
    ("reply", "value"),
    [
        ('{"a": "他说"你好"了。"}', '他说"你好"了。'),
        ('{"a": "one\ntwo"}', "one\ntwo"),
        ('{"a": "not finis', "not finis"),
    ],
    ids=["inner quotes", "raw newline", "cut"],
)
def test_a_broken_string_is_read_as_it_was_meant(reply: str, value: str) -> None:
    assert read_object(reply) == {"a": value}


def test_not_a_number_does_not_stop_the_reading() -> None:
    assert read_object('{"a": NaN, "b": 1}')["b"] == 1


@pytest.mark.parametrize(
    ("reply", "flaw"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ('<think>never closed {"a": 1}', "empty"),
        ("Sorry, no.", "no JSON"),
        ("{}", "not one JSON object"),
        ("{" * 200, "not one JSON object"),
        ('[["a"], {', "not one JSON object"),
        ('{"a": "' + "x" * 30_000, "far too long"),
        ('{"a":' * 3_000, "not one JSON object"),
    ],
    ids=["nothing", "blank", "thought", "words", "bare", "braces", "half", "long", "deep"],
)
def test_where_there_is_no_object_the_reply_is_bad(reply: str, flaw: str) -> None:
    with pytest.raises(BadReplyError, match=flaw):
        read_object(reply)


@given(st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()), min_size=1))
def test_an_object_that_is_sound_comes_back_as_it_was(value: dict[str, Any]) -> None:
    if "</think" not in str(value):
        assert read_object(json.dumps(value, ensure_ascii=False)) == value


@given(st.text(alphabet='{}[]":,abc1\\ \n“。<think>/', max_size=200))
def test_any_reply_is_read_or_is_bad(reply: str) -> None:
    try:
        found = read_object(reply)
    except BadReplyError:
        return
    assert found
    assert isinstance(found, dict)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "OpenAI发布了GPT-5.1，售价**20美元**。",
        "他说：“明年再看。”",
        "5*5=25，3*4=12！",
        "截至2025年，有1. 5和2. 0两个版本。",
        "负责人提到了[原文如此]一处笔误。",
        "温度低于-20度，a<b时成立。",
    ],
)
def test_good_prose_has_no_flaws(text: str) -> None:
    assert flaws(text, demands()) == []


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", "empty"),
        ("****", "empty"),
        ("好。", "far too few"),
        ("很长。" * 100, "far too many"),
        ("OpenAI released a new model on Monday, its largest.", "not in simplified Chinese"),
        ("オープンAIは月曜日に新しいモデルを発表しました。", "not in simplified Chinese"),
        ("這個國家會發佈實體經濟的數據。", "traditional"),
        ("# 标题\n正文在这里继续。", "a heading"),
        ("- 第一条\n- 第二条。", "a list"),
        ("1. 第一条\n2. 第二条。", "a list"),
        ("```\n代码是这样写的。\n```。", "a code fence"),
        ("> 引用了这一句话。", "a block quote"),
        ("| 公司 | 数字 |。", "a table"),
        ("第一段话在此。\n---\n第二段话在此。", "a rule"),
        ("参见[原文](http://a.test)的说法。", "an image or a link"),
        ("配图![x](y)在此可见。", "an image or a link"),
        ("详情见<b>这里</b>的说法。", "an HTML tag"),
        ("这是*斜体*的字，不要用。", "italics"),
        ("详情见https://a.test/x。", "an address"),
        ("详情见www.a.test网站。", "an address"),
        ("第一段。\\n第二段也在此。", "literal"),
        ("这是**没有收尾的加粗。", "without a partner"),
        ("抱歉，我不能帮忙写这个。", "refuses"),
        ("公司发布了新模型，参数规模为", "middle of a sentence"),
        ("他说“明年再看，今年不行。", "do not pair up"),
    ],
)
def test_each_flaw_of_prose_is_named(text: str, flaw: str) -> None:
    found = flaws(text, demands(shortest=5, refusals=("抱歉，我",)))

    assert any(flaw in each for each in found), found
    assert all(each.startswith("text: ") for each in found)


def test_english_prose_is_held_to_english() -> None:
    english = demands(language="en", refusals=("As an AI",))

    assert flaws("Shexu (设序科技) raised money on Monday.", english) == []
    assert "not in English" in flaws(GOOD, english)[0]
    assert "refuses" in flaws("as an ai, I would not say.", english)[0]


def test_a_language_without_a_name_is_not_checked() -> None:
    assert flaws("Die Firma teilte das am Montag mit.", demands(language="de")) == []


@pytest.mark.parametrize(
    ("title", "flaw"),
    [
        ("", "empty"),
        ("OpenAI Releases GPT-5.1 for Everyone", "not in simplified"),
        ("发布[新模型](http://a.test)", "a link"),
        ("长" * 300, "far too many"),
    ],
)
def test_a_headline_is_checked_but_for_its_full_stop(title: str, flaw: str) -> None:
    assert any(flaw in each for each in title_flaws(title, demands(name="headline")))
    assert title_flaws("OpenAI发布GPT-5.1", demands()) == []


@pytest.mark.parametrize("text", ["标题在此", "标题在此：正文。", "**标题在此**\n正文。"])
def test_a_text_that_opens_with_its_headline_as_a_title_is_flawed(text: str) -> None:
    assert echo_flaws(text, "标题在此")


@pytest.mark.parametrize("text", ["标题在此事之后改变了。", "正文。"])
def test_a_text_that_goes_on_from_its_headline_is_not(text: str) -> None:
    assert echo_flaws(text, "标题在此") == []
    assert echo_flaws(text, "") == []


def test_bold_is_kept_sparingly_and_where_it_is_wanted() -> None:
    text = "**甲**与**乙**和**丙**。"

    assert keep_bold(text, most=2) == "**甲**与**乙**和丙。"
    assert keep_bold(text, most=2, wanted=lambda span: span != "甲") == "甲与**乙**和**丙**。"
    assert keep_bold("2 ** 3", most=1) == "2 ** 3"


@given(st.text(alphabet="甲乙*。 ", max_size=40), st.integers(0, 3))
def test_taking_bold_away_changes_no_word(text: str, most: int) -> None:
    assert visible(keep_bold(text, most=most)) == visible(text)


def test_lines_meet_without_a_space_in_chinese() -> None:
    assert one_line("一。\n\n 二。 ", "zh") == "一。二。"
    assert one_line("One.\nTwo.", "en") == "One. Two."
