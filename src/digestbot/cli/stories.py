"""``digestbot stories``: which items of a file tell the same event."""

from __future__ import annotations

import click

from digestbot.cli.options import emit


@click.command()
@click.option(
    "--jsonl",
    "path",
    required=True,
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    metavar="FILE",
    help='Items, a JSON object a line: "id", "title", and if known "text", "published", "lang".',
)
def stories(path: str) -> None:
    """Say which items tell the same event: a line `{"id": …, "story": …}` for each.

    A story's name is the id of its first item. FILE may be -.
    """
    from digestbot.tellings import read_tellings, story_lines

    with click.open_file(path, "rb") as file:
        items = read_tellings(file, name=path)
    emit("".join(story_lines(items)))
