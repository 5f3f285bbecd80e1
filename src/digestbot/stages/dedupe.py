"""Dedupe: what was told before is left out, and entries with the same news become one cluster.

The news is one where the page is one, where a feed gives one guid twice, or
where titles are near-identical. Over-merging is worse than telling twice: when
in doubt, entries stay apart, and ``choose`` keeps the look-alikes out of one
edition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, product
from urllib.parse import urlsplit

from digestbot.model import Cluster, Entry, Remark, Skipped, Told
from digestbot.text.similarity import Pair, average_link, near_copies
from digestbot.text.titles import (
    core,
    numbers,
    numbers_agree,
    says_nothing,
    title_key,
    weight,
    word_swapped,
)
from digestbot.text.urls import same_page_key

NEAR_COPY = 0.6
"""Jaccard of shingles from which two titles are copies. Of the pairs of real headlines that
pass the guards, all above it were the same news, and one in four between 0.5 and it was not."""

NEAR_COPY_OF_SHORT = 0.7
"""The same for short titles, where one more word makes another product."""

SHORT_TITLE = 30
"""Letters (a Han character counts as two) below which a title is short."""

MERGE = 0.5
"""Mean likeness from which two groups of entries become one cluster."""

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
    pages = [[fresh[place] for place in group] for group in _pages(fresh)]
    groups = average_link(len(pages), _links(pages), least=MERGE)
    clusters = [cluster_of([e for place in group for e in pages[place]]) for group in groups]
    return sorted(clusters, key=lambda cluster: _order(cluster.lead)), remarks


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
        for (earlier, later), _ in sorted(near_identical(titles).items()):
            if earlier < count <= later:
                found[later - count] = self._told[earlier]
        return found


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


# --- what is the same news today --------------------------------------------


def _pages(entries: Sequence[Entry]) -> list[list[int]]:
    """The places of entries that are one page, or one record of a feed, together."""
    same = dict.fromkeys(sorted({*_same_pages(entries), *_same_guids(entries)}), 1.0)
    return average_link(len(entries), same, least=MERGE)


def _links(pages: Sequence[Sequence[Entry]]) -> dict[Pair, float]:
    """How sure we are, from 0 to 1, that two pages tell the same news.

    The one place that decides it: a better judge of sameness goes in here. A
    page may have several titles; its nearest one counts.
    """
    owners = [place for place, page in enumerate(pages) for _ in page]
    titles = [entry.title for page in pages for entry in page]
    links: dict[Pair, float] = {}
    for (a, b), likeness in near_identical(titles).items():
        pair = (owners[a], owners[b])
        if pair[0] != pair[1]:
            links[pair] = max(likeness, links.get(pair, 0.0))
    return dict(sorted(links.items()))


def near_identical(titles: Sequence[str]) -> dict[Pair, float]:
    """Return the pairs of *titles* that are copies of one another, with their likeness."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        places[title_key(title)].append(place)
    keys = [key for key in places if not says_nothing(key)]
    copies = {(key, key): 1.0 for key in keys}
    for (a, b), likeness in near_copies(keys, least=NEAR_COPY).items():
        if _copies(keys[a], keys[b], likeness):
            copies[keys[a], keys[b]] = likeness
    figures = [numbers(core(title)) for title in titles]
    return {
        (min(a, b), max(a, b)): likeness
        for (one, other), likeness in copies.items()
        for a, b in _crossed(places[one], places[other])
        if numbers_agree(figures[a], figures[b])
    }


def _crossed(ones: Sequence[int], others: Sequence[int]) -> Iterable[Pair]:
    return combinations(ones, 2) if ones is others else product(ones, others)


def _copies(one: str, other: str, likeness: float) -> bool:
    short = min(weight(one), weight(other)) < SHORT_TITLE
    return likeness >= (NEAR_COPY_OF_SHORT if short else NEAR_COPY) and not word_swapped(one, other)


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
