"""Shares that rose in a text and fell in its sources."""

from __future__ import annotations

import pytest

from digestbot.text.verify import check


def hard(text: str, *sources: str) -> list[str]:
    return [each.text for each in check(text, sources) if each.severity == "hard"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Revenue rose 5%", "Revenue fell 5%"),
        ("营收下降5%", "Revenue grew by 5 percent."),
        ("营收增长12.3%", "营收同比下滑12.3%"),
        ("a 5% rise", "It was a drop of 5%"),
        ("跌幅0.41%", "上涨0.41%"),
        ("Margins rose 2 percentage points", "Margins are down 2 percentage points."),
        ("上调25个基点", "They cut rates by 25 basis points."),
    ],
)
def test_a_share_that_went_the_other_way_is_found(text: str, source: str) -> None:
    assert len(hard(text, source)) == 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Revenue rose 5%", "Revenue was 5% higher"),
        ("营收下降5%", "Revenue declined by 5 percent."),
        ("Revenue rose 5%", "Revenue changed 5%; costs fell."),
        ("Revenue rose 5%", "Costs fell 5%. Revenue was up 5%."),
        ("It changed 5%", "It fell 5%"),
        ("Revenue rose 5%", "Costs fell and revenue rose 5%"),
        ("Revenue rose 5%", "Costs fell, a matter of 5% of sales"),
        ("增至5%", "from 7% it rose to 5%"),
    ],
)
def test_a_share_that_may_have_gone_that_way_is_let_pass(text: str, source: str) -> None:
    assert hard(text, source) == []


def test_the_reason_says_that_it_went_the_other_way() -> None:
    (finding,) = check("Revenue rose 5%", ["Revenue fell 5%"])

    assert finding.reason == "`5%` went the other way in the source"
    assert (finding.kind, finding.start, finding.end) == ("percentage", 13, 15)


def test_of_two_sources_one_is_enough() -> None:
    assert hard("Revenue rose 5%", "Revenue fell 5%", "Revenue grew 5%") == []
    assert hard("Revenue rose 5%", "Revenue fell 5%", "Revenue lost 5%") == ["5%"]


def test_hedges_that_contradict_each_other_are_suspect() -> None:
    (finding,) = check("近5000人", ["more than 5,000 people"])

    assert finding.severity == "suspect"
