"""What a child process does with the bytes of a feed: parse them, give back what is wanted.

It imports little: each child pays for it before its first feed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from digestbot.adapters.feeds.parse import parse
from digestbot.adapters.feeds.parsed import to_answer
from digestbot.errors import FetchError
from digestbot.model import Record
from digestbot.text.fingerprint import fingerprint, joined


def answer(body: bytes, *, url: str, charset: str, since: str) -> dict[str, Any]:
    """Return what :func:`digestbot.adapters.feeds.parse_apart.parse_apart` reads."""
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
