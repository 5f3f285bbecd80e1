"""Facts: the numbers, dates, amounts, versions, names, quotations and links of a text.

A small grammar, one file a notation, whose tables hold the words. It reads
Chinese and English, in time linear in the text's length, and never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from digestbot.text.facts import calendar
from digestbot.text.facts.fact import Fact, Hedge, Kind, Label, Moment, Quantity, Value
from digestbot.text.facts.letters import plain
from digestbot.text.facts.quantities import find_quantities
from digestbot.text.facts.shares import find_shares
from digestbot.text.facts.tokens import (
    find_codes,
    find_latin,
    find_list_marks,
    find_links,
    find_quotations,
    find_scores,
    find_versions,
)

__all__ = ["Fact", "Hedge", "Kind", "Label", "Moment", "Quantity", "Value", "find_facts", "plain"]

_TAKEN = "\0"

_FINDERS: tuple[Callable[[str], Iterator[Fact]], ...] = (
    find_links,
    *calendar.finders(),
    find_scores,
    find_shares,
    find_versions,
    find_quantities,
    find_codes,
)
"""In their order: what one has found, no later one sees."""


def find_facts(text: str, *, language: str = "", published: date | None = None) -> list[Fact]:
    """Return the facts of *text*, in its order.

    *published* is the day that 昨日 and "yesterday" are told from; Latin words
    are names where *language* is ``zh``.
    """
    left = plain(text).replace(_TAKEN, " ")
    found = list(find_quotations(left))
    left = _without(left, list(find_list_marks(left)))
    for find in (*_FINDERS, find_latin) if language == "zh" else _FINDERS:
        new = list(find(left))
        left = _without(left, new)
        found += new
    facts = [_as_written(fact, text) for fact in found]
    if published:
        facts = [calendar.on_calendar(fact, published) for fact in facts]
    return sorted(facts, key=lambda fact: (fact.start, fact.end))


def _without(text: str, facts: list[Fact]) -> str:
    """*text* with the places of *facts* taken, as long as before."""
    parts, place = [], 0
    for fact in sorted(facts, key=lambda fact: fact.start):
        if fact.start >= place:
            parts += [text[place : fact.start], _TAKEN * (fact.end - fact.start)]
            place = fact.end
    return "".join([*parts, text[place:]])


def _as_written(fact: Fact, text: str) -> Fact:
    from dataclasses import replace

    return replace(fact, text=text[fact.start : fact.end])
