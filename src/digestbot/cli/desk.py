"""``digestbot lint``, ``parse`` and ``render``: finished posts on the desk."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digestbot.cli.options import FAILED, LANGUAGE, emit
from digestbot.errors import FormatError
from digestbot.model import Severity

if TYPE_CHECKING:
    from digestbot.posts import Located

C = TypeVar("C", bound=Callable[..., Any])

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)


Found = Sequence[tuple[str, "Located"]]


def _as_text(found: Found) -> str:
    return "".join(
        f"{path}:{each.line}:{each.column}: {each.finding.code} {each.finding.reason}\n"
        for path, each in found
    )


def _as_json(found: Found) -> str:
    rows = [
        {
            "path": path,
            "line": each.line,
            "column": each.column,
            "code": each.finding.code,
            "severity": each.finding.severity.value,
            "reason": each.finding.reason,
            "mendable": each.mendable,
        }
        for path, each in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _as_annotations(found: Found) -> str:
    """Workflow commands of GitHub, whose marks in properties and messages are escaped."""
    return "".join(
        f"::{each.finding.severity.value} file={_escaped(path, in_property=',:')},line={each.line}"
        f",col={each.column},title={each.finding.code}::{_escaped(each.finding.reason)}\n"
        for path, each in found
    )


def _escaped(text: str, *, in_property: str = "") -> str:
    marks = "%\r\n" + in_property
    return "".join(f"%{ord(mark):02X}" if mark in marks else mark for mark in text)


_PRINTED: Mapping[str, Callable[[Found], str]] = {
    "text": _as_text,
    "json": _as_json,
    "github": _as_annotations,
}
"""How findings are printed, by name."""


def _format_option(command: C) -> C:
    site = click.option(
        "--site", default="", metavar="NAME", help="The site that the posts were made for."
    )
    return site(
        click.option(
            "--format", default="daily", metavar="NAME", help="The house format. Default: daily."
        )(command)
    )


@click.command()
@click.argument("paths", nargs=-1, required=True, type=FILE, metavar="FILE...")
@_format_option
@click.option("--json", "output", flag_value="json", help="The same as --output json.")
@click.option(
    "--output",
    type=click.Choice(list(_PRINTED)),
    default="text",
    help="How findings are printed; github: as annotations of a workflow. Default: text.",
)
@click.option("--fix", is_flag=True, help="Mend in place what needs no source, then check.")
@click.pass_context
def lint(
    ctx: click.Context, paths: tuple[str, ...], *, format: str, site: str, output: str, fix: bool
) -> None:
    """Check posts against their format: `path:line:column: CODE message`.

    Exits with 1 if there is an error; warnings alone do not count. FILE may be -. With --fix,
    bold that does not show, tracking parameters, lists, rules, blanks and punctuation are mended.
    """
    from digestbot.posts import lint_post

    if fix:
        _mend(paths, format=format, site=site)
    found = [
        (path, located)
        for path in paths
        for located in lint_post(
            _bytes(path), format=format, path=path if path != "-" else "", site=site
        )
    ]
    emit(_PRINTED[output](found))
    if mendable := sum(each.mendable for _, each in found):
        click.echo(f"{mendable} of {len(found)} can be mended with --fix", err=True)
    if any(located.finding.severity is Severity.ERROR for _, located in found):
        ctx.exit(FAILED)


def _mend(paths: Sequence[str], *, format: str, site: str) -> None:
    """Write each file anew that can be mended, whole or not at all."""
    from digestbot.posts import fix_post
    from digestbot.stages.publish import keep

    if "-" in paths:
        raise click.UsageError("--fix writes files: it needs their names, not -")
    for path in paths:
        content = _bytes(path)
        mended = fix_post(content, format=format, site=site)
        if mended != content:
            keep(mended.decode(), Path(path))
            click.echo(f"mended {path}", err=True)


@click.command()
@click.argument("post", type=FILE)
@_format_option
def parse(post: str, *, format: str, site: str) -> None:
    """Print a post as JSON, which `digestbot render` turns back. POST may be -."""
    from digestbot.posts import parse_post

    told = _told_of(post, lambda content: parse_post(content, format=format, site=site))
    emit(told.rstrip("\n") + "\n")


@click.command()
@click.argument("digest", type=FILE)
@_format_option
@click.option("--language", type=LANGUAGE, default="zh", help="The post's language. Default: zh.")
def render(digest: str, *, format: str, site: str, language: str) -> None:
    """Print the post of a digest in JSON, to the last byte. DIGEST may be -."""
    from digestbot.posts import render_digest

    emit(
        _told_of(
            digest,
            lambda content: render_digest(content, format=format, site=site, language=language),
        )
    )


def _bytes(path: str) -> bytes:
    with click.open_file(path, "rb") as file:
        content: bytes = file.read()
    return content


def _told_of(path: str, verb: Callable[[bytes], str]) -> str:
    """What *verb* makes of the file at *path*; its error names the file."""
    try:
        return verb(_bytes(path))
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from error
