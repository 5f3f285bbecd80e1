"""Threads: stories that earlier editions have told, and which clusters may tell them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from digestbot.model import Cluster, Entry, Told
from digestbot.stages.dedupe import account_of
from digestbot.stages.lookalikes import LOOK_ALIKE
from digestbot.text.identity import SAME, Account, Identity
from digestbot.text.identity.groups import Pair
from digestbot.text.urls import same_page_key

DOUBT = timedelta(days=4)
"""How long readers recognise an event in other words: so long does a mere look-alike count."""

MIN_GUID = 6
"""Characters of a guid that may be compared with earlier editions: "1" is nobody's name."""

ONE_PAGE = 2.0
"""The likeness of one page or guid: surer than any words, which end at 1."""


class Thread:
    """A story that was told, with all that its follow-ups have told."""

    def __init__(self, rows: Iterable[Told]) -> None:
        self.rows = sorted(rows, key=lambda row: (row.closed, row.edition, row.story, row.url))
        self.last = self.rows[-1]
        self.barred = any(row.barred for row in self.rows)

    def accounts(self) -> list[Account]:
        """Return by what it is compared: its entries, and what was printed, no title twice."""
        accounts: dict[str, Account] = {}
        for row in self.rows:
            for title, text in ((row.title, row.text), (row.headline, row.summary)):
                account = Account(title=title, text=text, published=row.published)
                accounts.setdefault(title, account)
        accounts.pop("", None)
        return list(accounts.values())

    def headlines(self) -> str:
        """Return the headlines under which it was told, one a line."""
        return _lines(text for row in self.rows for text in (row.title, row.headline))

    def texts(self) -> str:
        """Return all else that is known of what was told, one text a line."""
        return _lines(text for row in self.rows for text in (row.text, row.figures, row.summary))

    def followed_up_on(self, day: str) -> bool:
        """Whether a follow-up of it was told on *day*."""
        return any(row.follow_up and row.day == day for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A told story that a cluster may tell again: how sure that is, from 0, and why."""

    thread: Thread
    likeness: float
    why: str

    @property
    def is_sure(self) -> bool:
        """Whether it is the same story, and not only a look-alike."""
        return self.likeness >= SAME


class Threads:
    """What was told until *now*: found by page, by guid, and by what it says."""

    def __init__(self, told: Collection[Told], *, now: datetime) -> None:
        rows: defaultdict[str, list[Told]] = defaultdict(list)
        for each in told:
            rows[each.thread].append(each)
        threads = [Thread(rows[key]) for key in sorted(rows)]
        self._threads = sorted(threads, key=lambda thread: thread.last.closed)
        self._since = now - DOUBT
        self._by_page = {
            same_page_key(row.url): place
            for place, thread in enumerate(self._threads)
            for row in thread.rows
        }
        self._by_guid = {
            (_host(row.url), row.guid): place
            for place, thread in enumerate(self._threads)
            for row in thread.rows
            if len(row.guid) >= MIN_GUID
        }

    def has(self, entry: Entry) -> bool:
        """Whether this very page, or this record of its publisher, was told."""
        return self._same(entry) is not None

    def matches(self, clusters: Sequence[Cluster]) -> list[list[Match]]:
        """Return for each cluster the stories that it may tell again, the surest first."""
        found: list[dict[int, Match]] = [{} for _ in clusters]
        for (cluster, place), match in self._alike(clusters).items():
            found[cluster][place] = match
        for cluster, entries in enumerate(each.entries for each in clusters):
            for place, why in filter(None, map(self._same, entries)):
                thread = self._threads[place]
                found[cluster][place] = Match(thread=thread, likeness=ONE_PAGE, why=why)
        return [
            [matches[place] for place in sorted(matches, key=lambda p: (-matches[p].likeness, -p))]
            for matches in found
        ]

    def _same(self, entry: Entry) -> tuple[int, str] | None:
        page = self._by_page.get(same_page_key(entry.url))
        if page is not None:
            return page, "the same page"
        record = self._by_guid.get((_host(entry.url), entry.guid))
        return None if record is None else (record, "the same guid")

    def _alike(self, clusters: Sequence[Cluster]) -> dict[Pair, Match]:
        """The threads that clusters are like, by the places of both."""
        if not self._threads:
            return {}
        groups = [_accounts(cluster) for cluster in clusters]
        groups += [thread.accounts() for thread in self._threads]
        identity = Identity([account for group in groups for account in group])
        nearest = _nearest(identity, groups, today=len(clusters))
        matches = {
            pair: Match(thread=self._threads[pair[1]], likeness=likeness, why=identity.why(-a, -b))
            for pair, (likeness, a, b) in sorted(nearest.items())
        }
        return {pair: match for pair, match in matches.items() if self._counts(match)}

    def _counts(self, match: Match) -> bool:
        thread = match.thread
        return match.is_sure or thread.barred or thread.last.closed > self._since


def _accounts(cluster: Cluster) -> list[Account]:
    """Its entries, no title twice."""
    entries = {entry.title: entry for entry in reversed(cluster.entries)}
    return [account_of(entry) for entry in entries.values()]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts)))


def _nearest(
    identity: Identity, groups: Sequence[Sequence[Account]], *, today: int
) -> dict[Pair, tuple[float, int, int]]:
    """For each pair of a cluster and a thread their nearest accounts, places negated.

    So that of equals the first ones win.
    """
    owners = [owner for owner, group in enumerate(groups) for _ in group]
    nearest: dict[Pair, tuple[float, int, int]] = {}
    for (a, b), likeness in identity.alike(least=LOOK_ALIKE).items():
        pair = (owners[a], owners[b] - today)
        if pair[0] < today and pair[1] >= 0:
            nearest[pair] = max(nearest.get(pair, (0.0, 0, 0)), (likeness, -a, -b))
    return nearest


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""
