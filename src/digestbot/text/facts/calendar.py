"""Dates and times: what Chinese and English say of when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from digestbot.text.facts.fact import Fact, Moment, Quantity, Value
from digestbot.text.facts.numerals import read_han

_MONTHS = "January February March April May June July August September October November December"
MONTHS = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"Sept": 9}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
WEEKDAYS = {name: number for number, name in enumerate(_DAYS.split(), start=1)}
WEEKDAYS |= {"Tues": 2, "Weds": 3, "Thurs": 4}
HAN_WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日", start=1)} | {"天": 7}
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "一": 1, "二": 2, "三": 3}
QUARTERS |= {"四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
HALVES = {
    "first": 1,
    "second": 2,
    "early": 1,
    "late": 2,
    "上": 1,
    "下": 2,
    "1": 1,
    "2": 2,
    "1st": 1,
    "2nd": 2,
}
DECADES = {
    name: 10 * number
    for number, name in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), start=2
    )
}
VERBS = frozenset({"May", "March"})
RELATIVE_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
RELATIVE_DAYS |= {"今天": 0, "今日": 0, "今晚": 0, "昨天": -1, "昨日": -1, "昨晚": -1}
RELATIVE_DAYS |= {"前天": -2, "前日": -2, "明天": 1, "明日": 1, "明晚": 1, "后天": 2}
RELATIVE_YEARS = {"去年": -1, "今年": 0, "明年": 1, "前年": -2, "后年": 2}
RELATIVE_YEARS |= {"last year": -1, "this year": 0, "next year": 1}

_NUMBER = "(?:[12]\\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|廿?[一二三四五六七八九])"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_HAN_YEAR = r"(?:\d{4}|[一二][〇零一二三四五六七八九]{3})"

_ENGLISH_DATE = re.compile(
    r"(?<![\d.,/-])(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?:\s?(?:-|to|and)\s?(?P<until>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)?"
    rf"\s+(?:of\s+)?(?P<month>(?i:{_MONTH}))\b\.?(?:,?\s+(?P<year>\d{{4}}))?(?!\d)"
    rf"|(?<![A-Za-z])(?P<month2>(?i:{_MONTH}))\b\.?,?(?:\s?(?P<day2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|\.\d|,\d|\s?(?:a\.?m|p\.?m))(?:\s?(?:-|to|and)\s?(?:the\s)?(?P<until2>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]))?)?"
    r"(?:,?\s+(?:of\s+)?(?P<year2>\d{4}))?(?!\d)"
)
_NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?:(?P<year>\d{4})(?P<mark>[-/.])(?P<month>1[0-2]|0?[1-9])(?P=mark)(?P<day>[12]\d|3[01]|0?[1-9])"
    r"|(?P<one>[12]\d|3[01]|0?[1-9])(?P<mark2>[-/.])(?P<other>[12]\d|3[01]|0?[1-9])(?P=mark2)(?P<year2>\d{4}|\d{2}))(?![\d/-])"
)
_SLASHED = re.compile(
    r"(?<![\d/.])(?P<one>1[0-2]|0?[1-9])/(?P<other>[12]\d|3[01]|0?[1-9])(?![\d/])"
)
_HAN_DATE = re.compile(
    rf"(?:(?P<year>{_HAN_YEAR})\s?年\s?)?(?<![\d个.])(?P<month>{_NUMBER})\s?月份?(?:\s?(?P<day>{_NUMBER})\s?[日号](?!元|均|本))?"
    rf"|(?<![\d.])(?P<year2>{_HAN_YEAR})\s?(?:财年|财政年度|年(?!代|期|级))"
    rf"|(?<![\d.])(?P<day2>[12]\d|3[01]|[1-9])\s?日(?!元|均|本|圆|系|耳)"
)
_TWO_YEARS = re.compile(r"(?<![\d.,])(?P<one>\d{4})\s?(?:--?|/)\s?(?P<other>\d{2}|\d{4})(?![\d/-])")
_DECADE = re.compile(
    r"(?<![\d])(?P<full>\d{3}0)['’]?s\b|(?<![A-Za-z\d])['’]?(?P<short>[1-9]0)['’]?s\b"
    rf"|(?<![A-Za-z])(?P<word>(?i:{'|'.join(DECADES)}))(?![A-Za-z])"
    r"|(?:(?P<century>\d{2}|[二]?十[一二三四五六七八九]?)世纪\s?)?(?P<han>\d{2,4}|[一二三四五六七八九]十)\s?年代"
)
_CENTURY = re.compile(
    rf"(?P<han>\d{{1,2}}|{_NUMBER})\s?世纪|(?<![A-Za-z\d])(?P<nth>\d{{1,2}})(?:st|nd|rd|th)[\s-](?i:century|centuries)\b"
)
_QUARTER = re.compile(
    r"(?<![A-Za-z\d])Q(?P<q>[1-4])(?:[\s-]?(?:of\s)?(?:FY\s?)?(?P<year>\d{4}|['’]?\d{2}(?!\d|%)))?(?!\d)|(?<!\d)(?P<q2>[1-4])Q\s?(?P<year2>\d{4}|['’]?\d{2})?(?![\dA-Za-z])"
    r"|(?<![A-Za-z])(?P<q3>(?i:first|second|third|fourth|final|1st|2nd|3rd|4th))[\s-](?:fiscal[\s-])?(?i:quarter)(?![A-Za-z])(?:\s(?:of\s)?(?P<year3>\d{4}))?"
    r"|第?(?P<q4>[一二三四1-4])\s?季度"
)
_HALF = re.compile(
    r"(?<![A-Za-z\d])H(?P<h>[12])(?!\d)|(?<![\dA-Za-z])(?P<h2>[12])H(?![A-Za-z])"
    r"|(?<![A-Za-z])(?P<h3>(?i:first|second|1st|2nd))[\s-](?i:half)(?![A-Za-z])|(?P<h4>[上下])半[年场]"
    r"|(?<![A-Za-z])(?P<h5>(?i:early|late))(?=(?: in)? \d{4}(?!\d))"
)
_FISCAL = re.compile(r"(?<![A-Za-z])(?i:FY|fiscal(?: year)?)\s?['’]?(?P<year>\d{4}|\d{2})(?![\d%])")
_WEEKDAY = re.compile(
    rf"(?<![A-Za-z])(?P<english>(?i:{'|'.join(WEEKDAYS)}))\b|(?:周|星期|礼拜)(?P<han>[一二三四五六日天])(?![年期])"
)
_TIME = re.compile(
    r"(?<![\d.:])(?P<hour>1\d|2[0-4]|0?\d)(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\d.:])(?P<hour2>1\d|2[0-4]|0?\d):(?P<minute2>[0-5]\d)(?::[0-5]\d)?(?![\d:])"
    rf"|(?P<part>凌晨|清晨|早上|早晨|上午|中午|午后|下午|傍晚|晚上|晚间|深夜|夜里|晚|早)\s?(?P<hour3>1\d|2[0-4]|0?\d|{_NUMBER})\s?[点时:](?!\s?间)\s?(?:(?P<half3>半)|(?P<minute3>[0-5]?\d|[二三四五]?十?[一二三四五六七八九]?)分?)?"
    r"|(?<![\d.])(?P<hour4>1\d|2[0-4]|0?\d)\s?[点时]\s?(?:(?P<half4>半)|(?P<minute4>[0-5]?\d)\s?分|整|钟|许)"
    r"|(?<![\d.])(?P<hour5>1\d|2[0-4]|0?\d)\s?时(?![间代候速长段差刻而常期空区事])"
    r"|(?<![A-Za-z])(?P<noon>(?i:midday|noon|midnight))(?![A-Za-z])|(?P<noon2>午夜|正午|零点|零时)"
)
_RELATIVE = re.compile(
    rf"(?<![A-Za-z])(?i:(?P<day>{'|'.join(RELATIVE_DAYS)})|(?P<year>{'|'.join(RELATIVE_YEARS)}))(?![A-Za-z])"
)
_SEPTEMBER_ELEVENTH = re.compile(r"(?<![\d.])9(?:/|·|\.|-)?11(?![\d.])(?:事件|恐怖)?")


def _moment(**parts: int | None) -> Moment:
    return Moment(
        parts=frozenset((name, value) for name, value in parts.items() if value is not None)
    )


def _fact(match: re.Match[str], values: list[Value], *, soft: bool = False) -> Fact:
    text = match[0].rstrip(" ,")
    return Fact(
        kind="date",
        text=text,
        start=match.start(),
        end=match.start() + len(text),
        values=tuple(values),
        soft=soft,
    )


def _number(text: str | None) -> int | None:
    if not text:
        return None
    text = text.strip("'’")
    if text.isdigit() and text.isascii():
        return int(text)
    numeral = read_han(text)
    return int(numeral.size) if numeral else None


def _year(text: str | None) -> int | None:
    """A year in four figures or two; two below 70 are of this century."""
    year = _number(text)
    if year is None or year >= 100:
        return year
    return year + (2000 if year < 70 else 1900)


def _english_date(match: re.Match[str]) -> Iterator[Fact]:
    name = (match["month"] or match["month2"]).capitalize()
    day, until = match["day"] or match["day2"], match["until"] or match["until2"]
    year = _number(match["year"] or match["year2"])
    written = match["month"] or match["month2"]
    doubtful = name in VERBS and not day and not year
    doubtful &= not _after_preposition(match) or written.islower()
    if name in {"Mar", "Jan", "Dec"} and not day and not year:
        return
    values: list[Value] = [_moment(year=year, month=MONTHS[name], day=_number(day))]
    if until:
        values.append(_moment(year=year, month=MONTHS[name], day=_number(until)))
    yield _fact(match, values, soft=doubtful)


_PREPOSITION = re.compile(
    r"(?i:in|of|since|by|until|till|during|last|next|this|early|late|mid|for|to|from|and|through|on|between)[\s-]$"
)


def _after_preposition(match: re.Match[str]) -> bool:
    return bool(_PREPOSITION.search(match.string, max(0, match.start() - 9), match.start()))


def _numeric_date(match: re.Match[str]) -> Iterator[Fact]:
    if match["year"]:
        yield _fact(
            match,
            [_moment(year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))],
        )
        return
    one, other, year = int(match["one"]), int(match["other"]), _year(match["year2"])
    yield _fact(
        match,
        [
            _moment(year=year, month=month, day=day)
            for month, day in ((one, other), (other, one))
            if month <= 12
        ],
    )


def _slashed(match: re.Match[str]) -> Iterator[Fact]:
    one, other = int(match["one"]), int(match["other"])
    days: list[Value] = [
        _moment(month=month, day=day) for month, day in ((one, other), (other, one)) if month <= 12
    ]
    yield _fact(match, [*days, Quantity(size=one / other, grain=0.05, dimension="ratio")])


def _han_date(match: re.Match[str]) -> Iterator[Fact]:
    year, month, day = (
        _number(match["year"] or match["year2"]),
        _number(match["month"]),
        _number(match["day"] or match["day2"]),
    )
    values: list[Value] = [_moment(year=year, month=month, day=day)]
    if match["day2"]:
        values.append(Quantity(size=float(day or 0), grain=1.0, dimension="day", unit="日"))
    if month and not year and not day:
        values.append(Quantity(size=float(month), grain=1.0, dimension="month", unit="月"))
    if match["year2"]:
        values.append(Quantity(size=float(year or 0), grain=1.0))
    yield _fact(match, values)


def _two_years(match: re.Match[str]) -> Iterator[Fact]:
    one = int(match["one"])
    other = (
        int(match["one"][:2] + match["other"]) if len(match["other"]) == 2 else int(match["other"])
    )
    if one < 1000 or not one < other < one + 100:
        return
    yield Fact(
        kind="date",
        text=match["one"],
        start=match.start(),
        end=match.end("one"),
        values=(_moment(year=one),),
    )
    yield Fact(
        kind="date",
        text=match["other"],
        start=match.start("other"),
        end=match.end(),
        values=(_moment(year=other),),
    )


def _decade(match: re.Match[str]) -> Iterator[Fact]:
    if match["word"]:
        yield _fact(match, [_moment(decade=DECADES[match["word"].lower()])], soft=True)
        return
    decade = _number(match["full"] or match["short"] or match["han"]) or 0
    if match["short"]:
        age = Quantity(size=float(decade), grain=10.0, factor=12.0, dimension="month", unit="year")
        yield _fact(match, [_moment(decade=decade % 100), age])
        return
    century = _number(match["century"])
    if match["full"] and decade % 100 == 0:
        yield _fact(match, [_moment(century=decade // 100 + 1), _moment(decade=0)], soft=True)
        return
    if decade > 100:
        century = decade // 100 + 1
    elif century is None:
        yield _fact(match, [_moment(decade=decade % 100)])
        return
    yield _fact(
        match, [_moment(decade=decade % 100, century=century), _moment(decade=decade % 100)]
    )


def _century(match: re.Match[str]) -> Iterator[Fact]:
    yield _fact(match, [_moment(century=_number(match["han"] or match["nth"]))])


def _quarter(match: re.Match[str]) -> Iterator[Fact]:
    name = match["q"] or match["q2"] or (match["q3"] or "").lower() or match["q4"]
    year = _year(match["year"] or match["year2"] or match["year3"])
    yield _fact(
        match, [_moment(quarter=QUARTERS[name], year=year), _moment(quarter=QUARTERS[name])]
    )


def _half(match: re.Match[str]) -> Iterator[Fact]:
    name = match["h"] or match["h2"] or match["h4"] or (match["h3"] or match["h5"]).lower()
    yield _fact(
        match,
        [_moment(half=HALVES[name])],
        soft=bool(match["h3"] or match["h5"]) or match[0].endswith("场"),
    )


def _fiscal(match: re.Match[str]) -> Iterator[Fact]:
    yield _fact(match, [_moment(year=_year(match["year"]))])


def _weekday(match: re.Match[str]) -> Iterator[Fact]:
    number = (
        WEEKDAYS[match["english"].capitalize()] if match["english"] else HAN_WEEKDAYS[match["han"]]
    )
    yield _fact(match, [_moment(weekday=number)])


_AFTERNOON = frozenset("午后 下午 傍晚 晚上 晚间 深夜 夜里 晚 中午".split())


def _time(match: re.Match[str]) -> Iterator[Fact]:
    if match["noon"] or match["noon2"]:
        late = (match["noon"] or match["noon2"]).lower() in {"midday", "noon", "正午"}
        yield _fact(match, [_moment(hour=12 if late else 0), _moment(hour=24)], soft=True)
        return
    hour = next(_number(match[f"hour{n}"]) for n in ("", 2, 3, 4, 5) if match[f"hour{n}"]) or 0
    half = match["half3"] or match["half4"]
    minute = (
        30
        if half
        else _number(match["minute"] or match["minute2"] or match["minute3"] or match["minute4"])
    )
    late = match["half"] == "p" or match["part"] in _AFTERNOON
    early = match["half"] == "a" or (match["part"] and not late)
    hours = [hour % 12 + 12] if late else [hour % 12] if early and hour <= 12 else [hour]
    if hour == 12 or (not late and not early and hour < 12):
        hours.append((hour + 12) % 24)
    values: list[Value] = [_moment(hour=each, minute=minute or None) for each in hours]
    if match["hour5"]:
        values.append(Quantity(size=float(hour), grain=1.0))
    yield _fact(match, values)


def _relative(match: re.Match[str]) -> Iterator[Fact]:
    if match["day"]:
        yield _fact(match, [_moment(days_away=RELATIVE_DAYS[match["day"].lower()])], soft=True)
    else:
        yield _fact(match, [_moment(years_away=RELATIVE_YEARS[match["year"].lower()])], soft=True)


def _nine_eleven(match: re.Match[str]) -> Iterator[Fact]:
    yield _fact(match, [_moment(month=9, day=11), Quantity(size=911.0, grain=1.0)])


_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Fact]]], ...] = (
    (_NUMERIC_DATE, _numeric_date),
    (_TWO_YEARS, _two_years),
    (_SEPTEMBER_ELEVENTH, _nine_eleven),
    (_ENGLISH_DATE, _english_date),
    (_DECADE, _decade),
    (_CENTURY, _century),
    (_HAN_DATE, _han_date),
    (_QUARTER, _quarter),
    (_HALF, _half),
    (_FISCAL, _fiscal),
    (_WEEKDAY, _weekday),
    (_TIME, _time),
    (_RELATIVE, _relative),
    (_SLASHED, _slashed),
)
"""What is looked for, in this order: what one pattern has taken, no other sees."""


def finders() -> list[Callable[[str], Iterator[Fact]]]:
    """Return a finder for each notation of a date or time, in their order."""
    return [_finder(pattern, read) for pattern, read in _GRAMMAR]


def _finder(
    pattern: re.Pattern[str], read: Callable[[re.Match[str]], Iterator[Fact]]
) -> Callable[[str], Iterator[Fact]]:
    def find(text: str) -> Iterator[Fact]:
        for match in pattern.finditer(text):
            yield from read(match)

    return find


def on_calendar(fact: Fact, published: date) -> Fact:
    """Return *fact* with the day that it means in a text of the day *published*."""
    from dataclasses import replace

    values: list[Value] = list(fact.values)
    for value in fact.values:
        if isinstance(value, Moment):
            parts = dict(value.parts)
            if "days_away" in parts:
                values.append(moment_of(published + timedelta(days=parts["days_away"])))
            elif "years_away" in parts:
                values.append(_moment(year=published.year + parts["years_away"]))
    return replace(fact, values=tuple(values))


def moment_of(day: date) -> Moment:
    """Return *day* as a moment, with its weekday."""
    return _moment(year=day.year, month=day.month, day=day.day, weekday=day.isoweekday())
