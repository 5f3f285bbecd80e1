"""Copies: titles that are the same but for how they are set, or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from digestbot.text.identity.groups import Pair, average_link
from digestbot.text.identity.shingling import Shingled
from digestbot.text.titles import (
    core,
    negated,
    numbers,
    numbers_agree,
    says_nothing,
    slipped,
    title_key,
    weight,
    word_swapped,
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
    firsts, equal = _by_letters(titles)
    return equal | {
        (min(a, b), max(a, b)): likeness
        for a, b, likeness in _near(firsts)
        if _cut_off(titles[a], titles[b])
        or _cut_off(titles[b], titles[a])
        or _copies(titles[a], titles[b], likeness)
    }


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


def _by_letters(titles: Sequence[str]) -> tuple[dict[str, int], dict[Pair, float]]:
    """The first place of each key, and the others' pairs with it."""
    firsts: dict[str, int] = {}
    equal: dict[Pair, float] = {}
    for place, title in enumerate(titles):
        key = title_key(title)
        if says_nothing(key):
            continue
        first = firsts.setdefault(key, place)
        if first != place and numbers_agree(numbers(core(titles[first])), numbers(core(title))):
            equal[first, place] = 1.0
    return firsts, equal


def _near(firsts: Mapping[str, int]) -> Iterator[tuple[int, int, float]]:
    """Pairs of places whose keys are near one another, with their likeness, below 1."""
    keys = sorted(firsts)
    a, b, likeness = Shingled(keys).near(least=SLIP)
    for x, y, alike in zip(a.tolist(), b.tolist(), likeness.tolist(), strict=True):
        yield firsts[keys[x]], firsts[keys[y]], min(alike, 0.999)


def _copies(one: str, other: str, likeness: float) -> bool:
    if not numbers_agree(numbers(core(one)), numbers(core(other))):
        return False
    one, other = title_key(one), title_key(other)
    if negated(one, other):
        return False
    if slipped(one, other):
        return True
    short = min(weight(one), weight(other)) < SHORT_TITLE
    return likeness >= (NEAR_COPY_OF_SHORT if short else NEAR_COPY) and not word_swapped(one, other)


def _cut_off(part: str, whole: str) -> bool:
    """Whether *part* says itself that it is the beginning of a title, and it is *whole*'s.

    What was cut off may hold a figure; a cut inside a figure may be another's beginning.
    """
    if not part.rstrip().endswith(("…", "...")):
        return False
    begin, all_of_it = title_key(part), title_key(whole)
    rest = all_of_it[len(begin) :]
    return all_of_it.startswith(begin) and not (begin[-1:].isdigit() and rest[:1].isdigit())
