"""Which issue a run makes: its date, and the hours that it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digestbot.contract import day_printed, span_of
from digestbot.errors import ConfigError
from digestbot.model import Edition, Feed, Topic

DAY = timedelta(days=1)

LAST_SECOND = time(23, 59, 59)
"""When the edition of a day that is over closes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is wanted of every edition: the settings, as the pipeline reads them."""

    name: str = "daily"
    language: str = "zh"
    timezone: str = "Asia/Shanghai"
    window: timedelta = timedelta(hours=24)
    limit: int = 10
    per_source: int = 3
    per_section: int = 0
    """The most stories of one section; 0: as many as there are."""
    period: str = "day"
    """What an edition is of: one of ``contract.PERIODS``."""
    min_stories: int = 1
    topic: Topic = field(default_factory=Topic)
    feeds: tuple[Feed, ...] = ()
    on_failure: str = "excerpt"
    """``excerpt``: go out without the model where it fails; ``fail``: do not go out."""
    max_failed: float = 0.5
    """The share of feeds that may fail before an edition is called partial."""
    folder: Path = Path("posts")
    state: Path | None = None
    """Where it is kept what posts rest on; None: nowhere."""
    memory: timedelta = timedelta(days=30)
    """How long a story that was told is not told again."""


PERIOD_MARK = "@"
"""What stands in the names of editions of a week or a month, and in no configured one."""


def name_of(name: str, *, period: str) -> str:
    """Return what the editions of *period* are called, under the configured *name*.

    So a daily and its monthly have a state folder in common, and neither takes
    the other's stories for told.
    """
    return name if period == "day" else f"{name}{PERIOD_MARK}{period}"


def day_of(
    date: date | str | None, *, month: str | None = None, week: str | None = None, period: str
) -> date | None:
    """Return the day that is asked for: a *date*, or the first of a *month* or a *week*.

    Raises ``ConfigError`` for what is none, or where editions are of another *period*.
    """
    for name, given in (("month", month), ("week", week)):
        if given and name != period:
            raise ConfigError(name, f"the format's editions are of a {period}, not of a {name}")
    if month or week:
        return _first_day(period, month or week or "")
    try:
        return _as_date(date)
    except ValueError:
        raise ConfigError("date", f"{date!r} is no date; write 2026-06-01") from None


def _as_date(given: date | str | None) -> date | None:
    return date.fromisoformat(given) if isinstance(given, str) else given


def _first_day(period: str, text: str) -> date:
    pattern, example = {"month": ("%Y-%m", "2026-08"), "week": ("%G-W%V", "2026-W34")}[period]
    day = day_printed(pattern, text)
    if day is None:
        raise ConfigError(period, f"{text!r} is no {period}; write {example}")
    return day


def edition_at(plan: Plan, *, now: datetime, day: date | None = None) -> Edition:
    """Return the edition of *day* (default: today, on the readers' clock) as of *now*.

    Today's edition closes now; that of a day that is over closed at its last
    second. An edition of a week or a month is that in which *day* is; its date
    is the first of them, its window all of them, as far as they are over. Raises
    ``ConfigError`` for a day to come.
    """
    zone = ZoneInfo(plan.timezone)
    today = now.astimezone(zone).date()
    day = day or today
    if day > today:
        raise ConfigError("date", f"{day} is still to come in {plan.timezone} (today is {today})")
    first, last = span_of(plan.period, day)
    until = now if last >= today else datetime.combine(last, LAST_SECOND, tzinfo=zone)
    until = until.astimezone(UTC)  # before counting back: a wall clock may jump in between
    since = until - plan.window
    if plan.period != "day":
        since = datetime.combine(first - DAY, LAST_SECOND, tzinfo=zone).astimezone(UTC)
    return Edition(
        name=plan.name,
        date=first,
        since=since,
        until=until,
        timezone=plan.timezone,
        language=plan.language,
    )
