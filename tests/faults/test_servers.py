"""Lines 18 to 23 of the acceptance list: servers in trouble, and manners towards them."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from builders import edition, feed
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.model import Feed, FeedState, FetchStatus
from digestbot.stages.collect import Collected, collect
from digestbot.stages.health import resting
from digestbot.testing import MemoryStore
from fault_doors import NOW, Names, collected, item, rss, visit, visit_one
from feed_server import FeedServer
from raw_servers import Secure

DAY = timedelta(days=1)


def test_fault_18_a_pause_that_fits_is_waited_for_once(server: FeedServer) -> None:
    answer = visit_one(server.answers("/feed", status=429, headers={"Retry-After": "1"}), timeout=3)

    assert len(server.requests) == 2
    assert answer.reason == "the server answered 429 Too Many Requests"
    assert answer.rest == timedelta(seconds=1)


def test_fault_18_nonsense_is_no_wish(server: FeedServer) -> None:
    past = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    urls = [
        server.answers(f"/{number}", status=429, headers={"Retry-After": asked})
        for number, asked in enumerate(["-5", "abc", "", "9" * 400, past])
    ]

    answers = visit(*urls, timeout=5, per_host=len(urls))

    assert len(server.requests) == 2 * len(urls)
    assert {answer.rest for answer in answers.values()} == {timedelta()}


@pytest.mark.parametrize(
    ("asked", "hours"), [("7200", 2), ("in two hours", 2), ("86400", 24), ("864000", 24)]
)
def test_fault_18_a_longer_one_is_left_to_later_runs_but_for_a_day_at_most(
    server: FeedServer, asked: str, hours: int
) -> None:
    if asked == "in two hours":
        asked = format_datetime(datetime.now(UTC) + timedelta(hours=2), usegmt=True)
    url = server.answers("/feed", status=503, headers={"Retry-After": asked})
    store = MemoryStore()

    collected(visit_one(url, timeout=3), store=store)

    assert len(server.requests) == 1  # nobody waits for it
    state, last = store.feed_states()[url], NOW + timedelta(hours=hours)
    assert resting(state, now=last - timedelta(minutes=1), window=DAY)
    assert not resting(state, now=last, window=DAY)


def test_fault_18_the_good_answer_after_the_pause_is_used(server: FeedServer) -> None:
    async def busy_once(request: web.Request) -> web.Response:
        if len(server.requests) == 1:
            return web.Response(status=429, headers={"Retry-After": "1"})
        return web.Response(body=rss(item()))

    server.handlers["/feed"] = busy_once

    assert visit_one(server.url("/feed"), timeout=5).status is FetchStatus.FETCHED


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


def test_fault_19_a_feed_that_is_gone_is_told_once_and_not_visited_again(
    server: FeedServer,
) -> None:
    source, store = feed(url=server.answers("/feed", status=410)), MemoryStore()

    first, second = (gathered(source, store=store, days=days) for days in (0, 2))

    assert len(server.requests) == 1
    assert [kept.feeds[0].status for kept in (first, second)] == [FetchStatus.RETIRED] * 2
    assert [len(kept.remarks) for kept in (first, second)] == [1, 0]
    assert "gone for good (410)" in first.remarks[0].reason


def gathered(source: Feed, *, store: MemoryStore, days: int = 0) -> Collected:
    """Collect *source* over HTTP, *days* after today."""
    now = NOW + timedelta(days=days)
    return collect(
        [source],
        edition=edition(since=now - timedelta(hours=24), until=now),
        fetcher=AiohttpFetcher(allow_private=["127.0.0.1"], timeout=5, env={}),
        store=store,
        now=now,
    )


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)

VISIT = """
import sys
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.model import Feed
fetcher = AiohttpFetcher(allow_private=["127.0.0.1"], timeout=5, env={})
feeds = [Feed(url=url) for url in sys.argv[1:]]
answers = {answer.feed: answer for answer in fetcher.fetch(feeds, states={})}
for feed in feeds:
    print(answers[feed].status, answers[feed].reason)
