"""Feeds are visited over real sockets; whatever a server does, the answer is a value."""

from __future__ import annotations

import asyncio
import gzip
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import aiohttp
import pytest
from aiohttp import web
from aiohttp.client_reqrep import ConnectionKey
from yarl import URL

from builders import feed
from digestbot.adapters.feeds.fetch import MAX_BODY, AiohttpFetcher
from digestbot.adapters.web import failures, http
from digestbot.errors import FetchError
from digestbot.model import FeedState, Fetched, FetchStatus
from feed_server import FeedServer

RSS = b"<rss><channel><title>N</title><item><title>T</title><link>/1</link></item></channel></rss>"

XML = "application/rss+xml"


def visit(url: str, *, state: FeedState | None = None, **given: object) -> Fetched:
    """Fetch one feed from a fetcher that may reach loopback."""
    settings: dict[str, object] = {"allow_private": {"127.0.0.1", "localhost"}, "timeout": 5}
    fetcher = AiohttpFetcher(**settings | given)  # type: ignore[arg-type]
    states = {url: state} if state else {}
    (answer,) = fetcher.fetch([feed(url=url)], states=states)
    return answer


def raw_server(reply: bytes) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(65536)
                        connection.sendall(reply)
            except OSError:
                return

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/feed"
        listener.shutdown(socket.SHUT_RDWR)


def test_a_feed_gives_its_title_and_records(server: FeedServer) -> None:
    url = server.answers("/feed", RSS, headers={"ETag": 'W/"é1"', "Last-Modified": "yesterday"})

    answer = visit(url)

    assert (answer.status, answer.title, answer.reason) == (FetchStatus.FETCHED, "N", "")
    assert [record.url for record in answer.records] == [server.url("/1")]
    assert (answer.etag, answer.last_modified) == ('W/"é1"', "yesterday")
    assert len(answer.body_hash) == 64
    assert answer.seconds > 0


def test_answers_come_as_the_feeds_answer(server: FeedServer) -> None:
    async def slow(request: web.Request) -> web.Response:
        await asyncio.sleep(0.6)
        return web.Response(body=RSS)

    server.handlers["/slow"] = slow
    feeds = [feed(url=server.url("/slow")), feed(url=server.answers("/b", RSS)), feed(url="x:y")]

    answers = AiohttpFetcher(allow_private=["127.0.0.1"]).fetch(feeds, states={})

    by_feed = {answer.feed: answer.status.value for answer in answers}
    assert list(by_feed) == [feeds[2], feeds[1], feeds[0]]
    assert list(by_feed.values()) == ["failed", "fetched", "fetched"]


def test_no_feeds_are_no_work() -> None:
    assert list(AiohttpFetcher().fetch([], states={})) == []


def test_validators_are_sent_back_as_they_came(server: FeedServer) -> None:
    url = server.answers("/feed", status=304)
    state = FeedState(url=url, title="Kept", etag='W/"1"', last_modified="x, y", body_hash="h")

    answer = visit(url, state=state)

    sent = server.requests[0].headers
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('W/"1"', "x, y")
    assert answer.status is FetchStatus.UNCHANGED
    assert (answer.title, answer.etag, answer.body_hash) == ("Kept", 'W/"1"', "h")
    assert answer.records == ()


def test_an_equal_body_is_unchanged(server: FeedServer) -> None:
    url = server.answers("/feed", RSS, headers={"ETag": '"2"'})
    first = visit(url)

    answer = visit(url, state=FeedState(url=url, body_hash=first.body_hash))

    assert answer.status is FetchStatus.UNCHANGED
    assert (answer.records, answer.etag) == ((), '"2"')


def test_another_body_is_read_anew(server: FeedServer) -> None:
    url = server.answers("/feed", RSS)

    answer = visit(url, state=FeedState(url=url, body_hash="another"))

    assert answer.status is FetchStatus.FETCHED
    assert "If-None-Match" not in server.requests[0].headers


def test_a_validator_that_cannot_be_sent_back_is_not_kept(server: FeedServer) -> None:
    url = server.answers("/feed", RSS, headers={"ETag": "x" * 2_000})

    assert visit(url).etag == ""


def test_a_304_that_nobody_asked_for_is_a_failure(server: FeedServer) -> None:
    answer = visit(server.answers("/feed", status=304))

    assert (answer.status, answer.reason) == (
        FetchStatus.FAILED,
        "the server answered 304 Not Modified",
    )


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (404, "the server answered 404 Not Found"),
        (429, "the server answered 429 Too Many Requests"),
        (503, "the server answered 503 Service Unavailable"),
        (799, "the server answered 799"),
    ],
)
def test_a_status_is_told_in_words(server: FeedServer, status: int, reason: str) -> None:
    answer = visit(server.answers("/feed", status=status))

    assert (answer.status, answer.reason) == (FetchStatus.FAILED, reason)


