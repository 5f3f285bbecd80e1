"""What the elements of one record say together: which link is the page, which text the content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from digestbot.adapters.feeds.dates import read_date
from digestbot.adapters.feeds.parsed import is_address, record_of
from digestbot.adapters.feeds.plain import NotPlainError, text_of
from digestbot.model import Record

Values = dict[str, Any]
"""What was found of a feed or of one record: texts as they were written, by field."""

_DATES = ("published", "updated", "created")
"""In this order: when it came out, when it was last touched, when it was made."""

_PAGES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_TEXT_TYPES = frozenset({"", "text", "plain", "html", "text/plain", "text/html"})
_TYPED = frozenset({"title", "description", "summary", "content"})
_TEXTS = ("description", "summary", "itunes summary")
_ADDRESSES = ("href", "url", "uri")
_LISTED = frozenset({"hours", "days"})


def note(values: Values, field: str, text: str, attributes: Mapping[str, str]) -> None:
    """Add an element that has attributes, or that is not the first of its kind."""
    if field in _TYPED and (
        attributes.get("type", "").lower() not in _TEXT_TYPES or attributes.get("mode") == "base64"
    ):
        raise NotPlainError
    if field == "link" and attributes:
        _note_link(values, text, attributes)
    elif field == "enclosure":
        values.setdefault("enclosure", attributes.get("url", ""))
    elif field in _LISTED:
        values[field] = f"{values.get(field, '')} {text}"
    elif field in _DATES or not values.get(field):
        values[field] = text
        if field == "id":
            values["is permalink"] = _is_permalink(attributes)
    elif field in _TYPED and field != "title":
        values.setdefault("more", []).append(text)


def record_from(values: Values, *, url: str, chinese: bool, language: str) -> Record:
    """Return the record that *values* describe; its page is at *url*."""
    excerpt, content = _texts(values)
    published = None
    for field in _DATES:
        if (written := values.get(field)) and published is None:
            published = read_date(text_of(written), chinese=chinese)
    return record_of(
        guid=_text(values, "id") or values.get("about", ""),
        url=url,
        title=_text(values, "title") or _text(values, "media title"),
        excerpt=excerpt,
        content=content,
        published=published,
        language=language,
    )


def link_of(values: Values) -> str:
    """The address of the page, as it was written.

    The link of RSS, or the first one that is said to be the page; else a
    guid that is an address; else the recording that a podcast is made of.
    """
    if link := _text(values, "link"):
        return link.replace("&amp;", "&")
    if page := values.get("page") or values.get("other page"):
        return str(page)
    guid = _text(values, "id")
    if values.get("is permalink", True) and is_address(guid):
        return guid
    enclosure = str(values.get("enclosure", ""))
    return enclosure if is_address(enclosure) else ""


def _note_link(values: Values, text: str, attributes: Mapping[str, str]) -> None:
    if attributes.get("rel", "alternate").lower() != "alternate":
        return
    address = next((attributes[name] for name in _ADDRESSES if attributes.get(name)), "")
    if not address:
        values["link"] = values.get("link") or text
    elif attributes.get("type", "text/html").lower() in _PAGES:
        values.setdefault("page", address)
    else:
        values.setdefault("other page", address)


def _is_permalink(attributes: Mapping[str, str]) -> bool:
    said = (value for name, value in attributes.items() if name.lower() == "ispermalink")
    return next(said, "true").lower() != "false"


def _texts(values: Values) -> tuple[str, str]:
    """The excerpt and the content; where there is but one text, it is the excerpt.

    A description of the picture is taken only where nothing else is said.
    """
    found = [text for name in _TEXTS if (text := _text(values, name))]
    more = [text_of(text) for text in values.get("more", ())]
    content = max((_text(values, "content"), *more, *found[1:]), key=len)
    if not found:
        return content or _text(values, "media description"), ""
    return found[0], content


def _text(values: Values, field: str) -> str:
    written = values.get(field)
    return text_of(written) if written else ""
