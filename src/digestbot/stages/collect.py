"""Collect: visit the feeds, keep what they gave, return what an edition may use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digestbot.model import (
    Edition,
    Entry,
    Feed,
    FeedReport,
    FeedState,
    Fetched,
    FetchStatus,
    Remark,
    Skipped,
)
from digestbot.ports import Fetcher, Store
from digestbot.stages.health import is_failing, news_of, next_state, resting
from digestbot.stages.keep import (
    Undated,
    dated_entries,
    name_of,
    undated_entries,
    undated_records,
)
from digestbot.text.redaction import redacted

OUR_FAULT = 3
"""Feeds, of which nobody answers for any: then our network is down, and no feed is blamed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What the feeds gave: entries of the window, each feed's part, and remarks."""

    entries: tuple[Entry, ...]
    feeds: tuple[FeedReport, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Visited:
    """What is left of an answer when its records are in the store."""

    name: str
    status: FetchStatus
    reason: str = ""
    seen: int = 0
    seconds: float = 0.0
    remarks: tuple[Remark, ...] = ()


def collect(
    feeds: Sequence[Feed],
    *,
    edition: Edition,
    fetcher: Fetcher,
    store: Store,
    now: datetime,
) -> Collected:
    """Return the entries of *edition*'s window from *feeds*, newest first.

    A feed that is unchanged, or asked to be left alone, gives what the store
    kept of it. A record without a date counts from the moment when it was
    first seen, and never as fresh on its feed's first visit; a date later
    than *now* becomes *now*, with a notice.
    """
    known = store.feed_states()
    visited = {
        feed.url: left
        for feed in feeds
        if (left := _left_alone(feed, known.get(feed.url), edition=edition, now=now))
    }
    due = [feed for feed in feeds if feed.url not in visited]
    seen, doubts = _visit(due, known, edition=edition, fetcher=fetcher, store=store, now=now)
    return _collected(feeds, visited | seen, doubts, edition=edition, store=store)


def visit(
    feeds: Sequence[Feed], *, edition: Edition, fetcher: Fetcher, store: Store, now: datetime
) -> Collected:
    """Visit all *feeds* now, those that are resting or retired, too; as :func:`collect`."""
    known = store.feed_states()
    seen, doubts = _visit(feeds, known, edition=edition, fetcher=fetcher, store=store, now=now)
    return _collected(feeds, seen, doubts, edition=edition, store=store)


def _left_alone(
    feed: Feed, state: FeedState | None, *, edition: Edition, now: datetime
) -> _Visited | None:
    """What is said of a feed that is not to be visited; None where it is due."""
    if state is None or not feed.url.startswith(("http://", "https://")):
        return None
    if state.retired:
        reason = f"{state.last_error} ({state.retired:%Y-%m-%d})"
        name = name_of(feed, state.title)
        return _Visited(name=name, status=FetchStatus.RETIRED, reason=reason)
    reason = resting(state, now=now, window=edition.until - edition.since)
    if not reason:
        return None
    name = name_of(feed, state.title)
    if not is_failing(state):
        if not _reaches(state, edition.since):
            return None
        return _Visited(name=name, status=FetchStatus.RESTING, reason=reason)
    failure = _failure(feed, reason)
    return _Visited(name=name, status=FetchStatus.FAILED, reason=reason, remarks=(failure,))


def _visit(
    feeds: Sequence[Feed],
    known: Mapping[str, FeedState],
    *,
    edition: Edition,
    fetcher: Fetcher,
    store: Store,
    now: datetime,
) -> tuple[dict[str, _Visited], list[Remark]]:
    """Visit *feeds*, keep their entries and states, and return what else there is to say.

    Entries and states are written when all feeds have answered, the entries
    first: a run that is killed leaves nothing half known.
    """
    states = _states(feeds, known, edition.since)
    visited: dict[str, _Visited] = {}
    after: list[FeedState] = []
    silent = 0
    kept: list[Entry] = []
    undated: list[Undated] = []
    for answer in fetcher.fetch(feeds, states=states, since=edition.since):
        before = known.get(answer.feed.url)
        entries, remarks = dated_entries(answer, before, edition=edition, now=now)
        kept += entries
        silent += answer.silent
        undated += undated_records(answer, before)
        after.append(next_state(answer, before, now=now, cutoff=edition.since))
        news = news_of(answer.feed, before, after[-1])
        visited[answer.feed.url] = _visited(answer, before, [*remarks, *news])
    entries, doubts = undated_entries(undated, store=store, edition=edition, now=now)
    store.save_entries([*kept, *entries])
    if silent < max(len(after), OUR_FAULT):
        store.save_feed_states(after)
    return visited, doubts


def _states(
    feeds: Sequence[Feed], known: Mapping[str, FeedState], cutoff: datetime
) -> dict[str, FeedState]:
    """The states of *feeds*; without validators where what is kept does not reach to *cutoff*."""
    return {feed.url: _reusable(known[feed.url], cutoff) for feed in feeds if feed.url in known}


def _reusable(state: FeedState, cutoff: datetime) -> FeedState:
    if _reaches(state, cutoff):
        return state
    return replace(state, etag="", last_modified="", body_hash="")


def _reaches(state: FeedState, cutoff: datetime) -> bool:
    """Whether what is kept of a feed goes back to *cutoff*."""
    return state.kept_since is not None and state.kept_since <= cutoff


def _visited(answer: Fetched, state: FeedState | None, remarks: list[Remark]) -> _Visited:
    failed = answer.status is FetchStatus.FAILED
    return _Visited(
        name=name_of(answer.feed, answer.title or (state.title if state else "")),
        status=answer.status,
        reason=answer.reason,
        seen=max(answer.seen, len(answer.records)),
        seconds=answer.seconds,
        remarks=(*([_failure(answer.feed, answer.reason)] if failed else []), *remarks),
    )


def _failure(feed: Feed, reason: str) -> Skipped:
    return Skipped(stage="collect", subject=redacted(feed.url), reason=reason)


def _collected(
    feeds: Sequence[Feed],
    visited: Mapping[str, _Visited],
    doubts: Sequence[Remark],
    *,
    edition: Edition,
    store: Store,
) -> Collected:
    """The entries of the window, and what there is to say, in the order of *feeds*."""
    named = {feed.url: replace(feed, name=visited[feed.url].name) for feed in feeds}
    entries = store.entries(named.values(), since=edition.since, until=edition.until)
    counts = Counter(entry.feed.url for entry in entries)
    return Collected(
        entries=tuple(
            sorted(entries, key=lambda entry: (-entry.published.timestamp(), entry.url, entry.id))
        ),
        feeds=tuple(_report(url, visited[url], counts[url]) for url in named),
        remarks=(*(remark for url in named for remark in visited[url].remarks), *doubts),
    )


def _report(url: str, visited: _Visited, kept: int) -> FeedReport:
    return FeedReport(
        url=redacted(url),
        name=visited.name,
        status=visited.status,
        reason=visited.reason,
        seen=visited.seen,
        kept=kept,
        seconds=visited.seconds,
    )
