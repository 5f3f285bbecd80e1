"""``digestbot explain``: why something is in the post, or not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digestbot.cli.folding import Folded
from digestbot.cli.options import FOLDER, emit, feeds_option, opened, settings_at

if TYPE_CHECKING:
    from rich.console import Console

    from digestbot.model import Explanation

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@click.command()
@click.argument("asked", nargs=-1, metavar="[CONFIG] [DATE] [URL|TEXT|N]")
@click.option("--config", type=click.Path(path_type=Path), help="The same as CONFIG.")
@feeds_option
@click.option("--state", type=FOLDER, help="The folder of the state.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(
    asked: tuple[str, ...],
    *,
    config: Path | None,
    sources: tuple[str, ...],
    state: Path | None,
    as_json: bool,
) -> None:
    """Say why something is in the post, or which stage left it out.

    That is an entry by its link or by words of its title, a story by its number as
    `digestbot stories` lists it, or a feed by its address or name. Without any of them:
    how many entries each stage left out. DATE is the edition's, by default the last one's.
    """
    from rich.console import Console

    from digestbot.config import override

    words = list(asked)
    if words and words[0].endswith(".toml"):
        config = Path(words.pop(0))
    day = words.pop(0) if words and _DAY.fullmatch(words[0]) else None
    settings = override(settings_at(config, sources), state=state)
    with opened(settings) as bot:
        explanation = bot.explain(" ".join(words), date=day)
    console = Console()
    if as_json:
        emit(json.dumps(row_of(explanation), ensure_ascii=False, indent=2) + "\n")
    elif console.is_terminal:
        print_explanation(explanation, console)
    else:
        emit(f"{explanation}\n")


def print_explanation(explanation: Explanation, console: Console) -> None:
    """Print *explanation* so that it fits the terminal, headings beside their lines."""
    from rich.table import Table

    from digestbot.report import shown

    console.print(Folded(shown(explanation.subject)), style="bold")
    console.print(Folded(shown(explanation.answer)))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, lines in explanation.facts:
        for place, line in enumerate(lines):
            table.add_row("" if place else name, Folded(shown(line)))
    if explanation.facts:
        console.print()
        console.print(table)


def row_of(explanation: Explanation) -> dict[str, Any]:
    """Return *explanation* as plain JSON types."""
    candidate = explanation.candidate
    return {
        "edition": explanation.edition,
        "subject": explanation.subject,
        "answer": explanation.answer,
        "stage": explanation.stage,
        "chosen": bool(candidate and candidate.chosen),
        "place": candidate.place if candidate else 0,
        "score": round(candidate.story.score, 4) if candidate and candidate.place else None,
        "facts": {name: list(lines) for name, lines in explanation.facts},
    }
