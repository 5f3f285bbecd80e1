"""Crossing: accounts in two languages that tell the same event, where it is near certain.

Names, figures and a few words of the trade are the same in both. What they
say is weighed by how rare they are; a pair counts only where each is the
other's best match.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digestbot.text.anchors import COUNTRIES, anchors
from digestbot.text.identity.accounts import Account
from digestbot.text.identity.concepts import concepts
from digestbot.text.identity.space import Places, Reals, Space
from digestbot.text.identity.words import LEAD_LENGTH, STEM, terms
from digestbot.text.titles import core, folded

CLOSENESS = 0.25
"""The power of the cosine beside the mass: a long text shares more by chance."""

CONTAINED = 0.5
"""The power of the share of the shorter one's signature that the longer has, too."""

NAMES = 1.0
"""How often the names and figures count beside all that is shared: a name says more than a word
of the trade."""

CERTAIN = 1.25
"""Strength from which a pair is the same event: above it, of 91 real pairs in one pool,
53 were found, and one story was mixed with another."""

DISTINCTIVE = 0.5
"""Of what a term says that nobody else has: a pair needs a name or a figure that says as much,
and something besides."""

UNCLEAR = 0.9
"""The most strength of a pair that is not each other's only good match."""

RIVAL = 0.8
"""Of the best match's strength: where another comes that near, nothing is certain."""


_ROUND = {str(number) for number in (*range(10), *range(10, 101, 10))}

_SHARED_BY_MANY = frozenset(COUNTRIES.values()) | _ROUND
"""What names no event: countries, and small or round whole numbers."""

_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_SMALL = re.compile(r"[^\w]*[a-z]+(?:['’-][a-z]+)*[^\w]*")


def names(account: Account) -> list[str]:
    """Return the names and figures that *account* may be the only one to have, in any language."""
    said = _said(account)
    return sorted(_names(said) - _SHARED_BY_MANY - _written_small(said))


def signature(account: Account) -> list[str]:
    """Return what of *account* is the same in another language: names, figures, concepts."""
    said = _said(account)
    return sorted(_names(said) | concepts(folded(said)))


def _names(text: str) -> set[str]:
    text = _GROUPED.sub("", text)
    found = anchors(text)
    known = {name[:STEM] for name in found} | found
    latin = {term for term in terms(text) if term.isascii()}
    return {*found, *(term for term in latin if _joined(term) not in known)}


def _joined(term: str) -> str:
    return term.replace("-", "")


def _said(account: Account) -> str:
    return f"{core(account.title)} {account.text[:LEAD_LENGTH]}"


def _written_small(text: str) -> set[str]:
    """The words of *text*, in a language with capitals, that are only written small there.

    They are no names: the design of a protein is not the "/design" of a
    Chinese headline.
    """
    if _HAN.search(text):
        return set()
    large = " ".join(word for word in text.split() if not _SMALL.fullmatch(word))
    return {name for name in _names(text) if not _DIGIT.search(name)} - _names(large)


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
        self._names = Space([names(account) for account in accounts])

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
        shared, own = space.shared(a, b), self._names.shared(a, b)
        mass = shared.mass + NAMES * own.mass
        contained = mass / np.maximum(shared.smaller + NAMES * own.smaller, 1e-9)
        closeness = np.maximum(shared.cosine, 0.0) ** CLOSENESS
        strength = mass * closeness * contained**CONTAINED / np.log(1 + space.of)
        named = (own.rarest >= DISTINCTIVE * np.log(1 + space.of)) & (shared.count >= 2)
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
