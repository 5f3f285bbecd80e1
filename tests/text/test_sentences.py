"""Where sentences end."""

from __future__ import annotations

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
        ("他高喊“加油！”并离开。完。", ["他高喊“加油！”并离开。", "完。"]),
        ("“加油！”他大声喊道。完。", ["“加油！”他大声喊道。", "完。"]),
        ("“我们赢了。”队长说。完。", ["“我们赢了。”队长说。", "完。"]),
        ("“我们赢了。”市场平静。", ["“我们赢了。”", "市场平静。"]),
        ("他问：“你好吗？”她笑了。", ["他问：“你好吗？”", "她笑了。"]),
        ("《你好，李焕英！》上映。完。", ["《你好，李焕英！》上映。", "完。"]),
        ("（他走了。）她来了。", ["（他走了。）", "她来了。"]),
        ("走吧。”他又来了。", ["走吧。”", "他又来了。"]),
        ("J.P. Morgan rose. A.I. Act passed.", ["J.P. Morgan rose.", "A.I. Act passed."]),
        (
            "It rose in Dec. The end. In Dec. 2025.",
            ["It rose in Dec.", "The end.", "In Dec. 2025."],
        ),
        ("He lives at 5 Main St. He likes it.", ["He lives at 5 Main St.", "He likes it."]),
        ("See St. Petersburg and Eq. 4 there.", ["See St. Petersburg and Eq. 4 there."]),
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


WHOLE = (
    "3.5 billion", "1,234.56", "99.9%", "$1.50", "v2.0.1", "GPT-5.6", "Python 3.12", "10.5-inch",
    "Mr. Smith", "Dr. Ada Jones", "U.S. Steel", "J. K. Rowling", "Acme Inc. in Ohio", "e.g. robots",
    "at 5 a.m. Monday", "No. 7", "Fig. 3", "St. Louis", "Washington, D.C. Mayor", "Dec. 24",
    "https://acme.test/a.b/c?d=1.5", "www.acme.test", "Node.js", "acme.py", "Jr. Smith",
    "“Stop. Now. Go,”", "(see 1.2. Then 3.)", '"It is. It was,"', "an 'end of. time' clock",
)  # fmt: skip
"""What holds a full stop that ends nothing."""

CHINESE = (
    "3.5亿元", "1.2万亿", "99.9%", "GPT-5.6模型", "v2.0版", "Node.js", "“今天。明天”",
    "（注：2024。）", "《真的吗？》", "“加油！”并", "https://acme.test/a.b?c=1", "10.5英寸", "No.1",
    "……", "「好。坏」",
)  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_english_sentence_is_split_inside(sentence_parts: list[list[str]]) -> None:
    written = [f"The firm saw {' and '.join(parts)} there." for parts in sentence_parts]

    assert sentences(" ".join(written)) == written


@given(st.lists(st.lists(st.sampled_from(CHINESE), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_chinese_sentence_is_split_inside(sentence_parts: list[list[str]]) -> None:
    written = [f"公司看到{'和'.join(parts)}了。" for parts in sentence_parts]

    assert sentences("".join(written)) == written


@pytest.mark.parametrize(
    "piece",
    ["“", "“。”", "1. ", "。", "a.", "(.)", "A. ", "No. A ", ")", ". ", "。”说", "“a！”b", "A.B. "],
)
def test_hostile_text_is_read_to_its_end(piece: str) -> None:
    """A rule that goes back over what it has read would take hours here."""
    text = piece * (200_000 // len(piece))

    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
