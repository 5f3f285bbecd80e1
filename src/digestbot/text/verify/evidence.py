"""Evidence: the facts of all sources, so kept that looking one up takes no walk through all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from digestbot.text.facts import Fact, Label, Moment, Quantity, Score, day_moment, find_facts, plain
from digestbot.text.verify.agreement import (
    HEDGED,
    UNTOLD,
    Support,
    agree,
    comparable,
    finest,
    support,
)

STEM = 4
"""Letters that a name shares with what is made of it: Belgium and Belgian, west and Western."""

NEIGHBOURS = 200
"""Numbers near another that are compared with it; a story has fewer."""

_WORD = re.compile(r"[^\W\d_]+")


Kept = tuple[float, int, Quantity, Fact]
"""A number of the sources: its size, the place of its fact among all, itself, its fact."""


class Evidence:
    """What the sources of a story say, published on the day *published* or one unknown."""

    def __init__(self, sources: Sequence[str], published: date | None = None) -> None:
        self.text = plain("\n".join(sources))
        self.facts = [
            fact for source in sources for fact in find_facts(source, published=published)
        ]
        self.labels: set[str] = set()
        self.scores: set[Score] = set()
        self.quantities: defaultdict[str, list[Kept]] = defaultdict(list)
        self.moments: defaultdict[tuple[str, int], list[Moment]] = defaultdict(list)
        self._known: defaultdict[str, set[int]] = defaultdict(set)
        for number, fact in enumerate(self.facts):
            self._keep(fact, number)
        if published:
            self._keep_moment(day_moment(published))
        for kept in self.quantities.values():
            kept.sort(key=lambda each: each[:2])
        every = [each for kept in self.quantities.values() for each in kept]
        sized = [(kept[2].size, *kept[1:]) for kept in every]
        self.sizes: list[Kept] = sorted(sized, key=lambda each: each[:2])

    def _keep(self, fact: Fact, number: int) -> None:
        for value in fact.values:
            if isinstance(value, Quantity):
                self.quantities[value.dimension].append((value.base, number, value, fact))
            elif isinstance(value, Moment):
                self._keep_moment(value)
            elif isinstance(value, Score):
                self.scores.add(value)
                for side in (value.low, value.high):
                    self.quantities[""].append(
                        (float(side), number, Quantity(size=float(side)), fact)
                    )
            else:
                self.labels.add(value.name)

    def _keep_moment(self, moment: Moment) -> None:
        for part in moment.parts:
            self.moments[part].append(moment)
            self._known[part[0]].add(part[1])

    @cached_property
    def written(self) -> frozenset[str]:
        """Every fact of the sources as it is written there."""
        return frozenset(plain(fact.text) for fact in self.facts)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the sources, in small letters."""
        return frozenset(_WORD.findall(self.text.casefold()))

    @cached_property
    def stems(self) -> frozenset[str]:
        """How the words of the sources begin."""
        return frozenset(word[:STEM] for word in self.words)

    def spells_out(self, initials: str) -> bool:
        """Whether words that begin with *initials* follow each other in a source."""
        words = r"[\s-]+(?:(?:of|and|for|the)\s)?".join(rf"\b{letter}[a-z]+" for letter in initials)
        return re.search(words, self.text, re.IGNORECASE) is not None

    @cached_property
    def letters(self) -> str:
        """The sources without anything but letters and figures: quotations are looked up in it."""
        return only_letters(self.text)

    def near(self, said: Quantity) -> Iterator[tuple[Quantity, Fact]]:
        """Give the numbers of the sources that may support *said*."""
        if said.dimension in UNTOLD:
            yield from _around(self.sizes, said.size, _reach(said, 1.0))
            return
        for dimension, kept in self.quantities.items():
            if said.dimension == dimension:
                yield from _around(kept, said.base, _reach(said, said.factor))
            elif comparable(said.dimension, dimension):
                yield from _around(kept, said.size, _reach(said, 1.0))

    def of_quantity(self, said: Quantity) -> tuple[Support, Fact | None]:
        """Return how well the sources support *said*, and the fact that does so best."""
        best: tuple[Support, Fact | None] = (Support.NONE, None)
        for quantity, fact in self.near(said):
            if not comparable(said.dimension, quantity.dimension):
                continue
            found = support(said, quantity)
            if found > best[0]:
                best = (found, fact)
            if found is Support.FULL:
                break
        return best

    def of_moment(self, said: Moment) -> Support:
        """Return how well the sources support a moment, whose parts they may give apart."""
        part = finest(said)
        if part is None:
            return Support.NONE
        if not any(agree(said, moment) for moment in self.moments.get(part, ())):
            return Support.NONE
        missing = [each for each in said.parts if each not in self.moments]
        if not missing:
            return Support.FULL
        contradicted = any(self._known[name] for name, _ in missing)
        return Support.NONE if contradicted else Support.NEAR

    def of_label(self, said: Label) -> Support:
        """Return whether the sources have a label, letter by letter."""
        return Support.FULL if said.name in self.labels else Support.NONE

    def of_score(self, said: Score) -> Support:
        """Return how well the sources support a score, of which they may tell each side."""
        if said in self.scores:
            return Support.FULL
        low, high = (self._places(float(side)) for side in (said.low, said.high))
        beside = any(place + step in high for place in low for step in (-1, 1))
        return Support.NEAR if beside else Support.NONE

    def _places(self, size: float) -> set[int]:
        """Which facts of the sources are the number *size* alone."""
        kept = self.quantities[""]
        first = bisect_left(kept, size, key=lambda each: each[0])
        last = bisect_right(kept, size, key=lambda each: each[0])
        return {number for _, number, _, _ in kept[first:last]}


def _around(kept: list[Kept], size: float, reach: float) -> Iterator[tuple[Quantity, Fact]]:
    """Those of *kept* within *reach* of *size*, not more than are compared."""
    first = bisect_left(kept, size - reach, key=lambda each: each[0])
    last = bisect_right(kept, size + reach, key=lambda each: each[0])
    for _, _, quantity, fact in kept[first : min(last, first + NEIGHBOURS)]:
        yield quantity, fact


def _reach(said: Quantity, factor: float) -> float:
    """How far from *said* a number may be that supports it."""
    if said.hedge == "many":
        return said.size * factor * 9
    return max(said.grain, said.size * HEDGED * 1.5) * factor


_NO_LETTERS = re.compile(r"[\W_]+")


def only_letters(text: str) -> str:
    """Return *text* without blanks and marks, in small letters."""
    return _NO_LETTERS.sub("", text.casefold())
