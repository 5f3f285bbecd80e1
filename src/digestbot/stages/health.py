"""The health of a feed: when it is visited again, and what is worth telling of it. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from digestbot.model import Feed, FeedState, Fetched, FetchStatus, Notice
from digestbot.stages.keep import older_marks
from digestbot.text.html import plain_line
from digestbot.text.redaction import redacted

LONGEST_PAUSE = timedelta(days=1)
"""What a busy server may ask for at most; a longer pause is a mistake, or a clock that jumped."""

PATIENCE = 3
"""Failures in a row that are tolerated before a feed is visited less often."""

FIRST_BACKOFF = timedelta(hours=1)
LONGEST_BACKOFF = timedelta(hours=20)
"""Doubled with each failure; at most so long that a daily edition tries every feed."""

DEAD_AFTER = timedelta(days=7)
DEAD_FAILURES = 5
"""A feed that failed so often, for so long, without a success between, is called dead."""

SHARE_OF_WINDOW = 2
"""A feed that answers is visited at least this often in an edition's window, whatever it asks."""


def resting(state: FeedState, *, now: datetime, window: timedelta) -> str:
    """Return why the feed is not to be visited at *now*; "" where it is due.

    A wish never costs an edition its news: after half its *window* a feed
    that answered is due, whatever it asked for.
    """
    if state.failures:
        return _backing_off(state, now)
    if state.last_success is None or now < state.last_success:
        return ""
    if now - state.last_success >= window / SHARE_OF_WINDOW:
        return ""
    if state.not_before and now < state.not_before:
        return f"asks for no visit before {_clock(state.not_before)}"
    if _hour_of_week(now) in state.quiet_hours:
        return "asks for no visits at this hour"
    return ""


def is_failing(state: FeedState) -> bool:
    """Whether the feed is left alone because it fails."""
    return state.failures > 0


def next_state(
    answer: Fetched, state: FeedState | None, *, now: datetime, cutoff: datetime
) -> FeedState:
    """Return what is known of a feed after *answer*; records older than *cutoff* were not kept."""
    state = state or FeedState(url=answer.feed.url)
    if answer.status is FetchStatus.RETIRED:
        return replace(state, retired=now, last_error=answer.reason)
    if answer.status is FetchStatus.FAILED:
        return _after_failure(answer, state, now)
    return _after_success(answer, state, now=now, cutoff=cutoff)


def news_of(feed: Feed, before: FeedState | None, after: FeedState) -> list[Notice]:
    """Return what the editor should hear once: that a feed moved, died, or was retired."""
    before = before or FeedState(url=feed.url)
    news = []
    if after.moved_to and after.moved_to != before.moved_to:
        news.append(f"moved for good to {redacted(after.moved_to)}: change its address")
    if after.retired and not before.retired:
        news.append(f"{after.last_error}: it is not visited any more; take it out of the list")
    if is_dead(after) and not is_dead(before):
        since = f"{after.failing_since:%Y-%m-%d}"
        news.append(
            f"dead: {after.failures} visits since {since} failed ({after.last_error});"
            " mend its address, or take it out of the list"
        )
    subject = feed.name or redacted(feed.url)
    return [Notice(stage="collect", subject=subject, reason=reason) for reason in news]


def is_dead(state: FeedState) -> bool:
    """Whether a feed has failed so often and for so long that it will hardly come back."""
    if state.failing_since is None or state.failures < DEAD_FAILURES or state.not_before is None:
        return False
    return state.not_before - state.failing_since >= DEAD_AFTER


def _backing_off(state: FeedState, now: datetime) -> str:
    due = state.not_before
    if due is None or not now < due <= now + LONGEST_PAUSE:
        return ""
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    return f"not tried before {_clock(due)}: failed {times}: {state.last_error}"


def _after_failure(answer: Fetched, state: FeedState, now: datetime) -> FeedState:
    failures = state.failures + 1
    pause = max(min(answer.rest, LONGEST_PAUSE), _backoff(state.url, failures))
    return replace(
        state,
        failures=failures,
        failing_since=state.failing_since or now,
        last_error=answer.reason,
        not_before=now + pause,
        moved_to="",  # the way that it has in the list may still work
    )


def _after_success(
    answer: Fetched, state: FeedState, *, now: datetime, cutoff: datetime
) -> FeedState:
    moved_to = answer.moved_to or state.moved_to
    state = replace(
        state,
        visits=state.visits + 1,
        last_success=now,
        failures=0,
        failing_since=None,
        last_error="",
        not_before=now + min(answer.rest, LONGEST_PAUSE) if answer.rest else None,
        moved_to="" if moved_to == answer.feed.url else moved_to,
        retired=None,
    )
    if answer.status is FetchStatus.UNCHANGED:
        return state
    return replace(
        state,
        title=plain_line(answer.title),
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash,
        quiet_hours=answer.quiet_hours,
        kept_since=cutoff,
        older=older_marks(answer, cutoff=cutoff) or state.older,
    )


def _backoff(url: str, failures: int) -> timedelta:
    """A pause that doubles, and differs by feed: those that failed together come back apart."""
    if failures < PATIENCE:
        return timedelta()
    doublings = min(failures - PATIENCE, 10)
    pause = min(FIRST_BACKOFF * (1 << doublings), LONGEST_BACKOFF)
    draw = hashlib.sha256(f"{failures} {url}".encode("utf-8", "replace")).digest()[0]
    return pause * (0.5 + draw / 512)


def _hour_of_week(moment: datetime) -> int:
    return moment.weekday() * 24 + moment.hour


def _clock(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
