"""What the elements of one record say together: which link is the page, which text the content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from digestbot.adapters.feeds.dates import read_date
from digestbot.adapters.feeds.parsed import is_address, record_of
from digestbot.adapters.feeds.plain import NotPlainError, attributes_of
from digestbot.model import Record

_DATES = ("published", "updated", "created")
"""In this order: when it came out, when it was last touched, when it was made."""

_PAGES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_TEXT_TYPES = frozenset({"", "text", "plain", "html", "text/plain", "text/html"})
_TYPED = frozenset({"title", "description", "summary", "content"})
_OTHER_TEXTS = ("other", "summary", "itunes summary")
_ADDRESSES = ("href", "url", "uri")
_LISTED = frozenset({"hours", "days"})


class Said:
    """What elements say of a feed or of one record: their texts, and what attributes add."""

    __slots__ = ("facts", "texts")

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.facts: dict[str, str] = {}

    def note(self, field: str, text: str, attributes: str) -> None:
        """Add an element that has attributes, or that is not the first of its kind."""
        texts = self.texts
        if field in _TYPED and ("type" in attributes or "mode" in attributes):
            _check_type(attributes_of(attributes))
        if field == "link" and attributes:
            self._note_link(text, attributes_of(attributes))
        elif field == "enclosure":
            named = attributes_of(attributes)
            self.facts.setdefault("enclosure", named.get("url") or named.get("href", ""))
        elif field in _LISTED:
            texts[field] = f"{texts.get(field, '')} {text}"
        elif field in _DATES or not texts.get(field):
            texts[field] = text
            if field == "id" and "false" in attributes.lower():
                self.facts["guid is no link"] = "true"
        elif field in _TYPED and field != "title" and len(text) > len(texts.get("other", "")):
            texts["other"] = text

    def change(self, tidy: Callable[[str], str]) -> None:
        """Put *tidy* of each text in its place."""
        self.texts = {field: tidy(text) for field, text in self.texts.items()}

    def _note_link(self, text: str, attributes: Mapping[str, str]) -> None:
        relation = attributes.get("rel", "alternate").lower()
        if relation.rpartition("/")[2] != "alternate":  # some write it as an address
            return
        address = next((attributes[name] for name in _ADDRESSES if attributes.get(name)), "")
        if not address:
            self.texts["link"] = self.texts.get("link") or text
        elif attributes.get("type", "text/html").lower() in _PAGES:
            self.facts.setdefault("page", address)
        else:
            self.facts.setdefault("other page", address)


def link_of(texts: Mapping[str, str], facts: Mapping[str, str]) -> str:
    """The address of the page, as it was written.

    The link of RSS, or the first one that is said to be the page; else a
    guid that is an address; else the recording that a podcast is made of.
    """
    if link := texts.get("link"):
        return link.replace("&amp;", "&") if "&" in link else link
    if page := facts.get("page") or facts.get("other page"):
        return page
    guid = texts.get("id", "")
    if is_address(guid) and "guid is no link" not in facts:
        return guid
    enclosure = facts.get("enclosure", "")
    return enclosure if is_address(enclosure) else ""


def guid_of(said: Said) -> str:
    """The name that the publisher gave to the record."""
    return said.texts.get("id") or said.facts.get("about", "")


def published_of(said: Said, *, chinese: bool) -> datetime | None:
    """When the record came out; the first of its dates that can be read."""
    for field in _DATES:
        if (written := said.texts.get(field)) and (moment := read_date(written, chinese=chinese)):
            return moment
    return None


def record_from(said: Said, *, url: str, published: datetime | None, language: str) -> Record:
    """Return the record that says this; its page is at *url*."""
    texts = said.texts
    excerpt, content = _excerpt_and_content(texts)
    return record_of(
        guid=guid_of(said),
        url=url,
        title=texts.get("title") or texts.get("media title", ""),
        excerpt=excerpt,
        content=content,
        published=published,
        language=language,
    )


def _excerpt_and_content(texts: Mapping[str, str]) -> tuple[str, str]:
    """Where there is but one text, it is the excerpt.

    A description of the picture is taken only where nothing else is said.
    """
    excerpt, content = texts.get("description", ""), texts.get("content", "")
    for field in _OTHER_TEXTS:
        if other := texts.get(field):
            if not excerpt:
                excerpt = other
            elif len(other) > len(content):
                content = other
    if excerpt:
        return excerpt, content
    return content or texts.get("media description", ""), ""


def _check_type(attributes: Mapping[str, str]) -> None:
    kind, mode = attributes.get("type", ""), attributes.get("mode", "")
    if kind.lower() not in _TEXT_TYPES or mode == "base64":
        raise NotPlainError
