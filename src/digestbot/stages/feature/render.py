"""Render a feature: front matter, hook, sections, close, and the transcript if it has one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from digestbot.contract_feature import LINK, FeatureFormat, FeatureLocale
from digestbot.model import Feature
from digestbot.stages.printable import is_address
from digestbot.templating import quoted, render_template
from digestbot.text.markdown import (
    destination,
    escape_heading,
    escape_title,
    literal,
    one_line,
    prose,
    visible,
)

VALUES = frozenset({
    "front_matter", "hook", "sections", "close", "source", "transcript", "headings",
})  # fmt: skip
"""What the template of a feature may name."""

CLOSED = "--\\u003e"
"""The end of a comment, in a double-quoted text."""


def render(feature: Feature, *, format: FeatureFormat, headings: Collection[str] = ()) -> str:
    """Return the post that *feature* makes; *headings* are lines of its transcript."""
    locale = format.locale(feature.language)
    printed = render_template(
        format.template,
        name=f"{format.name}/post.md.j2",
        front_matter="\n".join(_front_matter(feature, format)),
        hook=prose(feature.hook),
        sections=[
            {
                "heading": format.mark + escape_heading(one_line(theme.heading)),
                "paragraphs": [prose(each) for each in theme.paragraphs],
            }
            for theme in feature.themes
        ],
        close=prose(feature.close),
        source=_source(feature, locale),
        transcript=[
            f"#{format.mark}{escape_heading(one_line(line))}" if line in headings else literal(line)
            for line in feature.transcript
        ],
        headings={
            "close": format.mark + locale.close,
            "transcript": format.mark + locale.transcript,
        },
    ).rstrip("\n")
    return printed + ("\n" if format.final_newline else "")


def _front_matter(feature: Feature, format: FeatureFormat) -> Iterator[str]:
    head = format.head
    opening, closing = head.fence
    texts = {
        "{title}": quoted(feature.title),
        "{date}": _printed(feature.date, head.date_form),
        "{description}": quoted(visible(prose(feature.hook))),
        "{source}": quoted(feature.source) if feature.source else "",
    }
    yield opening
    for key, value in head.values.items():
        constant = quoted(value) if isinstance(value, str) else str(value).lower()
        if text := texts.get(str(value), constant):
            # a title may not close the comment that it stands in
            yield f"{key}: {text.replace(closing, CLOSED) if closing == '-->' else text}"
    yield closing
    if head.title_below:
        yield ""
        yield f"# {escape_heading(one_line(feature.title))}"


def _printed(date: datetime, form: str) -> str:
    """*date* in one of :data:`digestbot.contract.DATE_FORMS`."""
    if form == "local":
        date = date.replace(tzinfo=None)
    return date.isoformat(sep="T" if form == "iso" else " ", timespec="seconds")


def _source(feature: Feature, locale: FeatureLocale) -> str:
    """The line that links to the page, where it has an address."""
    if not is_address(feature.source):
        return ""
    title = escape_title(one_line(feature.source_title) or feature.source)
    return locale.source_line.replace(LINK, f"[{title}]({destination(feature.source)})")
