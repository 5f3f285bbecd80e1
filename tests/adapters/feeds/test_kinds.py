"""Podcasts, videos, bridges and JSON Feeds give records like any other."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digestbot.adapters.feeds.parse import ParsedFeed, parse, quick
from digestbot.errors import FetchError

URL = "https://feeds.example.com/feed"

Sample = Callable[[str], bytes]


def both_ways(body: bytes) -> list[ParsedFeed]:
    """The feed as it is, and as it is read when it is not well formed."""
    broken = body.replace(b"</channel>", b"<br></channel>").replace(b"</feed>", b"<br></feed>")
    assert isinstance(quick(body, url=URL), ParsedFeed)
    assert not isinstance(quick(broken, url=URL), ParsedFeed)
    return [parse(body, url=URL), parse(broken, url=URL)]


def test_a_podcast_without_pages_links_to_its_recording(sample: Sample) -> None:
    for feed in both_ways(sample("podcast.rss")):
        assert [record.url for record in feed.records] == [
            "https://cdn.example.com/1.mp3?source=feed",
            "https://pod.example.com/2",
            "https://pod.example.com/3",
        ]
        assert [record.title for record in feed.records] == [
            "Only a recording",
            "With a page",
            "With notes",
        ]
        assert feed.records[0].excerpt_html == "What the episode is about."


def test_the_longer_texts_of_a_podcast_are_its_content(sample: Sample) -> None:
    _, second, third = parse(sample("podcast.rss"), url=URL).records

    assert second.excerpt_html == "In short."
    assert second.content_html.startswith("In short, and then at length")
    assert third.excerpt_html == "<p>In short.</p>"
    assert "<b>whole</b> episode" in third.content_html


def test_a_video_has_its_description(sample: Sample) -> None:
    for feed in both_ways(sample("youtube.atom")):
        (record,) = feed.records
        assert (record.guid, record.title) == ("yt:video:abcdefghijk", "A video")
        assert record.url == "https://www.youtube.com/watch?v=abcdefghijk"
        assert record.excerpt_html == "What the video shows.\nChapters & links"
        assert record.published == datetime(2026, 6, 1, 8, 0, 1, tzinfo=UTC)


def test_a_bridge_says_how_long_it_keeps_its_answers(sample: Sample) -> None:
    for feed in both_ways(sample("rsshub.rss")):
        first, second = feed.records
        assert feed.rest == timedelta(minutes=5)
        assert (first.title, first.url) == ("第一条 & 更多", "https://example.cn/p/1?a=1&b=2")
        assert first.excerpt_html.startswith("<p>正文</p>")
        assert (second.title, second.guid) == ("第二条 <更多>", "example:2")
        assert first.published == second.published == datetime(2026, 6, 1, tzinfo=UTC)


def test_a_file_beside_an_atom_entry_is_not_its_page() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>a</title>
      <id>urn:1</id><link rel="enclosure" href="https://e.test/a.mp3"/></entry></feed>"""

    for feed in both_ways(body):
        assert feed.records[0].url == ""


def test_a_picture_is_described_only_where_nothing_else_is_said() -> None:
    body = b"""<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>a</title>
      <media:content url="https://e.test/p.jpg"><media:description>A man walks.
      </media:description></media:content><description>The news.</description></item>
      </channel></rss>"""

    (record,) = parse(body, url=URL).records
    assert (record.excerpt_html, record.content_html) == ("The news.", "")


# --- JSON Feed ------------------------------------------------------------------


def json_feed(*items: Any, **more: Any) -> bytes:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items}
    return json.dumps(feed | more).encode()


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ({"url": "https://e.test/1", "external_url": "https://x.test/"}, "https://e.test/1"),
        ({"external_url": "https://x.test/"}, "https://x.test/"),
        ({"id": "https://e.test/3"}, "https://e.test/3"),
        ({"id": 4}, ""),
        ({"url": ["https://e.test/5"]}, ""),
        ({"url": "//e.test/6"}, "https://e.test/6"),
        ({}, ""),
    ],
)
def test_an_items_page_is_its_own_or_the_one_it_is_about(item: dict[str, Any], url: str) -> None:
    assert parse(json_feed(item), url=URL).records[0].url == url


def test_an_item_may_have_its_own_language_and_two_dates() -> None:
    item = {
        "language": "fr",
        "date_published": "2026-06-01T00:00:00Z",
        "date_modified": "2026-06-02T00:00:00Z",
        "content_text": "a < b",
        "content_html": "<p>a</p>",
        "authors": [{"name": "A"}],
        "attachments": [{"url": "https://e.test/a.mp3", "mime_type": "audio/mpeg"}],
    }
    first, second = parse(
        json_feed(item, {"date_modified": "2026-06-02"}, language="en"), url=URL
    ).records

    assert (first.language, second.language) == ("fr", "en")
    assert first.published == datetime(2026, 6, 1, tzinfo=UTC)
    assert second.published == datetime(2026, 6, 2, tzinfo=UTC)
    assert first.content_html == "<p>a</p>"


def test_further_pages_are_not_followed() -> None:
    assert len(parse(json_feed({}, next_url="https://e.test/?page=2"), url=URL).records) == 1


def test_values_of_the_wrong_type_are_taken_for_missing() -> None:
    wrong: list[Any] = [None, 1.5, True, [], {}, [[]], {"a": 1}]
    names = ("id", "url", "title", "summary", "content_html", "content_text", "date_published")
    items = [dict.fromkeys((*names, "language", "tags", "authors"), value) for value in wrong]

    feed = parse(json_feed(*items, *wrong, title=wrong, language={}), url=URL)

    assert feed.title == ""
    assert len(feed.records) == len(wrong) + 2
    assert {record.url for record in feed.records} == {""}


def test_a_json_document_of_too_many_values_is_refused() -> None:
    with pytest.raises(FetchError, match="more than 200,000 values"):
        parse(json_feed([[]] * 300_000), url=URL)
