"""Verify: what a text says that its sources do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from digestbot.text.facts import (
    Fact,
    Label,
    Moment,
    Quantity,
    Score,
    Value,
    find_facts,
    find_wordings,
    plain,
)
from digestbot.text.facts.calendar import AWAY
from digestbot.text.languages import language_of
from digestbot.text.verify.agreement import Support
from digestbot.text.verify.directions import direction_of
from digestbot.text.verify.evidence import Evidence
from digestbot.text.verify.finding import Finding, Severity
from digestbot.text.verify.names import Names
from digestbot.text.verify.novelty import novel_sentences
from digestbot.text.verify.reasons import reason_of
from digestbot.text.verify.wordings import of_quotation

__all__ = ["Finding", "Severity", "check", "of_facts"]

_DATELINE = re.compile(r"\s*(?:\d{4}年)?\d{1,2}月\d{1,2}日(?=特稿|专稿|电|讯|消息)")
"""The day of the text itself, which sources of an unknown day cannot have."""


def check(
    text: str,
    sources: Sequence[str],
    *,
    published: date | datetime | None = None,
    language: str | None = None,
) -> list[Finding]:
    """Return what *text* says that is not in its *sources*, in the order of the text.

    *published* is when the sources appeared, which is a fact of theirs, too;
    *language* is the text's, guessed where it is not given. Of an English text
    with English sources, a sentence that has hardly a word of theirs is a claim
    without support.
    """
    day = published.date() if isinstance(published, datetime) else published
    language = language_of(text) if language is None else language
    evidence = Evidence(sources, published=day)
    facts = find_wordings(text, language=language)
    names = [fact for fact in facts if fact.kind == "name"]
    findings = [
        *of_facts(text, evidence, published=day),
        *(each for fact in facts if fact.kind == "quote" and (each := _finding(fact, evidence))),
        *Names().findings(names, text, evidence),
    ]
    if language == "en" and evidence.has_latin_source and not evidence.has_han_source:
        findings += novel_sentences(text, evidence)
    return sorted(findings, key=lambda each: (each.start, each.end))


def of_facts(text: str, evidence: Evidence, *, published: date | None) -> Iterator[Finding]:
    """Give a finding for each number, date, version or link of *text* that is not in *evidence*."""
    facts = find_facts(text, published=published)
    own = _DATELINE.match(text) if published is None else None
    left = plain(text)
    for fact in facts:
        if own and fact.start < own.end():
            continue
        if finding := _turned(left, fact, evidence) or _finding(fact, evidence):
            yield finding


def _turned(text: str, fact: Fact, evidence: Evidence) -> Finding | None:
    """The finding that a share rose, of which the sources say that it fell, or fell."""
    if not evidence.turns(fact, direction_of(text, fact)):
        return None
    return Finding(
        kind=fact.kind,
        severity="hard",
        text=fact.text,
        start=fact.start,
        end=fact.end,
        reason=f"`{fact.text}` went the other way in the source",
    )


def _finding(fact: Fact, evidence: Evidence) -> Finding | None:
    if _is_no_claim(fact):
        return None
    support, source = _support(fact, evidence)
    if support is Support.FULL or evidence.says(plain(fact.text)):
        return None
    return Finding(
        kind=fact.kind,
        severity="suspect" if support is Support.NEAR or _is_loose(fact, evidence) else "hard",
        text=fact.text,
        start=fact.start,
        end=fact.end,
        reason=reason_of(fact, evidence, source),
    )


def _is_no_claim(fact: Fact) -> bool:
    """Whether a soft fact claims nothing: "one" is an article, "today" of a day unknown."""
    said = fact.values[0]
    if isinstance(said, Quantity):
        return fact.soft and said.size == 1.0 and said.dimension != "ordinal"
    return _is_relative(said) and len(fact.values) == 1


def _is_relative(value: Value) -> bool:
    return isinstance(value, Moment) and any(name in AWAY for name, _ in value.parts)


def _is_loose(fact: Fact, evidence: Evidence) -> bool:
    """Whether *fact* may be said where no source has it: "yesterday" where none tells a day."""
    return fact.soft or (_is_relative(fact.values[0]) and not evidence.tells_days)


def _support(fact: Fact, evidence: Evidence) -> tuple[Support, Fact | None]:
    """How well the sources support *fact*, and the fact of theirs that does, where one does."""
    if plain(fact.text) in evidence.written:
        return Support.FULL, None
    if fact.kind == "quote":
        return of_quotation(fact, evidence), None
    return max((_of_value(value, evidence) for value in fact.values), key=lambda each: each[0])


def _of_value(value: Value, evidence: Evidence) -> tuple[Support, Fact | None]:
    if isinstance(value, Label):
        return evidence.of_label(value), None
    if isinstance(value, Moment):
        return evidence.of_moment(value), None
    if isinstance(value, Score):
        return evidence.of_score(value), None
    return evidence.of_quantity(value)
