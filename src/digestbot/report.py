"""The report for people: a short table on a terminal, one line in a log.

The same for programs is :func:`digestbot.text.reports.to_dict`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from digestbot.model import FeedReport, FetchStatus, Report, Status
from digestbot.text.redaction import redacted

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 5
"""How many failed feeds, and how many notices, are shown; the others are counted."""

PARTIAL = "too many feeds failed: the day may have had more news than this edition"

_TOLD = (Status.PUBLISHED, Status.DRY_RUN)
"""The endings of a run whose stories were told."""


def print_report(report: Report, console: Console) -> None:
    """Print *report* as a few rows that fit the console, colours only on a terminal."""
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, lines in _rows(report):
        # Text, since words from feeds are no markup; folded, since addresses are long.
        table.add_row(name, Text("\n".join(shown(line) for line in lines), overflow="fold"))
    console.print(table)


def summary_line(report: Report) -> str:
    """Return *report* in one line: how the run ended, and the figures that tell a bad day."""
    ending = f": {report.error}" if report.error else f" {report.path or ''}".rstrip()
    parts = [
        _stories(report),
        _count(report.entries_kept, "entry", "entries"),
        _feeds(report),
        _count(report.usage.calls, "model call", "model calls"),
        f"{_total(report):.1f} s",
    ]
    return shown(f"{report.edition.key} {report.status}{ending} ({'; '.join(parts)})")


def named(feed: FeedReport) -> str:
    """Return the feed's name, or its address where it has no other name than its host's."""
    host = feed.url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0]
    return feed.url if feed.name == host else feed.name


def shown(text: str) -> str:
    """Return *text* on one line, without secrets and without what would steer a terminal."""
    return " ".join("".join(_printable(redacted(text))).split())


def _rows(report: Report) -> list[tuple[str, list[str]]]:
    rows = [
        ("edition", [f"{report.edition.key}: {report.status}"]),
        ("error", [report.error] if report.error else []),
        ("post", [str(report.path)] if report.path else []),
        ("warning", [PARTIAL] if report.partial else []),
        ("feeds", [_feeds(report), *_failed(report)] if report.feeds else []),
        ("entries", [_entries(report)] if report.feeds else []),
        ("stories", [_stories(report)] if report.feeds else []),
        ("follow-ups", _capped(_follow_ups(report))),
        ("left out", [_left_out(report)] if report.skipped else []),
        ("model", [_model(report)] if report.feeds else []),
        ("time", [_time(report)] if report.seconds else []),
        ("notices", _capped([f"{n.stage}: {n.subject}: {n.reason}" for n in report.notices])),
    ]
    return [(name, lines) for name, lines in rows if lines]


def _feeds(report: Report) -> str:
    counts = Counter(feed.status for feed in report.feeds)
    read = f"{counts[FetchStatus.FETCHED]} of {_count(len(report.feeds), 'feed', 'feeds')} read"
    others = (FetchStatus.UNCHANGED, FetchStatus.RESTING, FetchStatus.RETIRED)
    quiet = [f"{counts[status]} {status}" for status in others if counts[status]]
    parts = [read, *quiet, f"{counts[FetchStatus.FAILED]} failed"]
    return ", ".join(part for part in parts if part)


def _failed(report: Report) -> list[str]:
    failed = [feed for feed in report.feeds if feed.status is FetchStatus.FAILED]
    return _capped([f"{named(feed)}: {feed.reason}" for feed in failed])


def _entries(report: Report) -> str:
    return (
        f"{report.entries_seen} seen, {report.entries_kept} in the window,"
        f" {_count(report.clusters, 'cluster', 'clusters')}"
    )


def _stories(report: Report) -> str:
    total, told = len(report.stories), report.by_model
    stories = _count(total, "story", "stories")
    if not total or report.status not in _TOLD:
        return stories
    return f"{stories}, {told} by the model, {total - told} quoted"


def _follow_ups(report: Report) -> list[str]:
    clusters = [story.cluster for story in report.stories]
    return [f"{each.lead.title}: {each.follows.reason}" for each in clusters if each.follows]


def _left_out(report: Report) -> str:
    stages = Counter(skipped.stage for skipped in report.skipped)
    return ", ".join(f"{number} by {stage}" for stage, number in stages.items())


def _model(report: Report) -> str:
    if not report.model:
        return "none was used"
    usage = report.usage
    about = "about " if usage.estimated else ""
    parts = [
        f"{report.model}: {_count(usage.calls, 'call', 'calls')}",
        f"{usage.cached} from the cache" if usage.cached else "",
        f"{about}{usage.input_tokens:,} tokens in, {usage.output_tokens:,} out",
        "" if usage.cost is None else f"cost {usage.cost:.4f}",
    ]
    return ", ".join(part for part in parts if part)


def _time(report: Report) -> str:
    stages = ", ".join(f"{stage} {seconds:.1f}" for stage, seconds in report.seconds)
    return f"{_total(report):.1f} s: {stages}"


def _total(report: Report) -> float:
    return sum(seconds for _, seconds in report.seconds)


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _capped(lines: Sequence[str]) -> list[str]:
    more = [f"+{len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [*lines[:SHOWN], *more]


def _printable(text: str) -> Iterable[str]:
    return (character if character.isprintable() else " " for character in text)
