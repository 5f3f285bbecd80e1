"""Hedges: the words around a number that say how exact it is."""

from __future__ import annotations

import re

from digestbot.text.facts.fact import Hedge

_ABOUT = "about|around|roughly|approximately|approx|some|circa|~|≈|约|大约|约为|大概"
_OVER = "over|more than|above|at least|exceeding|upwards of|topped|surpassed|>|≥|+|plus"
_OVER += "|超|超过|逾|超出|至少|突破|多于|上"
_UNDER = "nearly|almost|close to|up to|less than|under|below|fewer than|as many as|as much as"
_UNDER += "|at most|<|≤|近|将近|接近|不到|不足|不超过|最多"

_BEFORE: dict[str, Hedge] = dict.fromkeys(_ABOUT.split("|"), "about")
_BEFORE |= dict.fromkeys(_OVER.split("|"), "over")
_BEFORE |= dict.fromkeys(_UNDER.split("|"), "under")
_LENGTHS = sorted({len(word) for word in _BEFORE}, reverse=True)
_ENDINGS = tuple(_BEFORE)

_AFTER: dict[str, Hedge] = dict.fromkeys(["左右", "上下"], "about")
_AFTER |= dict.fromkeys(["多", "余", "来", "几", "以上", "+", "plus"], "over")
_AFTER |= dict.fromkeys(["以下", "以内"], "under")
_LATIN = re.compile("[a-z]{2}")
_FOLLOWING = re.compile(
    r"\s?(左右|上下|以上|以下|以内|[多余](?!年来)|[来几](?=[个年岁名人家米天位次])|\+|-?plus\b)"
)


def hedge_before(text: str, place: int) -> Hedge:
    """Return the hedge that ends where the number begins, at *place* of *text*."""
    before = text[max(0, place - _LENGTHS[0] - 1) : place].rstrip(" ").lower()
    if not before.endswith(_ENDINGS):
        return ""
    for length in _LENGTHS:
        word = before[-length:]
        if word in _BEFORE and not _LATIN.match(before[-length - 1 : 1 - length or None]):
            return _BEFORE[word]
    return ""


def hedge_after(text: str, place: int) -> tuple[Hedge, int]:
    """Return the hedge that begins at *place* of *text*, and where it ends."""
    found = _FOLLOWING.match(text, place)
    return (_AFTER[found[1].lstrip("-")], found.end()) if found else ("", place)
