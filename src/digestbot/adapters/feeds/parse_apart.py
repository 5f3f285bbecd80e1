"""Feeds are parsed apart, in child processes, and only what is wanted of them comes back."""

from __future__ import annotations

from datetime import datetime

from digestbot.adapters.feeds.parsed import ParsedFeed, from_answer
from digestbot.adapters.workers import Workers
from digestbot.errors import FetchError

CHILD = "digestbot.adapters.feeds.parse_child"
"""The module that a child process runs."""


async def parse_apart(
    workers: Workers, body: bytes, *, url: str, charset: str, since: datetime
) -> ParsedFeed:
    """Return the feed in *body* with its records later than *since*, and those without a date.

    Of the older ones it has the marks.

    Raises ``FetchError`` where there is no feed, ``WorkerError`` where it
    takes too much time or memory.
    """
    answer = await workers.run(CHILD, body, url=url, charset=charset, since=since.isoformat())
    if "reason" in answer:
        raise FetchError(url, answer["reason"])
    feed = from_answer(answer)
    assert feed is not None
    return feed
