"""Bytes of a feed in, records out: RSS, Atom and JSON Feed, told apart by content.

:func:`quick` is the road for a stranger's bytes: linear in their length. What
it leaves as ``Doubtful`` is for the forgiving parser, which may take its time
or all memory, and so belongs in a child process that can be killed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from digestbot.adapters.feeds import fast, forgiving, jsonfeed
from digestbot.adapters.feeds.encoding import to_text
from digestbot.adapters.feeds.parsed import ParsedFeed, is_garbled, mended, without_old
from digestbot.adapters.feeds.shape import flaw_of
from digestbot.errors import FetchError
from digestbot.text.html import plain_line

__all__ = ["NO_FEED", "Doubtful", "ParsedFeed", "parse", "quick"]

NO_FEED = "not a feed: no RSS, Atom or JSON Feed in it"
"""What is said where the forgiving parser finds nothing, either."""

_BEGINNING = 2_000
"""Characters that are looked at to say what a body is, if it is no feed."""

MAX_PAGE_TITLE = 80
"""Characters of a page's title that a reason quotes."""

_WEB_PAGE = re.compile(
    r"(?:<\?xml[^>]*+>|<!--.*?-->|\s++)*+"
    r"<(?:!doctype\s+html|html|head|body|script|style|meta|div|center|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_A_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_PAGE_TITLE = re.compile(r"<title\b[^<>]*+>([^<]{0,2000})", re.IGNORECASE)
_TITLE_WITHIN = 100_000
"""Characters; some pages have their scripts before their title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubtful:
    """A document that only the forgiving parser can read; ``text`` is what it is to be given."""

    text: str


def parse(body: bytes, *, url: str, charset: str = "", since: datetime | None = None) -> ParsedFeed:
    """Return the feed that *body* holds, all in this process; see :func:`quick`.

    The fast parser is used where nothing speaks against it, the forgiving one
    for the rest, so that nothing is lost which that one finds.
    """
    found = quick(body, url=url, charset=charset, since=since)
    feed = forgiving.read(found.text, url=url) if isinstance(found, Doubtful) else found
    if feed is None:
        raise FetchError(url, NO_FEED)
    return without_old(feed, since) if since else feed


def quick(
    body: bytes, *, url: str, charset: str = "", since: datetime | None = None
) -> ParsedFeed | Doubtful:
    """Return the feed, or what is left for the forgiving parser.

    Raises ``FetchError`` where there is no feed. *charset* is what the server
    said; *url* is where relative links begin. With *since*, records dated
    then or before may be missing; their marks are there.
    """
    if not body.strip():
        raise FetchError(url, "not a feed: the answer is empty")
    text = to_text(body, charset)
    if jsonfeed.is_json(text):
        return jsonfeed.read(text, url=url)
    if _WEB_PAGE.match(text[:_BEGINNING]) and not _A_FEED.search(text[:_BEGINNING]):
        raise FetchError(url, f"not a feed but a web page{_page_title(text)}")
    if "<" not in text:
        raise FetchError(url, "not a feed: no XML and no JSON")
    tidy = mended if is_garbled(body) else None
    if feed := fast.read(text, url=url, tidy=tidy, since=since):
        return feed
    _check_shape(text, url)
    return Doubtful(text=text)


def _check_shape(text: str, url: str) -> None:
    if flaw := flaw_of(text):
        raise FetchError(url, f"cannot be parsed: {flaw}")


def _page_title(text: str) -> str:
    """What a page calls itself: "Log in" says more than the status that was 200."""
    found = _PAGE_TITLE.search(text, 0, _TITLE_WITHIN)
    title = plain_line(found[1]) if found else ""
    if len(title) > MAX_PAGE_TITLE:
        title = title[: MAX_PAGE_TITLE - 1].rstrip() + "…"
    return f" (“{title}”)" if title else ""
