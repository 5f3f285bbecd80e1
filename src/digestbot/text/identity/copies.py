"""Copies: titles that are the same but for how they are set, or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from digestbot.text.identity.groups import Pair, average_link
from digestbot.text.identity.shingling import Shingled
from digestbot.text.titles import (
    core,
    difference,
    numbers,
    numbers_agree,
    says_nothing,
    title_key,
    weight,
)

NEAR_COPY = 0.6
"""Jaccard of shingles from which two titles are copies. Of the pairs of real headlines that
pass the guards, all above it were the same news, and one in four between 0.5 and it was not."""

NEAR_COPY_OF_SHORT = 0.7
"""The same for short titles, where one more word makes another product."""

SLIP = 0.45
"""The same for titles that differ by a slip of the pen alone: a word's letters, or two words,
exchanged, or one letter too many or too few."""

SHORT_TITLE = 24
"""Letters (a Han character counts as two) below which a title is short."""


def near_identical(titles: Sequence[str]) -> dict[Pair, float]:
    """Return pairs of *titles* that are copies of one another, with their likeness.

    Of titles with the same letters each is paired with the first of them, and
    only the first with near copies: a thousand copies make a thousand pairs.
    """

    @cache
    def figures(place: int) -> frozenset[str]:
        return numbers(core(titles[place]))

    firsts, equal = _by_letters(titles, figures)
    keys = sorted(firsts)
    places = [firsts[key] for key in keys]
    cut = np.array([_says_cut(titles[place]) for place in places], bool)
    for x, y, likeness in _near(keys, cut):
        one, other = places[x], places[y]
        if (
            (cut[x] and _is_begin(keys[x], keys[y]))
            or (cut[y] and _is_begin(keys[y], keys[x]))
            or (_copies(keys[x], keys[y], likeness) and numbers_agree(figures(one), figures(other)))
        ):
            equal[min(one, other), max(one, other)] = min(likeness, 0.999)
    return equal


def copy_groups(titles: Sequence[str]) -> list[list[int]]:
    """Return the places of *titles* that are copies of one another, in order, by the first."""
    pairs = near_identical(titles)
    leader = list(range(len(titles)))
    for a, b in pairs:
        if pairs[a, b] == 1.0:
            leader[b] = a
    near = {pair: likeness for pair, likeness in pairs.items() if likeness < 1.0}
    groups = average_link(len(titles), near, least=SLIP / 2)
    followers: defaultdict[int, list[int]] = defaultdict(list)
    for place, first in enumerate(leader):
        followers[first].append(place)
    found = [[each for place in group for each in followers[place]] for group in groups]
    return sorted(sorted(group) for group in found if group)


def _by_letters(
    titles: Sequence[str], figures: Callable[[int], frozenset[str]]
) -> tuple[dict[str, int], dict[Pair, float]]:
    """The first place of each key, and the others' pairs with it."""
    firsts: dict[str, int] = {}
    equal: dict[Pair, float] = {}
    for place, title in enumerate(titles):
        key = title_key(title)
        if says_nothing(key):
            continue
        first = firsts.setdefault(key, place)
        if first != place and numbers_agree(figures(first), figures(place)):
            equal[first, place] = 1.0
    return firsts, equal


def _near(keys: Sequence[str], cut: NDArray[np.bool_]) -> Iterator[tuple[int, int, float]]:
    """Pairs of places of *keys* that may be near copies, with their likeness.

    Short of ``NEAR_COPY`` only a slip or a cut makes a copy: what is another
    letter longer, and not cut, is not looked at.
    """
    a, b, likeness = Shingled(keys).near(least=SLIP)
    lengths = np.array([len(key) for key in keys])
    worth = (likeness >= NEAR_COPY) | cut[a] | cut[b] | (np.abs(lengths[a] - lengths[b]) <= 1)
    yield from zip(a[worth].tolist(), b[worth].tolist(), likeness[worth].tolist(), strict=True)


def _copies(one: str, other: str, likeness: float) -> bool:
    differing = difference(one, other)
    if differing.is_negation:
        return False
    if differing.is_slip:
        return True
    if likeness < NEAR_COPY or differing.is_swapped_word:
        return False
    return likeness >= NEAR_COPY_OF_SHORT or min(weight(one), weight(other)) >= SHORT_TITLE


def _says_cut(title: str) -> bool:
    return title.rstrip().endswith(("…", "..."))


def _is_begin(part: str, whole: str) -> bool:
    """Whether the key of a title that says it is cut is the beginning of another's.

    What was cut off may hold a figure; a cut inside a figure may be another's beginning.
    """
    rest = whole[len(part) :]
    return whole.startswith(part) and not (part[-1:].isdigit() and rest[:1].isdigit())
