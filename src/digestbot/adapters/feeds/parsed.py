"""What a parser of ours gives, and the limits that keep it small."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from digestbot.model import Record

MAX_RECORDS = 5_000
"""Records of one feed; the longest real one has 3,000."""

MAX_TITLE = 2_000
MAX_ADDRESS = 4_096
MAX_TEXT = 500_000
"""Characters of one field: more is no title, no address and no article."""

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
        records=tuple(_record(each, language[:35]) for each in found[:MAX_RECORDS]),
    )


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
