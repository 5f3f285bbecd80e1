"""Bold that does not show, found and mended.

CommonMark does not close bold after punctuation and before a letter, nor open
it between a letter and punctuation: ``**“X”**字`` shows its asterisks. Chinese
text has no blanks, so models write this all the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

from digestbot.text.inline import visible, walk

_PARTNERS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "《": "》",
    "【": "】",
    "(": ")",
}
_BRACKETS = {"）": "（", ")": "("}
_RUN = re.compile(r"\\[\s\S]|(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)|(?P<run>\*{2,})")
_UNIT = re.compile(
    r"\\[!-/:-@\[-`{-~]|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]{1,31});|[\s\S]"
)
"""What must stay together: an escape, an entity, else a character."""


class _Run(NamedTuple):
    """A mark of bold: its first character, and the one behind its last."""

    start: int
    end: int


class _Meant(NamedTuple):
    """A pair of marks, as its writer meant it; a mark without a partner is its own."""

    opening: _Run
    closing: _Run


def unrendered_bold(text: str) -> list[tuple[int, int]]:
    """Return where bold was meant and does not show, marks included; a lone mark too."""
    return [(meant.opening.start, meant.closing.end) for meant in _unrendered(text)]


def mend_bold(text: str) -> str:
    """Return *text* with its bold mended so that all of it shows.

    Blanks and punctuation move out of a span until it shows; one that cannot
    be mended loses its asterisks. What readers see stays the same, but for
    asterisks. Text whose bold shows is left as it is.
    """
    if not _unrendered(text):
        return text
    mended = _dropped(_moved(text))
    if visible(mended).replace("*", "") == visible(text).replace("*", ""):
        return mended
    return _escaped(text)


def _unrendered(text: str) -> list[_Meant]:
    shown = _shown(text)
    return [
        meant
        for meant in _meant(text)
        if meant.opening == meant.closing or (meant.opening.end, meant.closing.start) not in shown
    ]


def _shown(text: str) -> set[tuple[int, int]]:
    """The insides of what shows in bold."""
    if "**" not in text:
        return set()
    spans: set[tuple[int, int]] = set()
    opened: list[int] = []
    for token, at in walk(text):
        if token.type == "strong_open":
            opened.append(at + len(token.markup))
        elif token.type == "strong_close":
            spans.add((opened.pop(), at))
    return spans


def _meant(text: str) -> list[_Meant]:
    """The marks in pairs, one after the other; of an odd number one stays alone."""
    runs = _runs(text)
    alone: list[_Meant] = []
    if len(runs) % 2:
        stray = next((run for run in runs if _stands_free(text, run)), runs[-1])
        runs.remove(stray)
        alone = [_Meant(stray, stray)]
    pairs = [_Meant(*pair) for pair in zip(runs[::2], runs[1::2], strict=True)]
    return sorted([*pairs, *alone])


def _runs(text: str) -> list[_Run]:
    """The marks of bold outside of code."""
    return [_Run(*m.span("run")) for m in _RUN.finditer(text) if m["run"] is not None]


def _stands_free(text: str, run: _Run) -> bool:
    return _is_blank(text[run.start - 1 : run.start]) and _is_blank(text[run.end : run.end + 1])


@dataclass(slots=True)
class _Span:
    """What is between two marks, and what has moved out of it."""

    before: str
    units: list[str]
    after: str = ""
    left: str = ""
    right: str = ""

    def mend(self) -> None:
        """Move blanks and punctuation out until both marks may do their work."""
        self._move_blanks()
        while self.units and not _opens((self.before + self.left)[-1:], self.units[0][0]):
            self._move_left()
        while self.units and not _closes(self.units[-1][-1], (self.right + self.after)[:1]):
            self._move_right()

    def text(self) -> str:
        inner = "".join(self.units)
        return f"{self.left}**{inner}**{self.right}" if inner else self.left + self.right

    def _move_left(self) -> None:
        first = self.units.pop(0)
        self.left += first
        if self.units and self.units[-1] == _PARTNERS.get(first):
            self.right = self.units.pop() + self.right
        self._move_blanks()

    def _move_right(self) -> None:
        last = self.units.pop()
        self.right = last + self.right
        if (gloss := self._gloss(last)) is not None:
            if _PARTNERS.get(self.left[-1:]) == self.units[gloss - 1]:
                gloss -= 1
            self.right = "".join(self.units[gloss:]) + self.right
            del self.units[gloss:]
        elif self.units and _PARTNERS.get(self.units[0]) == last:
            self.left += self.units.pop(0)
        self._move_blanks()

    def _gloss(self, closing: str) -> int | None:
        """Where the bracket begins that *closing*, just moved out, ends: all of it goes."""
        opening = _BRACKETS.get(closing)
        if opening not in self.units[1:]:
            return None
        return len(self.units) - 1 - self.units[::-1].index(opening)

    def _move_blanks(self) -> None:
        while self.units and _is_blank(self.units[0]):
            self.left += self.units.pop(0)
        while self.units and _is_blank(self.units[-1]):
            self.right = self.units.pop() + self.right


def _moved(text: str) -> str:
    """*text* with the ends of its spans where they may stand; a lone mark is gone."""
    written, at = "", 0
    for opening, closing in _meant(text):
        written += text[at : opening.start]
        if opening != closing:
            span = _Span(
                before=written[-1:],
                units=_UNIT.findall(text[opening.end : closing.start]),
                after=text[closing.end : closing.end + 1],
            )
            span.mend()
            written += span.text()
        at = closing.end
    return written + text[at:]


def _dropped(text: str) -> str:
    """*text* without the marks that still do not show."""
    while meant := _unrendered(text):
        for run in sorted({run for pair in meant for run in pair}, reverse=True):
            text = text[: run.start] + text[run.end :]
    return text


def _escaped(text: str) -> str:
    """*text* with all marks of bold as asterisks to be read."""
    for run in reversed(_runs(text)):
        text = text[: run.start] + r"\*" * (run.end - run.start) + text[run.end :]
    return text


def _opens(before: str, first: str) -> bool:
    """CommonMark's left-flanking rule, for what is no blank."""
    return not _is_punctuation(first) or _is_blank(before) or _is_punctuation(before)


def _closes(last: str, after: str) -> bool:
    """CommonMark's right-flanking rule."""
    return _opens(after, last)


def _is_blank(character: str) -> bool:
    """Whether it is a blank; so is the start or end of the text."""
    return not character or isWhiteSpace(ord(character[0]))


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
