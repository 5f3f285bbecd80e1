"""check: a post's parts and entries in; what the post says that none of its sources does out.

An item's sources are the entries with its link, and all that tell the same
news; the editor's are the items and their sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo

import numpy as np

from digestbot.model import Entry
from digestbot.stages.dedupe import account_of, dedupe
from digestbot.stages.parts import Part, Parts
from digestbot.text import verify
from digestbot.text.facts import find_facts, find_wordings
from digestbot.text.identity import Account
from digestbot.text.identity.space import Space
from digestbot.text.identity.words import words
from digestbot.text.languages import language_of
from digestbot.text.shown import Link, addresses
from digestbot.text.urls import same_page_key

NEAR = timedelta(days=3)
"""How far from an item's entry another is published that may tell the same news: feeds reach
back for years, and no edition but a month's covers more."""

MOST_ALIKE = 5
"""Entries that an item is held against whose link no source has."""


ELSEWHERE = "is in none of the item's sources, only in others that are most like it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding in a part of a post; its places count from the beginning of the post."""

    part: str
    finding: verify.Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of checking a post: its findings, and how much there was to check."""

    found: tuple[Found, ...]
    items: int
    matched: int
    """Items whose link a source has."""
    facts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What a part is held against, and when that was published."""

    entries: tuple[Entry, ...]
    published: date | None
    texts: tuple[str, ...] = ()
    """What else it may say."""
    why: str = ""
    """Why these, where it has none of its own."""
    is_own: bool = False


def check(parts: Parts, entries: Sequence[Entry], *, timezone: str) -> Checked:
    """Return what the post of these *parts* says that *entries* do not, in its order.

    A link that no entry has is a finding, too. Days are told on the clock of *timezone*.
    """
    library = _Library(entries, ZoneInfo(timezone))
    matches = [library.having(part.shown.links) for part in parts.items]
    told = library.telling(chain.from_iterable(matches))
    held = [
        _own(own, told, library) if own else _likeliest(part, library)
        for part, own in zip(parts.items, matches, strict=True)
    ]
    of_editor = _of_editor(parts, held, library)
    pairs = [*zip(parts.items, held, strict=True), *((part, of_editor) for part in parts.editorial)]
    found = [
        each
        for part, sources in pairs
        for each in _findings(part, sources, library=library, phrases=parts.phrases)
    ]
    return Checked(
        found=tuple(sorted(found, key=lambda each: (each.finding.start, each.finding.end))),
        items=len(parts.items),
        matched=sum(map(bool, matches)),
        facts=sum(_facts(part) for part, _ in pairs),
    )


class _Library:
    """All entries, found by address, by the news they tell, and by their words."""

    def __init__(self, entries: Sequence[Entry], zone: ZoneInfo) -> None:
        self.entries = sorted(entries, key=_order)
        self.zone = zone
        self._with: defaultdict[str, list[int]] = defaultdict(list)
        self._naming: defaultdict[str, list[int]] = defaultdict(list)
        self._sites = {_site(entry.url) for entry in self.entries}
        for place, entry in enumerate(self.entries):
            self._with[same_page_key(entry.url)].append(place)
            for url in addresses(f"{entry.title}\n{entry.excerpt}\n{entry.content}"):
                self._naming[same_page_key(url)].append(place)

    def knows(self, link: Link) -> bool:
        """Whether *link* is a source's, named in one, or the front page of one's site.

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

    def telling(self, places: Iterable[int]) -> dict[int, list[int]]:
        """Map each of *places* to those of all entries that tell the same news."""
        asked = sorted(set(places))
        moments = [self.entries[place].published for place in asked if self.entries[place].dated]
        near = [n for n, entry in enumerate(self.entries) if n in asked or _is_near(entry, moments)]
        latest = max(moments, default=None)
        at = {_placed(self.entries[n], n, latest): n for n in near}
        clusters = [[at[entry] for entry in each.entries] for each in dedupe(list(at))]
        return {place: cluster for cluster in clusters for place in cluster}

    def like(self, part: Part) -> list[int]:
        """Return the entries whose words are most like the part's, the likeliest first."""
        headline, _, text = part.shown.text.strip().partition("\n")
        asked = words(Account(title=headline, text=text))
        space = Space([*self._words, asked])
        count = len(self.entries)
        likeness = space.shared(np.full(count, count), np.arange(count)).cosine
        order = np.lexsort((np.arange(count), -likeness))[:MOST_ALIKE]
        return [place for place in order.tolist() if likeness[place] > 0]

    @cached_property
    def _words(self) -> list[list[str]]:
        return [words(account_of(entry)) for entry in self.entries]

    def said(self, entry: Entry) -> str:
        """Return all that *entry* says: title, texts, and who published it on which day."""
        day = self.day([entry])
        published = day.isoformat() if day else ""
        told = (entry.title, entry.excerpt, entry.content, entry.source, published)
        return "\n".join(filter(None, told))

    def day(self, entries: Iterable[Entry]) -> date | None:
        """Return the readers' day on which the first of *entries* was published."""
        first = min((entry.published for entry in entries if entry.dated), default=None)
        try:
            return first.astimezone(self.zone).date() if first else None
        except OverflowError:  # the last day of the year 9999
            return None


