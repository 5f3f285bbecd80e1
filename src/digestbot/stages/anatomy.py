"""Anatomy: a post taken apart into lines with their places, however badly it is made.

``parse`` and ``lint`` both look at a post through this; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digestbot.contract import Format, Head
from digestbot.stages import plain, sectioned
from digestbot.stages.numbered import Item, Line, Link, is_item, items_of, link_at, trimmed
from digestbot.stages.printable import headed
from digestbot.stages.sectioned import SectionHead

__all__ = ["Anatomy", "Item", "Line", "Link", "Source", "blocks", "cover_of", "dissect", "trimmed"]

RULE = "---"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The line that names the top story's source, and its link."""

    line: Line
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Anatomy:
    """A post's parts. ``lead`` and ``commentary`` hold no rules, and begin and end with text."""

    lines: tuple[Line, ...]
    head: tuple[Line, ...] | None
    """The lines between the rules of the front matter; None if there is none."""
    body: tuple[Line, ...]
    """All lines behind it."""
    cover: Line | None
    lead: tuple[Line, ...]
    top: tuple[Line, ...]
    """The paragraphs of the top story, without the line that names its source."""
    top_heading: Line | None
    source: Source | None
    items: tuple[Item, ...]
    heading: Line | None
    commentary: tuple[Line, ...]
    rule_after_lead: bool
    rule_before_commentary: bool
    section_heads: tuple[SectionHead, ...] = ()
    """The headings of the sections, where the format has them."""


def dissect(text: str, *, format: Format) -> Anatomy:
    """Return the parts of a post, as far as they can be told apart."""
    lines = _lines(text)
    if format.layout.markup == "plain":
        return _of_plain_text(lines, format)
    head, body = _front(lines, format.head)
    cover = _cover(body, format)
    texts = [line for line in body if line is not cover]
    begins = sectioned.is_head if format.has_sections else is_item
    first = next((n for n, line in enumerate(texts) if begins(line)), len(texts))
    end = len(texts) if format.has_sections else _end_of_items(texts, first)
    before, after = texts[:first], texts[end:]
    place = format.parts.index("items")
    sections = {
        **_sections(before, (*format.parts[:place], "items"), format),
        **_sections(after, format.parts[place + 1 :], format),
    }
    lead, top, commentary = (
        sections.get(part, _NO_SECTION) for part in ("lead", "top", "commentary")
    )
    heads, stories = sectioned.stories_of(texts[first:]) if format.has_sections else ((), ())
    source = _source(top.lines[-1], format) if top.lines else None
    return Anatomy(
        lines=tuple(lines),
        head=head,
        body=tuple(body),
        cover=cover,
        lead=lead.lines,
        top=trimmed(top.lines[:-1]) if source else top.lines,
        source=source,
        top_heading=top.heading,
        items=stories or items_of(texts[first:end], format),
        heading=commentary.heading,
        commentary=commentary.lines,
        rule_after_lead=any(line.text == RULE for line in _after_text(before)),
        rule_before_commentary=any(line.text == RULE for line in after),
        section_heads=heads,
    )


def _of_plain_text(lines: list[Line], format: Format) -> Anatomy:
    """A post without any markup: its first line is its title."""
    lead, heads, stories = plain.parted(lines[1:], format, title=lines[0].text)
    return Anatomy(
        lines=tuple(lines),
        head=None,
        body=tuple(lines[1:]),
        cover=None,
        lead=lead,
        top=(),
        top_heading=None,
        source=None,
        items=stories,
        heading=None,
        commentary=(),
        rule_after_lead=False,
        rule_before_commentary=False,
        section_heads=heads,
    )


def blocks(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Return *lines* in blocks, as empty lines part them."""
    found: list[tuple[Line, ...]] = []
    block: list[Line] = []
    for line in lines:
        if not line.is_blank:
            block.append(line)
        elif block:
            found.append(tuple(block))
            block = []
    return [*found, tuple(block)] if block else found


def _lines(text: str) -> list[Line]:
    lines, start = [], 0
    for number, content in enumerate(text.split("\n"), 1):
        lines.append(Line(number=number, start=start, text=content))
        start += len(content) + 1
    return lines


def _front(lines: list[Line], head: Head) -> tuple[tuple[Line, ...] | None, list[Line]]:
    """The front matter's lines, and all lines behind it."""
    opening, closing = head.fence
    if lines[0].text != opening:
        return None, lines
    end = next((n for n, line in enumerate(lines[1:], 1) if line.text == closing), 0)
    if not end:
        return None, lines
    below = end + 1
    if head.title_below and len(lines) > end + 2 and lines[end + 2].text.startswith("# "):
        below = end + 3
    return tuple(lines[1:end]), lines[below:]


def _cover(body: list[Line], format: Format) -> Line | None:
    """The first line with text, if it shows a cover."""
    first = next((line for line in body if not line.is_blank), None)
    return first if first and cover_of(first.text, format=format) else None


def cover_of(text: str, *, format: Format) -> str:
    """Return the address of the cover that a line shows; empty if it shows none."""
    if not format.cover_line:
        return ""
    before, _, after = format.cover_line.partition("{url}")
    found = re.fullmatch(f"{re.escape(before)}(.+){re.escape(after)}", text)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """The heading and the lines of one part."""

    heading: Line | None = None
    lines: tuple[Line, ...] = ()


_NO_SECTION = _Section()


def _sections(lines: list[Line], parts: Sequence[str], format: Format) -> dict[str, _Section]:
    """*lines* by part: the first one's begin at once, each other's with its heading."""
    found: dict[str, _Section] = {}
    left = list(parts)
    current: list[Line] = []
    part, heading = (left.pop(0), None) if left else ("", None)
    for line in lines:
        is_own = heading is None and not _body(current) and headed(line.text, part, format=format)
        following = [name for name in left if headed(line.text, name, format=format)]
        if is_own:
            heading = line
        elif following:
            found[part] = _Section(heading=heading, lines=_body(current))
            part, heading, current = following[0], line, []
            left.remove(part)
        else:
            current.append(line)
    return {**found, part: _Section(heading=heading, lines=_body(current))}


def _end_of_items(body: list[Line], first: int) -> int:
    """The first line behind *first* that is neither an item, nor indented, nor blank."""
    for n, line in enumerate(body[first:], first):
        if not (is_item(line) or line.is_blank or line.text[:1].isspace()):
            return n
    return len(body)


def _source(line: Line, format: Format) -> Source | None:
    """The source that a line names, if it is written as one."""
    for locale in format.locales.values():
        before, gap, after = locale.source_line.partition("{link}")
        if gap and line.text.startswith(before) and line.text.endswith(after):
            end = len(line.text) - len(after)
            link = link_at(replace(line, text=line.text[:end]), len(before))
            if link:
                return Source(line=line, link=link)
    return None


def _body(lines: list[Line]) -> tuple[Line, ...]:
    return trimmed([line for line in lines if line.text != RULE])


def _after_text(lines: list[Line]) -> list[Line]:
    """The lines behind the first one that has text."""
    first = next((n for n, line in enumerate(lines) if not line.is_blank and line.text != RULE), 0)
    return lines[first:]
