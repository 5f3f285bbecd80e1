"""Reasons: why a fact was found wanting, in words for people."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import islice

from digestbot.text.facts import Fact, Moment, Quantity
from digestbot.text.facts.units import CURRENCIES
from digestbot.text.verify.agreement import comparable
from digestbot.text.verify.evidence import Evidence

LOOKED_AT = 500
"""Facts of the sources among which the nearest is looked for; a story has fewer."""

FAR = math.log(2000)
"""How far, as a ratio, a number may be from another and still be told as the likely original.
Mistaken scales are a thousand apart, 万 and 亿 ten thousand with the same figures."""

_HAN = re.compile("[\u4e00-\u9fff]")


def reason_of(fact: Fact, evidence: Evidence, source: Fact | None) -> str:
    """Return why *fact* is a finding, and what the sources have instead, if anything is like it.

    *source* is the fact of theirs that it is nearly.
    """
    if source is not None:
        return f"`{fact.text}` is rounded or converted: the source has `{source.text.strip()}`"
    return f"`{fact.text}` {_verdict(fact, evidence)}{_instead(fact, evidence)}"


def _verdict(fact: Fact, evidence: Evidence) -> str:
    if fact.kind == "quote":
        translated = _in_chinese(fact.text) != _in_chinese(evidence.text)
        return (
            "is translated, so no quotation" if translated else "is not word for word in the source"
        )
    if fact.soft:
        return "is not in the source, but may be meant loosely"
    return "is not in the source"


def _instead(fact: Fact, evidence: Evidence) -> str:
    said = fact.values[0]
    if isinstance(said, Quantity):
        return _nearest_number(fact, said, evidence)
    if isinstance(said, Moment):
        return _nearest_moment(said, evidence)
    return ""


def _nearest_number(fact: Fact, said: Quantity, evidence: Evidence) -> str:
    near = [
        (distance, number, quantity, source)
        for number, (quantity, source) in enumerate(_numbers(said, evidence))
        if (distance := _distance(said, quantity)) < FAR
    ]
    if not near:
        return ""
    _, _, quantity, source = min(near, key=lambda each: each[:2])
    told = (
        ""
        if _in_chinese(source.text) == _in_chinese(fact.text)
        else f" = {spoken(quantity, fact.text)}"
    )
    return f"; it has `{source.text.strip()}`{told}"


def _numbers(said: Quantity, evidence: Evidence) -> Iterator[tuple[Quantity, Fact]]:
    for fact in islice(evidence.facts, LOOKED_AT):
        for value in fact.values[:1]:
            if isinstance(value, Quantity) and _of_a_kind(said.dimension, value.dimension):
                yield value, fact


def _of_a_kind(said: str, source: str) -> bool:
    return (
        comparable(said, source)
        or {said, source} <= CURRENCIES
        or {said, source} == {"ratio", "point"}
    )


def _distance(said: Quantity, source: Quantity) -> float:
    """How far apart two numbers are; the same figures in another scale are near."""
    if said.size <= 0 or source.size <= 0:
        return math.inf
    if _figures(said) == _figures(source):
        return 0.0
    apart = abs(math.log(said.size / source.size))
    return apart if math.isfinite(apart) else math.inf


def _figures(quantity: Quantity) -> str:
    return f"{quantity.size:.9e}".partition("e")[0]


def spoken(quantity: Quantity, like: str) -> str:
    """Return *quantity* in the scales of the language of *like*: 15亿, 1.5 billion."""
    scales = _HAN_SCALES if _in_chinese(like) else _SCALES
    for name, scale in scales:
        if quantity.size >= scale:
            return f"{quantity.size / scale:,.10g}{name}"
    return f"{quantity.size:,.10g}"


_HAN_SCALES = (("万亿", 1e12), ("亿", 1e8), ("万", 1e4))
_SCALES = ((" trillion", 1e12), (" billion", 1e9), (" million", 1e6))


def _in_chinese(text: str) -> bool:
    return _HAN.search(text) is not None


def _nearest_moment(said: Moment, evidence: Evidence) -> str:
    names = {name for name, _ in said.parts}
    best: tuple[int, str] = (0, "")
    for fact in islice(evidence.facts, LOOKED_AT):
        for value in fact.values[:1]:
            if isinstance(value, Moment):
                alike = len(said.parts & value.parts) * 10 + len(
                    names & {n for n, _ in value.parts}
                )
                best = max(best, (alike, fact.text), key=lambda each: each[0])
    return f"; it has `{best[1].strip()}`" if best[0] else ""
