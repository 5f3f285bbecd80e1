"""Alignment: where numbered items and their texts begin, and where the format has them begin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digestbot.contract import Format
from digestbot.stages.anatomy import Anatomy, Item

_MARKER = re.compile(r"\d{1,3}[.)](?P<gap>\s+)")


def misaligned(parts: Anatomy, *, format: Format) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the blanks that are not as the format sets them: their span, and what belongs there."""
    column = format.layout.text_column
    starts = {line.number: line for line in parts.lines}
    for item in parts.items:
        yield from _of_marker(item, column)
        for below in item.below:
            line = starts[below.number]
            blanks = len(line.text) - len(line.text.lstrip())
            if line.start != item.line.start and not line.is_blank and 0 < blanks != column:
                yield (line.start, line.start + blanks), " " * column


def _of_marker(item: Item, column: int) -> Iterator[tuple[tuple[int, int], str]]:
    marker = _MARKER.match(item.line.text)
    if marker is None:
        return  # a story of a section
    wanted = " " * max(1, column - marker.start("gap"))
    if marker["gap"] != wanted:
        yield (item.line.start + marker.start("gap"), item.line.start + marker.end()), wanted
