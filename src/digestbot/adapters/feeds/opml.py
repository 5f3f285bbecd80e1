"""OPML in and out: lists of feeds as people export, mail and edit them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from digestbot.adapters.feeds.encoding import to_text
from digestbot.model import Feed

MAX_OPML = 10 * 1024 * 1024
"""Bytes of a list; 10,000 feeds take two."""

_BEGINNING = 4_096
"""Bytes in which a list names its document type."""

_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#x[0-9a-f]{1,6};|[a-z][a-z0-9]{1,31};)", re.IGNORECASE)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FOREIGN = re.compile(
    r"</?(?!(?:\w+:)?(?:opml|head|body|outline|title|docs|date\w+|owner\w+"
    r"|expansion\w+|vert\w+|window\w+)\b)[a-z][^<>]*+>",
    re.IGNORECASE,
)
"""Markup that a description brought along, unescaped: it would end the attribute."""


def read_opml(body: bytes) -> list[Feed]:
    """Return the feeds of a list, be it well formed or not, each address once.

    Folders become categories such as ``news/asia``. Raises ``ValueError`` for
    a list that is too large, cannot be read, or has no feeds.
    """
    if len(body) > MAX_OPML:
        raise ValueError(f"larger than {MAX_OPML >> 20} MiB; split the list")
    try:
        feeds = merged(_listed(body))
    except Exception as error:  # whatever the parser stumbles over, the list is at fault
        raise ValueError("cannot be read as an OPML list") from error
    if not feeds:
        raise ValueError("a list without feeds (no xmlUrl with an http address)")
    return feeds


def write_opml(feeds: Sequence[Feed], *, title: str) -> bytes:
    """Return *feeds* as an OPML 2.0 list with a folder for each part of a category.

    Files on disk are left out, and so is a login in an address: lists get around.
    """
    root = ElementTree.Element("opml", version="2.0")
    ElementTree.SubElement(ElementTree.SubElement(root, "head"), "title").text = _xml(title)
    body = ElementTree.SubElement(root, "body")
    folders: dict[tuple[str, ...], ElementTree.Element] = {(): body}
    for feed in feeds:
        if not feed.url.startswith(("http://", "https://")):
            continue
        name = _xml(feed.name or _public(feed.url))
        folder = _folder(folders, tuple(part for part in feed.category.split("/") if part))
        ElementTree.SubElement(
            folder, "outline", type="rss", text=name, title=name, xmlUrl=_xml(_public(feed.url))
        )
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def merged(feeds: Iterable[Feed]) -> list[Feed]:
    """Return each feed once, the first of those at one address, in their order.

    Addresses that differ in http or https, a slash at the end or a fragment
    are one. What the first lacks of name and category comes from the others.
    """
    found: dict[str, Feed] = {}
    for feed in feeds:
        key = _key(feed.url)
        first = found.get(key, feed)
        found[key] = replace(
            first, name=first.name or feed.name, category=first.category or feed.category
        )
    return list(found.values())


def _key(url: str) -> str:
    scheme, _, place = url.partition("://")
    if scheme.lower() not in ("http", "https"):
        return url
    return place.partition("#")[0].rstrip("/")


def _folder(
    folders: dict[tuple[str, ...], ElementTree.Element], path: tuple[str, ...]
) -> ElementTree.Element:
    if path not in folders:
        name = _xml(path[-1])
        parent = _folder(folders, path[:-1])
        folders[path] = ElementTree.SubElement(parent, "outline", text=name, title=name)
    return folders[path]


def _public(url: str) -> str:
    """*url* without user and password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _xml(text: str) -> str:
    """*text* without what no XML document may hold."""
    return _NOT_IN_XML.sub("", text)


def _listed(body: bytes) -> Iterator[Feed]:
    """The feeds of an OPML list, be it well formed or not.

    The parser is given clean UTF-8, marked as such or it would read Latin-1,
    and no document type: entities are never looked up.
    """
    import listparser  # it brings requests along: 0.1 s, paid only for lists

    text = to_text(body)
    text = _DOCTYPE.sub("", text[:_BEGINNING], count=1) + text[_BEGINNING:]
    text = _BARE_AMPERSAND.sub("&amp;", _FOREIGN.sub("", text))
    for found in listparser.parse(text.encode("utf-8-sig")).feeds:
        url = found.url.strip()
        if url.lower().startswith(("http://", "https://")):
            yield Feed(url=url, name=" ".join(found.title.split()), category=_category(found))


def _category(found: Any) -> str:
    paths: Iterable[list[str]] = found.get("categories") or ()
    names = ("/".join(part for part in path if part) for path in paths)
    return next((name for name in names if name), "")
