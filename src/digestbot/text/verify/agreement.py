"""Agreement: whether what a source says supports what a text says, and how closely."""

from __future__ import annotations

from enum import IntEnum

from digestbot.text.facts import Moment, Quantity
from digestbot.text.facts.units import COUNTED, CURRENCIES, DOLLARS

SAME = 1e-6
"""Relative difference up to which two numbers are one: what arithmetic leaves."""

CONVERTED = 0.03
"""Relative difference up to which a number is another's in another unit: 5 miles, 8 公里."""

TOLD_PLACES = 10
"""How many times its last place a number must be to pass as another one, rounded, when
nothing says that it is rounded: 1.6 for 1.62, but not 30 for 32."""

HEDGED = 0.25
"""The same where the text says so: "more than 100" of 117."""

OPPOSITE = frozenset({"over", "under"})
"""Hedges that contradict each other, though writers take "up to" and "more than" for one."""

UNTOLD = frozenset({"", "ordinal"})
"""Dimensions of a number that stands alone: its unit may be left out."""

UNITLESS = UNTOLD | COUNTED | {"times"}
"""Dimensions that tell nothing apart."""

MARKED = CURRENCIES | {"ratio", "point"}
"""Dimensions that are always told: a bare 21 is neither 21 % nor $21."""


class Support(IntEnum):
    """How well a source supports a value, worst first."""

    NONE = 0
    NEAR = 1
    FULL = 2


def comparable(said: str, source: str) -> bool:
    """Whether a number of the dimension *said* can be one that a source gives in *source*."""
    if said == source or said in UNTOLD:
        return True
    if said in UNITLESS:
        return source in UNITLESS
    if "dollar" in (said, source):
        return said in DOLLARS or source in DOLLARS
    return source in UNTOLD and said not in MARKED


def support(said: Quantity, source: Quantity) -> Support:
    """Return how well *source* supports *said*; their dimensions are comparable."""
    if said.factor != source.factor and said.dimension == source.dimension:
        return _as_converted(said, source)
    high = max(said.size, source.size)
    difference = abs(said.size - source.size)
    if said.hedge == "many" or source.hedge == "many":
        return _as_order(said, source)
    if difference <= SAME * high:
        return Support.NEAR if {said.hedge, source.hedge} == OPPOSITE else Support.FULL
    if said.grain <= source.grain * (1 + SAME) or said.dimension == "ordinal":
        return Support.NONE
    return _as_rounded(said, source)


def _as_converted(said: Quantity, source: Quantity) -> Support:
    """Of two units of a kind: 1000 兆瓦 is 1 GW, and 8 公里 about 5 miles."""
    difference, high = abs(said.base - source.base), max(said.base, source.base)
    if difference <= SAME * high:
        return Support.FULL
    return Support.NEAR if difference <= CONVERTED * high else Support.NONE


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
    close = abs(difference) <= said.grain / 2 * (1 + SAME)
    return Support.NEAR if close and said.size >= TOLD_PLACES * said.grain else Support.NONE


def agree(said: Moment, source: Moment) -> bool:
    """Whether two moments contradict each other in no part."""
    parts = dict(source.parts)
    return all(parts.get(name, value) == value for name, value in said.parts)


FINEST = (
    "minute hour day weekday days_away week weeks_away month months_away quarter quarters_away"
    " half year years_away decade century".split()
)
"""Parts of a moment, the ones that tell most first."""


def finest(moment: Moment) -> tuple[str, int]:
    """Return the part that tells most of *moment*."""
    parts = dict(moment.parts)
    return next(((name, parts[name]) for name in FINEST if name in parts), ("", 0))
