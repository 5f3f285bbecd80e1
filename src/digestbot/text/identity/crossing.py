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

CERTAIN = 1.1
"""Strength from which a pair is the same event: above it, of 91 real pairs in one pool, none
was wrong and more than half were found."""

DISTINCTIVE = 0.6
"""Of what a term says that nobody else has: a pair needs one that says as much, and another."""

UNCLEAR = 0.9
"""The most strength of a pair that is not each other's only good match."""

RIVAL = 0.8
"""Of the best match's strength: where another comes that near, nothing is certain."""


def signature(account: Account) -> list[str]:
    """Return what of *account* is the same in another language."""
    text = f"{core(account.title)} {account.text[:LEAD_LENGTH]}"
    latin = {term for term in terms(text) if term.isascii()}
    return sorted(latin | anchors(text) | concepts(folded(text)))


class Crossing:
    """Accounts in two scripts, by what is the same in both; ``scripts`` says which is which."""

    def __init__(
        self,
        accounts: Sequence[Account],
        scripts: NDArray[np.bool_],
        *,
        days: Reals,
        window: float,
    ) -> None:
        self._scripts = scripts
        self._days = days
        self._window = window
        self._space = Space([signature(account) for account in accounts])

    def common(self, a: int, b: int) -> list[str]:
        """Return what two accounts share, the rarest first."""
        return self._space.common(a, b)

    def pairs(self, tellings: Places) -> tuple[Places, Places, Reals]:
        """Return the pairs in two scripts that share something, with their strength.

        *tellings* has one number for accounts that are copies of one another.

        The strength is in parts of what a term says that nobody else has.
        Pairs without a clear winner, or without a name of their own, come with
        half of it, and less than what is certain.
        """
        space = self._space
        a, b = space.near(least=0.0, days=self._days, window=self._window)
        apart = self._scripts[a] != self._scripts[b]
        a, b = a[apart], b[apart]
        shared = space.shared(a, b)
        contained = shared.mass / np.maximum(shared.smaller, 1e-9)
        closeness = np.maximum(shared.cosine, 0.0) ** CLOSENESS
        strength = shared.mass * closeness * contained**CONTAINED / np.log(1 + space.of)
        named = (shared.rarest >= DISTINCTIVE * np.log(1 + space.of)) & (shared.count >= 2)
        clear = named & _clear(a, b, strength, tellings)
        return a, b, np.where(clear, strength, np.minimum(strength / 2, UNCLEAR))


def _clear(a: Places, b: Places, strength: Reals, tellings: Places) -> NDArray[np.bool_]:
    """Whether each is the other's best match, and neither has another as good.

    Accounts with the same number in *tellings* are one telling, and no rivals.
    """
    best = np.zeros(len(tellings))
    np.maximum.at(best, a, strength)
    np.maximum.at(best, b, strength)
    close = strength >= RIVAL * np.maximum(best[a], best[b])
    rivals = _matches(a[close], tellings[b[close]], len(tellings))
    rivals += _matches(b[close], tellings[a[close]], len(tellings))
    clear: NDArray[np.bool_] = close & (rivals[a] == 1) & (rivals[b] == 1)
    return clear


def _matches(places: Places, tellings: Places, count: int) -> Places:
    """How many tellings each place is matched with."""
    pairs = np.unique(np.column_stack([places, tellings]), axis=0)
    return np.bincount(pairs[:, 0], minlength=count) if len(pairs) else np.zeros(count, np.int64)
