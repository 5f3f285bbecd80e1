"""What a model is shown of a story: numbered sentences, fenced, without addresses."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from digestbot.model import Edition, Entry, Story
from digestbot.text.sentences import sentences
from digestbot.text.titles import weight

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
class Source:
    """A story as shown: ``sentences[n - 1]`` stands in ``text`` behind ``[n]``."""

    text: str
    sentences: tuple[str, ...]
    substance: int
    """Letters of the longest report without its title (a Han character counts as two): a
    headline told by ten publishers, or in two languages, is still a headline."""

    @property
    def tag(self) -> str:
        """The fence around the text, which nothing inside it can close."""
        return fence(self.text)


def source_of(story: Story, *, edition: Edition) -> Source:
    """Return what *story*'s entries say, the lead's first; a sentence said twice is shown once."""
    entries = story.cluster.entries[: 1 + MAX_OTHERS]
    lines: list[str] = []
    numbered: list[str] = []
    for entry, budget in zip(entries, _budgets(entries), strict=True):
        lines.append(f"@ {_byline(entry, edition)}")
        for sentence in _said(entry, budget):
            if sentence not in numbered:
                numbered.append(sentence)
                lines.append(f"[{len(numbered)}] {sentence}")
    substance = max(weight(entry.text[:SOURCE_LIMIT]) for entry in entries)
    return Source(text="\n".join(lines), sentences=tuple(numbered), substance=substance)


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
    if not entry.dated:
        return name
    day = entry.published.astimezone(ZoneInfo(edition.timezone)).date()
    return f"{name} {day.isoformat()}".strip()


def _said(entry: Entry, budget: int) -> Iterator[str]:
    """The title, then the text's sentences, cut where the budget ends."""
    yield without_addresses(entry.title)
    for sentence in sentences(entry.text[:SOURCE_LIMIT]):
        shown = without_addresses(sentence)[: max(budget, 0)]
        budget -= len(shown)
        if shown:
            yield shown
