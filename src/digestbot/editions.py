"""Which issue a run makes: its date, and the hours that it covers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from digestbot.errors import ConfigError
from digestbot.model import Edition, Feed, Topic

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


def edition_at(plan: Plan, *, now: datetime, day: date | None = None) -> Edition:
    """Return the edition of *day* (default: today, on the readers' clock) as of *now*.

    Today's edition closes now; that of a day that is over closed at its last
    second. Raises ``ConfigError`` for a day to come.
    """
    zone = ZoneInfo(plan.timezone)
    today = now.astimezone(zone).date()
    day = day or today
    if day > today:
        raise ConfigError("date", f"{day} is still to come in {plan.timezone} (today is {today})")
    until = now if day == today else datetime.combine(day, LAST_SECOND, tzinfo=zone)
    until = until.astimezone(UTC)  # before counting back: a wall clock may jump in between
    return Edition(
        name=plan.name,
        date=day,
        since=until - plan.window,
        until=until,
        timezone=plan.timezone,
        language=plan.language,
    )
