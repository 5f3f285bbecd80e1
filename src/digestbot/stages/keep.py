"""Records become entries: plain text, canonical addresses, moments; once and for all."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
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
from digestbot.text.fingerprint import cut, fingerprint, joined
from digestbot.text.html import plain_line, plain_text
from digestbot.text.languages import language_of
from digestbot.text.redaction import redacted
from digestbot.text.urls import canonical_url

NEVER_FRESH = datetime(1, 1, 1, tzinfo=UTC)
"""When an undated record that was there at its feed's first visit counts as published."""

TAGLINE = re.compile(r"\s[-–—|>»·•]\s|\s*[｜—]{1,2}\s*|:\s")
"""What stands between a publisher's name and the rest of a feed's title."""

DATED_ANEW = "dated anew by its publisher: it was there before, with an earlier date"

MIN_NAME = 2
"""Characters of a name that stands for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """A record whose publisher gave no date: it counts from when it was first seen."""

    record: Record
    feed: Feed
    key: str
    first_visit: bool


def dated_entries(
    answer: Fetched, state: FeedState | None, *, edition: Edition, now: datetime
) -> tuple[list[Entry], list[Remark]]:
    """Return the dated records of *answer* that an edition may use, as entries.

    Titles and texts become plain, addresses canonical. A record without title
    or link is left out with a remark, and so is one that the publisher dated
    anew: at an earlier visit it was there, too old to be kept.
    """
    if not answer.records:
        return [], []
    feed, known = named(answer), frozenset(cut(state.older)) if state else frozenset()
    entries: list[Entry] = []
    remarks: list[Remark] = _cut_short(answer, feed)
    for record in _with_own_names(answer.records):
        if record.published is None or record.published <= edition.since:
            continue
        if known and _is_dated_anew(record, state, known):
            remarks.append(_left_out(record, feed, DATED_ANEW))
            continue
        found, doubts = _admit(record, record.published, feed=feed, edition=edition, now=now)
        entries += found
        remarks += doubts
    return entries, remarks


def _cut_short(answer: Fetched, feed: Feed) -> list[Remark]:
    if not answer.left_out:
        return []
    reason = f"{answer.left_out:,} of its records were not read: too many; the newest were"
    return [Notice(stage="collect", subject=feed.name, reason=reason)]


def undated_records(answer: Fetched, state: FeedState | None) -> list[Undated]:
    """Return the records of *answer* that have no date."""
    undated = [r for r in _with_own_names(answer.records) if r.published is None]
    if not undated:
        return []
    feed, first_visit = named(answer), state is None or state.visits == 0
    return [
        Undated(record=each, feed=feed, key=_seen_key(feed, each), first_visit=first_visit)
        for each in undated
    ]


def undated_entries(
    undated: Sequence[Undated], *, store: Store, edition: Edition, now: datetime
) -> tuple[list[Entry], list[Remark]]:
    """Return those that were first seen in *edition*'s window, as entries."""
    seen: dict[str, datetime] = {}
    for first_visit, stamp in ((True, NEVER_FRESH), (False, now)):
        keys = [each.key for each in undated if each.first_visit is first_visit]
        seen |= store.first_seen(keys, stamp=stamp) if keys else {}
    entries: list[Entry] = []
    remarks: list[Remark] = []
    for each in undated:
        moment = seen[each.key]
        if moment > edition.since:
            found, doubts = _admit(each.record, moment, feed=each.feed, edition=edition, now=now)
            entries += found
            remarks += doubts
    return entries, remarks


def all_entries(answer: Fetched) -> list[Entry]:
    """Return every record of *answer* as an entry, each as it was given last.

    A record without a date is not dated.
    """
    feed = named(answer)
    entries = (
        _entry(
            record,
            record.published or NEVER_FRESH,
            feed=feed,
            url=canonical_url(record.url, feed.url),
            title=plain_line(record.title),
        )
        for record in _with_own_names(answer.records)
    )
    return list({_identity(entry): entry for entry in entries}.values())


def _identity(entry: Entry) -> tuple[str, str]:
    """What tells entries of one feed apart, also those that nothing but their title names."""
    return entry.id, "" if entry.guid or entry.url else entry.title


def older_marks(answer: Fetched, *, cutoff: datetime) -> bytes:
    """Return the marks of the records in *answer* that are too old to be kept."""
    given = (
        fingerprint(record.guid, record.url)
        for record in answer.records
        if record.published is not None and record.published <= cutoff
    )
    return joined([*cut(answer.older), *given])


def named(answer: Fetched) -> Feed:
    """Return the feed of *answer* with a name for readers."""
    return replace(answer.feed, name=name_of(answer.feed, answer.title))


def _with_own_names(records: Sequence[Record]) -> list[Record]:
    """*records*, without a guid where records of other addresses have the same: it names none."""
    addresses: dict[str, set[str]] = {}
    for record in records:
        addresses.setdefault(record.guid, set()).add(record.url)
    return [replace(r, guid="") if len(addresses[r.guid]) > 1 else r for r in records]


def _is_dated_anew(record: Record, state: FeedState | None, known: Collection[bytes]) -> bool:
    """Whether *record* was older than what was kept at a visit, and now says that it is not."""
    assert record.published is not None
    kept_since = state.kept_since if state else None
    if kept_since is None or record.published <= kept_since:
        return False
    return fingerprint(record.guid, record.url) in known


def _left_out(record: Record, feed: Feed, reason: str) -> Skipped:
    subject = canonical_url(record.url, feed.url) or record.guid or redacted(feed.url)
    title = plain_line(record.title)
    return Skipped(stage="collect", subject=subject, reason=reason, title=title)


def name_of(feed: Feed, title: str) -> str:
    """Return the publisher's name for readers: the configured one, the feed's own, its host's."""
    own = _short(plain_line(title)) or urlsplit(feed.url).hostname or redacted(feed.url)
    return feed.name or own.removeprefix("www.")


def _short(title: str) -> str:
    """A feed's title without its tagline or section: "NYT > World News" is by NYT."""
    head = TAGLINE.split(title, maxsplit=1)[0].strip()
    return head if len(head) >= MIN_NAME else title


def _seen_key(feed: Feed, record: Record) -> str:
    return _digest(feed.url, record.guid or record.url or record.title)


def _admit(
    record: Record, moment: datetime, *, feed: Feed, edition: Edition, now: datetime
) -> tuple[list[Entry], list[Remark]]:
    """The record as an entry; none, with a remark, where title or link is missing."""
    url, title = canonical_url(record.url, feed.url), plain_line(record.title)
    if not (url and title):
        inside = moment <= edition.until
        reason = "no title" if url else "no link"
        return [], [_left_out(record, feed, reason)] if inside else []
    remarks: list[Remark] = []
    if moment > now:
        text = f"dated {moment:%Y-%m-%d %H:%M} UTC, in the future: taken as now"
        remarks.append(Notice(stage="collect", subject=url, reason=text))
    return [_entry(record, min(moment, now), feed=feed, url=url, title=title)], remarks


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
