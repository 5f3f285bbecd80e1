"""One conditional GET: every hop checked, every limit held, every failure in words."""

from __future__ import annotations

import asyncio
import os
import ssl
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from digestbot.adapters.feeds.guard import Visit, current_visit
from digestbot.errors import FeedUnreachableError, FetchError
from digestbot.model import FeedState

MAX_REDIRECTS = 5

MAX_VALIDATOR = 1_000
"""Characters of an ETag that are kept; longer ones are no validators."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})

CHUNK = 64 * 1024
"""Bytes read at a time, so that a bomb is noticed while it swells."""

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one feed may cost: seconds in all, bytes after decompression."""

    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server, or the disk, gave."""

    body: bytes
    url: str = ""
    """Where the body came from, after redirects; empty for a file."""
    status: int = HTTPStatus.OK
    charset: str = ""
    etag: str = ""
    last_modified: str = ""


async def get(
    session: aiohttp.ClientSession, url: str, *, state: FeedState | None, limits: Limits
) -> Answer:
    """Return the answer of *url*; raises ``FetchError`` with a reason that a person understands.

    No reason holds the address: it may hold a password or a token.
    """
    try:
        async with asyncio.timeout(limits.seconds):
            return await _followed(session, url, _validators(state), limits)
    except TimeoutError as error:
        raise FeedUnreachableError(url, f"no answer within {limits.seconds:g} s") from error
    except FetchError:
        raise
    except Exception as error:
        raise _in_words(url, error) from error


def _validators(state: FeedState | None) -> dict[str, str]:
    headers = {"Accept": ACCEPT}
    if state and state.etag:
        headers["If-None-Match"] = state.etag
    if state and state.last_modified:
        headers["If-Modified-Since"] = state.last_modified
    return headers


async def _followed(
    session: aiohttp.ClientSession, url: str, headers: dict[str, str], limits: Limits
) -> Answer:
    """Follow redirects by hand: what each may lead to is decided here."""
    target = _checked(URL(url), url)
    for _ in range(MAX_REDIRECTS + 1):
        current_visit.set(Visit(host=target.host or "", port=target.port))
        async with session.get(target, headers=headers, allow_redirects=False) as response:
            if response.status not in REDIRECTS:
                return await _answer(response, url, conditional=len(headers) > 1, limits=limits)
            target = _next(target, response.headers.get("Location", ""), url)
    raise FetchError(url, f"more than {MAX_REDIRECTS} redirects")


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
    response: aiohttp.ClientResponse, url: str, *, conditional: bool, limits: Limits
) -> Answer:
    unchanged = response.status == HTTPStatus.NOT_MODIFIED and conditional
    if response.status != HTTPStatus.OK and not unchanged:
        raise _refusal(url, response.status)
    body = b"" if unchanged else await _body(response, url, limits.bytes)
    return Answer(
        body=body,
        url=str(response.url.with_user(None)),
        status=response.status,
        charset=response.charset or "",
        etag=_validator(response, "ETag"),
        last_modified=_validator(response, "Last-Modified"),
    )


def _refusal(url: str, status: int) -> FetchError:
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else ""
    kind = FeedUnreachableError if status >= 500 or status == 429 else FetchError
    return kind(url, f"the server answered {status} {phrase}".rstrip())


async def _body(response: aiohttp.ClientResponse, url: str, limit: int) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK):
        body += chunk
        if len(body) > limit:
            raise FetchError(url, f"larger than {limit >> 20} MiB")
    return bytes(body)


def _validator(response: aiohttp.ClientResponse, name: str) -> str:
    """A header exactly as sent, or "" where it could not be sent back."""
    value = response.headers.get(name, "")
    return value if len(value) <= MAX_VALIDATOR and value.isprintable() else ""


def _in_words(url: str, error: Exception) -> FetchError:
    visit = current_visit.get(None)
    if visit and visit.refused:
        return FetchError(url, visit.reason)
    match error:
        case aiohttp.ClientConnectorDNSError():
            return FeedUnreachableError(url, "the host name is not known")
        case aiohttp.ClientConnectorCertificateError():
            return FetchError(url, "no secure connection: the certificate is not valid")
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return FeedUnreachableError(url, "no secure connection can be made")
        case aiohttp.ClientConnectorError():
            return FeedUnreachableError(url, f"cannot connect: {_why(error)}")
        case aiohttp.InvalidURL() | ValueError():
            return FetchError(url, "not a valid address")
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | OSError():
            return FeedUnreachableError(url, "the connection broke off")
        case _:
            return FetchError(url, f"the answer cannot be understood ({type(error).__name__})")


def _why(error: aiohttp.ClientConnectorError) -> str:
    """The operating system's words, or ours where several addresses failed in several ways."""
    code = error.os_error.errno
    return os.strerror(code).lower() if code else "no address answers"
