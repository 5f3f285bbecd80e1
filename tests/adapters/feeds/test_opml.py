"""Lists of feeds come in as they are, and go out as they should be."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.adapters.feeds.opml import merged, read_opml, write_opml
from digestbot.model import Feed

words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)
plain = words.filter(lambda word: "/" not in word)
lists = st.lists(
    st.builds(
        Feed,
        url=st.from_regex(r"https://[a-z]{3,9}\.test/[a-z0-9]{1,5}(\?a=1&b=2)?", fullmatch=True),
        name=plain,
        category=st.lists(plain, max_size=3).map("/".join),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda feed: feed.url,
)


@given(lists)
def test_a_list_written_is_the_list_read(feeds: list[Feed]) -> None:
    written = write_opml(feeds, title="T")

    assert sorted(read_opml(written), key=str) == sorted(feeds, key=str)
    assert ElementTree.fromstring(written).get("version") == "2.0"


def test_a_list_for_others_holds_no_login_and_no_file() -> None:
    feeds = [Feed(url="https://me:pw@a.test/feed"), Feed(url="/home/me/b.xml", name="B")]

    assert read_opml(write_opml(feeds, title="T")) == [
        Feed(url="https://a.test/feed", name="https://me:pw@a.test/feed".replace("me:pw@", ""))
    ]


def test_what_xml_cannot_hold_is_left_out() -> None:
    (feed,) = read_opml(write_opml([Feed(url="https://a.test", name="A\x00\x0bB")], title="\x01"))

    assert feed.name == "AB"


@pytest.mark.parametrize(
    "other",
    ["http://a.test/feed", "https://a.test/feed/", "https://a.test/feed#x", "HTTPS://a.test/feed"],
)
def test_the_same_address_written_otherwise_is_one_feed(other: str) -> None:
    first = Feed(url="https://a.test/feed")

    (one,) = merged([first, Feed(url=other, name="A", category="labs")])

    assert one == Feed(url=first.url, name="A", category="labs")


def test_files_and_different_addresses_stay_apart() -> None:
    urls = ["/a#1.xml", "/a#2.xml", "https://a.test/f?x=1", "https://a.test/f?x=2"]

    assert [feed.url for feed in merged(Feed(url=url) for url in urls)] == urls


def test_folders_in_folders_become_a_category() -> None:
    body = b"""<opml><body><outline text="news"><outline text="asia">
    <outline type="rss" text="A" xmlUrl="https://a.test/feed"/></outline></outline></body></opml>"""

    assert read_opml(body) == [Feed(url="https://a.test/feed", name="A", category="news/asia")]


def test_ten_thousand_folders_in_folders_are_no_trouble() -> None:
    body = b"<opml><body>" + b'<outline text="x">' * 10_000
    body += b'<outline xmlUrl="https://a.test/feed"/>' + b"</outline>" * 10_000 + b"</body></opml>"

    (feed,) = read_opml(body)

    assert feed.url == "https://a.test/feed"
