"""Quantities: a numeral, its scale, its unit or currency, and what it shares with its neighbour."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from digestbot.text.facts.fact import Fact, Hedge, Kind, Moment, Quantity, Value
from digestbot.text.facts.numerals import (
    ENGLISH,
    FIGURES,
    HAN,
    LETTERS,
    ORDINALS,
    SCALES,
    Numeral,
    read_english,
    read_figures,
    read_han,
)
from digestbot.text.facts.units import BARE, CURRENCIES, SYMBOLS, Unit, unit_after

FEW = 10
"""Counts up to this are said in passing when they are said in words."""

YEARS = range(1000, 2200)
"""Four bare figures among these may be a year."""

_HEDGES: dict[str, Hedge] = dict.fromkeys(
    "about around roughly approximately approx some circa ~ ≈ 约 大约 约为 大概 左右 上下".split(),
    "about",
)
_HEDGES |= dict.fromkeys(
    ["over", "more than", "above", "at least", "exceeding", "upwards of", "topped", "surpassed"]
    + "> ≥ + plus 超 超过 逾 超出 至少 突破 多于 以上 多 余 来 几 上".split(),
    "over",
)
_HEDGES |= dict.fromkeys(
    ["nearly", "almost", "close to", "up to", "less than", "under", "below", "fewer than"]
    + ["as many as", "as much as", "at most"]
    + "< ≤ 近 将近 接近 不到 不足 不超过 最多 以下 以内".split(),
    "under",
)
_SYMBOL = "|".join(re.escape(symbol) for symbol in sorted(SYMBOLS, key=len, reverse=True))
_HEDGE = "|".join(re.escape(hedge) for hedge in sorted(_HEDGES, key=len, reverse=True))

_ATOM = re.compile(
    rf"(?P<ordinal>第\s?(?P<place>{FIGURES}|{HAN}))"
    rf"|(?<![A-Za-z\d.])(?P<nth>\d{{1,4}}(?:,\d{{3}})*)(?:st|nd|rd|th)(?![A-Za-z])"
    rf"|(?<![A-Za-z])(?P<rank>(?i:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?-?"
    rf"(?:{'|'.join(sorted(ORDINALS, key=len, reverse=True))})))(?![A-Za-z])"
    rf"|(?<![A-Za-z\d.])(?P<han>{HAN})"
    rf"|(?<![A-Za-z\d.])(?P<figures>{FIGURES}|\.\d+)"
    rf"|(?<![A-Za-z])(?P<words>(?i:{ENGLISH}))"
)
_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?P<hedge>(?i:{_HEDGE}))\s?)?(?P<symbol>(?i:{_SYMBOL}))?\s?-?$"
)
_REACH = 14
"""Letters before a number that may hold its hedge and its currency."""

_SCALE = re.compile(
    rf"[\s-]?(?P<word>(?i:{'|'.join(sorted(SCALES, key=len, reverse=True))}))s?(?![A-Za-z])"
    rf"|\s?(?P<letter>[kKmMbBtT])(?![A-Za-z0-9²³/])"
)
_HEDGED_AFTER = re.compile(r"\s?(?:[多余来几](?=[^\s，。、])|\+|-?plus(?![a-z]))")
_HEDGE_LAST = re.compile(r"\s?(左右|上下|以上|以下|以内|多(?!年|个))")
_RANGE = re.compile(r"\s?(?:-|~|to|至|到|between|x|×|\*)\s?(?i:(?:%s)\s?)?" % _SYMBOL)
_LIST = re.compile(
    r"\s?(?:,? and|,? or|,|、|和|或|与|及|/|以及|through)\s?(?i:(?:%s)\s?)?" % _SYMBOL
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A number in the text, before it is known what its neighbour lends it."""

    start: int
    end: int
    numeral: Numeral
    scale: float = 1.0
    units: tuple[Unit, ...] = ()
    symbol: str = ""
    hedge: Hedge = ""
    ordinal: bool = False
    lent: tuple[Quantity, ...] = ()
    lent_units: tuple[Unit, ...] = ()
    lent_scale: float = 1.0


def find_quantities(text: str) -> Iterator[Fact]:
    """Give the numbers, amounts and percentages of a plain *text*, in its order."""
    found = [each for match in _ATOM.finditer(text) if (each := _found(text, match))]
    for fact in map(_fact, [text] * len(found), _with_lent(text, found)):
        if fact:
            yield fact


def _found(text: str, match: re.Match[str]) -> _Found | None:
    if match["ordinal"] or match["nth"] or match["rank"]:
        return _ordinal(match)
    numeral = _numeral(match)
    if numeral is None:
        return None
    before = _BEFORE.search(text, max(0, match.start() - _REACH), match.start())
    symbol = SYMBOLS[before["symbol"].lower()] if before and before["symbol"] else ""
    hedge = _HEDGES[before["hedge"].lower()] if before and before["hedge"] else ""
    found = _Found(
        start=before.start("symbol") if before and symbol else match.start(),
        end=match.end(),
        numeral=numeral,
        symbol=symbol,
        hedge=numeral.hedge or hedge,
    )
    return _with_unit(text, found)


def _numeral(match: re.Match[str]) -> Numeral | None:
    if match["han"]:
        return read_han(match["han"])
    if match["figures"]:
        return read_figures(match["figures"])
    return read_english(match["words"])


