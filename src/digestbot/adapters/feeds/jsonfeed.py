"""JSON Feed 1.0 and 1.1, by its specification (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from digestbot.adapters.feeds.dates import read_date
from digestbot.adapters.feeds.parsed import (
    MAX_RECORDS,
    Found,
    ParsedFeed,
    absolute,
    is_chinese,
    parsed_feed,
)
from digestbot.errors import FetchError

_SPECIAL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


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
    chinese = is_chinese(language, title)
    base = absolute(_text(feed, "home_page_url"), url) or url
    found = [_found(item, base, chinese) for item in items[:MAX_RECORDS] if isinstance(item, dict)]
    return parsed_feed(title.translate(_SPECIAL), found, language=language)


def _loaded(text: str, url: str) -> Mapping[str, Any]:
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FetchError(url, "not a feed: broken JSON") from error
    return feed if isinstance(feed, dict) else {}


def _found(item: Mapping[str, Any], base: str, chinese: bool) -> Found:
    link = _text(item, "url")
    plain = _text(item, "content_text").translate(_SPECIAL)
    published = read_date(_text(item, "date_published"), chinese=chinese)
    identity = _text(item, "id")
    permalink = identity if identity.startswith(("http://", "https://")) else ""
    return Found(
        guid=identity,
        url=absolute(link, base) if link else permalink,
        title=_text(item, "title").translate(_SPECIAL),
        excerpt=_text(item, "summary").translate(_SPECIAL),
        content=_text(item, "content_html") or plain,
        published=published or read_date(_text(item, "date_modified"), chinese=chinese),
    )


def _text(found: Mapping[str, Any], key: str) -> str:
    """A value as text; the specification asks readers to take numbers as ids, too."""
    value = found.get(key)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
