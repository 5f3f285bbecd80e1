"""Shares and multiples: 百分之七, 三分之一, 七成, two-thirds, 1/3, one in five, half, twice."""

from __future__ import annotations

import re

from digestbot.text.facts.fact import Fact, Quantity, Value, in_passing, moment, stated
from digestbot.text.facts.notation import FIGURE, any_of, notation
from digestbot.text.facts.numerals import (
    FIGURES,
    HAN,
    HAN_DIGITS,
    HAN_NUMERALS,
    ORDINALS,
    WORDS,
    read_english,
)
from digestbot.text.facts.quantities import read_count

COARSE = 0.05
"""A share in words is as exact as this: a third may be 34 %."""

EXACT = frozenset({100.0, 1000.0, 1e4})
"""Of how many parts a share is a figure: percent, per mille."""

_PARTS = {name: value for name, value in ORDINALS.items() if value > 2}
_PARTS |= {"quarter": 4.0, "half": 2.0}
_HALVES = "half halves 一半 半数 过半 对半".split()
_MULTIPLES = dict.fromkeys("twice double doubled doubling 翻番 翻一番 翻倍".split(), 2.0)
_MULTIPLES |= dict.fromkeys("thrice triple tripled tripling treble".split(), 3.0)
_MULTIPLES |= dict.fromkeys("quadruple quadrupled quadrupling".split(), 4.0)
_SMALL = "one two three four five six seven eight nine ten".split()
_DIGIT = "".join(HAN_DIGITS)
_NO_TENTHS = "(?![为了立员功交分熟长品本果就都员人年])"


def _share(size: float, grain: float = COARSE) -> Quantity:
    return Quantity(size=size, grain=grain, dimension="ratio")


def _number(text: str) -> float:
    numeral = read_count(text)
    return numeral.size if numeral else 0.0


def _english(text: str) -> float:
    return float(text) if text.isdigit() else read_english(text).size


def _han_parts(match: re.Match[str]) -> list[Fact]:
    below, above = _number(match["below"]), _number(match["above"])
    grain = 1 / below if below in EXACT else COARSE
    return [stated("percentage", match, _share(above / (below or 1.0), grain))]


def _tenths(match: re.Match[str]) -> list[Fact]:
    more = HAN_DIGITS[match["more"]] if match["more"] else 0
    size = _number(match["tenths"]) / 10 + more / 100
    return [stated("percentage", match, _share(size, 0.01 if more else 0.1))]


def _words(match: re.Match[str]) -> list[Fact]:
    above = match["above"].lower()
    below = match["below"].lower()
    parts = _PARTS.get(below) or _english(below)
    size = 1.0 if above in {"a", "an"} else _english(above)
    values: list[Value] = [_share(size / (parts or 1.0))]
    if below == "quarter":  # of the whole, or of a year
        values.append(Quantity(size=size, dimension="month", unit="quarter", factor=3.0))
    return [in_passing("percentage", match, *values)]


def _out_of(match: re.Match[str]) -> list[Fact]:
    """209 out of 297 seats are a share, and two counts."""
    above, below = _english(match["above"].lower()), _english(match["below"].lower())
    counts = [Quantity(size=size) for size in (above, below)]
    return [in_passing("percentage", match, _share(above / (below or 1.0)), *counts)]


def _figures(match: re.Match[str]) -> list[Fact]:
    """1/3 is a third, the third of January, or the first of March."""
    one, other = int(match["one"]), int(match["other"])
    days: list[Value] = [
        moment(month=month, day=day)
        for month, day in ((one, other), (other, one))
        if 1 <= month <= 12 and 1 <= day <= 31
    ]
    return [stated("number", match, _share(one / (other or 1)), *days)]


def _half(match: re.Match[str]) -> list[Fact]:
    return [in_passing("percentage", match, _share(0.5))]


def _multiple(match: re.Match[str]) -> list[Fact]:
    size = _MULTIPLES[match[0].lower()]
    return [in_passing("number", match, Quantity(size=size, dimension="times"))]


def _part_of_percent(match: re.Match[str]) -> list[Fact]:
    """Half a percent, a quarter of a percentage point."""
    size, point = 1 / _PARTS[match["part"].lower()], "point" in match["unit"].lower()
    dimension, factor = ("point", 1.0) if point else ("ratio", 0.01)
    value = Quantity(size=size, grain=0.01, dimension=dimension, unit="percent", factor=factor)
    return [stated("percentage", match, value)]


def _one_in(match: re.Match[str]) -> list[Fact]:
    """每5人中就有1人 is one in five."""
    share = _share(_number(match["above"]) / (_number(match["below"]) or 1.0))
    return [in_passing("percentage", match, share)]


def _top(match: re.Match[str]) -> list[Fact]:
    """前十 is "the top ten"."""
    return [in_passing("number", match, Quantity(size=_number(match["best"])))]


NOTATIONS = (
    notation(
        "half quarter a",
        r"(?:a )?(?P<part>half|quarter)(?: of)? an? (?P<unit>percent(?:age)?(?:[ -]point)?)\b",
        _part_of_percent,
    ),
    notation(
        "每",
        rf"每\s?(?P<below>\d{{1,4}}|[{HAN_NUMERALS}]{{1,3}})\s?[个名位]?[^\s，。、\d]{{0,6}}?[中里]就?有\s?"
        rf"(?P<above>\d{{1,3}}|[{_DIGIT}])\s?[个名位]?人?",
        _one_in,
    ),
    notation(
        [FIGURE, *HAN_NUMERALS],
        rf"(?P<below>\d{{1,4}}|[{HAN_NUMERALS}]{{1,3}})\s?分之\s?(?P<above>{FIGURES}|{HAN})",
        _han_parts,
    ),
    notation(
        [FIGURE, *_DIGIT],
        rf"(?<![{HAN_NUMERALS}\d.])(?P<tenths>[{_DIGIT}]|\d(?:\.\d)?)成(?P<more>[{_DIGIT}])?{_NO_TENTHS}",
        _tenths,
    ),
    notation(FIGURE, r"(?<![\d/.])(?P<one>\d{1,2})/(?P<other>\d{1,3})(?![\d/])", _figures),
    notation(
        ["a", "an", *_SMALL],
        rf"(?P<above>an?|{any_of(_SMALL)})[\s-](?P<below>{any_of(_PARTS)})s?(?![a-z])",
        _words,
    ),
    notation(
        [FIGURE, *_SMALL],
        rf"(?P<above>{any_of(_SMALL)}|\d{{1,3}}) (?:in|out of)(?: every)? "
        rf"(?P<below>{any_of(WORDS)}|\d{{1,3}})(?![a-z\d,.:-])",
        _out_of,
    ),
    notation(
        "前", r"前(?P<best>[二三四五]?十|[百千])(?![一二三四五六七八九分年个天日月周多余几])", _top
    ),
    notation(["half", "halves", *"一半过对"], rf"(?:{any_of(_HALVES)})(?![a-z]| an? )", _half),
    notation(
        [*(word for word in _MULTIPLES if word.isascii()), "翻"],
        rf"(?:{any_of(_MULTIPLES)})(?![a-z]|[ -]digit)",
        _multiple,
    ),
)
"""How shares and multiples are written, but for those with % or 倍, which are units."""
