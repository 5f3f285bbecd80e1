"""``digestbot report``: the post beside its sources, as a page."""

from __future__ import annotations

import re
from pathlib import Path

import click

from digestbot.cli.options import FOLDER, emit, opened, settings_at

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@click.command()
@click.argument("asked", nargs=-1, metavar="[CONFIG] [DATE]")
@click.option("--state", type=FOLDER, help="The folder of the state.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Where to write the page; - for stdout. Default: beside the post's evidence.",
)
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
def report(asked: tuple[str, ...], *, state: Path | None, output: str | None, browse: bool) -> None:
    """Show what a post rests on: each sentence beside its sources, each fact with its place.

    Writes one HTML page that asks nobody for anything, and prints its path. It has the
    findings, the repairs, and the stories that were left out, too. DATE is the edition's,
    by default the last one's.
    """
    import webbrowser

    from digestbot.config import override
    from digestbot.pipeline import sidecar_path

    words = list(asked)
    day = words.pop() if words and _DAY.fullmatch(words[-1]) else None
    if len(words) > 1:
        raise click.UsageError("Name a CONFIG and a DATE such as 2026-06-01, no more.")
    settings = override(settings_at(Path(words[0]) if words else None), state=state)
    with opened(settings) as bot:
        evidence = bot.evidence(date=day)
    if output == "-":
        emit(evidence.page)
        return
    kept = sidecar_path(evidence.dossier.edition, state=settings.output.state)
    path = Path(output) if output else kept.with_name("report.html")
    path.write_text(evidence.page, encoding="utf-8")
    emit(f"{path}\n")
    if browse:
        webbrowser.open(path.resolve().as_uri())
