"""Where the feeds of a site are."""

from __future__ import annotations

import pytest

from digestbot.adapters.feeds.discover import MAX_CANDIDATES, Candidate, candidates

SITE = "https://s.test/blog/"


def urls(page: str, url: str = SITE) -> list[str]:
    return [each.url for each in candidates(page, url=url)]


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" href="f.xml">',
        "<LINK HREF=f.xml TYPE='Application/RSS+XML' REL='Alternate Feed' />",
        '<link\ntype="application/atom+xml"\nrel=alternate href=" f.xml ">',
        '<link rel="alternate" type="application/feed+json" href="&#102;.xml" title="a > b">',
    ],
)
def test_a_feed_that_the_page_declares_comes_first(link: str) -> None:
    assert urls(f"<head>{link}</head>")[0] == "https://s.test/blog/f.xml"


def test_the_base_of_a_page_counts() -> None:
    page = '<base href="/x/"><link rel="alternate" type="application/rss+xml" href="f.xml">'

    assert urls(page)[0] == "https://s.test/x/f.xml"


def test_the_title_is_plain() -> None:
    link = '<link rel="alternate" type="text/xml" href="/f" title="A &amp; B">'

    assert candidates(link, url=SITE)[0] == Candidate(
        url="https://s.test/f", title="A & B", declared=True
    )


def test_declared_then_linked_then_usual_places_and_comments_last() -> None:
    page = """<a href="/rss">RSS</a><a href="/about">About</a>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <link rel="stylesheet" type="text/css" href="/feed.css">
    <link rel="alternate" hreflang="de" href="/de/">
    <link rel="alternate" type="application/rss+xml" href="/main.xml">
    <!-- <link rel="alternate" type="application/rss+xml" href="/old.xml"> -->"""

    found = urls(page)

    assert found[:3] == ["https://s.test/main.xml", "https://s.test/rss", "https://s.test/feed"]
    assert found[-1] == "https://s.test/comments/feed/"
    assert not {"https://s.test/about", "https://s.test/old.xml", "https://s.test/de/"} & {*found}


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://www.youtube.com/channel/UC1", "https://www.youtube.com/feeds/videos.xml?channel_id=UC1"),
        ("https://github.com/o/r", "https://github.com/o/r/releases.atom"),
        ("https://old.reddit.com/r/python/", "https://www.reddit.com/r/python/.rss"),
        ("https://medium.com/@me", "https://medium.com/feed/@me"),
        ("https://me.substack.com", "https://me.substack.com/feed"),
    ],
)  # fmt: skip
def test_some_addresses_tell_where_their_feed_is(url: str, feed: str) -> None:
    assert urls("", url)[0] == feed


def test_a_link_to_elsewhere_than_the_web_is_no_candidate() -> None:
    links = ["javascript:feed()", "file:///feed.xml", "mailto:feed@s.test"]
    page = "".join(f'<link rel="alternate" type="text/xml" href="{each}">' for each in links)

    assert all(url.startswith("https://s.test/") for url in urls(page))


@pytest.mark.parametrize(
    "page", ["<link " * 200_000, "<a " + "x=" * 400_000, '<link href="' * 100_000, "<!--" * 250_000]
)
def test_a_hostile_page_takes_no_time_and_gives_few_places(page: str) -> None:
    assert len(candidates(page, url=SITE)) <= MAX_CANDIDATES
