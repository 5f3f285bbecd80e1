"""Feeds are parsed apart, in child processes, and only what is wanted of them comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digestbot.adapters.feeds.parsed import ParsedFeed, from_answer
from digestbot.adapters.workers import Workers
from digestbot.errors import FetchError

CHILD = "digestbot.adapters.feeds.parse_child"
"""The module that a child process runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A feed without its old records: ``older`` holds their marks, ``seen`` counts them all."""

    feed: ParsedFeed
    seen: int
    older: bytes


async def parse_apart(
    workers: Workers, body: bytes, *, url: str, charset: str, since: datetime
) -> Parsed:
    """Return the feed in *body* with its records later than *since*, and those without a date.

    Raises ``FetchError`` where there is no feed, ``WorkerError`` where it
    takes too much time or memory.
    """
    answer = await workers.run(CHILD, body, url=url, charset=charset, since=since.isoformat())
    if "reason" in answer:
        raise FetchError(url, answer["reason"])
    feed = from_answer(answer["feed"])
    assert feed is not None
    return Parsed(feed=feed, seen=answer["seen"], older=bytes.fromhex(answer["older"]))
