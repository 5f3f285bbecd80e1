"""Serial: a digest as JSON, and back. The JSON holds all of it, the layout too."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any, TypeVar

from digestbot.errors import FormatError
from digestbot.model import (
    HEADINGS,
    ITEM_GAPS,
    MARKUPS,
    TEXT_COLUMNS,
    TITLES,
    Digest,
    FrontMatter,
    Item,
    Layout,
    Top,
)

T = TypeVar("T")

_CHOICES: Mapping[str, tuple[object, ...]] = {
    "heading": HEADINGS,
    "titles": TITLES,
    "item_gap": ITEM_GAPS,
    "text_column": TEXT_COLUMNS,
    "markup": MARKUPS,
}


OPTIONAL = frozenset({"top", "commentary_title", "cover", "section"})
"""Keys that are left out where there is nothing."""


def to_json(digest: Digest) -> str:
    """Return *digest* as JSON; :func:`from_json` undoes it."""
    values = asdict(digest)
    values["front_matter"]["date"] = digest.front_matter.date.isoformat()
    for part, key in (
        (values, "top"),
        (values, "commentary_title"),
        (values["front_matter"], "cover"),
        *((item, "section") for item in values["items"]),
    ):
        if not part[key]:
            del part[key]
    return json.dumps(values, ensure_ascii=False, indent=2)


def from_json(text: str) -> Digest:
    """Return the digest that *text* holds.

    The layout may be left out: the house's own is meant then. Raises
    ``FormatError`` with the place of what is missing, unknown or of the wrong kind.
    """
    try:
        values = json.loads(text)
    except ValueError as error:
        raise FormatError(f"not JSON: {error}") from error
    except RecursionError as error:
        raise FormatError("not a digest: nested too deeply") from error
    return _digest(_Object(values, "the digest"))


class _Object:
    """A JSON object, every key of which is taken once."""

    def __init__(self, values: Any, place: str) -> None:
        if not isinstance(values, dict):
            raise FormatError(f"{place} must be an object, not {_shown(values)}")
        self._values = dict(values)
        self.place = place

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def take(self, key: str, kind: type[T], wanted: str) -> T:
        """Return the value of *key*, which must be exactly of that kind."""
        place = f"{key} of {self.place}"
        if key not in self._values:
            raise FormatError(f"{place} is missing")
        value = self._values.pop(key)
        if type(value) is not kind:
            raise FormatError(f"{place} must be {wanted}, not {_shown(value)}")
        return value

    def text(self, key: str) -> str:
        text = self.take(key, str, "a text")
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise FormatError(f"{key} of {self.place} holds half a character")
        return text

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, "a list of texts")
        return tuple(
            _Object({"text": value}, f"number {n} in {key} of {self.place}").text("text")
            for n, value in enumerate(values, 1)
        )

    def each(self, key: str, read: Callable[[_Object], T]) -> tuple[T, ...]:
        """Return what *read* makes of each object in a list."""
        values = self.take(key, list, "a list")
        return tuple(
            read(_Object(value, f"number {n} in {key} of {self.place}"))
            for n, value in enumerate(values, 1)
        )

    def finish(self) -> None:
        """Raise ``FormatError`` if a key is left that nobody knows."""
        if self._values:
            raise FormatError(f"{self.place} has an unknown key: {next(iter(self._values))!r}")


def _digest(top: _Object) -> Digest:
    digest = Digest(
        front_matter=_front_matter(top),
        lead=top.text("lead"),
        items=top.each("items", _item),
        commentary=top.texts("commentary"),
        top=_top(top) if "top" in top else None,
        commentary_title=top.text("commentary_title") if "commentary_title" in top else "",
        layout=_layout(top) if "layout" in top else Layout(),
    )
    top.finish()
    return digest


def _front_matter(top: _Object) -> FrontMatter:
    head = _Object(top.take("front_matter", dict, "an object"), "the front matter")
    front_matter = FrontMatter(
        title=head.text("title"),
        date=_date(head),
        categories=head.texts("categories"),
        cover=head.text("cover") if "cover" in head else "",
    )
    head.finish()
    return front_matter


def _date(head: _Object) -> datetime:
    written = head.text("date")
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise FormatError(f"date of {head.place} is none: {written!r}") from error
    if moment.tzinfo is None:
        raise FormatError(f"date of {head.place} has no offset: {written!r}")
    return moment


def _top(digest: _Object) -> Top:
    values = _Object(digest.take("top", dict, "an object"), "the top story")
    top = Top(
        title=values.text("title"),
        paragraphs=values.texts("paragraphs"),
        source=values.text("source"),
        url=values.text("url"),
    )
    values.finish()
    return top


def _item(values: _Object) -> Item:
    item = Item(
        title=values.text("title"),
        url=values.text("url"),
        text=values.text("text"),
        section=values.text("section") if "section" in values else "",
    )
    values.finish()
    return item


def _layout(top: _Object) -> Layout:
    given = _Object(top.take("layout", dict, "an object"), "the layout")
    switches: dict[str, Any] = {}
    for field in fields(Layout):
        if field.name in given:
            kind = type(field.default)
            value = given.take(field.name, kind, f"of the kind {kind.__name__}")
            if value not in _CHOICES.get(field.name, (value,)):
                choices = _CHOICES[field.name]
                raise FormatError(f"{field.name} of the layout must be one of {choices}")
            switches[field.name] = value
    given.finish()
    return Layout(**switches)


def _shown(value: Any) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
