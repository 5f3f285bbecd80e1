"""Shares and multiples: 百分之七, 三分之一, 七成, two-thirds, 1/3, half, twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digestbot.text.facts.fact import Fact, Quantity
from digestbot.text.facts.numerals import (
    FIGURES,
    HAN,
    ORDINALS,
    read_english,
    read_figures,
    read_han,
)

_HAN_PARTS = re.compile(
    rf"(?P<below>\d+|{HAN})\s?分之\s?(?P<above>{FIGURES}|{HAN})(?P<point>点[零一二三四五六七八九])?"
)
_TENTHS = re.compile(
    r"(?<![一-鿿\d])(?P<lead>[近约超逾过]|占|的)?(?P<tenths>[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<more>[一二三四五六七八九])?"
    r"(?![为了立员功交分熟长品本果就都员人年])"
)
_PARTS_OF = {
    **{name: value for name, value in ORDINALS.items() if value > 2},
    "quarter": 4.0,
    "half": 2.0,
}
_ENGLISH = re.compile(
    r"(?<![A-Za-z])(?i:(?P<above>an?|one|two|three|four|five|six|seven|eight|nine)[\s-]"
    rf"(?P<below>{'|'.join(_PARTS_OF)})s?)(?![A-Za-z])"
)
_FIGURES = re.compile(r"(?<![\d/.])(?P<above>\d{1,2})/(?P<below>\d{1,3})(?![\d/])")
_IN = re.compile(
    r"(?<![A-Za-z\d])(?i:(?P<above>one|two|three|four|\d+) (?:in|out of)(?: every)? (?P<below>three|four|five|six|seven|eight|nine|ten|\d+))(?![A-Za-z\d])"
)
_FIXED = {
    "half": 0.5,
    "halves": 0.5,
    "一半": 0.5,
    "半数": 0.5,
    "过半": 0.5,
    "对半": 0.5,
}
_MULTIPLES = {
    "twice": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "翻番": 2.0,
    "翻一番": 2.0,
    "翻倍": 2.0,
    "thrice": 3.0,
    "triple": 3.0,
    "tripled": 3.0,
    "tripling": 3.0,
    "treble": 3.0,
    "quadruple": 4.0,
    "quadrupled": 4.0,
}
_WORD = re.compile(
    rf"(?<![A-Za-z])(?:(?P<share>(?i:{'|'.join(_FIXED)}))|(?P<multiple>(?i:{'|'.join(_MULTIPLES)})))(?![A-Za-z])"
)

COARSE = 0.05
"""A share in words is as exact as this: a third may be 34 %."""


def find_shares(text: str) -> Iterator[Fact]:
    """Give the shares and multiples of a plain *text* that are not written with % or 倍."""
    yield from map(_of_han, _HAN_PARTS.finditer(text))
    yield from map(_of_tenths, _TENTHS.finditer(text))
    for pattern in (_ENGLISH, _IN):
        yield from map(_of_words, pattern.finditer(text))
    yield from map(_of_figures, _FIGURES.finditer(text))
    yield from map(_of_word, _WORD.finditer(text))


def _number(text: str) -> float:
    numeral = read_figures(text) if text[-1].isdigit() and text[0].isascii() else read_han(text)
    return numeral.size if numeral else 0.0


def _of_han(match: re.Match[str]) -> Fact:
    below, above = _number(match["below"]), _number(match["above"])
    if match["point"]:
        above += _number(match["point"][1]) / 10
    exact = below in {100.0, 1000.0, 1e4}
    return _fact(
        match, above / (below or 1.0), grain=1 / below if exact and below else COARSE, soft=False
    )


def _of_tenths(match: re.Match[str]) -> Fact:
    size = _number(match["tenths"]) / 10 + (_number(match["more"]) / 100 if match["more"] else 0.0)
    return _fact(match, size, grain=0.01 if match["more"] else 0.1, soft=False)


def _of_words(match: re.Match[str]) -> Fact:
    above = match["above"].lower()
    one = 1.0 if above in {"a", "an"} else _english(above)
    below = match["below"].lower()
    size = one / (_PARTS_OF.get(below) or _english(below) or 1.0)
    return _fact(match, size, grain=COARSE, soft=True)


def _english(text: str) -> float:
    numeral = read_figures(text) if text.isdigit() else read_english(text)
    return numeral.size if numeral else 0.0


def _of_figures(match: re.Match[str]) -> Fact:
    above, below = float(match["above"]), float(match["below"])
    return _fact(match, above / (below or 1.0), grain=COARSE, soft=False)


def _of_word(match: re.Match[str]) -> Fact:
    if match["share"]:
        return _fact(match, _FIXED[match[0].lower()], grain=COARSE, soft=True)
    size = _MULTIPLES[match[0].lower()]
    times = Quantity(size=size, grain=1.0, dimension="times")
    return Fact(
        kind="number",
        text=match[0],
        start=match.start(),
        end=match.end(),
        values=(times,),
        soft=True,
    )


def _fact(match: re.Match[str], size: float, *, grain: float, soft: bool) -> Fact:
    share = Quantity(size=size, grain=grain, dimension="ratio")
    return Fact(
        kind="percentage",
        text=match[0],
        start=match.start(),
        end=match.end(),
        values=(share,),
        soft=soft,
    )
