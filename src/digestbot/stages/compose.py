"""Compose: summaries and commentary become a digest, their texts made safe to print."""

from __future__ import annotations

from collections.abc import Sequence

from digestbot.contract import HEADLINE, Format, Locale
from digestbot.model import (
    Commentary,
    Digest,
    Edition,
    FrontMatter,
    Item,
    Notice,
    Origin,
    Summary,
    Top,
)
from digestbot.stages import plain
from digestbot.stages.chapters import contents, paragraphs_of
from digestbot.stages.excerpt import speaks
from digestbot.stages.printable import headed, is_address
from digestbot.stages.sections import arranged
from digestbot.text.inline import visible
from digestbot.text.markdown import literal, one_line, prose
from digestbot.text.urls import canonical_url


def compose(
    edition: Edition, summaries: Sequence[Summary], commentary: Commentary, *, format: Format
) -> Digest:
    """Return all of a post before layout, in the order of *summaries*.

    The first of them is the top story where the format has one. Of what the
    model wrote bold is kept, and mended so that it shows; in what publishers
    wrote nothing is markup. A paragraph that only says what the commentary's
    heading says is left out: the heading is the layout's.
    """
    locale = format.locale(edition.language)
    if locale.sections:
        return _in_sections(edition, summaries, commentary, format=format)
    at_length = 1 if "top" in format.parts else 0
    titled = HEADLINE in locale.headings.get("commentary", "")
    paragraphs = _commentary(commentary, format=format, locale=locale)
    return Digest(
        front_matter=_front_matter(edition, summaries, commentary, format=format),
        lead=_printed(commentary.lead, commentary.origin) if "lead" in format.parts else "",
        top=_top(summaries[0], format) if at_length and summaries else None,
        items=tuple(_item(summary, format, locale) for summary in summaries[at_length:]),
        commentary=paragraphs,
        commentary_title=one_line(commentary.title) if paragraphs and titled else "",
        layout=format.layout,
    )


def _in_sections(
    edition: Edition, summaries: Sequence[Summary], commentary: Commentary, *, format: Format
) -> Digest:
    """A digest of stories by section; without markup where the layout has none."""
    locale = format.locale(edition.language)
    is_plain = format.layout.markup == "plain"
    shown = _unmarked if is_plain else _printed
    summaries = arranged(summaries, locale=locale)
    front = _front_matter(edition, summaries, commentary, format=format)
    lead = shown(commentary.lead, commentary.origin)
    about = shown(contents(summaries, edition=edition, locale=locale), Origin.EXCERPT)
    return Digest(
        front_matter=plain.front(front.title, edition.date, locale) if is_plain else front,
        lead="\n\n".join((lead, about)),
        items=tuple(
            Item(
                title=_title(each, locale),
                url=_link(each) if format.layout.links else "",
                text="\n\n".join(
                    shown(text, each.origin)
                    for text in paragraphs_of(each, edition=edition, locale=locale)
                ),
                section=each.section,
            )
            for each in summaries
        ),
        layout=format.layout,
    )


def missing(digest: Digest, *, format: Format) -> list[Notice]:
    """Return a notice for each thing that the format shows and *digest* has not."""
    if not format.cover_line or digest.front_matter.cover:
        return []
    reason = "the first story's page gave no picture, or was not read (full_text): no cover"
    return [Notice(stage="render", subject="cover", reason=reason)]


def _front_matter(
    edition: Edition, summaries: Sequence[Summary], commentary: Commentary, *, format: Format
) -> FrontMatter:
    locale = format.locale(edition.language)
    closes = edition.closes
    thousandths = closes.microsecond // 1000 if format.layout.milliseconds else 0
    named = list(filter(None, dict.fromkeys(map(one_line, commentary.categories))))
    headline = _headline(summaries[0]) if summaries else ""
    return FrontMatter(
        title=locale.title_of(edition.date, headline),
        date=closes.replace(microsecond=thousandths * 1000),
        categories=tuple(named or [locale.default_category])[: locale.category_count.max],
        cover=_cover(summaries[0], format) if summaries else "",
    )


def _cover(first: Summary, format: Format) -> str:
    """The picture of the first story's own page, where the format shows one."""
    wanted = format.cover_line or format.head.key_of("cover")
    image = first.story.lead.image
    return image if wanted and is_address(image) else ""


def _commentary(commentary: Commentary, *, format: Format, locale: Locale) -> tuple[str, ...]:
    if "commentary" not in format.parts:
        return ()
    printed = [_printed(text, commentary.origin) for text in commentary.paragraphs]
    kept = [text for text in printed if text and not headed(text, "commentary", format=format)]
    return (*kept[:-1], locale.closing + kept[-1]) if kept else ()


def _top(summary: Summary, format: Format) -> Top:
    lead = summary.story.lead
    paragraphs = summary.paragraphs or (summary.text,)
    linked = format.layout.links
    return Top(
        title=_headline(summary),
        paragraphs=tuple(_printed(text, summary.origin) for text in paragraphs),
        source=one_line(lead.source) if linked else "",
        url=_link(summary) if linked else "",
    )


def _item(summary: Summary, format: Format, locale: Locale) -> Item:
    mark = _mark(summary, locale)
    title = _title(summary, locale)
    return Item(
        title=f"{mark} {title}" if mark else title,
        url=_link(summary) if format.layout.links else "",
        text=_printed(summary.text, summary.origin),
    )


def _title(summary: Summary, locale: Locale) -> str:
    title = _headline(summary)
    return locale.marked(title) if summary.story.cluster.follows else title


def _mark(summary: Summary, locale: Locale) -> str:
    """The one of the format's marks for which most words of the story speak."""
    text = f"{summary.headline} {summary.text}".casefold()
    counts = {mark.name: sum(speaks(word, text) for word in mark.keywords) for mark in locale.marks}
    best = max(counts, key=lambda name: counts[name], default="")
    return best if counts.get(best) else locale.default_mark


def _headline(summary: Summary) -> str:
    headline = summary.headline
    if summary.origin is Origin.LLM:
        headline = headline.replace("**", "")  # the layout says how titles are set
    return one_line(headline)


def _link(summary: Summary) -> str:
    url = summary.story.lead.url
    return canonical_url(url) or url


def _unmarked(text: str, origin: Origin) -> str:
    """*text* as readers see it, where nothing is markup."""
    return one_line(text if origin is Origin.EXCERPT else visible(text))


def _printed(text: str, origin: Origin) -> str:
    return literal(text) if origin is Origin.EXCERPT else prose(text)
