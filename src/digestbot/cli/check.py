"""``digestbot check``: what posts and other texts say that their sources do not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from digestbot.cli.options import FAILED, emit
from digestbot.errors import FormatError
from digestbot.text.redaction import redacted

if TYPE_CHECKING:
    from digestbot.adapters.originals import Originals
    from digestbot.stages.check import Checked, Found

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)


@click.command()
@click.argument("posts", nargs=-1, type=FILE, metavar="[POST]...")
@click.option(
    "--sources",
    multiple=True,
    metavar="PATH|URL",
    help="A feed or page (file or address), a text, a folder of such files, an OPML list,"
    " a digest.toml (its feeds, and what its state has kept), or a .jsonl of"
    ' {"title", "text", "url", "published"}; repeatable.',
)
@click.option(
    "--timezone",
    metavar="ZONE",
    default="Asia/Shanghai",
    help="The readers' clock, for “yesterday”. Default: Asia/Shanghai.",
)
@click.option("--format", default="daily", metavar="NAME", help="The house format. Default: daily.")
@click.option(
    "--allow-private",
    multiple=True,
    metavar="HOST",
    help="Visit this host though its address is private or loopback; repeatable.",
)
@click.option("--hard", is_flag=True, help="Tell only what no source has.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option(
    "--jsonl",
    "lines",
    type=FILE,
    metavar="FILE",
    help='Check texts instead, one a line: {"id", "text", "sources": [...], "published"?}.',
)
@click.pass_context
def check(
    ctx: click.Context,
    /,
    posts: tuple[str, ...],
    *,
    sources: tuple[str, ...],
    allow_private: tuple[str, ...],
    hard: bool,
    as_json: bool,
    lines: str | None,
    **kinds: Any,
) -> None:
    """Say what posts hold that is not in their sources: links, numbers, dates, names...

    POST is Markdown of any make, - for stdin. Each of its items is held against
    the entries with its link and all that tell the same news, and what is written
    around the items against all of these.

    \b
        digestbot check posts/20260601.md --sources digest.toml
        digestbot check letter.md --sources feeds/ --sources https://n.example/a

    Prints `path:line:column: severity kind: reason`. "hard": no source has it;
    "suspect": one has it nearly, or it may mean something else. Exits with 1 if
    there is a hard finding. Visits no addresses but those named in the sources.

    With --jsonl, writes {"id", "findings": [{"kind", "severity", "text", "start",
    "end", "reason"}]} for each text.
    """
    if lines is not None:
        if posts or sources:
            raise click.UsageError("--jsonl brings its own texts and sources.", ctx)
        _check_lines(lines)
        return
    if not (posts and sources):
        raise click.UsageError("Name a POST and its --sources, or --jsonl FILE.", ctx)
    checked = _checked(posts, sources, allow_private, kinds)
    found = [(path, each) for path, one in checked for each in (one.hard if hard else one.found)]
    if as_json:
        rows = [_row(path, each) for path, each in found]
        emit(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        emit("".join(f"{_line(path, each)}\n" for path, each in found))
    for path, one in checked:
        click.echo(_sum(path, one), err=True)
    if any(one.hard for _, one in checked):
        ctx.exit(FAILED)


def _check_lines(path: str) -> None:
    from digestbot.claims import finding_lines, read_claims

    with click.open_file(path, "rb") as file:
        for line in finding_lines(read_claims(file, name=path)):
            emit(line)


def _checked(
    posts: Sequence[str],
    sources: Sequence[str],
    allow_private: Sequence[str],
    kinds: dict[str, Any],
) -> list[tuple[str, Checked]]:
    from digestbot.checking import read_sources

    contents = [(path, _bytes(path)) for path in posts]
    originals = read_sources(sources, allow_private=allow_private)
    for place, reason in originals.failures:
        click.echo(f"digestbot: not read: {place}: {redacted(reason)}", err=True)
    return [(path, _of(path, content, originals, kinds)) for path, content in contents]


def _bytes(path: str) -> bytes:
    with click.open_file(path, "rb") as file:
        content: bytes = file.read()
    return content


def _of(path: str, content: bytes, originals: Originals, kinds: dict[str, Any]) -> Checked:
    from digestbot.checking import check_text

    try:
        return check_text(content, originals, name=PurePath(path).name, **kinds)
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error


def _line(path: str, found: Found) -> str:
    finding = found.finding
    reason = " ".join(finding.reason.split())
    return f"{path}:{found.line}:{found.column}: {finding.severity} {finding.kind}: {reason}"


def _row(path: str, found: Found) -> dict[str, Any]:
    place = {"path": path, "line": found.line, "column": found.column, "part": found.part}
    return place | asdict(found.finding)


def _sum(path: str, checked: Checked) -> str:
    return (
        f"{path}: {checked.matched} of {checked.items} items matched,"
        f" {checked.facts} facts checked: {len(checked.hard)} hard, {len(checked.suspect)} suspect"
    )
