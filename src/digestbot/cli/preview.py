"""``digestbot preview``: a post as its readers would see it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from digestbot.cli.options import emit

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)


@click.command()
@click.argument("post", type=FILE)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write the page there and open nothing; - for stdout.",
)
def preview(post: str, *, output: str | None) -> None:
    """Show POST as a page, in the browser or, with -o, in a file. POST may be -.

    The page is one file in which nothing runs; prints its path.
    """
    import webbrowser

    from digestbot.pages.preview import preview_page

    with click.open_file(post, "rb") as file:
        text = file.read().decode("utf-8", "replace")
    name = Path(post).stem if post != "-" else "post"
    made = preview_page(text, name=name)
    if output == "-":
        emit(made)
        return
    path = Path(output) if output else Path(tempfile.mkdtemp(prefix="digestbot-")) / f"{name}.html"
    path.write_text(made, encoding="utf-8")
    emit(f"{path}\n")
    if output is None:
        webbrowser.open(path.resolve().as_uri())
