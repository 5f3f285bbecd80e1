"""What a child process does with the bytes of a feed: parse them, give back what is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from digestbot.adapters.feeds.parse import parse
from digestbot.adapters.feeds.parsed import ParsedFeed, from_answer, to_answer
from digestbot.adapters.workers import Workers
from digestbot.errors import FetchError
from digestbot.model import Record
from digestbot.text.fingerprint import fingerprint, joined


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
    answer = await workers.run(__name__, body, url=url, charset=charset, since=since.isoformat())
    if "reason" in answer:
        raise FetchError(url, answer["reason"])
    feed = from_answer(answer["feed"])
    assert feed is not None
    return Parsed(feed=feed, seen=answer["seen"], older=bytes.fromhex(answer["older"]))


def answer(body: bytes, *, url: str, charset: str, since: str) -> dict[str, Any]:
    """Return what :func:`parse_apart` reads: the child's side of it."""
    try:
        feed = parse(body, url=url, charset=charset)
    except FetchError as error:
        return {"reason": error.reason}
    start = datetime.fromisoformat(since)
    fresh: list[Record] = []
    older: list[Record] = []
    for record in feed.records:
        is_old = record.published is not None and record.published <= start
        (older if is_old else fresh).append(record)
    return {
        "feed": to_answer(replace(feed, records=tuple(fresh))),
        "seen": len(feed.records),
        "older": joined(fingerprint(r.guid, r.url) for r in older).hex(),
    }
