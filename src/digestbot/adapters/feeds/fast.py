"""The fast road: fastfeedparser, where a document gives no reason to doubt it.

It recovers from broken XML without a word (a raw ``&`` cuts a title), reads
the text of an element only up to its first child, and guesses dates, even
from a guid. So each of these is looked for first, or checked after.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from typing import Any
from xml.parsers import expat

from digestbot.adapters.feeds.dates import MAX_DATE, moment_of, within
from digestbot.adapters.feeds.parsed import Found, ParsedFeed, absolute, is_chinese, parsed_feed

_DATE = re.compile(
    r"<(?:\w+:)?(?:pubdate|published|updated|modified|issued|created|date|lastbuilddate)\b[^<>]*+(?<!/)>"
    r"\s*(?:<!\[CDATA\[)?([^<>\]]*)",
    re.IGNORECASE,
)

_CUT_SHORT = re.compile(
    r"<((?:\w+:)?(?:title|link|guid|id|description|summary|encoded|pubDate|published|updated|date)"
    r"|content)(?:\s[^<>]*+)?(?<!/)>"
    r"(?:[^<]++|<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+\]\]>)*+<(?!/\1\s*>)"
)
"""An element of text that has a child, or a comment in it."""

_DOUBTFUL = (
    "<!DOCTYPE",
    "<!ENTITY",
    "http://purl.org/atom/ns#",
    'xhtml"',
    "xhtml'",
    'base64"',
    "base64'",
    '"multipart/',
    '"application/octet-stream"',
)
"""What the two parsers read differently: left to the forgiving one."""

_RECORD = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_PREFIXED_TITLE = re.compile(r"<\w+:title[\s>]", re.IGNORECASE)
_TITLE = re.compile(r"<title(?:\s[^<>]*+)?>\s*(?:<!\[CDATA\[(.*?)\]\]>|([^<]*))", re.DOTALL)

_NO_PERMALINK = re.compile(r"ispermalink\s*=\s*[\"']\s*false", re.IGNORECASE)
_LINK = re.compile(r"<link>\s*(?:<!\[CDATA\[)?([^<\]]*)")

_LANGUAGE = re.compile(
    r"<(?:dc:)?language[^<>]*>\s*([\w-]+)|xml:lang\s*=\s*[\"']([\w-]+)", re.IGNORECASE
)
_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_HEAD = 20_000
"""Characters at the beginning in which a feed names its language."""


def read(text: str, *, url: str) -> ParsedFeed | None:
    """Return the feed, or None where the forgiving parser should have a look."""
    if any(mark in text for mark in _DOUBTFUL) or _CUT_SHORT.search(text):
        return None
    body = text.encode("utf-8", "replace")
    if not _is_well_formed(body):
        return None
    feed = _parsed(body)
    if not (feed and feed["entries"]):
        return None
    site = feed["feed"]
    language, title = _language(text), site.get("title") or ""
    if not _is_trusted(text, feed, chinese=is_chinese(language, title)):
        return None
    base = absolute(site.get("link") or "", url) or url
    found = [_found(entry, base) for entry in feed["entries"]]
    return parsed_feed(title, found, language=language)


def _language(text: str) -> str:
    match = _LANGUAGE.search(text, 0, _HEAD)
    return (match[1] or match[2]) if match else ""


def _is_well_formed(body: bytes) -> bool:
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _parsed(body: bytes) -> Mapping[str, Any] | None:
    import fastfeedparser  # 0.12 s, paid only by runs that parse

    try:
        feed: Mapping[str, Any] = fastfeedparser.parse(
            body, include_tags=False, include_media=False, include_enclosures=False
        )
    except Exception:  # noqa: BLE001 - whatever it cannot read, the forgiving parser may
        return None
    return feed


def _is_trusted(text: str, feed: Mapping[str, Any], *, chinese: bool) -> bool:
    """Whether each record's date, title and link is one that stands in the document."""
    entries = feed["entries"]
    if len(_RECORD.findall(text)) > len(entries):
        return False
    moments, titles, links = _moments(text, chinese=chinese), _titles(text), _links(text)
    relative = "xml:base" in text
    return moments is not None and all(
        _has_date_among(moments, entry)
        and (titles is None or (entry.get("title") or "") in titles)
        and _has_plain_link(entry, relative=not relative)
        and (links is None or entry["link"] != entry.get("id") or entry["link"] in links)
        for entry in entries
    )


def _moments(text: str, *, chinese: bool) -> set[datetime] | None:
    """Every moment that the document names; None where one of them cannot be read."""
    written = {unescape(date[:MAX_DATE]).strip() for date in _DATE.findall(text)} - {""}
    moments = {moment_of(date, chinese=chinese) for date in written}
    return None if None in moments else {moment for moment in moments if moment}


def _titles(text: str) -> set[str] | None:
    """Every title without a prefix, where there are others: the parser takes the first."""
    if not _PREFIXED_TITLE.search(text):
        return None
    return {(cdata or unescape(plain)).strip() for cdata, plain in _TITLE.findall(text)}


def _links(text: str) -> set[str] | None:
    """Every link of RSS, where a guid says that it is none: the parser takes it all the same."""
    if not _NO_PERMALINK.search(text):
        return None
    return {unescape(link).strip() for link in _LINK.findall(text)}


def _has_date_among(moments: set[datetime], entry: Mapping[str, Any]) -> bool:
    """Whether the date stands in the document; one that was not read may stand there, too."""
    date = _published(entry)
    return date in moments if date else not moments


def _has_plain_link(entry: Mapping[str, Any], *, relative: bool) -> bool:
    """Whether the link is the only one that can be meant: the page itself, as HTML."""
    link = entry.get("link") or ""
    if not link or not (relative or absolute(link)):
        return False
    pages = [
        each["href"]
        for each in entry.get("links") or ()
        if each["rel"] in {None, "alternate"} and (each.get("type") or "text/html") in _HTML_TYPES
    ]
    return not entry.get("links") or (bool(pages) and pages[0] == link)


def _published(entry: Mapping[str, Any]) -> datetime | None:
    date = entry.get("published")
    return datetime.fromisoformat(date).replace(microsecond=0) if date else None


def _found(entry: Mapping[str, Any], base: str) -> Found:
    content = entry.get("content") or [{}]
    return Found(
        guid=entry.get("id") or "",
        url=absolute(entry["link"], base),
        title=entry.get("title") or "",
        excerpt=entry.get("description") or "",
        content=content[0].get("value") or "",
        published=within(_published(entry)),
    )
