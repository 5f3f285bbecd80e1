"""Servers are treated as their operators would like, and none can hold up the others."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from datetime import timedelta

import pytest
from aiohttp import web

from builders import feed
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.web.hosts import GIVE_UP_AFTER, host_of, interleaved
from digestbot.model import Feed, FeedState, Fetched, FetchStatus
from feed_server import FeedServer

RSS = b"<rss><channel><title>N</title><item><title>T</title><link>/1</link></item></channel></rss>"


def visit(*feeds: Feed, state: FeedState | None = None, **given: object) -> list[Fetched]:
    """Fetch feeds from loopback; the answers in the order of the feeds."""
    settings: dict[str, object] = {"allow_private": {"127.0.0.0/8"}, "timeout": 5}
    fetcher = AiohttpFetcher(**settings | given)  # type: ignore[arg-type]
    answers = fetcher.fetch(feeds, states={state.url: state} if state else {})
    return sorted(answers, key=lambda answer: feeds.index(answer.feed))


def test_a_busy_server_is_asked_again_after_the_pause_it_wants(server: FeedServer) -> None:
    moments: list[float] = []

    async def busy_once(request: web.Request) -> web.Response:
        moments.append(time.monotonic())
        if len(moments) == 1:
            return web.Response(status=429, headers={"Retry-After": "1"})
        return web.Response(body=RSS)

    server.handlers["/feed"] = busy_once

    (answer,) = visit(feed(url=server.url("/feed")))

    assert answer.status is FetchStatus.FETCHED
    assert moments[1] - moments[0] >= 0.9


@pytest.mark.parametrize(("asked", "rest"), [("3600", 3600), ("60", 60), ("abc", 0), ("-1", 0)])
def test_a_longer_pause_is_left_to_later_runs(server: FeedServer, asked: str, rest: int) -> None:
    server.answers("/feed", status=503, headers={"Retry-After": asked})

    (answer,) = visit(feed(url=server.url("/feed")), timeout=3)

    assert answer.status is FetchStatus.FAILED
    assert answer.rest == timedelta(seconds=rest)
    assert len(server.requests) == (1 if rest else 2)


def test_a_host_that_wants_a_pause_is_not_asked_for_its_other_feeds(server: FeedServer) -> None:
    server.answers("/a", status=429, headers={"Retry-After": "600"})
    server.answers("/b", RSS)

    _, other = visit(*(feed(url=server.url(path)) for path in ("/a", "/b")), per_host=1)

    assert "its host asked for a pause" in other.reason
    assert other.rest > timedelta(minutes=9)
    assert len(server.requests) == 1


def test_a_host_that_does_not_answer_is_not_waited_for_again_and_again(server: FeedServer) -> None:
    async def hang(request: web.Request) -> web.Response:
        await asyncio.sleep(30)
        return web.Response()

    feeds = [feed(url=server.url(f"/{n}")) for n in range(6)]
    server.handlers |= {f"/{n}": hang for n in range(6)}

    answers = visit(*feeds, per_host=1, timeout=0.3)

    assert len(server.requests) == GIVE_UP_AFTER
    assert [answer.reason for answer in answers[GIVE_UP_AFTER:]] == [
        f"not tried: its host did not answer {GIVE_UP_AFTER} other visits"
    ] * 3


def test_a_server_that_answers_badly_is_no_silent_host(server: FeedServer) -> None:
    feeds = [feed(url=server.answers(f"/{n}", status=404)) for n in range(5)]

    assert {answer.reason for answer in visit(*feeds)} == {"the server answered 404 Not Found"}


def test_visits_to_one_host_begin_apart(server: FeedServer) -> None:
    moments: list[float] = []

    async def note(request: web.Request) -> web.Response:
        moments.append(time.monotonic())
        return web.Response(body=RSS)

    server.handlers |= {f"/{n}": note for n in range(5)}

    visit(*(feed(url=server.url(f"/{n}")) for n in range(5)))

    assert max(moments) - min(moments) >= 0.35


def test_feeds_of_one_host_are_spread_and_the_others_fill_the_gaps() -> None:
    feeds = [feed(url=f"https://{host}.test/{n}") for host in "ab" for n in range(2)]
    feeds += [feed(url=f"https://{host}.test/0") for host in "cdef"]

    order = "".join(host_of(each.url)[0] for each in interleaved(feeds))

    assert order == "ababcdef"


@pytest.mark.parametrize(
    ("statuses", "moved"),
    [([301], 1), ([308, 301], 2), ([302], 0), ([301, 302], 1), ([302, 301], 0)],
)
def test_only_what_moved_for_good_counts_as_moved(
    server: FeedServer, statuses: list[int], moved: int
) -> None:
    for place, status in enumerate(statuses):
        server.redirects(f"/{place}", f"/{place + 1}", status=status)
    server.answers(f"/{len(statuses)}", RSS)

    (answer,) = visit(feed(url=server.url("/0")))

    assert answer.moved_to == (server.url(f"/{moved}") if moved else "")


def test_a_feed_that_moved_to_what_is_no_feed_has_not_moved(server: FeedServer) -> None:
    server.redirects("/feed", "/login", status=301)
    server.answers("/login", b"<html><title>Log in</title></html>")

    (answer,) = visit(feed(url=server.url("/feed")))

    assert answer.moved_to == ""
    assert answer.reason.startswith("not a feed but a web page")
    assert answer.reason.endswith("(redirected to 127.0.0.1/login)")


def test_an_address_that_is_only_written_otherwise_is_no_redirect(server: FeedServer) -> None:
    server.answers("/", b"<html><title>Hello</title></html>")

    (answer,) = visit(feed(url=server.url("").replace("http://", "http://me:pw@")))

    assert answer.reason == "not a feed but a web page (“Hello”)"


def test_a_feed_is_visited_where_it_moved_to(server: FeedServer) -> None:
    server.answers("/new", RSS)
    old = feed(url=server.url("/old"))

    (answer,) = visit(old, state=FeedState(url=old.url, moved_to=server.url("/new")))

    assert answer.status is FetchStatus.FETCHED
    assert [request.path for request in server.requests] == ["/new"]


def test_a_feed_that_is_gone_is_retired(server: FeedServer) -> None:
    (answer,) = visit(feed(url=server.answers("/feed", status=410)))

    assert answer.status is FetchStatus.RETIRED
    assert "gone for good (410)" in answer.reason


def test_freshness_is_told(server: FeedServer) -> None:
    url = server.answers("/feed", RSS, headers={"Cache-Control": "max-age=900"})

    (answer,) = visit(feed(url=url))

    assert answer.rest == timedelta(minutes=15)


SECRETS = {"TOKEN": "t0ken", "LOGIN": "me:s3cr3t"}


def private(url: str) -> Feed:
    return feed(url=url, headers=(("X-Token", "$TOKEN"), ("X-Plain", "1")), login_env="LOGIN")


def test_a_feed_gets_its_own_headers_and_login(server: FeedServer) -> None:
    server.redirects("/feed", "/new")
    server.answers("/new", RSS)

    (answer,) = visit(private(server.url("/feed")), env=SECRETS)

    assert answer.status is FetchStatus.FETCHED
    for request in server.requests:
        assert (request.headers["X-Token"], request.headers["X-Plain"]) == ("t0ken", "1")
        assert request.headers["Authorization"] == "Basic bWU6czNjcjN0"


def test_a_login_in_the_address_is_used_where_the_feed_moved_to_on_its_host(
    server: FeedServer,
) -> None:
    server.answers("/new", RSS)
    old = feed(url=f"http://me:s3cr3t@127.0.0.1:{server.port}/old")

    visit(old, state=FeedState(url=old.url, moved_to=server.url("/new")))

    assert server.requests[0].headers["Authorization"] == "Basic bWU6czNjcjN0"


def test_no_other_host_is_told_them(server: FeedServer) -> None:
    other = FeedServer()
    other.start()
    server.redirects("/feed", other.url("/new").replace("127.0.0.1", "localhost"))
    other.answers("/new", RSS)

    visit(private(server.url("/feed")), env=SECRETS, allow_private={"127.0.0.1", "localhost"})
    other.stop()

    assert len(other.requests) == 1
    for name in ("X-Token", "X-Plain", "Authorization"):
        assert name not in other.requests[0].headers


def test_nor_is_the_host_where_the_feed_moved_to(server: FeedServer) -> None:
    server.answers("/new", RSS)
    old = private("http://old.test/feed")

    visit(old, state=FeedState(url=old.url, moved_to=server.url("/new")), env=SECRETS)

    assert "X-Token" not in server.requests[0].headers


def test_a_secret_that_is_not_set_is_named_and_nothing_is_sent(server: FeedServer) -> None:
    (answer,) = visit(private(server.answers("/feed", RSS)), env={"LOGIN": "me:s3cr3t"})

    assert answer.reason == "the environment variable TOKEN is not set"
    assert not server.requests


def test_names_that_nobody_can_look_up_hold_up_no_other_feed(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo
    ended = threading.Event()

    def slow(host: str, *given: object, **options: object) -> object:
        if host.endswith(".dead.test"):
            ended.wait(20)
            raise socket.gaierror(socket.EAI_AGAIN, "try again")
        return real(host, *given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    dead = [feed(url=f"http://{n}.dead.test/feed") for n in range(24)]
    alive = [
        feed(url=server.answers(f"/{n}", RSS).replace("127.0.0.1", "localhost")) for n in range(6)
    ]

    answers = visit(*dead, *alive, timeout=3, allow_private={"localhost"}, concurrency=64)
    ended.set()

    assert [answer.status for answer in answers[24:]] == [FetchStatus.FETCHED] * 6
    assert {answer.reason for answer in answers[:24]} == {"no answer within 3 s"}


def test_who_we_are_is_told(server: FeedServer) -> None:
    visit(feed(url=server.answers("/feed", RSS)), user_agent="digestbot/1 (+https://us.test)")

    assert server.requests[0].headers["User-Agent"] == "digestbot/1 (+https://us.test)"
