"""Text is cleaned of markup once, at the door."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.html import MAX_HTML_LENGTH, MAX_LINE_LENGTH, plain_line, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("  plain\t text \n", "plain text"),
        ("one\ntwo", "one\ntwo"),
        ("<p>One</p><p>Two <b>b</b>old<br>three</p>", "One\nTwo bold\nthree"),
        ("<p>One\n  line</p>", "One line"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"),
        ("<style>a{}</style>x<!-- c -->y<noscript><img></noscript><SCRIPT>1</SCRIPT >z", "xyz"),
        ("a<svg/>b<iframe src='x' />c", "abc"),
        ("a<![CDATA[x]]>b<?php 1 ?>c", "abc"),
        ("AT&amp;T &copy; &#x4e2d;&#20013;&nbsp;x", "AT&T © 中中 x"),
        ("&lt;p&gt;Hi &amp;amp; bye&lt;/p&gt;&lt;p&gt;B&lt;/p&gt;", "Hi & bye\nB"),
        ("<p>Use <code>&lt;p&gt;x&lt;/p&gt;</code></p>", "Use <p>x</p>"),
        ("5 &lt; 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ('<a title="a > b" href=x>ok</a> text <a href="htt', "ok text"),
        ("a\u200b\u202eb\u00ad\ufeff\U000e0041c\x00\x1f\ud800", "abc"),
        ("e\u0301 中\u3000文", "é 中 文"),
        ("&#0;&#xD800;&#99999999999;" + "&#" + "9" * 5000 + ";x", "\ufffd\ufffdx"),
    ],
)
def test_markup_becomes_text(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    "tail",
    [
        'The post <a href="x">Title of "x"</a> appeared first on <a>Site</a>.',
        "The post A title. With a stop appeared first on Site.",
        "Continue reading…",
        "Continue reading A title &rarr;",
        "<a>Read more</a>",
        "Read the full article »",
        "(more…)",
        "阅读全文",
        "点击查看全文 >>",
        "[阅读原文]",
        "Read more<p>The post X appeared first on Y.</p>",
    ],
)
def test_a_publishers_boilerplate_is_cut_off_the_end(tail: str) -> None:
    assert plain_text(f"<p>Good words.</p> {tail}") == "Good words."


@pytest.mark.parametrize("end", ["[…]", "[...]", "(…)", "[&#8230;]", "[&hellip;]"])
def test_the_mark_of_a_cut_text_is_an_ellipsis(end: str) -> None:
    assert plain_text(f"<p>Good words {end}</p>") == "Good words…"


@pytest.mark.parametrize(
    "text",
    ["The post office opened.", "他说要查看全文", "Read more", "We read more books.", "阅读全文"],
)
def test_words_that_only_look_like_boilerplate_stay(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("a < b", "a < b"),
        ("List<int> and Vec<String>", "List<int> and Vec<String>"),
        ("I <3 you", "I <3 you"),
        ("if a<b and c>d", "if a<b and c>d"),
        ("How the <dialog> element works", "How the <dialog> element works"),
        ("<dialog>open</dialog> x", "open x"),
        ("<b>Bold</b> <i>move", "Bold move"),
        ("<img src=x onerror=alert(1)> y", "y"),
        ("x<br />y", "x y"),
        ("a </b> b <!-- c --> d", "a b d"),
        ("<script>alert(1)</script>Hello", "Hello"),
        ("5 &lt; 6 &amp;&amp; 7", "5 < 6 && 7"),
        ("AT&T &amp; Q&A", "AT&T & Q&A"),
        ("&lt;b&gt;Big&lt;/b&gt; <x>", "Big <x>"),
        (" 全新\u3000发布\u200b\n第二行 ", "全新 发布 第二行"),
        ("cut <a href=", "cut <a href="),
    ],
)
def test_a_title_keeps_what_is_text(html: str, line: str) -> None:
    assert plain_line(html) == line


_HOSTILE = [
    *("<", "<a", '<a "', "<a '", "<a \"'<a", "<!--", "<!", "<script", "<script>", "<div>", "&"),
    *("&lt;", "&#9", "</a", "< a", "[…]", "The post ", "Read more ", "阅读全文", "<b id=1><p>"),
    *("\u0301", "\u0301\u0323", "x\n", "&lt;img ", '<a "<a" ', "post a appeared on b "),
]


@pytest.mark.parametrize("piece", _HOSTILE)
def test_hostile_input_is_read_to_its_end(piece: str) -> None:
    """A rule that goes back over what it has read would take hours here."""
    html = piece * (MAX_HTML_LENGTH // len(piece))

    assert len(plain_text(html)) <= len(html)
    assert len(plain_line(html)) <= MAX_LINE_LENGTH


def test_input_is_read_up_to_a_limit() -> None:
    assert len(plain_text("x" * (MAX_HTML_LENGTH + 9))) == MAX_HTML_LENGTH
    assert len(plain_line("x" * (MAX_LINE_LENGTH + 9))) == MAX_LINE_LENGTH


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&;/b \ud800\0\u202e"))))
def test_nothing_unprintable_gets_through(html: str) -> None:
    for text in (plain_text(html), plain_line(html).replace("\n", "\0")):
        text.encode()
        assert unicodedata.is_normalized("NFC", text)
        assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in text.replace("\n", ""))
        assert text == text.strip()
        assert "\u202e" not in text


@given(st.lists(st.text(alphabet="abc中文é,.", min_size=1), min_size=1))
def test_text_between_tags_is_never_lost(words: list[str]) -> None:
    html = "<div><p>" + "</p><p>".join(words) + "</p></div>"

    assert plain_text(html).split("\n") == words
