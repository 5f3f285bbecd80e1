"""Visits feeds over HTTP and on disk: many at a time, none trusted, every failure a value."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from digestbot.adapters.feeds.parse_apart import CHILD, parse_apart
from digestbot.adapters.feeds.parsed import ParsedFeed
from digestbot.adapters.web.guard import Guard, GuardedResolver
from digestbot.adapters.web.hosts import Hosts, host_of, interleaved
from digestbot.adapters.web.http import Answer, Client, Limits, Request, basic_login, login_of
from digestbot.adapters.web.lookup import Lookup
from digestbot.adapters.web.own_loop import Give, own_loop, rare_collections
from digestbot.adapters.web.proxies import Proxies
from digestbot.adapters.workers import WorkerError, Workers
from digestbot.errors import FeedGoneError, FeedUnreachableError, FetchError, HostSilentError
from digestbot.model import Feed, FeedState, Fetched, FetchStatus, Page
from digestbot.text.fingerprint import joined

USER_AGENT = "digestbot (feed reader)"

EVER = datetime(1, 1, 1, tzinfo=UTC)
"""Before every record."""

MAX_BODY = 15 * 1024 * 1024
"""Bytes of one feed after decompression; the largest real feeds have half."""

MAX_HEADER = 32 * 1024
"""Bytes of one header line; some sites send policies of 20 kB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """What the visits of one call share."""

    client: Client
    hosts: Hosts
    workers: Workers
    states: Mapping[str, FeedState]
    since: datetime
    give: Give[Fetched]


