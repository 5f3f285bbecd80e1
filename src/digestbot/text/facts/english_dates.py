"""Dates and times as English writes them, and those of figures alone."""

from __future__ import annotations

import re

from digestbot.text.facts.fact import Fact, Quantity, Value, in_passing, moment, stated
from digestbot.text.facts.notation import FIGURE, any_of, notation

_NAMES = "january february march april may june july august september october november december"
MONTHS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS = {name: number for number, name in enumerate(_DAYS.split(), start=1)}
WEEKDAYS |= {"tues": 2, "weds": 3, "thurs": 4}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
QUARTERS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "1": 1, "2": 2, "3": 3, "4": 4}
HALVES = {"first": 1, "second": 2, "early": 1, "late": 2, "1st": 1, "2nd": 2, "1": 1, "2": 2}
_TENS = "twenties thirties forties fifties sixties seventies eighties nineties"
DECADES = {name: 10 * number for number, name in enumerate(_TENS.split(), start=2)}
CENTENARIES = {"centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200}

VERBS = frozenset({"may", "march"})
"""Months that are other words, too."""

THIS_CENTURY = 70
"""A year in two figures below this is of this century."""

FIRST_YEAR = 1000
"""Before this, four figures joined to others are no years."""

_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_NTH = r"(?:st|nd|rd|th)?"
_MONTH = any_of(MONTHS)
_AND = r"\s?(?:-|to|and)\s?(?:the\s)?"
_BEFORE_VERB = re.compile(
    r"(?:in|of|since|by|until|till|during|last|next|this|early|late|mid|from|through)[\s-]$",
    re.IGNORECASE,
)


def year_of(text: str | None) -> int | None:
    """Return a year in four figures or two."""
    if not text:
        return None
    year = int(text.lstrip("'"))
    if year >= 100:
        return year
    return year + (2000 if year < THIS_CENTURY else 1900)


def _date(match: re.Match[str]) -> list[Fact]:
    name = match["month"].lower()
    year = year_of(match["year"])
    days = [match["day"], match["until"]] if match["until"] else [match["day"]]
    values = [moment(year=year, month=MONTHS[name], day=int(day) if day else None) for day in days]
    if name in VERBS and not match["day"] and not year and not _is_month(match):
        return [in_passing("date", match, *values)] if match["month"].istitle() else []
    if name in {"mar", "jan", "dec", "sep"} and not match["day"] and not year:
        return []
    return [stated("date", match, *values)]


def _is_month(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 9) : match.start()]
    return bool(_BEFORE_VERB.search(before))


def _in_figures(match: re.Match[str]) -> list[Fact]:
    """Year first, or day and month in either order."""
    if match["first"]:
        year, month, day = int(match["first"]), int(match["one"]), int(match["other"])
        return [stated("date", match, moment(year=year, month=month, day=day))]
    one, other, year_last = int(match["one"]), int(match["other"]), year_of(match["last"])
    days = [(month, day) for month, day in ((one, other), (other, one)) if month <= 12]
    values = [moment(year=year_last, month=month, day=day) for month, day in days]
    return [stated("date", match, *values)]


def _years(match: re.Match[str]) -> list[Fact] | None:
    """2020-21, 2019/2020: two years."""
    one, written = int(match["one"]), match["other"]
    other = int(match["one"][: 4 - len(written)] + written)
    if one < FIRST_YEAR or not one < other < one + 100:
        return None
    last = Fact(
        kind="date",
        text=written,
        start=match.start("other"),
        end=match.end(),
        values=(moment(year=other),),
    )
    first = Fact(
        kind="date",
        text=match["one"],
        start=match.start(),
        end=match.end("one"),
        values=(moment(year=one),),
    )
    return [first, last]


def _nine_eleven(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(month=9, day=11), Quantity(size=911.0))]


def _decade(match: re.Match[str]) -> list[Fact]:
    decade = int(match["decade"])
    if match["hundreds"]:
        return [stated("date", match, *decade_of(int(match["hundreds"]) + 1, decade))]
    age = Quantity(size=float(decade), grain=10.0, dimension="month", unit="year", factor=12.0)
    return [stated("date", match, moment(decade=decade), age)]


def decade_of(century: int, decade: int) -> list[Value]:
    """Return what "the 1980s" may mean; "the 1800s" may be a hundred years."""
    if decade == 0:
        return [moment(century=century), moment(century=century - 1), moment(decade=decade)]
    return [moment(century=century, decade=decade), moment(decade=decade)]


def _decade_in_words(match: re.Match[str]) -> list[Fact]:
    return [in_passing("date", match, moment(decade=DECADES[match[0].lower()]))]


def _century(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(century=int(match["century"])))]


def _centenary(match: re.Match[str]) -> list[Fact]:
    years = float(CENTENARIES[match[0].lower()])
    size = Quantity(size=years, dimension="month", unit="year", factor=12.0)
    return [in_passing("number", match, size)]


def _quarter(match: re.Match[str]) -> list[Fact]:
    quarter, year = QUARTERS[match["quarter"].lower()], year_of(match["year"])
    return [stated("date", match, moment(quarter=quarter, year=year))]


def _half_of_year(match: re.Match[str]) -> list[Fact]:
    value = moment(half=HALVES[match["half"].lower()], year=year_of(match["year"]))
    return [stated("date", match, value)]


def _half_in_words(match: re.Match[str]) -> list[Fact]:
    """A half in words may be one of a match."""
    return [in_passing("date", match, moment(half=HALVES[match["half"].lower()]))]


def _fiscal(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(year=year_of(match["year"])))]


def _weekday(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(weekday=WEEKDAYS[match["name"].lower()]))]


def _time(match: re.Match[str]) -> list[Fact]:
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    minute = int(match["minute"]) if match["minute"] else None
    return [stated("date", match, *times(hour, minute, late={"a": False, "p": True}.get(half)))]


