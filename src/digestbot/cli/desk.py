"""``digestbot lint``, ``parse`` and ``render``: finished posts on the desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digestbot.cli.options import FAILED, LANGUAGE, emit
from digestbot.errors import FormatError
from digestbot.model import Severity

if TYPE_CHECKING:
    from digestbot.posts import Located

C = TypeVar("C", bound=Callable[..., Any])

FILE = click.Path(exists=True, dir_okay=False, allow_dash=True)


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
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def lint(
    ctx: click.Context, paths: tuple[str, ...], *, format: str, site: str, as_json: bool
) -> None:
    """Check posts against their format: `path:line:column: CODE message`.

    Exits with 1 if there is an error; warnings alone do not count. FILE may be -.
    """
    from digestbot.posts import lint_post

    found = [
        (path, located)
        for path in paths
        for located in lint_post(
            _bytes(path), format=format, path=path if path != "-" else "", site=site
        )
    ]
    if as_json:
        rows = [_row(path, located) for path, located in found]
        emit(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        emit("".join(f"{_line(path, located)}\n" for path, located in found))
    if any(located.finding.severity is Severity.ERROR for _, located in found):
        ctx.exit(FAILED)


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


def _line(path: str, located: Located) -> str:
    finding = located.finding
    return f"{path}:{located.line}:{located.column}: {finding.code} {finding.reason}"


def _row(path: str, located: Located) -> dict[str, Any]:
    finding = located.finding
    return {
        "path": path,
        "line": located.line,
        "column": located.column,
        "code": finding.code,
        "severity": finding.severity.value,
        "reason": finding.reason,
    }
