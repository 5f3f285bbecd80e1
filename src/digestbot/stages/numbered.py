"""Numbered: the items of a post, line by line, and their links as written; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digestbot.contract import Format

_ITEM = re.compile(r"(?P<number>\d{1,3})[.)](?P<gap>\s+)(?P<rest>\S.*)")
_LINK = re.compile(
    r"(?P<outer>\*\*)?\[(?P<title>(?:\\.|[^\\\]]|\](?!\())*)\]\((?P<url>.*?)\)(?P<close>\*\*)?"
)
_URL = r"\((?:\\.|[^\\()]|\((?:[^()]|\([^()]*\))*\))*\)"
TITLED = re.compile(
    rf"(?P<mark>\*\*)?\[(?:\\.|[^\\\]]|\](?!\())*\]{_URL}(?(mark)\*\*)"
    r"|\*\*(?:\\.|[^\\*]|\*(?!\*))+\*\*"
)
"""A title with text behind it: a link, bold or not, or bold words."""
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
    """One numbered place, or a story of a section: its first line, and the lines below it."""

    line: Line
    number: int
    link: Link | None
    text_column: int
    below: tuple[Line, ...]
    section: str = ""
    """The name of its section, as written, where the format has sections."""


def trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return *lines* from the first to the last that has text."""
    full = [n for n, line in enumerate(lines) if not line.is_blank]
    return tuple(lines[full[0] : full[-1] + 1]) if full else ()


def is_item(line: Line) -> bool:
    """Whether an item begins with this line."""
    return _ITEM.fullmatch(line.text) is not None


def items_of(lines: Sequence[Line], format: Format) -> tuple[Item, ...]:
    """Return the items that begin in *lines*."""
    starts = [n for n, line in enumerate(lines) if is_item(line)]
    return tuple(
        _item(lines[start], trimmed(lines[start + 1 : end]), format)
        for start, end in zip(starts, [*starts, len(lines)][1:], strict=True)
    )


def _item(line: Line, below: tuple[Line, ...], format: Format) -> Item:
    match = _ITEM.fullmatch(line.text)
    assert match is not None  # this is what made it an item
    titled, text = _title_and_text(line, match.start("rest"), format)
    return Item(
        line=line,
        number=int(match["number"]),
        link=link_at(titled, match.start("rest")) or _unlinked(titled, match.start("rest"), format),
        text_column=match.start("rest"),
        below=(*text, *below),
    )


def _title_and_text(line: Line, at: int, format: Format) -> tuple[Line, tuple[Line, ...]]:
    """A line without the text that stands on it behind its title, and that text."""
    found = TITLED.match(line.text, at)
    separator = next(
        (
            each
            for each in format.item_separators
            if found and line.text.startswith(each, found.end())
        ),
        "",
    )
    if not found or not separator:
        return line, ()
    start = found.end() + len(separator)
    text = Line(number=line.number, start=line.start + start, text=line.text[start:])
    return replace(line, text=line.text[: found.end()]), (text,)


def _unlinked(line: Line, at: int, format: Format) -> Link | None:
    """A title in bold without a link, where the format may have one."""
    found = _BOLD_TITLE.fullmatch(line.text, at)
    if not found or not (format.item_separators or not format.layout.links):
        return None
    start = line.start + found.start("title")
    house = format.layout.titles
    return Link(
        title=found["title"],
        title_at=start,
        url="",
        url_at=start + len(found["title"]),
        titles="bold" if house == "plain" else house,
    )


def link_at(line: Line, at: int) -> Link | None:
    """Return the link that the rest of *line* is, from *at* on, and nothing else."""
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
