"""Evidence: the facts of all sources, so kept that looking one up takes no walk through all."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain

from digestbot.text.facts import (
    Fact,
    Label,
    Moment,
    Quantity,
    Score,
    Value,
    day_moment,
    find_facts,
    plain,
)
from digestbot.text.facts.notation import any_of
from digestbot.text.facts.numerals import HAN_NUMERALS, SCALES
from digestbot.text.languages import language_of
from digestbot.text.verify.agreement import (
    HEDGED,
    SAME,
    UNTOLD,
    Support,
    agree,
    comparable,
    finest,
    support,
)
from digestbot.text.verify.countries import countries_in
from digestbot.text.verify.directions import Direction, direction_of, is_turned, share_of

STEM = 4
"""Letters that a name shares with what is made of it: Belgium and Belgian, west and Western."""

NEIGHBOURS = 200
"""Numbers on either side of another that are compared with it; a story has fewer."""

SHARE_PLACES = 7
"""Decimals in which two shares are one."""

_STANDING = re.compile(
    r"(?<![\d.])(\d{1,3})\s?[-:比]\s?(\d{1,3})(?=\s?(?:ahead|up\b|down\b|behind|lead|领先|落后|反超))"
)
_NUMERAL = rf"[\d{HAN_NUMERALS}]"
_A_NUMERAL = re.compile(_NUMERAL)
_NUMBER_BEFORE = re.compile(rf"{_NUMERAL}[.,点]?$")
_NUMBER_AFTER = re.compile(
    rf"(?<={_NUMERAL})(?:[.,点]?{_NUMERAL}|[多余%]|\s?(?i:{any_of(SCALES)}))|\d"
)
_WORD = re.compile(r"[^\W\d_]+")


Kept = tuple[float, Quantity, Fact]
"""A number of the sources: how large it is, itself, its fact."""


class Evidence:
    """What the sources of a story say, published on the day *published* or one unknown.

    *days* are the sources' own days, where they differ.
    """

    def __init__(
        self,
        sources: Sequence[str],
        published: date | None = None,
        *,
        days: Sequence[date | None] = (),
    ) -> None:
        self._sources = tuple(sources)
        self.published = published
        self.text = plain("\n".join(sources))
        days = days or [published] * len(sources)
        self.facts: list[Fact] = []
        self._told: defaultdict[float, set[Direction]] = defaultdict(set)
        for source, day in zip(sources, days, strict=True):
            self._read(source, day)
        self.labels: set[str] = set()
        self.scores: set[Score] = set()
        self.moments: defaultdict[tuple[str, int], set[Moment]] = defaultdict(set)
        self._parts: set[str] = set()
        self._numbers: dict[Quantity, Fact] = {}
        self._places: defaultdict[float, set[int]] = defaultdict(set)
        for place, fact in enumerate(self.facts):
            for value in fact.values:
                self._keep(value, fact, place)
        for day in {day for day in (published, *days) if day}:
            self._keep_moment(day_moment(day))
        self._sort()

    def _read(self, source: str, day: date | None) -> None:
        """Keep the facts of a source, and where its shares went."""
        facts = find_facts(source, published=day)
        self.facts += facts
        text = plain(source)
        for fact in facts:
            if share := share_of(fact):
                self._told[_rounded(share)].add(direction_of(text, fact))

    def turns(self, fact: Fact, direction: Direction) -> bool:
        """Whether a share that went in *direction* went the other way in every source."""
        share = share_of(fact)
        return share is not None and is_turned(direction, self._told.get(_rounded(share), set()))

    def _keep(self, value: Value, fact: Fact, place: int) -> None:
        if isinstance(value, Quantity):
            self._numbers.setdefault(value, fact)
            if value.dimension == "":
                self._places[value.size].add(place)
        elif isinstance(value, Moment):
            self._keep_moment(value)
        elif isinstance(value, Score):
            self.scores.add(value)
            for side in (value.low, value.high):
                self._numbers.setdefault(Quantity(size=float(side)), fact)
        else:
            self.labels.add(value.name)

    def _keep_moment(self, moment: Moment) -> None:
        for part in moment.parts:
            self.moments[part].add(moment)
            self._parts.add(part[0])

    def _sort(self) -> None:
        """Put the numbers in order, those of each dimension in its base unit, all as written."""
        of: defaultdict[str, list[Kept]] = defaultdict(list)
        for quantity, fact in self._numbers.items():
            of[quantity.dimension].append((quantity.base, quantity, fact))
        self._of_dimension = {name: sorted(kept, key=_size) for name, kept in of.items()}
        every = [(quantity.size, quantity, fact) for quantity, fact in self._numbers.items()]
        self._as_written = sorted(every, key=_size)

    @cached_property
    def written(self) -> frozenset[str]:
        """Every fact of the sources as it is written there."""
        return frozenset(plain(fact.text) for fact in self.facts)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the sources, in small letters."""
        return frozenset(_WORD.findall(self.text.casefold()))

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries that the sources name, in whatever words."""
        return countries_in(self.text, self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """How the words of the sources begin."""
        return frozenset(word[:STEM] for word in self.words)

    def spells_out(self, initials: str) -> bool:
        """Whether words that begin with *initials* follow each other in a source."""
        words = r"[\s-]+(?:(?:of|and|for|the)\s)?".join(rf"\b{letter}[a-z]+" for letter in initials)
        return re.search(words, self.text, re.IGNORECASE) is not None

    @cached_property
    def has_latin_source(self) -> bool:
        """Whether a source is not in Chinese: names of a Chinese text may stand there otherwise."""
        return any(language_of(source) not in ("zh", "") for source in self._sources)

    @cached_property
    def has_han_source(self) -> bool:
        """Whether a source is in Chinese."""
        return any(language_of(source) == "zh" for source in self._sources)

    @cached_property
    def letters(self) -> str:
        """The sources without anything but letters and figures: quotations are looked up in it."""
        return only_letters(self.text)

    def of_quantity(self, said: Quantity) -> tuple[Support, Fact | None]:
        """Return how well the sources support *said*, and the fact that does so best."""
        best: tuple[Support, Fact | None] = (Support.NONE, None)
        for quantity, fact in self._near(said):
            found = support(said, quantity)
            if found > best[0]:
                best = (found, fact)
            if found is Support.FULL:
                break
        return best

    def _near(self, said: Quantity) -> Iterator[tuple[Quantity, Fact]]:
        """The numbers of the sources that may support *said*."""
        if said.dimension in UNTOLD:
            yield from _around(self._as_written, said.size, _reach(said, 1.0))
            return
        for dimension, kept in self._of_dimension.items():
            if said.dimension == dimension:
                yield from _around(kept, said.base, _reach(said, said.factor))
            elif comparable(said.dimension, dimension):
                yield from _around(kept, said.size, _reach(said, 1.0))

    def says(self, words: str) -> bool:
        """Whether *words* stand in a source, and are not a part of a longer number there."""
        place = self.text.find(words)
        while place >= 0 and self._is_part(place, place + len(words)):
            place = self.text.find(words, place + 1)
        return place >= 0

    def _is_part(self, start: int, end: int) -> bool:
        before = _NUMBER_BEFORE.search(self.text, max(0, start - 2), start)
        numeric = before is not None and _A_NUMERAL.match(self.text, start) is not None
        return numeric or _NUMBER_AFTER.match(self.text, end) is not None

    def of_moment(self, said: Moment) -> Support:
        """Return how well the sources support a moment, whose parts they may give apart."""
        part = finest(said)
        if not any(agree(said, moment) for moment in self.moments.get(part, ())):
            return Support.NEAR if part[0] == "weekday" and self._has_open_day else Support.NONE
        missing = [
            each
            for each in said.parts
            if each not in self.moments
            and not (part[0] == "day" and each[0] in {"weekday", "week"})
        ]
        if not missing:
            return Support.FULL
        contradicted = any(name in self._parts for name, _ in missing)
        return Support.NONE if contradicted else Support.NEAR

    @cached_property
    def _has_open_day(self) -> bool:
        """Whether there is a day of which nobody knows what weekday it was."""
        days = (
            moment for part, kept in self.moments.items() if part[0] == "day" for moment in kept
        )
        names = (dict(moment.parts) for moment in days)
        return self.published is None and any("year" not in parts for parts in names)

    @cached_property
    def tells_days(self) -> bool:
        """Whether a day is in a source, its day of publication apart."""
        values = (value for fact in self.facts for value in fact.values)
        return any(finest(value)[0] == "day" for value in values if isinstance(value, Moment))

    def of_label(self, said: Label) -> Support:
        """Return whether the sources have a label, letter by letter."""
        return Support.FULL if said.name in self.labels else Support.NONE

    def of_score(self, said: Score) -> Support:
        """Return how well the sources support a score, of which they may tell each side.

        Of a game that they tell to where it stood, only the end is unknown.
        """
        if said in self.scores:
            return Support.FULL
        low, high = self._places[said.low], self._places[said.high]
        beside = any(place + step in high for place in low for step in (-1, 1))
        grown = any(said.low >= each.low and said.high >= each.high for each in self._standing)
        return Support.NEAR if beside or grown else Support.NONE

    @cached_property
    def _standing(self) -> list[Score]:
        """Scores of games that went on."""
        pairs = [sorted(map(int, match.groups())) for match in _STANDING.finditer(self.text)]
        return [Score(low=low, high=high) for low, high in pairs]


def _rounded(share: Quantity) -> float:
    return round(share.base, SHARE_PLACES)


def _size(kept: Kept) -> float:
    return kept[0]


def _around(kept: list[Kept], size: float, reach: float) -> Iterator[tuple[Quantity, Fact]]:
    """Those of *kept* within *reach* of *size*, first those of that very size."""
    first = bisect_left(kept, size - reach, key=_size)
    lower = bisect_left(kept, size * (1 - SAME), key=_size)
    upper = bisect_right(kept, size * (1 + SAME), key=_size)
    last = bisect_right(kept, size + reach, key=_size)
    below = kept[max(first, lower - NEIGHBOURS) : lower]
    above = kept[upper : min(last, upper + NEIGHBOURS)]
    near = chain(kept[lower:upper], below, above)
    return ((quantity, fact) for _, quantity, fact in near)


def _reach(said: Quantity, factor: float) -> float:
    """How far from *said* a number may be that supports it."""
    if said.hedge == "many":
        return said.size * factor * 9
    return max(said.grain, said.size * HEDGED * 1.5) * factor


_NO_LETTERS = re.compile(r"[\W_]+")


def only_letters(text: str) -> str:
    """Return *text* without blanks and marks, in small letters."""
    return _NO_LETTERS.sub("", text.casefold())
