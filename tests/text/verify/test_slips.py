"""Notations of real reports that were once misread."""

from __future__ import annotations

import pytest

from digestbot.text.facts import find_facts
from digestbot.text.verify import check


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("公司投资750亿建厂。", "It will invest 75 billion dollars."),
        ("该党在297个席位中拿下209席。", "The party has won 209 out of 297 seats."),
        ("七成人支持。", "Some 7 out of 10 agree."),
    ],
)
def test_the_same_in_other_words_is_supported(text: str, source: str) -> None:
    assert check(text, [source]) == []


def test_a_count_behind_a_date_is_no_score() -> None:
    assert "17: 10" not in [fact.text for fact in find_facts("June 17: 10 stories")]
    assert [fact.text for fact in find_facts("won 3:2 and 21 - 17")] == ["3:2", "21 - 17"]


def test_an_address_ends_where_chinese_begins() -> None:
    link, day = find_facts("www.n.test于8月17日发布此消息")

    assert (link.kind, link.text) == ("link", "www.n.test")
    assert day.text == "8月17日"
