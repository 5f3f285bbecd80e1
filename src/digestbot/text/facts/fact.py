"""The nouns of facts: what a text states that can be looked up, and what it may mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "percentage", "amount", "version", "date", "name", "quote", "link"]

Hedge = Literal["", "about", "over", "under", "many"]
"""How a number is given: as it is, rounded, from below, from above, or as an order of magnitude."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of something: ``size`` of its ``unit``, each ``factor`` of the base unit.

    ``dimension`` is "" where nothing says what is counted. ``grain`` is the
    size of the last place that was written: a tenth of a billion for 1.5 billion.
    """

    size: float
    grain: float = 1.0
    dimension: str = ""
    unit: str = ""
    factor: float = 1.0
    hedge: Hedge = ""

    @property
    def base(self) -> float:
        """The number in the base unit of its dimension."""
        return self.size * self.factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date or time, as far as it is said: ``{("month", 10), ("day", 14)}``."""

    parts: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What two sides have, the smaller first: either may be named first."""

    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What is compared letter by letter: a version, a name, an address, a quotation."""

    name: str


Value = Quantity | Moment | Score | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact of a text: ``text[start:end]``, and what it may mean, the likeliest first.

    ``soft`` is one that writers state in passing, or in words that mean other
    things, too: a count up to ten in words, "the first", "half".
    """

    kind: Kind
    text: str
    start: int
    end: int
    values: tuple[Value, ...]
    soft: bool = False


def moment(**parts: int | None) -> Moment:
    """Return the moment of those *parts* that are known."""
    known = ((name, value) for name, value in parts.items() if value is not None)
    return Moment(parts=frozenset(known))


def stated(kind: Kind, match: re.Match[str], *values: Value) -> Fact:
    """Return the fact that is written where *match* is."""
    text = match[0].rstrip(" ,")
    end = match.start() + len(text)
    return Fact(kind=kind, text=text, start=match.start(), end=end, values=values)


def in_passing(kind: Kind, match: re.Match[str], *values: Value) -> Fact:
    """Return the soft fact that is written where *match* is."""
    text = match[0].rstrip(" ,")
    end = match.start() + len(text)
    return Fact(kind=kind, text=text, start=match.start(), end=end, values=values, soft=True)
