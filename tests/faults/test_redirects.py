"""Lines 9 to 12 of the acceptance list: where redirects lead, and what goes along."""

from __future__ import annotations

import pytest
from aiohttp import web

from builders import edition, feed
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.model import Feed, FeedState, Fetched, FetchStatus
from digestbot.stages.collect import collect
from digestbot.testing import MemoryStore
from fault_doors import NOW, collected, item, rss, visit, visit_one
from feed_server import FeedServer
from raw_servers import Secure


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://n.test/", "ftp://n.test/f", "data:text/xml,<rss/>"]
)
def test_fault_09_redirects_out_of_the_web_are_refused(server: FeedServer, target: str) -> None:
    answer = visit_one(server.redirects("/feed", target))

    assert answer.status is FetchStatus.FAILED
    assert "not an http(s) address" in answer.reason


def test_fault_10_redirects_end_after_five(server: FeedServer) -> None:
    server.redirects("/loop", "/loop")
    for hop in range(30):
        server.redirects(f"/{hop}", f"/{hop + 1}")

    loop, chain = visit(server.url("/loop"), server.url("/0")).values()

    assert "more than 5 redirects" in loop.reason
    assert "more than 5 redirects" in chain.reason
    assert len(server.requests) == 12


def test_fault_10_a_redirect_from_https_to_http_is_refused(
    secure: Secure, server: FeedServer
) -> None:
    down = server.answers("/feed", rss(item()))
    source = feed(url=f"{secure.serve()}?to={down}", verify_tls=False)

    answer = fetched(source)

    assert answer.status is FetchStatus.FAILED
    assert answer.reason == "redirected from https to http: refused"
    assert not server.requests


def test_fault_11_a_permanent_redirect_is_remembered_only_after_a_good_parse(
    server: FeedServer,
) -> None:
    store = MemoryStore()
    good = feed(url=server.redirects("/good", "/new", status=301))
    bad = feed(url=server.redirects("/bad", "/login", status=301))
    server.answers("/new", rss(item()))
    server.answers("/login", b"<html><title>Log in</title></html>")

    collected = collect(
        [good, bad],
        edition=edition(until=NOW),
        fetcher=AiohttpFetcher(allow_private=["127.0.0.1"]),
        store=store,
        now=NOW,
    )

    assert store.feed_states()[good.url].moved_to == server.url("/new")
    assert store.feed_states()[bad.url].moved_to == ""
    told = [remark.reason for remark in collected.remarks]
    assert any(f"moved for good to {server.url('/new')}" in reason for reason in told)


@pytest.mark.parametrize(
    ("first", "second", "remembered"),
    [(301, 308, "/there"), (302, 301, ""), (307, 302, ""), (301, 302, "/between")],
)
def test_fault_11_only_what_moved_for_good_is_remembered(
    server: FeedServer, first: int, second: int, remembered: str
) -> None:
    url = server.redirects("/feed", "/between", status=first)
    server.redirects("/between", "/there", status=second)
    server.answers("/there", rss(item()))

    answer = visit_one(url)

    assert answer.status is FetchStatus.FETCHED
    assert answer.moved_to == (server.url(remembered) if remembered else "")


def test_fault_11_a_new_address_is_used_until_it_fails(server: FeedServer) -> None:
    store = MemoryStore()
    url = server.redirects("/old", "/new", status=301)
    server.answers("/new", rss(item()))
    collected(visit_one(url), store=store)
    server.requests.clear()

    again = visit_one(url, states=store.feed_states())
    server.answers("/new", status=404)
    collected(visit_one(url, states=store.feed_states()), store=store)

    assert again.status is FetchStatus.UNCHANGED
    assert [request.path for request in server.requests] == ["/new", "/new"]
    assert store.feed_states()[url].moved_to == ""


def test_fault_11_a_feed_with_a_login_in_its_address_may_move_and_keeps_it(
    server: FeedServer,
) -> None:
    async def closed(request: web.Request) -> web.Response:
        known = "Authorization" in request.headers
        return web.Response(body=rss(item())) if known else web.Response(status=401)

    store = MemoryStore()
    server.redirects("/old", "/new", status=301)
    server.handlers["/new"] = closed
    url = f"http://me:s3cr3t@127.0.0.1:{server.port}/old"

    answers = []
    for hours in range(3):
        answers.append(visit_one(url, states=store.feed_states()))
        collected(answers[-1], store=store, hours=hours * 24)

    assert [answer.reason for answer in answers] == ["", "", ""]
    assert "s3cr3t" not in store.feed_states()[url].moved_to


def test_fault_12_a_login_in_the_address_never_goes_to_another_host(
    server: FeedServer, other: FeedServer
) -> None:
    elsewhere = other.url("/feed").replace("127.0.0.1", "localhost")
    other.answers("/feed", rss(item()))
    server.redirects("/feed", elsewhere)
    url = f"http://me:s3cr3t@127.0.0.1:{server.port}/feed?token=t0ken"

    answer = visit_one(url, states={url: FeedState(url=url)})

    assert answer.status is FetchStatus.FETCHED
    assert server.requests[0].headers["Authorization"].startswith("Basic ")
    (leaked,) = other.requests
    assert "Authorization" not in leaked.headers
    assert "t0ken" not in leaked.path_qs + str(leaked.headers)


SECRETS = {"KEY": "k3y", "LOGIN": "me:s3cr3t"}


def with_secrets(url: str) -> Feed:
    return feed(url=url, headers=(("X-Key", "$KEY"),), login_env="LOGIN")


@pytest.mark.parametrize("there", ["another host", "another port"])
def test_fault_12_a_feeds_headers_and_login_never_go_to_another_host(
    server: FeedServer, other: FeedServer, there: str
) -> None:
    target = other.answers("/feed", rss(item()))
    target = target.replace("127.0.0.1", "localhost") if there == "another host" else target
    source = with_secrets(server.redirects("/feed", target, status=301))

    first = fetched(source, env=SECRETS)
    moved = FeedState(url=source.url, moved_to=first.moved_to)
    second = fetched(source, state=moved, env=SECRETS)

    assert (first.status, second.status) == (FetchStatus.FETCHED, FetchStatus.FETCHED)
    assert server.requests[0].headers["X-Key"] == "k3y"
    assert "Authorization" in server.requests[0].headers
    assert len(other.requests) == 2  # the second goes there at once
    for request in other.requests:
        assert not {"X-Key", "Authorization"} & set(request.headers)
        assert "k3y" not in str(request.headers)


def test_fault_12_a_redirect_within_the_host_keeps_them(server: FeedServer) -> None:
    server.answers("/there", rss(item()))

    answer = fetched(with_secrets(server.redirects("/feed", "/there")), env=SECRETS)

    assert answer.status is FetchStatus.FETCHED
    assert [request.headers.get("X-Key") for request in server.requests] == ["k3y", "k3y"]


def test_fault_12_trust_in_one_hosts_certificate_does_not_go_to_another(secure: Secure) -> None:
    there = secure.serve(known=False)
    source = feed(url=f"{secure.serve()}?to={there}", verify_tls=False)

    assert "the certificate is not valid" in fetched(source).reason


def fetched(
    source: Feed, *, state: FeedState | None = None, env: dict[str, str] | None = None
) -> Fetched:
    """Visit *source*, loopback allowed."""
    fetcher = AiohttpFetcher(allow_private=["127.0.0.1", "localhost"], timeout=5, env=env or {})
    (answer,) = fetcher.fetch([source], states={source.url: state} if state else {})
    return answer
