"""Finished posts, as bytes of files: lint them, parse them, and render what was parsed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from digestbot.errors import FormatError
from digestbot.library import is_feature, load_feature, load_format
from digestbot.model import Finding, Severity
from digestbot.serial import from_json, to_json
from digestbot.stages import parse, render
from digestbot.stages.feature.lint import lint_feature
from digestbot.stages.lint import line_and_column, lint

UNREADABLE = "E100"
"""The code of a file that is no text at all; lint's own begin with E101, the empty text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A finding with its place in the file; lines and columns count from 1."""

    line: int
    column: int
    finding: Finding


def lint_post(content: bytes, *, format: str, path: str = "", site: str = "") -> list[Located]:
    """Return what is wrong with a post's bytes, in the order of the text."""
    held = _lint_of(format, path=path, site=site)
    try:
        text = _text(content)
    except FormatError as error:
        found = Finding(code=UNREADABLE, severity=Severity.ERROR, span=(0, 0), reason=str(error))
        return [Located(line=1, column=1, finding=found)]
    return [_located(text, finding) for finding in held(text)]


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


def _located(text: str, finding: Finding) -> Located:
    line, column = line_and_column(text, finding.span[0])
    return Located(line=line, column=column, finding=finding)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 text: {error.reason} at byte {error.start}") from error
