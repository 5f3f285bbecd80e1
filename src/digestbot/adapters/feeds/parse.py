"""Bytes of a feed in, records out: RSS, Atom and JSON Feed, told apart by content.

:func:`quick` is the road for a stranger's bytes: linear in their length. What
it leaves as ``Doubtful`` is for the forgiving parser, which may take its time
or all memory, and so belongs in a child process that can be killed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digestbot.adapters.feeds import fast, forgiving, jsonfeed
from digestbot.adapters.feeds.encoding import to_text
from digestbot.adapters.feeds.parsed import ParsedFeed
from digestbot.errors import FetchError

__all__ = ["NO_FEED", "Doubtful", "ParsedFeed", "parse", "quick"]

NO_FEED = "not a feed: no RSS, Atom or JSON Feed in it"
"""What is said where the forgiving parser finds nothing, either."""

_BEGINNING = 2_000
"""Characters that are looked at to say what a body is, if it is no feed."""

_WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*+>|<!--.*?-->|\s++)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_A_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A document that only the forgiving parser can read; ``text`` is what it is to be given."""

    text: str


def parse(body: bytes, *, url: str, charset: str = "") -> ParsedFeed:
    """Return the feed that *body* holds, all in this process; see :func:`quick`.

    The fast parser is used where nothing speaks against it, the forgiving one
    for the rest, so that nothing is lost which that one finds.
    """
    found = quick(body, url=url, charset=charset)
    feed = forgiving.read(found.text, url=url) if isinstance(found, Doubtful) else found
    if feed is None:
        raise FetchError(url, NO_FEED)
    return feed


def quick(body: bytes, *, url: str, charset: str = "") -> ParsedFeed | Doubtful:
    """Return the feed, or what is left for the forgiving parser.

    Raises ``FetchError`` where there is no feed. *charset* is what the server
    said; *url* is where relative links begin.
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
    return fast.read(text, url=url) or Doubtful(text=text)
