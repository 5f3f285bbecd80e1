"""Visits feeds over HTTP and on disk: many at a time, none trusted, every failure a value."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

import aiohttp

from digestbot.adapters.feeds.guard import Guard
from digestbot.adapters.feeds.http import Answer, Limits, get
from digestbot.adapters.feeds.own_loop import in_own_loop
from digestbot.adapters.feeds.parse import parse
from digestbot.errors import FetchError
from digestbot.model import Feed, FeedState, Fetched, FetchStatus

USER_AGENT = "Mozilla/5.0 (compatible; digestbot; feed reader)"
"""Honest, in the form that servers expect of robots."""

MAX_BODY = 15 * 1024 * 1024
"""Bytes of one feed after decompression; the largest real feeds have half."""

MAX_HEADER = 64 * 1024
"""Bytes of one header line; some sites send policies of 20 kB."""

PARSERS = 2
"""Threads for parsing: enough to keep the wire busy, few enough to share two cores."""


class AiohttpFetcher:
    """Fetches feeds with aiohttp; a feed whose address is a path is read from disk.

    Works while an event loop runs in the calling thread: its own loop lives
    in a thread of its own for as long as a call of :meth:`fetch` lasts.
    """

    def __init__(
        self,
        *,
        timeout: float = 20,
        concurrency: int = 64,
        per_host: int = 4,
        allow_private: Collection[str] = (),
        user_agent: str = USER_AGENT,
    ) -> None:
        self._limits = Limits(seconds=timeout, bytes=MAX_BODY)
        self._concurrency = concurrency
        self._per_host = per_host
        self._guard = Guard(allow_private)
        self._user_agent = user_agent

    def fetch(self, feeds: Sequence[Feed], *, states: Mapping[str, FeedState]) -> list[Fetched]:
        """Return one answer a feed, in the order given; never raises for a feed's sake.

        A feed's state, where there is one, makes the request conditional: an
        answer of 304, or a body equal to the last one, is ``UNCHANGED`` and
        not parsed.
        """
        return in_own_loop(self._fetch(feeds, states)) if feeds else []

    async def _fetch(self, feeds: Sequence[Feed], states: Mapping[str, FeedState]) -> list[Fetched]:
        connector = aiohttp.TCPConnector(limit=0, socket_factory=self._guard.open_socket)
        with ThreadPoolExecutor(PARSERS, thread_name_prefix="parse") as parsers:
            async with aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent},
                max_line_size=MAX_HEADER,
                max_field_size=MAX_HEADER,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
                trust_env=False,
            ) as session:
                queue = Queue(self._concurrency, self._per_host)
                visits = (
                    self._visit(feed, states.get(feed.url), session, queue, parsers)
                    for feed in feeds
                )
                return list(await asyncio.gather(*visits))

    async def _visit(
        self,
        feed: Feed,
        state: FeedState | None,
        session: aiohttp.ClientSession,
        queue: Queue,
        parsers: Executor,
    ) -> Fetched:
        loop = asyncio.get_running_loop()
        async with queue.everyone, queue.host(feed.url):
            started = time.perf_counter()
            try:
                if Path(feed.url).is_absolute():
                    answer = await loop.run_in_executor(parsers, _read, feed.url)
                else:
                    answer = await get(session, feed.url, state=state, limits=self._limits)
            except FetchError as error:
                return _failed(feed, error.reason, started)
        return await loop.run_in_executor(parsers, _fetched, feed, state, answer, started)


class Queue:
    """Places at the wire: so many for everyone, so many for each host."""

    def __init__(self, everyone: int, per_host: int) -> None:
        self.everyone = asyncio.Semaphore(everyone)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(per_host)
        )

    def host(self, url: str) -> asyncio.Semaphore:
        return self._hosts[url.split("://", 1)[-1].split("/", 1)[0].lower()]


def _read(path: str) -> Answer:
    """The bytes of a local feed; raises ``FetchError`` where they cannot be read."""
    try:
        with Path(path).open("rb") as file:
            body = file.read(MAX_BODY + 1)
    except OSError as error:
        raise FetchError(path, f"cannot read the file: {error.strerror}") from error
    if len(body) > MAX_BODY:
        raise FetchError(path, f"larger than {MAX_BODY >> 20} MiB")
    return Answer(body=body)


def _fetched(feed: Feed, state: FeedState | None, answer: Answer, started: float) -> Fetched:
    """What the answer holds. Runs off the event loop: parsing takes its time."""
    body_hash = sha256(answer.body).hexdigest()
    unchanged = answer.status == HTTPStatus.NOT_MODIFIED
    if state and (unchanged or body_hash == state.body_hash):
        return _unchanged(feed, state, answer, started)
    try:
        url = answer.url or Path(feed.url).as_uri()
        parsed = parse(answer.body, url=url, charset=answer.charset)
    except FetchError as error:
        return _failed(feed, error.reason, started)
    return Fetched(
        feed=feed,
        status=FetchStatus.FETCHED,
        title=parsed.title,
        records=parsed.records,
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=body_hash,
        seconds=time.perf_counter() - started,
    )


def _unchanged(feed: Feed, state: FeedState, answer: Answer, started: float) -> Fetched:
    return Fetched(
        feed=feed,
        status=FetchStatus.UNCHANGED,
        title=state.title,
        etag=answer.etag or state.etag,
        last_modified=answer.last_modified or state.last_modified,
        body_hash=state.body_hash,
        seconds=time.perf_counter() - started,
    )


def _failed(feed: Feed, reason: str, started: float) -> Fetched:
    return Fetched(
        feed=feed,
        status=FetchStatus.FAILED,
        reason=reason,
        seconds=time.perf_counter() - started,
    )
