"""Days, weeks, months, quarters and years told from the day of the text, in both languages."""

from __future__ import annotations

import re

from digestbot.text.facts.english_dates import MONTHS, VERBS
from digestbot.text.facts.english_dates import WEEKDAYS as ENGLISH_WEEKDAYS
from digestbot.text.facts.fact import Fact, in_passing, moment, stated
from digestbot.text.facts.han_dates import DAY, MONTH, WEEKDAYS, number_of
from digestbot.text.facts.notation import any_of, notation

DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
DAYS |= {"day before yesterday": -2, "day after tomorrow": 2}
HAN_DAYS = {"今天": 0, "今日": 0, "今晚": 0, "今早": 0, "今晨": 0, "昨天": -1, "昨日": -1}
HAN_DAYS |= {"昨晚": -1, "昨夜": -1, "前天": -2, "前日": -2, "明天": 1, "明日": 1, "明晚": 1}
HAN_DAYS |= {"后天": 2, "大前天": -3, "大后天": 3}
HAN_YEARS = {"去年": -1, "今年": 0, "明年": 1, "前年": -2, "后年": 2}

_WHICH = {"last": -1, "previous": -1, "prior": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_WHICH |= {"this past": -1, "this coming": 1, "this last": -1, "this next": 1}
_HAN_WHICH = {"上上": -2, "上上个": -2, "上": -1, "上个": -1, "上一": -1, "上一个": -1}
_HAN_WHICH |= {"本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1, "下一": 1, "下一个": 1}
_HAN_WHICH |= {"下下": 2, "下下个": 2}
_PARTS = {"week": "weeks_away", "month": "months_away", "quarter": "quarters_away"}
_PARTS |= {"year": "years_away", "周": "weeks_away", "星期": "weeks_away", "礼拜": "weeks_away"}
_PARTS |= {"月": "months_away", "季度": "quarters_away"}

_FULL_MONTHS = [name for name in MONTHS if len(name) > 4 or name in VERBS]
_ENGLISH_WHICH = any_of(_WHICH)
_WEEK = "(?:周|星期|礼拜)"
_HAN_WEEKDAY = f"[{''.join(WEEKDAYS)}]"


def _day(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(days_away=DAYS[match[0].lower()]))]


def _han_day(match: re.Match[str]) -> list[Fact]:
    return [stated("date", match, moment(days_away=HAN_DAYS[match[0]]))]


def _weekday(match: re.Match[str]) -> list[Fact]:
    weeks, name = _WHICH[match["which"].lower()], match["name"].lower()
    return [stated("date", match, moment(weeks_away=weeks, weekday=ENGLISH_WEEKDAYS[name]))]


def _han_weekday(match: re.Match[str]) -> list[Fact]:
    weeks, weekday = _HAN_WHICH[match["which"]], WEEKDAYS[match["name"]]
    return [stated("date", match, moment(weeks_away=weeks, weekday=weekday))]


def _weekend(match: re.Match[str]) -> list[Fact]:
    which = match["which"].lower()
    weeks = _WHICH[which] if which in _WHICH else _HAN_WHICH[which]
    days = (moment(weeks_away=weeks, weekday=weekday) for weekday in (6, 7))
    return [in_passing("date", match, *days)]


def _span(match: re.Match[str]) -> list[Fact]:
    away = {_PARTS[match["span"].lower()]: _WHICH[match["which"].lower()]}
    return [in_passing("date", match, moment(**away))]


def _han_span(match: re.Match[str]) -> list[Fact]:
    """本月, or a day of it, 本月14日."""
    away = {_PARTS[match["span"]]: _HAN_WHICH[match["which"]]}
    if match["day"]:
        return [stated("date", match, moment(**away, day=number_of(match["day"])))]
    return [in_passing("date", match, moment(**away))]


def _one_ago(match: re.Match[str]) -> list[Fact]:
    """A week ago is seven days ago, or last week."""
    away = moment(**{_PARTS[match["span"].lower()]: -1})
    days = [moment(days_away=-7)] if match["span"].lower() == "week" else []
    return [in_passing("date", match, away, *days)]


def _month(match: re.Match[str]) -> list[Fact] | None:
    """Last October is that of last year, or of this one if it is past."""
    name, which = match["month"], _WHICH[match["which"].lower()]
    if name.lower() in VERBS and not name.istitle():
        return None
    years = {which, 0}
    values = (moment(years_away=year, month=MONTHS[name.lower()]) for year in sorted(years))
    return [stated("date", match, *values)]


def _date_of_year(match: re.Match[str]) -> list[Fact]:
    """October last year, October 14 of this year."""
    day = int(match["day"]) if match["day"] else None
    years, month = _WHICH[match["which"].lower()], MONTHS[match["month"].lower()]
    return [stated("date", match, moment(years_away=years, month=month, day=day))]


def _han_year(match: re.Match[str]) -> list[Fact]:
    """去年, or what is told of it: 去年10月, 明年第一季度, 今年上半年."""
    month, day, quarter = (number_of(match[name]) for name in ("month", "day", "quarter"))
    half = {"上": 1, "下": 2}.get(match["half"] or "")
    value = moment(
        years_away=HAN_YEARS[match["year"]], month=month, day=day, quarter=quarter, half=half
    )
    if len(value.parts) == 1:
        return [in_passing("date", match, value)]
    return [stated("date", match, value)]


def _first_letters(words: dict[str, int]) -> list[str]:
    return sorted({word[0] for word in words})


NOTATIONS = (
    notation("today tonight yesterday tomorrow day", rf"(?:{any_of(DAYS)})\b", _day),
    notation(
        "last previous prior this next coming",
        rf"(?P<which>{_ENGLISH_WHICH}) (?P<name>{any_of(ENGLISH_WEEKDAYS)})\b",
        _weekday,
    ),
    notation(
        ENGLISH_WEEKDAYS,
        rf"(?P<name>{any_of(ENGLISH_WEEKDAYS)}),? (?:of )?(?P<which>{_ENGLISH_WHICH}) week\b",
        _weekday,
    ),
    notation("last this next coming", rf"(?P<which>{_ENGLISH_WHICH}) weekend\b", _weekend),
    notation(
        "last previous prior this current next coming",
        rf"(?P<which>{_ENGLISH_WHICH}) (?:fiscal )?(?P<span>week|month|quarter|year)\b",
        _span,
    ),
    notation("a", r"a (?P<span>week|month|quarter|year) ago\b", _one_ago),
    notation(
        "last this next coming",
        rf"(?P<which>{_ENGLISH_WHICH}) (?P<month>{any_of(_FULL_MONTHS)})\b",
        _month,
    ),
    notation(
        MONTHS,
        rf"(?P<month>{any_of(MONTHS)})\b\.?(?: (?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?)?,?"
        rf" (?:of )?(?P<which>last|this|next) year\b",
        _date_of_year,
    ),
    notation(_first_letters(HAN_DAYS), any_of(HAN_DAYS), _han_day),
    notation(
        _first_letters(_HAN_WHICH),
        rf"(?P<which>{any_of(_HAN_WHICH)}){_WEEK}(?P<name>{_HAN_WEEKDAY})(?![年期])",
        _han_weekday,
    ),
    notation(_first_letters(_HAN_WHICH), rf"(?P<which>{any_of(_HAN_WHICH)})周末", _weekend),
    notation(
        _first_letters(_HAN_WHICH),
        rf"(?P<which>{any_of(_HAN_WHICH)})(?P<span>周|星期|礼拜|季度|月(?![球亮台饼色]))"
        rf"(?P<day>(?<=月){DAY}(?=[日号]))?[日号]?",
        _han_span,
    ),
    notation(
        _first_letters(HAN_YEARS),
        rf"(?P<year>{any_of(HAN_YEARS)})(?:的?(?:(?P<month>{MONTH})\s?月份?"
        rf"(?:\s?(?P<day>{DAY})\s?[日号])?|第?(?P<quarter>[一二三四1-4])\s?季度"
        r"|(?P<half>[上下])半年))?",
        _han_year,
    ),
)
"""In the order in which they are tried."""