class AiohttpFetcher:
    """Fetches feeds with aiohttp; a feed whose address is a path is read from disk.

    Works while an event loop runs in the calling thread: its own loop lives
    in a thread of its own for as long as a call lasts. *timeout* is what one
    feed may take, in seconds, from the first byte sent to the last received.
    *env* holds the secrets that feeds name, and the proxies.
    """

    def __init__(
        self,
        *,
        timeout: float = 20,
        concurrency: int = 64,
        per_host: int = 4,
        allow_private: Collection[str] = (),
        user_agent: str = USER_AGENT,
        env: Mapping[str, str] = os.environ,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._limits = Limits(seconds=timeout, bytes=MAX_BODY)
        self._concurrency = concurrency
        self._per_host = per_host
        self._guard = Guard(allow_private)
        self._user_agent = user_agent
        self._env = env
        self._proxies = Proxies(env)
        self._resolver = resolver

    def fetch(
        self,
        feeds: Sequence[Feed],
        *,
        states: Mapping[str, FeedState],
        since: datetime = EVER,
    ) -> Iterator[Fetched]:
        """Give one answer a feed, as they come in; never raises for a feed's sake.

        A feed's state, where there is one, makes the request conditional: an
        answer of 304, or a body equal to the last one, is ``UNCHANGED`` and
        not parsed. Records dated before *since* are counted, not given.
        """
        if feeds:
            with rare_collections(), own_loop() as loop:
                yield from loop.each(partial(self._visit_all, feeds, states, since))

    def read(self, urls: Sequence[str]) -> list[Page]:
        """Return one page for each address, in order; never raises for a page's sake.

        A page that its host's robots.txt closes is not asked for.
        """
        if not urls:
            return []
        with own_loop() as loop:
            return loop.run(self._read_all(urls))

    def visit(self, url: str) -> Answer:
        """Return what *url* holds, under the limits of a feed; raises ``FetchError``."""
        with own_loop() as loop:
            return loop.run(self._visit_one(url))

    def parse(self, body: bytes, *, url: str, charset: str = "") -> ParsedFeed:
        """Return the feed in *body*, parsed in a child process; raises ``FetchError``."""
        with own_loop() as loop:
            return loop.run(_parsed_alone(body, url=url, charset=charset))

    # --- the wire ---------------------------------------------------------------

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[Client]:
        resolver = GuardedResolver(self._guard, self._resolver or Lookup())
        connector = aiohttp.TCPConnector(
            limit=0, resolver=resolver, socket_factory=self._guard.open_socket
        )
        async with aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._user_agent},
            max_line_size=MAX_HEADER,
            max_field_size=MAX_HEADER,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=None),
            trust_env=False,
        ) as session:
            yield Client(
                session,
                guard=self._guard,
                proxy_for=self._proxies.proxy_for,
                elsewhere=Hosts(per_host=self._per_host, spacing=0.0),
            )

    async def _read_all(self, urls: Sequence[str]) -> list[Page]:
        from digestbot.adapters.pages.visit import PageVisitor  # most runs read none

        async with self._client() as client, Workers() as workers:
            hosts = Hosts(per_host=self._per_host)
            seconds = self._limits.seconds
            visitor = PageVisitor(client, hosts=hosts, workers=workers, seconds=seconds)
            return await visitor.read(urls)

    async def _visit_one(self, url: str) -> Answer:
        async with self._client() as client:
            return await client.get(Request(url=url), limits=self._limits)

    async def _visit_all(
        self,
        feeds: Sequence[Feed],
        states: Mapping[str, FeedState],
        since: datetime,
        give: Give[Fetched],
    ) -> None:
        turns = iter(interleaved(feeds))
        async with self._client() as client, Workers() as workers, asyncio.TaskGroup() as group:
            here = _Round(
                client=client,
                hosts=Hosts(per_host=self._per_host),
                workers=workers,
                states=states,
                since=since,
                give=give,
            )
            if any(feed.url not in states for feed in feeds):
                group.create_task(workers.warm_up(CHILD))
            for _ in range(min(self._concurrency, len(feeds))):
                group.create_task(self._visit_in_turn(turns, here))

    async def _visit_in_turn(self, turns: Iterator[Feed], here: _Round) -> None:
        for feed in turns:
            await here.give(await self._visit(feed, here.states.get(feed.url), here))

    async def _visit(self, feed: Feed, state: FeedState | None, here: _Round) -> Fetched:
        started = time.perf_counter()
        try:
            answer = await self._answer(feed, state, here)
            return await _fetched(feed, state, answer, here, started=started)
        except FeedGoneError as error:
            return _failed(feed, FetchStatus.RETIRED, error, started=started)
        except FetchError as error:
            return _failed(feed, FetchStatus.FAILED, error, started=started)
        except Exception as error:  # noqa: BLE001 - one feed never stops the others
            unknown = FetchError(feed.url, f"an error of ours: {type(error).__name__}")
            return _failed(feed, FetchStatus.FAILED, unknown, started=started)

    async def _answer(self, feed: Feed, state: FeedState | None, here: _Round) -> Answer:
        if Path(feed.url).is_absolute():
            return await asyncio.to_thread(_read_file, feed.url)
        request = self._request(feed, state)
        async with here.hosts.place(request.url):
            return await here.client.get(request, limits=self._limits)

    def _request(self, feed: Feed, state: FeedState | None) -> Request:
        url = (state.moved_to if state else "") or feed.url
        request = Request(
            url=url,
            etag=state.etag if state else "",
            last_modified=state.last_modified if state else "",
        )
        if host_of(url) != host_of(feed.url):
            return request  # what is meant for the old host is not told to the new one
        login = _login_in(feed.url)  # an address to which it moved has none
        if feed.login_env:
            login = basic_login(self._secret(f"${feed.login_env}", feed))
        headers = {name: self._secret(value, feed) for name, value in feed.headers}
        return replace(request, private=login | headers, verify_tls=feed.verify_tls)

    def _secret(self, value: str, feed: Feed) -> str:
        """*value*, or that of the environment variable which it names."""
        if not value.startswith("$"):
            return value
        found = self._env.get(value[1:], "").strip()
        if not found:
            raise FetchError(feed.url, f"the environment variable {value[1:]} is not set")
        return found


