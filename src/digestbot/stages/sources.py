"""What a model is shown of a story: numbered sentences, fenced, without addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from digestbot.model import Edition, Entry, Source, Story, Summary
from digestbot.text.aliases import Aliases
from digestbot.text.replies import visible
from digestbot.text.sentences import sentences
from digestbot.text.titles import weight
from digestbot.text.verify.ground import Ground, Originals

SOURCE_LIMIT = 6_000
"""Characters of one story's text that a model reads: the facts stand at the top of news."""

OTHERS_LIMIT = 2_000
"""Of these, what the reports beside the lead may have together."""

OTHER_LIMIT = 800
"""And each of them."""

MAX_OTHERS = 5
"""Reports shown beside the lead."""

TAG_LENGTH = 16
"""Hexadecimal digits of a fence: a text cannot hold the hash of itself."""

_ADDRESS = re.compile(r"(?i)(?:https?://|www\.)[^\s\u2e80-\u9fff\uff00-\uffef“”]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A story as shown: ``sentences[n - 1]`` stands in ``text`` behind ``[n]``.

    It is sentence ``places[n - 1][1]`` of the story's source ``places[n - 1][0]``.
    """

    text: str
    sentences: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    substance: int
    """Letters of the longest report without its title (a Han character counts as two): a
    headline told by ten publishers, or in two languages, is still a headline."""

    @property
    def tag(self) -> str:
        """The fence around the text, which nothing inside it can close."""
        return fence(self.text)


def sources_of(story: Story) -> tuple[Source, ...]:
    """Return all that *story*'s entries say, the lead's first, sentence by sentence."""
    return tuple(
        Source(
            publisher=entry.source,
            url=entry.url,
            published=entry.published if entry.dated else None,
            sentences=(entry.title, *sentences(entry.text)),
        )
        for entry in story.cluster.entries
    )


def ground_of(
    story: Story, sources: Sequence[Source], *, edition: Edition, aliases: Aliases
) -> Ground:
    """Return *sources*, the story's, as the ground of texts about it."""
    days = [None if each.published is None else _day(each.published, edition) for each in sources]
    return Ground(sources, days=days, day=_day(story.lead.published, edition), aliases=aliases)


def editorial_ground(summaries: Sequence[Summary], *, edition: Edition, aliases: Aliases) -> Ground:
    """Return the ground of texts about all *summaries*: the items, then their own sources.

    How many items there are is known, too.
    """
    items = [
        Source(
            publisher="",
            url=each.story.lead.url,
            published=None,
            sentences=(each.headline, *_printed_sentences(each)),
        )
        for each in summaries
    ]
    count = Source(publisher="", url="", published=None, sentences=(str(len(summaries)),))
    told = [source for each in summaries for source in sources_of(each.story)]
    sources = (*items, *told, count)
    days = [None if each.published is None else _day(each.published, edition) for each in sources]
    return Ground(sources, days=days, day=edition.closes.date(), aliases=aliases)


def _printed_sentences(summary: Summary) -> list[str]:
    return sentences(visible("\n".join((summary.text, *summary.paragraphs))))


def originals_of(summaries: Sequence[Summary]) -> Originals:
    """Return what the writers of *summaries* translated: it may be said again."""
    return Originals(names=dict(pair for each in summaries for pair in each.originals))


def material_of(story: Story, sources: Sequence[Source], *, edition: Edition) -> Material:
    """Return what a model is shown of *story*; a sentence said twice is shown once."""
    entries = story.cluster.entries[: 1 + MAX_OTHERS]
    lines: list[str] = []
    places: dict[str, tuple[int, int]] = {}
    for number, (entry, budget) in enumerate(zip(entries, _budgets(entries), strict=True)):
        byline = [f"@ {_byline(entry, edition)}"]  # of who says nothing new it is left out
        for place, sentence in _shown(sources[number], budget):
            if sentence not in places:
                places[sentence] = (number, place)
                lines += [*byline, f"[{len(places)}] {sentence}"]
                byline = []
    substance = max(weight(entry.text[:SOURCE_LIMIT]) for entry in entries)
    return Material(
        text="\n".join(lines),
        sentences=tuple(places),
        places=tuple(places.values()),
        substance=substance,
    )


def fence(text: str) -> str:
    """Return a tag that marks where *text* begins and ends."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:TAG_LENGTH]


def without_addresses(text: str) -> str:
    """Return *text* on one line, without URLs."""
    return " ".join(_ADDRESS.sub("", text).split())


def _budgets(entries: Sequence[Entry]) -> list[int]:
    left = OTHERS_LIMIT
    budgets: list[int] = []
    for other in entries[1:]:
        budgets.append(min(len(other.text), OTHER_LIMIT, left))
        left -= budgets[-1]
    return [SOURCE_LIMIT - sum(budgets), *budgets]


def _byline(entry: Entry, edition: Edition) -> str:
    """Who published it and, where that is known, on which day of the readers."""
    name = without_addresses(entry.feed.name)
    return f"{name} {_day(entry.published, edition).isoformat()}".strip() if entry.dated else name


def _day(moment: datetime, edition: Edition) -> date:
    return moment.astimezone(ZoneInfo(edition.timezone)).date()


def _shown(source: Source, budget: int) -> Iterator[tuple[int, str]]:
    """The title, then the text's sentences, cut where the budget ends, with their numbers."""
    title, *others = source.sentences
    yield 0, without_addresses(title)
    for number, sentence in enumerate(others, 1):
        shown = without_addresses(sentence)[: max(budget, 0)]
        budget -= len(shown)
        if shown:
            yield number, shown
