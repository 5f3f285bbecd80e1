"""What a parser of ours gives, and the limits that keep it small."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from typing import Any
from urllib.parse import urljoin, urlsplit

from digestbot.adapters.feeds.dates import MAX_DATE, within
from digestbot.adapters.feeds.hints import HOURS_A_WEEK, LONGEST, Hints
from digestbot.model import Record
from digestbot.text.fingerprint import cut, fingerprint

MAX_RECORDS = 5_000
"""Records of one feed; the longest real one has 3,000."""

MAX_TITLE = 2_000
MAX_ADDRESS = 4_096
MAX_TEXT = 500_000
"""Characters of one field: more is no title, no address and no article."""

MAX_LANGUAGE = 35
"""Characters of a language tag (RFC 5646, 4.4.1)."""

_LIMITS = {
    "guid": MAX_ADDRESS,
    "url": MAX_ADDRESS,
    "title": MAX_TITLE,
    "excerpt_html": MAX_TEXT,
    "content_html": MAX_TEXT,
    "language": MAX_LANGUAGE,
}
"""The texts of a record, and how long each may be."""

_UNDATED = datetime(1, 1, 1, tzinfo=UTC)
"""Where a record without a date stands among those that have one."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_GARBLED = re.compile(rb"\xc3[\x82-\xb4]\xc2[\x80-\xbf]")
_WHOLE_ADDRESS = re.compile(r"https?://[a-z0-9.-]++(?::\d{1,5})?+(?:/[^\s\[\]#]*+)?+", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed's own title and its records, in the feed's order; what it asks of visitors."""

    title: str
    records: tuple[Record, ...]
    rest: timedelta = timedelta()
    """For how long it asks to be left alone."""
    quiet_hours: tuple[int, ...] = ()
    """Hours of the week (0 is Monday 00:00 UTC) in which it asks for no visits."""
    left_out: int = 0
    """Records beyond ``MAX_RECORDS``: the oldest, or those without a date."""
    older: tuple[bytes, ...] = ()
    """The marks of records that were too old to be given (:mod:`digestbot.text.fingerprint`)."""


def parsed_feed(
    title: str,
    records: Sequence[Record],
    *,
    hints: Hints | None = None,
    older: Sequence[bytes] = (),
    left_out: int = 0,
) -> ParsedFeed:
    """Return the feed; of more records than it may have, the newest.

    *left_out* counts those that are no more among *records*.
    """
    hints = hints or Hints()
    kept = tuple(newest(records))
    return ParsedFeed(
        title=title[:MAX_TITLE],
        records=kept,
        left_out=left_out + len(records) - len(kept),
        rest=hints.rest,
        quiet_hours=hints.quiet_hours,
        older=tuple(older[:MAX_RECORDS]),
    )


def without_old(feed: ParsedFeed, since: datetime) -> ParsedFeed:
    """Return *feed* with the marks, in place of the records, of what is dated *since* or before."""
    fresh: list[Record] = []
    older = [*feed.older]
    for record in feed.records:
        if record.published is not None and record.published <= since:
            older.append(mark_of(record.guid, record.url))
        else:
            fresh.append(record)
    return replace(feed, records=tuple(fresh), older=tuple(older))


def mark_of(guid: str, url: str) -> bytes:
    """Return the mark of the record with this guid and address, cut as a record's are."""
    return fingerprint(guid[:MAX_ADDRESS], url[:MAX_ADDRESS])


def record_of(
    *,
    guid: str,
    url: str,
    title: str,
    excerpt: str,
    content: str,
    published: datetime | None,
    language: str,
) -> Record:
    """Return the record, every field cut to its limit, without content that repeats the excerpt."""
    return Record(
        guid=guid[:MAX_ADDRESS],
        url=url[:MAX_ADDRESS],
        title=title[:MAX_TITLE],
        excerpt_html=excerpt[:MAX_TEXT],
        content_html="" if content == excerpt else content[:MAX_TEXT],
        published=published,
        language=language[:MAX_LANGUAGE],
    )


def newest(records: Sequence[Record], *, limit: int = MAX_RECORDS) -> Sequence[Record]:
    """Return the *limit* newest records in the feed's order; those without a date are the oldest.

    Among equals the first ones are kept.
    """
    if len(records) <= limit:
        return records
    places = nlargest(limit, range(len(records)), key=lambda n: (_age(records[n]), -n))
    return [records[place] for place in sorted(places)]


def _age(record: Record) -> datetime:
    return record.published or _UNDATED


# --- between two processes ----------------------------------------------------


def to_answer(feed: ParsedFeed | None) -> dict[str, Any]:
    """Return *feed* as JSON can carry it from one process to another; empty for None."""
    if feed is None:
        return {}
    return {
        "title": feed.title,
        "records": [_written(record) for record in feed.records],
        "rest": int(feed.rest.total_seconds()),
        "quiet_hours": list(feed.quiet_hours),
        "older": b"".join(feed.older).hex(),
        "left_out": feed.left_out,
    }


def from_answer(answer: object) -> ParsedFeed | None:
    """Return the feed that :func:`to_answer` wrote; None for one that is empty.

    What is not of its shape or over the limits is no answer of ours: ``ValueError``.
    """
    if answer == {}:
        return None
    match answer:
        case {
            "title": str(title),
            "records": list(records),
            "rest": int(rest),
            "quiet_hours": list(quiet),
            "older": str(older),
            "left_out": int(left_out),
        } if _is_small(title, records, rest, quiet):
            return ParsedFeed(
                title=title,
                records=tuple(_reread(each) for each in records),
                rest=timedelta(seconds=rest),
                quiet_hours=tuple(quiet),
                older=tuple(cut(bytes.fromhex(older))),
                left_out=left_out,
            )
    raise ValueError("not the answer of a parser")


def _is_small(title: str, records: list[Any], rest: int, quiet: list[Any]) -> bool:
    return (
        len(title) <= MAX_TITLE
        and len(records) <= MAX_RECORDS
        and 0 <= rest <= LONGEST.total_seconds()
        and len(quiet) < HOURS_A_WEEK
        and all(isinstance(hour, int) and 0 <= hour < HOURS_A_WEEK for hour in quiet)
    )


def _written(record: Record) -> dict[str, str]:
    published = record.published.isoformat() if record.published else ""
    return {name: getattr(record, name) for name in _LIMITS} | {"published": published}


def _reread(answer: Mapping[str, Any]) -> Record:
    if not isinstance(answer, dict) or answer.keys() != {*_LIMITS, "published"}:
        raise ValueError("not the record of a parser")
    texts = {name: _checked(answer[name], limit) for name, limit in _LIMITS.items()}
    return Record(**texts, published=_moment(_checked(answer["published"], MAX_DATE)))


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("not the moment of a parser")
    return within(moment)


def _checked(text: object, limit: int) -> str:
    if not isinstance(text, str) or len(text) > limit:
        raise ValueError("not the text of a parser")
    return text


# --- one text -----------------------------------------------------------------


def absolute(link: str, base: str = "") -> str:
    """Return *link* made absolute against *base*; "" where it cannot be.

    ``example.com/1`` in a feed of example.com is an address whose scheme was forgotten.
    """
    if _WHOLE_ADDRESS.fullmatch(link):
        return link
    try:
        site = urlsplit(base)
        if site.netloc and link.lower().startswith(f"{site.netloc.lower()}/"):
            link = f"{site.scheme}://{link}"
        joined = urljoin(base, link) if base else link
        parts = urlsplit(joined)
    except ValueError:
        return ""
    is_whole = parts.scheme and (parts.netloc or parts.scheme not in {"http", "https"})
    return joined if is_whole else ""


def is_address(text: str) -> bool:
    """Whether *text* says itself that it is the address of a page."""
    return text[:8].lower().startswith(("http://", "https://"))


def is_chinese(language: str, title: str) -> bool:
    """Whether a feed's clock, where it says no more than ``CST``, is China's."""
    if language:
        return language.lower().startswith("zh")
    return bool(_HAN.search(title)) and not _KANA_OR_HANGUL.search(title)


def is_garbled(body: bytes) -> bool:
    """Whether there is UTF-8 in *body* that was taken for Latin-1 and encoded again."""
    return b"\xc2" in body and bool(_GARBLED.search(body))


def mended(text: str) -> str:
    """*text* as it was meant, if all of it :func:`is_garbled`."""
    if text.isascii():
        return text
    with suppress(UnicodeError):
        return text.encode("latin-1").decode("utf-8")
    return text


def printable(text: str) -> str:
    """*text* without lone surrogates: nothing after us could write them."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