def times(hour: int, minute: int | None, *, late: bool | None) -> list[Value]:
    """Return the moments that an hour may mean, *late* being afternoon, None what is not told."""
    hours = [hour % 12 + 12] if late else [hour] if hour > 12 else [hour % 12]
    if (late is None and hour <= 12) or hour == 12:
        hours += [hour, (hour + 12) % 24]
    return [moment(hour=each, minute=minute or None) for each in hours]


def _noon(match: re.Match[str]) -> list[Fact]:
    hours = (0, 24) if match[0].lower() == "midnight" else (12,)
    return [in_passing("date", match, *(moment(hour=hour) for hour in hours))]


_ZONE = r"(?: (?-i:(?:[ECMP][SD]?|GM|[BJKI]S|CES|AES|CE)T|UTC)(?![A-Za-z]))?"
_YEAR_AFTER = r"(?:\s?,?\s+(?:of\s+)?(?:(?:fiscal|fy)\s?)?(?P<year>\d{4})(?!\d|,\d))?"
NOTATIONS = (
    notation(
        FIGURE,
        r"(?<![\d./-])(?:(?P<first>\d{4})(?=(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2}(?!\d))[-/.])?"
        rf"(?P<one>{_DAY})(?P<join>[-/.])(?P<other>{_DAY})(?(first)|(?P=join)(?P<last>\d{{4}}|\d\d))"
        r"(?![\d/-])",
        _in_figures,
    ),
    notation(
        FIGURE,
        r"(?<![\d.,])(?P<one>\d{4})\s?(?:--?|/)\s?(?P<other>\d{4}|\d{2})(?![\d/%-]|,\d)",
        _years,
    ),
    notation(FIGURE, r"(?<![\d.])9(?:/|·|\.|-)?11(?![\d.%]|,\d)(?:事件|恐怖)?", _nine_eleven),
    notation(
        FIGURE,
        rf"(?<![\d.,/-])(?P<day>{_DAY}){_NTH}(?:{_AND}(?P<until>{_DAY}){_NTH})?"
        rf"\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?{_YEAR_AFTER}",
        _date,
    ),
    notation(
        MONTHS,
        rf"(?P<month>{_MONTH})\b\.?(?:,?\s?(?P<day>{_DAY}){_NTH}(?![\d:%]|\.\d|,\d|\s?[ap]\.?m)"
        rf"(?:{_AND}(?P<until>{_DAY}){_NTH}(?![\d:%]|\.\d|,\d))?)?{_YEAR_AFTER}",
        _date,
    ),
    notation(FIGURE, r"(?<![\d.])(?P<hundreds>\d\d)?(?P<decade>\d0)'?s\b", _decade),
    notation(DECADES, rf"(?:{any_of(DECADES)})\b", _decade_in_words),
    notation(
        FIGURE, r"(?<!\d)(?P<century>\d{1,2})(?:st|nd|rd|th)[\s-](?:century|centuries)\b", _century
    ),
    notation(
        "q",
        r"q(?P<quarter>[1-4])(?:[\s-]?(?:of\s)?(?:(?:fy|fiscal)\s?)?(?P<year>\d{4}|'?\d{2}(?![\d%])))?(?!\d)",
        _quarter,
    ),
    notation(
        FIGURE,
        r"(?<![\d.])(?P<quarter>[1-4])q\s?(?:fy\s?)?(?P<year>\d{4}|'?\d{2})?(?![\da-z])",
        _quarter,
    ),
    notation(
        [FIGURE, *QUARTERS],
        rf"(?<!\d)(?P<quarter>{any_of(QUARTERS)})[\s-](?:fiscal[\s-])?quarter(?![a-z]){_YEAR_AFTER}",
        _quarter,
    ),
    notation(CENTENARIES, rf"(?:{any_of(CENTENARIES)})\b", _centenary),
    notation(FIGURE, r"(?<![\d.])(?P<year>\d{4}|\d{2})\s?q(?P<quarter>[1-4])(?![\da-z])", _quarter),
    notation(
        FIGURE, r"(?<![\d.])(?P<year>\d{4}|\d{2})\s?h(?P<half>[12])(?![\da-z])", _half_of_year
    ),
    notation(
        "h",
        r"h(?P<half>[12])(?:[\s-]?(?:fy\s?)?(?P<year>\d{4}|'?\d{2}(?![\d%])))?(?!\d)",
        _half_of_year,
    ),
    notation(
        FIGURE,
        r"(?<![\d.])(?P<half>[12])h(?:fy)?(?P<year>\d{4}|'?\d{2})?(?![\da-z])",
        _half_of_year,
    ),
    notation(
        [FIGURE, *HALVES],
        rf"(?<!\d)(?P<half>{any_of(HALVES)})(?:[\s-]half(?![a-z])|(?=(?: in)? \d{{4}}(?!\d)))",
        _half_in_words,
    ),
    notation(
        "fy cy fiscal", r"(?:[fc]y|fiscal(?: year)?)\s?'?(?P<year>\d{4}|\d{2})(?![\d%])", _fiscal
    ),
    notation(WEEKDAYS, rf"(?P<name>{any_of(WEEKDAYS)})\b", _weekday),
    notation(
        FIGURE,
        r"(?<![\d.:])(?P<hour>1\d|2[0-4]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
        rf"{_ZONE}",
        _time,
    ),
    notation(
        FIGURE,
        r"(?<![\d.:])(?P<hour>1\d|2[0-4]|0?\d):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:])(?P<half>\b)?"
        rf"{_ZONE}",
        _time,
    ),
    notation("noon midday midnight", r"(?:noon|midday|midnight)\b", _noon),
)
"""In the order in which they are tried."""
