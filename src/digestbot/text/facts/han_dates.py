"""Dates and times as Chinese writes them."""

from __future__ import annotations

import re

from digestbot.text.facts.english_dates import decade_of, times
from digestbot.text.facts.fact import Fact, Quantity, in_passing, moment, stated
from digestbot.text.facts.notation import FIGURE, any_of, notation
from digestbot.text.facts.numerals import HAN_NUMERALS
from digestbot.text.facts.quantities import read_count

WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日", start=1)} | {"天": 7}
AFTERNOON = "午后 下午 傍晚 晚上 晚间 深夜 夜里 晚 中午 今晚 昨晚 明晚 当晚".split()
MORNING = "凌晨 清晨 早上 早晨 上午 早".split()

DAY_LENGTH = 86_400.0
"""Seconds in a day."""

_SMALL = r"(?:[二三四五]?十[一二三四五六七八九]?|[一二三四五六七八九])"
DAY = rf"(?:[12]\d|3[01]|0?[1-9]|{_SMALL})"
MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_YEAR = r"(?:\d{4}|[一二][〇零一二三四五六七八九]{3})"
_HOUR = r"(?:1\d|2[0-4]|0?\d)"
_MINUTE = rf"(?:[0-5]?\d|{_SMALL})"
_NUMERAL = [FIGURE, *HAN_NUMERALS]


def number_of(text: str | None) -> int | None:
    """Return what figures or Chinese numerals of a date say."""
    numeral = read_count(text) if text else None
    return int(numeral.size) if numeral else None


def _date(match: re.Match[str]) -> list[Fact]:
    year, month, day = (number_of(match[part]) for part in ("year", "month", "day"))
    value = moment(year=year, month=month, day=day)
    if year or day or month is None:
        return [stated("date", match, value)]
    months = Quantity(size=float(month), dimension="month", unit="月")  # 怀孕6月
    return [stated("date", match, value, months)]


def _year(match: re.Match[str]) -> list[Fact]:
    year = number_of(match["year"]) or 0
    return [stated("date", match, moment(year=year), Quantity(size=float(year)))]


def _day(match: re.Match[str]) -> list[Fact]:
    day = int(match["day"])
    days = Quantity(size=float(day), dimension="second", unit="日", factor=DAY_LENGTH)
    return [stated("date", match, moment(day=day), days)]


def _decade(match: re.Match[str]) -> list[Fact]:
    decade, century = number_of(match["decade"]) or 0, number_of(match["century"])
    if decade > 100:
        decade, century = decade % 100, decade // 100 + 1
    if century is None:
        return [stated("date", match, moment(decade=decade))]
    return [stated("date", match, *decade_of(century, decade))]


def _century(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(century=number_of(match["century"])))]


def _quarter(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(quarter=number_of(match["quarter"])))]


def _quarters(match: re.Match[str]) -> list[Fact]:
    """前三季度 is nine months, not the third of quarters."""
    quarters = number_of(match["quarters"]) or 0
    months = Quantity(size=float(quarters), dimension="month", unit="季度", factor=3.0)
    return [stated("number", match, months)]


def _half(match: re.Match[str]) -> list[Fact]:
    value = moment(half=1 if match["half"] == "上" else 2)
    return [(in_passing if match[0].endswith("场") else stated)("date", match, value)]


def _weekday(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(weekday=WEEKDAYS[match["day"]]))]


def _time(match: re.Match[str]) -> list[Fact]:
    part, hour = match["part"], number_of(match["hour"]) or 0
    minute = 30 if match["half"] else number_of(match["minute"])
    late = None if not part else part in AFTERNOON
    return [stated("date", match, *times(hour, minute, late=late))]


def _hour(match: re.Match[str]) -> list[Fact]:
    """8时 is an hour, or somebody's "8" and "when"."""
    hour = int(match["hour"])
    return [stated("date", match, *times(hour, None, late=None), Quantity(size=float(hour)))]


