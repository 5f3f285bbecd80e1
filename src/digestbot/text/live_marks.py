"""Live marks: what a reader of Markdown may take for markup because of what stands beside it.

CommonMark reads a line as a whole: a mark that is harmless in a text by itself
pairs with one in the title before it. And readers differ: marked (Hexo) keeps
no bold between an open ``<`` and the next ``>``, and ends no link after a lone
backtick; GitHub and remark (Astro) make a link of a bare address and of all
that follows it up to a blank, Chinese words and marks of bold too; kramdown
(Jekyll) makes a table of a line with one ``|``, and does not know ``\\&``.
"""

from __future__ import annotations

import re

ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]")
"""A backslash with the punctuation that it makes plain."""

_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
_LIVE = re.compile(r"[`<\[\]]|\*(?!\s)|(?<!\s)\*|(?<![^\W_])_|_(?![^\W_])|^:|\$\$")
"""But an asterisk between blanks and an underscore within a word."""

_PLAIN_BRACKETS = re.compile(r"\[[^\[\]^][^\[\]]*\](?![(\[:])")

_ADDRESS = re.compile(r"https?(?=://)|(?<![a-z0-9])www(?=\.)", re.IGNORECASE)
_PIPE = re.compile(r"\\.|\|")
_TEMPLATE_MARK = re.compile(r"\{(?=[{%#:])")
"""What Hugo, Jekyll, Eleventy and kramdown would run or take for attributes, code fences or not."""

_ENTITIES = {r"\&": "&amp;"}
_ENTITIES_IN_TITLE = _ENTITIES | {r"\[": "&#91;", r"\]": "&#93;"}
"""Where a backslash does not do: marked forgets that of a bracket in a link's title."""

_GONE = "\0\0"


def is_settled(written: str) -> bool:
    """Whether no mark of a text is live."""
    return not _LIVE.search(_PLAIN_BRACKETS.sub(_inside, ESCAPE.sub(_GONE, written)))


def is_settled_but_bold(written: str) -> bool:
    """Whether no mark of a text is live but those of bold."""
    return is_settled(_BOLD.sub(_GONE, ESCAPE.sub(_GONE, written)))


def inert(written: str) -> str:
    """Return *written* with no address that would become a link, no brace of a site's template."""
    return _inert(written, _ENTITIES)


def inert_title(written: str) -> str:
    """Return what stands between the brackets of a link, inert in the same way."""
    return _inert(written, _ENTITIES_IN_TITLE)


def without_pipes(written: str) -> str:
    """Return *written* with no ``|`` that would make a table of its line."""
    return _PIPE.sub(lambda match: match[0] if match[0] != "|" else r"\|", written)


def _inside(brackets: re.Match[str]) -> str:
    return f" {brackets[0][1:-1]} "


def _inert(written: str, entities: dict[str, str]) -> str:
    written = ESCAPE.sub(lambda match: entities.get(match[0], match[0]), written)
    return _TEMPLATE_MARK.sub("&#123;", _ADDRESS.sub(r"\g<0>\\", written))
