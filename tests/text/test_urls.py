"""URLs enter once and come out canonical."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digestbot.text.markdown import destination
from digestbot.text.urls import MAX_URL_LENGTH, canonical_url, same_page_key

KEPT = [
    "https://news.ycombinator.com/item?id=41234567",
    "https://mp.weixin.qq.com/s?__biz=MzA3&mid=2650&idx=1&sn=ab&chksm=cd&scene=0",
    "http://example.com",
    "http://example.com/",
    "https://example.com/a/?p=1&f=2&from=home&ref=nav&source=web",
    "https://example.com/a?b=1;c=2&&d",
    "https://example.com/a%20b/%E4%B8%AD?q=%ZZ",
    "https://example.com/中文/路径?词=值",
    "https://example.com:8443/x",
    "https://app.example.com/#!/story/1",
    "https://app.example.com/#/story/1",
    "https://[2001:db8::1]:8080/x",
    "https://example.com/?feed=rss2",
    "https://example.com/?at_id=7",
]

CHANGED = [
    ("HTTPS://Example.COM:443/A", "https://example.com/A"),
    ("http://example.com:80", "http://example.com"),
    ("https://36kr.com/p/1?f=rss", "https://36kr.com/p/1"),
    ("https://e.com/?utm_source=rss&id=7&UTM_Medium=x", "https://e.com/?id=7"),
    ("https://e.com/a?fbclid=1&gclid=2&spm=a.b&mc_cid=3", "https://e.com/a"),
    ("https://e.com/a?from=rss&x=1&amp;utm_term=2", "https://e.com/a?x=1"),
    ("https://medium.com/p/1?source=rss-abc------2", "https://medium.com/p/1"),
    ("https://e.com/a#section", "https://e.com/a"),
    ("https://e.com/a#:~:text=b", "https://e.com/a"),
    ("https://e.com/a b(c)[d]<e>\"f'", "https://e.com/a%20b(c)%5Bd%5D%3Ce%3E%22f'"),
    ("https://e.com/?q=a b", "https://e.com/?q=a%20b"),
    ("https://e.com/a\u202eb\u200bc\u3000d", "https://e.com/a%E2%80%AEb%E2%80%8Bc%E3%80%80d"),
    ("https://e.com/\ud800", "https://e.com/%3F"),
    ("https://user:secret@e.com/a", "https://e.com/a"),
    ("https://例子.测试/a", "https://xn--fsqu00a.xn--0zwm56d/a"),
    ("http://127。0。0。1/", "http://127.0.0.1/"),
    (" \n https://e.com/a\t\nb \u3000", "https://e.com/ab"),
    ("https://[2001:DB8:0::1]/", "https://[2001:db8::1]/"),
    ("https://e.com?x=1", "https://e.com?x=1"),
    ("www.example.com/a", "https://www.example.com/a"),
]

REFUSED = [
    "",
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "mailto:a@b.c",
    "ftp://e.com/a",
    "/relative",
    "//e.com/a",
    "https://",
    "https:///path",
    "https://[::1",
    "https://[v1.x]/",
    "https://e.com:99999/",
    "https://e.com:port/",
    "https://e com/",
    "https://-e.com/",
    "https://" + "a" * 300 + ".com/",
    "https://" + "é" * 70 + ".com/",
    "https://e.com/" + "a" * MAX_URL_LENGTH,
    "https://e.com/" + "[" * (MAX_URL_LENGTH - 100),
    "not a url",
]


@pytest.mark.parametrize("url", KEPT)
def test_what_chooses_the_page_is_kept_byte_for_byte(url: str) -> None:
    assert canonical_url(url) == url


@pytest.mark.parametrize(("url", "canonical"), CHANGED)
def test_a_url_is_made_canonical(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_web_address_is_empty(url: str) -> None:
    assert canonical_url(url) == ""
    assert same_page_key(url) == ""


@pytest.mark.parametrize(
    ("url", "base", "absolute"),
    [
        ("/a?id=1", "https://e.com/feed.xml", "https://e.com/a?id=1"),
        ("b", "https://e.com/blog/feed", "https://e.com/blog/b"),
        ("//cdn.e.com/a", "http://e.com/", "http://cdn.e.com/a"),
        ("https://other.com/", "https://e.com/", "https://other.com/"),
        ("javascript:alert(1)", "https://e.com/", ""),
        ("a", "/home/me/feed.xml", ""),
        ("a", "https://[::1", ""),
        ("", "https://e.com/", ""),
    ],
)
def test_a_relative_url_is_resolved_against_its_base(url: str, base: str, absolute: str) -> None:
    assert canonical_url(url, base) == absolute


_URLISH = st.text(
    alphabet=st.sampled_from("htps:/.?#&=%[]()@ \\éı。中utm_f'\"<>a1\ud800\u202e"), max_size=40
)


@given(st.one_of(st.text(), _URLISH, _URLISH.map("https://e.com/".__add__)))
@example("https://e.com/?&utm_a=1")
@example("https://e.com/?utm_a=1&&b")
@example("https://ı.com/")
def test_canonical_is_idempotent_and_never_raises(url: str) -> None:
    canonical = canonical_url(url)

    assert canonical_url(canonical) == canonical
    assert canonical == "" or canonical.startswith(("http://", "https://"))
    canonical.encode()


@given(_URLISH)
def test_a_canonical_url_is_one_whole_markdown_link(path: str) -> None:
    url = canonical_url("https://e.com/" + path)

    rendered = MarkdownIt().render(f"[t]({destination(url)})")

    assert rendered.startswith("<p><a href=")
    assert rendered.endswith(">t</a></p>\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://e.com/a", "https://www.e.com/a/"),
        ("https://m.e.com/a", "https://e.com/a#part"),
        ("https://e.com/a/amp/", "https://e.com/a"),
        ("https://e.com/a?amp=1", "https://e.com/a?utm_source=x"),
        ("https://e.com/a.amp", "https://e.com/a"),
        ("https://e.com/", "https://e.com"),
        ("https://e.com/index.html", "https://e.com"),
        ("https://zh.wikipedia.org/wiki/%E4%B8%AD", "https://zh.wikipedia.org/wiki/中"),
        ("https://e.com/a(b)", "https://e.com/a%28b%29"),
    ],
)
def test_two_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert same_page_key(one) == same_page_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/item?id=2"),
        ("https://mp.weixin.qq.com/s?mid=1&idx=1", "https://mp.weixin.qq.com/s?mid=1&idx=2"),
        ("https://m.com/a", "https://com/a"),
        ("https://e.com/#/a", "https://e.com/#/b"),
        ("https://e.com/champ", "https://e.com/ch"),
        ("https://e.com/A", "https://e.com/a"),
    ],
)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert same_page_key(one) != same_page_key(other)
