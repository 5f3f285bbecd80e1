"""JSON Feed 1.0 and 1.1, by its specification (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digestbot.adapters.feeds.dates import read_date
from digestbot.adapters.feeds.parsed import (
    ParsedFeed,
    absolute,
    is_address,
    is_chinese,
    mended,
    parsed_feed,
    printable,
    record_of,
)
from digestbot.errors import FetchError
from digestbot.model import Record

_DATES = ("date_published", "date_modified")

MAX_VALUES = 200_000
"""Lists and objects of one document: 40,000 items have as many."""

_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a feed says of all its items."""

    base: str
    language: str
    chinese: bool


def is_json(text: str) -> bool:
    """Whether *text* begins as JSON does, and no XML can."""
    return text.lstrip()[:1] in {"{", "["}


def read(text: str, *, url: str) -> ParsedFeed:
    """Return the feed; raises ``FetchError`` where the text is no JSON Feed.

    An item without a title gives a record without one; ``content_text`` is
    escaped, so that what it says survives as text.
    """
    feed = _loaded(text, url)
    items = feed.get("items")
    if "jsonfeed.org" not in _text(feed, "version") or not isinstance(items, list):
        raise FetchError(url, "not a feed: JSON, but no JSON Feed")
    title, language = _text(feed, "title"), _text(feed, "language")
    base = absolute(_text(feed, "home_page_url"), url) or url
    about = _About(base=base, language=language, chinese=is_chinese(language, title))
    records = [_record(item, about) for item in items if isinstance(item, dict)]
    return parsed_feed(title.translate(_SPECIAL), records)


def _loaded(text: str, url: str) -> Mapping[str, Any]:
    if text.count("{") + text.count("[") > MAX_VALUES:
        raise FetchError(url, f"cannot be parsed: more than {MAX_VALUES:,} values")
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchError(url, "not a feed: broken JSON") from error
    return feed if isinstance(feed, dict) else {}


def _record(item: Mapping[str, Any], about: _About) -> Record:
    plain = _text(item, "content_text").translate(_SPECIAL)
    dates = (read_date(_text(item, name), chinese=about.chinese) for name in _DATES)
    return record_of(
        guid=_identity(item),
        url=_address(item, about.base),
        title=_text(item, "title").translate(_SPECIAL),
        excerpt=_text(item, "summary").translate(_SPECIAL),
        content=_text(item, "content_html") or plain,
        published=next((date for date in dates if date), None),
        language=_text(item, "language") or about.language,
    )


def _address(item: Mapping[str, Any], base: str) -> str:
    """The item's own page, or the one elsewhere that it is about, or an id that is an address."""
    for name in ("url", "external_url"):
        if address := absolute(_text(item, name), base if _text(item, name) else ""):
            return address
    identity = _identity(item)
    return identity if is_address(identity) else ""


def _identity(item: Mapping[str, Any]) -> str:
    """The id; the specification asks readers to take numbers, too."""
    value = item.get("id")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return _text(item, "id")


def _text(found: Mapping[str, Any], key: str) -> str:
    value = found.get(key)
    return mended(printable(value)).strip() if isinstance(value, str) else ""
