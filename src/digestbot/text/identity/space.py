"""The space of accounts: TF-IDF rows in plain numpy, who is near whom, and what they share.

Sparse rows are kept as SciPy would keep them (row starts, term numbers,
weights), but three operations are all that is needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from digestbot.text.identity.concepts import EVERYDAY
from digestbot.text.identity.everyday import EVERYDAY_WORDS

Places = NDArray[np.int64]
Reals = NDArray[np.float64]

MEETINGS = 20_000_000
"""Meetings of two accounts in a term that are looked at, the rarest terms first. A day of
news needs a twentieth; what a hundred thousand accounts have beyond are common words."""

EVERYDAY_SHARE = 0.05
"""Of all accounts, how many have each of the words of the trade, at least: "model" and
"release" are common on any day, however few accounts there are to show it."""

FEWEST = 100
"""Accounts that a term's rarity is reckoned with, at least: of two accounts, what both say
is not common for that."""

BATCH = 4_000_000
"""Meetings that are held in memory at once."""

ROWS = 50_000
"""Pairs whose shared terms are looked up at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What pairs of accounts have in common; one value a pair.

    ``cosine`` of their TF-IDF rows; ``count`` of shared terms; ``mass``, the
    sum of these terms' rarity in nats, and ``rarest``, the largest of them;
    ``smaller`` and ``larger``, the mass of all terms of the one that has less
    and of the one that has more.
    """

    cosine: Reals
    count: Reals
    mass: Reals
    rarest: Reals
    smaller: Reals
    larger: Reals

    def where(self, chosen: NDArray[np.bool_]) -> Shared:
        """Return the same of the *chosen* pairs alone."""
        return Shared(**{name: getattr(self, name)[chosen] for name in self.__slots__})


class Space:
    """TF-IDF rows of accounts, each of length one, over the terms of all of them.

    ``count`` is how many there are, ``of`` how many they are reckoned to be.
    """

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        vocabulary: dict[str, int] = {}
        lengths = np.fromiter(map(len, documents), np.int64, len(documents))
        numbers = np.fromiter(
            (vocabulary.setdefault(term, len(vocabulary)) for term in chain(*documents)),
            np.int64,
            int(lengths.sum()),
        )
        self.count = len(documents)
        self.of = max(self.count, FEWEST)
        self._vocabulary = list(vocabulary)
        self._size = max(1, len(vocabulary))
        keys = np.repeat(np.arange(self.count), lengths) * self._size + numbers
        keys, times = np.unique(keys, return_counts=True)
        self._rows, self._terms = keys // self._size, keys % self._size
        self._starts = np.searchsorted(self._rows, np.arange(self.count + 1))
        self._seen = np.bincount(self._terms, minlength=self._size)
        everyday = np.fromiter(
            (term in EVERYDAY or term in EVERYDAY_WORDS for term in vocabulary),
            bool,
            len(vocabulary),
        )
        usual = np.zeros(self._size)
        usual[: len(vocabulary)] = EVERYDAY_SHARE * self.of * everyday
        self._rarity = np.log((1 + self.of) / np.maximum(self._seen, 1 + usual))
        weights = (1 + np.log(times)) * self._rarity[self._terms]
        lengths_of_rows = np.sqrt(np.bincount(self._rows, weights**2, minlength=self.count))
        self._weights = weights / np.maximum(lengths_of_rows, 1e-12)[self._rows]
        self._mass = np.bincount(self._rows, self._rarity[self._terms], minlength=self.count)

    def means(self) -> Reals:
        """Return each account's mean cosine with all: high where its words are everybody's."""
        total = np.bincount(self._terms, self._weights, minlength=self._size)
        return (
            np.bincount(self._rows, self._weights * total[self._terms], minlength=self.count)
            / self.of
        )

    def common(self, a: int, b: int) -> list[str]:
        """Return the terms that two accounts share, the rarest first."""
        mine, theirs = (self._terms[self._starts[x] : self._starts[x + 1]] for x in (a, b))
        both = np.intersect1d(mine, theirs)
        order = np.lexsort((both, -self._rarity[both]))
        return [self._vocabulary[number] for number in both[order].tolist()]

    def near(self, *, least: float, days: Reals, window: float) -> tuple[Places, Places]:
        """Return the pairs whose cosine may be *least* or more, the first place the smaller.

        *days* is when each account was published, NaN where unknown; two
        accounts further apart than *window* days are no pair.
        """
        met: list[tuple[Places, Reals]] = [(np.empty(0, np.int64), np.empty(0))]
        waiting = 0
        for meeting in self._meetings(days, window):
            met.append(meeting)
            waiting += len(meeting[0])
            if waiting > max(BATCH, len(met[0][0])):
                met, waiting = [_summed(met)], 0
        keys, sums = _summed(met)
        keys = keys[sums >= least / 2]
        return keys // self.count, keys % self.count

    def _meetings(self, days: Reals, window: float) -> Iterator[tuple[Places, Reals]]:
        """Batches of keys of pairs that meet in a term, with the product of its weights."""
        order = np.argsort(self._terms, kind="stable")
        rows, weights = self._rows[order], self._weights[order]
        starts = np.searchsorted(self._terms[order], np.arange(self._size))
        allowed = MEETINGS
        for seen in np.unique(self._seen[self._seen > 1]).tolist():
            first, second = np.triu_indices(seen, 1)
            blocks = starts[self._seen == seen]
            allowed -= len(blocks) * len(first)
            if allowed < 0:
                return
            step = max(1, BATCH // len(first))
            for place in range(0, len(blocks), step):
                members = blocks[place : place + step, None] + np.arange(seen)
                a, b = rows[members[:, first]].ravel(), rows[members[:, second]].ravel()
                product = (weights[members[:, first]] * weights[members[:, second]]).ravel()
                together = ~(np.abs(days[a] - days[b]) > window)
                yield (a * self.count + b)[together], product[together]

    def shared(self, a: Places, b: Places) -> Shared:
        """Return what the accounts at *a* have in common with those at *b*, pair by pair."""
        parts = [
            self._shared(a[place : place + ROWS], b[place : place + ROWS])
            for place in range(0, len(a), ROWS)
        ]
        columns = zip(*parts, strict=True) if parts else [[np.empty(0)]] * 4
        cosine, count, mass, rarest = (np.concatenate(column) for column in columns)
        return Shared(
            cosine=cosine,
            count=count,
            mass=mass,
            rarest=rarest,
            smaller=np.minimum(self._mass[a], self._mass[b]),
            larger=np.maximum(self._mass[a], self._mass[b]),
        )

    def _shared(self, a: Places, b: Places) -> tuple[Reals, Reals, Reals, Reals]:
        pairs, places = self._spread(a)
        others, places_of_others = self._spread(b)
        keys = pairs * self._size + self._terms[places]
        keys_of_others = others * self._size + self._terms[places_of_others]
        found = np.searchsorted(keys_of_others, keys)
        found[found == len(keys_of_others)] = 0
        both = keys_of_others[found] == keys if len(keys_of_others) else np.zeros(0, bool)
        pairs, places, found = pairs[both], places[both], places_of_others[found[both]]
        rarity = self._rarity[self._terms[places]]
        product = self._weights[places] * self._weights[found]
        rarest = np.zeros(len(a))
        np.maximum.at(rarest, pairs, rarity)
        return (
            np.bincount(pairs, product, minlength=len(a)).astype(np.float64),
            np.bincount(pairs, minlength=len(a)).astype(np.float64),
            np.bincount(pairs, rarity, minlength=len(a)).astype(np.float64),
            rarest,
        )

    def _spread(self, rows: Places) -> tuple[Places, Places]:
        """For each term of each of *rows*: which of *rows* it is in, and the term's place."""
        lengths = self._starts[rows + 1] - self._starts[rows]
        pairs = np.repeat(np.arange(len(rows)), lengths)
        offsets = np.arange(len(pairs)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        return pairs, np.repeat(self._starts[rows], lengths) + offsets


def _summed(met: Sequence[tuple[Places, Reals]]) -> tuple[Places, Reals]:
    """Each key once, in order, with the sum of its values."""
    keys = np.concatenate([keys for keys, _ in met])
    values = np.concatenate([values for _, values in met])
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    return keys[firsts], np.add.reduceat(values, firsts) if len(firsts) else values
