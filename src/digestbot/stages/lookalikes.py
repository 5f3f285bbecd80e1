"""Look-alikes: which stories may tell one event, though it is not certain enough to join them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from digestbot.model import Cluster
from digestbot.stages.dedupe import account_of
from digestbot.text.identity import Account, Identity
from digestbot.text.identity.groups import Pair

LOOK_ALIKE = 0.12
"""Likeness from which two tellings may be of one event: of pairs of real headlines from there
up to what joins them every second one is."""

MAX_TITLES = 4
"""Entries of a cluster by which it is compared, the lead first."""

MAX_PAIRS = 100_000
"""Pairs that are considered at most: a big day has some thousand."""


class Lookalikes:
    """Clusters, by how alike their accounts are."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        tellings = [_tellings(cluster) for cluster in clusters]
        self._places: list[range] = []
        self._owners = [place for place, each in enumerate(tellings) for _ in each]
        for each in tellings:
            first = self._places[-1].stop if self._places else 0
            self._places.append(range(first, first + len(each)))
        self._identity = Identity([account for each in tellings for account in each])

    def evidence(self, a: int, b: int) -> str:
        """Return why the two at these places may tell one event, or "" if they do not."""
        likeness, x, y = max(
            (self._identity.likeness(x, y), -x, -y)
            for x, y in product(self._places[a], self._places[b])
        )
        return self._identity.why(-x, -y) if likeness >= LOOK_ALIKE else ""

    def alike(self, *, least: float) -> dict[Pair, float]:
        """Return the pairs of places whose likeness is at least *least*, but short of certain."""
        found: dict[Pair, float] = {}
        for x, y in self._identity.candidates(limit=MAX_PAIRS):
            a, b = sorted((self._owners[x], self._owners[y]))
            likeness = self._identity.likeness(x, y)
            if a != b and likeness >= max(least, found.get((a, b), 0.0)):
                found[a, b] = likeness
        return found


def _tellings(cluster: Cluster) -> list[Account]:
    """The lead, and other entries by their titles, no title twice."""
    accounts = {entry.title: account_of(entry) for entry in reversed(cluster.entries)}
    accounts.pop(cluster.lead.title)
    others = [accounts[title] for title in sorted(accounts)]
    return [account_of(cluster.lead), *others[: MAX_TITLES - 1]]
