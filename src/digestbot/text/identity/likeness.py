"""Likeness: how sure we are that two accounts tell the same event, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from digestbot.text.identity.accounts import Account
from digestbot.text.identity.crossing import CERTAIN, crossing
from digestbot.text.identity.evidence import Pairs, log_odds, share_of_same, with_share
from digestbot.text.identity.groups import Pair, average_link
from digestbot.text.identity.particulars import (
    apart,
    contradiction,
    on_other_days,
    on_other_works,
    particulars,
)
from digestbot.text.identity.space import Places, Reals, Shared, Space
from digestbot.text.identity.words import words
from digestbot.text.languages import language_of

SAME = 0.18
"""Mean likeness from which two groups of accounts are one story. It is below a half because
most retellings of an event in other words are: of the pairs that a person calls the same
event, every third has less than a half. Between 0.15 and 0.25 nothing changes by a point."""

LEAST_COSINE = 0.08
"""Cosine below which two accounts are not compared further."""

LEAST = 0.02
"""Likeness below which two accounts count as unlike."""

WINDOW = 5.0
"""Days between two accounts of one event, at most, where both are dated."""

HAN = frozenset({"zh", "ja"})
"""Languages whose words are compared by Han characters, and with no other."""

DAY = 86_400.0
"""Seconds."""


class Identity:
    """How alike each two of some accounts are; learns from them which words are common.

    *vectors* are embeddings, a row for each account or None where there is
    none; *verdicts* are a judge's answers for pairs of places, True for the
    same event. Words decide where nobody judged; vectors only help them.
    """

    def __init__(
        self,
        accounts: Sequence[Account],
        *,
        vectors: Sequence[Sequence[float] | None] | None = None,
        verdicts: Mapping[Pair, bool] | None = None,
    ) -> None:
        self._accounts = accounts
        self._days = np.array([_day(each.published) for each in accounts], dtype=np.float64)
        self._languages = np.array([_language(each) for each in accounts], dtype=object)
        self._scripts = np.array([each in HAN for each in self._languages], dtype=bool)
        self._particulars = [particulars(each) for each in accounts]
        self._space = Space([words(each) for each in accounts])
        self.compared = self._compared()
        self._links = self._by_words() | self._crossed()
        self._verdicts = dict(verdicts or {})

    def groups(self) -> list[list[int]]:
        """Return the places of the accounts of each event, in order, by the first place."""
        return average_link(len(self._accounts), self._links, least=SAME, verdicts=self._verdicts)

    def likeness(self, a: int, b: int) -> float:
        """Return how sure we are, from 0 to 1, that two accounts tell the same event."""
        return self._links.get((min(a, b), max(a, b)), 0.0)

    def _compared(self) -> Pairs:
        """The pairs in one script that share enough words to be compared."""
        a, b = self._space.near(least=LEAST_COSINE, days=self._days, window=WINDOW)
        readable = self._scripts[a] == self._scripts[b]
        a, b = a[readable], b[readable]
        shared = self._space.shared(a, b)
        enough = shared.cosine >= LEAST_COSINE
        return self._pairs(a[enough], b[enough], shared.where(enough))

    def _pairs(self, a: Places, b: Places, shared: Shared) -> Pairs:
        means = np.maximum(self._space.means(), 1e-4)
        both = [
            (self._particulars[x], self._particulars[y])
            for x, y in zip(a.tolist(), b.tolist(), strict=True)
        ]
        return Pairs(
            a=a,
            b=b,
            shared=shared,
            gap=np.abs(self._days[a] - self._days[b]),
            mean=np.sqrt(means[a] * means[b]),
            figures=np.array([len(x.figures & y.figures) for x, y in both], np.float64),
            others=np.array([apart(x.figures, y.figures) for x, y in both], np.float64),
            other_days=np.array([on_other_days(x, y) for x, y in both], np.float64),
            other_works=np.array([on_other_works(x, y) for x, y in both], np.float64),
            accounts=len(self._accounts),
        )

    def _by_words(self) -> dict[Pair, float]:
        """The likeness of the pairs that were compared."""
        pairs = self.compared
        odds = log_odds(pairs)
        one = self._languages[pairs.a] == self._languages[pairs.b]
        links = _links(pairs.a, pairs.b, with_share(odds, share_of_same(odds[one])))
        return {
            (a, b): likeness
            for (a, b), likeness in links.items()
            if likeness < SAME or not self._contradiction(a, b)
        }

    def _contradiction(self, a: int, b: int) -> str:
        return contradiction(self._accounts[a].title, self._accounts[b].title)

    def _crossed(self) -> dict[Pair, float]:
        """The likeness of pairs in two scripts."""
        if len(set(self._scripts.tolist())) < 2:
            return {}
        a, b, strength = crossing(self._accounts, self._scripts, days=self._days, window=WINDOW)
        certain = strength >= CERTAIN
        return _links(a[certain], b[certain], np.ones(int(certain.sum())))


def _day(moment: datetime | None) -> float:
    return np.nan if moment is None else moment.timestamp() / DAY


def _language(account: Account) -> str:
    return account.language or language_of(account.title or account.text)


def _links(a: Places, b: Places, likeness: Reals) -> dict[Pair, float]:
    enough = likeness >= LEAST
    places = zip(a[enough].tolist(), b[enough].tolist(), strict=True)
    return dict(zip(places, likeness[enough].tolist(), strict=True))
