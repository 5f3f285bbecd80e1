"""Folding: lines for a terminal, broken between words or beside Han characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.measure import Measurement

_CLOSING = "，。、！？；：」』）】》〉”’…·%～—"
"""What may not begin a line."""

_OPENING = "「『（【《〈“‘"
"""What may not end one."""

_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef"
_PIECE = re.compile(
    rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_CLOSING}{_OPENING}]+|)[{_CLOSING}]*"
)


class Folded:
    """A text that fills the width it is given; rich alone moves a whole Han sentence down."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.text import Text

        yield from map(Text, lines(self.text, options.max_width))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        from rich.cells import cell_len
        from rich.measure import Measurement

        return Measurement(1, min(options.max_width, max(1, cell_len(self.text))))


def lines(text: str, width: int) -> Iterator[str]:
    """Give *text* in lines of at most *width* columns."""
    from rich.cells import cell_len, chop_cells

    line = ""
    for piece in (found[0] for found in _PIECE.finditer(text)):
        if cell_len(line + piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            yield line.rstrip()
        *whole, line = chop_cells(piece.lstrip(), width) or [""]
        yield from whole
    yield line.rstrip()
