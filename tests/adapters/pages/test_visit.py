"""Pages are visited where robots may go, gently, and each gives an answer."""

from __future__ import annotations

import time

import pytest

from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.pages import visit
from digestbot.model import Page
from feed_server import FeedServer

ARTICLE = (
    "<html lang=en><head><title>T</title><link rel=canonical href=/one></head><body><article><h1>T"
    "</h1>" + "<p>The firm said on Monday that its plant in Oslo will open next spring.</p>" * 9
).encode()


def read(*urls: str, **given: object) -> list[Page]:
    settings: dict[str, object] = {"allow_private": ["127.0.0.1", "localhost"], "env": {}}
    return AiohttpFetcher(**settings | {"timeout": 5} | given).read(urls)  # type: ignore[arg-type]


def test_a_page_gives_its_text_and_what_it_says_of_itself(server: FeedServer) -> None:
    url = server.answers("/1", ARTICLE, content_type="text/html")

    (page,) = read(url)

    assert (page.url, page.canonical, page.language, page.reason) == (
        url, server.url("/one"), "en", "",
    )  # fmt: skip
    assert "plant in Oslo" in page.text


def test_pages_come_in_the_order_asked_each_with_its_reason(server: FeedServer) -> None:
    urls = [
        server.answers("/404", status=404),
        server.answers("/1", ARTICLE, content_type="text/html"),
        server.answers("/pdf", b"%PDF", content_type="application/pdf"),
        "http://10.0.0.1/x",
    ]

    pages = read(*urls)

    assert [page.url for page in pages] == urls
    assert pages[0].reason == "the server answered 404 Not Found"
    assert pages[1].reason == ""
    assert pages[2].reason == "not a page but application/pdf"
    assert "private address refused" in pages[3].reason


def test_no_pages_are_no_work() -> None:
    assert read() == []


def test_a_redirect_leads_only_where_that_hosts_robots_txt_allows(
    server: FeedServer, other: FeedServer
) -> None:
    other.answers("/robots.txt", b"User-agent: digestbot\nDisallow: /", content_type="text/plain")
    other.answers("/1", ARTICLE, content_type="text/html")
    server.redirects("/1", other.url("/1").replace("127.0.0.1", "localhost"))

    (page,) = read(server.url("/1"))

    assert "robots.txt" in page.reason
    assert [request.path for request in other.requests] == ["/robots.txt"]


@pytest.mark.parametrize(("status", "is_read"), [(404, True), (503, False)])
def test_no_rules_allow_all_and_rules_that_cannot_be_had_forbid_all(
    server: FeedServer, status: int, *, is_read: bool
) -> None:
    server.answers("/robots.txt", status=status)

    (page,) = read(server.answers("/1", ARTICLE, content_type="text/html"))

    assert bool(page.text) is is_read


def test_a_host_gets_the_pauses_that_it_asks_for(server: FeedServer) -> None:
    server.answers("/robots.txt", b"User-agent: *\nCrawl-delay: 1", content_type="text/plain")
    urls = [server.answers(f"/{n}", ARTICLE, content_type="text/html") for n in range(2)]
    begin = time.monotonic()

    pages = read(*urls)

    assert all(page.text for page in pages)
    assert time.monotonic() - begin >= 1


def test_pauses_that_an_edition_cannot_wait_for_are_a_reason(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit, "PATIENCE", 3.0)
    server.answers("/robots.txt", b"User-agent: *\nCrawl-delay: 50", content_type="text/plain")
    urls = [server.answers(f"/{n}", ARTICLE, content_type="text/html") for n in range(2)]

    pages = read(*urls)

    assert sorted(page.reason for page in pages) == [
        "", "its host wants longer pauses than an edition can wait",
    ]  # fmt: skip
