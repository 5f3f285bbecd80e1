"""Names and quotations: what a text must have from its sources word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digestbot.text.facts.fact import Fact, Label, stated

_LATIN = re.compile(
    r"(?<![A-Za-z\d])[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'&.]*[A-Za-z\u00c0-\u024f]"
    r"(?![A-Za-z\u00c0-\u024f\d])"
)
_CAPITALS = re.compile(
    r"(?P<opening>(?:^|[.!?:;\n\"“”*#•(-]|\d[.)])[ \t*\"“'#-]*)?"
    r"(?<![A-Za-z\d])(?P<names>[A-Z][A-Za-z\u00c0-\u024f']+(?:[ -][A-Z][A-Za-z\u00c0-\u024f']+)*)"
)
_QUOTATION = re.compile(
    "“([^“”\n]{1,400})”|「([^「」\n]{1,400})」|『([^『』\n]{1,400})』"
    '|(?<![A-Za-z\\d])"([^"\n]{1,400})"'
)


def names_of(text: str, language: str) -> Iterator[Fact]:
    """Give the names of a plain *text*: Latin words in Chinese, capital letters in English."""
    if language == "zh":
        for match in _LATIN.finditer(text):
            yield stated("name", match, Label(name=match[0].casefold()))
    elif language == "en":
        yield from _capitals(text)


def _capitals(text: str) -> Iterator[Fact]:
    """Runs of capital words; one that opens a sentence alone may be any word."""
    for match in _CAPITALS.finditer(text):
        names = match["names"]
        if match["opening"] is not None and " " not in names:
            continue
        start = match.start("names")
        yield Fact(
            kind="name",
            text=names,
            start=start,
            end=start + len(names),
            values=(Label(name=names.casefold()),),
        )


def quotations_of(text: str) -> Iterator[Fact]:
    """Give what stands between quotation marks in *text*."""
    for match in _QUOTATION.finditer(text):
        words = next(group for group in match.groups() if group is not None)
        yield stated("quote", match, Label(name=words))
