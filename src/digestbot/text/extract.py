"""Extract: the few statements that stand for all reports of a story.

Each is weighed by its likeness to what all of them say (the centroid of their
TF-IDF rows), by its place in its report, by its length and its voice; they
are chosen one by one, each for what it adds to those chosen before (maximal
marginal relevance), as long as there is room.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digestbot.text.identity.space import Reals, Space
from digestbot.text.identity.words import terms
from digestbot.text.telling import Statement, unquoted
from digestbot.text.titles import weight

TITLE_TIMES = 2
"""Statements that a title counts for in the centroid."""

REPEATED = 0.75
"""Share of what the shorter of two statements says from which one repeats the other..."""

IN_TITLE = 0.7
"""... and of a statement from which the title has said it. By eye, on seven days of feeds."""

_FIRST_PERSON = re.compile(
    r"\b(?:I|[Ww]e|[Oo]urs?|us|[Mm]y|me|mine)\b|我(?!国|省|市|县|军|方|校|院)|咱|笔者|本人"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each trait of a statement counts, beside likeness and place.

    Likeness, place, length and quotation are near what ``benchmarks/extracts.py
    --fit`` finds on two sets of single reports, where none of them is sharp; what
    concerns several reports, and a reporter's voice, was set by reading extracts
    of seven days of feeds.
    """

    likeness: float = 1.0
    place: float = 2.0
    fading: float = 3.0
    """Statements after which a place counts half."""
    others: float = 0.6
    """What a place in a report beside the first counts."""
    length: float = 0.1
    full: float = 80.0
    """Letters (a Han character counts as two) of a statement that is long enough."""
    quotation: float = 0.5
    """What is taken off where all of a statement is quoted."""
    first_person: float = 0.6
    """What is taken off where its author speaks of himself."""
    repetition: float = 1.0
    """What is taken off where it says all that another said, or nothing else."""
    least: float = 1.0
    """What a further statement must be worth: a short text is better than a padded one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What an extract may have: characters, statements, and characters between two.

    It is long enough with ``enough`` characters in ``fewest`` statements.
    """

    characters: int
    statements: int
    enough: int
    fewest: int = 1
    gap: int = 0

    def used(self, texts: Sequence[str]) -> int:
        """Return how many characters *texts* take."""
        return sum(map(len, texts)) + self.gap * max(0, len(texts) - 1)

    def is_full(self, texts: Sequence[str]) -> bool:
        """Whether *texts* need no further one, or there may be none."""
        if len(texts) >= self.statements:
            return True
        return len(texts) >= self.fewest and self.used(texts) >= self.enough


def extract(
    reports: Sequence[Sequence[Statement]],
    *,
    title: str = "",
    room: Room,
    weights: Weights | None = None,
) -> list[Statement]:
    """Return statements of *reports*, in the order of their sources, the first report's first.

    None leans on one that is not there, none says another or the title again,
    and none is broken off where others are whole. Where there is room for none,
    the best is there alone.
    """
    places = [(report, place) for report, all in enumerate(reports) for place in range(len(all))]
    if not places:
        return []
    choice = _Choice(reports, places, title, weights or Weights())
    alone = replace(room, characters=sys.maxsize, statements=1)
    return [choice.statements[n] for n in choice.within(room) or choice.within(alone)]


class _Choice:
    """All statements by number, each with its worth and its likeness to any other."""

    def __init__(
        self,
        reports: Sequence[Sequence[Statement]],
        places: Sequence[tuple[int, int]],
        title: str,
        weights: Weights,
    ) -> None:
        self.statements = [reports[report][place] for report, place in places]
        self.texts = [statement.text for statement in self.statements]
        self._some_are_whole = not all(statement.is_cut for statement in self.statements)
        self._weights = weights
        titles = [terms(title)] * TITLE_TIMES if title else []
        self._space = Space([*map(terms, self.texts), *titles])
        self._in_title = self._said_by_title(title)
        self._worth = self._worths(places)

    def _worths(self, places: Sequence[tuple[int, int]]) -> Reals:
        weights = self._weights
        likeness = self._space.means()[: len(self.statements)]
        likeness = likeness / max(likeness.max(), 1e-9)
        order = np.array([place for _, place in places], dtype=np.float64)
        first = np.array([report == places[0][0] for report, _ in places])
        place = np.where(first, 1.0, weights.others) / (1 + order / weights.fading)
        traits = np.array([_trait(text, weights) for text in self.texts])
        worth: Reals = weights.likeness * likeness + weights.place * place + traits
        return worth

    def within(self, room: Room) -> list[int]:
        """The numbers of the best that there is room for, in order."""
        chosen: list[int] = []
        while not room.is_full([self.texts[n] for n in chosen]):
            best = self._best(chosen, room)
            if best is None:
                break
            chosen.append(best)
        return sorted(chosen)

    def _best(self, chosen: Sequence[int], room: Room) -> int | None:
        """The one that adds most to *chosen*, if there is room for one."""
        used = room.used([self.texts[n] for n in chosen]) + room.gap * bool(chosen)
        overlap = self._overlap(chosen)
        worth = self._worth - self._weights.repetition * overlap
        least = self._weights.least if chosen else -np.inf
        able = [
            n
            for n in self._able(chosen)
            if used + len(self.texts[n]) <= room.characters
            and overlap[n] < REPEATED
            and worth[n] > least
        ]
        return max(able, key=lambda n: (worth[n], -n), default=None)

    def _able(self, chosen: Sequence[int]) -> Iterator[int]:
        """Those that say something more than the title, and lean on none that is not there."""
        for n, statement in enumerate(self.statements):
            if n in chosen or self._in_title[n] or (self._some_are_whole and statement.is_cut):
                continue
            if not statement.leans or n - 1 in chosen:
                yield n

    def _overlap(self, chosen: Sequence[int]) -> Reals:
        """Of each statement and the one of *chosen* most like it: what both say, of the shorter."""
        count = len(self.statements)
        most = np.zeros(count)
        for other in chosen:
            shared = self._space.shared(np.arange(count), np.full(count, other))
            most = np.maximum(most, shared.mass / np.maximum(shared.smaller, 1e-9))
        return most

    def _said_by_title(self, title: str) -> NDArray[np.bool_]:
        """Which statements say no more than the title."""
        places = np.arange(len(self.statements))
        if not title:
            return np.zeros(len(places), dtype=bool)
        own = self._space.shared(places, places).mass
        shared = self._space.shared(places, np.full(len(places), len(places))).mass
        return shared >= IN_TITLE * np.maximum(own, 1e-9)


def _trait(text: str, weights: Weights) -> float:
    """What length and voice count for or against *text*."""
    outside = unquoted(text)
    letters = weight(text)
    quoted = 1 - weight(outside) / max(letters, 1)
    trait = weights.length * min(1.0, letters / weights.full) - weights.quotation * quoted
    return trait - weights.first_person * bool(_FIRST_PERSON.search(outside))