def _span(match: re.Match[str]) -> list[Fact]:
    """1分45秒, 9秒58: a time that took so long, or 1:45."""
    hours, minutes = number_of(match["hours"]) or 0, number_of(match["minutes"]) or 0
    seconds = float(f"{match['seconds']}.{match['hundredths'] or 0}")
    grain = 10.0 ** -len(match["hundredths"] or "")
    size = Quantity(
        size=hours * 3600 + minutes * 60 + seconds, grain=grain, dimension="second", unit="秒"
    )
    first, second = (hours, minutes) if match["hours"] else (minutes, int(seconds))
    return [stated("number", match, size, *times(first % 24, second, late=None))]


def _generation(match: re.Match[str]) -> list[Fact]:
    """00后: who was born in that decade."""
    return [in_passing("date", match, moment(decade=int(match["decade"])))]


def _midnight(match: re.Match[str]) -> list[Fact]:
    hours = (12,) if match[0] == "正午" else (0, 24)
    return [in_passing("date", match, *(moment(hour=hour) for hour in hours))]


def _first_letters(words: list[str]) -> list[str]:
    return sorted({word[0] for word in words})


NOTATIONS = (
    notation(
        _NUMERAL,
        r"(?:(?P<century>\d{2}|二?十[一二三四五六七八九]?)世纪\s?)?"
        r"(?P<decade>\d{4}|\d{2}|[一二三四五六七八九]十)\s?年代",
        _decade,
    ),
    notation(_NUMERAL, rf"(?P<century>\d{{1,2}}|{_SMALL})\s?世纪", _century),
    notation(
        _NUMERAL,
        rf"(?:(?P<year>{_YEAR})\s?年\s?)?(?<![\d个.])(?P<month>{MONTH})\s?月份?"
        rf"(?:\s?(?P<day>{DAY})\s?[日号](?!元|均|本))?",
        _date,
    ),
    notation(_NUMERAL, rf"(?<![\d.])(?P<year>{_YEAR})\s?(?:财年|财政年度|年(?!代|期|级))", _year),
    notation(FIGURE, r"(?<![\d.])(?P<day>[12]\d|3[01]|0?[1-9])\s?日(?![元均本圆系耳])", _day),
    notation("前", r"前(?P<quarters>[二两三23])个?季度", _quarters),
    notation([FIGURE, *"第一二三四"], r"第?(?P<quarter>[一二三四1-4])\s?(?:季度|财季)", _quarter),
    notation("上 下", r"(?P<half>[上下])半[年场]", _half),
    notation("周 星 礼", r"(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?![年期])", _weekday),
    notation(
        _first_letters(AFTERNOON + MORNING),
        rf"(?P<part>{any_of(AFTERNOON + MORNING)})\s?(?P<hour>{_HOUR}|{_SMALL})\s?[点时:](?!\s?间)"
        rf"\s?(?:(?P<half>半)|(?P<minute>{_MINUTE})\s?分?)?",
        _time,
    ),
    notation(
        FIGURE,
        rf"(?<![\d.])(?P<part>)(?P<hour>{_HOUR})\s?[点时]\s?"
        rf"(?:(?P<half>半)|(?P<minute>{_MINUTE})\s?分|整|钟|许)",
        _time,
    ),
    notation(FIGURE, rf"(?<![\d.])(?P<hour>{_HOUR})\s?时(?![间代候速长段差刻而常期空区事])", _hour),
    notation(
        FIGURE,
        r"(?<![\d.:])(?:(?P<hours>\d{1,2})\s?小时\s?)?(?:(?P<minutes>\d{1,2})\s?分钟?\s?)?"
        r"(?P<seconds>\d{1,2})\s?秒(?P<hundredths>\d{1,2})?(?!\d)",
        _span,
    ),
    notation(FIGURE, r"(?<![\d.])(?P<decade>\d0)后(?![来面边续卫勤])", _generation),
    notation("午 正 零", "午夜|正午|零点|零时", _midnight),
)
"""In the order in which they are tried."""
