"""Likeness: how sure we are that two accounts tell the same event, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property

import numpy as np

from digestbot.text.identity.accounts import Account
from digestbot.text.identity.copies import near_identical
from digestbot.text.identity.crossing import CERTAIN, Crossing
from digestbot.text.identity.evidence import Pairs, log_odds, share_of_same, with_share
from digestbot.text.identity.groups import Pair, average_link
from digestbot.text.identity.meanings import Vectors, meaning
from digestbot.text.identity.particulars import (
    apart,
    contradiction,
    on_other_days,
    on_other_works,
    particulars,
    title_of,
)
from digestbot.text.identity.space import Places, Reals, Shared, Space
from digestbot.text.identity.words import LEAD_LENGTH, as_written, words
from digestbot.text.languages import language_of

SAME = 0.18
"""Mean likeness from which two groups of accounts are one story. It is below a half because
most retellings of an event in other words are: of the pairs that a person calls the same
event, every third has less than a half. Between 0.15 and 0.2 no set changes by two points."""

DOUBTFUL = 0.05
"""Likeness from which two accounts may tell the same event, though they are not joined."""

CERTAINLY = 0.8
"""Likeness from which nobody needs to be asked."""

ONE_TELLING = 0.5
"""Likeness from which accounts in one script are no rivals for one in the other."""

ALIKE = 0.3
"""Cosine from which two titles can be the same words with another figure in them."""

FAITHFUL = 0.3
"""Of a certain pair's strength: a look-alike that shares less with the third tells another."""

AGAINST = -0.3
"""Likeness of such a pair: it outweighs a doubtful one, and not a sure one."""

LEAST_COSINE = 0.08
"""Cosine below which two accounts are not compared further."""

FEWEST_SHARED = 2
"""Terms that two accounts must share: one word in common is chance."""

LEAST = 0.02
"""Likeness below which two accounts count as unlike."""

WINDOW = 5.0
"""Days between two accounts of one event, at most, where both are dated."""

HAN = frozenset({"zh", "ja"})
"""Languages whose words are compared by Han characters, and with no other."""

