"""Lines 13 to 23 of the acceptance list: servers that misbehave, and how they are treated."""

from __future__ import annotations

import asyncio
import gzip
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import brotli
import pytest
import trustme
from aiohttp import web

from builders import feed
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.model import Feed, FeedState, FetchStatus
from digestbot.stages.health import resting
from digestbot.testing import MemoryStore
from fault_doors import NOW, Names, collected, item, rss, visit, visit_one
from feed_server import FeedServer

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


def _stream(chunk: bytes, pause: float) -> Callable[[web.Request], object]:
    async def handler(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        with_pause = asyncio.sleep
        while True:
            await response.write(chunk)
            await with_pause(pause)

    return handler


def test_fault_14_a_body_without_end_stops_at_15_mib(server: FeedServer) -> None:
    server.handlers["/feed"] = _stream(b"<item>" * 50_000, 0)  # type: ignore[assignment]

    assert "larger than 15 MiB" in visit_one(server.url("/feed")).reason


@pytest.mark.parametrize("chunk", [b"<", b": keep-alive\n\n"])
def test_fault_15_a_slow_drip_ends_at_the_deadline(server: FeedServer, chunk: bytes) -> None:
    server.handlers["/feed"] = _stream(chunk, 0.1)  # type: ignore[assignment]
    begin = time.monotonic()

    answer = visit_one(server.url("/feed"), timeout=1)

    assert answer.reason == "no answer within 1 s"
    assert time.monotonic() - begin < 5


RAW_SERVER = """
import socket, sys
reply = sys.stdin.buffer.read()
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    connection, _ = server.accept()
    connection.recv(65536)
    connection.sendall(reply)
    connection.close()
"""


def _started(program: str, told: bytes, *arguments: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdin
    process.stdin.write(told)
    process.stdin.close()
    return process


def _port(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout
    return int(process.stdout.readline())


def _ended(servers: list[subprocess.Popen[bytes]]) -> None:
    for process in servers:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


@pytest.fixture
def raw() -> Iterator[Callable[[bytes], str]]:
    """Servers that say what they are told, byte for byte, and then hang up."""
    servers: list[subprocess.Popen[bytes]] = []

    def serve(reply: bytes) -> str:
        process = _started(RAW_SERVER, reply)
        servers.append(process)
        return f"http://127.0.0.1:{_port(process)}/feed"

    yield serve
    _ended(servers)


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


@pytest.mark.parametrize(
    ("asked", "rest", "requests"),
    [
        ("1", timedelta(), 2),
        ("a date", "hours", 1),
        ("86400", timedelta(days=1), 1),
        ("-5", timedelta(), 2),
        ("abc", timedelta(), 2),
    ],
)
def test_fault_18_retry_after_is_waited_for_once_or_left_to_a_later_run(
    server: FeedServer, asked: str, rest: timedelta | str, requests: int
) -> None:
    if asked == "a date":
        asked = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    server.answers("/feed", status=429, headers={"Retry-After": asked})
    store = MemoryStore()
    begin = time.monotonic()

    answer = visit_one(server.url("/feed"), timeout=3)
    collected(answer, store=store)

    assert time.monotonic() - begin < 3
    assert len(server.requests) == requests
    state = store.feed_states()[answer.feed.url]
    if rest == "hours":
        assert timedelta(hours=1.9) < answer.rest <= timedelta(hours=2)
    elif requests == 1:
        assert answer.rest == rest
        assert resting(state, now=NOW + timedelta(hours=23), window=timedelta(days=1))


def test_fault_19_each_answer_has_its_meaning(server: FeedServer) -> None:
    tagged = server.url("/304")

    async def unchanged(request: web.Request) -> web.Response:
        return web.Response(status=304 if request.headers.get("If-None-Match") == '"1"' else 500)

    server.handlers["/304"] = unchanged
    urls = [server.answers(f"/{status}", status=status) for status in (410, 404, 500, 503)]
    login = server.answers("/login", b"<!doctype html><title>Log in</title>")

    answers = visit(
        tagged, *urls, login, states={tagged: FeedState(url=tagged, etag='"1"')}, timeout=3
    )

    statuses = [answers[url].status.value for url in (tagged, *urls, login)]
    assert statuses == ["unchanged", "retired", "failed", "failed", "failed", "failed"]
    assert answers[login].reason.startswith("not a feed but a web page")
    store = MemoryStore()
    for url in urls[1:]:
        store.save_feed_states([FeedState(url=url, etag='"old"')])
        collected(answers[url], store=store)
        assert (store.feed_states()[url].etag, store.feed_states()[url].failures) == ('"old"', 1)
    gone = answers[urls[0]]
    first, second = (collected(gone, store=store, hours=hours) for hours in (0, 30))
    assert [len(kept.remarks) for kept in (first, second)] == [1, 0]


HTTPS_SERVER = """
import http.server, ssl, sys
body = sys.stdin.buffer.read()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        down = self.path == "/down"
        self.send_response(302 if down else 200)
        self.send_header("Location", "http://127.0.0.1:1/feed") if down else None
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Callable[..., str]]:
    """Servers whose certificates a CA of ours made, which nobody trusts."""
    servers: list[subprocess.Popen[bytes]] = []

    def serve(
        host: str = "127.0.0.1", begin: datetime | None = None, end: datetime | None = None
    ) -> str:
        chain = tmp_path / f"{len(servers)}.pem"
        made = trustme.CA().issue_cert(host, not_before=begin, not_after=end)
        made.private_key_and_cert_chain_pem.write_to_path(chain)
        process = _started(HTTPS_SERVER, rss(item()), str(chain))
        servers.append(process)
        return f"https://127.0.0.1:{_port(process)}"

    yield serve
    _ended(servers)


def _tls(source: Feed) -> tuple[FetchStatus, str]:
    fetcher = AiohttpFetcher(allow_private=["127.0.0.1"], timeout=5, env={})
    (answer,) = fetcher.fetch([source], states={})
    return answer.status, answer.reason


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("host", "dates"),
    [
        ("wrong.test", {}),
        ("127.0.0.1", {}),
        ("127.0.0.1", {"begin": LONG_AGO, "end": LONG_AGO + timedelta(days=1)}),
    ],
    ids=["wrong host", "unknown issuer", "expired"],
)
def test_fault_20_a_certificate_that_is_not_valid_is_refused_but_for_one_feed_by_its_own_word(
    secure: Callable[..., str], host: str, dates: dict[str, datetime]
) -> None:
    site = secure(host, **dates)

    status, reason = _tls(feed(url=f"{site}/feed"))
    allowed, _ = _tls(feed(url=f"{site}/feed", verify_tls=False))

    assert status is FetchStatus.FAILED
    assert "the certificate is not valid (" in reason
    assert allowed is FetchStatus.FETCHED


def test_fault_10_a_redirect_from_https_to_http_is_refused(secure: Callable[..., str]) -> None:
    status, reason = _tls(feed(url=f"{secure()}/down", verify_tls=False))

    assert status is FetchStatus.FAILED
    assert reason == "redirected from https to http: refused"


def test_fault_21_what_cannot_be_reached_is_counted_and_hurts_nobody_else(
    server: FeedServer, raw: Callable[[bytes], str]
) -> None:
    good = server.answers("/feed", rss(item()))
    nobody, closed = "http://nobody.test/feed", "http://127.0.0.1:1/feed"
    cut = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<rss>")

    answers = visit(nobody, closed, cut, good, resolver=Names())

    assert answers[nobody].reason == "the host name is not known"
    assert answers[closed].reason == "cannot connect: connection refused"
    assert answers[cut].reason == "the connection broke off"
    assert answers[good].status is FetchStatus.FETCHED
    store = MemoryStore()
    for hours in range(4):
        collected(answers[nobody], store=store, hours=hours / 10)
    state = store.feed_states()[nobody]
    assert state.failures == 3  # the fourth time it was left alone
    assert state.not_before is not None


def test_fault_22_one_host_is_never_asked_by_more_than_four_at_once(server: FeedServer) -> None:
    here, at_once = 0, []

    async def count(request: web.Request) -> web.Response:
        nonlocal here
        here += 1
        at_once.append(here)
        await asyncio.sleep(0.6)
        here -= 1
        return web.Response(body=rss(item()))

    urls = [server.url(f"/{number}") for number in range(16)]
    server.handlers |= {f"/{number}": count for number in range(16)}

    answers = visit(*urls, timeout=10)

    assert {answer.status for answer in answers.values()} == {FetchStatus.FETCHED}
    assert max(at_once) == 4


def test_fault_23_a_page_that_robots_txt_closes_is_not_asked_for(server: FeedServer) -> None:
    server.answers("/robots.txt", b"User-agent: *\nDisallow: /private/", content_type="text/plain")
    article = b"<html><body><article>" + b"<p>A long and honest sentence, with news in it.</p>" * 20
    server.answers("/private/1", article, content_type="text/html")
    server.answers("/open/1", article, content_type="text/html")
    fetcher = AiohttpFetcher(allow_private=["127.0.0.1"], timeout=5, env={})

    closed, opened = fetcher.read([server.url("/private/1"), server.url("/open/1")])

    assert "robots.txt" in closed.reason
    assert closed.text == ""
    assert "honest sentence" in opened.text
    assert [request.path for request in server.requests].count("/robots.txt") == 1
    assert "/private/1" not in [request.path for request in server.requests]
