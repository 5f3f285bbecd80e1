"""Where sentences end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.sentences import MAX_QUOTE, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("模型已开源。价格为3.5亿元！真的吗？", ["模型已开源。", "价格为3.5亿元！", "真的吗？"]),
        (
            "他说：“今天很好。我们走吧。”市场反应平平。",
            ["他说：“今天很好。我们走吧。”", "市场反应平平。"],
        ),
        ("“不会（注：2024年。）”，他说。完。", ["“不会（注：2024年。）”，他说。", "完。"]),
        ("走了.真的?好的", ["走了.", "真的?", "好的"]),
        ("GPT-5.5 shipped. It costs $3.5 billion.", ["GPT-5.5 shipped.", "It costs $3.5 billion."]),
        ("The U.S. President met Dr. Smith.", ["The U.S. President met Dr. Smith."]),
        ("He left the U.S. The deal held.", ["He left the U.S.", "The deal held."]),
        ("Tools, e.g. v4.1, work. J. K. Ro wrote.", ["Tools, e.g. v4.1, work.", "J. K. Ro wrote."]),
        ("“Stop. Now.” he said. She left.", ["“Stop. Now.” he said.", "She left."]),
        ('"Stop. Now," he said. Then.', ['"Stop. Now," he said.', "Then."]),
        ('A 13" screen. A 15" one.', ['A 13" screen.', 'A 15" one.']),
        ("Sales rose. iPhone sales fell.", ["Sales rose.", "iPhone sales fell."]),
        ("Wait… what? And so on... Then more.", ["Wait… what?", "And so on...", "Then more."]),
        ("1. First item. 2 more.", ["1. First item.", "2 more."]),
        ("访问 Node.js 官网。", ["访问 Node.js 官网。"]),
        (
            "Open (at 5 p.m. Officials said) now. Yes.",
            ["Open (at 5 p.m. Officials said) now.", "Yes."],
        ),
        ("One line\nanother line\n\n  ", ["One line", "another line"]),
        ("At 7 p.m. 3 left. Yes! no", ["At 7 p.m. 3 left.", "Yes! no"]),
        ("He said (so.) Then left.", ["He said (so.)", "Then left."]),
        ("", []),
    ],
)
def test_a_text_is_split_where_its_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_long_quotation_is_split_all_the_same() -> None:
    text = "“" + "他走了。" * MAX_QUOTE + "”"

    assert len(sentences(text)) == MAX_QUOTE


@given(st.text(alphabet='aB1 .。！“”"()（）…\n，U', max_size=80))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "piece", ["“", "“。”", "1. ", "。", "a.", "(.)", "A. ", "No. A ", ")", ". "]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    begin = time.process_time()
    sentences(piece * (200_000 // len(piece)))
    assert time.process_time() - begin < 2
