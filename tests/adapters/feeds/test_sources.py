"""Addresses, files, folders and OPML lists become feeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from builders import SHARED
from digestbot.adapters.feeds.opml import MAX_OPML
from digestbot.adapters.feeds.sources import expand
from digestbot.errors import ConfigError
from digestbot.model import Feed

Sample = Callable[[str], bytes]

SAMPLES = Path(__file__).parent / "samples"


def test_an_address_is_a_feed_and_none_comes_twice() -> None:
    assert expand(["https://e.test/feed", " HTTP://e.test/rss ", "https://e.test/feed"]) == [
        Feed(url="https://e.test/feed"),
        Feed(url="HTTP://e.test/rss"),
    ]


def test_a_file_is_a_feed_by_its_absolute_path() -> None:
    assert expand(["plain.rss"], base=SAMPLES) == [Feed(url=str(SAMPLES / "plain.rss"))]


def test_a_folder_gives_its_feed_files_by_name(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    for name in ("b.xml", "a.RSS", "urls.tsv", "notes.txt", "feeds/c.json", "feeds/index.tsv"):
        (tmp_path / name).write_text("<rss/>")

    found = [Path(feed.url).relative_to(tmp_path).as_posix() for feed in expand([str(tmp_path)])]

    assert found == ["a.RSS", "b.xml", "feeds/c.json"]


def test_a_broken_list_gives_its_feeds_with_name_and_category(sample: Sample) -> None:
    assert expand([str(SAMPLES / "list.opml")]) == [
        Feed(url="https://one.test/feed?a=1&b=2", name="One blog", category="AI & ML"),
        Feed(url="http://two.test/rss", name="Two", category="AI & ML"),
    ]


def test_a_list_is_known_by_its_root(tmp_path: Path, sample: Sample) -> None:
    (tmp_path / "subscriptions.xml").write_bytes(sample("list.opml"))

    assert len(expand(["subscriptions.xml"], base=tmp_path)) == 2


def test_a_list_in_another_encoding_keeps_its_names(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="gbk"?><opml><body><outline text="科技" xmlUrl="http://a.test/"/>'
    (tmp_path / "list.opml").write_bytes(text.encode("gbk"))

    assert expand(["list.opml"], base=tmp_path)[0].name == "科技"


def test_entities_of_a_list_are_not_looked_up(tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text(
        '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<opml><body><outline text="a&x;b" xmlUrl="http://a.test/"/></body></opml>'
    )

    assert expand(["list.opml"], base=tmp_path)[0].name == "a&x;b"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("nowhere.xml", "nowhere.xml: no such file or folder"),
        ("", "an empty source: no such file or folder"),
        ("ftp://user:secret@e.test/", "ftp addresses are not read; give http(s) or a path"),
        ("file:///etc/passwd", "file addresses are not read"),
        ("https://", "not a valid address"),
        ("https://[::1", "not a valid address"),
        ("empty", "no feed files in this folder"),
        ("none.opml", "a list without feeds"),
        ("blank.opml", "a list without feeds"),
        ("big.opml", "larger than 10 MiB; split the list"),
        ("pipe.opml", "cannot be read"),
    ],
)
def test_a_source_that_is_none_is_named_with_the_way_out(
    tmp_path: Path, source: str, words: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "none.opml").write_text("<opml><body><outline text='x'/></body></opml>")
    (tmp_path / "blank.opml").write_text("")
    with (tmp_path / "big.opml").open("wb") as file:
        file.truncate(MAX_OPML + 1)
    (tmp_path / "pipe.opml").symlink_to("/proc/self/mem")

    with pytest.raises(ConfigError) as caught:
        expand([source], base=tmp_path)

    assert words in str(caught.value)
    assert caught.value.key == "feeds"
    assert "secret" not in str(caught.value)


@pytest.mark.skipif(not SHARED.exists(), reason="the real lists are not here")
def test_the_real_lists_give_their_feeds() -> None:
    without, feeds = 0, 0
    for path in sorted((SHARED / "data" / "opml").iterdir()):
        try:
            feeds += len(expand([str(path)]))
        except ConfigError:
            without += 1

    assert feeds >= 4_200
    assert without <= 6
