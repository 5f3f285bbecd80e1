"""check: a post's parts and entries in; what the post says that none of its sources does out.

An item's sources are the entries with its link, and all that tell the same
news; the editor's are the items and their sources.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from zoneinfo import ZoneInfo

from digestbot.model import Entry
from digestbot.stages.lint import line_and_column
from digestbot.stages.parts import Part, Parts
from digestbot.stages.shelf import Shelf, words_of
from digestbot.text import verify
from digestbot.text.facts import find_facts, find_wordings
from digestbot.text.languages import language_of
from digestbot.text.shown import joined

ELSEWHERE = "is in none of the item's sources, only in others that are most like it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A finding, the part of the post that holds it, and its line and column, from 1.

    The finding's own places count from 0, each end of a line as one character.
    """

    line: int
    column: int
    part: str
    finding: verify.Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a post says that its sources do not, in its order, and how much was looked at."""

    found: tuple[Found, ...]
    items: int
    matched: int
    """Items whose link a source has."""
    facts: int
    unread: tuple[tuple[str, str], ...] = ()
    """Sources that could not be read, and why."""

    @property
    def hard(self) -> tuple[Found, ...]:
        """What no source has."""
        return tuple(each for each in self.found if each.finding.severity == "hard")

    @property
    def suspect(self) -> tuple[Found, ...]:
        """What a source has nearly, or what may be meant otherwise."""
        return tuple(each for each in self.found if each.finding.severity == "suspect")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sources:
    """What parts are held against, and when that was published."""

    entries: tuple[Entry, ...]
    published: date | None
    texts: tuple[str, ...] = ()
    """What else they may say."""
    why: str = ""
    """Why these, where they have none of their own."""
    is_own: bool = False


def check(parts: Parts, entries: Sequence[Entry], *, timezone: str) -> Checked:
    """Return what the post of these *parts* says that *entries* do not, in its order.

    A link that no entry has is a finding, too. Days are told on the clock of *timezone*.
    """
    shelf = Shelf(entries, ZoneInfo(timezone))
    matches = [shelf.having(part.shown.links) for part in parts.items]
    groups = _groups(parts, matches, shelf)
    every = (*parts.items, *parts.editorial)
    found = [(part, finding) for part in every for finding in _foreign(part, shelf)]
    for group, sources in groups:
        found += _unfounded(group, sources, phrases=parts.phrases, shelf=shelf)
    found.sort(key=lambda each: (each[1].start, each[1].end))
    return Checked(
        found=tuple(_located(part, finding, parts.text) for part, finding in found),
        items=len(parts.items),
        matched=sum(map(bool, matches)),
        facts=sum(_facts(part) for part in every),
    )


def _groups(
    parts: Parts, matches: Sequence[Sequence[int]], shelf: Shelf
) -> list[tuple[Sequence[Part], _Sources]]:
    """The parts of a post with what they are held against; *matches* are the items' entries."""
    told = shelf.telling(chain.from_iterable(matches))
    groups: list[tuple[Sequence[Part], _Sources]] = []
    lost: list[Part] = []
    for part, match in zip(parts.items, matches, strict=True):
        if match:
            groups.append(([part], _own(match, told, shelf)))
        elif alike := shelf.like(part.shown.text):
            which = f"the {len(alike)} entries most like it"
            groups.append(([part], _instead(alike, which, shelf)))
        else:
            lost.append(part)
    if lost:
        groups.append((lost, _instead(shelf.entries, "all entries", shelf)))
    if parts.editorial:
        of_items = dict.fromkeys(entry for _, sources in groups for entry in sources.entries)
        groups.append((parts.editorial, _of_editor(parts, tuple(of_items), shelf)))
    return groups


def _own(match: Sequence[int], told: Mapping[int, Collection[int]], shelf: Shelf) -> _Sources:
    same = sorted({other for place in match for other in told[place]})
    return _Sources(
        entries=tuple(shelf.entries[place] for place in same),
        published=shelf.day(shelf.entries[place] for place in match),
        is_own=True,
    )


def _instead(entries: Sequence[Entry], which: str, shelf: Shelf) -> _Sources:
    return _Sources(
        entries=tuple(entries),
        published=shelf.day(entries[:1]),
        why=f" (its link is in no source: held against {which})",
    )


def _of_editor(parts: Parts, entries: tuple[Entry, ...], shelf: Shelf) -> _Sources:
    """The items and their sources; how many items and publishers there are is known, too."""
    counts = (len(parts.items), len({entry.source for entry in entries}))
    return _Sources(
        entries=entries if parts.items else tuple(shelf.entries),
        published=parts.day or shelf.day(entries),
        texts=(*(part.shown.text for part in parts.items), *map(str, counts), parts.publishers),
    )


def _foreign(part: Part, shelf: Shelf) -> Iterator[verify.Finding]:
    for link in part.shown.links:
        if not shelf.knows(link):
            yield verify.Finding(
                kind="link",
                severity="hard",
                text=link.url,
                start=link.start,
                end=link.end,
                reason=f"`{link.url}` is in no source",
            )


def _unfounded(
    group: Sequence[Part], sources: _Sources, *, phrases: Sequence[str], shelf: Shelf
) -> Iterator[tuple[Part, verify.Finding]]:
    """The findings of parts that have their sources in common: they are looked up once."""
    shown = joined([part.shown for part in group])
    said = [*phrases, *sources.texts, *map(shelf.said, sources.entries)]
    found = verify.check(shown.text, said, published=sources.published)
    if sources.is_own and any(finding.severity == "hard" for finding in found):
        more = [*said, *map(words_of, shelf.like(shown.text)), shelf.publishers]
        found = _softened(found, verify.check(shown.text, more, published=sources.published))
    group = [part for part in group if part.shown.text]
    begins = [part.shown.places[0] for part in group]
    for finding in found:
        start, end = shown.places[finding.start], shown.places[finding.end - 1] + 1
        reason = f"{finding.reason}{sources.why}"
        part = group[bisect_right(begins, start) - 1]
        yield part, replace(finding, start=start, end=end, reason=reason)


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


def _located(part: Part, finding: verify.Finding, text: str) -> Found:
    line, column = line_and_column(text, finding.start)
    return Found(line=line, column=column, part=part.name, finding=finding)


def _facts(part: Part) -> int:
    text = part.shown.text
    wordings = find_wordings(text, language=language_of(text))
    return len(find_facts(text)) + len(wordings) + len(part.shown.links)
