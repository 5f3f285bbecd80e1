"""Feeds of every kind give records; what is no feed says so."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import SHARED
from digestbot.adapters.feeds import fast, forgiving
from digestbot.adapters.feeds.parse import Doubtful, ParsedFeed, parse, quick
from digestbot.adapters.feeds.parsed import MAX_RECORDS, MAX_TEXT, MAX_TITLE, from_answer
from digestbot.errors import FetchError

URL = "https://feeds.example.com/feed.xml"

Sample = Callable[[str], bytes]


def rss(items: str, *, head: str = "<title>N</title><link>https://e.test/</link>") -> bytes:
    return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def item(inside: str, *, link: str = "<link>https://e.test/1</link>") -> str:
    return f"<item><title>T</title>{link}{inside}</item>"


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def is_fast(body: bytes) -> bool:
    return fast.read(body.decode(), url=URL) is not None


def test_rss_gives_its_records(sample: Sample) -> None:
    feed = parse(sample("plain.rss"), url=URL)

    first, second = feed.records
    assert feed.title == "Example News"
    assert (first.guid, first.title, first.language) == ("tag:1", "First & foremost", "en-US")
    assert first.url == "https://example.com/1?utm_source=rss"
    assert (first.excerpt_html, first.published) == ("Short.", at(2026, 6, 1))
    assert first.content_html == "<p>The whole <b>story</b>.</p>"
    assert (second.url, second.title) == ("https://example.com/2", "Relative")
    assert second.published == at(2026, 6, 1, 12)


def test_atom_prefers_published_and_falls_back_to_updated(sample: Sample) -> None:
    feed = parse(sample("plain.atom"), url=URL)

    first, second = feed.records
    assert feed.title == "Example Blog"
    assert first.published == at(2026, 6, 1, 1, 2, 3)
    assert second.published == at(2026, 6, 1, 16)
    assert [record.url for record in feed.records] == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    assert first.excerpt_html == "In short"


def test_well_formed_feeds_take_the_fast_road(sample: Sample) -> None:
    assert is_fast(sample("plain.rss"))
    assert is_fast(sample("plain.atom"))
    assert not is_fast(sample("odd.atom"))
    assert not is_fast(sample("broken.rss"))


def test_markup_inside_elements_is_read_by_the_forgiving_parser(sample: Sample) -> None:
    feed = parse(sample("odd.atom"), url=URL)

    (record,) = feed.records
    assert record.url == "https://example.org/blog/posts/1"
    assert "<em>bold</em> title" in record.title
    assert "<p>Body</p>" in record.excerpt_html
    assert record.content_html == ""


def test_broken_xml_loses_nothing(sample: Sample) -> None:
    feed = parse(sample("broken.rss"), url=URL)

    (record,) = feed.records
    assert feed.title == "Broken & mended"
    assert record.title == "Q&A: R&D at AT&T"
    assert record.url == "https://example.com/q?a=1&b=2"
    assert record.published == at(2026, 6, 1)


def test_cst_in_a_chinese_feed_is_chinas_clock(sample: Sample) -> None:
    assert parse(sample("chinese.rss"), url=URL).records[0].published == at(2026, 6, 1)


def test_cst_elsewhere_is_that_of_chicago() -> None:
    date = "<pubDate>Mon, 01 Jun 2026 08:00:00 CST</pubDate>"

    (english,) = parse(rss(item(date)), url=URL).records
    head = "<title>科学ニュース</title><link>https://e.test/</link>"
    (japanese,) = parse(rss(item(date), head=head), url=URL).records

    assert english.published == japanese.published == at(2026, 6, 1, 14)


@pytest.mark.parametrize(
    ("inside", "published"),
    [
        ("<guid>20260601</guid>", None),
        ("<guid>12</guid>", None),
        ("<pubDate>soon</pubDate>", None),
        ("<pubDate>Mon, 01 Jan 0001 00:00:00 +0000</pubDate>", None),
        ("<pubDate>10000-01-01T00:00:00Z</pubDate>", None),
        ("<pubDate><![CDATA[&#" + "9" * 5000 + ";]]></pubDate>", None),
        ("<pubDate>Mon, 01 Jun 2026 00:00:00 &#43;0000</pubDate>", at(2026, 6, 1)),
        ("<pubDate><![CDATA[2026-06-01T00:00:00]]></pubDate>", at(2026, 6, 1)),
        ("<pubDate>2026年6月1日 08:00</pubDate>", at(2026, 6, 1)),
        ("<pubDate/><updated>2026-06-01</updated>", at(2026, 6, 1)),
    ],
)
def test_a_date_is_read_or_left_out_but_never_guessed(
    inside: str, published: datetime | None
) -> None:
    assert parse(rss(item(inside)), url=URL).records[0].published == published


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<guid>https://e.test/g</guid>", "https://e.test/g"),
        ('<guid isPermaLink="false">https://e.test/g</guid>', ""),
        ('<guid isPermaLink="false">https://e.test/g</guid><link>/x</link>', "https://e.test/x"),
        ("<link>x y</link>", "https://e.test/x y"),
        ("<link>https://[broken</link>", ""),
        ('<link href="https://e.test/h"/>', "https://e.test/h"),
        ("", ""),
        ("<guid>c41042ae</guid>", ""),
        ("<link>e.test/x</link>", "https://e.test/x"),
    ],
)
def test_a_link_is_absolute_or_empty(link: str, url: str) -> None:
    assert parse(rss(item("", link=link)), url=URL).records[0].url == url


def test_a_link_to_the_page_is_preferred_to_other_links() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>a</title>
      <link rel="related" href="https://e.test/image"/><link href="https://e.test/page"/></entry>
      <entry><title>b</title><link rel="alternate" type="application/pdf"
      href="https://e.test/paper"/></entry></feed>"""

    assert [record.url for record in parse(body, url=URL).records] == [
        "https://e.test/page",
        "https://e.test/paper",
    ]


