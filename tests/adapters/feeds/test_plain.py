"""What plain XML says is read as any XML parser reads it; what is not plain is not read."""

from __future__ import annotations

from html import escape
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.adapters.feeds import fast
from digestbot.adapters.feeds.plain import NotPlainError, attributes_of, resolved, text_of

URL = "https://e.test/feed"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a &amp; b", "a & b"),
        ("&amp;lt;", "&lt;"),
        ("&#38;lt;", "&lt;"),
        ("&#x26;#38;", "&#38;"),
        ("&lt;b&gt;&quot;&apos;&#8217;&#x2019;", "<b>\"'’’"),
        ("<![CDATA[a &amp; b]]>", "a &amp; b"),
        ("a <![CDATA[<b>]]> &amp; <!-- no -->c<![CDATA[]]]]><![CDATA[>]]>", "a <b> & c]]>"),
        ("".join(f"&#{n};" for n in range(200, 300)), "".join(map(chr, range(200, 300)))),
    ],
)
def test_references_and_sections_say_what_they_stand_for(raw: str, text: str) -> None:
    assert text_of(raw) == text


@pytest.mark.parametrize("raw", ["AT&T", "&nbsp;", "a & b", "&#;", "&#xg;", "&#99999999;", "&amp"])
def test_other_references_are_not_plain(raw: str) -> None:
    with pytest.raises(NotPlainError):
        resolved(raw)


def test_attributes_are_read_in_either_quotes() -> None:
    assert attributes_of(" a='1' b = \"x &amp; y\"\n c:d=''") == {"a": "1", "b": "x & y", "c:d": ""}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    for raw in (escape(text), "".join(f"&#{ord(each)};" for each in text if ord(each) not in _C1)):
        element = ET.fromstring(f"<t>{raw}</t>")
        assert text_of(raw) == (element.text or "")


_C1 = range(0x80, 0xA0)
"""By number these are Windows-1252 in HTML and so in feeds; in XML they are controls."""


@pytest.mark.parametrize(
    "document",
    [
        "<rss><channel><item><title>a</b></item></channel></rss>",
        "<rss><channel><item><title>a</title></channel></rss>",
        "<rss><channel><item><title>a</title></item></channel>",
        "<rss><channel></channel></rss></rss>",
        "<rss><channel><item><title>a <b>b</b></title></item></channel></rss>",
        "<rss><channel><item>text<title>a</title></item></channel></rss>",
        "<rss><channel><item><item><title>a</title></item></item></channel></rss>",
        "<rss><channel><item>text</item></channel></rss>",
        "<rss><channel><item><other><title>of what?</title></other></item></channel></rss>",
        "<rss><channel><item><title type='xhtml'>a</title></item></channel></rss>",
        "<rss><channel><item><content mode='base64'>YQ==</content></item></channel></rss>",
        "<rss><channel xml:base='https://x.test/'><item><link>a</link></item></channel></rss>",
        "<rss xmlns:a='http://purl.org/dc/terms/'><b xmlns:a='http://search.yahoo.com/mrss/'/></rss>",
        "<rss><channel></channel><rss><channel></channel></rss></rss>",
        "<rss><channel></channel></rss><rss><channel></channel></rss>",
        "<html><body></body></html>",
        "<item><title>a</title></item>",
        "<rss><channel><item><title>a]]></title x='></item></channel></rss>",
        "<rss><channel a=b></channel></rss>",
        "<rss><channel><title>&nbsp;</title></channel></rss>",
        "<!DOCTYPE r [<!ENTITY a 'b'>]><rss><channel></channel></rss>",
    ],
)
def test_what_needs_thought_is_left_to_the_forgiving_parser(document: str) -> None:
    assert fast.read(document, url=URL) is None


@pytest.mark.parametrize(
    "document",
    [
        "<?xml-stylesheet href='a'?><!-- b --><rss><channel><item/></channel></rss>",
        "<!DOCTYPE rss PUBLIC 'a' 'b'><rss><channel><item></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry a='>'/><!-- c --></feed>\n",
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><item r:about='x'/></r:RDF>",
    ],
)
def test_what_is_plain_gives_its_records(document: str) -> None:
    feed = fast.read(document, url=URL)

    assert feed is not None
    assert len(feed.records) == 1


def test_a_record_is_named_by_what_it_is_about() -> None:
    feed = fast.read(
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
        "<item r:about='urn:x'><title>T</title></item></r:RDF>",
        url=URL,
    )

    assert feed is not None
    assert feed.records[0].guid == "urn:x"


def test_the_prefixes_of_namespaces_may_be_any() -> None:
    feed = fast.read(
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom' xmlns:b='http://purl.org/dc/elements/1.1/'>"
        "<a:entry><b:title>T</b:title><b:date>2026-06-01</b:date></a:entry></a:feed>",
        url=URL,
    )

    assert feed is not None
    assert feed.records[0].title == "T"
    assert feed.records[0].published is not None
