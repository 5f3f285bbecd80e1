"""XML without surprises, cut into tags and texts in one linear scan.

A grammar that is narrower than XML's, and complete: a document is covered by
it from end to end, or it is not plain. Nothing is mended, nothing is looked
up: there are no entities but the five of XML and numbers, no document type
with declarations of its own, and no text beside elements. So no tree is
needed, no parser can be led astray, and whatever is not plain is left to a
parser that is made for it, in a process that can be killed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

WINDOW = 1_000_000
"""Characters that are cut at once, if a record ends there."""

MAX_PIECES = 300_000
"""Tags that are cut at once; each takes some 200 bytes."""

_SPACE = r"[ \t\r\n]"
_NAME = r"[A-Za-z_][^ \t\r\n<>/=\"']*+"
_ATTRIBUTE = rf"""{_SPACE}++{_NAME}{_SPACE}*+={_SPACE}*+(?:"[^"<]*+"|'[^'<]*+')"""
_COMMENT = r"<!--[^-]*+(?:-(?!->)[^-]*+)*+-->"
_SECTION = r"<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+\]\]>"

_PIECE = re.compile(
    rf"""{_SPACE}*+(?:
      <({_NAME})((?:{_ATTRIBUTE})*+){_SPACE}*+
        (?: >{_SPACE}*+<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>{_SPACE}*+</\1{_SPACE}*+>
          | >([^<]*+(?:(?:{_SECTION}|{_COMMENT})[^<]*+)*+)</\1{_SPACE}*+>
          | />
          | (>) )
    | </({_NAME}){_SPACE}*+>
    | {_COMMENT}
    | <\?[^<>]*+>
    | <!DOCTYPE[^<>\[\]]*+>
    | ((?s:.)++)
    | \Z )""",
    re.VERBOSE,
)
"""One piece: name and attributes of an element, with its one section or its text if it holds
nothing else; ``>`` where it holds elements; the name of an end tag; what is not plain.

Each branch is tried on what the one before has scanned a few times at most,
and what is not plain takes the rest: linear in all.
"""

_SECTIONS = re.compile(rf"<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>|{_COMMENT}|([^<]++)")
_ODD_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_NUMBER = re.compile(r"&#[^;]{1,9};")
_NAMED = re.compile(r"""([^\s=<>"'/]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")

FEW = 30
"""Different numbers in a text: so many are sooner replaced one kind after the other."""

_REFERENCES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
"""In this order: what ``&amp;lt;`` says is ``&lt;``."""

Piece = tuple[str, str, str, str, str, str, str]


def pieces(text: str) -> Iterator[list[Piece]]:
    """Give the pieces of *text*, a list for each window; the last one may say "not plain".

    Raises ``NotPlainError`` where there are more at once than memory should hold.
    """
    start = 0
    while start < len(text):
        end = _end_of_window(text, start)
        if end - start > WINDOW and text.count("<", start, end) > MAX_PIECES:
            raise NotPlainError
        yield _PIECE.findall(text, start, end)
        start = end


def _end_of_window(text: str, start: int) -> int:
    """Where a window may end: after a record, or at the end of all."""
    if len(text) - start <= WINDOW:
        return len(text)
    ends = (text.rfind(tag, start, start + WINDOW) + len(tag) for tag in ("</item>", "</entry>"))
    end = max(ends)
    return end if end > start + len("</entry>") else len(text)


class NotPlainError(ValueError):
    """A document, or something in it, that is more than plain XML."""


def text_of(raw: str) -> str:
    """Return what the text of a piece says; raises ``NotPlainError``."""
    return "".join(map(_said, _SECTIONS.finditer(raw))) if "<" in raw else resolved(raw)


def attributes_of(raw: str) -> dict[str, str]:
    """Return the attributes of a piece; raises ``NotPlainError``."""
    named = _NAMED.findall(raw)
    return {name: resolved(double or single).strip() for name, double, single in named}


def resolved(raw: str) -> str:
    """Return *raw* with what its references stand for; raises ``NotPlainError``."""
    if "&" not in raw:
        return raw
    if raw.count("&") == raw.count("&amp;"):
        return raw.replace("&amp;", "&")
    if _ODD_REFERENCE.search(raw):
        raise NotPlainError
    if "&#" in raw:
        numbers = set(_NUMBER.findall(raw))
        if len(numbers) > FEW:
            return unescape(raw)
        for number in numbers:
            raw = raw.replace(number, unescape(number).replace("&", "&amp;"))
    for reference, character in _REFERENCES:
        raw = raw.replace(reference, character)
    return raw


def _said(part: re.Match[str]) -> str:
    return part[1] or resolved(part[2] or "")
