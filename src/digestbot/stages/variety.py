"""Variety: an edition's stories are not all about one thing.

Of stories that are worth about the same, the one that adds more to those
already chosen is next (maximal marginal relevance, Carbonell and Goldstein
1998), and one name leads no more than a share of an edition.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from digestbot.model import Story
from digestbot.text.anchors import ALIASES, anchors
from digestbot.text.similarity import terms
from digestbot.text.titles import folded

SAMENESS = 2.0
"""What a story with a chosen one's very words loses of its score: as much as four fifths of its
publishers. On 40 days of an editor's picks the figures stay as they are from 0 to 4."""

CONSIDERED = 60
"""Stories among which variety is sought: six times what an edition tells."""

OF_ONE_NAME = 0.3
"""The share of an edition that may be about one name, if there are other stories."""

FEWEST_OF_ONE_NAME = 2

TITLE_LENGTH = 300
"""Characters of a title that are read."""


class Variety:
    """Stories in the order in which they are to be considered, given what was chosen."""

    def __init__(self, stories: Sequence[Story], *, limit: int) -> None:
        self._scores = [story.score for story in stories]
        titles = [story.lead.title[:TITLE_LENGTH] for story in stories]
        self._words = [frozenset(terms(title)) for title in titles]
        self._names = [name_of(title) for title in titles]
        self._sameness = [0.0] * len(stories)
        self._told = Counter[str]()
        self._most = max(FEWEST_OF_ONE_NAME, math.ceil(OF_ONE_NAME * limit))

    def places(self) -> Iterator[int]:
        """Give the places of all stories; what is chosen in between changes what comes next."""
        rest = list(range(len(self._scores)))
        while rest:
            best = max(rest[:CONSIDERED], key=lambda place: (self._worth(place), -place))
            rest.remove(best)
            yield best

    def chose(self, place: int) -> None:
        """Note that the story at *place* was chosen."""
        self._told[self._names[place]] += 1
        for other, words in enumerate(self._words):
            self._sameness[other] = max(self._sameness[other], _shared(self._words[place], words))

    def objection(self, place: int) -> str:
        """Return why the story at *place* should wait for others, or ""."""
        name = self._names[place]
        if name and self._told[name] >= self._most:
            return f"{self._most} stories about {name} are enough while there are others"
        return ""

    def _worth(self, place: int) -> float:
        return self._scores[place] - SAMENESS * self._sameness[place]


def name_of(title: str) -> str:
    """Return the first name in *title*, as names are compared, or "": whom it is about."""
    plain = folded(title)
    names = anchors(title)
    spelt = [(name, name) for name in names]
    spelt += [(alias, name) for alias, name in ALIASES.items() if name in names]
    spelt += [(start[0], start[0]) for name in names if (start := _OF_VERSION.match(name))]
    found = ((plain.find(word), name) for word, name in spelt if word in plain)
    return min(found, default=(0, ""))[1]


_OF_VERSION = re.compile(r"[a-z]+(?=\d)")


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0
