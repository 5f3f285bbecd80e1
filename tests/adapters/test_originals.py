"""Whatever a post may rest on becomes entries: feeds, pages, texts, lists, and folders of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.originals import Originals, read_originals
from digestbot.adapters.pages import local
from digestbot.adapters.pages.local import read_files
from digestbot.errors import ConfigError
from digestbot.model import Feed
from feed_server import FeedServer

FEED = (
    "<rss version='2.0'><channel><title>The Wire | News</title>"
    "<item><title>A &amp; B</title><link>https://n.test/a</link><guid>1</guid></item>"
    "<item><title>A &amp; B</title><link>https://n.test/a?utm_source=x</link><guid>1</guid>"
    "<description>&lt;b&gt;Five&lt;/b&gt; boats.</description>"
    "<pubDate>Mon, 01 Jun 2026 08:00:00 GMT</pubDate></item>"
    "<item><title>No date</title></item></channel></rss>"
)
PAGE = (
    "<html lang=en><head><title>Oslo</title><meta property=og:site_name content='The Post'>"
    "<link rel=canonical href=https://n.test/oslo></head><body><article><h1>Oslo</h1>"
    + "<p>The firm said on Monday that its plant in Oslo will open next spring.</p>"
    * 9
)


def read(*sources: str | Path, **given: Any) -> Originals:
    fetcher = AiohttpFetcher(allow_private=["127.0.0.1"], env={}, timeout=5)
    return read_originals([str(source) for source in sources], fetcher=fetcher, **given)


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_record_of_a_feed_is_an_entry_once_whatever_its_date(tmp_path: Path) -> None:
    originals = read(written(tmp_path / "wire.xml", FEED))

    one, other = originals.entries
    assert (one.title, one.text, one.url) == ("A & B", "Five boats.", "https://n.test/a")
    assert (one.published, one.dated) == (datetime(2026, 6, 1, 8, tzinfo=UTC), True)
    assert (other.title, other.url, other.dated, other.source) == ("No date", "", False, "The Wire")
    assert originals.failures == ()


def test_an_address_is_a_feed_or_a_page(server: FeedServer) -> None:
    feed = server.answers("/feed", FEED.encode(), content_type="text/xml")
    page = server.answers("/page", PAGE.encode(), content_type="text/html")

    originals = read(page, feed)

    assert {entry.title for entry in originals.entries} == {"A & B", "No date", "Oslo"}
    found = [entry for entry in originals.entries if entry.title == "Oslo"]
    assert [entry.url for entry in found] == ["https://n.test/oslo", page]
    assert all("plant in Oslo" in entry.text for entry in found)
    assert {entry.source for entry in found} == {"The Post"}


def test_what_cannot_be_read_is_told_with_its_reason_and_the_rest_is_read(
    server: FeedServer, tmp_path: Path
) -> None:
    gone = server.answers("/gone", status=404)
    empty = server.answers("/empty", b"<html></html>", content_type="text/html")
    broken = written(tmp_path / "broken.xml", "nonsense")
    page = written(tmp_path / "page.html", "no page")

    originals = read(gone, empty, broken, page, written(tmp_path / "a.txt", "Five."))

    assert [entry.text for entry in originals.entries] == ["Five."]
    reasons = dict(originals.failures)
    assert list(reasons) == [gone, str(broken), empty, str(page)]
    assert "404" in reasons[gone]
    assert "not a feed" in reasons[str(broken)]
    assert reasons[str(page)] == "not a web page"


def test_no_private_address_is_visited_unasked(server: FeedServer) -> None:
    url = server.answers("/feed", FEED.encode())

    originals = read_originals([url], fetcher=AiohttpFetcher(env={}))

    assert originals.entries == ()
    assert server.requests == []
    assert "private" in dict(originals.failures)[url]


def test_a_page_on_disk_is_read_like_one_of_the_web(tmp_path: Path) -> None:
    (entry,) = read(written(tmp_path / "oslo.HTML", PAGE)).entries

    assert (entry.title, entry.url) == ("Oslo", "https://n.test/oslo")
    assert "plant in Oslo" in entry.text


@pytest.mark.parametrize("content", [b"caf\xe9", "﻿café".encode(), "café".encode("utf-16")])
def test_a_text_is_one_entry_in_whatever_encoding(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_bytes(content)

    (entry,) = read(tmp_path / "note.md").entries

    assert (entry.title, entry.text, entry.url, entry.dated) == ("", "café", "", False)


def test_a_list_of_entries_is_read_line_by_line(tmp_path: Path) -> None:
    rows = [
        {"title": "A", "text": "a\u2028b", "url": "https://n.test/a#x", "published": "2026-06-01"},
        {"text": "b", "published": "2026-06-01T08:00:00+08:00"},
        {"title": "C", "other": 1},
    ]
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)

    a, b, c = read(written(tmp_path / "list.jsonl", text + "\n\n")).entries

    assert (a.title, a.text, a.url) == ("A", "a\u2028b", "https://n.test/a")
    assert a.published == datetime(2026, 6, 1, tzinfo=UTC)
    assert b.published == datetime(2026, 6, 1, tzinfo=UTC)
    assert not c.dated


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{}", 'an entry needs a "title" or a "text"'),
        ('{"title": 5}', '"title" must be a text, not 5'),
        ('{"title": "a", "published": "June"}', '"published" is "June"'),
        ('{"title": "a", "published": "0001-01-01T00:00+14:00"}', '"published" is "0001'),
        ("nonsense", "this is no JSON object"),
    ],
)
def test_a_line_that_is_no_entry_is_named(line: str, complaint: str, tmp_path: Path) -> None:
    path = written(tmp_path / "list.jsonl", f'{{"title": "a"}}\n{line}\n')

    with pytest.raises(ConfigError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:2: {complaint}")


def test_a_folder_is_all_that_can_be_read_in_it_and_in_its_feeds(tmp_path: Path) -> None:
    written(tmp_path / "note.txt", "Five.")
    written(tmp_path / "list.jsonl", '{"title": "L"}')
    written(tmp_path / "notes.tsv", "no source")
    written(tmp_path / "feeds" / "wire.xml", FEED)

    titles = sorted(entry.title for entry in read(tmp_path).entries)

    assert titles == ["", "A & B", "L", "No date"]


def test_a_list_of_feeds_is_all_its_feeds(server: FeedServer, tmp_path: Path) -> None:
    url = server.answers("/feed", FEED.encode())
    opml = f'<opml><body><outline xmlUrl="{url}"/></body></opml>'

    originals = read(written(tmp_path / "list.opml", opml), url)

    assert [entry.title for entry in originals.entries] == ["A & B", "No date"]


def test_feeds_are_taken_as_they_are_configured(tmp_path: Path) -> None:
    feed = Feed(url=str(written(tmp_path / "wire.xml", FEED)), name="Ours")

    assert {entry.source for entry in read(feeds=[feed]).entries} == {"Ours"}


def test_a_folder_without_anything_to_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="nothing to read in this folder"):
        read(tmp_path)


def test_a_source_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file or folder"):
        read(tmp_path / "nothing.txt")


def test_what_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digestbot.adapters.originals.MAX_TEXT", 4)
    monkeypatch.setattr(local, "MAX_PAGE", 4)

    with pytest.raises(ConfigError, match="larger than 0 MiB"):
        read(written(tmp_path / "a.txt", "12345"))
    (page,) = read_files([written(tmp_path / "a.html", "12345")])
    assert page.reason == "larger than 0 MiB"


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (page,) = read_files([tmp_path])

    assert page.reason.startswith("cannot read the file")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="every file here can be read")
def test_a_text_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("/proc/self/mem")

    with pytest.raises(ConfigError, match=r"a\.txt: cannot be read"):
        read(tmp_path / "a.txt")


def test_a_traditional_or_spoilt_text_is_read_as_our_readers_have_it_too(tmp_path: Path) -> None:
    spoilt = "黃仁勛(xūn)說(shuō),這個(gè)禮堂坐滿(mǎn)了人。" * 8
    path = written(tmp_path / "page.txt", spoilt)

    (entry,) = read(path).entries

    assert entry.content == f"{spoilt}\n{'黄仁勋说，这个礼堂坐满了人。' * 8}"
