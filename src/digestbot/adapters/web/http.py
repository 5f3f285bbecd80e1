"""One conditional GET: every hop checked, every limit held, every failure in words."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from digestbot.adapters.web.failures import in_words, refusal
from digestbot.adapters.web.freshness import freshness, retry_after
from digestbot.adapters.web.guard import Guard, Visit, current_visit
from digestbot.adapters.web.hosts import Hosts
from digestbot.errors import FeedUnreachableError, FetchError, HostSilentError

MAX_REDIRECTS = 5

MAX_VALIDATOR = 1_000
"""Characters of an ETag that are kept; longer ones are no validators."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})

CHUNK = 64 * 1024
"""Bytes read at a time, so that a bomb is noticed while it swells."""

PAUSE = 1.0
"""Seconds before the second try where a server was busy and did not say for how long."""

FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)
PAGES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
"""What is asked for, as ``Accept`` says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one visit may cost: seconds in all, bytes after decompression."""

    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked for, and as whom."""

    url: str
    accept: str = FEEDS
    etag: str = ""
    last_modified: str = ""
    private: Mapping[str, str] = field(default_factory=dict)
    """Headers for the host of *url* alone: no redirect takes them elsewhere."""
    verify_tls: bool = True
    check: Callable[[str], Awaitable[None]] | None = None
    """Asked before each redirect is followed; it raises where that must not be."""

    @property
    def is_conditional(self) -> bool:
        return bool(self.etag or self.last_modified)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server, or the disk, gave."""

    body: bytes
    url: str = ""
    """Where the body came from, after redirects; empty for a file."""
    status: int = HTTPStatus.OK
    charset: str = ""
    kind: str = ""
    """The media type that the server names, in lower case."""
    etag: str = ""
    last_modified: str = ""
    fresh_for: float = 0.0
    """Seconds for which the server asks not to be asked again."""
    moved_to: str = ""
    """Where the request's address moved for good, as far as its redirects say."""


