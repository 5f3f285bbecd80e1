"""The grammar: one walk through a text, trying at each opener the notations that it opens."""

from __future__ import annotations

import re
from collections import defaultdict

from digestbot.text.facts import english_dates, han_dates, labels, relative, shares
from digestbot.text.facts.fact import Fact
from digestbot.text.facts.notation import FIGURE, Notation
from digestbot.text.facts.numerals import HAN_NUMERALS, MANY, ORDINALS, SCALES, WORDS
from digestbot.text.facts.quantities import Number, fact_of, number_at, with_lent

_NOTATIONS: tuple[Notation, ...] = (
    *labels.NOTATIONS,
    *han_dates.NOTATIONS,
    *relative.NOTATIONS,
    *english_dates.NOTATIONS,
    *labels.SCORES,
    *shares.NOTATIONS,
)
"""In the order in which they are tried; the first that fits has the place."""

_NUMBER_WORDS = frozenset([*WORDS, *ORDINALS, *MANY, *SCALES, "a", "an", "half"])


def _by_opener() -> dict[str, list[Notation]]:
    opened: defaultdict[str, list[Notation]] = defaultdict(list)
    for notation in _NOTATIONS:
        for opener in notation.openers:
            opened[opener].append(notation)
    return dict(opened)


_OPENED = _by_opener()
_LETTERS = "".join(sorted(o for o in _OPENED if not o.isascii() and o not in HAN_NUMERALS))
_OPENER = re.compile(rf"[A-Za-z]+|\d+|[{HAN_NUMERALS}]+|[{_LETTERS}第数几]")


def facts_in(text: str) -> list[Fact]:
    """Return the facts of a plain *text* that the grammar knows, in its order."""
    found: list[Fact | Number] = []
    place = 0
    for opener in _OPENER.finditer(text):
        if opener.start() >= place:
            place = max(place, _read(text, opener, found))
    return _settled(text, found)


def _read(text: str, opener: re.Match[str], found: list[Fact | Number]) -> int:
    """Add what stands at *opener* to *found*, and return where it ends."""
    word, start = opener[0], opener.start()
    if word.isascii() and not word[0].isdigit():
        return _read_word(text, word.lower(), opener, found)
    key = FIGURE if word[0].isdigit() else word[0]
    end = _read_notation(text, key, start, found)
    if end is not None:
        return end
    number = number_at(text, start)
    new = number or (labels.code_at(text, start) if key == FIGURE else None)
    if new is None:
        return opener.end()
    found.append(new)
    return new.end


def _read_word(text: str, word: str, opener: re.Match[str], found: list[Fact | Number]) -> int:
    start = opener.start()
    end = _read_notation(text, word, start, found) if word in _OPENED else None
    if end is not None:
        return end
    new: Fact | Number | None = number_at(text, start) if word in _NUMBER_WORDS else None
    if new is None and _BEFORE_VERSION.match(text, opener.end()):
        new = labels.version_at(text, start)
    if new is None:
        return start
    found.append(new)
    return new.end


_BEFORE_VERSION = re.compile(r"\d|-| [vV]?\d")


def _read_notation(text: str, opener: str, start: int, found: list[Fact | Number]) -> int | None:
    for notation in _OPENED.get(opener, ()):
        match = notation.pattern.match(text, start)
        facts = notation.read(match) if match else None
        if match and facts is not None:
            found += facts
            return match.end()
    return None


def _settled(text: str, found: list[Fact | Number]) -> list[Fact]:
    """The facts that numbers are once their neighbours have lent them what they share."""
    for place in range(len(found) - 2, -1, -1):
        one, next = found[place], found[place + 1]
        if isinstance(one, Number) and isinstance(next, Number):
            found[place], found[place + 1] = with_lent(text, one, next)
    facts = (fact_of(text, each) if isinstance(each, Number) else each for each in found)
    return [fact for fact in facts if fact]
