"""Compose: summaries and commentary become a digest, their texts made safe to print."""

from __future__ import annotations

from collections.abc import Sequence

from digestbot.contract import Format, Locale
from digestbot.model import Commentary, Digest, Edition, FrontMatter, Item, Origin, Summary
from digestbot.stages.printable import headed
from digestbot.text.markdown import literal, one_line, prose
from digestbot.text.urls import canonical_url


def compose(
    edition: Edition, summaries: Sequence[Summary], commentary: Commentary, *, format: Format
) -> Digest:
    """Return all of a post before layout, in the order of *summaries*.

    Of what the model wrote bold is kept, and mended so that it shows; in what
    publishers wrote nothing is markup. A paragraph that only says what the
    commentary's heading says is left out: the heading is the layout's.
    """
    locale = format.locale(edition.language)
    printed = (_printed(paragraph, commentary.origin) for paragraph in commentary.paragraphs)
    return Digest(
        front_matter=_front_matter(edition, commentary, format=format, locale=locale),
        lead=_printed(commentary.lead, commentary.origin),
        items=tuple(_item(summary, locale) for summary in summaries),
        commentary=tuple(
            text for text in printed if text and not headed(text, "commentary", format=format)
        ),
        layout=format.layout,
    )


def _front_matter(
    edition: Edition, commentary: Commentary, *, format: Format, locale: Locale
) -> FrontMatter:
    closes = edition.closes
    thousandths = closes.microsecond // 1000 if format.layout.milliseconds else 0
    named = list(filter(None, dict.fromkeys(map(one_line, commentary.categories))))
    return FrontMatter(
        title=locale.title_of(edition.date),
        date=closes.replace(microsecond=thousandths * 1000),
        categories=tuple(named or [locale.default_category])[: locale.category_count.max],
    )


def _item(summary: Summary, locale: Locale) -> Item:
    url = summary.story.lead.url
    headline = summary.headline
    if summary.origin is Origin.LLM:
        headline = headline.replace("**", "")  # the layout says how titles are set
    title = one_line(headline)
    return Item(
        title=locale.marked(title) if summary.story.cluster.follows else title,
        url=canonical_url(url) or url,
        text=_printed(summary.text, summary.origin),
    )


def _printed(text: str, origin: Origin) -> str:
    return literal(text) if origin is Origin.EXCERPT else prose(text)
