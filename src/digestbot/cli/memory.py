"""``digestbot memory``: what was told, read back from posts, forgotten, never to be told again."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digestbot.cli.options import (
    DEFAULT_COMMAND,
    FAILED,
    TERMINAL_WIDTH,
    ListByDefault,
    config_argument,
    emit,
    opened,
)

if TYPE_CHECKING:
    from digestbot.bot import Bot
    from digestbot.model import Told

C = TypeVar("C", bound=Callable[..., Any])

EDITIONS = 7
"""Editions that are listed where nobody says how many."""

FOLDER = click.Path(file_okay=False, path_type=Path)
CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="The config. Default: ./digest.toml, if any."
)
STATE = click.option("--state", type=FOLDER, help="The folder of the state.")
YES = click.option("--yes", is_flag=True, help="Do not ask.")
WHAT = click.argument("what", nargs=-1, required=True, metavar="URL|TEXT|DATE...")


@click.group(cls=ListByDefault)
def memory() -> None:
    """Show which stories were told; rebuild that from posts, or correct it.

    Without a command: the table of `digestbot memory list`.
    """


@memory.command(DEFAULT_COMMAND)
@config_argument
@STATE
@click.option(
    "--editions", type=click.IntRange(1), default=EDITIONS, help=f"How many. Default: {EDITIONS}."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_told(config: Path | None, *, state: Path | None, editions: int, as_json: bool) -> None:
    """List the last editions and their stories, the newest first."""
    with _bot(config, state) as bot:
        told = bot.memory()
    shown = list(dict.fromkeys(each.edition for each in told))[:editions]
    stories = [each for each in told if each.edition in shown]
    if as_json:
        emit(json.dumps([_row(each) for each in stories], ensure_ascii=False, indent=2) + "\n")
    elif stories:
        _print(stories)
    else:
        click.echo("nothing was told yet", err=True)


@memory.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@CONFIG
@STATE
@click.pass_context
def rebuild(ctx: click.Context, folder: Path, *, config: Path | None, state: Path | None) -> None:
    """Read the posts in FOLDER back, after the state was lost: what they tell was told.

    An edition that the state knows stays as it is. Files that are no posts are
    named. Exits with 1 if there is no post.
    """
    from digestbot.memory import KNOWN

    with _bot(config, state) as bot:
        stories = bot.rebuild_memory(folder)
    known = [remark for remark in stories.remarks if remark.reason == KNOWN]
    for remark in stories.remarks:
        if remark not in known:
            click.echo(f"no post: {remark.subject}: {remark.reason}", err=True)
    for edition in sorted({each.edition for each in stories}):
        emit(f"{edition}: {sum(each.edition == edition for each in stories)} stories\n")
    for remark in known:
        click.echo(f"{remark.subject}: {remark.reason}", err=True)
    if not stories and not known:
        click.echo(f"digestbot: there are no posts in {folder}", err=True)
        ctx.exit(FAILED)


@memory.command()
@WHAT
@CONFIG
@STATE
@YES
@click.pass_context
def forget(
    ctx: click.Context,
    what: tuple[str, ...],
    *,
    config: Path | None,
    state: Path | None,
    yes: bool,
) -> None:
    """Forget stories, so that they may be told again: a retraction, and then the truth.

    Named by a link, by words of the headline, or by the day of an edition. With a
    link or words all that was told of the story is forgotten, its follow-ups too.
    """
    with _bot(config, state) as bot:
        _confirm(ctx, bot.memory(*what), what, question="Forget these?", yes=yes)
        emit(f"forgot {_stories(len(bot.forget(*what)))}\n")


@memory.command()
@WHAT
@CONFIG
@STATE
@YES
@click.pass_context
def bar(
    ctx: click.Context,
    what: tuple[str, ...],
    *,
    config: Path | None,
    state: Path | None,
    yes: bool,
) -> None:
    """Never tell stories again, however long ago they were told and whatever is new.

    Named as for `forget`, which undoes it.
    """
    with _bot(config, state) as bot:
        _confirm(ctx, bot.memory(*what), what, question="Never tell these again?", yes=yes)
        emit(f"barred {_stories(len(bot.bar(*what)))}\n")


def _bot(config: Path | None, state: Path | None) -> Bot:
    """A bot for its memory: no feeds need be named."""
    from digestbot.config import override
    from digestbot.wiring import settings_for

    return opened(override(settings_for(config), state=state))


def _confirm(
    ctx: click.Context, stories: Sequence[Told], what: Sequence[str], *, question: str, yes: bool
) -> None:
    """Show the stories and ask; end here if there are none, or nobody agrees."""
    if not stories:
        click.echo(f"digestbot: nothing that was told is called {', '.join(what)}", err=True)
        ctx.exit(FAILED)
    for each in stories:
        click.echo(f"{each.edition}  {each.headline or each.title}\n  {each.url}", err=True)
    if not yes:
        click.confirm(question, abort=True, err=True)


def _row(told: Told) -> dict[str, Any]:
    return {
        "edition": told.edition,
        "story": told.story,
        "headline": told.headline or told.title,
        "url": told.url,
        "follow_up": told.follow_up,
        "barred": told.barred,
    }


def _print(stories: Sequence[Told]) -> None:
    """A table that fits the terminal; 80 columns where there is none."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    console = console if console.is_terminal else Console(width=TERMINAL_WIDTH)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("edition", no_wrap=True)
    table.add_column("no.", justify="right", no_wrap=True)
    table.add_column("headline", ratio=1, overflow="fold")
    table.add_column("", no_wrap=True)
    edition = ""
    for each in stories:
        shown = "" if each.edition == edition else each.edition
        edition = each.edition
        note = "never again" if each.barred else "follow-up" if each.follow_up else ""
        table.add_row(Text(shown), str(each.story), Text(each.headline or each.title), note)
    console.print(table)
    editions = len({each.edition for each in stories})
    console.print(f"{_stories(len(stories))} in {editions} edition{'s' * (editions != 1)}")


def _stories(count: int) -> str:
    return f"{count} {'story' if count == 1 else 'stories'}"
