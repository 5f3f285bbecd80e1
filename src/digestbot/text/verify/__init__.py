"""Verify: what a text says that its sources do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from digestbot.text.facts import Fact, Kind, Label, Moment, Score, find_facts, find_wordings, plain
from digestbot.text.languages import language_of
from digestbot.text.verify.agreement import Support
from digestbot.text.verify.evidence import Evidence, only_letters
from digestbot.text.verify.reasons import reason_of

__all__ = ["Finding", "Severity", "check"]

Severity = Literal["hard", "suspect"]
"""Hard is what no source has; suspect what one has nearly, or what may be meant otherwise."""

QUOTED = 4
"""Words, or Han characters, from which what is quoted must be somebody's words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fact of a text, ``text[start:end]`` of it, that its sources do not support, and why."""

    kind: Kind
    severity: Severity
    text: str
    start: int
    end: int
    reason: str


def check(
    text: str,
    sources: Sequence[str],
    *,
    published: date | datetime | None = None,
    language: str | None = None,
) -> list[Finding]:
    """Return what *text* says that is not in its *sources*, in the order of the text.

    *published* is when the sources appeared, which is a fact of theirs, too;
    *language* is the text's, guessed where it is not given.
    """
    day = published.date() if isinstance(published, datetime) else published
    language = language_of(text) if language is None else language
    evidence = Evidence(sources, published=day)
    facts = [*find_facts(text, published=day), *find_wordings(text, language=language)]
    facts.sort(key=lambda fact: (fact.start, fact.end))
    return [each for fact in facts if (each := _finding(fact, evidence))]


def _finding(fact: Fact, evidence: Evidence) -> Finding | None:
    support = _support(fact, evidence)
    if support is Support.FULL or plain(fact.text) in evidence.text:
        return None
    severity: Severity = "suspect" if support is Support.NEAR or fact.soft else "hard"
    return Finding(
        kind=fact.kind,
        severity=severity,
        text=fact.text,
        start=fact.start,
        end=fact.end,
        reason=reason_of(fact, evidence, support),
    )


def _support(fact: Fact, evidence: Evidence) -> Support:
    if plain(fact.text) in evidence.written:
        return Support.FULL
    if fact.kind == "name":
        return _of_name(fact, evidence)
    if fact.kind == "quote":
        return _of_quotation(fact, evidence)
    best = Support.NONE
    for value in fact.values:
        if isinstance(value, Label):
            best = max(best, evidence.of_label(value))
        elif isinstance(value, Moment):
            best = max(best, evidence.of_moment(value))
        elif isinstance(value, Score):
            best = max(best, evidence.of_score(value))
        else:
            best = max(best, evidence.of_quantity(value))
    return best


def _of_name(fact: Fact, evidence: Evidence) -> Support:
    return Support.FULL if fact.text.casefold() in evidence.words else Support.NONE


def _of_quotation(fact: Fact, evidence: Evidence) -> Support:
    letters = only_letters(plain(fact.text))
    return Support.FULL if letters in evidence.letters else Support.NEAR
