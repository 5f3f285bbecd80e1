"""What a child process gives back of a feed, and what its parent makes of that."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from digestbot.adapters.feeds import parse_child
from digestbot.adapters.feeds.parse_apart import parse_apart
from digestbot.adapters.workers import Workers
from digestbot.errors import FetchError
from digestbot.text.fingerprint import fingerprint

SINCE = datetime(2026, 6, 1, tzinfo=UTC)


def item(name: str, date: str) -> str:
    link = f"<link>https://n.test/{name}</link>"
    return f"<item><title>{name}</title>{link}<pubDate>{date}</pubDate></item>"


PLAIN = (
    "<rss><channel><title>F</title><ttl>90</ttl>"
    + item("new", "Mon, 01 Jun 2026 09:00:00 GMT")
    + item("old", "Sun, 31 May 2026 09:00:00 GMT")
    + item("undated", "")
    + "</channel></rss>"
)
ODD = PLAIN.replace("<title>F</title>", "<title>F & G</title>")


@pytest.mark.parametrize("document", [PLAIN, ODD], ids=["plain", "not well formed"])
def test_new_and_undated_records_come_back_and_of_the_old_their_marks(document: str) -> None:
    async def parsed() -> object:
        async with Workers(1) as workers:
            return await parse_apart(
                workers, document.encode(), url="https://n.test/feed", charset="", since=SINCE
            )

    apart = asyncio.run(parsed())
    here = parse_child.answer(
        document.encode(), url="https://n.test/feed", charset="", since=SINCE.isoformat()
    )

    assert [record["title"] for record in here["records"]] == ["new", "undated"]
    assert [record.title for record in apart.records] == ["new", "undated"]  # type: ignore[attr-defined]
    assert apart.rest.total_seconds() == here["rest"] == 90 * 60  # type: ignore[attr-defined]
    (mark,) = apart.older  # type: ignore[attr-defined]
    assert mark in {fingerprint(guid, "https://n.test/old") for guid in ("", "https://n.test/old")}


def test_what_is_no_feed_comes_back_as_a_reason() -> None:
    async def parsed() -> None:
        async with Workers(1) as workers:
            await parse_apart(workers, b"no feed", url="https://n.test", charset="", since=SINCE)

    with pytest.raises(FetchError, match="not a feed"):
        asyncio.run(parsed())
    answer = parse_child.answer(b"", url="https://n.test", charset="", since=SINCE.isoformat())
    assert answer == {"reason": "not a feed: the answer is empty"}
