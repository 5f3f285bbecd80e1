"""The page of a post as readers would see it: CommonMark, with the front matter as a header."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digestbot.pages.sheet import page
from digestbot.text.languages import language_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HEAD = re.compile(
    r"\A\ufeff?(?:(---|\+\+\+)|<!--)[ \t]*\r?\n(.*?)^(?(1)\1|-->)[ \t]*$\r?\n?",
    re.DOTALL | re.MULTILINE,
)
"""YAML or TOML between its fences, or in a comment."""

_FIELD = re.compile(r"([\w-]+)\s*[:=]\s*(.*)")


def preview_page(text: str, *, name: str) -> str:
    """Return the page of the post *text*, a file called *name*.

    Raw HTML in a post is shown as text, and links lead only where browsers
    would go without running anything; images are fetched when it is opened.
    """
    head = _HEAD.match(text)
    fields = [_field(line) for line in head[2].splitlines() if line.strip()] if head else []
    written = text[head.end() :] if head else text
    body = _markdown().render(written)
    title = dict(fields).get("title") or name
    return page(
        "preview.html.j2",
        language="zh" if language_of(written) == "zh" else "en",
        highlights=(),
        title=title,
        heading="" if body.startswith("<h1>") else title,
        fields=[(key, value) for key, value in fields if key != "title"],
        body=body,
    )


def _field(line: str) -> tuple[str, str]:
    """A key of the front matter with its value, without quotes; a line that is none has no key."""
    found = _FIELD.match(line)
    if not found:
        return "", line.strip()
    return found[1], _said(found[2].strip())


def _said(value: str) -> str:
    """A value as a reader would say it: a text without its quotes, a list without its brackets."""
    try:
        said = json.loads(value)
    except ValueError:
        return value.strip("\"'")
    if isinstance(said, list):
        return ", ".join(map(str, said))
    return said if isinstance(said, str) else value


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