def _login_in(url: str) -> dict[str, str]:
    try:
        return login_of(URL(url)) if "@" in url else {}
    except ValueError:
        return {}  # no address: the visit will say so


def _read_file(path: str) -> Answer:
    """The bytes of a local feed; raises ``FetchError`` where they cannot be read."""
    try:
        with Path(path).open("rb") as file:
            body = file.read(MAX_BODY + 1)
    except OSError as error:
        raise FetchError(path, f"cannot read the file: {error.strerror}") from error
    if len(body) > MAX_BODY:
        raise FetchError(path, f"larger than {MAX_BODY >> 20} MiB")
    return Answer(body=body)


async def _fetched(
    feed: Feed, state: FeedState | None, answer: Answer, here: _Round, *, started: float
) -> Fetched:
    """What the answer holds."""
    if state and answer.status == HTTPStatus.NOT_MODIFIED:
        return _unchanged(feed, state, answer, started=started)
    body_hash = sha256(answer.body).hexdigest()
    if state and body_hash == state.body_hash:
        return _unchanged(feed, state, answer, started=started)
    parsed = await _parsed(feed, answer, here)
    return Fetched(
        feed=feed,
        status=FetchStatus.FETCHED,
        title=parsed.title,
        records=parsed.records,
        seen=len(parsed.records) + len(parsed.older) + parsed.left_out,
        left_out=parsed.left_out,
        older=joined(parsed.older),
        etag=answer.etag,
        last_modified=answer.last_modified,
        body_hash=body_hash,
        rest=max(parsed.rest, timedelta(seconds=answer.fresh_for)),
        quiet_hours=parsed.quiet_hours,
        moved_to=answer.moved_to,
        seconds=time.perf_counter() - started,
    )


async def _parsed_alone(body: bytes, *, url: str, charset: str) -> ParsedFeed:
    async with Workers(1) as workers:
        try:
            return await parse_apart(workers, body, url=url, charset=charset, since=EVER)
        except WorkerError as error:
            raise FetchError(url, f"not parsed: {error}") from error


async def _parsed(feed: Feed, answer: Answer, here: _Round) -> ParsedFeed:
    try:
        return await parse_apart(
            here.workers,
            answer.body,
            url=answer.url or Path(feed.url).as_uri(),
            charset=answer.charset,
            since=here.since,
        )
    except WorkerError as error:
        raise FetchError(feed.url, f"not parsed: {error}") from error
    except FetchError as error:
        raise FetchError(feed.url, error.reason + _detour(feed, answer)) from error


def _detour(feed: Feed, answer: Answer) -> str:
    """Where redirects led, without what may be secret: a login page is told by its address."""
    here, there = urlsplit(feed.url), urlsplit(answer.url)
    same = (here.hostname, here.path or "/") == (there.hostname, there.path or "/")
    return "" if same or not answer.url else f" (redirected to {there.hostname}{there.path[:100]})"


def _unchanged(feed: Feed, state: FeedState, answer: Answer, *, started: float) -> Fetched:
    return Fetched(
        feed=feed,
        status=FetchStatus.UNCHANGED,
        title=state.title,
        etag=answer.etag or state.etag,
        last_modified=answer.last_modified or state.last_modified,
        body_hash=state.body_hash,
        rest=timedelta(seconds=answer.fresh_for),
        moved_to=answer.moved_to,
        seconds=time.perf_counter() - started,
    )


def _failed(feed: Feed, status: FetchStatus, error: FetchError, *, started: float) -> Fetched:
    rest = error.retry_after if isinstance(error, FeedUnreachableError) else 0.0
    return Fetched(
        feed=feed,
        status=status,
        reason=error.reason,
        rest=timedelta(seconds=rest),
        silent=isinstance(error, HostSilentError),
        seconds=time.perf_counter() - started,
    )
