"""Parse: a finished post is taken back into the digest and the layout it was made from."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from digestbot.contract import DATE_FORMS, HEAD_VALUES, Format, Locale, matched
from digestbot.errors import FormatError
from digestbot.model import ITEM_GAPS, Digest, FrontMatter, Item, Layout, Top
from digestbot.stages import anatomy, plain
from digestbot.stages.anatomy import Anatomy, Line
from digestbot.stages.printable import flaw, heading_marks
from digestbot.text.markdown import unescape

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?P<milliseconds>\.\d{3})?[+-]\d\d:\d\d")
"""How a post prints its date."""

_LOCAL = {
    "local": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"),
    "local with offset": re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d"),
}
_QUOTED = "> \t"


def parse(text: str, *, format: Format) -> Digest:
    """Return the digest that a post was made from; ``render`` undoes it.

    All that varies between real posts is taken, and kept in the layout as far
    as the layout has a switch for it. Raises ``FormatError`` with the line
    where it is no post.
    """
    parts = anatomy.dissect(text, format=format)
    if not text.strip():
        raise _wrong(1, "the file is empty")
    is_plain = format.layout.markup == "plain"
    front_matter = (
        plain.front_of(parts.lines[0].text, format) if is_plain else _front_matter(parts, format)
    )
    if "lead" in format.parts and not parts.lead:
        raise _wrong(parts.lines[-1].number, "there is no lead")
    if "top" in format.parts and not parts.top:
        raise _wrong(parts.lines[-1].number, "there is no top story")
    if not parts.items:
        raise _wrong(parts.lines[-1].number, "there are no items")
    digest = Digest(
        front_matter=front_matter,
        lead="\n".join(line.text.strip() for line in parts.lead),
        items=tuple(_plain_item(item) if is_plain else _item(item) for item in parts.items),
        commentary=_paragraphs(parts.commentary),
        top=_top(parts, format) if "top" in format.parts else None,
        commentary_title=_titled(parts.heading, "commentary", format),
        layout=_layout(parts, format),
    )
    loose = bool(flaw(digest, format=format))
    return replace(digest, layout=replace(digest.layout, loose=loose))


def read_head(lines: Sequence[Line]) -> list[tuple[str, str, Line]]:
    """Return the front matter's keys with their values as written."""
    found = []
    for line in lines:
        key, colon, value = line.text.partition(":")
        if not colon or not re.fullmatch(r"[\w-]+", key):
            raise _wrong(line.number, f"not a line of front matter: {line.text[:40]!r}")
        found.append((key, value.strip(), line))
    return found


def read_title(value: str, line: Line) -> str:
    """Return the title in its double quotes."""
    return _text(value, line, "the title must be a text in double quotes")


def read_date(value: str, line: Line, *, format: Format, locale: Locale) -> datetime:
    """Return the date with the offset that is printed with it, or else the language's."""
    form = format.head.date_form
    try:
        if form == "iso" and MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
        if form != "iso" and _LOCAL[form].fullmatch(value):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=_zone(locale))
    except ValueError as error:
        raise _wrong(line.number, f"the date is none: {error}") from error
    raise _wrong(line.number, f"the date must be like {DATE_FORMS[form]}, not {value!r}")


def _zone(locale: Locale) -> tzinfo | None:
    """The zone that a post's date has where it says none."""
    return datetime.strptime(locale.utc_offset, "%z").tzinfo if locale.utc_offset else UTC


def read_categories(value: str, line: Line) -> tuple[str, ...]:
    """Return the categories of a list of texts in double quotes."""
    why = 'the categories must be a list like ["A", "B"]'
    found = _json(value, line, why)
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise _wrong(line.number, why)
    return tuple(found)


def _text(value: str, line: Line, why: str) -> str:
    found = _json(value, line, why)
    if not isinstance(found, str):
        raise _wrong(line.number, why)
    return found


def _json(value: str, line: Line, why: str) -> object:
    try:
        found: object = json.loads(value)
    except ValueError as error:
        raise _wrong(line.number, why) from error
    return found


def _front_matter(parts: Anatomy, format: Format) -> FrontMatter:
    if parts.head is None:
        raise _wrong(1, "there is no front matter")
    values = {key: (value, line) for key, value, line in read_head(parts.head)}
    keys = {value: format.head.key_of(value) for value in HEAD_VALUES}
    for value in ("title", "date"):
        if keys[value] not in values:
            raise _wrong(1, f"the front matter has no {keys[value]}")
    listed = values.get(keys["categories"])
    title = read_title(*values[keys["title"]])
    locale = format.locale_of_title(title) or next(iter(format.locales.values()))
    return FrontMatter(
        title=title,
        date=read_date(*values[keys["date"]], format=format, locale=locale),
        categories=read_categories(*listed) if listed else (),
        cover=_cover(parts, values.get(keys["cover"]), format),
    )


