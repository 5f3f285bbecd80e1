"""Evidence: what shared words say of sameness, weighed by a logistic regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digestbot.text.identity.space import Places, Reals, Shared

COSINE = 8.98
"""Per square root of the cosine."""

DAYS = -0.86
"""Per day between the two, up to ``MOST_DAYS``."""

COUNT = 2.38
"""Per log of the number of shared terms."""

FURTHER = -0.3
"""Per log of the rarity, in nats, of all that is shared but for the rarest term: two accounts
that share a name and nothing else tell of one subject, not of one event."""

RAREST = -0.96
"""Per rarity of the rarest shared term, as a share of what a term of one account has."""

COMMON = 0.08
"""Per log of the mean cosine of the two with all accounts."""

OVERLAP = -8.73
"""Per share that the two have in common of the rarity of all that either has (Jaccard)."""

CONTAINED = 4.55
"""Per share that the shorter account has in common with the longer, of its own rarity."""

FIGURES = -0.13
"""Per figure that both have, up to ``MOST_FIGURES``."""

OTHER_FIGURES = -0.65
"""Where each has a figure that the other has not."""

OTHER_DAYS = -3.03
"""Where both name days of the month, and none that can be the same."""

OTHER_WORKS = -0.7
"""Where both quote something or name a work, and not the same."""

OTHER_VERSIONS = -1.96
"""Where both titles name a product with its number, and not the same."""

OTHER_NAMES = -0.3
"""Where both titles have names, and not one in common."""

ONE_SOURCE = -1.33
"""Where one publisher wrote both: it tells an event once, and many that are set alike."""

CONSTANT = -5.99

MOST_FIGURES = 3

MOST_DAYS = 5.0

USUAL = 0.12
"""The share of look-alike pairs that are the same event, on a usual day of news."""

MOST = 0.4
"""The largest share that is believed: when in doubt, apart."""

FEWEST = 0.22
"""The smallest share that is believed."""

DOUBT = 100
"""Pairs of a usual day that stand beside those at hand: in three accounts no share shows."""

ROUNDS = 50


WEIGHTS = np.array(
    [
        COSINE,
        DAYS,
        COUNT,
        FURTHER,
        RAREST,
        COMMON,
        OVERLAP,
        CONTAINED,
        FIGURES,
        OTHER_FIGURES,
        OTHER_DAYS,
        OTHER_WORKS,
        OTHER_VERSIONS,
        OTHER_NAMES,
        ONE_SOURCE,
        CONSTANT,
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of accounts and what is known of each: one value a pair.

    ``a`` and ``b`` are places, ``a`` the smaller; ``gap`` is the days between
    the two, NaN where unknown; ``mean`` the geometric mean of their mean
    cosines with all of the *accounts*; ``figures`` how many figures both have,
    ``others`` 1 where each has one that the other has not, ``other_days``,
    ``other_works`` and ``other_versions`` 1 where both name some, and none in common.
    """

    a: Places
    b: Places
    shared: Shared
    gap: Reals
    mean: Reals
    figures: Reals
    others: Reals
    other_days: Reals
    other_works: Reals
    other_versions: Reals
    other_names: Reals
    one_source: Reals
    accounts: int


def features(pairs: Pairs) -> Reals:
    """Return the features of *pairs* as rows, in the order of ``WEIGHTS``."""
    shared = pairs.shared
    largest = np.maximum(shared.larger + shared.smaller - shared.mass, 1e-9)
    return np.column_stack(
        [
            np.sqrt(np.maximum(shared.cosine, 0.0)),
            np.nan_to_num(np.minimum(pairs.gap, MOST_DAYS)),
            np.log1p(shared.count),
            np.log1p(np.maximum(shared.mass - shared.rarest, 0.0)),
            shared.rarest / np.log(1 + pairs.accounts),
            np.log(pairs.mean + 1e-4),
            shared.mass / largest,
            shared.mass / np.maximum(shared.smaller, 1e-9),
            np.minimum(pairs.figures, MOST_FIGURES),
            pairs.others,
            pairs.other_days,
            pairs.other_works,
            pairs.other_versions,
            pairs.other_names,
            pairs.one_source,
            np.ones(len(pairs.a)),
        ]
    )


def log_odds(pairs: Pairs) -> Reals:
    """Return the log odds that pairs are the same event, were every second pair the same."""
    odds: Reals = features(pairs) @ WEIGHTS
    return odds


def share_of_same(odds: Reals) -> float:
    """Return how many of a pool's look-alike pairs are the same event, as a share.

    Expectation-maximisation of the prior (Saerens, Latinne and Decaestecker,
    2002): in a pool of headlines about one thing most look-alikes are the same
    event, on a day of a hundred products few are.
    """
    share = USUAL
    for _ in range(ROUNDS):
        share = (with_share(odds, share).sum() + DOUBT * USUAL) / (len(odds) + DOUBT)
    return min(max(float(share), FEWEST), MOST)


def with_share(odds: Reals, share: float) -> Reals:
    """Return probabilities, from log odds that hold where every second pair is the same."""
    likeness: Reals = 1 / (1 + np.exp(-(odds + np.log(share / (1 - share)))))
    return likeness
