"""Likeness: how sure we are that two accounts tell the same event, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

import numpy as np

from digestbot.text.identity.accounts import Account
from digestbot.text.identity.copies import copy_groups, near_identical
from digestbot.text.identity.crossing import CERTAIN, Crossing
from digestbot.text.identity.evidence import Pairs, log_odds, share_of_same, with_share
from digestbot.text.identity.groups import Pair, average_link
from digestbot.text.identity.meanings import Vectors, meaning
from digestbot.text.identity.particulars import (
    apart,
    contradiction,
    is_another_release,
    on_other_days,
    on_other_makers,
    on_other_names,
    on_other_versions,
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

FAITHFUL = 0.2
"""Of a certain pair's strength: a look-alike that shares less with the third tells another."""

AGAINST = -0.5
"""Likeness of such a pair: it outweighs a doubtful one, and not a sure one."""

LEAST_COSINE = 0.08
"""Cosine below which two accounts are not compared further."""

MOST_COMPARED = 50_000
"""Accounts above which only copies are joined. In so many, chance makes more look-alikes than
events do, and a day of news has a twentieth of them."""

FEWEST_SHARED = 2
"""Terms that two accounts must share: one word in common is chance."""

LEAST = 0.02
"""Likeness below which two accounts count as unlike."""

WINDOW = 6.0
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
    same event. Words decide where nobody judged; vectors only help them. Of
    more than ``MOST_COMPARED`` accounts only copies are joined.
    """

    def __init__(
        self,
        accounts: Sequence[Account],
        *,
        vectors: Vectors | None = None,
        verdicts: Mapping[Pair, bool] | None = None,
    ) -> None:
        # In an order of their own, so that neither ties nor sums depend on the caller's.
        self._order = sorted(range(len(accounts)), key=lambda place: _key(accounts[place]))
        self._ranks = {place: rank for rank, place in enumerate(self._order)}
        accounts = [accounts[place] for place in self._order]
        vectors = [vectors[place] for place in self._order] if vectors else None
        self._verdicts = {self._inner(*pair): same for pair, same in (verdicts or {}).items()}
        self._accounts = accounts
        self._links: dict[Pair, float] = {}
        if len(accounts) <= MOST_COMPARED:
            self._compare(vectors)

    def _compare(self, vectors: Vectors | None) -> None:
        accounts = self._accounts
        self._days = np.array([_day(each.published) for each in accounts], dtype=np.float64)
        self._languages = np.array([_language(each) for each in accounts], dtype=object)
        self._scripts = np.array([each in HAN for each in self._languages], dtype=bool)
        self._space = Space([words(each) for each in accounts])
        self._titles = [title_of(each) for each in accounts]
        self._particulars = [particulars(each) for each in accounts]
        self._contradictions: dict[Pair, str] = {}
        self._pairs = self._compared()
        self._links = self._by_words(vectors)
        self._links |= self._crossed(self._links)
        self._links |= self._copied()

    def groups(self) -> list[list[int]]:
        """Return the places of the accounts of each event, in order, by the first place."""
        if len(self._order) > MOST_COMPARED:
            found = copy_groups([each.title for each in self._accounts])
        else:
            found = average_link(len(self._order), self._links, least=SAME, verdicts=self._verdicts)
        return sorted(sorted(self._order[rank] for rank in group) for group in found)

    def likeness(self, a: int, b: int) -> float:
        """Return how sure we are, from 0 to 1, that two accounts tell the same event."""
        return self._links.get(self._inner(a, b), 0.0)

    def alike(self, *, least: float) -> dict[Pair, float]:
        """Return the pairs of places whose likeness is at least *least*."""
        return {
            _pair(self._order[a], self._order[b]): likeness
            for (a, b), likeness in sorted(self._links.items())
            if likeness >= least
        }

    def why(self, a: int, b: int) -> str:
        """Return what speaks for and against it, in words for a person."""
        pair = self._inner(a, b)
        if pair in self._verdicts:
            return f"judged {'the same event' if self._verdicts[pair] else 'another event'}"
        if pair in self._contradictions:
            return self._contradictions[pair]
        a, b = pair
        crossed = self._scripts[a] != self._scripts[b]
        shared = self._crossing.common(a, b) if crossed else self._space.common(a, b)
        texts = [f"{self._accounts[x].title} {self._accounts[x].text[:LEAD_LENGTH]}" for x in pair]
        said = as_written(shared, "\n".join(texts if crossed else texts[:1]))
        if not said:
            return "no word in common"
        more = f" and {len(said) - SHOWN} more" if len(said) > SHOWN else ""
        both = ", ".join(said[:SHOWN])
        likeness = self._links.get(pair, 0.0)
        return f"likeness {likeness:.2f}: both say {both}{more}{self._gap(a, b)}"

    def candidates(self, *, limit: int) -> list[Pair]:
        """Return the pairs a judge should be asked about: undecided, the likeliest first."""
        doubtful = [
            (likeness, pair)
            for pair, likeness in self._links.items()
            if DOUBTFUL <= likeness < CERTAINLY and pair not in self._verdicts
        ]
        doubtful.sort(key=lambda each: (-each[0], each[1]))
        return [_pair(self._order[a], self._order[b]) for _, (a, b) in doubtful[:limit]]

    @property
    def compared(self) -> Pairs:
        """The pairs that share enough words to be compared, with what is known of them."""
        order = np.array(self._order, np.int64)
        a, b = order[self._pairs.a], order[self._pairs.b]
        return replace(self._pairs, a=np.minimum(a, b), b=np.maximum(a, b))

    def _inner(self, a: int, b: int) -> Pair:
        return _pair(self._ranks[a], self._ranks[b])

    # --- by the words that two accounts share --------------------------------

    def _compared(self) -> Pairs:
        """The pairs in one script that share enough words to be compared."""
        a, b = self._space.near(least=LEAST_COSINE, days=self._days, window=WINDOW)
        readable = self._scripts[a] == self._scripts[b]
        a, b = a[readable], b[readable]
        shared = self._space.shared(a, b)
        enough = (shared.cosine >= LEAST_COSINE) & (shared.count >= FEWEST_SHARED)
        return self._paired(a[enough], b[enough], shared.where(enough))

    def _paired(self, a: Places, b: Places, shared: Shared) -> Pairs:
        means = np.maximum(self._space.means(), 1e-4)
        known = self._particulars
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
            other_versions=np.array([on_other_versions(x, y) for x, y in both], np.float64),
            other_names=np.array([on_other_names(x, y) for x, y in both], np.float64),
            one_source=np.array([self._of_one_source(x, y) for x, y in _places(a, b)], np.float64),
            accounts=self._space.of,
        )

    def _of_one_source(self, a: int, b: int) -> bool:
        one, other = self._accounts[a].source, self._accounts[b].source
        return bool(one) and one == other

    def _by_words(self, vectors: Vectors | None) -> dict[Pair, float]:
        """The likeness of the pairs that were compared."""
        pairs = self._pairs
        odds = log_odds(pairs)
        one = self._languages[pairs.a] == self._languages[pairs.b]
        share = share_of_same(odds[one])
        likeness = with_share(odds + meaning(vectors, pairs.a, pairs.b), share)
        self._contradict(pairs, likeness)
        likeness[[pair in self._contradictions for pair in _places(pairs.a, pairs.b)]] = 0.0
        return _links(pairs.a, pairs.b, likeness)

    def _contradict(self, pairs: Pairs, likeness: Reals) -> None:
        doubtful = likeness >= DOUBTFUL
        near = doubtful & (pairs.shared.cosine >= ALIKE)
        for a, b in _places(pairs.a[near], pairs.b[near]):
            if reason := contradiction(self._titles[a], self._titles[b]):
                self._contradictions[a, b] = reason
        for a, b in _places(pairs.a[doubtful], pairs.b[doubtful]):
            if self._of_other_makers((a, b)):
                self._contradictions[a, b] = "of two makers, each of its own"
            elif is_another_release(self._particulars[a], self._particulars[b]):
                self._contradictions[a, b] = "a release that the other does not name"

    def _of_other_makers(self, pair: Pair) -> bool:
        one, other = pair
        return on_other_makers(self._particulars[one], self._particulars[other])

    def _copied(self) -> dict[Pair, float]:
        """The likeness of copies: 1."""
        copies = near_identical([each.title for each in self._accounts])
        titles = self._titles
        return {(a, b): 1.0 for a, b in copies if not contradiction(titles[a], titles[b])}

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
        strength[[self._of_other_makers(pair) for pair in _places(a, b)]] = 0.0
        likeness = np.where(strength >= CERTAIN, 1.0, np.minimum(strength, 1.0) * SAME)
        strengths = dict(zip(_places(a, b), strength.tolist(), strict=True))
        partners: defaultdict[int, list[int]] = defaultdict(list)
        for x, y in _places(a[strength >= CERTAIN], b[strength >= CERTAIN]):
            partners[x].append(y)
            partners[y].append(x)
        against = {
            pair: AGAINST
            for x, y in links
            for one, other in ((x, y), (y, x))
            for partner in partners.get(one, ())
            if strengths.get(pair := _pair(other, partner), 0.0)
            < FAITHFUL * strengths[_pair(one, partner)]
        }
        return _links(a, b, likeness) | against

    # --- in words ----------------------------------------------------------------

    def _gap(self, a: int, b: int) -> str:
        days = abs(self._days[a] - self._days[b])
        if np.isnan(days):
            return ""
        return f"; {days:.0f} days apart" if days >= 1.5 else f"; {24 * days:.0f} hours apart"


def _key(account: Account) -> tuple[str, str, str]:
    return (account.title, account.text, str(account.published))


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
    return dict(zip(_places(a[enough], b[enough]), likeness[enough].round(9).tolist(), strict=True))
