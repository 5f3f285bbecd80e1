"""Rivals: how an edition's entries compare, why they were joined, and what won against one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from digestbot.model import Candidate, Cluster, Entry
from digestbot.stages.dedupe import account_of
from digestbot.text.identity import SAME, Identity
from digestbot.text.urls import same_page_key


class Comparison:
    """The entries of an edition's candidates, and *others*, by how alike they are."""

    def __init__(self, candidates: Sequence[Candidate], *, others: Sequence[Entry] = ()) -> None:
        self._candidates = candidates
        of_candidates = [entry for each in candidates for entry in each.story.cluster.entries]
        entries = {entry.id: entry for entry in (*of_candidates, *others)}
        self._places = {id: place for place, id in enumerate(entries)}
        self._identity = Identity([account_of(entry) for entry in entries.values()])

    def joined(self, cluster: Cluster) -> list[str]:
        """Return why each entry of *cluster* but its lead is there, in their order."""
        return [self._joined(entry, cluster) for entry in cluster.others]

    def nearest_chosen(self, entries: Sequence[Entry]) -> tuple[Candidate, str] | None:
        """Return the chosen story that is most like *entries*, with the evidence, if any is."""
        ids = {entry.id for entry in entries}
        best: tuple[float, int, Candidate, str] | None = None
        for candidate in self._candidates:
            rivals = candidate.story.cluster.entries
            if not candidate.chosen or ids & {rival.id for rival in rivals}:
                continue
            likeness, one, other = self._most_alike(entries, rivals)
            key = (likeness, -candidate.place)
            if likeness > 0 and (best is None or key > best[:2]):
                best = (*key, candidate, self._identity.why(one, other))
        return best and best[2:]

    def _most_alike(
        self, entries: Sequence[Entry], rivals: Sequence[Entry]
    ) -> tuple[float, int, int]:
        pairs = product((self._places[e.id] for e in entries), (self._places[r.id] for r in rivals))
        return max(
            ((self._identity.likeness(one, other), one, other) for one, other in pairs),
            key=lambda each: (each[0], -each[1], -each[2]),
        )

    def _joined(self, entry: Entry, cluster: Cluster) -> str:
        lead = cluster.lead
        if same_page_key(entry.url) == same_page_key(lead.url):
            return "the same page"
        if entry.guid and (entry.guid, entry.feed.url) == (lead.guid, lead.feed.url):
            return "the same record of its feed"
        place, of_lead = self._places[entry.id], self._places[lead.id]
        if self._identity.likeness(place, of_lead) >= SAME:
            return self._identity.why(of_lead, place)
        others = [each for each in cluster.entries if each.id != entry.id]
        _, _, nearest = self._most_alike([entry], others)
        through = next(each for each in others if self._places[each.id] == nearest)
        if same_page_key(entry.url) == same_page_key(through.url):
            return f"the same page as {through.source}'s"
        return f"with {through.source}: {self._identity.why(nearest, place)}"
