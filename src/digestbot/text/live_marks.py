"""Live marks: what a reader of Markdown may take for markup because of what stands beside it.

CommonMark reads a line as a whole: a mark that is harmless in a text by itself
pairs with one in the title before it. And readers differ: marked (Hexo) keeps
no bold between an open ``<`` and the next ``>``, and ends no link after a lone
backtick; GitHub and remark (Astro) make a link of a bare address and of all
that follows it up to a blank, Chinese words and marks of bold too.
"""

from __future__ import annotations

import re

ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
"""A backslash with the punctuation that it makes plain."""

_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
_IN_TEXT = re.compile(r"[`<\[\]]|\*(?!\s)|(?<!\s)\*|(?<![^\W_])_|_(?![^\W_])")
"""But an asterisk between blanks and an underscore within a word."""

_IN_TITLE = re.compile(r"[`<\[\]]")
"""Between the brackets of a link, other marks have only each other to pair with."""

_PLAIN_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_ADDRESS = re.compile(r"https?(?=://)|(?<![a-z0-9])www(?=\.)", re.IGNORECASE)
_TEMPLATE_MARK = re.compile(r"\{(?=[{%#:])")
"""What Hugo, Jekyll, Eleventy and kramdown would run or take for attributes, code fences or not."""

_GONE = "\0\0"


def is_settled_text(written: str) -> bool:
    """Whether no mark of a text is live but those of bold."""
    return not _IN_TEXT.search(_BOLD.sub(_GONE, ESCAPE.sub(_GONE, written)))


def is_settled_title(written: str) -> bool:
    """Whether no mark of a link's title is live; brackets may stand in it in plain pairs."""
    return not _IN_TITLE.search(_PLAIN_BRACKETS.sub(_inside, ESCAPE.sub(_GONE, written)))


def inert(written: str) -> str:
    """Return *written* with no address that would become a link, no brace of a site's template."""
    return _TEMPLATE_MARK.sub("&#123;", _ADDRESS.sub(r"\g<0>\\", written))


def _inside(brackets: re.Match[str]) -> str:
    return brackets[0][1:-1]
