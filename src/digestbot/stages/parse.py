"""Parse: a finished post is taken back into the digest and the layout it was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from digestbot.contract import Format
from digestbot.errors import FormatError
from digestbot.model import ITEM_GAPS, Digest, FrontMatter, Item, Layout
from digestbot.stages import anatomy
from digestbot.stages.anatomy import Anatomy, Line
from digestbot.stages.printable import flaw, headings
from digestbot.text.markdown import unescape

T = TypeVar("T")

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?P<milliseconds>\.\d{3})?[+-]\d\d:\d\d")
"""How a post prints its date."""

_HEADINGS = {"### {}": "plain", "### **{}**": "bold", "**{}**": "label"}
_QUOTED = "> \t"


def parse(text: str, *, format: Format) -> Digest:
    """Return the digest that a post was made from; ``render`` undoes it.

    All that varies between real posts is taken, and kept in the layout as far
    as the layout has a switch for it. Raises ``FormatError`` with the line
    where it is no post.
    """
    words = headings(format)
    parts = anatomy.dissect(text, headings=words)
    if not text.strip():
        raise _wrong(1, "the file is empty")
    front_matter = _front_matter(parts)
    if not parts.lead:
        raise _wrong(parts.lines[-1].number, "there is no lead")
    if not parts.items:
        raise _wrong(parts.lines[-1].number, "there are no items")
    digest = Digest(
        front_matter=front_matter,
        lead="\n".join(line.text.strip() for line in parts.lead),
        items=tuple(_item(item) for item in parts.items),
        commentary=_commentary(parts),
        layout=_layout(parts, words, house=format.layout),
    )
    loose = bool(flaw(digest, format=format))
    return replace(digest, layout=replace(digest.layout, loose=loose))


def read_head(lines: Sequence[Line]) -> list[tuple[str, str, Line]]:
    """Return the front matter's keys with their values as written."""
    found = []
    for line in lines:
        key, colon, value = line.text.partition(":")
        if not colon or not re.fullmatch(r"\w+", key):
            raise _wrong(line.number, f"not a line of front matter: {line.text[:40]!r}")
        found.append((key, value.strip(), line))
    return found


def read_title(value: str, line: Line) -> str:
    """Return the title in its double quotes."""
    return _of_json(value, str, line, "the title must be a text in double quotes")


def read_date(value: str, line: Line) -> datetime:
    """Return the date with the offset that is printed with it."""
    try:
        if MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError as error:
        raise _wrong(line.number, f"the date is none: {error}") from error
    raise _wrong(line.number, f"the date must be like 2025-10-14T09:16:14+08:00, not {value!r}")


def read_categories(value: str, line: Line) -> tuple[str, ...]:
    """Return the categories of a list of texts in double quotes."""
    why = 'the categories must be a list like ["A", "B"]'
    found = _of_json(value, list, line, why)
    if not all(isinstance(category, str) for category in found):
        raise _wrong(line.number, why)
    return tuple(found)


def _of_json(value: str, kind: type[T], line: Line, why: str) -> T:
    try:
        found = json.loads(value)
    except ValueError as error:
        raise _wrong(line.number, why) from error
    if not isinstance(found, kind):
        raise _wrong(line.number, why)
    return found


def _front_matter(parts: Anatomy) -> FrontMatter:
    if parts.head is None:
        raise _wrong(1, "there is no front matter")
    values = {key: (value, line) for key, value, line in read_head(parts.head)}
    for key in ("title", "date"):
        if key not in values:
            raise _wrong(1, f"the front matter has no {key}")
    categories = read_categories(*values["categories"]) if "categories" in values else ()
    return FrontMatter(
        title=read_title(*values["title"]), date=read_date(*values["date"]), categories=categories
    )


def _item(item: anatomy.Item) -> Item:
    if item.link is None:
        raise _wrong(item.line.number, f"item {item.number} is not one link")
    return Item(
        title=unescape(item.link.title),
        url=unescape(item.link.url),
        text="\n".join(line.text.strip() for line in item.below),
    )


def _commentary(parts: Anatomy) -> tuple[str, ...]:
    plain = [replace(line, text=_unquoted(line)) for line in parts.commentary]
    return tuple("\n".join(line.text for line in block) for block in anatomy.blocks(plain))


def _unquoted(line: Line) -> str:
    """A line of commentary without the mark of a quotation."""
    text = line.text.strip()
    return text.lstrip(_QUOTED) if text.startswith(">") else text


def _layout(parts: Anatomy, words: Collection[str], *, house: Layout) -> Layout:
    """The layout as it shows; what nothing shows is as the house has it."""
    first = parts.items[0]
    assert parts.head is not None  # its lines have been read
    body = parts.lines[len(parts.head) + 2 :]
    below = parts.lines[first.line.number :]
    return Layout(
        milliseconds=any(
            bool((match := MOMENT.search(line.text)) and match["milliseconds"])
            for line in parts.head
        ),
        heading=_heading(parts.heading, words) if parts.commentary else house.heading,
        titles=first.link.titles if first.link else "plain",
        space_after_front_matter=body[0].is_blank,
        space_after_title=not below or below[0].is_blank,
        rule_after_lead=parts.rule_after_lead,
        rule_before_commentary=(
            parts.rule_before_commentary if parts.commentary else house.rule_before_commentary
        ),
        item_gap=_gap(parts) if len(parts.items) > 1 else house.item_gap,
        text_column=3 if first.text_column == 3 else 4,
    )


def _heading(line: Line | None, words: Collection[str]) -> str:
    if line is None:
        return "none"
    dressed = {pattern.format(word): name for word in words for pattern, name in _HEADINGS.items()}
    return dressed.get(line.text, "plain")


def _gap(parts: Anatomy) -> int:
    """The empty lines between the first two items."""
    second = parts.items[1].line.number - 1
    gap = 0
    while parts.lines[second - 1 - gap].is_blank:
        gap += 1
    return min(max(gap, ITEM_GAPS[0]), ITEM_GAPS[-1])


def _wrong(line: int, why: str) -> FormatError:
    return FormatError(f"line {line}: {why}")
