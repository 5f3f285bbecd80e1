"""Copies: titles that are the same but for how they are set, or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations, product

from digestbot.text.identity.groups import Pair
from digestbot.text.similarity import near_copies
from digestbot.text.titles import (
    core,
    numbers,
    numbers_agree,
    says_nothing,
    title_key,
    weight,
    word_swapped,
)

NEAR_COPY = 0.6
"""Jaccard of shingles from which two titles are copies. Of the pairs of real headlines that
pass the guards, all above it were the same news, and one in four between 0.5 and it was not."""

NEAR_COPY_OF_SHORT = 0.7
"""The same for short titles, where one more word makes another product."""

SHORT_TITLE = 30
"""Letters (a Han character counts as two) below which a title is short."""


def near_identical(titles: Sequence[str]) -> dict[Pair, float]:
    """Return the pairs of *titles* that are copies of one another, with their likeness."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        places[title_key(title)].append(place)
    keys = [key for key in places if not says_nothing(key)]
    copies = {(key, key): 1.0 for key in keys}
    for (a, b), likeness in near_copies(keys, least=NEAR_COPY).items():
        if _copies(keys[a], keys[b], likeness):
            copies[keys[a], keys[b]] = likeness
    figures = [numbers(core(title)) for title in titles]
    return {
        (min(a, b), max(a, b)): likeness
        for (one, other), likeness in copies.items()
        for a, b in _crossed(places[one], places[other])
        if numbers_agree(figures[a], figures[b])
    }


def _crossed(ones: Sequence[int], others: Sequence[int]) -> Iterable[Pair]:
    return combinations(ones, 2) if ones is others else product(ones, others)


def _copies(one: str, other: str, likeness: float) -> bool:
    short = min(weight(one), weight(other)) < SHORT_TITLE
    return likeness >= (NEAR_COPY_OF_SHORT if short else NEAR_COPY) and not word_swapped(one, other)
