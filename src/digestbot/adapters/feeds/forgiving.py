"""The forgiving road: feedparser, the authority on odd feeds, some thirty times slower.

Its time and memory have no bound that anybody knows: :func:`answer` is made to
be called in a child process (:mod:`digestbot.adapters.worker`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from digestbot.adapters.feeds.dates import read_date
from digestbot.adapters.feeds.parsed import (
    Found,
    ParsedFeed,
    absolute,
    is_chinese,
    parsed_feed,
    to_answer,
)

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'

_BARE_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)", re.DOTALL | re.IGNORECASE
)
"""One that begins no entity (the parser would make ``R&D;`` of ``R&D``), or a section to skip."""

_DATES = ("published", "updated", "created")
"""In this order: when it came out, when it was last touched, when it was made."""


def answer(text: str, url: str) -> dict[str, Any]:
    """Return what :func:`read` gives as JSON can carry it; ``parsed.from_answer`` reads it."""
    return to_answer(read(text, url=url))


def read(text: str, *, url: str) -> ParsedFeed | None:
    """Return the feed, or None where there is no feed in *text*.

    The parser is given a stream of bytes and nothing else: bytes or text
    that happen to name a file would be opened. It is not told the address,
    so that relative links stay so and are resolved as on the fast road.
    """
    import feedparser  # 0.1 s, and most runs do without

    headers = {"content-type": "application/xml; charset=utf-8"}
    text = _BARE_AMPERSAND.sub(_escaped, without_comments(text))
    body = (_DECLARATION + text).encode("utf-8", "replace")
    try:
        result = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:  # says nothing of the feed
        raise
    except Exception:  # noqa: BLE001 - it has many ways to fail on garbage; each means: no feed
        return None
    if not (result.get("version") or result["entries"]):
        return None
    return _feed(result["feed"], result["entries"], url=url)


def without_comments(text: str) -> str:
    """*text* without comments: the parser's time is quadratic in ``<!--`` left open."""
    return "".join(_outside_comments(text))


def _outside_comments(text: str) -> Iterator[str]:
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            yield text[position:].replace("<!--", "")
            return
        yield text[position:start]
        position = end + 3
    yield text[position:]


def _escaped(found: re.Match[str]) -> str:
    return "&amp;" if found[0] == "&" else found[0]


def _feed(feed: dict[str, Any], entries: list[dict[str, Any]], *, url: str) -> ParsedFeed:
    title, language = _text(feed, "title"), _text(feed, "language")
    chinese = is_chinese(language, title)
    base = absolute(_text(feed, "link"), url) or url
    found = [_found(entry, base=base, chinese=chinese) for entry in entries]
    return parsed_feed(title, found, language=language)


def _found(entry: dict[str, Any], *, base: str, chinese: bool) -> Found:
    dates = (read_date(_text(entry, name), chinese=chinese) for name in _DATES)
    contents = (_text(content, "value") for content in entry.get("content") or ())
    link = _link(entry)
    return Found(
        guid=_text(entry, "id"),
        url=absolute(link, base) if link else "",
        title=_text(entry, "title"),
        excerpt=_text(entry, "summary"),
        content=max(contents, key=len, default=""),
        published=next((date for date in dates if date), None),
    )


def _link(entry: dict[str, Any]) -> str:
    """The address of the page: the record's link, or the first one that is an alternate.

    A guid counts as a link where it is one: not every ``isPermaLink`` is meant.
    """
    link = _text(entry, "link")
    if link and (link != _text(entry, "id") or link.startswith(("http://", "https://"))):
        return link
    links = dict.get(entry, "links") or ()
    return next((_text(each, "href") for each in links if each.get("rel") == "alternate"), "")


def _text(found: dict[str, Any], key: str) -> str:
    """A value as it stands, past the vendor's own fallbacks and their warnings."""
    value = dict.get(found, key)
    return value if isinstance(value, str) else ""
