"""When a feed is visited again, and what is told of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from builders import feed
from digestbot.model import FeedState, Fetched, FetchStatus
from digestbot.stages.health import LONGEST_BACKOFF, is_dead, news_of, next_state, resting

NOW = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FEED = feed(url="https://a.test/feed", name="A")


def state(**given: object) -> FeedState:
    return replace(FeedState(url=FEED.url), **given)  # type: ignore[arg-type]


def fetched(**given: object) -> Fetched:
    return replace(Fetched(feed=FEED, status=FetchStatus.FETCHED), **given)  # type: ignore[arg-type]


def failed(reason: str = "the server answered 500", **given: object) -> Fetched:
    return fetched(status=FetchStatus.FAILED, reason=reason, **given)


def after(answer: Fetched, before: FeedState | None = None, *, now: datetime = NOW) -> FeedState:
    return next_state(answer, before, now=now, cutoff=now - DAY)


def test_a_feed_never_seen_is_due() -> None:
    assert resting(state(), now=NOW, window=DAY) == ""


def test_a_wish_to_be_left_alone_is_granted_for_half_a_window_at_most() -> None:
    rested = after(fetched(rest=10 * DAY))

    assert "asks for no visit before" in resting(rested, now=NOW + 11 * HOUR, window=DAY)
    assert resting(rested, now=NOW + 12 * HOUR, window=DAY) == ""


def test_a_short_wish_ends_when_it_ends() -> None:
    rested = after(fetched(rest=HOUR))

    assert resting(rested, now=NOW + HOUR / 2, window=DAY)
    assert resting(rested, now=NOW + HOUR, window=DAY) == ""


def test_hours_in_which_a_feed_wants_no_visits_are_kept_free() -> None:
    quiet = after(fetched(quiet_hours=(3, 4)))

    assert resting(quiet, now=NOW + 3 * HOUR, window=DAY) == "asks for no visits at this hour"
    assert resting(quiet, now=NOW + 5 * HOUR, window=DAY) == ""


def test_a_clock_that_goes_back_stops_no_feed() -> None:
    rested = after(fetched(rest=HOUR))

    assert resting(rested, now=NOW - DAY, window=DAY) == ""


def test_two_failures_are_forgiven_then_pauses_double_up_to_a_daily_visit() -> None:
    pauses, current = [], state()
    for _ in range(12):
        current = after(failed(), current)
        assert current.not_before is not None
        pauses.append(current.not_before - NOW)

    assert pauses[:2] == [timedelta(), timedelta()]
    assert timedelta(minutes=30) <= pauses[2] <= HOUR
    assert pauses[2] < pauses[4] < pauses[7]
    assert max(pauses) <= LONGEST_BACKOFF


def test_feeds_that_failed_together_come_back_apart() -> None:
    others = [state(url=f"https://{n}.test/feed", failures=4) for n in range(20)]

    moments = {after(replace(failed(), feed=feed(url=s.url)), s).not_before for s in others}

    assert len(moments) > 10


@pytest.mark.parametrize(
    ("asked", "pause"), [(HOUR, HOUR), (timedelta(days=400), DAY), (timedelta(), timedelta())]
)
def test_a_busy_server_gets_the_pause_it_asks_for_up_to_a_day(
    asked: timedelta, pause: timedelta
) -> None:
    busy = after(failed(rest=asked))

    assert busy.not_before == NOW + pause
    reason = resting(busy, now=NOW + pause / 2, window=DAY)
    assert reason.startswith("not tried before") is (pause > timedelta())


def test_a_pause_that_a_wild_clock_made_stops_no_feed() -> None:
    wild = state(failures=3, not_before=NOW + 400 * DAY, last_error="x")

    assert resting(wild, now=NOW, window=DAY) == ""


def test_a_success_makes_all_well_again() -> None:
    bad = state(failures=9, failing_since=NOW - DAY, last_error="x", retired=NOW - DAY)

    good = after(fetched(), bad)

    assert (good.failures, good.failing_since, good.last_error, good.retired) == (0, None, "", None)
    assert good.visits == 1
    assert good.last_success == NOW


def test_a_failure_keeps_what_the_next_visit_needs() -> None:
    before = state(etag='"1"', body_hash="h", visits=3, kept_since=NOW, title="T")

    bad = after(failed(), before)

    assert (bad.etag, bad.body_hash, bad.visits, bad.title) == ('"1"', "h", 3, "T")


def test_a_feed_that_moved_is_visited_there_until_that_fails() -> None:
    moved = after(fetched(moved_to="https://b.test/feed"))
    again = after(fetched(), moved)

    assert again.moved_to == "https://b.test/feed"
    assert after(failed(), again).moved_to == ""
    assert after(fetched(moved_to=FEED.url), again).moved_to == ""


def test_a_move_is_told_once_without_secrets() -> None:
    moved = after(fetched(moved_to="https://b.test/feed?token=s3cr3t"))

    (notice,) = news_of(FEED, None, moved)

    assert notice.subject == "A"
    assert "moved for good to https://b.test/feed?token=***" in notice.reason
    assert news_of(FEED, moved, after(fetched(), moved)) == []


def test_a_feed_that_is_gone_is_told_on_that_day_only() -> None:
    gone = after(fetched(status=FetchStatus.RETIRED, reason="gone (410)"))

    (notice,) = news_of(FEED, state(), gone)

    assert gone.retired == NOW
    assert "gone (410)" in notice.reason
    assert news_of(FEED, gone, gone) == []


def test_a_feed_that_fails_for_a_week_is_called_dead_on_one_day() -> None:
    told, current = [], state(last_success=NOW)
    for day in range(20):
        now = NOW + day * DAY
        following = after(failed("the host name is not known"), current, now=now)
        told += [(day, notice.reason) for notice in news_of(FEED, current, following)]
        current = following

    assert len(told) == 1
    assert told[0][0] in (7, 6)
    assert "the host name is not known" in told[0][1]
    assert is_dead(current)
