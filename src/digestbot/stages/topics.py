"""Topics: whether a story is what an edition is about, and how much."""

from __future__ import annotations

import re
from collections.abc import Iterable

from digestbot.model import Cluster, Reason, Topic
from digestbot.text.languages import language_of
from digestbot.text.similarity import terms
from digestbot.text.titles import folded

TITLE_FIT = 0.8
"""For a word of the topic in a title."""

TEXT_FIT = 0.2
"""For one in the first lines of a text only: it may be a mention in passing."""

MORE_FIT = 0.1
"""For each further word of the topic in a title, up to ``MAX_MORE``."""

MAX_MORE = 3

DESCRIPTION_FIT = 0.4
"""At most, for the words shared with the topic's description."""

ENOUGH_SHARED = 2
"""Words shared with the description that say a story is on topic."""

TEXT_LENGTH = 300
"""Characters of a text that are read for the topic's words."""

_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3]")


class Fit:
    """The topic, ready to be asked of every cluster.

    Words of Latin letters match whole words, with or without a plural's s,
    those of Han characters anywhere; letter case does not matter. Where
    include words are given they alone decide what is on topic, else the
    description does, for stories of its own language.
    """

    def __init__(self, topic: Topic) -> None:
        self._include = _pattern(topic.include)
        self._exclude = _pattern(topic.exclude)
        self._description = frozenset(terms(topic.description))
        self._language = language_of(topic.description)

    def excluded(self, cluster: Cluster) -> str:
        """Return the first excluded word in a title of *cluster*, or ""."""
        if self._exclude is None:
            return ""
        matches = (self._exclude.search(folded(entry.title)) for entry in cluster.entries)
        return min((match[0] for match in matches if match), default="")

    def off_topic(self, cluster: Cluster) -> bool:
        """Whether *cluster* has nothing of the topic; without a topic nothing is."""
        if self._include is not None:
            return not (self._in_titles(cluster) or self._in_texts(cluster))
        if not self._description or language_of(cluster.lead.title) != self._language:
            return False
        return len(self._shared(cluster)) < ENOUGH_SHARED

    def reasons(self, cluster: Cluster) -> list[Reason]:
        """Return what the topic adds to the score of *cluster*."""
        return [*self._by_words(cluster), *self._by_description(cluster)]

    def _by_words(self, cluster: Cluster) -> Iterable[Reason]:
        if words := self._in_titles(cluster):
            value = TITLE_FIT + MORE_FIT * min(len(words) - 1, MAX_MORE)
            yield Reason(name="topic", value=value, text=", ".join(words[:5]))
        elif words := self._in_texts(cluster):
            yield Reason(name="topic", value=TEXT_FIT, text=f"in the text: {', '.join(words[:5])}")

    def _by_description(self, cluster: Cluster) -> Iterable[Reason]:
        shared = sorted(self._shared(cluster))
        if shared:
            value = DESCRIPTION_FIT * len(shared) / (len(shared) + ENOUGH_SHARED)
            yield Reason(name="description", value=value, text=", ".join(shared[:5]))

    def _in_titles(self, cluster: Cluster) -> list[str]:
        return self._found(entry.title for entry in cluster.entries)

    def _in_texts(self, cluster: Cluster) -> list[str]:
        return self._found(entry.text[:TEXT_LENGTH] for entry in cluster.entries)

    def _found(self, texts: Iterable[str]) -> list[str]:
        if self._include is None:
            return []
        return sorted({word for text in texts for word in self._include.findall(folded(text))})

    def _shared(self, cluster: Cluster) -> frozenset[str]:
        lead = cluster.lead
        return self._description & frozenset(terms(f"{lead.title} {lead.text[:TEXT_LENGTH]}"))


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern for all *words*, the longest first; None where there are none."""
    plain = sorted({folded(word.strip()) for word in words if word.strip()}, key=_longest)
    return re.compile("|".join(map(_alternative, plain))) if plain else None


def _longest(word: str) -> tuple[int, str]:
    return (-len(word), word)


def _alternative(word: str) -> str:
    pattern = re.escape(word)
    if _WIDE.match(word[0]) is None:
        pattern = rf"(?<![a-z0-9]){pattern}"
    if _WIDE.match(word[-1]) is None:
        pattern = rf"{pattern}(?:(?<=[a-z])s)?(?![a-z0-9])"
    return pattern
