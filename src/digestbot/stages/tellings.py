"""Tellings: what a post tells, entry by entry, as the memory keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from digestbot.contract import Format
from digestbot.model import Digest, Edition, Entry, Item, Origin, Summary, Told
from digestbot.text.developments import figures
from digestbot.text.inline import visible
from digestbot.text.languages import language_of

TEXT_KEPT = 400
"""Characters of an entry's text, and of a summary: more than story identity looks at."""


def tellings(summaries: Sequence[Summary], *, edition: Edition) -> list[Told]:
    """Return what an edition of *summaries* tells: each story's lead, then its other entries."""
    return [
        _told(entry, summary, edition=edition, number=number)
        for number, summary in enumerate(summaries, 1)
        for entry in summary.story.cluster.entries
    ]


def tellings_of_post(
    digest: Digest, *, edition: str, format: Format, after: int = 0
) -> Iterator[Told]:
    """Yield what a post tells that was read back, as of the edition of that key.

    Its stories are numbered from behind *after*. What a post shows is all there
    is: one link a story, no guid, and the hour of the edition for that of the news.
    """
    locale = format.locale_of_title(digest.front_matter.title)
    moment = digest.front_matter.date
    for number, item in enumerate(_stories(digest), after + 1):
        if not item.url:
            continue  # what has no link cannot be known again
        headline = locale.unmarked(item.title) if locale else item.title
        summary = visible(item.text)
        yield Told(
            edition=edition,
            closed=moment.astimezone(UTC),
            story=number,
            thread=item.url,
            follow_up=bool(locale and locale.is_follow_up(item.title)),
            url=item.url,
            title=headline,
            published=moment.astimezone(UTC),
            text=summary[:TEXT_KEPT],
            figures=figures(summary),
            language=locale.language if locale else language_of(headline),
            headline=headline,
            summary=summary[:TEXT_KEPT],
        )


def _stories(digest: Digest) -> list[Item]:
    """All that a post tells, the top story first."""
    top = digest.top
    first = [Item(title=top.title, url=top.url, text=top.paragraphs[0])] if top else []
    return [*first, *digest.items]


def _told(entry: Entry, summary: Summary, *, edition: Edition, number: int) -> Told:
    cluster = summary.story.cluster
    shown = visible if summary.origin is Origin.LLM else str  # publishers write no markup
    return Told(
        edition=edition.key,
        closed=edition.until,
        story=number,
        thread=cluster.follows.told.thread if cluster.follows else cluster.lead.url,
        follow_up=cluster.follows is not None,
        url=entry.url,
        guid=entry.guid,
        title=entry.title,
        published=entry.published,
        text=entry.text[:TEXT_KEPT],
        figures=figures(entry.text),
        language=entry.language,
        headline=shown(summary.headline),
        summary=shown(summary.text)[:TEXT_KEPT],
    )
