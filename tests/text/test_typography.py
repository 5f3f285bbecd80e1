"""Typography: Chinese as the house prints it, whatever the model's habits are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.typography import settled


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("发布 GPT-5 模型", "发布GPT-5模型"),
        ("售价 3999 美元，增长 12% 以上", "售价3999美元，增长12%以上"),
        ("发布 **GPT-5** 模型", "发布**GPT-5**模型"),
        ("发布，  明年", "发布，明年"),
        ('他说"明年再看"。', "他说“明年再看”。"),
        ("成本下降,速度上升;很好!", "成本下降，速度上升；很好！"),
        ("他说: “好”", "他说：“好”"),
        ("已经上线.", "已经上线。"),
        ("Claude Opus 4.1 Pro", "Claude Opus 4.1 Pro"),
        ("支持 Mac, Windows 和 Linux", "支持Mac, Windows和Linux"),
        ("在10:30到11:00之间", "在10:30到11:00之间"),
        ('27" 屏幕', '27" 屏幕'),
    ],
)
def test_chinese_is_settled(text: str, house: str) -> None:
    assert settled(text, "zh") == house


def test_english_is_left_alone() -> None:
    assert settled('He said, "fine" .', "en") == 'He said, "fine" .'


@given(st.text(alphabet='中文，。“”aZ9 .,:"*%', max_size=60))
def test_settling_is_done_after_once_and_touches_no_word(text: str) -> None:
    once = settled(text, "zh")

    assert settled(once, "zh") == once
    assert [c for c in once if c.isalnum()] == [c for c in text if c.isalnum()]
