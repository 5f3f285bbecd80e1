"""Groups: which accounts are one story, by the likeness of all of their pairs."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush

Pair = tuple[int, int]
"""Two places in a sequence, the smaller first."""

APART = -1e9
"""The likeness of two accounts that are judged not to tell the same: no mean outweighs it."""

_Sums = dict[int, dict[int, float]]


def average_link(
    count: int,
    links: Mapping[Pair, float],
    *,
    least: float,
    verdicts: Mapping[Pair, bool] | None = None,
) -> list[list[int]]:
    """Return groups of the places 0 … *count* - 1, each in order, by their first place.

    Two groups become one while the mean likeness between their members (0
    where *links* has no pair) is at least *least*, the most alike first. A
    chain of links alone joins nothing. A verdict replaces a pair's likeness: 1
    for the same, and for not the same what keeps their groups apart for good.
    """
    judged = {pair: 1.0 if same else APART for pair, same in (verdicts or {}).items()}
    links = {**links, **judged}
    groups = {place: [place] for place in range(count)}
    sums: _Sums = {place: {} for place in range(count)}
    for (a, b), likeness in links.items():
        sums[a][b] = sums[b][a] = likeness
    heap = [(-likeness, a, b) for (a, b), likeness in links.items() if likeness >= least]
    heapify(heap)
    while heap:
        negative, a, b = heappop(heap)
        if a in groups and b in groups and _mean(a, b, groups, sums) == -negative:
            _join(a, b, groups, sums)
            for c in sums[a]:
                mean = _mean(a, c, groups, sums)
                if mean >= least:
                    heappush(heap, (-mean, min(a, c), max(a, c)))
    return [sorted(group) for _, group in sorted(groups.items())]


def _mean(a: int, b: int, groups: Mapping[int, list[int]], sums: _Sums) -> float:
    return sums[a].get(b, 0.0) / (len(groups[a]) * len(groups[b]))


def _join(a: int, b: int, groups: dict[int, list[int]], sums: _Sums) -> None:
    """Put group *b* into group *a*, and its likenesses to the others."""
    groups[a] += groups.pop(b)
    for c, likeness in sums.pop(b).items():
        del sums[c][b]
        if c != a:
            sums[a][c] = sums[c][a] = sums[a].get(c, 0.0) + likeness
