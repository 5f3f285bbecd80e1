"""Quotation marks promise the very words of a source."""

from __future__ import annotations

import pytest

from digestbot.text.verify.evidence import Evidence
from digestbot.text.verify.quotations import Quotations

CHINESE = Evidence(["负责人说：“我们明年会更快。”该计划名为“灯塔”。"])
ENGLISH = Evidence(['"We will be faster next year," she said of the Lantern plan.'])
ORIGINAL = {"我们明年会更快": "We will be faster next year"}


def found(text: str, evidence: Evidence, **originals: str) -> list[str]:
    return [each.reason for each in Quotations(originals=originals).findings(text, evidence)]


@pytest.mark.parametrize(
    "text", ["她说：“我们明年会更快。”", "她说“我们明年……更快”", "名为“灯塔”", "所谓“降维打击”"]
)
def test_the_words_of_a_source_and_terms_pass(text: str) -> None:
    assert found(text, CHINESE) == []


@pytest.mark.parametrize("text", ["她说：“快了。”", "她称“太疯狂了”", "一句“我们今年会比谁都更快”"])
def test_what_nobody_said_is_a_finding(text: str) -> None:
    (reason,) = found(text, CHINESE)

    assert "is not word for word in the source" in reason


def test_a_translated_quotation_needs_its_original() -> None:
    text = "她说：“我们明年会更快。”"

    assert len(found(text, ENGLISH)) == 1
    assert list(Quotations(originals=ORIGINAL).findings(text, ENGLISH)) == []
    (made_up,) = Quotations(originals={"我们明年会更快": "We won"}).findings(text, ENGLISH)
    assert made_up.reason == "“我们明年会更快。” is given as `We won`, which no source says"


def test_what_is_not_word_for_word_loses_its_marks() -> None:
    unmarked = Quotations().unmarked

    assert unmarked("她说：“我们明年会更快。”", ENGLISH) == "她说：我们明年会更快。"
    assert unmarked("她说：“我们明年会更快。”", CHINESE) == "她说：“我们明年会更快。”"
    assert unmarked("**“灯塔”**与“降维打击”", CHINESE) == "**“灯塔”**与降维打击"