def _ordinal(match: re.Match[str]) -> _Found | None:
    if match["rank"]:
        tens, _, ones = match["rank"].lower().rpartition("-")
        size = ORDINALS.get(ones, 0.0)
        if tens:
            numeral = read_english(tens)
            size += numeral.size if numeral else 0.0
        numeral = Numeral(size=size, grain=1.0, spelled=True)
    else:
        place = match["place"] or match["nth"]
        numeral = (
            read_figures(place) if place[-1].isdigit() and place.isascii() else read_han(place)
        )
    if numeral is None:
        return None
    return _Found(start=match.start(), end=match.end(), numeral=numeral, ordinal=True)


def _with_unit(text: str, found: _Found) -> _Found | None:
    end, scale, hedge = found.end, 1.0, found.hedge
    units: tuple[Unit, ...] = ()
    lent: tuple[Quantity, ...] = ()
    if not found.numeral.spelled and (big := _SCALE.match(text, end)):
        factor = SCALES.get((big["word"] or "").lower()) or LETTERS[big["letter"].lower()]
        attached = big["word"] or found.symbol or big.start() + 1 == big.end()
        other, after = unit_after(text, end)
        if big["letter"] and not found.symbol and other:
            lent = (_quantity(found, 1.0, other[0]),)
        if attached:
            end, scale = big.end(), factor
    if more := _HEDGED_AFTER.match(text, end):
        end, hedge = more.end(), hedge or "over"
    units, end = unit_after(text, end)
    if last := _HEDGE_LAST.match(text, end):
        end, hedge = last.end(), hedge or _HEDGES[last[1]]
    if (
        not units
        and text[end : end + 1].isalpha()
        and text[end].isascii()
        and text[end - 1].isdigit()
    ):
        return None  # 5G, 3D: a version
    return replace(found, end=end, scale=scale, units=units, hedge=hedge, lent=lent)


def _quantity(found: _Found, scale: float, unit: Unit) -> Quantity:
    numeral = found.numeral
    return Quantity(
        size=numeral.size * scale,
        grain=numeral.grain * scale,
        factor=unit.factor,
        dimension="ordinal" if found.ordinal else unit.dimension,
        unit=unit.name,
        hedge=found.hedge,
    )


def _with_lent(text: str, found: list[_Found]) -> list[_Found]:
    """Give each number what the next lends it: "5 to 10%", "$3 to 4 billion", 20、30和40家."""
    for place in range(len(found) - 2, -1, -1):
        one, next = found[place], found[place + 1]
        ranged = _RANGE.fullmatch(text, one.end, next.start)
        if not ranged and not _LIST.fullmatch(text, one.end, next.start):
            continue
        if not one.units and not one.ordinal:
            found[place] = _lent(one, next)
        if ranged and one.symbol and not next.symbol and not next.units:
            found[place + 1] = replace(next, symbol=one.symbol)
    return found


def _lent(one: _Found, next: _Found) -> _Found:
    """*one* with the units of *next*, and with its scale where it has none."""
    units = (
        _own(one) if one.symbol else _own(next) if next.units or next.symbol else next.lent_units
    )
    scale = max(next.scale, next.lent_scale, next.numeral.scale) if one.scale == 1 else one.scale
    if one.numeral.scale > 1:
        scale = 1.0
    if not units and scale == 1:
        return one
    units = units or (BARE,)
    lent = tuple(_quantity(one, each, unit) for each in {scale, one.scale} for unit in units)
    return replace(one, lent=one.lent + lent, lent_units=units, lent_scale=scale)


def _own(found: _Found) -> tuple[Unit, ...]:
    """The currency before a number or the units behind it."""
    if found.symbol == "yen or yuan":
        return tuple(Unit(name="¥", dimension=each, factor=1.0) for each in ("CNY", "JPY"))
    if found.symbol:
        return (Unit(name=found.symbol, dimension=found.symbol, factor=1.0),)
    return found.units or (BARE,)


def _fact(text: str, found: _Found) -> Fact | None:
    numeral = found.numeral
    if numeral.spelled and not _says_much(text, found):
        return None
    values: list[Value] = [_quantity(found, found.scale, unit) for unit in _own(found)]
    if numeral.until is not None:
        last = replace(found, numeral=replace(numeral, size=numeral.until))
        values += [_quantity(last, found.scale, unit) for unit in _own(found)]
    values += found.lent
    kind = _kind(values[0])
    if _is_year(text, found):
        values.insert(0, Moment(parts=frozenset({("year", int(numeral.size))})))
        kind = "date"
    return Fact(
        kind=kind,
        text=text[found.start : found.end],
        start=found.start,
        end=found.end,
        values=tuple(values),
        soft=_soft(found),
    )


def _says_much(text: str, found: _Found) -> bool:
    """Whether characters that mean other things, too, are a number here."""
    written = text[found.start : found.end]
    if written[0].isascii() or found.ordinal or found.units:
        return True
    return len(written) > 1 and any(each in "十百千万亿" for each in written)


def _soft(found: _Found) -> bool:
    numeral = found.numeral
    if not numeral.spelled:
        return False
    loose = numeral.hedge == "many" or numeral.until is not None or numeral.alone
    return loose or found.ordinal or numeral.size <= FEW


def _kind(value: Value) -> Kind:
    dimension = value.dimension if isinstance(value, Quantity) else ""
    if dimension in CURRENCIES:
        return "amount"
    return "percentage" if dimension in {"ratio", "point"} else "number"


def _is_year(text: str, found: _Found) -> bool:
    written = text[found.start : found.end]
    return len(written) == 4 and written.isdigit() and not found.ordinal and int(written) in YEARS
