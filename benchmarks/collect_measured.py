"""What ``collect.py`` times: each in a fresh process, its imports made before the clock starts.

The task comes in as JSON, and the answer goes out as JSON; the name of what is
measured is the argument.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

AT_ONCE = 64
"""Requests in flight: the bare loop's as our default."""

LOOPBACK = ("127.0.0.0/8",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is to be visited, and where its state belongs."""

    urls: list[str]
    folder: str
    now: str
    timeout: float = 60.0
    validators: bool = False
    """Whether the bare loop sends those that a visit of ours left in *folder*."""
    workers: int = 1


Measured = dict[str, Any]


def ours(task: Task) -> Measured:
    """Collect the feeds as a run does: the real fetcher, stage and store."""
    import fastfeedparser  # noqa: F401 - loaded before the clock starts
    import feedparser  # noqa: F401

    from digestbot.adapters.feeds.fetch import AiohttpFetcher
    from digestbot.adapters.store import SqlStore
    from digestbot.model import Feed
    from digestbot.stages.collect import collect

    now = datetime.fromisoformat(task.now)
    feeds = [Feed(url=url) for url in task.urls]
    edition = _edition(now)
    imported = _peak()
    begin = time.perf_counter()
    fetcher = AiohttpFetcher(timeout=task.timeout, allow_private=LOOPBACK, env={})
    with SqlStore.open(Path(task.folder)) as store:
        collected = collect(feeds, edition=edition, fetcher=fetcher, store=store, now=now)
    seconds = time.perf_counter() - begin
    return {
        "seconds": seconds,
        "statuses": Counter(str(feed.status) for feed in collected.feeds),
        "reasons": sorted({feed.reason for feed in collected.feeds if feed.reason})[:3],
        "seen": sum(feed.seen for feed in collected.feeds),
        "entries": len(collected.entries),
        "kept": _count(f"{task.folder}/state.db"),
        "imported": imported,
    }


def bare(task: Task) -> Measured:
    """A loop of bare GETs, then a bare pass of the parser over what came."""
    import aiohttp
    import fastfeedparser

    headers = _validators(task.folder) if task.validators else {}

    async def loop() -> list[bytes]:
        bodies = []
        urls = iter(task.urls)

        async def some(session: aiohttp.ClientSession) -> None:
            for url in urls:
                async with session.get(url, headers=headers.get(url)) as response:
                    assert response.status == (304 if task.validators else 200)
                    bodies.append(await response.read())

        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(some(session) for _ in range(AT_ONCE)))
        return bodies

    begin = time.perf_counter()
    bodies = asyncio.run(loop())
    between = time.perf_counter()
    for body in filter(None, bodies):
        fastfeedparser.parse(body)
    end = time.perf_counter()
    return {"seconds": end - begin, "get": between - begin, "parse": end - between}


def theirs(task: Task) -> Measured:
    """The same feeds updated by lemon24/reader: no plugins, no search, its threads."""
    import feedparser  # noqa: F401 - loaded before the clock starts
    import requests  # noqa: F401
    from reader import make_reader
    from reader._parser import feedparser as _adapter  # noqa: F401
    from reader._parser import http as _http  # noqa: F401

    file = f"{task.folder}/reader.sqlite"
    with closing(make_reader(file, plugins=(), search_enabled=False)) as reader:
        for url in task.urls:
            reader.add_feed(url)
        begin = time.perf_counter()
        reader.update_feeds(workers=task.workers)
        seconds = time.perf_counter() - begin
    return {"seconds": seconds, "kept": _count(file)}


def _edition(now: datetime) -> Any:
    from digestbot.model import Edition

    return Edition(
        name="daily",
        date=now.date(),
        since=now - timedelta(days=1),
        until=now,
        timezone="UTC",
        language="en",
    )


def _validators(folder: str) -> dict[str, dict[str, str]]:
    with closing(sqlite3.connect(f"{folder}/state.db")) as connection:
        rows = connection.execute("SELECT url, etag, last_modified FROM feeds").fetchall()
    return {url: {"If-None-Match": etag, "If-Modified-Since": date} for url, etag, date in rows}


def _count(file: str) -> int:
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("SELECT count(*) FROM entries").fetchone()[0])


def _peak() -> float:
    """Megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu(who: int) -> float:
    """Seconds."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


MEASURED: dict[str, Callable[[Task], Measured]] = {"ours": ours, "bare": bare, "theirs": theirs}


def main(name: str, task: str) -> None:
    """Measure *name*, and print what was measured as JSON."""
    measured = MEASURED[name](Task(**json.loads(task)))
    costs = {"mb": _peak(), "cpu": _cpu(resource.RUSAGE_SELF) + _cpu(resource.RUSAGE_CHILDREN)}
    print(json.dumps(measured | costs))


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.read())
