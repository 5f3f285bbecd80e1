"""Dedupe: entries with the same news become one cluster.

The news is one where the page is one, where a feed gives one guid twice, or
where story identity says so. Over-merging is worse than telling twice: when in
doubt, entries stay apart, and ``choose`` keeps the look-alikes out of one
edition. What was told before is the matter of ``recall``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from urllib.parse import urlsplit

from digestbot.model import Cluster, Entry
from digestbot.ports import Row
from digestbot.stages.embed import meaning_text
from digestbot.text.identity import Account, Identity
from digestbot.text.identity.groups import Pair
from digestbot.text.titles import folded, tag_of, title_key
from digestbot.text.urls import same_page_key

NO_ROWS: Mapping[str, Row] = {}

OF_MANY = frozenset({"x.com", "twitter.com", "github.com", "medium.com", "youtube.com"})
"""Sites whose first folder is somebody's own."""

MAX_TITLES_OF_PAGE = 2
"""Different titles of one feed under one address; with more, the address names no story."""


def dedupe(entries: Sequence[Entry], *, rows: Mapping[str, Row] = NO_ROWS) -> list[Cluster]:
    """Return the news that *entries* tell: each entry is in just one cluster.

    *rows* are embeddings by ``meaning_text``, which help the words. The order
    of *entries* changes nothing: clusters come by their lead's address.
    """
    ordered = sorted(entries, key=_order)
    one_page = dict.fromkeys((*_same_pages(ordered), *_same_guids(ordered)), True)
    identity = Identity(
        [account_of(entry) for entry in ordered],
        vectors=[rows.get(meaning_text(entry)) for entry in ordered] if rows else None,
        verdicts=one_page,
    )
    clusters = [cluster_of([ordered[place] for place in group]) for group in identity.groups()]
    return sorted(clusters, key=lambda cluster: _order(cluster.lead))


def account_of(entry: Entry) -> Account:
    """Return what story identity sees of an entry."""
    return Account(
        title=entry.title,
        text=entry.text,
        published=entry.published,
        source=publisher_of(entry),
    )


def publisher_of(entry: Entry) -> str:
    """Return who wrote *entry*: the name at its title's end, or the site, or its author there."""
    address = urlsplit(entry.url)
    site = (address.hostname or "").removeprefix("www.")
    if site in OF_MANY:
        site += "/" + address.path.strip("/").partition("/")[0]
    return folded(tag_of(entry.title)) or site.casefold()


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