class Client:
    """A session with its guard and its proxies: all that a GET needs besides the request."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        guard: Guard,
        proxy_for: Callable[[URL], URL | None],
        elsewhere: Hosts,
    ) -> None:
        self._session = session
        self._guard = guard
        self._proxy_for = proxy_for
        self._elsewhere = elsewhere
        """The hosts to which redirects lead: many feeds may lead to the same."""

    async def get(self, request: Request, *, limits: Limits) -> Answer:
        """Return the answer; raises ``FetchError`` with a reason that a person understands.

        A busy server is asked once more, after the pause that it wants, if
        that fits into the time. No reason holds the address: it may hold a
        password or a token.
        """
        deadline = asyncio.get_running_loop().time() + limits.seconds
        try:
            async with asyncio.timeout_at(deadline):
                try:
                    return await self._once(request, limits)
                except FeedUnreachableError as error:
                    await asyncio.sleep(_pause(error, deadline))
                return await self._once(request, limits)
        except TimeoutError as error:
            reason = f"no answer within {limits.seconds:g} s"
            raise HostSilentError(request.url, reason) from error

    async def _once(self, request: Request, limits: Limits) -> Answer:
        try:
            return await self._followed(request, limits)
        except (FetchError, TimeoutError):
            raise
        except Exception as error:
            raise in_words(request.url, error) from error

    async def _followed(self, request: Request, limits: Limits) -> Answer:
        """Follow redirects by hand: what each may lead to is decided here."""
        start = target = _checked(URL(request.url), request.url)
        moved_to, permanent = "", True
        for _ in range(MAX_REDIRECTS + 1):
            place = (
                nullcontext() if target.host == start.host else self._elsewhere.place(str(target))
            )
            async with place, self._sent(request, target, start=start) as response:
                if response.status not in REDIRECTS:
                    return await _answer(response, request, limits=limits, moved_to=moved_to)
                target = _next(target, response.headers.get("Location", ""), request.url)
                if request.check:
                    await request.check(str(target))
                permanent = permanent and response.status in PERMANENT
                moved_to = str(_bare(target)) if permanent else moved_to
        raise FetchError(request.url, f"more than {MAX_REDIRECTS} redirects")

    def _place(self, target: URL, start: URL) -> AbstractAsyncContextManager[None]:
        """A place where a redirect leads; at its own host the visit has one already."""
        return nullcontext() if target.host == start.host else self._elsewhere.place(str(target))

    def _sent(
        self, request: Request, target: URL, *, start: URL
    ) -> aiohttp.client._RequestContextManager:
        at_home = _is_home(target, start)
        headers = {"Accept": request.accept}
        if at_home:
            headers |= {**login_of(start), **request.private}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        return self._session.get(
            _bare(target),
            headers=headers,
            allow_redirects=False,
            ssl=request.verify_tls or not at_home,
            proxy=self._way(target),
        )

    def _way(self, target: URL) -> URL | None:
        """The proxy to *target*, if there is one; the guard is told who is visited."""
        proxy = self._proxy_for(target)
        if proxy is None:
            current_visit.set(Visit(host=target.host or "", port=target.port))
            return None
        visit = Visit(host=target.host or "", port=target.port)
        current_visit.set(visit)
        self._guard.check_unseen(visit)
        current_visit.set(Visit(host=proxy.host or "", port=proxy.port, through_proxy=True))
        return proxy


def _pause(error: FeedUnreachableError, deadline: float) -> float:
    """The seconds before the second try; raises *error* where that is no use."""
    pause = error.retry_after or PAUSE
    too_late = asyncio.get_running_loop().time() + pause >= deadline
    if too_late or isinstance(error, HostSilentError):
        raise error
    return pause


def _is_home(target: URL, start: URL) -> bool:
    """Whether *target* may be told what is meant for *start*: same host, and no less safe."""
    if target is start:
        return True
    if target.host != start.host:
        return False
    return target.origin() == start.origin() or (
        target.scheme == "https" and target.is_default_port() and start.is_default_port()
    )


def _bare(url: URL) -> URL:
    """*url* without a login: that goes into a header."""
    return url.with_user(None) if url.raw_user else url


def login_of(url: URL) -> dict[str, str]:
    """Return the header of a login that the address itself holds; none where it holds none."""
    return basic_login(f"{url.user}:{url.password or ''}") if url.user else {}


def basic_login(user_and_password: str) -> dict[str, str]:
    """Return the header of basic authentication for ``user:password`` (RFC 7617)."""
    return {"Authorization": f"Basic {b64encode(user_and_password.encode()).decode()}"}


def _next(target: URL, location: str, url: str) -> URL:
    if not location:
        raise FetchError(url, "redirected to nowhere")
    following = _checked(URL(urljoin(str(target), location)), url)
    if target.scheme == "https" and following.scheme == "http":
        raise FetchError(url, "redirected from https to http: refused")
    return following


def _checked(target: URL, url: str) -> URL:
    if target.scheme not in {"http", "https"}:
        raise FetchError(url, f"not an http(s) address ({target.scheme or 'no scheme'})")
    if not target.host:
        raise FetchError(url, "not a valid address")
    return target


async def _answer(
    response: aiohttp.ClientResponse, request: Request, *, limits: Limits, moved_to: str
) -> Answer:
    unchanged = response.status == HTTPStatus.NOT_MODIFIED and request.is_conditional
    if response.status != HTTPStatus.OK and not unchanged:
        pause = retry_after(response.headers, now=datetime.now(UTC))
        raise refusal(request.url, response.status, retry_after=pause)
    answer = Answer(
        body=b"",
        status=response.status,
        etag=_validator(response, "ETag"),
        last_modified=_validator(response, "Last-Modified"),
        fresh_for=freshness(response.headers, now=datetime.now(UTC)),
        moved_to=moved_to,
    )
    if unchanged:
        return answer
    return replace(
        answer,
        url=str(_bare(response.url)),
        body=await _body(response, request.url, limits.bytes),
        charset=response.charset or "",
        kind=response.content_type if "Content-Type" in response.headers else "",
    )


async def _body(response: aiohttp.ClientResponse, url: str, limit: int) -> bytes:
    too_large = FetchError(url, f"larger than {limit >> 20} MiB")
    if (response.content_length or 0) > limit:
        raise too_large
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > limit:
            raise too_large
    return bytes(body)


def _validator(response: aiohttp.ClientResponse, name: str) -> str:
    """A header exactly as sent, or "" where it could not be sent back."""
    value = response.headers.get(name, "")
    return value if len(value) <= MAX_VALIDATOR and value.isprintable() else ""
