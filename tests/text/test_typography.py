"""Typography: texts set as their format sets them, whatever a model's habits are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.model import Typography
from digestbot.text import verify
from digestbot.text.typography import settled, slips

CHINESE = Typography(punctuation="wide", spacing="none", quotes="curly")
SPACED = Typography(punctuation="wide", spacing="one", quotes="curly")
ENGLISH = Typography(punctuation="narrow", quotes="curly")


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("发布 GPT-5 模型", "发布GPT-5模型"),
        ("售价 3999 美元，增长 12% 以上", "售价3999美元，增长12%以上"),
        ("发布 **GPT-5** 模型", "发布**GPT-5**模型"),
        ("发布，  明年", "发布，明年"),
        ('他说"明年再看"。', "他说“明年再看”。"),
        ("成本下降,速度上升;很好!", "成本下降，速度上升；很好！"),
        ("成本下降, OpenAI受益", "成本下降，OpenAI受益"),
        ("OpenAI,谷歌和Meta", "OpenAI，谷歌和Meta"),
        ("增长20%,达到10亿", "增长20%，达到10亿"),
        ("他说: “好”", "他说：“好”"),
        ("已经上线.", "已经上线。"),
        ("已经上线. 明年收费.", "已经上线。明年收费。"),
        ("还在等...", "还在等……"),
        ("英伟达(Nvidia)发布", "英伟达（Nvidia）发布"),
        ("英伟达 (Nvidia) 发布", "英伟达（Nvidia）发布"),
        ("GPT-5(预览版)上线", "GPT-5（预览版）上线"),
        ("已经上线。。明年，，收费，。", "已经上线。明年，收费。"),
        ("已经上线。.明年，,收费", "已经上线。明年，收费"),
        ("**已经,上线**，,", "**已经，上线**，"),
        ("**已经，**，上线", "**已经，**上线"),
        ("“We are here” he said，他走了", "“We are here” he said，他走了"),
    ],
)
def test_chinese_is_set_wide_and_close_with_curly_quotes(text: str, house: str) -> None:
    assert settled(text, CHINESE) == house


@pytest.mark.parametrize(
    "text",
    [
        "Claude Opus 4.1 Pro",
        "支持Mac, Windows和Linux",
        "在10:30到11:00之间，比分3:2，共1,000人",
        "Yahoo!宣布",
        "U.S.政府与Character.AI",
        '27" 屏幕',
        '6.1"和6.7"两种屏幕',
        "函数f(x)与O(n)",
        "`a,b` 与 `他说,好`",
        "见https://a.example/路,径?x=1,2",
        "见[原文](https://a.example/路,径(一))",
        '<a href="x">原文</a>',
        "《Hello, 世界》上映",
        "真的？！还有——以及……",
        "# 标题",
    ],
)
def test_figures_names_code_addresses_and_titles_are_left_alone(text: str) -> None:
    assert settled(text, CHINESE) == text


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("发布GPT-5模型", "发布 GPT-5 模型"),
        ("发布**GPT-5**模型", "发布 **GPT-5** 模型"),
        ("发布， GPT-5", "发布，GPT-5"),
        ("共3999美元与10GW电力", "共3999美元与10GW电力"),
        ("B站与A股", "B站与A股"),
    ],
)
def test_blanks_beside_latin_words_are_a_switch(text: str, spaced: str) -> None:
    assert settled(text, SPACED) == spaced


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ('He said, "fine".', "He said, “fine”."),
        ("fast，and cheap", "fast, and cheap"),
        ("It costs 1，000 dollars", "It costs 1，000 dollars"),
        ("one,, two", "one, two"),
        ("don't, O'Brien", "don't, O'Brien"),
        ("the film 活着，shown", "the film 活着，shown"),
    ],
)
def test_english_is_set_narrow(text: str, house: str) -> None:
    assert settled(text, ENGLISH) == house


def test_without_rules_nothing_is_touched() -> None:
    assert settled('他说,"好" .', Typography()) == '他说,"好" .'


def test_a_slip_says_where_it_is_by_which_rule_and_what_belongs_there() -> None:
    found = slips('**发布** GPT,他说"好"，，', CHINESE)

    assert [(each.rule, each.start, each.end, each.replacement) for each in found] == [
        ("spacing", 6, 7, ""),
        ("punctuation", 10, 11, "，"),
        ("quotes", 13, 14, "“"),
        ("quotes", 15, 16, "”"),
        ("doubled", 17, 18, ""),
    ]


TEXTS = st.text(alphabet='中文，。“”；aZ9 .,:;!?"*%()（）《》`…-', max_size=60)
SOME = st.sampled_from([CHINESE, SPACED, ENGLISH])


@given(TEXTS, SOME)
def test_to_settle_twice_changes_nothing_more(text: str, typography: Typography) -> None:
    once = settled(text, typography)

    assert slips(once, typography) == []
    assert settled(once, typography) == once


@given(TEXTS, SOME)
def test_no_letter_figure_or_mark_of_bold_is_touched(text: str, typography: Typography) -> None:
    def kept(line: str) -> list[str]:
        return [each for each in line if each.isalnum() or each in "*%-`"]

    assert kept(settled(text, typography)) == kept(text)


FACTS = st.sampled_from(
    [
        "15亿美元",
        "3.5%",
        "1,000人",
        "GPT-5.4",
        "10月14日",
        "70B",
        "10:30",
        "$1.5 billion",
        "三分之一",
    ]
)
WORDS = st.sampled_from(["发布", "，", ",", "。", " ", "达到", "OpenAI", '"', "(", ")", "**", "约"])


@given(st.lists(st.one_of(FACTS, WORDS), max_size=12).map("".join), SOME)
def test_the_figures_of_a_text_stay_what_they_are(text: str, typography: Typography) -> None:
    def figures(line: str) -> list[str]:
        return re.findall(r"\d+(?:[.,:]\d+)*", line.replace(" ", ""))

    assert figures(settled(text, typography)) == figures(text)


def test_what_a_settled_text_says_is_what_the_text_said() -> None:
    text = "公司于 10月14日 宣布,营收 15 亿美元(同比增长 3.5%),GPT-5.4 将在 2026 年上线."

    assert settled(text, CHINESE) != text
    assert verify.check(settled(text, CHINESE), [text]) == []
    assert verify.check(text, [settled(text, CHINESE)]) == []


@pytest.mark.parametrize(
    "piece", ["`", "](", "<a", "《", "(", '"', " ", "，**", "中,", "a b中", "，，"]
)
def test_hostile_lines_are_settled_too(piece: str) -> None:
    once = settled(piece * 20_000, CHINESE)

    assert settled(once, CHINESE) == once
