"""The page of a post as readers would see it: CommonMark, with the front matter as a header."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from digestbot.pages.sheet import page
from digestbot.text.languages import language_of

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HEAD = re.compile(
    r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?)^\1[ \t]*$\r?\n?", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"([\w-]+)\s*[:=]\s*(.*)")


def preview_page(text: str, *, name: str) -> str:
    """Return the page of the post *text*, a file called *name*.

    Raw HTML in a post is shown as text, and links lead only where browsers
    would go without running anything; images are fetched when it is opened.
    """
    head = _HEAD.match(text)
    fields = [_field(line) for line in head[2].splitlines() if line.strip()] if head else []
    body = text[head.end() :] if head else text
    shown = dict(fields)
    return page(
        "preview.html.j2",
        language="zh" if language_of(body) == "zh" else "en",
        highlights=(),
        title=shown.get("title") or name,
        fields=[(key, value) for key, value in fields if key != "title"],
        body=_markdown().render(body),
    )


def _field(line: str) -> tuple[str, str]:
    """A key of the front matter with its value, without quotes; a line that is none has no key."""
    found = _FIELD.match(line)
    if not found:
        return "", line.strip()
    return found[1], found[2].strip().strip("\"'")


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
