"""Inline Markdown, read: what shows, what is bold, what is other markup, and where.

Read by ``markdown-it-py`` as CommonMark with GitHub's strikethrough, which
real sites switch on; not by patterns of our own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

STRUCTURE = {
    "link_open": "a link",
    "image": "an image",
    "html_inline": "HTML",
    "code_inline": "code",
    "em_open": "italics",
    "s_open": "strikethrough",
    "hardbreak": "a line break",
    "softbreak": "a line break",
}
"""Inline markup that the house's prose does not have."""


def visible(text: str) -> str:
    """Return *text* as readers see it: no marks of bold, no backslashes, links as their words."""
    return "".join(_shown(token) for token in tokens_of(text))


def visible_length(text: str) -> int:
    """Return how many characters of *text* readers see."""
    return len(visible(text))


def bold_spans(text: str) -> list[str]:
    """Return the words that show in bold, span by span."""
    spans: list[str] = []
    depth = 0
    for token in tokens_of(text):
        if token.type == "strong_open":
            depth += 1
            if depth == 1:
                spans.append("")
        elif token.type == "strong_close":
            depth -= 1
        elif depth:
            spans[-1] += _shown(token)
    return spans


def markup(text: str) -> list[tuple[str, int]]:
    """Return the markup besides bold in a paragraph: what it is, and the offset of it."""
    return [(STRUCTURE[token.type], at) for token, at in walk(text) if token.type in STRUCTURE]


def is_paragraph(text: str) -> bool:
    """Whether *text* is one paragraph: no heading, list, rule, quotation, HTML block or code."""
    tokens = blocks_of(text)
    return len(tokens) == 3 and tokens[0].type == "paragraph_open" and tokens[1].content == text


def walk(text: str) -> Iterator[tuple[Token, int]]:
    """Yield the inline tokens of *text* with their offsets (for code: of its content)."""
    return placed(tokens_of(text), text)


def placed(tokens: Iterable[Token], text: str) -> Iterator[tuple[Token, int]]:
    """Yield the inline *tokens* of *text* with their offsets, as :func:`walk` does."""
    at = 0
    for token in tokens:
        raw = _source(token)
        found = text.find(raw, at) if raw else at
        at = found if found >= 0 else at  # what was normalised has no place of its own
        yield token, at
        at += len(raw)


@lru_cache(maxsize=1)
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark").disable("text_join").enable("strikethrough")


def blocks_of(text: str) -> list[Token]:
    """Return the tokens of a whole Markdown text, block by block."""
    return _reader().parse(text)


def tokens_of(text: str) -> list[Token]:
    """Return the inline tokens of *text*; what is escaped stays apart from what is not."""
    tokens = _reader().parseInline(text)
    return tokens[0].children or []


def _shown(token: Token) -> str:
    if token.type in {"text", "text_special", "code_inline", "image"}:
        return token.content
    return "\n" if token.type in {"softbreak", "hardbreak"} else ""


def _source(token: Token) -> str:
    """The characters of the source that a token takes, as far as it keeps them."""
    if token.type in {"text", "code_inline", "html_inline"}:
        return token.content
    return "" if token.info == "auto" else token.markup
