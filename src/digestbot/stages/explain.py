"""Explain: why something is in the post or not, from the record of its edition."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import PurePath

from digestbot.errors import ConfigError
from digestbot.model import Entry, Explanation, FeedReport, FetchStatus, Report
from digestbot.stages.fates import Fate, by_link, by_title, fates, nearest, of_site, once
from digestbot.stages.funnel import counted, funnel
from digestbot.stages.outcome import named, outcome_of
from digestbot.text.redaction import redacted
from digestbot.text.urls import same_page_key

SHOWN = 8
"""Other matches, or nearest titles, that are listed."""


def explain(
    report: Report,
    asked: str = "",
    *,
    kept: Sequence[Entry] = (),
    older: Callable[[], Sequence[Entry]] = tuple,
) -> Explanation:
    """Return what became of what is *asked* for in the edition of *report*.

    That is a story's number, the address of an entry, the address or name of a
    feed, or words of a title; nothing asks for the edition as a whole. *kept*
    are the entries of the edition's hours; *older* gives those of other hours
    too, and is called only where the first do not have it. Raises
    ``ConfigError`` for a number that no story has.
    """
    if not asked:
        return _edition(report)
    day = fates(report, kept)
    if asked.isdecimal():
        return outcome_of(_numbered(day, int(asked), report), report)
    if feed := _feed(report, asked):
        return _fate_of_feed(feed, day, report)
    found = _found(day, asked) or _found(fates(report, older()), asked)
    if not found:
        return _nobody(asked, day, report)
    explanation = outcome_of(found[0], report)
    return _with_others(explanation, asked, found[1:]) if found[1:] else explanation


def _edition(report: Report) -> Explanation:
    error = f": {report.error}" if report.error else ""
    return Explanation(
        edition=report.edition.key,
        subject=report.edition.key,
        answer=f"{report.status}{error}",
        facts=tuple(funnel(report)),
    )


def _numbered(day: Sequence[Fate], number: int, report: Report) -> Fate:
    for fate in day:
        if fate.candidate and fate.candidate.place == number > 0:
            return fate
    last = max((each.place for each in report.candidates), default=0)
    has = f"has 1 to {last}" if last else "has none"
    raise ConfigError("", f"there is no story {number}: {report.edition.key} {has}")


def _found(day: Sequence[Fate], asked: str) -> list[Fate]:
    return once(by_link(day, asked) if same_page_key(asked) else by_title(day, asked))


def _with_others(explanation: Explanation, asked: str, others: Sequence[Fate]) -> Explanation:
    if same_page_key(asked):
        matches = f"{len(others)} more with this link"
    else:
        matches = f"the best match for {asked!r}; {len(others)} more"
    more = [f"and {len(others) - SHOWN} more"] if len(others) > SHOWN else []
    also = ("also", (*(named(each) for each in others[:SHOWN]), *more))
    return replace(
        explanation,
        answer=f"{explanation.answer} ({matches})",
        facts=(*explanation.facts, also),
    )


def _nobody(asked: str, day: Sequence[Fate], report: Report) -> Explanation:
    near, site = once(nearest(day, asked)), once(of_site(day, asked))
    facts = [("nearest", tuple(named(each) for each in near[:SHOWN]) or ("nothing alike",))]
    if site:
        facts.append(("its site", tuple(named(each) for each in site[:SHOWN])))
    return Explanation(
        edition=report.edition.key, subject=asked, answer="no feed gave it", facts=tuple(facts)
    )


# --- feeds -------------------------------------------------------------------


def _feed(report: Report, asked: str) -> FeedReport | None:
    """The feed whose address, name or file *asked* is."""
    page = same_page_key(asked)
    for feed in report.feeds:
        if {redacted(asked), asked.casefold()} & {
            feed.url,
            feed.name.casefold(),
            PurePath(feed.url).name,
        } or (page and page == same_page_key(feed.url)):
            return feed
    return None


def _fate_of_feed(feed: FeedReport, day: Sequence[Fate], report: Report) -> Explanation:
    mine = [each for each in day if each.entry and redacted(each.entry.feed.url) == feed.url]
    chosen = once(each for each in mine if each.candidate and each.candidate.chosen)
    facts = [
        ("link", (feed.url,)),
        ("records", (f"{feed.seen} seen, {feed.kept} in the edition's hours",)),
        ("left out", tuple(counted(each.stage for each in mine if each.stage))),
        ("chosen", tuple(named(each) for each in chosen) or ("nothing",)),
    ]
    failed = feed.status in (FetchStatus.FAILED, FetchStatus.RETIRED)
    return Explanation(
        edition=report.edition.key,
        subject=feed.name,
        answer=f"a feed: {feed.status}" + (f", {feed.reason}" if feed.reason else ""),
        stage="collect" if failed else "",
        facts=tuple((name, lines) for name, lines in facts if lines),
    )
