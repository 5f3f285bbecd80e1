"""Pages that are no HTML: plain text and Markdown, one paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from markdown_it.token import Token

from digestbot.adapters.feeds.encoding import to_text
from digestbot.adapters.pages.obstacles import text_obstacle
from digestbot.adapters.web.http import Answer
from digestbot.text.cleaning import clean_article
from digestbot.text.inline import blocks_of
from digestbot.text.markdown import one_line
from digestbot.text.telling import is_ended

MARKDOWN = frozenset({".md", ".markdown"})
"""How the names of files in Markdown end."""

TEXTS = frozenset({"text/plain", "text/markdown", "text/x-markdown"})

MAX_TEXT = 1_000_000
"""Characters of a text that are read; a long novel has half of them."""

WRAPPED = 100
"""Characters of the longest line of a text whose lines were broken by a program, not by
paragraphs..."""

WRAPPED_LINES = 2
"""... with as many lines, in the middle, between two empty ones, half of which end no sentence."""

_FRONT = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)\n", re.DOTALL)
_TITLE = re.compile(r"(?m)^title:\s*(.+?)\s*$")
_SHOWN = {"text", "code_inline", "text_special"}


def text_fields(answer: Answer, *, name: str) -> dict[str, Any]:
    """Return the fields of a ``Page`` for a text called *name*: Markdown, or plain."""
    text = to_text(answer.body, answer.charset)[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
    ending = PurePosixPath(urlsplit(name).path).suffix.lower()
    if ending in MARKDOWN or "markdown" in answer.kind:
        title, text, headings = _of_markdown(text)
    else:
        title, text, headings = "", _unwrapped(text), ()
    article = clean_article(text)
    return {
        "title": title,
        "text": article,
        "headings": headings,
        "reason": text_obstacle(article),
    }


def _of_markdown(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The title of a Markdown text, its paragraphs a line each, and its headings."""
    front = _FRONT.match(text)
    named = _TITLE.search(front[1]) if front else None
    title = named[1].strip("\"'") if named else ""
    lines: list[str] = []
    headings: list[str] = []
    for kind, line in _blocks(blocks_of(text[front.end() :] if front else text)):
        if kind == "h1" and not title:
            title = line
        else:
            lines.append(line)
            headings += [line] if kind else []
    return title, "\n".join(lines), tuple(headings)


def _blocks(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The lines that readers see, each with its tag if it is a heading."""
    kind = ""
    for token in tokens:
        if token.type == "heading_open":
            kind = token.tag
        elif token.type == "inline":
            if line := one_line(_words(token.children or [])):
                yield kind, line
            kind = ""


def _words(tokens: Sequence[Token]) -> str:
    """What *tokens* say, without pictures."""
    return "".join(
        "\n" if token.type in ("softbreak", "hardbreak") else token.content
        for token in tokens
        if token.type in _SHOWN or token.type.endswith("break")
    )


def _unwrapped(text: str) -> str:
    """*text* with its paragraphs on a line each, where a program has broken them."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", text) if block.strip()]
    lines = [line for block in blocks for line in block]
    if not blocks or max(map(len, lines)) > WRAPPED:
        return text
    ended = sum(map(is_ended, lines))
    if median(map(len, blocks)) < WRAPPED_LINES or 2 * ended >= len(lines):
        return text
    return "\n".join(one_line("\n".join(block)) for block in blocks)
