"""Facts: the numbers, dates, amounts, versions, names, quotations and links of a text.

A small grammar, one file a notation, whose tables hold the words. It reads
Chinese and English, in time linear in the text's length, and never raises.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from digestbot.text.facts.calendar import day_moment, meant
from digestbot.text.facts.fact import (
    Fact,
    Hedge,
    Kind,
    Label,
    Moment,
    Quantity,
    Score,
    Value,
)
from digestbot.text.facts.grammar import facts_in
from digestbot.text.facts.letters import plain
from digestbot.text.facts.names import names_of, quotations_of

__all__ = [
    "Fact",
    "Hedge",
    "Kind",
    "Label",
    "Moment",
    "Quantity",
    "Score",
    "Value",
    "day_moment",
    "find_facts",
    "find_wordings",
    "plain",
]

WHOLE = 0.9
"""Of a text: who puts that much of it between quotation marks quotes nobody."""


def find_facts(text: str, *, published: date | None = None) -> list[Fact]:
    """Return the facts of *text* but its names and quotations, in its order.

    *published* is the day that 昨日 and "last Friday" are told from.
    """
    facts = facts_in(plain(text))
    return [_as_written(_on_calendar(fact, published), text) for fact in facts]


def find_wordings(text: str, *, language: str) -> list[Fact]:
    """Return the names and quotations of *text*, in its order.

    Names are Latin words where *language* is ``zh``, capital ones where it is ``en``.
    """
    left = plain(text)
    quotations = [each for each in quotations_of(left) if len(each.text) < WHOLE * len(left)]
    taken = facts_in(left)
    for fact in reversed(taken):
        # After "17" letters go on with it, after 昨日 a name begins.
        said = ("0" if each.isascii() else "\0" for each in left[fact.start : fact.end])
        left = left[: fact.start] + "".join(said) + left[fact.end :]
    found = [_as_written(fact, text) for fact in (*quotations, *names_of(left, language))]
    return sorted(found, key=lambda fact: (fact.start, fact.end))


def _on_calendar(fact: Fact, published: date | None) -> Fact:
    """*fact* with the days and years that it means in a text of the day *published*."""
    if not any(isinstance(value, Moment) for value in fact.values):
        return fact
    every: list[Value] = []
    for value in fact.values:
        every += meant(value, published) if isinstance(value, Moment) else [value]
    return replace(fact, values=tuple(dict.fromkeys(every)))


def _as_written(fact: Fact, text: str) -> Fact:
    written = text[fact.start : fact.end]
    return fact if written == fact.text else replace(fact, text=written)