def test_a_web_page_is_no_feed(server: FeedServer) -> None:
    answer = visit(server.answers("/feed", b"<!doctype html><html>"))

    assert (answer.status, answer.reason) == (FetchStatus.FAILED, "not a feed but a web page")


def test_the_servers_charset_is_heard(server: FeedServer) -> None:
    body = RSS.replace(b">T<", ">да<".encode("koi8-r"))
    url = server.answers("/feed", body, headers={"Content-Type": f"{XML}; charset=koi8-r"})

    assert visit(url).records[0].title == "да"


def test_redirects_are_followed_and_relative_links_begin_where_they_end(
    server: FeedServer,
) -> None:
    server.answers("/there/feed", RSS.replace(b"/1<", b"2<"))
    server.redirects("/hop", "there/feed", status=301)
    url = server.redirects("/feed", server.url("/hop", host="localhost"))

    answer = visit(url)

    assert answer.records[0].url == server.url("/there/2", host="localhost")
    assert answer.feed.url == url


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/feed", "more than 5 redirects"),
        ("", "redirected to nowhere"),
        ("file:///etc/passwd", "not an http(s) address (file)"),
        ("http://[", "not a valid address"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_a_failure(
    server: FeedServer, location: str, reason: str
) -> None:
    answer = visit(server.redirects("/feed", location))

    assert (answer.status, answer.reason) == (FetchStatus.FAILED, reason)


def test_a_redirect_may_not_leave_https() -> None:
    with pytest.raises(FetchError, match="redirected from https to http: refused"):
        http._next(URL("https://e.test/feed"), "http://e.test/feed", "https://e.test/feed")


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "0"),
        *("127。0。0。1", "[::ffff:7f00:1]", "[::ffff:127.0.0.1]", "LOCALHOST"),
    ],
)
def test_every_spelling_of_loopback_is_refused(server: FeedServer, host: str) -> None:
    server.answers("/feed", RSS)

    answer = visit(server.url("/feed", host=host), allow_private=())

    assert answer.status is FetchStatus.FAILED
    assert answer.reason.startswith(("private address refused (", "not a valid address"))
    assert server.requests == []


def test_a_redirect_to_a_private_address_is_refused(server: FeedServer) -> None:
    server.answers("/secret", RSS)
    server.redirects("/feed", server.url("/secret"))

    answer = visit(server.url("/feed", host="localhost"), allow_private=["localhost"])

    assert answer.reason == (
        "private address refused (127.0.0.1); allow it with --allow-private 127.0.0.1"
    )
    assert [request.path for request in server.requests] == ["/feed"]


def test_a_host_with_its_port_can_be_allowed(server: FeedServer) -> None:
    url = server.answers("/feed", RSS)

    assert visit(url, allow_private=[f"127.0.0.1:{server.port}"]).status is FetchStatus.FETCHED
    assert visit(url, allow_private=["127.0.0.1:1"]).status is FetchStatus.FAILED


def test_a_proxy_of_the_environment_is_the_way_out_and_may_be_private(
    server: FeedServer,
) -> None:
    server.answers("/feed", RSS)
    env = {"HTTP_PROXY": server.url(""), "no_proxy": "direct.test"}

    answer = visit("http://feeds.test/feed", env=env, allow_private=())

    assert answer.reason == ""
    assert server.requests[0].headers["Host"] == "feeds.test"


@pytest.mark.parametrize("host", ["127.1", "2130706433", "[::1]", "localhost", "intra.local"])
def test_a_proxy_is_not_asked_for_what_is_private_by_its_name(
    server: FeedServer, host: str
) -> None:
    answer = visit(f"http://{host}/feed", env={"HTTP_PROXY": server.url("")}, allow_private=())

    assert "private address refused" in answer.reason
    assert not server.requests


def test_a_proxy_that_cannot_be_used_is_named_and_not_passed_by(server: FeedServer) -> None:
    answer = visit(server.answers("/feed", RSS), env={"ALL_PROXY": "socks5://127.0.0.1:1"})

    assert answer.reason == "a socks5 proxy is set: only http proxies can be used"
    assert not server.requests


def test_a_host_without_proxy_is_visited_straight(server: FeedServer) -> None:
    env = {"HTTP_PROXY": "http://127.0.0.1:1", "NO_PROXY": "127.0.0.1"}

    assert visit(server.answers("/feed", RSS), env=env).status is FetchStatus.FETCHED


def test_a_slow_server_is_given_up(server: FeedServer) -> None:
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"<")
            await asyncio.sleep(0.05)

    server.handlers["/feed"] = drip

    answer = visit(server.url("/feed"), timeout=0.3)

    assert (answer.status, answer.reason) == (FetchStatus.FAILED, "no answer within 0.3 s")


