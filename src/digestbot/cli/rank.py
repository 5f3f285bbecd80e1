"""``digestbot rank``: items in, stories out, best first."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import click

from digestbot.cli.options import FAILED, emit
from digestbot.errors import ConfigError, FormatError


@click.command()
@click.option(
    "--jsonl",
    "path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help='Items, one a line: {"id", "title", "source", "url", "published"?, "first_seen"?}.',
)
@click.option("--now", metavar="ISO", help="The moment to rank at, in UTC. Default: now.")
@click.pass_context
def rank(ctx: click.Context, *, path: str, now: str | None) -> None:
    """Rank the stories of a file: `{"story", "ids", "score", "reasons"}`, best first, one a line.

    Needs neither config nor state. FILE may be -. A line that holds no item is told on
    stderr, the others are ranked, and the command exits with 1.
    """
    from digestbot.items import rank_items, read_items, row_of

    moment = _moment(now)
    with click.open_file(path, "rb") as file:
        items = read_items(file, name=path, now=moment)
    for error in items.errors:
        click.echo(f"digestbot: {error}", err=True)
    for story in rank_items(items.entries, now=moment):
        emit(json.dumps(row_of(story), ensure_ascii=False) + "\n")
    if items.errors:
        ctx.exit(FAILED)


def _moment(now: str | None) -> datetime:
    from digestbot.items import moment_of

    if now is None:
        return datetime.now(UTC)
    try:
        return moment_of(now)
    except FormatError as error:
        raise ConfigError("now", str(error)) from error
