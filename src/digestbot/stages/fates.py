"""Fates: what became of each entry that the feeds gave, to be found by its link or its title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from digestbot.model import Candidate, Edition, Entry, Report
from digestbot.text.redaction import redacted
from digestbot.text.similarity import shingles
from digestbot.text.titles import folded
from digestbot.text.urls import same_page_key

FOUND = 0.6
"""Share of what is asked for that a title must have to be meant; chosen by trying."""

NEAR = 0.25
"""The same from which a title is shown to somebody whose words are in none."""


SPEAKING = 8
"""Letters in the last part of an address from which it may be words of a title, no number."""

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """A title and a link that a feed gave, and what became of them.

    ``entry`` is None for a record that did not become one, and for an entry
    that is no longer kept. What has no ``candidate`` was left out by ``stage``
    before there were stories.
    """

    title: str
    url: str
    entry: Entry | None = None
    candidate: Candidate | None = None
    stage: str = ""
    reason: str = ""


def fates(report: Report, kept: Sequence[Entry]) -> list[Fate]:
    """Return what became of each entry and record of *report*, best first, then of other *kept*.

    Nothing falls between: an entry of the edition's hours that the run did not
    see, or one of other hours, is said to be just that.
    """
    told = [
        Fate(
            title=entry.title,
            url=entry.url,
            entry=entry,
            candidate=candidate,
            stage=candidate.stage,
            reason=candidate.reason,
        )
        for candidate in report.candidates
        for entry in candidate.story.cluster.entries
    ]
    left_out = _left_out(report, kept)
    known = {(redacted(fate.url), fate.title) for fate in (*told, *left_out)}
    ids = {fate.entry.id for fate in told if fate.entry}
    others = [
        Fate(
            title=entry.title,
            url=entry.url,
            entry=entry,
            stage="collect",
            reason=_unseen(entry, report.edition),
        )
        for entry in kept
        if entry.id not in ids and (redacted(entry.url), entry.title) not in known
    ]
    return [*told, *left_out, *others]


def by_link(fates: Iterable[Fate], url: str) -> list[Fate]:
    """Return those that lead to the page at *url*, those with its very address first."""
    page = same_page_key(url)
    found = [fate for fate in fates if page and same_page_key(fate.url) == page]
    return sorted(found, key=lambda fate: fate.url != url)


def by_title(fates: Iterable[Fate], text: str, *, least: float = FOUND) -> list[Fate]:
    """Return those whose title has at least that share of *text*.

    The very title comes first, then what has more of *text*, then what stands first.
    """
    asked = _letters(text)
    if not asked:
        return []
    wanted = shingles(asked)
    found: list[tuple[bool, float, int, Fate]] = []
    for place, fate in enumerate(fates):
        letters = _letters(fate.title)
        share = 1.0 if asked in letters else len(wanted & shingles(letters)) / len(wanted)
        if share >= least:
            found.append((letters != asked, -share, place, fate))
    return [fate for *_, fate in sorted(found, key=lambda each: each[:3])]


def nearest(fates: Sequence[Fate], asked: str) -> list[Fate]:
    """Return those whose title is nearest to *asked*, or to the words in it if it is an address."""
    if not same_page_key(asked):
        return by_title(fates, asked, least=NEAR)
    name = unquote(urlsplit(asked).path.rstrip("/").rpartition("/")[2])
    words = " ".join(_WORD.findall(name.removesuffix(".html").removesuffix(".htm")))
    return by_title(fates, words, least=NEAR) if len(words) >= SPEAKING else []


def of_site(fates: Iterable[Fate], url: str) -> list[Fate]:
    """Return those that lead to the site of *url*."""
    host = urlsplit(url).hostname
    return [fate for fate in fates if host and urlsplit(fate.url).hostname == host]


def once(fates: Iterable[Fate], *, but: Fate | None = None) -> list[Fate]:
    """Return *fates* without further entries of a story that is among them, or of that of *but*."""
    seen: set[tuple[str, str]] = {_story(but)} if but else set()
    first: list[Fate] = []
    for fate in fates:
        if _story(fate) not in seen:
            seen.add(_story(fate))
            first.append(fate)
    return first


def _story(fate: Fate) -> tuple[str, str]:
    lead = fate.candidate.story.lead if fate.candidate else fate
    return (lead.url, lead.title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, folded(text)))


def _left_out(report: Report, kept: Sequence[Entry]) -> list[Fate]:
    """What the remarks say of entries and records that are in no candidate."""
    feeds = {feed.url for feed in report.feeds}
    of_candidates = {
        (candidate.stage, redacted(entry.url), entry.title)
        for candidate in report.candidates
        for entry in candidate.story.cluster.entries
    }
    entries = {(redacted(entry.url), entry.title): entry for entry in kept}
    found: list[Fate] = []
    for skipped in report.skipped:
        about_feed = skipped.subject in feeds and not skipped.title
        if about_feed or (skipped.stage, skipped.subject, skipped.title) in of_candidates:
            continue
        entry = entries.get((skipped.subject, skipped.title))
        found.append(
            Fate(
                title=skipped.title,
                url=entry.url if entry else skipped.subject,
                entry=entry,
                stage=skipped.stage,
                reason=skipped.reason,
            )
        )
    return found


def _unseen(entry: Entry, edition: Edition) -> str:
    moment = entry.published
    if edition.since < moment <= edition.until:
        return "it came later: `digestbot stories --fresh` or `digestbot run --force` takes it in"
    when = "before" if moment <= edition.since else "after"
    return f"published {when} the edition's hours"
