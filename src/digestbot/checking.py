"""Checking: any post, ours or not, held against its sources."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from digestbot.config import EditionSettings
from digestbot.config.values import timezone as known_timezone
from digestbot.errors import ConfigError, FormatError
from digestbot.library import load_format
from digestbot.model import Post
from digestbot.stages import check as stage
from digestbot.stages.check import Checked
from digestbot.stages.parts import parts_of
from digestbot.wiring import open_originals

if TYPE_CHECKING:
    from digestbot.adapters.originals import Originals

MAX_POST = 1024 * 1024
"""Bytes of a post; a month of the longest has less."""

TIMEZONE = EditionSettings().timezone


def check(
    post: str | os.PathLike[str] | Post,
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    timezone: str = TIMEZONE,
    format: str = "daily",
    allow_private: Iterable[str] = (),
) -> Checked:
    """Return what *post*, a file or a post that was made, says that its *sources* do not."""
    named = [sources] if isinstance(sources, str | os.PathLike) else sources
    originals = read_sources([os.fspath(each) for each in named], allow_private=allow_private)
    path = post.path if isinstance(post, Post) else Path(post)
    content = post.text.encode() if isinstance(post, Post) else _content(path)
    return check_text(content, originals, name=path.name, timezone=timezone, format=format)


def read_sources(sources: Iterable[str], *, allow_private: Iterable[str] = ()) -> Originals:
    """Return what *sources* say; raises ``ConfigError`` where none of them says anything."""
    originals = open_originals([*sources], allow_private=[*allow_private])
    if not originals.entries:
        why = "; ".join(f"{place}: {reason}" for place, reason in originals.failures)
        raise ConfigError("sources", f"there is nothing in them{f' ({why})' if why else ''}")
    return originals


def check_text(
    content: bytes,
    originals: Originals,
    *,
    name: str = "",
    timezone: str = TIMEZONE,
    format: str = "daily",
) -> Checked:
    """Return what a post's bytes say that *originals* do not; *name* is its file's."""
    parts = parts_of(_text(content), format=load_format(format), file_name=name)
    checked = stage.check(parts, originals.entries, timezone=_zone(timezone))
    return replace(checked, unread=originals.failures)


def _zone(timezone: str) -> str:
    try:
        return known_timezone(timezone)
    except ValueError as error:
        raise ConfigError("timezone", str(error)) from None


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_POST + 1)
    except OSError as error:
        raise ConfigError("post", f"{path}: cannot be read ({error.strerror})") from error


def _text(content: bytes) -> str:
    """The text, each line ended by one character, without what no text has."""
    if len(content) > MAX_POST:
        raise FormatError(f"larger than {MAX_POST >> 20} MiB: that is no post")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError(f"not UTF-8 text: {error.reason} at byte {error.start}") from error
    return re.sub("\r\n?", "\n", text).replace("\0", "\ufffd")
