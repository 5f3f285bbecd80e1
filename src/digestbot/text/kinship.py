"""Which texts may tell the same event: a cautious guess, for choosing and never for merging."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from digestbot.text.anchors import anchors
from digestbot.text.languages import language_of
from digestbot.text.similarity import Pair, cosine, cosines, rarity, terms, vector
from digestbot.text.titles import core

LEAD_LENGTH = 300
"""Characters of text read beside the title: five points better than the title alone."""

TITLE_TERMS = 2
"""How often a title counts beside its text."""

MIN_SHARED = 2
"""Terms that two texts must share: one common word in two short titles is chance."""

MIN_ANCHORS = 2
"""Anchors that must be shared: a name alone is no event."""


class Kinship:
    """How alike each two of some texts are; a text is a title and what follows it."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        titles = [core(title) for title, _ in texts]
        leads = [text[:LEAD_LENGTH] for _, text in texts]
        heads = [terms(title) for title in titles]
        bodies = [head * TITLE_TERMS + terms(lead) for head, lead in zip(heads, leads, strict=True)]
        idf = rarity(bodies)
        self._heads = [vector(head, idf) for head in heads]
        self._bodies = [vector(body, idf) for body in bodies]
        self._languages = [language_of(title) for title in titles]
        self._anchors = [
            anchors(title, language=language) | anchors(lead, language=language_of(lead))
            for title, lead, language in zip(titles, leads, self._languages, strict=True)
        ]
        self._seen = Counter(anchor for each in self._anchors for anchor in each)
        self._count = len(texts)

    def likeness(self, a: int, b: int) -> float:
        """Return how alike two texts' words are, from 0 to 1.

        The whole counts, or its mean with the titles alone: a title without a
        text beside it is then still found.
        """
        if len(self._bodies[a].keys() & self._bodies[b].keys()) < MIN_SHARED:
            return 0.0
        whole = cosine(self._bodies[a], self._bodies[b])
        return max(whole, (whole + cosine(self._heads[a], self._heads[b])) / 2)

    def alike(self, *, least: float) -> dict[Pair, float]:
        """Return the pairs of places whose likeness is at least *least*."""
        near = cosines(self._bodies, least=least / 2)
        found = {pair: self.likeness(*pair) for pair in near}
        return {pair: likeness for pair, likeness in found.items() if likeness >= least}

    def shared_anchors(self, a: int, b: int) -> tuple[str, ...]:
        """Return the names, versions and amounts that two texts share, the rarest first.

        Nothing for two English texts, where every word of a title may be a name.
        """
        if self._languages[a] == self._languages[b] == "en":
            return ()
        shared = self._anchors[a] & self._anchors[b]
        return tuple(sorted(shared, key=lambda anchor: (self._seen[anchor], anchor)))

    def rarity_of(self, shared: Sequence[str]) -> float:
        """Return what *shared* anchors say of sameness, in anchors that nobody else has."""
        if len(shared) < MIN_ANCHORS:
            return 0.0
        whole = math.log(1 + self._count)
        return sum(math.log((1 + self._count) / self._seen[anchor]) for anchor in shared) / whole
