"""Lines 13 to 17 of the acceptance list: answers that swell, never end, or break off."""

from __future__ import annotations

import asyncio
import gzip
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest
from aiohttp import web

import misbehaving_server
from digestbot.model import FeedState, FetchStatus
from digestbot.testing import MemoryStore
from fault_doors import collected, item, rss, visit, visit_one
from feed_server import FeedServer
from misbehaving_server import serving

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SWOLLEN = 200 * 1024 * 1024
"""Bytes that each bomb swells to."""

GROWTH = 60 * 1024
"""Kilobytes that a visit to a bomb may cost, the 15 MiB that are read included."""


def _zeros(compress: Callable[[bytes], bytes], finish: Callable[[], bytes]) -> bytes:
    chunk = bytes(1 << 20)
    return b"".join(compress(chunk) for _ in range(SWOLLEN >> 20)) + finish()


def _gzip() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return _zeros(packer.compress, packer.flush)


def _brotli() -> bytes:
    packer = brotli.Compressor(quality=5)
    return _zeros(packer.process, packer.finish)


def _zstd() -> bytes:
    packer = zstd.ZstdCompressor()
    return _zeros(packer.compress, packer.flush)


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": _gzip,
    "br": _brotli,
    "zstd": _zstd,
    "gzip, gzip": lambda: gzip.compress(_gzip()),
}

VISIT_IN_A_PROCESS_OF_ITS_OWN = """
import resource, sys
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.model import Feed
fetcher = AiohttpFetcher(allow_private=["127.0.0.1"], timeout=20)
list(fetcher.fetch([Feed(url=sys.argv[1])], states={}))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
(answer,) = fetcher.fetch([Feed(url=sys.argv[2])], states={})
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, answer.status, answer.reason)
"""


@pytest.mark.parametrize("encoding", BOMBS)
def test_fault_13_a_bomb_stops_at_the_limit_and_costs_little_memory(
    server: FeedServer, encoding: str
) -> None:
    good = server.answers("/good", rss(item()))
    bomb = server.answers("/bomb", BOMBS[encoding](), headers={"Content-Encoding": encoding})

    done = subprocess.run(
        [sys.executable, "-c", VISIT_IN_A_PROCESS_OF_ITS_OWN, good, bomb],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    growth, status, reason = done.stdout.split(maxsplit=2)
    assert status == "failed"
    assert int(growth) < GROWTH
    assert "larger than 15 MiB" in reason or encoding == "gzip, gzip"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_fault_13_what_is_compressed_honestly_is_read(server: FeedServer, encoding: str) -> None:
    packed = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli.compress,
        "zstd": zstd.compress,
    }[encoding](rss(item()))

    answer = visit_one(server.answers("/f", packed, headers={"Content-Encoding": encoding}))

    assert len(answer.records) == 1
    assert encoding in server.requests[0].headers["Accept-Encoding"]


class Stream:
    """An answer that never ends; counts what was taken of it."""

    def __init__(self, chunk: bytes, *, pause: float = 0, **given: object) -> None:
        self.sent = 0
        self._chunk, self._pause, self._given = chunk, pause, given

    async def __call__(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(**self._given)  # type: ignore[arg-type]
        await response.prepare(request)
        with suppress(OSError):
            while True:
                await response.write(self._chunk)
                self.sent += len(self._chunk)
                await asyncio.sleep(self._pause)
        return response


LARGE = b"<item>" * 50_000


def test_fault_14_a_body_without_end_stops_at_15_mib(server: FeedServer) -> None:
    server.handlers["/feed"] = stream = Stream(LARGE)

    assert "larger than 15 MiB" in visit_one(server.url("/feed")).reason
    assert stream.sent < 30 << 20  # what is under way in buffers included


def test_fault_14_nothing_is_read_of_what_says_that_it_is_too_large(
    raw: Callable[[bytes], str],
) -> None:
    url = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n")

    assert visit_one(url).reason == "larger than 15 MiB"


def test_fault_14_redirects_and_refusals_are_not_read_to_their_end(server: FeedServer) -> None:
    streams = {
        "/moved": Stream(LARGE, status=302, headers={"Location": "/feed"}),
        "/404": Stream(LARGE, status=404),
    }
    server.handlers |= streams
    server.answers("/feed", rss(item()))

    moved, missing = visit(server.url("/moved"), server.url("/404")).values()

    assert moved.status is FetchStatus.FETCHED
    assert missing.reason == "the server answered 404 Not Found"
    assert all(stream.sent < 15 << 20 for stream in streams.values())


@pytest.mark.parametrize("chunk", [b"<", b": keep-alive\n\n"])
def test_fault_15_a_slow_drip_ends_at_the_deadline(server: FeedServer, chunk: bytes) -> None:
    server.handlers["/feed"] = Stream(chunk, pause=0.1)

    answer = visit_one(server.url("/feed"), timeout=1)

    assert answer.reason == "no answer within 1 s"


def test_fault_15_so_do_headers_that_drip_and_hints_without_end() -> None:
    ways = {
        "drip.xml": misbehaving_server.drips_its_head,
        "hints.xml": misbehaving_server.hints_for_ever,
        "hang.xml": misbehaving_server.hangs,
    }
    with serving(dict.fromkeys([*ways, "good.xml"], rss(item()))) as site:
        site.ways = ways
        urls = [site.url(name) for name in site.feeds]
        answers = visit(*urls, timeout=1, allow_private=["127.0.0.0/8"])

    reasons = {url.rpartition("/")[2]: answer.reason for url, answer in answers.items()}
    assert reasons == dict.fromkeys(ways, "no answer within 1 s") | {"good.xml": ""}


def test_fault_16_less_than_was_promised_is_no_answer_and_the_old_state_stays(
    raw: Callable[[bytes], str],
) -> None:
    body = rss(item())
    url = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\nETag: new\r\n\r\n" + body)
    store = MemoryStore()
    store.save_feed_states([FeedState(url=url, etag="old", body_hash="h", visits=3)])

    kept = collected(visit_one(url), store=store)

    assert kept.feeds[0].reason == "the connection broke off"
    state = store.feed_states()[url]
    assert (state.etag, state.body_hash, state.failures) == ("old", "h", 1)


def test_fault_16_nor_is_what_breaks_off_in_another_way() -> None:
    ways = {
        "chunks.xml": misbehaving_server.breaks_its_chunks,
        "reset.xml": misbehaving_server.resets_in_the_body,
    }
    with serving(dict.fromkeys([*ways, "good.xml"], rss(item()))) as site:
        site.ways = ways
        urls = [site.url(name) for name in site.feeds]
        answers = visit(*urls, allow_private=["127.0.0.0/8"])

    kept = {url.rpartition("/")[2]: len(answer.records) for url, answer in answers.items()}
    assert kept == {"chunks.xml": 0, "reset.xml": 0, "good.xml": 1}


@pytest.mark.parametrize(
    "headers",
    [
        b"".join(b"X-%d: %s\r\n" % (n, b"x" * 60_000) for n in range(100)),
        b"".join(b"Set-Cookie: c%d=1\r\n" % n for n in range(10_000)),
    ],
    ids=["6 MB", "10,000 cookies"],
)
def test_fault_17_huge_headers_are_a_failed_visit(
    raw: Callable[[bytes], str], headers: bytes
) -> None:
    answer = visit_one(raw(b"HTTP/1.1 200 OK\r\n" + headers + b"\r\n" + rss(item())))

    assert answer.status is FetchStatus.FAILED
    assert "cannot be understood" in answer.reason or "broke off" in answer.reason
