"""``digestbot pick``, ``drop`` and ``taste``: an editor's choices, and what they teach."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digestbot.cli.options import TERMINAL_WIDTH, emit, opened, settings_at

if TYPE_CHECKING:
    from digestbot.model import Choice, Lesson, Taste

C = TypeVar("C", bound=Callable[..., Any])

SHOWN = 20
"""Lessons of a kind that the table shows; --json has them all."""


def _config_option(command: C) -> C:
    return click.option(
        "--config", type=click.Path(path_type=Path), help="The config. Default: ./digest.toml."
    )(command)


@click.command()
@click.argument("stories", nargs=-1, required=True, metavar="N|URL...")
@_config_option
def pick(stories: tuple[str, ...], *, config: Path | None) -> None:
    """Note that stories of the latest edition are worth telling.

    Name them by their links, or by their numbers as `digestbot stories` lists them.
    """
    with opened(settings_at(config)) as bot:
        _tell("picked", bot.pick(*stories))


@click.command()
@click.argument("stories", nargs=-1, required=True, metavar="N|URL...")
@_config_option
def drop(stories: tuple[str, ...], *, config: Path | None) -> None:
    """Note that stories of the latest edition are not worth telling.

    Name them by their links, or by their numbers as `digestbot stories` lists them.
    """
    with opened(settings_at(config)) as bot:
        _tell("dropped", bot.drop(*stories))


@click.group(invoke_without_command=True)
@_config_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def taste(ctx: click.Context, *, config: Path | None, as_json: bool) -> None:
    """Show what was learned from picks and drops, and take it back.

    Without a command: each source and word with its picks, its drops, and what it adds
    to a story's score now.
    """
    ctx.obj = config
    if ctx.invoked_subcommand:
        return
    with opened(settings_at(config)) as bot:
        learned, choices = bot.taste(), bot.choices()
    if as_json:
        rows = {**asdict(learned), "choices": [_row(choice) for choice in choices]}
        emit(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    elif choices:
        _print_taste(learned, choices)
    else:
        emit("nothing yet: `digestbot pick` and `digestbot drop` teach it\n")


@taste.command()
@click.argument("number", type=int, required=False)
@click.pass_obj
def undo(config: Path | None, *, number: int | None) -> None:
    """Take back choice NUMBER; default: the last one."""
    with opened(settings_at(config)) as bot:
        _tell("took back", [bot.undo_choice(number)])


@taste.command()
@click.argument("subject", metavar="SOURCE|WORD")
@click.pass_obj
def forget(config: Path | None, *, subject: str) -> None:
    """Forget what was learned of a source or a word; later choices teach it anew."""
    with opened(settings_at(config)) as bot:
        lesson = bot.forget_taste(subject)
    emit(f"forgot {lesson.subject} ({lesson.value:+.2f})\n")


def _tell(verb: str, choices: Sequence[Choice]) -> None:
    emit("".join(f"{verb}: {choice.title} ({', '.join(choice.sources)})\n" for choice in choices))


def _row(choice: Choice) -> dict[str, Any]:
    return asdict(choice) | {"made": choice.made.isoformat()}


def _print_taste(learned: Taste, choices: Sequence[Choice]) -> None:
    from rich.console import Console

    console = Console()
    console = console if console.is_terminal else Console(width=TERMINAL_WIDTH)
    for heading, lessons in (("source", learned.sources), ("word", learned.words)):
        if lessons:
            console.print(_table(heading, lessons[:SHOWN]))
            console.print()
    picks = sum(choice.picked for choice in choices)
    last = choices[-1]
    told = "picked" if last.picked else "dropped"
    console.print(
        f"{picks} picked, {len(choices) - picks} dropped;"
        f" the last is {last.number}: {told} {last.title}",
        markup=False,
        highlight=False,
    )


def _table(heading: str, lessons: Sequence[Lesson]) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(heading, ratio=1, overflow="fold")
    for name in ("picked", "dropped", "value"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in lessons:
        table.add_row(Text(each.subject), str(each.picks), str(each.drops), f"{each.value:+.2f}")
    return table
