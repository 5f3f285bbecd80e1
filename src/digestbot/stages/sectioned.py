"""Sectioned: stories under the headings of numbered sections, line by line; nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digestbot.stages.numbered import Item, Line, Link, link_at, trimmed

SECTION_LEVEL = "## "
STORY_LEVEL = "### "

_HEAD = re.compile(r"## (?P<number>\d{1,3})[.)] (?P<name>\S.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionHead:
    """The line that heads a section: its number and its name, as written."""

    line: Line
    number: int
    name: str


def is_head(line: Line) -> bool:
    """Whether a section begins with this line."""
    return _HEAD.fullmatch(line.text) is not None


def stories_of(lines: Sequence[Line]) -> tuple[tuple[SectionHead, ...], tuple[Item, ...]]:
    """Return the sections that begin in *lines*, and their stories, numbered from 1.

    What stands between a section's heading and its first story belongs to no story.
    """
    heads: list[SectionHead] = []
    stories: list[tuple[str, Line, list[Line]]] = []
    below: list[Line] = []
    for line in lines:
        if found := _HEAD.fullmatch(line.text):
            heads.append(SectionHead(line=line, number=int(found["number"]), name=found["name"]))
            below = []
        elif line.text.startswith(STORY_LEVEL) and heads:
            below = []
            stories.append((heads[-1].name, line, below))
        else:
            below.append(line)
    return tuple(heads), tuple(
        _story(line, below, section, number=number)
        for number, (section, line, below) in enumerate(stories, 1)
    )


def _story(line: Line, below: Sequence[Line], section: str, *, number: int) -> Item:
    at = len(STORY_LEVEL)
    return Item(
        line=line,
        number=number,
        link=link_at(line, at) or unlinked(line, at),
        text_column=at,
        below=trimmed(below),
        section=section,
    )


def unlinked(line: Line, at: int) -> Link:
    """Return the rest of *line*, from *at* on, as a title without a link."""
    start, end = line.start + at, line.start + len(line.text)
    return Link(title=line.text[at:], title_at=start, url="", url_at=end, titles="")
