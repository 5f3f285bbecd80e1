"""parts: a post of any make in; its items and the editor's texts out, each with its places.

A post of the house is taken apart as ``parse`` takes it. In any other Markdown
an item is what has a link of its own: a section under a heading, or a list's
entry; where there are neither, a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby, zip_longest

from markdown_it.token import Token

from digestbot.contract import Format
from digestbot.errors import FormatError
from digestbot.stages.anatomy import Anatomy, Item, Line, dissect
from digestbot.stages.parse import parse
from digestbot.text.inline import blocks_of, tokens_of
from digestbot.text.shown import Shown, joined, shown

_DAY = re.compile(r"(?<!\d)(20\d\d)([-/.年]?)(0[1-9]|1[0-2])(?:\2|月)(0[1-9]|[12]\d|3[01])(?!\d)")
_VALUE = re.compile(r"\{[^}]*\}")
_MARKS = {"heading_open", "list_item_open", "list_item_close"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An item (``item 3``) or a text of the editor (``lead``, ``commentary``, ``editorial``)."""

    name: str
    shown: Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A post in its parts, in order, and the day that it says it is of, if it does."""

    text: str
    items: tuple[Part, ...]
    editorial: tuple[Part, ...]
    day: date | None = None
    phrases: tuple[str, ...] = ()
    """What the house itself says in its posts, whatever the news."""
    publishers: str = ""
    """How many publishers the house says that the post rests on: which entries tell one story
    depends on all that there were that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """A paragraph, a heading or a piece of HTML; ``entries`` are the lists' entries it is in."""

    shown: Shown
    heading: str = ""
    """``h1`` to ``h6`` for a heading."""
    entries: tuple[int, ...] = ()


def parts_of(text: str, *, format: Format, file_name: str = "") -> Parts:
    """Return the parts of a post; lines of *text* end in ``\\n``.

    The head is no part. A post's day stands there, or in its file's name.
    """
    anatomy = dissect(text, format=format)
    head = "\n".join(line.text for line in anatomy.head or ())
    ours = _is_of_the_house(text, format)
    items, editorial = _of_the_house(anatomy) if ours else _split(_blocks(anatomy))
    return Parts(
        text=text,
        items=tuple(
            Part(name=f"item {number}", shown=item) for number, item in enumerate(items, 1)
        ),
        editorial=tuple(editorial),
        day=_day_in(head) or _day_in(file_name),
        phrases=tuple(_phrases(format)) if ours else (),
        publishers=_publishers(editorial[0].shown.text, format) if ours else "",
    )


def _is_of_the_house(text: str, format: Format) -> bool:
    try:
        parse(text, format=format)
    except FormatError:
        return False
    return True


def _phrases(format: Format) -> Iterator[str]:
    for locale in format.locales.values():
        sections = (section.name for section in locale.sections)
        said = (*locale.phrases.values(), *locale.originals.values(), locale.follow_up, *sections)
        for phrase in said:
            yield _VALUE.sub(" ", phrase)


