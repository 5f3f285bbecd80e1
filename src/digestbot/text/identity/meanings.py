"""Meanings: what embeddings add to the words, where there are any."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digestbot.text.identity.space import Places, Reals

Vectors = Sequence[Sequence[float] | None]

WEIGHT = 0.8
"""Log odds per standard deviation of the cosine."""

USUAL = 2.5
"""Standard deviations above the mean cosine of all pairs that say nothing either way: pairs
that share words are nearer than most, whether they tell the same or not."""

MOST = 2.0
"""Log odds that a vector can add or take, at most: words come first."""

SAMPLE = 20_000
"""Pairs from which the usual cosine of a model is learned; models differ widely in it."""

FEWEST = 8
"""Vectors without which nothing usual can be learned."""


def meaning(vectors: Vectors | None, a: Places, b: Places) -> Reals:
    """Return what the vectors add to the log odds of pairs: 0 where one is missing."""
    rows, known = _rows(vectors or ())
    added = np.zeros(len(a))
    if known.sum() < FEWEST:
        return added
    both = known[a] & known[b]
    places = np.flatnonzero(known)
    lots = np.random.default_rng(0).choice(places, (2, SAMPLE))
    usual = np.einsum("ij,ij->i", rows[lots[0]], rows[lots[1]])[lots[0] != lots[1]]
    cosine = np.einsum("ij,ij->i", rows[a[both]], rows[b[both]])
    deviations = (cosine - usual.mean()) / max(float(usual.std()), 1e-6)
    added[both] = np.clip(WEIGHT * (deviations - USUAL), -MOST, MOST)
    return added


def _rows(vectors: Vectors) -> tuple[Reals, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """The vectors as rows of length one, and which of them can be used.

    Those that are missing, of another size than most, not finite, or zero
    cannot.
    """
    sizes = [len(each) for each in vectors if each is not None]
    size = max(set(sizes), key=sizes.count) if sizes else 0
    rows = np.zeros((len(vectors), size))
    for place, each in enumerate(vectors):
        if each is not None and len(each) == size:
            rows[place] = each
    lengths = np.linalg.norm(rows, axis=1)
    known = np.isfinite(lengths) & (lengths > 0)
    rows[~known] = 0.0
    return rows / np.where(known, lengths, 1.0)[:, None], known
