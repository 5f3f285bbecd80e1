"""What is too deep, too large or too long is refused or cut, and costs little time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from digestbot.adapters.feeds import forgiving
from digestbot.adapters.feeds.parse import Doubtful, ParsedFeed, parse, quick
from digestbot.adapters.feeds.parsed import MAX_RECORDS, MAX_TITLE
from digestbot.adapters.feeds.plain import WINDOW
from digestbot.adapters.feeds.shape import MAX_DEPTH, MAX_TAGS, flaw_of
from digestbot.errors import FetchError

URL = "https://feeds.example.com/feed.xml"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def rss(inside: str) -> bytes:
    return f"<rss><channel><title>N</title>{inside}</channel></rss>".encode()


def item(number: int, *, date: datetime | None) -> str:
    dated = f"<pubDate>{format_datetime(date)}</pubDate>" if date else ""
    return f"<item><title>{number}</title><link>https://e.test/{number}</link>{dated}</item>"


HOSTILE = {
    "brackets": b"<" * 300_000,
    "nested": b"<a>" * 2_300_000,
    "nested in a feed": rss("<b>" * 1_000_000 + "</b>" * 1_000_000),
    "comments left open": b"<!--" * 250_000,
    "sections left open": rss("<a><![CDATA[" * 400_000),
    "tags left open": b"<a b='" * 1_000_000,
    "attributes": rss("<item><title " + 'a="b" ' * 1_000_000 + ">x</title></item>"),
    "spaces": b"<rss>" + b" " * 10_000_000,
    "empty elements": rss("<a/>" * 400_000),
    "end tags": b"</a>" * 400_000,
    "a title": rss(f"<item><title>{'x' * 5_000_000}</title></item>"),
    "a section": rss(f"<item><title><![CDATA[{']' * 5_000_000}]]></title></item>"),
    "references": rss(f"<item><title>{'&amp;' * 1_000_000}</title></item>"),
    "records": rss("<item><title>x</title></item>" * 100_000),
    "pages": b"<html>" + b"<title " * 1_000_000,
    "lists": b'{"items":' + b"[" * 5_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_read_left_or_refused_but_never_raise(name: str) -> None:
    try:
        found = quick(HOSTILE[name], url=URL)
    except FetchError:
        return
    assert isinstance(found, Doubtful) or len(found.records) <= MAX_RECORDS


@pytest.mark.parametrize("closed", [True, False])
def test_deep_documents_are_refused_in_words(closed: bool) -> None:
    end = "</b>" * MAX_DEPTH if closed else ""

    with pytest.raises(FetchError, match="elements nested more than 200 deep"):
        quick(rss("<b>" * MAX_DEPTH + end), url=URL)


def test_what_html_leaves_open_is_not_deep() -> None:
    assert flaw_of("<p><br><li>" * 1_000) == ""
    assert flaw_of("<item><b><i></item>" * 1_000) == ""
    assert flaw_of("<![CDATA[" + "<b>" * 1_000 + "]]>") == ""
    assert flaw_of("<!--" + "<b>" * 1_000) == ""
    assert flaw_of("<a/></b>" * 1_000) == ""


def test_documents_of_too_many_tags_are_refused_in_words() -> None:
    assert flaw_of("<a/>" * (MAX_TAGS + 1)) == "more than 2,000,000 tags"


def test_of_too_many_records_the_newest_are_kept_in_their_order() -> None:
    count = MAX_RECORDS + 7
    oldest_first = [item(n, date=NOON + timedelta(minutes=n)) for n in range(count)]

    for body in (rss("".join(oldest_first)), rss("".join(oldest_first) + "<br>")):
        records = parse(body, url=URL).records
        assert [record.title for record in records] == [str(n) for n in range(7, count)]


def test_of_too_many_records_those_without_a_date_go_first_and_the_last_of_equals() -> None:
    undated = "".join(item(n, date=None) for n in range(MAX_RECORDS))
    dated = "".join(item(n, date=NOON) for n in range(MAX_RECORDS, MAX_RECORDS + 3))

    records = parse(rss(undated + dated), url=URL).records

    assert len(records) == MAX_RECORDS
    assert [record.title for record in records[-5:]] == ["4995", "4996", "5000", "5001", "5002"]


def test_a_document_of_several_windows_is_read_like_any_other() -> None:
    text = "y" * 999
    count = 3 * WINDOW // 1_000
    items = (
        f"<item><title>{n}</title><description>{text}</description></item>" for n in range(count)
    )

    feed = quick(rss("".join(items)), url=URL)

    assert isinstance(feed, ParsedFeed)
    assert [record.title for record in feed.records] == [str(n) for n in range(count)]


def test_a_long_title_is_cut() -> None:
    feed = quick(HOSTILE["a title"], url=URL)

    assert isinstance(feed, ParsedFeed)
    assert len(feed.records[0].title) == MAX_TITLE


def test_entities_made_of_entities_are_refused_in_words() -> None:
    layers = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE r [<!ENTITY b0 "bomb">{layers}]>'.encode() + rss("<item>&b11;</item>")

    with pytest.raises(FetchError, match="entities made of entities"):
        quick(body, url=URL)


def test_long_entities_do_not_swell() -> None:
    declared = f'<!DOCTYPE r [<!ENTITY long "{"x" * 100_000}">]>'
    body = declared.encode() + rss("<item><title>a &long;&long;</title></item>")

    assert isinstance(quick(body, url=URL), Doubtful)
    assert len(parse(body, url=URL).records[0].title) < 100


def test_small_entities_are_still_read() -> None:
    text = '<!ENTITY nbsp "&#160;"><!ENTITY who \'Us\'><!ENTITY f SYSTEM "file:///etc/passwd">'

    assert forgiving.without_bombs(text) == "<!ENTITY nbsp \"&#160;\"><!ENTITY who 'Us'>"


@pytest.mark.parametrize(
    ("page", "quoted"),
    [
        ("<!doctype html><html><head><title>Log in</title>", " (“Log in”)"),
        ("<html><title>\n 404 &mdash; <b>Not</b> found</title>", " (“404 —”)"),
        (
            "<html><head><script>var a;</script><title lang=en>Sign in &lt;now&gt;</title>",
            " (“Sign in <now>”)",
        ),
        (f"<html><title>{'long ' * 100}</title>", f" (“{('long ' * 16)[:79].rstrip()}…”)"),
        ("<html><title></title>", ""),
        ("<html><body>no title", ""),
        ("<head><title>No root</title></head>", " (“No root”)"),
    ],
)
def test_a_web_page_is_told_by_its_title(page: str, quoted: str) -> None:
    with pytest.raises(FetchError) as caught:
        quick(page.encode(), url=URL)

    assert caught.value.reason == f"not a feed but a web page{quoted}"
