"""Anatomy: a post taken apart into lines with their places, however badly it is made.

``parse`` and ``lint`` both look at a post through this; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digestbot.stages.printable import bare_heading

RULE = "---"

_ITEM = re.compile(r"(?P<number>\d{1,3})[.)](?P<gap>\s+)(?P<rest>\S.*)")
_LINK = re.compile(
    r"(?P<outer>\*\*)?\[(?P<title>(?:\\.|[^\\\]]|\](?!\())*)\]\((?P<url>.*?)\)(?P<close>\*\*)?"
)
_BOLD_TITLE = re.compile(r"\*\*(?P<title>.+)\*\*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a post: its number from 1, its offset, its text."""

    number: int
    start: int
    text: str

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.start + len(self.text))

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The link of an item's first line, as written; ``titles`` is one of ``model.TITLES``."""

    title: str
    title_at: int
    url: str
    url_at: int
    titles: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered place: its first line, and the lines below it."""

    line: Line
    number: int
    link: Link | None
    text_column: int
    below: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anatomy:
    """A post's parts. ``lead`` and ``commentary`` hold no rules, and begin and end with text."""

    lines: tuple[Line, ...]
    head: tuple[Line, ...] | None
    """The lines between the rules of the front matter; None if there is none."""
    lead: tuple[Line, ...]
    items: tuple[Item, ...]
    heading: Line | None
    commentary: tuple[Line, ...]
    rule_after_lead: bool
    rule_before_commentary: bool


def dissect(text: str, *, headings: Iterable[str]) -> Anatomy:
    """Return the parts of a post; *headings* are the words that head a commentary."""
    lines = _lines(text)
    head, body = _front(lines)
    first = next((n for n, line in enumerate(body) if _is_item(line)), len(body))
    end = _end_of_items(body, first)
    before, after = body[:first], body[end:]
    heading = _heading(after, tuple(headings))
    return Anatomy(
        lines=tuple(lines),
        head=head,
        lead=_body(before),
        items=_items(body[first:end]),
        heading=heading,
        commentary=_body([line for line in after if line is not heading]),
        rule_after_lead=any(line.text == RULE for line in _after_text(before)),
        rule_before_commentary=any(line.text == RULE for line in after),
    )


def trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return *lines* from the first to the last that has text."""
    full = [n for n, line in enumerate(lines) if not line.is_blank]
    return tuple(lines[full[0] : full[-1] + 1]) if full else ()


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


def _front(lines: list[Line]) -> tuple[tuple[Line, ...] | None, list[Line]]:
    """The front matter's lines, and all lines behind it."""
    if lines[0].text != RULE:
        return None, lines
    end = next((n for n, line in enumerate(lines[1:], 1) if line.text == RULE), 0)
    if not end:
        return None, lines
    return tuple(lines[1:end]), lines[end + 1 :]


def _is_item(line: Line) -> bool:
    return _ITEM.fullmatch(line.text) is not None


def _end_of_items(body: list[Line], first: int) -> int:
    """The first line behind *first* that is neither an item, nor indented, nor blank."""
    for n, line in enumerate(body[first:], first):
        if not (_is_item(line) or line.is_blank or line.text[:1].isspace()):
            return n
    return len(body)


def _items(lines: list[Line]) -> tuple[Item, ...]:
    starts = [n for n, line in enumerate(lines) if _is_item(line)]
    return tuple(
        _item(lines[start], trimmed(lines[start + 1 : end]))
        for start, end in zip(starts, [*starts, len(lines)][1:], strict=True)
    )


def _item(line: Line, below: tuple[Line, ...]) -> Item:
    match = _ITEM.fullmatch(line.text)
    assert match is not None  # this is what made it an item
    return Item(
        line=line,
        number=int(match["number"]),
        link=_link(line, match.start("rest")),
        text_column=match.start("rest"),
        below=below,
    )


def _link(line: Line, at: int) -> Link | None:
    match = _LINK.fullmatch(line.text, at)
    if match is None or bool(match["outer"]) != bool(match["close"]):
        return None
    bold = _BOLD_TITLE.fullmatch(match["title"])
    titles = "bold link" if match["outer"] else "bold" if bold else "plain"
    return Link(
        title=bold["title"] if bold else match["title"],
        title_at=line.start + match.start("title") + (2 if bold else 0),
        url=match["url"],
        url_at=line.start + match.start("url"),
        titles=titles,
    )


def _heading(after: list[Line], words: tuple[str, ...]) -> Line | None:
    """The first line behind the items, if it is one of the *words* in any dress."""
    first = next(iter(_body(after)), None)
    if first is None or bare_heading(first.text) not in words:
        return None
    return first


def _body(lines: list[Line]) -> tuple[Line, ...]:
    return trimmed([line for line in lines if line.text != RULE])


def _after_text(lines: list[Line]) -> list[Line]:
    """The lines behind the first one that has text."""
    first = next((n for n, line in enumerate(lines) if not line.is_blank and line.text != RULE), 0)
    return lines[first:]
