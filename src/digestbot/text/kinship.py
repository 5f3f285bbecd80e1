"""Which texts may tell the same event: a cautious guess, for choosing and never for merging."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product, starmap

from digestbot.text.anchors import anchors
from digestbot.text.languages import language_of
from digestbot.text.similarity import Pair, cosine, cosines, rarity, terms, vector
from digestbot.text.titles import core

LEAD_LENGTH = 300
"""Characters of text read beside the title: five points better than the title alone."""

ANCHOR_LENGTH = 150
"""Characters of text in which names are looked for: further down stand a site's own."""

TITLE_TERMS = 2
"""How often a title counts beside its text."""

MIN_SHARED = 2
"""Terms that two texts must share: one common word in two short titles is chance."""

RARE_SHARE = 0.01
"""Of all news: an anchor in no more of them is rare, however much news one event makes."""

MIN_RARE = 3
"""News that may share a rare anchor however few there are."""

MIN_ANCHORS = 2
"""Anchors that must be shared: a name alone is no event."""


BOTH_ENGLISH = 0.6
"""What two English texts share by chance, in rare anchors."""

Text = tuple[str, str]
"""A title, and what follows it."""


class Kinship:
    """How alike each two of some news are; each is told by one or several texts.

    Of *older* news, whose places follow, nothing is learned about which names
    are rare: one event has many rows there.
    """

    def __init__(
        self, news: Sequence[Sequence[Text]], *, older: Sequence[Sequence[Text]] = ()
    ) -> None:
        today, news = len(news), [*news, *older]
        texts = [text for each in news for text in each]
        self._owners = [place for place, each in enumerate(news) for _ in each]
        self._places: list[list[int]] = [[] for _ in news]
        for place, owner in enumerate(self._owners):
            self._places[owner].append(place)
        titles = [core(title) for title, _ in texts]
        leads = [text[:LEAD_LENGTH] for _, text in texts]
        heads = [terms(title) for title in titles]
        bodies = [head * TITLE_TERMS + terms(lead) for head, lead in zip(heads, leads, strict=True)]
        idf = rarity(bodies)
        self._heads = [vector(head, idf) for head in heads]
        self._bodies = [vector(body, idf) for body in bodies]
        self._languages = [language_of(title) for title in titles]
        self._anchors = [
            anchors(f"{title} {lead[:ANCHOR_LENGTH]}")
            for title, lead in zip(titles, leads, strict=True)
        ]
        self._count = 1 + max(1, today)
        self._seen = Counter(
            anchor
            for places in self._places[:today]
            for anchor in frozenset().union(*(self._anchors[place] for place in places))
        )

    def likeness(self, a: int, b: int) -> float:
        """Return how alike the words of two news are, from 0 to 1: of their nearest texts."""
        return max(starmap(self._likeness, self._pairs(a, b)), default=0.0)

    def alike(self, *, least: float) -> dict[Pair, float]:
        """Return the pairs of news whose likeness is at least *least*."""
        found: dict[Pair, float] = {}
        for a, b in cosines(self._bodies, least=least / 2):
            pair = (self._owners[a], self._owners[b])
            likeness = self._likeness(a, b)
            if pair[0] != pair[1] and likeness >= max(least, found.get(pair, 0.0)):
                found[pair] = likeness
        return found

    def anchored(self, a: int, b: int) -> tuple[float, tuple[str, ...]]:
        """Return how much shared anchors say of sameness, and the anchors, the rarest first.

        In rare anchors; for two English texts, where any word
        may pass for an anchor, less what they share by chance.
        """
        return max((self._anchored(*pair) for pair in self._pairs(a, b)), default=(0.0, ()))

    def _pairs(self, a: int, b: int) -> Iterator[Pair]:
        return product(self._places[a], self._places[b])

    def _likeness(self, a: int, b: int) -> float:
        """How alike two texts' words are.

        The whole counts, or its mean with the titles alone: a title without a
        text beside it is then still found.
        """
        if len(self._bodies[a].keys() & self._bodies[b].keys()) < MIN_SHARED:
            return 0.0
        whole = cosine(self._bodies[a], self._bodies[b])
        return max(whole, (whole + cosine(self._heads[a], self._heads[b])) / 2)

    def _anchored(self, a: int, b: int) -> tuple[float, tuple[str, ...]]:
        shared = self._anchors[a] & self._anchors[b]
        if len(shared) < MIN_ANCHORS:
            return 0.0, ()
        rarest = sorted(shared, key=lambda anchor: (self._seen[anchor], anchor))
        chance = BOTH_ENGLISH if self._languages[a] == self._languages[b] == "en" else 0.0
        return math.fsum(self._rarity(anchor) for anchor in rarest) - chance, tuple(rarest)

    def _rarity(self, anchor: str) -> float:
        """1 for a rare anchor, down to 0 for one that all of today's news have."""
        rare = math.log(self._count / max(MIN_RARE, RARE_SHARE * self._count))
        if rare <= 0:
            return 1.0
        return min(1.0, math.log(self._count / max(1, self._seen[anchor])) / rare)
