"""Extract: the few statements that stand for all reports of a story.

Each is weighed by its likeness to what all of them say (the centroid of their
TF-IDF rows), by its place in its report, by its length and its voice; they
are chosen one by one, each for what it adds to those chosen before (maximal
marginal relevance), as long as there is room.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digestbot.text.identity.space import Reals, Space
from digestbot.text.identity.words import terms
from digestbot.text.telling import Statement, unquoted
from digestbot.text.titles import weight

TITLE_TIMES = 2
"""Statements that a title counts for in the centroid."""

VOICES = 2
"""Reports that are quoted together: each further one begins the story anew."""

REPEATED = 0.75
"""Share of what the shorter of two statements says from which one repeats the other..."""

IN_TITLE = 0.7
"""... of a statement, from which the title has said it..."""

ABOUT = 0.1
"""... and what a further report's statement has in common with the title or another, at least:
newsletters tell several stories. All three by eye, on seven days of feeds."""

_FIRST_PERSON = re.compile(
    r"\b(?:I|[Ww]e|[Oo]urs?|us|[Mm]y|me|mine)\b|我(?!国|省|市|县|军|方|校|院)|咱|笔者|本人"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each trait of a statement counts, beside likeness and place.

    Near what ``benchmarks/extracts.py --fit`` finds on two sets of single reports,
    where none of them is sharp; what concerns several reports (others, repetition,
    least) was set by reading extracts of seven days of feeds.
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
    first_person: float = 1.0
    """What is taken off where its author speaks of himself."""
    repetition: float = 1.0
    """What is taken off where another, or the title, says all of it."""
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


Flags = NDArray[np.bool_]


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
        self._weights = weights
        self._space = Space([*map(terms, self.texts), *[terms(title)] * TITLE_TIMES])
        self._numbers = np.arange(len(places))
        self._report = np.array([report for report, _ in places])
        self._length = np.array([len(text) for text in self.texts])
        self._leans = np.array([statement.leans for statement in self.statements])
        self._in_title = self._shared(len(places)) / np.maximum(self._own(), 1e-9)
        is_cut = np.array([statement.is_cut for statement in self.statements])
        self._usable = (self._in_title < IN_TITLE) & (~is_cut | is_cut.all())
        self._worth = self._worths(places)

    def _worths(self, places: Sequence[tuple[int, int]]) -> Reals:
        weights = self._weights
        likeness = self._space.means()[: len(self.statements)]
        likeness = likeness / max(likeness.max(), 1e-9)
        order = np.array([place for _, place in places], dtype=np.float64)
        first = self._report == self._report[0]
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
        overlap = self._overlap(chosen)
        worth = self._worth - self._weights.repetition * overlap
        used = room.used([self.texts[n] for n in chosen]) + room.gap * bool(chosen)
        able = self._usable & self._understood(chosen) & (used + self._length <= room.characters)
        if chosen:
            able &= (overlap < REPEATED) & (worth > self._weights.least)
            able &= self._belonging(chosen, overlap)
        return int(np.argmax(np.where(able, worth, -np.inf))) if able.any() else None

    def _understood(self, chosen: Sequence[int]) -> Flags:
        """Those that are not chosen, and lean on none that is not."""
        is_chosen = np.isin(self._numbers, chosen)
        understood: Flags = ~is_chosen & (~self._leans | np.roll(is_chosen, 1))
        return understood

    def _belonging(self, chosen: Sequence[int], overlap: Reals) -> Flags:
        """Those of the first report; of another where it is of the same story, and not one more."""
        voices = np.unique(self._report[chosen])
        heard = np.isin(self._report, voices) | (len(voices) < VOICES)
        belonging: Flags = heard & ((overlap >= ABOUT) | (self._report == self._report[0]))
        return belonging

    def _overlap(self, chosen: Sequence[int]) -> Reals:
        """What share of each the title or one of *chosen* says (of the shorter of two)."""
        own = self._own()
        most = self._in_title if chosen else np.zeros(len(own))
        for other in chosen:
            shorter = np.maximum(np.minimum(own, own[other]), 1e-9)
            most = np.maximum(most, self._shared(other) / shorter)
        return most

    def _own(self) -> Reals:
        """What each statement says, as the rarity of its terms."""
        return self._space.shared(self._numbers, self._numbers).mass

    def _shared(self, other: int) -> Reals:
        """What of it each has in common with the one numbered *other*."""
        return self._space.shared(self._numbers, np.full(len(self._numbers), other)).mass


def _trait(text: str, weights: Weights) -> float:
    """What length and voice count for or against *text*."""
    outside = unquoted(text)
    letters = weight(text)
    quoted = 1 - weight(outside) / max(letters, 1)
    trait = weights.length * min(1.0, letters / weights.full) - weights.quotation * quoted
    return trait - weights.first_person * bool(_FIRST_PERSON.search(outside))