SHOWN = 4
"""Shared terms that a reason names."""

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
        vectors: Vectors | None = None,
        verdicts: Mapping[Pair, bool] | None = None,
    ) -> None:
        self._accounts = accounts
        self._days = np.array([_day(each.published) for each in accounts], dtype=np.float64)
        self._languages = np.array([_language(each) for each in accounts], dtype=object)
        self._scripts = np.array([each in HAN for each in self._languages], dtype=bool)
        self._space = Space([words(each) for each in accounts])
        self._verdicts = dict(verdicts or {})
        self._contradictions: dict[Pair, str] = {}
        self.compared = self._compared()
        self._links = self._by_words(vectors)
        self._links |= self._crossed(self._links)
        self._links |= dict.fromkeys(near_identical([each.title for each in accounts]), 1.0)

    def groups(self) -> list[list[int]]:
        """Return the places of the accounts of each event, in order, by the first place."""
        return average_link(len(self._accounts), self._links, least=SAME, verdicts=self._verdicts)

    def likeness(self, a: int, b: int) -> float:
        """Return how sure we are, from 0 to 1, that two accounts tell the same event."""
        return self._links.get(_pair(a, b), 0.0)

    def why(self, a: int, b: int) -> str:
        """Return what speaks for and against it, in words for a person."""
        pair = _pair(a, b)
        if pair in self._verdicts:
            return f"judged {'the same event' if self._verdicts[pair] else 'another event'}"
        if pair in self._contradictions:
            return self._contradictions[pair]
        crossed = self._scripts[a] != self._scripts[b]
        shared = self._crossing.common(a, b) if crossed else self._space.common(a, b)
        account = self._accounts[pair[0]]
        said = as_written(shared, f"{account.title} {account.text[:LEAD_LENGTH]}")
        if not said:
            return "no word in common"
        more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        both = ", ".join(said[:SHOWN])
        return f"likeness {self.likeness(a, b):.2f}: both say {both}{more}{self._gap(a, b)}"

    def candidates(self, *, limit: int) -> list[Pair]:
        """Return the pairs a judge should be asked about: undecided, the likeliest first."""
        doubtful = [
            (likeness, pair)
            for pair, likeness in self._links.items()
            if DOUBTFUL <= likeness < CERTAINLY and pair not in self._verdicts
        ]
        doubtful.sort(key=lambda each: (-each[0], each[1]))
        return [pair for _, pair in doubtful[:limit]]

    # --- by the words that two accounts share --------------------------------

    def _compared(self) -> Pairs:
        """The pairs in one script that share enough words to be compared."""
        a, b = self._space.near(least=LEAST_COSINE, days=self._days, window=WINDOW)
        readable = self._scripts[a] == self._scripts[b]
        a, b = a[readable], b[readable]
        shared = self._space.shared(a, b)
        enough = (shared.cosine >= LEAST_COSINE) & (shared.count >= FEWEST_SHARED)
        return self._pairs(a[enough], b[enough], shared.where(enough))

    def _pairs(self, a: Places, b: Places, shared: Shared) -> Pairs:
        means = np.maximum(self._space.means(), 1e-4)
        known = [particulars(each) for each in self._accounts]
        both = [(known[x], known[y]) for x, y in zip(a.tolist(), b.tolist(), strict=True)]
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
            accounts=self._space.of,
        )

    def _by_words(self, vectors: Vectors | None) -> dict[Pair, float]:
        """The likeness of the pairs that were compared."""
        pairs = self.compared
        odds = log_odds(pairs)
        one = self._languages[pairs.a] == self._languages[pairs.b]
        share = share_of_same(odds[one])
        likeness = with_share(odds + meaning(vectors, pairs.a, pairs.b), share)
        self._contradict(pairs, likeness)
        likeness[[pair in self._contradictions for pair in _places(pairs.a, pairs.b)]] = 0.0
        return _links(pairs.a, pairs.b, likeness)

    def _contradict(self, pairs: Pairs, likeness: Reals) -> None:
        titles = [title_of(each) for each in self._accounts]
        near = (likeness >= DOUBTFUL) & (pairs.shared.cosine >= ALIKE)
        for a, b in _places(pairs.a[near], pairs.b[near]):
            if reason := contradiction(titles[a], titles[b]):
                self._contradictions[a, b] = reason

    # --- across scripts --------------------------------------------------------

    @cached_property
    def _crossing(self) -> Crossing:
        return Crossing(self._accounts, self._scripts, days=self._days, window=WINDOW)

    def _crossed(self, links: Mapping[Pair, float]) -> dict[Pair, float]:
        """The likeness of pairs in two scripts: 1 where certain, else below what joins.

        Below 0 where one of two look-alikes is certain to tell what a third
        tells, and the other shares little with that third: "Meta buys A" and
        "Meta buys B", and the English report of A.
        """
        if len(set(self._scripts.tolist())) < 2:
            return {}
        tellings = np.empty(len(self._accounts), np.int64)
        for group in average_link(len(self._accounts), links, least=ONE_TELLING):
            tellings[group] = group[0]
        a, b, strength = self._crossing.pairs(tellings)
        likeness = np.where(strength >= CERTAIN, 1.0, np.minimum(strength, 1.0) * SAME)
        strengths = dict(zip(_places(a, b), strength.tolist(), strict=True))
        partners: dict[int, int] = {}
        for x, y in _places(a[strength >= CERTAIN], b[strength >= CERTAIN]):
            partners |= {x: y, y: x}
        against = {
            pair: AGAINST
            for x, y in links
            for one, other in ((x, y), (y, x))
            if (partner := partners.get(one)) is not None
            and strengths.get(pair := _pair(other, partner), 0.0)
            < FAITHFUL * strengths[_pair(one, partner)]
        }
        return _links(a, b, likeness) | against

    # --- in words ----------------------------------------------------------------

    def _gap(self, a: int, b: int) -> str:
        days = abs(self._days[a] - self._days[b])
        if np.isnan(days):
            return ""
        return f"; {days:.0f} days apart" if days >= 1.5 else f"; {24 * days:.0f} hours apart"


def _day(moment: datetime | None) -> float:
    return np.nan if moment is None else moment.timestamp() / DAY


def _language(account: Account) -> str:
    return account.language or language_of(account.title or account.text)


def _pair(a: int, b: int) -> Pair:
    return (min(a, b), max(a, b))


def _places(a: Places, b: Places) -> list[Pair]:
    return list(zip(a.tolist(), b.tolist(), strict=True))


def _links(a: Places, b: Places, likeness: Reals) -> dict[Pair, float]:
    enough = likeness >= LEAST
    return dict(zip(_places(a[enough], b[enough]), likeness[enough].tolist(), strict=True))
