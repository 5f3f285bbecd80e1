"""``digestbot check``: what texts say that their sources do not."""

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
    help='Texts, one a line: {"id", "text", "sources": [...], "published"?}.',
)
def check(path: str) -> None:
    """Say what texts hold that is not in their sources, one line a text.

    Writes {"id", "findings": [{"kind", "severity", "text", "start", "end", "reason"}]} for
    each, in their order. Severity "hard": no source has it; "suspect": one has it nearly,
    or it may mean something else. Needs neither config nor state. FILE may be -.
    """
    from digestbot.claims import finding_lines, read_claims

    with click.open_file(path, "rb") as file:
        for line in finding_lines(read_claims(file, name=path)):
            emit(line)
