"""Quantities: a numeral, its scale, its unit or currency, and what its neighbour lends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from digestbot.text.facts.fact import Fact, Hedge, Kind, Quantity, Value, moment
from digestbot.text.facts.hedges import hedge_after, hedge_before
from digestbot.text.facts.notation import any_of
from digestbot.text.facts.numerals import (
    ENGLISH,
    FIGURES,
    HAN,
    LETTERS,
    ORDINALS,
    SCALES,
    WORDS,
    Numeral,
    read_english,
    read_figures,
    read_han,
)
from digestbot.text.facts.units import BARE, CURRENCIES, SYMBOLS, Unit, symbol_before, unit_after

FEW = 10
"""Counts up to this are said in passing when they are said in words."""

YEARS = range(1000, 2200)
"""Four bare figures among these may be a year."""

_NUMBER = re.compile(
    rf"第\s?(?P<place>{FIGURES}|{HAN})"
    r"|(?<![\d.])(?P<nth>\d{1,4}(?:,\d{3})*)(?i:st|nd|rd|th)(?![A-Za-z])"
    rf"|(?P<rank>(?i:(?:(?:{any_of(word for word in WORDS if word.endswith('ty'))})-)?"
    rf"(?:{any_of(ORDINALS)})))(?![A-Za-z])"
    rf"|(?<![\d.])(?P<han>{HAN})"
    rf"|(?<![\d.])(?P<figures>{FIGURES})"
    rf"|(?P<words>(?i:{ENGLISH}))"
)
_SCALE = re.compile(
    rf"[\s-]?(?P<word>(?i:{any_of(SCALES)}))(?i:s?)(?![A-Za-z])"
    r"|(?P<gap>\s?)(?P<letter>[kKmMbBtT])(?![A-Za-z0-9²³/])"
)
MOST_AGO = 10_000
"""Days, weeks, months or years up to which what was long ago is looked up in the calendar."""

DAY = 86_400.0
"""Seconds in a day."""

YEAR = 12.0
"""Months in a year."""

_AGO = re.compile(r" ago\b|(?:之|以)?前(?![三四五六七八九十景往去来进端途沿列])")
_AHEAD = re.compile(r" from now\b| later\b|(?:之|以)?后(?![三四五六七八九十来续面期卫勤])")
_LETTER = re.compile("[A-Za-z]")
_CURRENCY = any_of(SYMBOLS)
_RANGE = re.compile(rf"\s?(?:-|~|to|至|到|x|×|\*)\s?(?i:(?:{_CURRENCY})\s?)?")
_LIST = re.compile(
    rf"\s?(?:,? and|,? or|,|、|和|或|与|及|/|以及|through)\s?(?i:(?:{_CURRENCY})\s?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number in the text, before it is known what its neighbour lends it."""

    start: int
    end: int
    numeral: Numeral
    scale: float = 1.0
    units: tuple[Unit, ...] = ()
    hedge: Hedge = ""
    ordinal: bool = False
    lent: tuple[Quantity, ...] = ()
    lent_units: tuple[Unit, ...] = ()
    lent_scale: float = 1.0


def number_at(text: str, place: int) -> Number | None:
    """Return the number whose numeral begins at *place* of a plain *text*."""
    match = _NUMBER.match(text, place)
    if match is None:
        return None
    if match["place"] or match["nth"] or match["rank"]:
        return _rank(match)
    numeral = _numeral(match)
    if numeral is None:
        return None
    symbols, start = symbol_before(text, place)
    if not symbols and _LETTER.match(text, place - 1) and match["words"] is None:
        return None
    hedge = numeral.hedge or hedge_before(text, start)
    number = Number(start=start, end=match.end(), numeral=numeral, units=symbols, hedge=hedge)
    number = _with_unit(text, number)
    return None if _is_code(text, number) else number


def _numeral(match: re.Match[str]) -> Numeral | None:
    if match["han"]:
        return read_han(match["han"])
    return read_figures(match["figures"]) if match["figures"] else read_english(match["words"])


def _rank(match: re.Match[str]) -> Number | None:
    written = match["place"] or match["nth"]
    if match["rank"]:
        tens, _, ones = match["rank"].lower().rpartition("-")
        numeral: Numeral | None = Numeral(size=ORDINALS[ones] + WORDS.get(tens, 0.0))
    else:
        numeral = read_figures(written) if match["nth"] else read_count(written)
    if numeral is None:
        return None
    return Number(start=match.start(), end=match.end(), numeral=numeral, ordinal=True)


def read_count(text: str) -> Numeral | None:
    """Return what a count in figures or in Chinese numerals says."""
    return read_figures(text) if text.isascii() else read_han(text)


def _with_unit(text: str, number: Number) -> Number:
    number = _with_scale(text, number)
    hedge, end = hedge_after(text, number.end)
    units, after = unit_after(text, end)
    last, after = hedge_after(text, after) if units else ("", after)
    return replace(
        number, end=after, units=number.units or units, hedge=number.hedge or hedge or last
    )


