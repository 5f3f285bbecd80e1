"""Dedupe: what was told before is left out, and entries with the same news become one cluster.

The news is one where the page is one, where a feed gives one guid twice, or
where titles are near-identical. Over-merging is worse than telling twice: when
in doubt, entries stay apart, and ``choose`` keeps the look-alikes out of one
edition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from digestbot.model import Cluster, Entry, Remark, Skipped, Told
from digestbot.text.identity import Account, Identity
from digestbot.text.identity.copies import near_identical
from digestbot.text.identity.groups import Pair
from digestbot.text.titles import title_key
from digestbot.text.urls import same_page_key

MAX_TITLES_OF_PAGE = 2
"""Different titles of one feed under one address; with more, the address names no story."""

MIN_GUID = 6
"""Characters of a guid that may be compared with earlier editions: "1" is nobody's name."""


def dedupe(
    entries: Sequence[Entry], *, told: Collection[Told]
) -> tuple[list[Cluster], list[Remark]]:
    """Return the news that *entries* tell, and a remark for each entry told before.

    Each entry is in just one cluster or one remark. The order of *entries*
    changes nothing: clusters come by their lead's address.
    """
    fresh, remarks = _untold(sorted(entries, key=_order), told)
    one_page = dict.fromkeys((*_same_pages(fresh), *_same_guids(fresh)), True)
    identity = Identity([account_of(entry) for entry in fresh], verdicts=one_page)
    clusters = [cluster_of([fresh[place] for place in group]) for group in identity.groups()]
    return sorted(clusters, key=lambda cluster: _order(cluster.lead)), remarks


def account_of(entry: Entry) -> Account:
    """Return what story identity sees of an entry."""
    return Account(title=entry.title, text=entry.text, published=entry.published)


def cluster_of(entries: Sequence[Entry]) -> Cluster:
    """Return *entries* as one cluster, led by the one to link to.

    That is one with a text, of the feed with the highest weight, published
    first.
    """
    lead, *others = sorted(entries, key=_lead_order)
    return Cluster(lead=lead, others=tuple(others))


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.url, entry.feed.url, entry.id, entry.title, entry.published, entry.text)


def _lead_order(entry: Entry) -> tuple[object, ...]:
    return (not entry.text, -entry.feed.weight, entry.published, *_order(entry))


# --- what was told before ---------------------------------------------------


def _untold(entries: Sequence[Entry], told: Collection[Told]) -> tuple[list[Entry], list[Remark]]:
    known = _Memory(told)
    copies = known.copies(entries)
    fresh: list[Entry] = []
    remarks: list[Remark] = []
    for place, entry in enumerate(entries):
        earlier = known.same(entry) or copies.get(place)
        if earlier is None:
            fresh.append(entry)
            continue
        reason = f"told on {earlier.edition.rpartition('/')[2]}: {earlier.title}"
        remarks.append(Skipped(stage="dedupe", subject=entry.url, reason=reason, title=entry.title))
    return fresh, remarks


class _Memory:
    """What earlier editions have told, by page, guid and title; the latest first."""

    def __init__(self, told: Collection[Told]) -> None:
        self._told = sorted(told, key=lambda each: (each.edition, each.url, each.guid, each.title))
        self._by_page = {same_page_key(each.url): each for each in self._told}
        self._by_guid = {
            (_host(each.url), each.guid): each for each in self._told if len(each.guid) >= MIN_GUID
        }

    def same(self, entry: Entry) -> Told | None:
        """Return what was told of this very page or guid."""
        page = same_page_key(entry.url)
        return self._by_page.get(page) or self._by_guid.get((_host(entry.url), entry.guid))

    def copies(self, entries: Sequence[Entry]) -> dict[int, Told]:
        """Return, by the place of an entry, what was told under a near-identical title."""
        if not self._told:
            return {}
        titles = [each.title for each in self._told] + [entry.title for entry in entries]
        count = len(self._told)
        found: dict[int, Told] = {}
        for earlier, later in sorted(near_identical(titles)):
            if earlier < count <= later:
                found[later - count] = self._told[earlier]
            elif count <= earlier and earlier - count in found:
                found[later - count] = found[earlier - count]
        return found


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


# --- what is the same news today --------------------------------------------


def _same_pages(entries: Sequence[Entry]) -> Iterator[Pair]:
    pages: defaultdict[str, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        pages[same_page_key(entry.url)].append(place)
    for page, places in pages.items():
        if page and not _names_no_story([entries[place] for place in places]):
            yield from combinations(places, 2)


def _names_no_story(entries: Sequence[Entry]) -> bool:
    """Whether one feed has too many titles under this address: its home page, a live blog."""
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for entry in entries:
        titles[entry.feed.url].add(title_key(entry.title))
    return any(len(each) > MAX_TITLES_OF_PAGE for each in titles.values())


def _same_guids(entries: Sequence[Entry]) -> Iterator[Pair]:
    """Only within a feed: guids such as "1" are in many."""
    guids: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if entry.guid:
            guids[entry.feed.url, entry.guid].append(place)
    for places in guids.values():
        if not _names_no_story([entries[place] for place in places]):
            yield from combinations(places, 2)
