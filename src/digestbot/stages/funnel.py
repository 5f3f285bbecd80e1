"""The funnel: how many entries each stage of an edition left out, by kinds of reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from digestbot.model import FetchStatus, Report

SHOWN = 6
"""Kinds of reasons of a stage, or failed feeds, that are shown."""

_PARTICULARS = re.compile(r"[:'\"(].*", re.DOTALL)
"""From where a reason is of one entry alone: names, titles, evidence."""

_NUMBERS = re.compile(r" has its \d+ ")


def funnel(report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the edition's figures, stage by stage, as headings with lines."""
    zone = ZoneInfo(report.edition.timezone)
    yield "made", (f"{report.started.astimezone(zone):%Y-%m-%d %H:%M}",)
    if report.path:
        yield "post", (str(report.path),)
    yield "feeds", (*_feeds(report),)
    yield "entries", (f"{report.entries_seen} seen, {report.entries_kept} in the edition's hours",)
    told = sum(len(each.story.cluster.entries) for each in report.candidates)
    ranked = sum(each.place > 0 for each in report.candidates)
    chosen = sum(each.chosen for each in report.candidates)
    stories = f"{len(report.candidates)} told by {told} entries"
    yield "stories", (f"{stories}; {ranked} ranked, {chosen} chosen",)
    for stage, reasons in _by_stage(report).items():
        yield stage, (f"{len(reasons)} left out", *counted(map(_kind, reasons)))


def counted(kinds: Iterable[str]) -> list[str]:
    """Return each of *kinds* with its number, the most frequent first, rare ones together."""
    counts = sorted(Counter(kinds).items(), key=lambda each: (-each[1], each[0]))
    lines = [f"{number} × {kind}" for kind, number in counts[:SHOWN]]
    rest = sum(number for _, number in counts[SHOWN:])
    return [*lines, f"{rest} × other reasons"] if rest else lines


def _feeds(report: Report) -> Iterator[str]:
    counts = Counter(feed.status for feed in report.feeds)
    parts = [f"{counts[status]} {status}" for status in FetchStatus if counts[status]]
    yield ", ".join(parts) or "none"
    failed = [feed for feed in report.feeds if feed.status is FetchStatus.FAILED]
    for feed in failed[:SHOWN]:
        yield f"{feed.name}: {feed.reason}"
    if failed[SHOWN:]:
        yield f"and {len(failed) - SHOWN} more"


def _by_stage(report: Report) -> dict[str, list[str]]:
    """The reasons of what was left out, without those for which feeds were."""
    feeds = {feed.url for feed in report.feeds}
    stages: dict[str, list[str]] = {}
    for skipped in report.skipped:
        if skipped.title or skipped.subject not in feeds:
            stages.setdefault(skipped.stage, []).append(skipped.reason)
    return stages


def _kind(reason: str) -> str:
    return _PARTICULARS.sub("", _NUMBERS.sub(" has its ", reason)).strip().removesuffix(" as")
