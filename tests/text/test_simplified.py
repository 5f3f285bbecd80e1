"""Traditional characters become simplified ones, in texts that are written in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.simplified import converted, simplified


def test_a_traditional_text_becomes_a_simplified_one() -> None:
    text = "黃仁勛一上臺就把現場氛圍點燃：這個禮堂坐滿了 3000 人。"

    assert simplified(text) == "黄仁勋一上台就把现场氛围点燃：这个礼堂坐满了 3000 人。"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The plant opened on Monday.",
        "黄仁勋一上台就把现场氛围点燃，这个礼堂坐满了人。",
        "这部名叫《悲情城市》的电影讲的是林家的故事，导演侯孝賢后来说，他没有想到会得奖，观众也没有。",
        "東京の會社は新しい工場を開き、三百人を雇うと發表しました。",
    ],
    ids=["empty", "english", "simplified", "one name", "japanese"],
)
def test_any_other_text_comes_back_as_it_was(text: str) -> None:
    assert simplified(text) == text


@given(st.text(alphabet="黃仁勛這個的了是x1 ，。", max_size=60))
def test_to_simplify_twice_changes_nothing_more(text: str) -> None:
    once = simplified(text)

    assert simplified(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFF, exclude_categories=["Cs"])))
def test_what_is_not_han_is_never_touched(text: str) -> None:
    assert converted(text) == text
