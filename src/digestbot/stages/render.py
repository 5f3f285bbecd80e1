"""Render: a digest is printed, to the last byte, in the layout of its format."""

from __future__ import annotations

import textwrap
from datetime import datetime
from typing import Any

from digestbot.contract import Format
from digestbot.errors import FormatError
from digestbot.model import HEADINGS, Digest, Item, Layout
from digestbot.stages.printable import flaw
from digestbot.templating import render_template
from digestbot.text.markdown import destination, escape_title

VALUES = frozenset({
    "title", "date", "categories", "lead", "items", "commentary", "heading", "layout",
})  # fmt: skip
"""What a format's template may name."""

_HEADING_MARKS = dict(zip(HEADINGS, ("### {}", "### **{}**", "**{}**", ""), strict=True))


def render(digest: Digest, *, format: Format, language: str) -> str:
    """Return the post that *digest* makes; ``parse`` undoes it.

    Raises ``FormatError`` for a digest that would not read as it is: an empty
    text, a line break, a paragraph that begins like a list. One with a loose
    layout was no better when it was read, and is printed all the same.
    """
    heading = format.locale(language).heading
    reason = "" if digest.layout.loose else flaw(digest, format=format)
    if reason:
        raise FormatError(reason)
    printed = render_template(
        format.template,
        name=f"{format.name}/post.md.j2",
        title=digest.front_matter.title,
        date=_date(digest.front_matter.date, digest.layout),
        categories=list(digest.front_matter.categories),
        lead=digest.lead,
        items=[_item(n, item, digest.layout) for n, item in enumerate(digest.items, 1)],
        commentary=list(digest.commentary),
        heading=_HEADING_MARKS[digest.layout.heading].format(heading),
        layout=digest.layout,
    ).rstrip("\n")
    return printed + ("\n" if format.final_newline else "")


def _date(moment: datetime, layout: Layout) -> str:
    if moment.utcoffset() is None:
        raise FormatError("the date has no offset")
    if moment.microsecond % 1000 or (moment.microsecond and not layout.milliseconds):
        raise FormatError("the date is finer than the layout prints it")
    return moment.isoformat(timespec="milliseconds" if layout.milliseconds else "seconds")


def _item(number: int, item: Item, layout: Layout) -> dict[str, Any]:
    bold = "**" if layout.titles == "bold" else ""
    url = item.url if layout.loose else destination(item.url)
    link = f"[{bold}{escape_title(item.title, mark=bold)}{bold}]({url})"
    indent = " " * layout.text_column
    return {
        "marker": f"{number}. ".ljust(layout.text_column),
        "link": f"**{link}**" if layout.titles == "bold link" else link,
        "text": textwrap.indent(item.text, indent),
    }
