"""Render: a digest is printed, to the last byte, in the layout of its format."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from digestbot.contract import HEADLINE, Format, Head, Locale
from digestbot.errors import FormatError
from digestbot.model import Digest, Item, Layout, Top
from digestbot.stages.printable import flaw, heading_marks
from digestbot.templating import quoted, render_template
from digestbot.text.inline import visible
from digestbot.text.markdown import (
    destination,
    escape_bold,
    escape_heading,
    escape_title,
    without_pipes,
)

VALUES = frozenset({
    "front_matter", "title", "cover", "lead", "top", "items", "sections", "commentary",
    "headings", "layout",
})  # fmt: skip
"""What a format's template may name."""

_CLOSED = "--\\u003e"
"""The end of a comment, in a double-quoted text."""


def render(digest: Digest, *, format: Format, language: str) -> str:
    """Return the post that *digest* makes; ``parse`` undoes it.

    Raises ``FormatError`` for a digest that would not read as it is: an empty
    text, a line break, a paragraph that begins like a list. One with a loose
    layout was no better when it was read, and is printed all the same.
    """
    locale = format.locale(language)
    reason = "" if digest.layout.loose else flaw(digest, format=format)
    if reason:
        raise FormatError(reason)
    cover = digest.front_matter.cover
    head = "\n".join(_front_matter(digest, format.head))
    printed = render_template(
        format.template,
        name=f"{format.name}/post.md.j2",
        front_matter=head,
        title=digest.front_matter.title,
        cover=format.cover_line.replace("{url}", cover) if cover else "",
        lead=digest.lead,
        top=_top(digest.top, locale, digest.layout) if digest.top else None,
        items=[_item(n, item, locale, digest.layout) for n, item in enumerate(digest.items, 1)],
        sections=_sections(digest),
        commentary=list(digest.commentary),
        headings=_headings(digest, format, locale),
        layout=digest.layout,
    ).rstrip("\n")
    if format.pipes_make_tables:
        printed = head + without_pipes(printed.removeprefix(head))
    return printed + ("\n" if format.final_newline else "")


def _front_matter(digest: Digest, head: Head) -> Iterator[str]:
    """The lines of the head, fences and all."""
    opening, closing = head.fence
    front = digest.front_matter
    texts = {
        "{title}": quoted(front.title),
        "{date}": _date(front.date, head.date_form, digest.layout),
        "{categories}": f"[{', '.join(map(quoted, front.categories))}]" if front.categories else "",
        "{cover}": quoted(front.cover) if front.cover else "",
        "{description}": quoted(_description(digest)),
    }
    yield opening
    for key, value in head.values.items():
        text = texts.get(str(value), _constant(value))
        if text:
            # a title may not close the comment that it stands in
            yield f"{key}: {text.replace(closing, _CLOSED) if closing == '-->' else text}"
    yield closing
    if head.title_below:
        yield ""
        yield f"# {escape_heading(front.title)}"


def _constant(value: str | bool) -> str:
    return quoted(value) if isinstance(value, str) else str(value).lower()


def _description(digest: Digest) -> str:
    """What the post begins with, for the head of a page."""
    return visible(digest.lead or (digest.top.paragraphs[0] if digest.top else ""))


def _date(moment: datetime, form: str, layout: Layout) -> str:
    if moment.utcoffset() is None:
        raise FormatError("the date has no offset")
    if moment.microsecond % 1000 or (moment.microsecond and not layout.milliseconds):
        raise FormatError("the date is finer than the layout prints it")
    if form == "local":
        moment = moment.replace(tzinfo=None)
    if form != "iso":
        return moment.isoformat(sep=" ", timespec="seconds")
    return moment.isoformat(timespec="milliseconds" if layout.milliseconds else "seconds")


def _headings(digest: Digest, format: Format, locale: Locale) -> dict[str, str]:
    """The line above each part; empty where it has none."""
    is_plain = digest.layout.markup == "plain"
    mark = "{}" if is_plain else heading_marks(format)[digest.layout.heading]
    titles = {
        "top": digest.top.title if digest.top else "",
        "commentary": digest.commentary_title,
    }
    lines = dict.fromkeys(format.parts, "")
    for part, words in locale.headings.items():
        lines[part] = mark.format(words.replace(HEADLINE, escape_heading(titles.get(part, ""))))
    return lines


def _top(top: Top, locale: Locale, layout: Layout) -> dict[str, Any]:
    link = f"[{escape_title(top.source)}]({top.url if layout.loose else destination(top.url)})"
    return {
        "paragraphs": list(top.paragraphs),
        "source": locale.source_line.replace("{link}", link) if layout.links else "",
    }


def _item(number: int, item: Item, locale: Locale, layout: Layout) -> dict[str, Any]:
    text = item.text
    if not locale.item_separator:
        text = textwrap.indent(text, " " * layout.text_column)
    return {
        "marker": f"{number}. ".ljust(layout.text_column),
        "link": _titled(item, layout),
        "separator": locale.item_separator,
        "text": text,
    }


def _sections(digest: Digest) -> list[dict[str, Any]]:
    """The sections that have stories, numbered from 1, each story with its title as it is set."""
    groups = groupby(digest.items, key=lambda item: item.section)
    return [
        {
            "number": number,
            "name": name,
            "stories": [_story(item, digest.layout) for item in items],
        }
        for number, (name, items) in enumerate(groups, 1)
    ]


def _story(item: Item, layout: Layout) -> dict[str, str]:
    if layout.markup == "plain":
        return {"title": item.title, "text": item.text, "url": item.url if layout.links else ""}
    title = _titled(item, layout) if layout.links else escape_heading(item.title)
    return {"title": title, "text": item.text, "url": item.url}


def _titled(item: Item, layout: Layout) -> str:
    """An item's title as the layout sets it, with its link if it has one."""
    if not layout.links:
        return f"**{escape_bold(item.title)}**"
    bold = "**" if layout.titles == "bold" else ""
    url = item.url if layout.loose else destination(item.url)
    link = f"[{bold}{escape_title(item.title, mark=bold)}{bold}]({url})"
    return f"**{link}**" if layout.titles == "bold link" else link
