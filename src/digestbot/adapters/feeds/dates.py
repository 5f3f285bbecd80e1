"""The dates that feeds write, read strictly: what cannot be read is None, never a guess.

Vendors guess: feedparser reads ``2026年11月22日`` as the 1st and the year
10000 as 2010; dateutil fills what is missing from today's date.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from digestbot.adapters.feeds.months import month_of

OLDEST = datetime(1000, 1, 1, tzinfo=UTC)
NEWEST = datetime(9998, 12, 31, 23, 59, 59, tzinfo=UTC)
"""What is older is written by a program without a date; nothing may overflow in another zone."""

UNSET = frozenset({
    date(1601, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1),
    date(1969, 12, 31), date(1970, 1, 1),
})  # fmt: skip
"""Where the clocks of Windows, Excel, NTP, the Mac and Unix begin: a date that was never set."""

MAX_DATE = 80
"""Characters; what is longer is no date."""

CHINA = timedelta(hours=8)
KOREA = timedelta(hours=9)

ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1,
    "MEZ": 1, "CEST": 2, "MEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5,
    "HKT": 8, "SGT": 8, "AWST": 8, "BJT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "ET": -5, "CST": -6,
    "CDT": -5, "CT": -6, "MST": -7, "MDT": -6, "MT": -7, "PST": -8, "PDT": -7, "PT": -8,
    "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
"""Hours east of Greenwich. A name that is not here is taken as UTC, as the
letters of the military are (RFC 5322, 4.3: nobody wrote them with the same meaning)."""

_USUAL_MONTHS = {
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06",
    "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12",
}  # fmt: skip
_GREENWICH = frozenset({"GMT", "UTC", "+0000", "-0000", "Z", "UT"})

_LETTER = r"[^\W\d_]"
_TIME = (
    r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?)\s*"
    r"(?P<half>[ap]\.?m\b\.?)?"
)
_OFFSET = r"(?:UTC|GMT)?[+-]\d{2}:?\d{1,2}|[+-]\d{1,2}"
_ZONE = rf"(?P<zone>(?:Etc/)?[a-z]{{1,5}}(?![a-z])|{_OFFSET})?(?:\s*\([^)]*\))?"
_CLOCK = rf"(?:[\sT,]*(?<!\d){_TIME}\s*{_ZONE}|\s*{_ZONE.replace('zone', 'alone')})?"
_WEEKDAY = rf"(?:{_LETTER}{{2,12}}\.?,?\s+|{_LETTER}{{3}},)?"
_MONTH = rf"(?P<name>{_LETTER}{{3,12}})\.?"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2026-11-22T08:00:00+08:00, 2026/11/22 08:00, 2026-11-22, Sun, 2026/11/22 08:00:00 EST
        rf"{_WEEKDAY}(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_CLOCK}",
        # 20261122T080000Z, 20261122T08:00:00Z, 2026-11-22T080000+01:00, 20261122
        rf"(?P<year>\d{{4}})(?P<sep>-?)(?P<month>\d{{2}})(?P=sep)(?P<day>\d{{2}})"
        rf"(?:[T\s](?P<hour>\d{{2}}):?(?P<minute>\d{{2}}):?(?P<second>\d{{2}})(?:[.,]\d+)?\s*{_ZONE})?",
        # Sun, 22 Nov 2026 08:00:00 +0800, 22. November 2026, 22 de noviembre de 2026
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s-]*(?:de\s+)?{_MONTH},?[\s-]*(?:de\s+)?"
        rf"(?P<year>\d{{4}}|\d{{2}})(?:\s*г\.?)?{_CLOCK}",
        # Sunday, November 22, 2026 8:00 am
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}",
        # Sun Nov 22 08:00:00 CST 2026
        rf"{_LETTER}{{3}},?\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_TIME}\s*{_ZONE}\s+(?P<year>\d{{4}})",
        # 2026-november-22T08:00+01:00
        rf"(?P<year>\d{{4}})-{_MONTH}-(?P<day>\d{{1,2}}){_CLOCK}",
        # 2026-11, 2026: the first moment of it (W3C-DTF)
        r"(?P<year>(?:19|20)\d{2})(?:-(?P<month>\d{2}))?",
    )
)

_CHINESE = re.compile(
    r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?\s*"
    r"(?:[(（]?(?:(?:星期|周|週).|[日月火水木金土](?:曜日?)?)[)）]?\s*)?"
    r"(?P<half>上午|下午|晚上|中午|凌晨|早上|午前|午後)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*[:：時时点點]\s*(?P<minute>\d{1,2})?\s*(?:[:：分]\s*(?P<second>\d{1,2})?[秒]?)?)?"
)
_KOREAN = re.compile(
    r"(?P<year>\d{4})\s*(?:년|-)\s*(?P<month>\d{1,2})\s*(?:월|-)\s*(?P<day>\d{1,2})일?\s*"
    r"(?P<half>오전|오후)?\s*(?:(?P<hour>\d{1,2})\s*[:시]\s*(?P<minute>\d{1,2})?(?:\s*[:분]\s*(?P<second>\d{1,2})?초?)?)?"
)

_AFTER_NOON = frozenset({"pm", "下午", "晚上", "午後", "오후"})
_BEFORE_NOON = frozenset({"am", "上午", "凌晨", "早上", "午前", "오전"})


def read_date(text: str, *, chinese: bool = False) -> datetime | None:
    """Return the moment that *text* names, in UTC, or None.

    A time without a zone is UTC, but for one written with 年月日 or 년월일:
    that is China's or Korea's clock. ``CST`` is China's too where the feed is
    *chinese*. Where clocks begin, before 1000 and after 9998 is None.
    """
    moment = moment_of(text, chinese=chinese)
    if moment and 1970 < moment.year < NEWEST.year:
        return moment
    return within(moment)


def moment_of(text: str, *, chinese: bool = False) -> datetime | None:
    """Return the moment that *text* names, to the second, in any year there is."""
    text = text.strip()
    if not text or len(text) > MAX_DATE:
        return None
    try:
        moment = _usual(text) or _unusual(" ".join(text.split()), chinese)
        if moment is None or moment.tzinfo is UTC:
            return moment
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def within(moment: datetime | None) -> datetime | None:
    """*moment*, or None where no feed can have meant it."""
    if moment is None or not OLDEST.year <= moment.year <= NEWEST.year:
        return None
    return moment if moment.year > 1970 or moment.date() not in UNSET else None


def _usual(text: str) -> datetime | None:
    """The two usual forms, by the fast road: of RFC 822 at its full length, and of ISO 8601."""
    try:
        if text[4:5] == "-" and text[10:11] == "T":
            moment = datetime.fromisoformat(text).replace(microsecond=0)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if text[3:5] != ", " or not text[7:8] == text[11:12] == text[16:17] == text[25:26] == " ":
            return None
        month, zone = _USUAL_MONTHS.get(text[8:11]), text[26:]
        if month and zone in _GREENWICH:
            zone = "+00:00"
        elif not month or len(zone) != 5 or zone[0] not in "+-":
            return None
        return datetime.fromisoformat(f"{text[12:16]}-{month}-{text[5:7]}T{text[17:25]}{zone}")
    except ValueError:
        return None


def _unusual(text: str, chinese: bool) -> datetime | None:
    return _formed(text, chinese) or _in_chinese(text) or _in_korean(text)


def _formed(text: str, chinese: bool) -> datetime | None:
    for form in _FORMS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            if "name" in parts:
                parts["month"] = str(month_of(parts["name"] or ""))
            zone = parts.get("zone") or parts.get("alone") or ""
            return _moment(parts, _offset(zone, chinese))
    return None


def _in_chinese(text: str) -> datetime | None:
    if match := _CHINESE.fullmatch(text):
        parts = match.groupdict()
        return _moment(parts, KOREA if parts["half"] in {"午前", "午後"} else CHINA)
    return None


def _in_korean(text: str) -> datetime | None:
    if match := _KOREAN.fullmatch(text):
        return _moment(match.groupdict(), KOREA)
    return None


def _moment(parts: dict[str, str | None], offset: timedelta) -> datetime:
    """Build the moment; raises ``ValueError`` where there is no such day or hour."""
    written = parts["year"] or ""
    year = int(written)
    if len(written) == 2:
        year += 2000 if year < 90 else 1900
    half = (parts.get("half") or "").lower().replace(".", "")
    hour = _hour(int(parts.get("hour") or 0), half)
    day, month = int(parts.get("day") or 1), int(parts.get("month") or 1)
    midnight = datetime(year, month, day, tzinfo=timezone(offset))
    minute, second = int(parts.get("minute") or 0), min(int(parts.get("second") or 0), 59)
    if hour > 24 or minute > 59:
        raise ValueError("no such time of day")
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


def _hour(hour: int, half: str) -> int:
    if half in _AFTER_NOON and hour < 12:
        return hour + 12
    return 0 if half in _BEFORE_NOON and hour == 12 else hour


def _offset(zone: str, chinese: bool) -> timedelta:
    zone = zone.upper().removeprefix("ETC/")
    if chinese and zone == "CST":
        return CHINA
    number = zone.removeprefix("UTC").removeprefix("GMT")
    if number[:1] not in {"+", "-"}:
        return timedelta(hours=ZONES.get(zone, 0))
    digits = number[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    return (1 if number[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes)
