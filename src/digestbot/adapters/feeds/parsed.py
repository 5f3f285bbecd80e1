"""What a parser of ours gives, and the limits that keep it small."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from digestbot.adapters.feeds.dates import MAX_DATE, within
from digestbot.model import Record

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

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_ENCODED_TWICE = re.compile("[\xc2-\xf4][\x80-\xbf]")
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """A feed's own title and its records, in the feed's order."""

    title: str
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record as a parser's library gave it, before the limits."""

    guid: str = ""
    url: str = ""
    title: str = ""
    excerpt: str = ""
    content: str = ""
    published: datetime | None = None


def parsed_feed(title: str, found: Sequence[Found], *, language: str = "") -> ParsedFeed:
    """Return the feed with every field cut to its limit; content that repeats the excerpt goes."""
    return ParsedFeed(
        title=_scalar(title)[:MAX_TITLE],
        records=tuple(_record(each, language[:MAX_LANGUAGE]) for each in found[:MAX_RECORDS]),
    )


def to_answer(feed: ParsedFeed | None) -> dict[str, Any]:
    """Return *feed* as JSON can carry it from one process to another; empty for None."""
    if feed is None:
        return {}
    return {"title": feed.title, "records": [_written(record) for record in feed.records]}


def from_answer(answer: object) -> ParsedFeed | None:
    """Return the feed that :func:`to_answer` wrote; None for one that is empty.

    What is not of its shape or over the limits is no answer of ours: ``ValueError``.
    """
    if answer == {}:
        return None
    match answer:
        case {"title": str(title), "records": list(records)} if len(records) <= MAX_RECORDS:
            return ParsedFeed(title=title, records=tuple(_reread(each) for each in records))
    raise ValueError("not the answer of a parser")


def absolute(link: str, base: str = "") -> str:
    """Return *link* made absolute against *base*; "" where it cannot be.

    ``example.com/1`` in a feed of example.com is an address whose scheme was forgotten.
    """
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


def is_chinese(language: str, title: str) -> bool:
    """Whether a feed's clock, where it says no more than ``CST``, is China's."""
    if language:
        return language.lower().startswith("zh")
    return bool(_HAN.search(title)) and not _KANA_OR_HANGUL.search(title)


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


def _record(found: Found, language: str) -> Record:
    return Record(
        guid=_scalar(found.guid)[:MAX_ADDRESS],
        url=_scalar(found.url)[:MAX_ADDRESS],
        title=_scalar(found.title)[:MAX_TITLE],
        excerpt_html=_scalar(found.excerpt)[:MAX_TEXT],
        content_html="" if found.content == found.excerpt else _scalar(found.content)[:MAX_TEXT],
        published=found.published,
        language=language,
    )


def _scalar(text: str) -> str:
    """*text* as it was meant: UTF-8 that was taken for Latin-1 and encoded again is mended.

    Lone surrogates go: nothing after us could write them.
    """
    if _ENCODED_TWICE.search(text):
        with suppress(UnicodeError):
            text = text.encode("latin-1").decode("utf-8")
    return text.encode("utf-8", "replace").decode("utf-8").strip()