def test_a_prefixed_title_does_not_hide_the_title() -> None:
    body = (
        b'<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><title>N</title><item>'
        b"<media:title>photo.jpg</media:title><title>News &amp; more</title>"
        b"<link>https://e.test/1</link></item></channel></rss>"
    )

    assert parse(body, url=URL).records[0].title == "News & more"


def test_text_that_was_encoded_twice_is_mended() -> None:
    body = rss(item("")).replace(b"<title>T", "<title>Café".encode().decode("latin-1").encode())

    assert parse(body, url=URL).records[0].title == "Café"


def test_json_feed_gives_its_records(sample: Sample) -> None:
    feed = parse(b"\xef\xbb\xbf \n" + sample("feed.json"), url=URL)

    first, second, third = feed.records
    assert feed.title == "JSON &amp; friends"
    assert (first.guid, first.url, first.title) == ("7", "https://example.net/7", "a &lt; b")
    assert (first.content_html, first.published) == ("<p>Rich</p>", at(2026, 6, 1))
    assert (second.url, second.content_html) == ("https://example.net/8", "Plain &lt;text&gt;")
    assert (second.excerpt_html, second.published) == ("In short", at(2026, 6, 1, 1))
    assert (third.guid, third.url, third.published) == ("9", "https://elsewhere.test/", None)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not a feed: the answer is empty"),
        (b" \n ", "not a feed: the answer is empty"),
        (b"<!DOCTYPE html><html><body>Hi</body></html>", "not a feed but a web page"),
        (b"<!-- x --><html lang=en>", "not a feed but a web page"),
        (b"just text", "not a feed: no XML and no JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x01\xff", "not a feed: no XML and no JSON"),
        (b"/etc/hostname", "not a feed: no XML and no JSON"),
        (b"<x/>", "not a feed: no RSS, Atom or JSON Feed in it"),
        (b"{", "not a feed: broken JSON"),
        (b"[" * 200_000, "not a feed: broken JSON"),
        (b"[1]", "not a feed: JSON, but no JSON Feed"),
        (b'{"items": []}', "not a feed: JSON, but no JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 1}', "not a feed: JSON, but no"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: bytes, reason: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse(body, url=URL)

    assert caught.value.reason.startswith(reason)


def test_a_feed_without_records_is_a_feed() -> None:
    assert parse(rss(""), url=URL) == ParsedFeed(title="N", records=())


def test_records_and_fields_are_cut_to_their_limits() -> None:
    long = f"<item><title>{'t' * (MAX_TITLE + 9)}</title><link>https://e.test/1</link>"
    long += f"<description>{'d' * (MAX_TEXT + 9)}</description></item>"
    feed = parse(rss(long + item("") * MAX_RECORDS), url=URL)

    assert len(feed.records) == MAX_RECORDS
    assert len(feed.records[0].title) == MAX_TITLE
    assert len(feed.records[0].excerpt_html) == MAX_TEXT


def test_comments_left_open_cost_no_time() -> None:
    text = forgiving.without_comments("a<!-- b -->c" + "<!--" * 500_000)

    assert text == "ac"


def test_entities_of_a_document_type_are_not_expanded() -> None:
    body = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(
        "<item><title>a&x;b</title><link>https://e.test/1</link></item>"
    )

    assert "root:" not in parse(body, url=URL).records[0].title


def test_the_forgiving_parser_is_loaded_only_when_it_is_needed() -> None:
    code = (
        "import sys; from digestbot.adapters.feeds.parse import parse;"
        "assert 'fastfeedparser' not in sys.modules;"
        f"assert parse({rss(item(''))!r}, url='https://e.test/').records;"
        "assert 'feedparser' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("name", ["odd.atom", "broken.rss"])
def test_a_doubtful_feed_may_be_read_in_another_process(name: str, sample: Sample) -> None:
    doubtful = quick(sample(name), url=URL)

    assert isinstance(doubtful, Doubtful)
    answer = json.loads(json.dumps(forgiving.answer(doubtful.text, URL)))
    assert from_answer(answer) == parse(sample(name), url=URL)


def test_a_clear_feed_is_read_at_once(sample: Sample) -> None:
    assert quick(sample("plain.rss"), url=URL) == parse(sample("plain.rss"), url=URL)


def test_an_answer_without_a_feed_is_none() -> None:
    assert from_answer(json.loads(json.dumps(forgiving.answer("<x/>", URL)))) is None


_RECORD: dict[str, Any] = dict.fromkeys(
    ("guid", "url", "title", "excerpt_html", "content_html", "language", "published"), ""
)

_ANSWER: dict[str, Any] = {"title": "T", "records": [], "rest": 0, "quiet_hours": []}


@pytest.mark.parametrize(
    "answer",
    [
        *(None, [], "feed", {"title": "T"}, _ANSWER | {"title": 1}, _ANSWER | {"rest": -1}),
        *(
            _ANSWER | {"rest": "1"},
            _ANSWER | {"quiet_hours": [168]},
            _ANSWER | {"quiet_hours": "1"},
        ),
        *(_ANSWER | {"records": [{}]}, _ANSWER | {"records": ["x"]}),
        _ANSWER | {"records": [_RECORD] * (MAX_RECORDS + 1)},
        _ANSWER | {"records": [_RECORD | {"title": "t" * (MAX_TITLE + 1)}]},
        _ANSWER | {"records": [_RECORD | {"title": None}]},
        _ANSWER | {"records": [_RECORD | {"published": "soon"}]},
        _ANSWER | {"records": [_RECORD | {"published": 5}]},
        _ANSWER | {"records": [_RECORD | {"published": "2026-06-01"}]},
        _ANSWER | {"records": [_RECORD | {"more": ""}]},
    ],
)
def test_what_no_parser_of_ours_wrote_is_refused(answer: object) -> None:
    with pytest.raises(ValueError, match=r"parser|isoformat"):
        from_answer(answer)


_PIECES = ["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "]]>", "&"]
_PIECES += ["<![CDATA[", "<entry>", "<feed>", "{", '"items":', "\x00", "&#x0;", "é", "<?xml", "?>"]


@settings(deadline=None)
@given(
    st.one_of(st.binary(), st.lists(st.sampled_from(_PIECES)).map(lambda p: "".join(p).encode()))
)
def test_nothing_but_a_fetch_error_leaves(body: bytes) -> None:
    try:
        feed = parse(body, url=URL)
    except FetchError:
        return
    for record in feed.records:
        repr(record).encode()


@pytest.mark.skipif(not SHARED.exists(), reason="the real feeds are not here")
@pytest.mark.parametrize("suite", ["feedkit", "feed-rs", "newsboat", "lemon24-reader", "venus"])
def test_the_suites_of_other_parsers_raise_nothing_else(suite: str) -> None:
    for path in sorted((SHARED / "data" / "feed-suites" / suite).rglob("*")):
        if path.is_file():
            _parse_file(path)


def _parse_file(path: Path) -> int:
    try:
        return len(parse(path.read_bytes(), url=URL).records)
    except FetchError:
        return 0


@pytest.mark.skipif(not SHARED.exists(), reason="the real feeds are not here")
@pytest.mark.parametrize(("day", "records"), [("2026-06-01-ai", 422), ("2021-06-17-wechat", 2661)])
def test_a_day_of_real_feeds_gives_all_its_records(day: str, records: int) -> None:
    feeds = sorted((SHARED / "data" / "days" / day / "feeds").glob("*.xml"))

    assert sum(_parse_file(path) for path in feeds) == records
