"""Real feeds on loopback, each on a host of its own, of which some misbehave as they are told.

with serving({"a.xml": body, ...}) as server:
    server.ways = {"a.xml": hangs}   # from now on; the others answer as they should
    ...                              # a client visits server.url("a.xml")

A way is a coroutine that is given one exchange after its request was read.
"""

from __future__ import annotations

import asyncio
import gzip
import socket
import struct
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial

CHUNK = b"<item>x</item>" * 5_000
BOMB = 64 * 1024 * 1024
"""Bytes that a few kilobytes swell to: four times what is read of a feed."""

PRIVATE = "http://10.0.0.1/feed.xml"
"""An address that the tests do not allow, and where nothing is sent."""

SORRY = b"<html><body>Sorry</body></html>"
LOGIN = b"<!DOCTYPE html><html><head><title>Log in</title></head><body><form></form></body></html>"

LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))
    + b"]><rss version='2.0'><channel><title>&a11;</title><item><title>&a11;</title>"
    + b"<link>https://laughs.test/1</link></item></channel></rss>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request that was read, and what its answer may need."""

    path: str
    base: str
    """Where the asked host begins: ``http://127.0.1.1:8080``."""
    body: bytes
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self, body: bytes, *, status: str = "200 OK", **headers: str) -> None:
        """Send a whole answer; ``retry_after="1"`` is the header ``retry-after: 1``."""
        given = {"content_type": "application/xml", "content_length": str(len(body))} | headers
        lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value]
        await self.send("\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body)

    async def redirect(self, location: str) -> None:
        await self.answer(b"", status="302 Found", location=location)

    def reset(self) -> None:
        """End the connection as a crashing server does."""
        connection = self.writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Way = Callable[[Exchange], Awaitable[None]]


class MisbehavingServer:
    """The hosts of all feeds. Set ``ways`` at any time; ``asked`` counts each feed's requests."""

    def __init__(self, feeds: Mapping[str, bytes]) -> None:
        self.feeds = feeds
        self.ways: Mapping[str, Way] = {}
        self.asked: Counter[str] = Counter()
        self._bases: dict[str, str] = {}
        self._ready = threading.Event()
        self._stop: Callable[[], object] = lambda: None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def url(self, name: str) -> str:
        """The address of feed *name*."""
        return f"{self._bases[name]}/{name}"

    def start(self) -> None:
        """Serve in a thread; raises ``OSError`` where loopback has only one address."""
        with socket.socket() as probe:
            probe.bind(("127.0.1.1", 0))
        self._thread.start()
        assert self._ready.wait(10)

    def stop(self) -> None:
        self._stop()
        self._thread.join(10)

    async def _serve(self) -> None:
        stopped = asyncio.Event()
        self._stop = partial(asyncio.get_running_loop().call_soon_threadsafe, stopped.set)
        servers = [
            await self._open(name, f"127.0.1.{number}")
            for number, name in enumerate(self.feeds, start=1)
        ]
        self._ready.set()
        await stopped.wait()
        for server in servers:
            server.close()

    async def _open(self, name: str, host: str) -> asyncio.Server:
        server = await asyncio.start_server(partial(self._handle, name), host, 0)
        self._bases[name] = f"http://{host}:{server.sockets[0].getsockname()[1]}"
        return server

    async def _handle(
        self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while not writer.is_closing():
                head = await reader.readuntil(b"\r\n\r\n")
                self.asked[name] += 1
                exchange = Exchange(
                    path=head.split(b" ", 2)[1].decode(),
                    base=self._bases[name],
                    body=self.feeds[name],
                    writer=writer,
                )
                await self.ways.get(name, behaves)(exchange)
        writer.close()


@contextmanager
def serving(feeds: Mapping[str, bytes]) -> Iterator[MisbehavingServer]:
    """Serve *feeds* for as long as the block lasts."""
    server = MisbehavingServer(feeds)
    server.start()
    try:
        yield server
    finally:
        server.stop()


async def behaves(exchange: Exchange) -> None:
    """Answer as a server should."""
    await exchange.answer(exchange.body, etag='"1"')


# --- no answer, or none that ends -------------------------------------------


async def hangs(exchange: Exchange) -> None:
    await asyncio.sleep(3600)


async def drips_its_head(exchange: Exchange) -> None:
    await _drip(exchange, b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 10_000)


async def drips_its_body(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n")
    await _drip(exchange, exchange.body)


async def hints_for_ever(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
        await asyncio.sleep(0.01)


async def never_ends(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n\r\n<rss><channel>")
    while True:
        await exchange.send(CHUNK)


async def _drip(exchange: Exchange, data: bytes) -> None:
    for position in range(len(data)):
        await exchange.send(data[position : position + 1])
        await asyncio.sleep(0.1)


# --- connections and heads that are broken ------------------------------------


async def resets_at_once(exchange: Exchange) -> None:
    exchange.reset()


async def resets_in_the_body(exchange: Exchange) -> None:
    half = exchange.body[: len(exchange.body) // 2]
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(exchange.body)}\r\n\r\n"
    await exchange.send(head.encode() + half)
    await asyncio.sleep(0.05)  # what is in the client's hands is not taken back
    exchange.reset()


async def promises_more(exchange: Exchange) -> None:
    await exchange.answer(exchange.body, content_length=str(len(exchange.body) + 1000))
    exchange.writer.close()


async def breaks_its_chunks(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<rss>\r\n")
    exchange.writer.close()


async def sends_huge_headers(exchange: Exchange) -> None:
    await exchange.answer(exchange.body, x_huge="x" * 6_000_000)


async def sends_ten_thousand_cookies(exchange: Exchange) -> None:
    cookies = "".join(f"Set-Cookie: c{n}={'x' * 600}\r\n" for n in range(10_000))
    await exchange.send(f"HTTP/1.1 200 OK\r\n{cookies}Content-Length: 0\r\n\r\n".encode())


async def speaks_no_http(exchange: Exchange) -> None:
    await exchange.send(b"SSH-2.0-OpenSSH_9.6\r\n\x00\x01\x02")
    exchange.writer.close()


async def claims_to_be_compressed(exchange: Exchange) -> None:
    await exchange.answer(exchange.body, content_encoding="gzip")


async def sends_a_bomb(exchange: Exchange) -> None:
    await exchange.answer(_bomb(), content_encoding="gzip")


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(BOMB), compresslevel=1)


# --- refusals and detours --------------------------------------------------------


def refuses(status: str, *, page: bytes = SORRY, **headers: str) -> Way:
    """A server that answers with *status* and a page of its own."""

    async def way(exchange: Exchange) -> None:
        await exchange.answer(page, status=status, content_type="text/html", **headers)

    return way


async def redirects_in_a_loop(exchange: Exchange) -> None:
    await exchange.redirect(f"{exchange.base}/again")


async def redirects_to_a_private_address(exchange: Exchange) -> None:
    await exchange.redirect(PRIVATE)


async def redirects_to_a_file(exchange: Exchange) -> None:
    await exchange.redirect("file:///etc/hostname")


async def redirects_to_a_login_page(exchange: Exchange) -> None:
    if exchange.path == "/login":
        await exchange.answer(LOGIN, content_type="text/html")
    else:
        await exchange.redirect("/login")


# --- bodies --------------------------------------------------------------------------


def gives(body: bytes, content_type: str = "application/xml") -> Way:
    """A server that answers 200 with *body*, whatever was asked for."""

    async def way(exchange: Exchange) -> None:
        await exchange.answer(body, content_type=content_type)

    return way


def labels(content_type: str) -> Way:
    """A server that gives its feed under another name."""

    async def way(exchange: Exchange) -> None:
        await exchange.answer(exchange.body, content_type=content_type)

    return way


async def cuts_its_feed(exchange: Exchange) -> None:
    await exchange.answer(exchange.body[: len(exchange.body) * 3 // 4])


async def promises_less(exchange: Exchange) -> None:
    length = len(exchange.body) * 3 // 4
    await exchange.answer(exchange.body, content_length=str(length))
    exchange.writer.close()


NESTED = b"<rss><channel>" + b"<a>" * 2_400_000
"""Seven megabytes of tags in tags."""

GARBAGE = bytes(range(256)) * 4_000