def _with_scale(text: str, number: Number) -> Number:
    """*number* with its "million" or "m"; what the letter is else, is lent it."""
    found = None if number.numeral.spelled else _SCALE.match(text, number.end)
    if found is None:
        return number
    if found["word"]:
        return replace(number, end=found.end(), scale=SCALES[found["word"].lower()])
    factor = LETTERS[found["letter"].lower()]
    if number.units:
        return replace(number, end=found.end(), scale=factor)
    units, _ = unit_after(text, number.end)
    if found["gap"]:
        return number
    lent = tuple(_quantity(number, 1.0, unit) for unit in units)
    return replace(number, end=found.end(), scale=factor, lent=lent)


def _is_code(text: str, number: Number) -> bool:
    """Whether letters follow that make it a name: 5G, 3D."""
    next = text[number.end : number.end + 1]
    return next.isascii() and next.isalpha() and text[number.end - 1].isdigit()


def _quantity(number: Number, scale: float, unit: Unit) -> Quantity:
    return Quantity(
        size=number.numeral.size * scale,
        grain=number.numeral.grain * scale,
        dimension="ordinal" if number.ordinal else unit.dimension,
        unit=unit.name,
        factor=unit.factor,
        hedge=number.hedge,
    )


def with_lent(text: str, one: Number, next: Number) -> tuple[Number, Number]:
    """Give a number what the next lends it: "5 to 10%", "$3 to 4 billion", 20、30和40家."""
    ranged = _RANGE.fullmatch(text, one.end, next.start)
    if not ranged and not _LIST.fullmatch(text, one.end, next.start):
        return one, next
    in_money = bool(one.units) and one.units[0].dimension in CURRENCIES
    if not one.ordinal and (not one.units or (ranged and in_money)):
        one = _lent(one, next)
    if ranged and in_money and not next.units:
        next = replace(next, units=one.units)
    return one, next


def _lent(one: Number, next: Number) -> Number:
    """*one* with the units of *next*, and with its scale where it has none."""
    units = one.units or next.units or next.lent_units
    scale = max(next.scale, next.lent_scale, next.numeral.scale)
    if one.scale > 1 or one.numeral.scale > 1:
        scale = one.scale
    if (one.units or not units) and scale == one.scale:
        return one
    scales = sorted({scale, one.scale}, reverse=True)
    lent = tuple(_quantity(one, each, unit) for each in scales for unit in units or (BARE,))
    return replace(one, lent=one.lent + lent, lent_units=units, lent_scale=scale)


def fact_of(text: str, number: Number) -> Fact | None:
    """Return the fact that *number* is, None for characters that are no number here."""
    written = text[number.start : number.end]
    if number.numeral.spelled and not _says_much(written, number):
        return None
    values: list[Value] = [
        _quantity(number, number.scale, unit) for unit in number.units or (BARE,)
    ]
    if number.numeral.until is not None:
        last = replace(number, numeral=replace(number.numeral, size=number.numeral.until))
        values += [_quantity(last, number.scale, unit) for unit in number.units or (BARE,)]
    kind = _kind(values[0])
    values += _ago(text, number)
    if len(written) == 4 and written.isdigit() and int(written) in YEARS and not number.ordinal:
        kind = "date"
        values.insert(0, moment(year=int(written)))
    return Fact(
        kind=kind,
        text=written,
        start=number.start,
        end=number.end,
        values=(*values, *number.lent),
        soft=_soft(number)
        or (number.numeral.spelled and text[number.end : number.end + 1] == "号"),
    )


def _ago(text: str, number: Number) -> list[Value]:
    """When 三天前 was, and "in two weeks" will be."""
    unit, count = (number.units or (BARE,))[0], round(min(number.numeral.size, MOST_AGO))
    way = _way(text, number)
    if not count or not way:
        return []
    count *= way
    if unit.dimension == "month":
        months = count * round(unit.factor)
        years = moment(years_away=count)
        return [years if unit.factor == YEAR else moment(months_away=months)]
    days = count * round(unit.factor / DAY) if unit.dimension == "second" else 0
    if days % 7 or not days:
        return [moment(days_away=days)] if days else []
    return [moment(days_away=days), moment(weeks_away=days // 7)]


def _way(text: str, number: Number) -> int:
    """1 for what is yet to come, -1 for what has been, 0 for what is a mere span."""
    if _AGO.match(text, number.end):
        return -1
    ahead = text[max(0, number.start - 3) : number.start].lower() == "in "
    return 1 if ahead or _AHEAD.match(text, number.end) else 0


def _says_much(written: str, number: Number) -> bool:
    """Whether characters that mean other things, too, are a number here."""
    if written[0].isascii() or number.ordinal or number.units:
        return True
    return len(written) > 1 and written[0] not in "百千万亿"


def _soft(number: Number) -> bool:
    numeral = number.numeral
    if not numeral.spelled:
        return False
    loose = numeral.hedge == "many" or numeral.until is not None or numeral.alone
    return loose or number.ordinal or numeral.size <= FEW


def _kind(value: Value) -> Kind:
    dimension = value.dimension if isinstance(value, Quantity) else ""
    if dimension in CURRENCIES:
        return "amount"
    return "percentage" if dimension in {"ratio", "point"} else "number"
