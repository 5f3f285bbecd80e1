"""The calendar: which days, months and years a moment means in a text of a known day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from digestbot.text.facts.fact import Moment, moment

AWAY = ("days_away", "weeks_away", "months_away", "quarters_away", "years_away")
"""Parts of a moment that are told from the day of the text."""

NEAR_DAYS = 7
"""How far, in days, a weekday without a date may be: "Friday", said on a Friday, may be three."""

NEAR_MONTHS = 9
"""How far, in months, a month without a year may be: "in March", said in October, may be two."""


def day_moment(day: date) -> Moment:
    """Return *day* as a moment, with its weekday and its week."""
    return moment(
        year=day.year,
        month=day.month,
        day=day.day,
        weekday=day.isoweekday(),
        week=(day.toordinal() - 1) // 7,
    )


def meant(value: Moment, published: date | None) -> tuple[Moment, ...]:
    """Return all that *value* may mean in a text of the day *published*, or of one unknown.

    What nobody can tell is any of the plausible: "last Friday" is that of last
    week, whether weeks begin on Sunday or on Monday, and the last one there was.
    """
    parts = dict(value.parts)
    away = {name: parts.pop(name) for name in AWAY if name in parts}
    if published is None and away:
        return (Moment(parts=frozenset(parts.items())),) if parts else (value,)
    try:
        if published is None:
            return (value, *_in_full(parts))
        if not away:
            return (value, *_in_full(parts), *_near(parts, published))
        told = () if parts else (value,)
        return (*told, *_told_from(published, away, parts))
    except (ValueError, OverflowError):  # a day that no calendar has
        return (value,)


def _in_full(parts: dict[str, int]) -> Iterator[Moment]:
    if {"year", "month", "day"} <= parts.keys() and "hour" not in parts:
        yield day_moment(date(parts["year"], parts["month"], parts["day"]))


def _near(parts: dict[str, int], published: date) -> Iterator[Moment]:
    """What is nearest to *published* of what a moment leaves open: its year, its date."""
    if "year" in parts:
        return
    for year in (published.year - 1, published.year, published.year + 1):
        if "month" in parts and abs(_months(year, parts["month"], published)) <= NEAR_MONTHS:
            yield _month(year, parts)
        for name, length in (("quarter", 3), ("half", 6)):
            last = parts.get(name, 0) * length
            if last and abs(_months(year, last, published)) <= NEAR_MONTHS + length:
                yield Moment(parts=frozenset((parts | {"year": year}).items()))
    if parts.keys() == {"weekday"}:
        yield from _days_around(published, NEAR_DAYS, weekday=parts["weekday"])


def _months(year: int, month: int, published: date) -> int:
    return (year - published.year) * 12 + month - published.month


def _month(year: int, parts: dict[str, int]) -> Moment:
    if "day" in parts and not _is_day(year, parts["month"], parts["day"]):
        return moment(year=year, month=parts["month"])
    if "day" in parts:
        return day_moment(date(year, parts["month"], parts["day"]))
    return moment(year=year, month=parts["month"])


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _days_around(day: date, reach: int, *, weekday: int) -> Iterator[Moment]:
    for away in range(-reach, reach + 1):
        near = day + timedelta(days=away)
        if near.isoweekday() == weekday:
            yield day_moment(near)


def _told_from(published: date, away: dict[str, int], parts: dict[str, int]) -> Iterator[Moment]:
    if "days_away" in away:
        yield day_moment(published + timedelta(days=away["days_away"]))
    elif "weeks_away" in away and "weekday" in parts:
        yield from _weekdays(published, away["weeks_away"], parts["weekday"])
    elif "weeks_away" in away:
        yield from _weeks(published, away["weeks_away"])
    elif "months_away" in away:
        months = published.year * 12 + published.month - 1 + away["months_away"]
        yield _month(months // 12, parts | {"month": months % 12 + 1})
    elif "quarters_away" in away:
        quarters = published.year * 4 + (published.month - 1) // 3 + away["quarters_away"]
        yield moment(year=quarters // 4, quarter=quarters % 4 + 1)
    else:
        yield from _years(published, away["years_away"], parts)


def _weekdays(published: date, weeks: int, weekday: int) -> Iterator[Moment]:
    """That day of weeks that begin on Monday, on Sunday, and the next one in that direction."""
    day = timedelta(days=1)
    monday = published - (published.isoweekday() - 1) * day + weeks * 7 * day
    sunday = published - published.isoweekday() % 7 * day + weeks * 7 * day
    yield day_moment(monday + (weekday - 1) * day)
    yield day_moment(sunday + weekday % 7 * day)
    if weeks <= 0:
        yield day_moment(published - ((published.isoweekday() - weekday - 1) % 7 + 1) * day)
    if weeks >= 0:
        yield day_moment(published + ((weekday - published.isoweekday() - 1) % 7 + 1) * day)


def _weeks(published: date, weeks: int) -> Iterator[Moment]:
    """That week, and, of a Sunday, which begins a week or ends one, the one after it, too."""
    week = (published.toordinal() - 1) // 7 + weeks
    yield moment(week=week)
    if published.isoweekday() == 7:
        yield moment(week=week + 1)


def _years(published: date, years: int, parts: dict[str, int]) -> Iterator[Moment]:
    """That year's; "last October" may be of this year, too, as long as it is past."""
    year = published.year + years
    yield _month(year, parts) if "month" in parts else _with(year, parts)


def _with(year: int, parts: dict[str, int]) -> Moment:
    return Moment(parts=frozenset((parts | {"year": year}).items()))
