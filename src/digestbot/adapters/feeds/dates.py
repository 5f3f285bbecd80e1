"""The dates that feeds write, read strictly: what cannot be read is None, never a guess.

Vendors guess: feedparser reads ``2026年11月22日`` as the 1st and the year
10000 as 2010; dateutil fills what is missing from today's date.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

OLDEST = datetime(1995, 1, 1, tzinfo=UTC)
NEWEST = datetime(9998, 12, 31, tzinfo=UTC)
"""No feed is older than feeds; nothing may overflow when a zone is added."""

MAX_DATE = 80
"""Characters; what is longer is no date."""

CHINA = timedelta(hours=8)

ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1,
    "CEST": 2, "MEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "IST": 5.5, "HKT": 8, "SGT": 8,
    "AWST": 8, "BJT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    "EST": -5, "EDT": -4, "ET": -5, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "PT": -8, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
"""Hours east of Greenwich. A name that is not here is taken as UTC."""

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?\s*(?P<half>[ap]m)?"
)
_OFFSET = r"(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[+-]\d{1,2}"
_ZONE = rf"(?P<zone>Z|[a-z]{{2,5}}(?![a-z])|{_OFFSET})?(?:\s*\([^)]*\))?"
_CLOCK = rf"(?:[\sT,]*{_TIME}\s*{_ZONE})?"
_WEEKDAY = r"(?:[a-z]{3,9}\.?,?\s+)?"
_MONTH = r"(?P<name>[a-z]{3})[a-z]{0,6}\.?"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2026-11-22T08:00:00+08:00, 2026/11/22 08:00, 2026-11-22
        rf"(?P<year>\d{{4}})(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_CLOCK}",
        # 20261122T080000Z
        rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}})T(?P<hour>\d{{2}})(?P<minute>\d{{2}})(?P<second>\d{{2}})(?P<half>)\s*{_ZONE}",
        # Sun, 22 Nov 2026 08:00:00 +0800
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}}|\d{{2}}){_CLOCK}",
        # November 22, 2026 8:00 am
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_CLOCK}",
        # Sun Nov 22 08:00:00 CST 2026
        rf"[a-z]{{3}},?\s+{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_TIME}\s*{_ZONE}\s+(?P<year>\d{{4}})",
    )
)

_CHINESE = re.compile(
    r"(?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日?\s*"
    r"(?:[(（]?(?:星期|周|週).[)）]?\s*)?(?P<half>上午|下午|晚上|中午|凌晨|早上)?\s*"
    r"(?:(?P<hour>\d{1,2})\s*[:：时時点點]\s*(?P<minute>\d{1,2})?\s*(?:[:：分]\s*(?P<second>\d{1,2})?秒?)?)?"
)


def read_date(text: str, *, chinese: bool = False) -> datetime | None:
    """Return the moment that *text* names, in UTC, or None.

    A time without a zone is UTC, but for one written with 年月日: that is
    China's clock. ``CST`` is China's too where the feed is *chinese*.
    Before 1995 and after 9998 is None.
    """
    return within(moment_of(text, chinese=chinese))


def moment_of(text: str, *, chinese: bool = False) -> datetime | None:
    """Return the moment that *text* names, to the second, in any year there is."""
    text = text.strip()
    if not text or len(text) > MAX_DATE:
        return None
    text = " ".join(text.split())
    try:
        moment = _iso(text) or _formed(text, chinese) or _in_chinese(text)
        return moment.astimezone(UTC).replace(microsecond=0) if moment else None
    except (ValueError, OverflowError):
        return None


def within(moment: datetime | None) -> datetime | None:
    """*moment*, or None where no feed can have meant it."""
    return moment if moment and OLDEST <= moment <= NEWEST else None


def _iso(text: str) -> datetime | None:
    """The usual form, by the fast road."""
    if text[4:5] != "-" or text[10:11] != "T":
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _formed(text: str, chinese: bool) -> datetime | None:
    for form in _FORMS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            parts["month"] = parts.get("month") or _MONTHS.get(parts["name"].lower())
            return _moment(parts, _offset(parts["zone"] or "", chinese))
    return None


def _in_chinese(text: str) -> datetime | None:
    if match := _CHINESE.fullmatch(text):
        return _moment(match.groupdict(), CHINA)
    return None


def _moment(parts: dict[str, str | int | None], offset: timedelta) -> datetime:
    """Build the moment; raises ``ValueError`` where there is no such day or hour."""
    year = int(parts["year"] or 0)
    if len(str(parts["year"])) == 2:
        year += 2000 if year < 90 else 1900
    hour = _hour(int(parts["hour"] or 0), str(parts["half"] or "").lower())
    midnight = datetime(
        year, int(parts["month"] or 0), int(parts["day"] or 0), tzinfo=timezone(offset)
    )
    minute, second = int(parts["minute"] or 0), min(int(parts["second"] or 0), 59)
    if hour > 24 or minute > 59:
        raise ValueError("no such time of day")
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


def _hour(hour: int, half: str) -> int:
    if half in {"pm", "下午", "晚上"} and hour < 12:
        return hour + 12
    return 0 if half in {"am", "凌晨"} and hour == 12 else hour


def _offset(zone: str, chinese: bool) -> timedelta:
    zone = zone.upper()
    if chinese and zone == "CST":
        return CHINA
    number = zone.removeprefix("UTC").removeprefix("GMT")
    if number[:1] not in {"+", "-"}:
        return timedelta(hours=ZONES.get(zone, 0))
    digits = number[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    return (1 if number[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes)
