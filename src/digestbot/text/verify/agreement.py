"""Agreement: whether what a source says supports what a text says, and how closely."""

from __future__ import annotations

from enum import IntEnum

from digestbot.text.facts import Moment, Quantity
from digestbot.text.facts.units import COUNTED, DOLLARS

SAME = 1e-6
"""Relative difference up to which two numbers are one: what arithmetic leaves."""

CONVERTED = 0.03
"""Relative difference up to which a number is another's in another unit: 5 miles, 8 公里."""

ROUNDED = 0.1
"""Relative difference that rounding may make when nothing says that it is rounded."""

HEDGED = 0.25
"""The same where the text says so: "more than 100" of 117."""

UNITLESS = frozenset({"", "ordinal"}) | COUNTED
"""Dimensions that tell nothing apart."""


class Support(IntEnum):
    """How well a source supports a value, worst first."""

    NONE = 0
    NEAR = 1
    FULL = 2


def comparable(said: str, source: str) -> bool:
    """Whether a number of the dimension *said* can be one that a source gives in *source*."""
    if said == source:
        return True
    if "yen or yuan" in (said, source):
        return {said, source} & {"CNY", "JPY"} != set()
    if "dollar" in (said, source):
        return said in DOLLARS or source in DOLLARS
    if said in UNITLESS:
        return source in UNITLESS or said == ""
    return source == ""


def support(said: Quantity, source: Quantity) -> Support:
    """Return how well *source* supports *said*; their dimensions are comparable."""
    high = max(said.size, source.size)
    difference = abs(said.size - source.size)
    if said.hedge == "many" or source.hedge == "many":
        return _as_order(said, source)
    if difference <= SAME * high:
        return Support.FULL
    if said.dimension == source.dimension != "" and said.unit != source.unit:
        if difference <= CONVERTED * high:
            return Support.NEAR
    if said.grain <= source.grain * (1 + SAME):
        return Support.NONE
    return _as_rounded(said, source)


def _as_order(said: Quantity, source: Quantity) -> Support:
    if said.hedge == "many":
        within = said.size * (1 - SAME) <= source.size < said.size * 10
        return Support.FULL if within else Support.NONE
    return Support.NONE


def _as_rounded(said: Quantity, source: Quantity) -> Support:
    difference = source.size - said.size
    relative = abs(difference) / max(source.size, said.size)
    fits = {"over": difference >= 0, "under": difference <= 0}.get(said.hedge, True)
    if said.hedge and fits and relative <= HEDGED:
        return Support.FULL
    close = abs(difference) < said.grain and relative <= ROUNDED
    return Support.NEAR if close else Support.NONE


def agree(said: Moment, source: Moment) -> bool:
    """Whether two moments contradict each other in no part."""
    parts = dict(source.parts)
    return all(parts.get(name, value) == value for name, value in said.parts)


FINEST = (
    "minute hour day weekday days_away month quarter half year years_away decade century".split()
)
"""Parts of a moment, the ones that tell most first."""


def finest(moment: Moment) -> tuple[str, int] | None:
    """Return the part that tells most of *moment*."""
    parts = dict(moment.parts)
    return next(((name, parts[name]) for name in FINEST if name in parts), None)
