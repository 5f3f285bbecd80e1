"""``digestbot stories``: what a day had to tell; or which items of a file tell the same event."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digestbot.cli.options import (
    FAILED,
    FOLDER,
    LANGUAGE,
    TOO_LITTLE_NEWS,
    Window,
    config_argument,
    emit,
    feeds_option,
    opened,
    settings_at,
)
from digestbot.cli.progress import told

if TYPE_CHECKING:
    from digestbot.model import Report


@click.command()
@config_argument
@click.option("--date", metavar="DATE", help="The day of the edition, YYYY-MM-DD. Default: today.")
@click.option("--now", metavar="ISO", help="The moment to work at, as for `digestbot run`.")
@click.option("--fresh", is_flag=True, help="Visit the feeds and rank anew.")
@click.option("--all", "whole", is_flag=True, help="Show all stories, not only the best 30.")
@click.option("--json", "as_json", is_flag=True, help="Print all stories as JSON.")
@feeds_option
@click.option("--state", type=FOLDER, help="The folder of the state.")
@click.option("--model", default="", metavar="NAME|none", help="The model; none: go without.")
@click.option("--language", type=LANGUAGE, help="The language of the post.")
@click.option("--window", metavar="SPAN", type=Window(), help="The hours covered: 24h, 7d, 90m.")
@click.option("--allow-private", multiple=True, metavar="HOST", help="As for `digestbot run`.")
@click.option(
    "--jsonl",
    "path",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Say which items of FILE are one story; nothing else is looked at. FILE may be -.",
)
@click.pass_context
def stories(
    ctx: click.Context,
    /,
    config: Path | None,
    *,
    sources: tuple[str, ...],
    date: str | None,
    now: str | None,
    fresh: bool,
    whole: bool,
    as_json: bool,
    path: str | None,
    **changes: Any,
) -> None:
    """List the day's stories, best first, with their sources; chosen ones are marked.

    These are the ones of the edition's last run; if there was none, the feeds of CONFIG
    (default: ./digest.toml) are visited and ranked now, without a post. The numbers are
    those that `digestbot explain`, `pick` and `drop` take.

    With --jsonl: reads a JSON object a line with "id", "title" and, if known, "text",
    "published", "lang", and writes {"id": …, "story": …} for each, in their order. A
    story's name is the id of its first item. Needs neither config nor state.
    """
    if path is not None:
        _write_tellings(path)
        return
    from digestbot.config import override

    given = {name: value for name, value in changes.items() if value}
    settings = override(settings_at(config, sources), **given)
    with told() as progress, opened(settings) as bot:
        report = bot.look(date=date, now=now, fresh=fresh, progress=progress)
    _print(report, as_json=as_json, whole=whole)
    if not any(each.place for each in report.candidates):
        ctx.exit(_nothing(report))


def _write_tellings(path: str) -> None:
    from digestbot.tellings import read_tellings, story_lines

    with click.open_file(path, "rb") as file:
        items = read_tellings(file, name=path)
    out = sys.stdout.buffer  # a million lines: no flush after each
    out.writelines(line.encode("utf-8") for line in story_lines(items))
    out.flush()


def _print(report: Report, *, as_json: bool, whole: bool) -> None:
    from rich.console import Console

    from digestbot.cli.story_table import SHOWN, plain_lines, print_stories, rows

    console = Console()
    if as_json:
        emit(json.dumps(rows(report), ensure_ascii=False, indent=2) + "\n")
    elif console.is_terminal:
        print_stories(report, console, limit=None if whole else SHOWN)
    else:
        emit("".join(f"{line}\n" for line in plain_lines(report)))


def _nothing(report: Report) -> int:
    """Say why there is no story, and return the exit code for it."""
    from digestbot.model import FetchStatus

    failed = sum(feed.status is FetchStatus.FAILED for feed in report.feeds)
    found = f"{report.entries_kept} entries in the edition's hours"
    feeds = f"{failed} of {len(report.feeds)} feeds failed"
    click.echo(f"digestbot: no stories: {found}; {feeds}", err=True)
    return FAILED if failed and failed == len(report.feeds) else TOO_LITTLE_NEWS
