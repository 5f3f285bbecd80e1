"""Crossing: accounts in two languages that tell the same event, where it is near certain.

Names, figures and a few words of the trade are the same in both. What they
say is weighed by how rare they are; a pair counts only where each is the
other's best match.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digestbot.text.anchors import anchors
from digestbot.text.identity.accounts import Account
from digestbot.text.identity.concepts import concepts
from digestbot.text.identity.space import Places, Reals, Space
from digestbot.text.identity.words import LEAD_LENGTH, terms
from digestbot.text.titles import core, folded

CLOSENESS = 0.25
"""The power of the cosine beside the mass: a long text shares more by chance."""

CONTAINED = 0.5
"""The power of the share of the shorter one's signature that the longer has, too."""

CERTAIN = 1.0
"""Strength from which a pair is the same event: above it, of 91 real pairs in one pool, none
was wrong and more than half were found."""

RIVAL = 0.8
"""Of the best match's strength: where another comes that near, nothing is certain."""


def signature(account: Account) -> list[str]:
    """Return what of *account* is the same in another language."""
    text = f"{core(account.title)} {account.text[:LEAD_LENGTH]}"
    latin = {term for term in terms(text) if term.isascii()}
    return sorted(latin | anchors(text) | concepts(folded(text)))


def crossing(
    accounts: Sequence[Account], scripts: NDArray[np.bool_], *, days: Reals, window: float
) -> tuple[Places, Places, Reals]:
    """Return the pairs of accounts in two scripts that share a name, with their strength.

    The strength is in parts of what a term says that nobody else has. Pairs
    without a clear winner come with half of it: they are no more than likely.
    """
    space = Space([signature(account) for account in accounts])
    a, b = space.near(least=0.0, days=days, window=window)
    apart = scripts[a] != scripts[b]
    a, b = a[apart], b[apart]
    shared = space.shared(a, b)
    contained = shared.mass / np.maximum(shared.smaller, 1e-9)
    strength = shared.mass * np.maximum(shared.cosine, 0.0) ** CLOSENESS * contained**CONTAINED
    strength /= np.log(1 + len(accounts))
    return a, b, np.where(_clear(a, b, strength, len(accounts)), strength, strength / 2)


def _clear(a: Places, b: Places, strength: Reals, count: int) -> NDArray[np.bool_]:
    """Whether each is the other's best match, and neither has another as good."""
    best = np.zeros(count)
    np.maximum.at(best, a, strength)
    np.maximum.at(best, b, strength)
    close = strength >= RIVAL * np.maximum(best[a], best[b])
    matches = np.bincount(a[close], minlength=count) + np.bincount(b[close], minlength=count)
    return close & (matches[a] == 1) & (matches[b] == 1)
