"""Find the feed of a site: the address itself, or one that its page leads to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digestbot.adapters.feeds.discover import Candidate, candidates
from digestbot.adapters.feeds.encoding import to_text
from digestbot.adapters.feeds.parsed import ParsedFeed
from digestbot.errors import FetchError
from digestbot.model import Feed
from digestbot.text.html import plain_line
from digestbot.text.redaction import redacted

SHOWN = 3
"""How many places an error names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """What one address holds."""

    body: bytes
    url: str
    charset: str = ""


Visit = Callable[[str], Visited]
"""Gets one address under all our limits; raises ``FetchError``."""

Parse = Callable[[Visited], ParsedFeed]
"""Parses what a stranger gave, where it cannot hurt; raises ``FetchError`` for what is no feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The feed of a site, and the others that it has."""

    feed: Feed
    others: tuple[Feed, ...] = ()


def find_feed(address: str, *, visit: Visit, parse: Parse) -> Found:
    """Return the feed at *address*, or the best that the site there leads to.

    Every feed given was read and parsed. An address without a scheme is
    taken for https. Raises ``FetchError`` that says what was tried.
    """
    url = address if "://" in address else f"https://{address}"
    visited = visit(url)
    if feed := _feed(visited, parse):
        return Found(feed=Feed(url=url, name=_name(feed)))
    found = candidates(to_text(visited.body, visited.charset), url=visited.url)
    feeds: list[Feed] = []
    for candidate in found:
        if not feeds or candidate.declared:
            feeds += _tried(candidate, visit, parse)
    if not feeds:
        raise FetchError(redacted(url), _nothing_found(found))
    return Found(feed=feeds[0], others=tuple(feeds[1:]))


def _tried(candidate: Candidate, visit: Visit, parse: Parse) -> list[Feed]:
    try:
        feed = _feed(visit(candidate.url), parse)
    except FetchError:
        return []
    return [Feed(url=candidate.url, name=_name(feed) or candidate.title)] if feed else []


def _feed(visited: Visited, parse: Parse) -> ParsedFeed | None:
    try:
        return parse(visited)
    except FetchError:
        return None


def _name(feed: ParsedFeed) -> str:
    return plain_line(feed.title)


def _nothing_found(tried: Sequence[Candidate]) -> str:
    places = ", ".join(redacted(each.url) for each in tried[:SHOWN])
    more = f" and {len(tried) - SHOWN} more places" if len(tried) > SHOWN else ""
    return f"no feed there: tried the page itself, {places}{more}; give the feed's own address"
