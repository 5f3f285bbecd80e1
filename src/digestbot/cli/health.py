"""``digestbot feeds`` and ``doctor``: how the feeds are, and all the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digestbot.cli.options import (
    FAILED,
    TERMINAL_WIDTH,
    config_argument,
    emit,
    feeds_option,
    opened,
    settings_at,
)
from digestbot.errors import DigestbotError, StoreError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from digestbot.doctor import Check
    from digestbot.model import Feed, FeedState

TWO_DAYS = 48
"""Hours; a visit longer ago is told in days."""


@click.command()
@config_argument
@feeds_option
def feeds(config: Path | None, *, sources: tuple[str, ...]) -> None:
    """List the feeds of CONFIG (default: ./digest.toml) with their health."""

    with opened(settings_at(config, sources)) as bot:
        table = _feed_table(bot.feeds, bot.feed_states(), now=datetime.now(UTC))
    _console().print(table)


@click.command()
@config_argument
@feeds_option
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
@click.pass_context
def doctor(
    ctx: click.Context, config: Path | None, *, sources: tuple[str, ...], as_json: bool
) -> None:
    """Check config, folders, model, feeds and clock; say what to do. Exits with 1 if broken."""
    from digestbot.doctor import Health

    checks = []
    for check in _checks(config, sources):
        checks.append(check)
        if not as_json:
            _print_check(check)
    if as_json:
        emit(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2) + "\n")
    if any(check.health is Health.BROKEN for check in checks):
        ctx.exit(FAILED)


def _checks(config: Path | None, sources: tuple[str, ...]) -> Iterator[Check]:
    from digestbot.doctor import Check, Health, examine

    try:
        settings = settings_at(config, sources)
        bot = opened(settings)
    except DigestbotError as error:
        subject = "state" if isinstance(error, StoreError) else "config"
        advice = "mend this first; the other checks need it"
        yield Check(subject=subject, health=Health.BROKEN, finding=str(error), advice=advice)
        return
    with bot:
        read = str(settings.file or "none needed")
        yield Check(subject="config", health=Health.OK, finding=read)
        folders = {"posts": settings.output.dir, "state": settings.output.state}
        yield from examine(bot, folders=folders)


def _print_check(check: Check) -> None:
    emit(f"{check.health:<8} {check.subject}: {check.finding}\n")
    if check.advice:
        emit(f"{'':<8} -> {check.advice}\n")


def _console() -> Console:
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=TERMINAL_WIDTH)


def _feed_table(feeds: tuple[Feed, ...], states: dict[str, FeedState], *, now: datetime) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("feed", ratio=3, overflow="fold")
    table.add_column("weight", justify="right")
    table.add_column("last reached")
    table.add_column("health", ratio=2, overflow="fold")
    for feed in feeds:
        state = states.get(feed.url)
        name = feed.name or (state.title if state else "") or feed.url
        table.add_row(Text(name), f"{feed.weight:g}", _reached(state, now), Text(_health(state)))
    return table


def _reached(state: FeedState | None, now: datetime) -> str:
    if state is None or state.last_success is None:
        return "never"
    hours = (now - state.last_success).total_seconds() / 3600
    return f"{hours:.0f} h ago" if hours < TWO_DAYS else f"{hours / 24:.0f} days ago"


def _health(state: FeedState | None) -> str:
    if state is None:
        return "not visited yet"
    if not state.failures:
        return "well"
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    return f"failed {times}: {state.last_error}"
