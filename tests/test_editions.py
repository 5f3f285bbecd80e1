"""Which issue a run makes, and which hours it covers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from digestbot.editions import Plan, edition_at
from digestbot.errors import ConfigError

PLAN = Plan(timezone="Asia/Shanghai", window=timedelta(hours=24))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_todays_edition_closes_now_and_covers_the_window() -> None:
    edition = edition_at(PLAN, now=at("2026-06-01T08:00:00+08:00"))

    assert edition.date == date(2026, 6, 1)
    assert edition.until == datetime(2026, 6, 1, 0, 0, tzinfo=UTC)
    assert edition.since == datetime(2026, 5, 31, 0, 0, tzinfo=UTC)
    assert edition.key == "daily/2026-06-01"


def test_today_is_the_readers_day_not_that_of_utc() -> None:
    assert edition_at(PLAN, now=at("2026-05-31T17:00:00+00:00")).date == date(2026, 6, 1)


def test_the_edition_of_a_day_that_is_over_closed_at_its_last_second() -> None:
    edition = edition_at(PLAN, now=at("2026-06-05T08:00:00+08:00"), day=date(2026, 6, 1))

    assert edition.closes == at("2026-06-01T23:59:59+08:00")
    assert edition.closes.date() == edition.date


def test_a_day_to_come_is_refused_with_words() -> None:
    with pytest.raises(ConfigError, match=r"2026-06-02 is still to come .*today is 2026-06-01"):
        edition_at(PLAN, now=at("2026-06-01T08:00:00+08:00"), day=date(2026, 6, 2))


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_window_of_24_hours_is_24_hours_on_the_days_when_clocks_change(day: date) -> None:
    plan = Plan(timezone="Europe/Berlin", window=timedelta(hours=24))

    edition = edition_at(plan, now=at("2026-11-01T12:00:00+01:00"), day=day)

    assert edition.until - edition.since == timedelta(hours=24)