"""


def test_fault_20_a_certificate_that_is_not_valid_is_refused_and_what_is_wrong_is_said(
    secure: Secure,
) -> None:
    urls = [
        secure.serve(),
        secure.serve("wrong.test"),
        secure.serve(begin=LONG_AGO, end=LONG_AGO + DAY),
        secure.serve(known=False),
    ]

    done = subprocess.run(
        [sys.executable, "-c", VISIT, *urls],
        env={**os.environ, "SSL_CERT_FILE": str(secure.authority)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    good, wrong_host, expired, unknown = done.stdout.splitlines()
    assert good == "fetched "
    for answer, flaw in ((wrong_host, "mismatch"), (expired, "expired"), (unknown, "unable to")):
        assert answer.startswith("failed no secure connection: the certificate is not valid (")
        assert flaw in answer


def test_fault_20_only_a_feeds_own_word_lets_it_pass(secure: Secure) -> None:
    url = secure.serve("wrong.test", begin=LONG_AGO, end=LONG_AGO + DAY)
    fetcher = AiohttpFetcher(allow_private=["127.0.0.1"], timeout=5, env={})
    feeds = [feed(url=url), feed(url=f"{url}?", verify_tls=False)]

    answers = {each.feed.url: each.status for each in fetcher.fetch(feeds, states={})}

    assert answers == {url: FetchStatus.FAILED, f"{url}?": FetchStatus.FETCHED}


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


SLOW_NAMES = """
import socket, sys, time
look_up = socket.getaddrinfo
def slow(host, *arguments, **given):
    if "dead" in str(host):
        time.sleep(4)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    return look_up("127.0.0.1" if "good" in str(host) else host, *arguments, **given)
socket.getaddrinfo = slow
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.model import Feed
fetcher = AiohttpFetcher(allow_private=["127.0.0.0/8"], timeout=2, env={})
feeds = [Feed(url=f"http://{name}{n}.test:{sys.argv[1]}/feed")
         for name, count in (("dead", 24), ("good", 4)) for n in range(count)]
for answer in fetcher.fetch(feeds, states={}):
    print(answer.feed.url[7:11], answer.status)
"""


def test_fault_21_names_that_nobody_knows_in_time_do_not_hold_up_the_others(
    server: FeedServer,
) -> None:
    server.answers("/feed", rss(item()))

    done = subprocess.run(
        [sys.executable, "-c", SLOW_NAMES, str(server.port)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    answers = sorted(done.stdout.splitlines())
    assert answers == ["dead failed"] * 24 + ["good fetched"] * 4


class Counted:
    """Answers slowly with a feed; counts who is there at once, and when they came."""

    def __init__(self) -> None:
        self.at_once: list[int] = []
        self.moments: list[float] = []
        self._here = 0

    async def __call__(self, request: web.Request) -> web.Response:
        self._here += 1
        self.at_once.append(self._here)
        self.moments.append(asyncio.get_running_loop().time())
        await asyncio.sleep(0.6)
        self._here -= 1
        return web.Response(body=rss(item()))


def test_fault_22_one_host_is_never_asked_by_more_than_four_at_once(server: FeedServer) -> None:
    counted = Counted()
    urls = [server.url(f"/{number}") for number in range(16)]
    server.handlers |= {f"/{number}": counted for number in range(16)}

    answers = visit(*urls, timeout=10)

    assert {answer.status for answer in answers.values()} == {FetchStatus.FETCHED}
    assert max(counted.at_once) == 4
    # even the four places of the beginning are not taken at one moment
    assert counted.moments[3] - counted.moments[0] > 0.2


def test_fault_22_nor_where_redirects_lead_to_it(server: FeedServer) -> None:
    server.handlers["/all"] = counted = Counted()
    server.redirects("/feed", server.url("/all"))
    names = Names(**{f"h{number}": [["127.0.0.1"]] for number in range(12)})
    urls = [f"http://h{number}.test:{server.port}/feed" for number in range(12)]

    answers = visit(*urls, resolver=names, timeout=10)

    assert {answer.status for answer in answers.values()} == {FetchStatus.FETCHED}
    assert max(counted.at_once) <= 4


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


def test_fault_23_nor_is_one_to_which_an_open_page_redirects(
    server: FeedServer, other: FeedServer
) -> None:
    server.answers("/robots.txt", b"", content_type="text/plain")
    other.answers("/robots.txt", b"User-agent: *\nDisallow: /", content_type="text/plain")
    page = server.redirects("/open", other.answers("/closed", b"<p>News.</p>"))
    fetcher = AiohttpFetcher(allow_private=["127.0.0.1"], timeout=5, env={})

    (read,) = fetcher.read([page])

    assert "robots.txt" in read.reason
    assert [request.path for request in other.requests] == ["/robots.txt"]
