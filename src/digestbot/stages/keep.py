"""Keep: the records of the feeds' answers become entries in the store, once and for all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from digestbot.model import (
    Edition,
    Entry,
    Feed,
    FeedState,
    Fetched,
    Notice,
    Record,
    Remark,
    Skipped,
)
from digestbot.ports import Store
from digestbot.text.html import plain_line, plain_text
from digestbot.text.languages import language_of
from digestbot.text.redaction import redacted
from digestbot.text.urls import canonical_url

NEVER_FRESH = datetime(1, 1, 1, tzinfo=UTC)
"""When an undated record that was there at its feed's first visit counts as published."""

TAGLINE = re.compile(r"\s[-–—|>»·•]\s|\s*[｜—]{1,2}\s*|:\s")
"""What stands between a publisher's name and the rest of a feed's title."""

MIN_NAME = 2
"""Characters of a name that stands for itself."""


def keep(
    batch: Sequence[Fetched],
    known: Mapping[str, FeedState],
    *,
    edition: Edition,
    store: Store,
    now: datetime,
    cutoff: datetime,
) -> list[list[Remark]]:
    """Put the records of *batch* later than *cutoff* into *store*; return remarks, by answer.

    Titles and texts become plain, addresses canonical, moments aware; a record
    without title or link is left out with a remark.
    """
    moments = _first_seen(batch, known, store=store, now=now)
    kept: list[Entry] = []
    all_remarks = []
    for answer in batch:
        remarks: list[Remark] = []
        for record in answer.records:
            moment = record.published or moments[_seen_key(answer.feed, record)]
            if moment > cutoff:
                kept += _admit(
                    record, moment, answer=answer, edition=edition, now=now, remarks=remarks
                )
        all_remarks.append(remarks)
    store.save_entries(kept)
    return all_remarks


def _first_seen(
    batch: Sequence[Fetched], known: Mapping[str, FeedState], *, store: Store, now: datetime
) -> dict[str, datetime]:
    """When each undated record of *batch* was first seen."""
    seen: dict[str, datetime] = {}
    by_stamp: dict[datetime, list[str]] = {NEVER_FRESH: [], now: []}
    for answer in batch:
        stamp = now if _visits(known, answer.feed) else NEVER_FRESH
        by_stamp[stamp] += [_seen_key(answer.feed, r) for r in answer.records if not r.published]
    for stamp, keys in by_stamp.items():
        if keys:
            seen |= store.first_seen(keys, stamp=stamp)
    return seen


def _visits(known: Mapping[str, FeedState], feed: Feed) -> int:
    state = known.get(feed.url)
    return state.visits if state else 0


def name_of(feed: Feed, title: str) -> str:
    """Return the publisher's name for readers: the configured one, the feed's own, its host's."""
    own = feed.name or _short(plain_line(title))
    return own or urlsplit(feed.url).hostname or redacted(feed.url)


def _short(title: str) -> str:
    """A feed's title without its tagline or section: "NYT > World News" is by NYT."""
    head = TAGLINE.split(title, maxsplit=1)[0].strip()
    return head if len(head) >= MIN_NAME else title


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
    feed = replace(answer.feed, name=name_of(answer.feed, answer.title))
    return [_entry(record, min(moment, now), feed=feed, url=url, title=title)]


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


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:20]
