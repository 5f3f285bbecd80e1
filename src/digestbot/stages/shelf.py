"""shelf: all that a post may rest on, found by address, by the news it tells, by its words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from digestbot.model import Entry
from digestbot.stages.dedupe import dedupe
from digestbot.text.identity.words import LEAD_LENGTH
from digestbot.text.shown import Link, addresses
from digestbot.text.similarity import Index
from digestbot.text.urls import same_page_key

MARGINS = (timedelta(hours=3), timedelta(days=3))
"""How long before the first and after the last of a post's entries others are looked at that
may tell the same news. What dedupe joins depends on all that it sees: of these the first is
nearest to the window of an edition of ours, the second has what others took up days later.
Feeds reach back for years."""

EVER = datetime(1, 1, 1, tzinfo=UTC)

MOST_ALIKE = 5
"""Entries that count as those most like a text."""


class Shelf:
    """Entries in an order of their own, named by their places in it."""

    def __init__(self, entries: Iterable[Entry], zone: ZoneInfo) -> None:
        self.entries = sorted(entries, key=_order)
        self._zone = zone
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        self._naming: defaultdict[str, list[int]] = defaultdict(list)
        self._sites = {_site(entry.url) for entry in self.entries}
        for place, entry in enumerate(self.entries):
            self._with[same_page_key(entry.url)].append(place)
            for url in addresses(f"{entry.title}\n{entry.excerpt}\n{entry.content}"):
                self._naming[same_page_key(url)].append(place)

    def knows(self, link: Link) -> bool:
        """Whether *link* is an entry's, named in one, or the front page of one's site.

        What leads to no page is no matter.
        """
        key = same_page_key(link.url)
        return not key or key in self._with or key in self._naming or key in self._sites

    def having(self, links: Iterable[Link]) -> list[int]:
        """Return the entries of *links*; where they are of none, those that name them."""
        keys = [key for link in links if (key := same_page_key(link.url))]
        for known in (self._with, self._naming):
            found = {place for key in keys for place in known.get(key, ())}
            if found:
                return sorted(found)
        return []

    def telling(self, places: Iterable[int]) -> dict[int, set[int]]:
        """Map each of *places* to those of all entries that tell the same news."""
        asked = set(places)
        told = {place: {place} for place in asked}
        for margin in MARGINS if asked else ():
            for cluster in self._clusters(asked, margin):
                for place in asked & cluster:
                    told[place] |= cluster
        return told

    def _clusters(self, asked: Collection[int], margin: timedelta) -> Iterator[set[int]]:
        """What dedupe makes of the entries published while those *asked* for were, or undated."""
        moments = [self.entries[n].published for n in asked if self.entries[n].dated]
        first, last = min(moments, default=EVER), max(moments, default=EVER)
        at = {
            replace(entry, id=f"{n}", published=entry.published if entry.dated else last): n
            for n, entry in enumerate(self.entries)
            if not entry.dated
            or (first - entry.published <= margin and entry.published - last <= margin)
        }
        for cluster in dedupe(list(at)):
            yield {at[entry] for entry in cluster.entries}

    def like(self, text: str) -> list[Entry]:
        """Return the entries whose words are most like those of *text*, the likeliest first."""
        return [self.entries[place] for place in self._index.nearest(text, most=MOST_ALIKE)]

    @cached_property
    def _index(self) -> Index:
        return Index([f"{entry.title}\n{entry.text[:LEAD_LENGTH]}" for entry in self.entries])

    @cached_property
    def publishers(self) -> str:
        """The names of all publishers."""
        return "\n".join(sorted({entry.source for entry in self.entries}))

    def said(self, entry: Entry) -> str:
        """Return all that *entry* says, and on which day it was published."""
        day = self.day([entry])
        return f"{words_of(entry)}\n{day or ''}"

    def day(self, entries: Iterable[Entry]) -> date | None:
        """Return the readers' day on which the first of *entries* was published."""
        first = min((entry.published for entry in entries if entry.dated), default=None)
        try:
            return first.astimezone(self._zone).date() if first else None
        except OverflowError:  # the last day of the year 9999
            return None


def words_of(entry: Entry) -> str:
    """Return what *entry* says in words: title, texts, and who published it."""
    return "\n".join((entry.title, entry.excerpt, entry.content, entry.source))


def _site(url: str) -> str:
    """The key of the front page of *url*'s site."""
    return same_page_key(url).partition("/")[0]


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.url, entry.feed.url, entry.id, entry.title, entry.published, entry.text)
