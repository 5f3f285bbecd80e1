"""Finished posts, as bytes of files: lint them, parse them, and render what was parsed."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from digestbot.errors import FormatError
from digestbot.library import is_feature, load_feature, load_format
from digestbot.model import Finding, Severity
from digestbot.serial import from_json, to_json
from digestbot.stages import parse, render
from digestbot.stages.feature.lint import lint_feature
from digestbot.stages.fix import fix
from digestbot.stages.lint import line_and_column, lint
from digestbot.stages.lint_rules import MENDABLE

UNREADABLE = "E100"
"""The code of a file that is no text at all; lint's own begin with E101, the empty text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A finding with its place in the file; lines and columns count from 1."""

    line: int
    column: int
    finding: Finding
    mendable: bool = False
    """Whether :func:`fix_post` mends it."""


def lint_post(content: bytes, *, format: str, path: str = "", site: str = "") -> list[Located]:
    """Return what is wrong with a post's bytes, in the order of the text."""
    held = _lint_of(format, path=path, site=site)
    try:
        text = _text(content)
    except FormatError as error:
        odd = Finding(code=UNREADABLE, severity=Severity.ERROR, span=(0, 0), reason=str(error))
        return [Located(line=1, column=1, finding=odd)]
    mendable = frozenset() if is_feature(format) else MENDABLE
    return [_located(text, each, mendable) for each in held(text)]


def fix_post(content: bytes, *, format: str, site: str = "") -> bytes:
    """Return a post's bytes with what can be mended without a source; all else is as it was.

    Bytes that are no text come back as they are: lint says so. Raises ``FormatError`` for an
    unknown format, and for one of single pages, whose posts are made anew instead.
    """
    if is_feature(format):
        raise FormatError(f"the format {format!r} is of single pages: make the post anew instead")
    contract = load_format(format, site=site)
    try:
        text = _text(content)
    except FormatError:
        return content
    return fix(text, format=contract).encode()


def _lint_of(format: str, *, path: str, site: str) -> Callable[[str], list[Finding]]:
    """What holds a text to the format of that name, made for an edition or for one page."""
    if is_feature(format):
        return partial(lint_feature, format=load_feature(format, site=site))
    contract = load_format(format, site=site)
    return partial(lint, format=contract, file_name=PurePath(path).name)


def parse_post(content: bytes, *, format: str, site: str = "") -> str:
    """Return the digest of a post's bytes as JSON; :func:`render_digest` undoes it."""
    return to_json(parse.parse(_text(content), format=load_format(format, site=site)))


def render_digest(content: bytes, *, format: str, language: str, site: str = "") -> str:
    """Return the post that a digest in JSON makes, to the last byte."""
    digest = from_json(_text(content))
    return render.render(digest, format=load_format(format, site=site), language=language)


def _located(text: str, finding: Finding, mendable: Collection[str]) -> Located:
    line, column = line_and_column(text, finding.span[0])
    return Located(line=line, column=column, finding=finding, mendable=finding.code in mendable)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 text: {error.reason} at byte {error.start}") from error