def test_a_bomb_is_defused(server: FeedServer) -> None:
    body = gzip.compress(bytes(MAX_BODY + 1))

    answer = visit(server.answers("/feed", body, headers={"Content-Encoding": "gzip"}))

    assert len(body) < 50_000
    assert (answer.status, answer.reason) == (FetchStatus.FAILED, "larger than 15 MiB")


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<rss>", "the connection broke off"),
        (b"", "the connection broke off"),
        (b"hello\r\n\r\n", "the answer cannot be understood (ClientResponseError)"),
    ],
)
def test_a_broken_answer_is_a_failure(reply: bytes, reason: str) -> None:
    for url in raw_server(reply):
        answer = visit(url)

        assert (answer.status, answer.reason) == (FetchStatus.FAILED, reason)


def test_a_closed_door_is_a_failure() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    assert visit(f"http://127.0.0.1:{port}/").reason == "cannot connect: connection refused"


def test_a_server_without_a_certificate_is_a_failure(server: FeedServer) -> None:
    answer = visit(server.url("/feed", scheme="https"))

    assert answer.reason == "no secure connection can be made"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://e.test/feed", "not an http(s) address (ftp)"),
        ("feed.xml", "not an http(s) address (no scheme)"),
        ("http://e.test:99999/", "not a valid address"),
        ("http:///feed", "not a valid address"),
        ("http://" + "a" * 70 + ".test/", "not a valid address"),
    ],
)
def test_what_is_no_address_is_a_failure(url: str, reason: str) -> None:
    answer = visit(url)

    assert (answer.status, answer.reason) == (FetchStatus.FAILED, reason)


def test_no_reason_holds_a_secret(server: FeedServer) -> None:
    path = "/feed?token=s3cr3t"
    urls = [
        f"http://user:s3cr3t@127.0.0.1:{server.port}{path}",
        f"http://u:s3cr3t@127.0.0.1:1{path}",
    ]

    for url in urls:
        for allowed in ((), ("127.0.0.1",)):
            answer = visit(url, allow_private=allowed)
            assert answer.status is FetchStatus.FAILED
            assert "s3cr3t" not in answer.reason


def test_credentials_reach_the_server_but_not_the_records(server: FeedServer) -> None:
    server.answers("/feed", RSS)

    answer = visit(f"http://user:s3cr3t@127.0.0.1:{server.port}/feed")

    assert answer.reason == ""
    assert server.requests[0].headers["Authorization"].startswith("Basic ")
    assert answer.records[0].url == server.url("/1")


def test_a_host_is_not_overrun(server: FeedServer) -> None:
    at_once: list[int] = []
    waiting = 0

    async def count(request: web.Request) -> web.Response:
        nonlocal waiting
        waiting += 1
        at_once.append(waiting)
        await asyncio.sleep(0.5)
        waiting -= 1
        return web.Response(body=RSS)

    server.handlers["/feed"] = count
    feeds = [feed(url=server.url(f"/feed?{number}")) for number in range(12)]

    answers = AiohttpFetcher(allow_private=["127.0.0.1"], per_host=3).fetch(feeds, states={})

    assert {answer.status for answer in answers} == {FetchStatus.FETCHED}
    assert max(at_once) == 3


def test_it_works_while_an_event_loop_runs(server: FeedServer) -> None:
    url = server.answers("/feed", RSS)

    async def notebook() -> Fetched:
        return visit(url)

    assert asyncio.run(notebook()).status is FetchStatus.FETCHED


def test_an_interrupted_caller_takes_the_work_down(server: FeedServer) -> None:
    async def never(request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    server.handlers["/feed"] = never
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(KeyboardInterrupt):
            visit(server.url("/feed"), timeout=30)
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_file_is_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "my feed.xml"
    path.write_bytes(RSS.replace(b"/1<", b"https://e.test/1<"))

    first = visit(str(path))
    second = visit(str(path), state=FeedState(url=str(path), title="N", body_hash=first.body_hash))

    assert (first.status, first.title) == (FetchStatus.FETCHED, "N")
    assert first.records[0].url == "https://e.test/1"
    assert second.status is FetchStatus.UNCHANGED


def test_a_file_that_cannot_be_read_is_a_failure(tmp_path: Path) -> None:
    big = tmp_path / "big.xml"
    with big.open("wb") as file:
        file.truncate(MAX_BODY + 1)

    assert visit(str(tmp_path / "none.xml")).reason == (
        "cannot read the file: No such file or directory"
    )
    assert visit(str(big)).reason == "larger than 15 MiB"


def test_the_own_words_of_each_failure() -> None:
    dns = aiohttp.ClientConnectorDNSError(_key(), OSError(-2, "Name or service not known"))
    certificate = aiohttp.ClientConnectorCertificateError(_key(), ValueError("expired"))
    several = aiohttp.ClientConnectorError(_key(), OSError("Multiple exceptions"))

    assert [failures.in_words("u", error).reason for error in (dns, certificate, several)] == [
        "the host name is not known",
        "no secure connection: the certificate is not valid",
        "cannot connect: no address answers",
    ]


def _key() -> ConnectionKey:
    return ConnectionKey("e.test", 443, True, True, None, None, None)
