"""Bytes of a feed in, records out: RSS, Atom and JSON Feed, told apart by content."""

from __future__ import annotations

import re

from digestbot.adapters.feeds import fast, forgiving, jsonfeed
from digestbot.adapters.feeds.encoding import to_text
from digestbot.adapters.feeds.parsed import ParsedFeed
from digestbot.errors import FetchError

__all__ = ["ParsedFeed", "parse"]

_BEGINNING = 2_000
"""Characters that are looked at to say what a body is, if it is no feed."""

_WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*+>|<!--.*?-->|\s++)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_A_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)


def parse(body: bytes, *, url: str, charset: str = "") -> ParsedFeed:
    """Return the feed that *body* holds; raises ``FetchError`` where there is none.

    *charset* is what the server said; *url* is where relative links begin.
    The fast parser is used where nothing speaks against it, the forgiving one
    for the rest, so that nothing is lost which that one finds.
    """
    if not body.strip():
        raise FetchError(url, "not a feed: the answer is empty")
    text = to_text(body, charset)
    if jsonfeed.is_json(text):
        return jsonfeed.read(text, url=url)
    if _WEB_PAGE.match(text[:_BEGINNING]) and not _A_FEED.search(text[:_BEGINNING]):
        raise FetchError(url, "not a feed but a web page")
    if "<" not in text:
        raise FetchError(url, "not a feed: no XML and no JSON")
    feed = fast.read(text, url=url) or forgiving.read(text, url=url)
    if feed is None:
        raise FetchError(url, "not a feed: no RSS, Atom or JSON Feed in it")
    return feed
