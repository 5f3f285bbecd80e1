"""grounding: what a model's text says that no source does, in words for its second attempt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from digestbot.model import Edition, Story
from digestbot.text.replies import visible
from digestbot.text.verify import check

FACTS = frozenset({"number", "percentage", "amount", "version", "date", "link"})
"""Kinds of findings that send a text back. Names in other scripts and words in quotation marks
are too often meant well: of them ``digestbot check`` tells."""


def unfounded(
    name: str, text: str, sources: Sequence[str], *, published: date, language: str
) -> Iterator[str]:
    """Give a sentence for each number, date, version or link of *text* that no source has.

    What a source has nearly, or what may be meant otherwise, is let pass:
    *name* is the part of the reply that is to be mended.
    """
    for finding in check(visible(text), sources, published=published, language=language):
        if finding.severity == "hard" and finding.kind in FACTS:
            yield f"{name}: {finding.reason}"


def said_by(story: Story) -> list[str]:
    """Return all that *story*'s sources say: every entry's title and text."""
    return [f"{entry.title}\n{entry.text}" for entry in story.cluster.entries]


def day_of(story: Story, edition: Edition) -> date:
    """Return the readers' day on which *story*'s lead was published."""
    return story.lead.published.astimezone(ZoneInfo(edition.timezone)).date()
