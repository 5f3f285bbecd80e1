"""Collect: visit the feeds, keep what they gave, return what an edition may use."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from digestbot.model import (
    Edition,
    Entry,
    Feed,
    FeedReport,
    FeedState,
    Fetched,
    FetchStatus,
    Notice,
    Record,
    Remark,
    Skipped,
)
from digestbot.ports import Fetcher, Store
from digestbot.text.html import plain_line, plain_text
from digestbot.text.languages import language_of
from digestbot.text.redaction import redacted
from digestbot.text.urls import canonical_url

RETENTION = timedelta(days=35)
"""What is kept of a feed's records: a month's edition and a few days."""

NEVER_FRESH = datetime(1, 1, 1, tzinfo=UTC)
"""When an undated record that was there at its feed's first visit counts as published."""

TAGLINE = re.compile(r"\s[-–—|>»·•]\s|\s*[｜—]{1,2}\s*|:\s")
"""What stands between a publisher's name and the rest of a feed's title."""

MIN_NAME = 2
"""Characters of a name that stands for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What the feeds gave: entries of the window, each feed's part, and remarks."""

    entries: tuple[Entry, ...]
    feeds: tuple[FeedReport, ...]
    remarks: tuple[Remark, ...]


def collect(
    feeds: Sequence[Feed],
    *,
    edition: Edition,
    fetcher: Fetcher,
    store: Store,
    now: datetime,
) -> Collected:
    """Return the entries of *edition*'s window from *feeds*, newest first.

    An unchanged feed gives what the store kept of it. A record without a date
    counts from the moment when it was first seen, and never as fresh on its
    feed's first visit; a date later than *now* becomes *now*, with a notice.
    """
    known = store.feed_states()
    cutoff = min(edition.since, now - RETENTION)
    answers = fetcher.fetch(feeds, states=_reusable(known, cutoff))
    remarks: list[Remark] = []
    kept: list[Entry] = []
    for answer in answers:
        if answer.status is FetchStatus.FAILED:
            remarks.append(
                Skipped(stage="collect", subject=redacted(answer.feed.url), reason=answer.reason)
            )
        first_visit = _visits(known, answer.feed) == 0
        for record, moment in _dated(answer, store=store, now=now, first_visit=first_visit):
            if moment > cutoff:
                kept += _admit(
                    record, moment, answer=answer, edition=edition, now=now, remarks=remarks
                )
    store.save_entries(kept)
    store.save_feed_states([_next_state(a, known.get(a.feed.url), now, cutoff) for a in answers])
    entries = _in_window(answers, known, edition=edition, store=store)
    return Collected(
        entries=tuple(entries),
        feeds=tuple(_feed_report(answer, entries) for answer in answers),
        remarks=tuple(remarks),
    )


def _reusable(known: Mapping[str, FeedState], cutoff: datetime) -> dict[str, FeedState]:
    """The states whose kept entries reach back to *cutoff*: the others are read anew."""
    return {
        url: state
        for url, state in known.items()
        if state.kept_since is not None and state.kept_since <= cutoff
    }


def _visits(known: Mapping[str, FeedState], feed: Feed) -> int:
    state = known.get(feed.url)
    return state.visits if state else 0


def _dated(
    answer: Fetched, *, store: Store, now: datetime, first_visit: bool
) -> list[tuple[Record, datetime]]:
    undated = [
        _seen_key(answer.feed, record) for record in answer.records if record.published is None
    ]
    stamp = NEVER_FRESH if first_visit else now
    seen = store.first_seen(undated, stamp=stamp) if undated else {}
    return [
        (record, record.published or seen[_seen_key(answer.feed, record)])
        for record in answer.records
    ]


def _seen_key(feed: Feed, record: Record) -> str:
    return _digest(feed.url, record.guid or record.url or record.title)


def _admit(
    record: Record,
    moment: datetime,
    *,
    answer: Fetched,
    edition: Edition,
    now: datetime,
    remarks: list[Remark],
) -> list[Entry]:
    """The record as an entry; nothing, with a remark, where title or link is missing."""
    url, title = canonical_url(record.url, answer.feed.url), plain_line(record.title)
    subject = url or record.guid or redacted(answer.feed.url)
    if not (url and title):
        if edition.since < moment <= edition.until:
            reason = "no link" if not url else "no title"
            remarks.append(Skipped(stage="collect", subject=subject, reason=reason, title=title))
        return []
    if moment > now:
        text = f"dated {moment:%Y-%m-%d %H:%M} UTC, in the future: taken as now"
        remarks.append(Notice(stage="collect", subject=subject, reason=text))
    return [_entry(record, min(moment, now), feed=_named(answer), url=url, title=title)]


def _entry(record: Record, moment: datetime, *, feed: Feed, url: str, title: str) -> Entry:
    excerpt, content = plain_text(record.excerpt_html), plain_text(record.content_html)
    return Entry(
        id=_digest(feed.url, record.guid or url),
        feed=feed,
        url=url,
        title=title,
        published=moment,
        excerpt=excerpt,
        content=content,
        guid=record.guid,
        language=language_of(f"{title} {excerpt[:300]}"),
        dated=record.published is not None,
    )


def _named(answer: Fetched, state: FeedState | None = None) -> Feed:
    feed = answer.feed
    if feed.name:
        return feed
    title = _short(plain_line(answer.title)) or (_short(state.title) if state else "")
    return replace(feed, name=title or urlsplit(feed.url).hostname or redacted(feed.url))


def _short(title: str) -> str:
    """A feed's title without its tagline or section: "NYT > World News" is by NYT."""
    head = TAGLINE.split(title, maxsplit=1)[0].strip()
    return head if len(head) >= MIN_NAME else title


def _next_state(
    answer: Fetched, state: FeedState | None, now: datetime, cutoff: datetime
) -> FeedState:
    state = state or FeedState(url=answer.feed.url)
    if answer.status is FetchStatus.FAILED:
        return replace(state, failures=state.failures + 1, last_error=answer.reason)
    state = replace(state, visits=state.visits + 1, last_success=now, failures=0, last_error="")
    if answer.status is FetchStatus.UNCHANGED:
        return state
    return replace(
        state,
        title=plain_line(answer.title),
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=answer.body_hash,
        kept_since=cutoff,
    )


def _in_window(
    answers: Sequence[Fetched], known: Mapping[str, FeedState], *, edition: Edition, store: Store
) -> list[Entry]:
    """Kept entries of the window, with the feeds as they are configured today."""
    feeds = {a.feed.url: _named(a, known.get(a.feed.url)) for a in answers}
    entries = store.entries(tuple(feeds), since=edition.since, until=edition.until)
    current = [replace(entry, feed=feeds[entry.feed.url]) for entry in entries]
    return sorted(current, key=lambda entry: (-entry.published.timestamp(), entry.url, entry.id))


def _feed_report(answer: Fetched, entries: Sequence[Entry]) -> FeedReport:
    return FeedReport(
        url=redacted(answer.feed.url),
        name=_named(answer).name,
        status=answer.status,
        reason=answer.reason,
        seen=len(answer.records),
        kept=sum(entry.feed.url == answer.feed.url for entry in entries),
        seconds=answer.seconds,
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:20]
