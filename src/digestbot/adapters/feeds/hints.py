"""When a feed asks to be visited: ``ttl``, ``sy:updatePeriod``, ``skipHours``, ``skipDays``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

LONGEST = timedelta(days=365)
"""What asks for more is a slip of the pen, and not heeded."""

MAX_REST = timedelta(days=7)
"""What is heeded of a longer wish: news older than that would be none."""

HOURS_A_WEEK = 7 * 24

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_HOUR = re.compile("[01]?[0-9]|2[0-4]")
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS = {day: number for number, day in enumerate(_WEEK)}

HEAD = 50_000
"""Characters at the beginning in which a feed speaks of itself."""

_BEFORE_RECORDS = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_HINT = re.compile(
    r"<(?:\w{1,40}:)?(ttl|updatePeriod|updateFrequency|hour|day)(?:\s[^<>]*+)?>"
    r"(?:<!\[CDATA\[)?\s*+([^<\]\s]{1,20})\s*+(?:\]\]>)?</",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed wishes: for how long to be left alone, and in which hours always."""

    rest: timedelta = timedelta()
    quiet_hours: tuple[int, ...] = ()
    """Hours of the week; 0 is Monday 00:00 UTC."""


def hints(text: str) -> Hints:
    """Return the wishes in the head of a feed, be it well formed or not."""
    first = _BEFORE_RECORDS.search(text, 0, HEAD)
    found: dict[str, list[str]] = {}
    for name, value in _HINT.findall(text, 0, first.start() if first else HEAD):
        found.setdefault(name.lower(), []).append(value)
    return hints_of(
        ttl=_last(found.get("ttl")),
        period=_last(found.get("updateperiod")),
        frequency=_last(found.get("updatefrequency")),
        hours=found.get("hour", ()),
        days=found.get("day", ()),
    )


def hints_of(
    *,
    ttl: str = "",
    period: str = "",
    frequency: str = "",
    hours: Iterable[str] = (),
    days: Iterable[str] = (),
) -> Hints:
    """Return the wishes that these words say; nonsense is none."""
    rest = max(_minutes(ttl), _pause(period, frequency))
    return Hints(rest=min(rest, MAX_REST), quiet_hours=_quiet(hours, days))


def _last(values: list[str] | None) -> str:
    return values[-1] if values else ""


def _minutes(ttl: str) -> timedelta:
    rest = timedelta(minutes=_number(ttl))
    return rest if rest <= LONGEST else timedelta()


def _pause(period: str, frequency: str) -> timedelta:
    whole = _PERIODS.get(period.strip().lower(), timedelta())
    return whole / (_number(frequency) or 1)


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 8 else 0


def _quiet(hours: Iterable[str], days: Iterable[str]) -> tuple[int, ...]:
    """The hours of the week to stay away; who asks for all of them is not heeded."""
    daily = {int(hour) % 24 for hour in hours if _HOUR.fullmatch(hour.strip())}
    named = {_DAYS[day.strip().lower()] for day in days if day.strip().lower() in _DAYS}
    if not daily and not named:
        return ()
    quiet = [hour for hour in range(HOURS_A_WEEK) if hour % 24 in daily or hour // 24 in named]
    return tuple(quiet) if len(quiet) < HOURS_A_WEEK else ()