def _cover(parts: Anatomy, keyed: tuple[str, Line] | None, format: Format) -> str:
    """The cover's address, from the head or else from its line."""
    if keyed:
        return _text(*keyed, "the cover must be a text in double quotes")
    return anatomy.cover_of(parts.cover.text, format=format) if parts.cover else ""


def _top(parts: Anatomy, format: Format) -> Top:
    link = parts.source.link if parts.source else None
    return Top(
        title=_titled(parts.top_heading, "top", format),
        paragraphs=_paragraphs(parts.top),
        source=unescape(link.title) if link else "",
        url=unescape(link.url) if link else "",
    )


def _titled(line: Line | None, part: str, format: Format) -> str:
    """The title that a part's heading gives it; empty if it gives none."""
    found = _heading(line, part, format)[1] if line else None
    return unescape(found["headline"]) if found and "headline" in found.groupdict() else ""


def _item(item: anatomy.Item) -> Item:
    if item.link is None:
        raise _wrong(item.line.number, f"item {item.number} is not one link")
    return Item(
        title=unescape(item.link.title),
        url=unescape(item.link.url),
        text="\n".join(line.text.strip() for line in item.below),
        section=item.section,
    )


def _plain_item(item: anatomy.Item) -> Item:
    assert item.link is not None  # a plain title counts as one
    text = "\n".join(line.text for line in item.below)
    return Item(title=item.link.title, url=item.link.url, text=text, section=item.section)


def _paragraphs(lines: Sequence[Line]) -> tuple[str, ...]:
    plain = [replace(line, text=_unquoted(line)) for line in lines]
    return tuple("\n".join(line.text for line in block) for block in anatomy.blocks(plain))


def _unquoted(line: Line) -> str:
    """A line of commentary without the mark of a quotation."""
    text = line.text.strip()
    return text.lstrip(_QUOTED) if text.startswith(">") else text


def _layout(parts: Anatomy, format: Format) -> Layout:
    """The layout as it shows; what nothing shows is as the house has it."""
    first, house = parts.items[0], format.layout
    links = any(item.link is None or item.link.url for item in parts.items)
    if house.markup == "plain":
        return replace(house, links=links)
    assert parts.head is not None  # its lines have been read
    milliseconds = any(
        bool((match := MOMENT.search(line.text)) and match["milliseconds"]) for line in parts.head
    )
    space = parts.body[0].is_blank
    if format.has_sections:
        return replace(
            house, links=links, milliseconds=milliseconds, space_after_front_matter=space
        )
    below = parts.lines[first.line.number :]
    return Layout(
        links=links,
        milliseconds=milliseconds,
        heading=_dress(parts, format),
        titles=first.link.titles if first.link else "plain",
        space_after_front_matter=space,
        space_after_title=(
            house.space_after_title if format.item_separators else not below or below[0].is_blank
        ),
        rule_after_lead=parts.rule_after_lead,
        rule_before_commentary=(
            parts.rule_before_commentary if parts.commentary else house.rule_before_commentary
        ),
        item_gap=_gap(parts) if len(parts.items) > 1 else house.item_gap,
        text_column=3 if first.text_column == 3 else 4,
    )


def _dress(parts: Anatomy, format: Format) -> str:
    """How the headings are set: one of ``model.HEADINGS``."""
    if parts.heading:
        return _heading(parts.heading, "commentary", format)[0]
    if parts.top_heading:
        return _heading(parts.top_heading, "top", format)[0]
    return "none" if parts.commentary else format.layout.heading


def _heading(line: Line, part: str, format: Format) -> tuple[str, re.Match[str] | None]:
    """How a heading is set, and the match of its words; plain and None where it is not ours."""
    for name, mark in heading_marks(format).items():
        for locale in format.locales.values():
            pattern = mark.format(locale.headings.get(part, ""))
            found = matched(pattern, line.text) if part in locale.headings else None
            if found:
                return name, found
    return "plain", None


def _gap(parts: Anatomy) -> int:
    """The empty lines between the first two items."""
    second = parts.items[1].line.number - 1
    gap = 0
    while parts.lines[second - 1 - gap].is_blank:
        gap += 1
    return min(max(gap, ITEM_GAPS[0]), ITEM_GAPS[-1])


def _wrong(line: int, why: str) -> FormatError:
    return FormatError(f"line {line}: {why}")
