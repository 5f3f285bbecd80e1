"""The table of the feeds: one line a feed, trouble first, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from digestbot.cli.options import TERMINAL_WIDTH
from digestbot.model import Feed, FeedFigures, FeedState
from digestbot.text.redaction import redacted

TWO_DAYS = 48
"""Hours; a visit longer ago is told in days."""


class Health(IntEnum):
    """How a feed is, the worst first."""

    RETIRED = 0
    FAILING = 1
    MOVED = 2
    NEW = 3
    WELL = 4


WORDS = {
    Health.RETIRED: "retired",
    Health.FAILING: "failing",
    Health.MOVED: "moved",
    Health.NEW: "not visited yet",
    Health.WELL: "well",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLine:
    """What there is to say of one feed; addresses are without secrets."""

    name: str
    url: str
    health: Health
    told: str
    weight: float = 1.0
    last_success: datetime | None = None
    entries_a_day: float | None = None
    used: float | None = None
    """The share of its entries that a post told."""


def feed_lines(
    feeds: Sequence[Feed],
    states: Mapping[str, FeedState],
    figures: Mapping[str, FeedFigures],
    *,
    now: datetime,
) -> list[FeedLine]:
    """Return a line for each of *feeds*, those in trouble first."""
    lines = [_line(feed, states.get(feed.url), figures.get(feed.url), now) for feed in feeds]
    return sorted(lines, key=lambda line: line.health)


def print_feeds(lines: Sequence[FeedLine]) -> None:
    """Print *lines* as a table with a summary; 80 columns where there is no terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console = console if console.is_terminal else Console(width=TERMINAL_WIDTH)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("feed", ratio=3, overflow="fold")
    table.add_column("weight", justify="right", no_wrap=True)
    table.add_column("reached", no_wrap=True)
    table.add_column("a day", justify="right", no_wrap=True)
    table.add_column("used", justify="right", no_wrap=True)
    table.add_column("health", ratio=4, overflow="fold")
    now = datetime.now().astimezone()
    for line in lines:
        table.add_row(
            Text(line.name),
            f"{line.weight:g}",
            _ago(line.last_success, now),
            "" if line.entries_a_day is None else f"{line.entries_a_day:.1f}",
            "" if line.used is None else f"{line.used:.0%}",
            Text(line.told),
        )
    console.print(table)
    console.print(summary(lines))


def summary(lines: Sequence[FeedLine]) -> str:
    """Return how many feeds are well, and how many are not, in one line."""
    counts = Counter(line.health for line in lines)
    parts = [f"{counts[health]} {WORDS[health]}" for health in sorted(Health, reverse=True)]
    told = ", ".join(part for part in parts if not part.startswith("0 "))
    return f"{len(lines)} {'feed' if len(lines) == 1 else 'feeds'}: {told}"


def _line(
    feed: Feed, state: FeedState | None, figures: FeedFigures | None, now: datetime
) -> FeedLine:
    health, told = _health(state, now)
    url = redacted(feed.url)
    return FeedLine(
        name=feed.name or (state.title if state else "") or url,
        url=url,
        health=health,
        told=told,
        weight=feed.weight,
        last_success=state.last_success if state else None,
        entries_a_day=figures.entries_a_day if figures else None,
        used=figures.used if figures else None,
    )


def _health(state: FeedState | None, now: datetime) -> tuple[Health, str]:
    if state is None or not (state.visits or state.failures or state.retired):
        return Health.NEW, "not visited yet"
    if state.retired:
        return Health.RETIRED, f"gone since {state.retired:%Y-%m-%d}: take it out of the list"
    if state.failures:
        return Health.FAILING, _failing(state, now)
    if state.moved_to:
        return Health.MOVED, f"moved to {redacted(state.moved_to)}: change its address"
    if state.not_before and state.not_before > now:
        return Health.WELL, f"well; rests until {_clock(state.not_before)}"
    return Health.WELL, "well"


def _failing(state: FeedState, now: datetime) -> str:
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    since = f" since {state.failing_since:%Y-%m-%d}" if state.failing_since else ""
    due = state.not_before
    following = f"; next visit {_clock(due)}" if due and due > now else ""
    return f"failed {times}{since}: {state.last_error}{following}"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone():%m-%d %H:%M}"


def _ago(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "never"
    hours = (now - moment).total_seconds() / 3600
    return f"{hours:.0f} h ago" if hours < TWO_DAYS else f"{hours / 24:.0f} days ago"
