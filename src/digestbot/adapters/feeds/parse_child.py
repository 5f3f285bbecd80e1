"""What a child process does with the bytes of a feed: parse them, give back what is wanted.

It imports little: each child pays for it before its first feed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from digestbot.adapters.feeds.parse import parse
from digestbot.adapters.feeds.parsed import to_answer
from digestbot.errors import FetchError


def answer(body: bytes, *, url: str, charset: str, since: str) -> dict[str, Any]:
    """Return what :func:`digestbot.adapters.feeds.parse_apart.parse_apart` reads."""
    try:
        feed = parse(body, url=url, charset=charset, since=datetime.fromisoformat(since))
    except FetchError as error:
        return {"reason": error.reason}
    return to_answer(feed)