def _day_in(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date(int(found[1]), int(found[3]), int(found[4])) if found else None
    except ValueError:
        return None


def _of_the_house(anatomy: Anatomy) -> tuple[list[Shown], list[Part]]:
    starts = {line.start: line for line in anatomy.lines}
    items = [
        joined(
            [
                _line(item.line, item.text_column),
                *(_line(line) for line in item.below),
                *_address(item, starts),
            ]
        )
        for item in anatomy.items
    ]
    editorial = [
        Part(name=name, shown=joined([_line(line) for line in lines]))
        for name, lines in (("lead", anatomy.lead), ("commentary", anatomy.commentary))
        if lines
    ]
    return items, editorial


def _address(item: Item, starts: Mapping[int, Line]) -> list[Shown]:
    """The line that is a story's address, where there is no markup for a link."""
    line = starts.get(item.link.url_at) if item.link and item.link.url else None
    return [_line(line)] if line else []


def _line(line: Line, column: int = 0) -> Shown:
    raw = line.text[column:].lstrip("> \t")
    start = line.start + len(line.text) - len(raw)
    return shown(raw, range(start, line.start + len(line.text)))


def _publishers(lead: str, format: Format) -> str:
    """The number of publishers that a plain lead begins with."""
    for locale in format.locales.values():
        pieces = _VALUE.split(locale.phrases.get("lead_open", ""))
        names = _VALUE.findall(locale.phrases.get("lead_open", ""))
        values = [r"(?P<sources>\d+)" if name == "{sources}" else ".+?" for name in names]
        pattern = "".join(chain(*zip_longest(map(re.escape, pieces), values, fillvalue="")))
        if "{sources}" in names and (found := re.match(pattern, lead)):
            return found["sources"]
    return ""


# --- any other Markdown ---------------------------------------------------------


def _blocks(anatomy: Anatomy) -> list[_Block]:
    """The blocks behind the head that show text, in order."""
    skipped = len(anatomy.head) + 2 if anatomy.head is not None else 0
    lines = anatomy.lines[skipped:]
    blocks: list[_Block] = []
    entries: list[int] = []
    heading = ""
    for number, token in enumerate(blocks_of("\n".join(line.text for line in lines))):
        if token.type in _MARKS:
            heading = token.tag if token.type == "heading_open" else ""
            if token.type == "list_item_open":
                entries.append(number)
            elif token.type == "list_item_close":
                entries.pop()
        elif token.type in {"inline", "html_block", "code_block"}:
            blocks.append(
                _Block(shown=_shown(token, lines), heading=heading, entries=tuple(entries))
            )
            heading = ""
    return blocks


def _shown(token: Token, lines: Sequence[Line]) -> Shown:
    first = token.map[0] if token.map else 0
    raw = token.content.rstrip("\n")
    places: list[int] = []
    for line, part in zip(lines[first:], raw.split("\n"), strict=False):
        start = line.start + max(0, line.text.find(part))
        places += range(start, start + len(part) + 1)
    tokens = token.children if token.type == "inline" else tokens_of(raw)
    return shown(raw, places, tokens=tokens)


def _split(blocks: Sequence[_Block]) -> tuple[list[Shown], list[Part]]:
    """The items among *blocks*, and each other run of them as a text of the editor."""
    items = [item for section in _sections(blocks) for item in _items(section)]
    items = items or [[block] for block in blocks if block.shown.links]
    taken = {id(block) for item in items for block in item}
    rest = groupby(blocks, key=lambda block: id(block) in taken)
    editorial = [
        Part(name="editorial", shown=joined([block.shown for block in run]))
        for is_taken, run in rest
        if not is_taken
    ]
    return [_joined(item) for item in items], [part for part in editorial if part.shown.text]


def _joined(blocks: Iterable[_Block]) -> Shown:
    return joined([block.shown for block in blocks])


def _sections(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """*blocks* from one heading to the next, but the title of them all, which heads no section."""
    titles = [block for block in blocks if block.heading == "h1"]
    section: list[_Block] = []
    for block in blocks:
        if block.heading and section:
            yield section
            section = []
        if [block] != titles:
            section.append(block)
    if section:
        yield section


def _items(section: list[_Block]) -> list[list[_Block]]:
    """The items of a section: its lists' entries with links, itself, or none.

    Of a list with one link among several entries that link is the section's.
    """
    heading = section[0]
    if heading.heading and heading.shown.links:
        return [section]
    entries = _entries(section, depth=0)
    listed = {block.entries[0] for block in section if block.entries}
    if heading.heading and (not entries or len(entries) == 1 < len(listed)):
        return [section] if _has_links(section) else []
    return entries


def _entries(blocks: Sequence[_Block], *, depth: int) -> list[list[_Block]]:
    """The lists' entries with links; of one that is a list of such entries, these."""
    found: list[list[_Block]] = []
    inside = (block for block in blocks if len(block.entries) > depth)
    for _, group in groupby(inside, key=lambda block: block.entries[depth]):
        entry = list(group)
        nested = _entries(entry, depth=depth + 1)
        if len(nested) > 1:
            found += nested
        elif _has_links(entry):
            found.append(entry)
    return found


def _has_links(blocks: Iterable[_Block]) -> bool:
    return any(block.shown.links for block in blocks)
