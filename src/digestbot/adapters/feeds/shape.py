"""How deep and how large a document is, seen without building anything of it."""

from __future__ import annotations

import re
from collections import Counter

MAX_DEPTH = 200
"""Elements in one another; the deepest real feed has 16."""

MAX_TAGS = 2_000_000
"""Tags of one document; 100,000 records have half."""

_TAG = re.compile(
    r"<!\[CDATA\[[^\]]*+(?:\](?!\]>)[^\]]*+)*+(?:\]\]>|\Z)"
    r"|<!--[^-]*+(?:-(?!->)[^-]*+)*+(?:-->|\Z)"
    r"|<(/?)([A-Za-z_][^ \t\r\n<>/]*+)(?:[^<>/]++|/(?!>))*+(/?)"
)
"""A tag, or what only looks as if it held some: a section, a comment."""

_LEFT_OPEN = frozenset({
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "meta", "option",
    "p", "param", "source", "td", "th", "tr", "wbr",
})  # fmt: skip
"""Elements of HTML that nobody closes: in a feed that is not well formed they hold nothing."""

HEAD = 100_000
"""Characters in which a document declares its entities."""

_ENTITY_OF_ENTITIES = re.compile(
    r"<!ENTITY\s+(?:%\s+)?[^\s<>\"']++\s+(?:\"[^\"&]*+|'[^'&]*+)"
    r"(?:&(?:amp|lt|gt|quot|apos|#\w+);[^\"'&]*+)*+&[\w.-]++;"
)
"""How a billion laughs begin; no feed needs it."""


def flaw_of(text: str) -> str:
    """Return in words why no parser should be given *text*; "" where one may.

    An end tag ends all that was opened since its element, closed or not, as
    parsers do that forgive: only what is truly nested counts.
    """
    if _ENTITY_OF_ENTITIES.search(text, 0, HEAD):
        return "entities made of entities"
    opened: list[str] = []
    names: Counter[str] = Counter()
    for number, tag in enumerate(_TAG.finditer(text)):
        end, name, empty = tag.groups()
        if number >= MAX_TAGS:
            return f"more than {MAX_TAGS:,} tags"
        if name is None or empty:
            continue
        if end:
            if names[name]:
                _close(opened, names, name)
        elif name.lower() not in _LEFT_OPEN:
            opened.append(name)
            names[name] += 1
        if len(opened) > MAX_DEPTH:
            return f"elements nested more than {MAX_DEPTH} deep"
    return ""


def _close(opened: list[str], names: Counter[str], name: str) -> None:
    while opened:
        last = opened.pop()
        names[last] -= 1
        if last == name:
            return
