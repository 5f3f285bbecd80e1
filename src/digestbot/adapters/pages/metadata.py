"""What a page says of itself in its head."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from digestbot.text.html import plain_line
from digestbot.text.urls import canonical_url

TITLES = ("og:title", "twitter:title", "dc:title", "dcterm:title", "dc.title")
IMAGES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
SITES = ("og:site_name", "application-name", "twitter:site")
LOCKED = frozenset({"locked", "metered"})
"""Values of ``article:content_tier`` that ask for money; "free" does not."""

MAX_JSON = 1_000_000
"""Characters of JSON-LD that are read; the longest real ones have a tenth."""

MAX_OBJECTS = 2_000
"""Objects of JSON-LD that are looked at."""

PARTS = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart")
"""Where JSON-LD speaks of this page rather than of others it links to."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*", re.IGNORECASE)
_NO_LANGUAGES = frozenset({"und", "xx", "zxx", "mul"})


class Head:
    """The head of one page, which stands at *url*; read before the tree is emptied of scripts."""

    def __init__(self, tree: HtmlElement, url: str) -> None:
        self._tree = tree
        self._url = url
        self._meta = _metas(tree)
        base = next(iter(tree.xpath("//base/@href[1]")), "")
        self._base = canonical_url(base, url) or url

    @property
    def title(self) -> str:
        """The article's name without its site's, where the page gives it."""
        named = next(filter(None, map(plain_line, self._named(TITLES))), "")
        return named or self._heading() or self.document_title

    @property
    def document_title(self) -> str:
        """What stands in ``<title>``."""
        return plain_line("".join(self._tree.xpath("//title[1]//text()")[:50]))

    @property
    def canonical(self) -> str:
        """The address that the page calls its own; a front page is nobody's but its own."""
        for href in self._tree.xpath("//link[@href]"):
            if "canonical" in href.get("rel", "").lower().split():
                address = canonical_url(href.get("href"), self._base)
                return "" if self._is_front(address) else address
        return ""

    @property
    def image(self) -> str:
        found = (canonical_url(image, self._base) for image in self._named(IMAGES))
        return next(filter(None, found), "")

    @property
    def site(self) -> str:
        return next(filter(None, map(plain_line, self._named(SITES))), "").removeprefix("@")

    @property
    def language(self) -> str:
        """A tag such as ``zh-CN``, in the page's words."""
        own = [self._tree.get("lang") or self._tree.get("xml:lang") or ""]
        found = [*own, *self._named(("content-language", "og:locale"))]
        tags = (value.strip().replace("_", "-") for value in found)
        return next(filter(_is_language, tags), "")

    @property
    def is_locked(self) -> bool:
        """Whether the page says that its article is not for everybody."""
        tiers = self._named(("article:content_tier",))
        return any(tier.lower() in LOCKED for tier in tiers) or any(
            _is_false(thing.get("isAccessibleForFree")) for thing in self._things()
        )

    def _heading(self) -> str:
        """The heading that ``<title>`` repeats, with the site's name behind it."""
        headings = (plain_line("".join(found.itertext())) for found in self._tree.iter("h1"))
        title = self.document_title
        return next((text for text in headings if text and (text in title or not title)), "")

    def _named(self, names: tuple[str, ...]) -> list[str]:
        return [self._meta[name] for name in names if self._meta.get(name)]

    def _is_front(self, address: str) -> bool:
        return urlsplit(address).path in ("", "/") and urlsplit(self._url).path not in ("", "/")

    def _things(self) -> Iterator[dict[str, Any]]:
        """What JSON-LD says of this page."""
        queue: list[Any] = [_json(script) for script in self._tree.xpath(_JSON_LD)]
        for _ in range(MAX_OBJECTS):
            if not queue:
                return
            thing = queue.pop()
            if isinstance(thing, list):
                queue += thing[:MAX_OBJECTS]
            elif isinstance(thing, dict):
                yield thing
                queue += [thing[part] for part in PARTS if part in thing]


_JSON_LD = "//script[contains(@type, 'ld+json')]"


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The content of each named meta element, the first of a name; names in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        names = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        for name in names.lower().split():
            content = (meta.get("content") or "").strip()
            if content:
                found.setdefault(name, content)
    return found


def _json(script: HtmlElement) -> Any:
    text = (script.text or "")[:MAX_JSON].strip().rstrip(";")
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _is_false(value: Any) -> bool:
    return value is False or (isinstance(value, str) and value.strip().lower() in _FALSE)


_FALSE = frozenset({"false", "no", "http://schema.org/false", "https://schema.org/false"})


def _is_language(tag: str) -> bool:
    return bool(_LANGUAGE.fullmatch(tag)) and tag.lower() not in _NO_LANGUAGES
