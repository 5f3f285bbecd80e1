"""Extract: the few statements that stand for all reports of a story.

Each is weighed by its likeness to what all of them say (the centroid of their
TF-IDF rows), by its place in its report, by its length and its voice; they
are chosen one by one, each for what it adds to those chosen before (maximal
marginal relevance), as long as there is room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from digestbot.text.identity.space import Reals, Space
from digestbot.text.identity.words import terms
from digestbot.text.telling import Statement, is_same, unquoted
from digestbot.text.titles import title_key, weight

TITLE_TIMES = 2
"""Statements that a title counts for in the centroid."""

_FIRST_PERSON = re.compile(
    r"\b(?:I|we|our|ours|us|my|me|mine|I['’](?:m|ve|ll|d)|we['’](?:re|ve|ll|d))\b"
    r"|我(?!国|省|市|县|军|方|校|院)|咱|笔者|本人",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each trait of a statement counts, beside likeness and place.

    Fitted by ``benchmarks/extracts.py --fit`` on two sets, and rounded.
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
    quotation: float = 0.3
    """What is taken off where all of a statement is quoted."""
    first_person: float = 0.3
    """What is taken off where its author speaks of himself."""
    repetition: float = 0.7
    """What is taken off where it says nothing but what another said."""
    repeated: float = 0.75
    """Cosine from which it says the same as another, and is not chosen at all."""


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
        return sum(map(len, texts)) + self.gap * (len(texts) - 1)

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

    None leans on one that is not there, and none says another again. The first
    chosen one is there even if it takes more room than there is: then it is
    alone.
    """
    places = [(report, place) for report, all in enumerate(reports) for place in range(len(all))]
    if not places:
        return []
    choice = _Choice(reports, places, title, weights or Weights())
    chosen = choice.first(room)
    while not room.is_full(texts := [choice.texts[n] for n in chosen]):
        best = choice.best(chosen, room.characters - room.gap - room.used(texts))
        if best is None:
            break
        chosen.append(best)
    return [choice.all[n] for n in sorted(chosen)]


class _Choice:
    """All statements by number, each with its worth and its likeness to any other."""

    def __init__(
        self,
        reports: Sequence[Sequence[Statement]],
        places: Sequence[tuple[int, int]],
        title: str,
        weights: Weights,
    ) -> None:
        self.all = [reports[report][place] for report, place in places]
        self.texts = [statement.text for statement in self.all]
        self._keys = [title_key(text) for text in self.texts]
        self._weights = weights
        titles = [terms(title)] * TITLE_TIMES if title else []
        self._space = Space([*map(terms, self.texts), *titles])
        self._worth = self._worths(places)

    def _worths(self, places: Sequence[tuple[int, int]]) -> Reals:
        weights = self._weights
        likeness = self._space.means()[: len(self.all)]
        likeness = likeness / max(likeness.max(), 1e-9)
        order = np.array([place for _, place in places], dtype=np.float64)
        first = np.array([report == places[0][0] for report, _ in places])
        place = np.where(first, 1.0, weights.others) / (1 + order / weights.fading)
        traits = np.array([_trait(text, weights) for text in self.texts])
        worth: Reals = weights.likeness * likeness + weights.place * place + traits
        return worth

    def first(self, room: Room) -> list[int]:
        """The best that there is room for; else the best of all."""
        best = self.best([], room.characters)
        return [int(np.argmax(self._worth)) if best is None else best]

    def best(self, chosen: Sequence[int], left: int) -> int | None:
        """The number of the statement that adds most to *chosen* within *left* characters."""
        likeness = self._likeness(chosen)
        worth = self._worth - self._weights.repetition * likeness
        able = [n for n in self._able(chosen, left) if likeness[n] < self._weights.repeated]
        return max(able, key=lambda n: (worth[n], -n), default=None)

    def _able(self, chosen: Sequence[int], left: int) -> Iterator[int]:
        for n, statement in enumerate(self.all):
            if n in chosen or len(statement.text) > left:
                continue
            if statement.leans and n - 1 not in chosen:
                continue
            if not any(is_same(self._keys[n], self._keys[other]) for other in chosen):
                yield n

    def _likeness(self, chosen: Sequence[int]) -> Reals:
        """Each statement's cosine with the one of *chosen* that it is most like."""
        count = len(self.all)
        most = np.zeros(count)
        for other in chosen:
            cosine = self._space.shared(np.arange(count), np.full(count, other)).cosine
            most = np.maximum(most, cosine)
        return most


def _trait(text: str, weights: Weights) -> float:
    """What length and voice count for or against *text*."""
    outside = unquoted(text)
    letters = weight(text)
    quoted = 1 - weight(outside) / max(letters, 1)
    trait = weights.length * min(1.0, letters / weights.full) - weights.quotation * quoted
    return trait - weights.first_person * bool(_FIRST_PERSON.search(outside))