def _site(url: str) -> str:
    """The key of the front page of *url*'s site."""
    return same_page_key(url).partition("/")[0]


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.url, entry.feed.url, entry.id, entry.title, entry.published, entry.text)


def _is_near(entry: Entry, moments: Collection[datetime]) -> bool:
    return not entry.dated or any(abs(entry.published - moment) <= NEAR for moment in moments)


def _placed(entry: Entry, number: int, latest: datetime | None) -> Entry:
    """*entry* with an id of its own; without a date it counts as of the *latest* moment."""
    published = entry.published if entry.dated or latest is None else latest
    return replace(entry, id=f"{number}", published=published)


def _own(own: Sequence[int], told: dict[int, list[int]], library: _Library) -> _Sources:
    same = sorted({other for place in own for other in told[place]})
    return _Sources(
        entries=tuple(library.entries[place] for place in same),
        published=library.day(library.entries[place] for place in own),
        is_own=True,
    )


def _likeliest(part: Part, library: _Library) -> _Sources:
    places = library.like(part)
    entries = tuple(library.entries[place] for place in places) or tuple(library.entries)
    which = f"the {len(places)} entries most like it" if places else "all entries"
    return _Sources(
        entries=entries,
        published=library.day(entries[:1]),
        why=f" (its link is in no source: held against {which})",
    )


def _of_editor(parts: Parts, held: Sequence[_Sources], library: _Library) -> _Sources:
    entries = tuple(chain.from_iterable(sources.entries for sources in held))
    counts = (len(parts.items), len({entry.source for entry in entries}))
    return _Sources(
        entries=entries if parts.items else tuple(library.entries),
        published=parts.day or library.day(entries),
        texts=(*(part.shown.text for part in parts.items), *map(str, counts)),
    )


def _findings(
    part: Part, sources: _Sources, *, library: _Library, phrases: Sequence[str]
) -> Iterator[Found]:
    for link in part.shown.links:
        if not library.knows(link):
            yield Found(part=part.name, finding=_foreign(link))
    said = [*phrases, *sources.texts, *map(library.said, sources.entries)]
    found = verify.check(part.shown.text, said, published=sources.published)
    if sources.is_own and any(finding.severity == "hard" for finding in found):
        more = [*said, *(library.said(library.entries[place]) for place in library.like(part))]
        found = _softened(found, verify.check(part.shown.text, more, published=sources.published))
    for finding in found:
        yield Found(part=part.name, finding=_in_post(finding, part, why=sources.why))


def _softened(
    found: Sequence[verify.Finding], left: Sequence[verify.Finding]
) -> list[verify.Finding]:
    """*found*, of which only what is *left* is hard: the rest is in reports of like words."""
    hard = {(each.start, each.end) for each in left if each.severity == "hard"}
    return [
        each
        if each.severity == "suspect" or (each.start, each.end) in hard
        else replace(each, severity="suspect", reason=f"`{each.text}` {ELSEWHERE}")
        for each in found
    ]


def _in_post(finding: verify.Finding, part: Part, *, why: str) -> verify.Finding:
    places = part.shown.places
    start, end = places[finding.start], places[finding.end - 1] + 1
    return replace(finding, start=start, end=end, reason=f"{finding.reason}{why}")


def _foreign(link: Link) -> verify.Finding:
    return verify.Finding(
        kind="link",
        severity="hard",
        text=link.url,
        start=link.start,
        end=link.end,
        reason=f"`{link.url}` is in no source",
    )


def _facts(part: Part) -> int:
    text = part.shown.text
    wordings = find_wordings(text, language=language_of(text))
    return len(find_facts(text)) + len(wordings) + len(part.shown.links)
