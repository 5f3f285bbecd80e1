"""The table of an edition's stories: the best first, those in the post marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from digestbot.cli.folding import Folded
from digestbot.model import Candidate, Report
from digestbot.report import shown
from digestbot.text.redaction import redacted

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

SHOWN = 30
"""Stories that a terminal shows unless all are asked for: three editions' worth."""

MARK = "*"
"""Beside the number of a chosen story."""

HOURS_UNTIL_DAYS = 48
"""An age of so many hours is told in days."""

SOURCES_WIDTH = 18
"""Columns for the sources: nine Han characters, or a short name and how many more there are."""


def print_stories(report: Report, console: Console, *, limit: int | None) -> None:
    """Print the best *limit* of *report*'s stories as a table that fits *console*."""
    from rich.table import Table
    from rich.text import Text

    ranked = _ranked(report)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    for name in ("#", "", "score"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("story", ratio=1)
    table.add_column("told by", width=SOURCES_WIDTH, no_wrap=True)
    table.add_column("age", justify="right", no_wrap=True)
    for each in ranked[:limit]:
        table.add_row(
            str(each.place),
            MARK if each.chosen else "",
            f"{each.story.score:.2f}",
            Folded(shown(each.title)),
            _sources(each),
            _age(each, report),
            style="" if each.chosen else "dim",
        )
    console.print(Text(_headline(report)))
    console.print(table)
    more = f"{len(ranked[limit:])} more with --all; " if limit and ranked[limit:] else ""
    console.print(Text(f"{more}digestbot explain N says why"))


def plain_lines(report: Report) -> Iterator[str]:
    """Give one line for each of *report*'s stories, nothing cut, for other programs."""
    for each in _ranked(report):
        mark = MARK if each.chosen else "-"
        figures = f"{each.place:>4} {mark} {each.story.score:>6.2f} {_age(each, report):>5}"
        yield f"{figures}  {shown(each.title)} ({', '.join(map(shown, each.sources))})"


def rows(report: Report) -> list[dict[str, Any]]:
    """Return *report*'s stories as plain JSON types."""
    return [_row(each) for each in _ranked(report)]


def _ranked(report: Report) -> list[Candidate]:
    return [each for each in report.candidates if each.place]


def _headline(report: Report) -> str:
    ranked = _ranked(report)
    chosen = sum(each.chosen for each in ranked)
    at = report.started.astimezone(ZoneInfo(report.edition.timezone))
    return (
        f"{report.edition.key}, {report.status} {at:%m-%d %H:%M}:"
        f" {len(ranked)} stories, {chosen} chosen ({MARK})"
    )


def _sources(candidate: Candidate) -> Text:
    """The first source, cut to leave room for how many more there are."""
    from rich.text import Text

    first, *others = candidate.sources
    more = f" +{len(others)}" if others else ""
    text = Text(shown(first))
    text.truncate(SOURCES_WIDTH - len(more), overflow="ellipsis")
    return text.append(more)


def _age(candidate: Candidate, report: Report) -> str:
    hours = (report.edition.until - candidate.story.lead.published) / timedelta(hours=1)
    return f"{hours:.0f} h" if hours < HOURS_UNTIL_DAYS else f"{hours / 24:.0f} d"


def _row(candidate: Candidate) -> dict[str, Any]:
    story = candidate.story
    return {
        "edition": candidate.edition,
        "place": candidate.place,
        "chosen": candidate.chosen,
        "stage": candidate.stage,
        "reason": redacted(candidate.reason),
        "score": round(story.score, 4),
        "title": story.lead.title,
        "url": story.lead.url,
        "published": _moment(story.lead.published),
        "sources": [redacted(source) for source in story.cluster.sources],
        "reasons": [
            {"name": each.name, "value": round(each.value, 4), "text": each.text}
            for each in story.reasons
        ],
        "entries": [
            {
                "source": redacted(entry.source),
                "title": entry.title,
                "url": entry.url,
                "published": _moment(entry.published),
            }
            for entry in story.cluster.entries
        ],
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
