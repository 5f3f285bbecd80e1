"""Feeds added to ``digest.toml``: at its end, with nothing else touched."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from digestbot.config.read import load
from digestbot.errors import ConfigError
from digestbot.model import Feed


def append_feeds(path: Path, feeds: Sequence[Feed]) -> None:
    """Write *feeds* as ``[[feeds]]`` tables at the end of the config at *path*.

    Comments, order and all else stay. The file is replaced as a whole, and
    only by one that loads; else ``ConfigError``, and nothing has changed.
    """
    before = load(path)
    text = path.read_bytes().decode("utf-8-sig")
    ending = "\r\n" if "\r\n" in text else "\n"
    tables = "".join(_table(feed) for feed in feeds)
    longer = f"{text.rstrip()}{ending}{tables.replace(chr(10), ending)}"
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.resolve().parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(longer.encode())
        _check(draft, path, expected=len(before.feeds) + len(feeds))
        draft.chmod(path.stat().st_mode & 0o777)
        draft.replace(path.resolve())
    finally:
        draft.unlink(missing_ok=True)


def _check(draft: Path, path: Path, *, expected: int) -> None:
    try:
        written = len(load(draft).feeds)
    except ConfigError as error:
        raise ConfigError(
            "feeds", f"cannot be added here ({error.reason})", where=str(path)
        ) from error
    if written != expected:
        raise ConfigError("feeds", "cannot be added here; write them by hand", where=str(path))


def _table(feed: Feed) -> str:
    lines = ["", "[[feeds]]", f"url = {_text(feed.url)}"]
    lines += [f"name = {_text(feed.name)}"] if feed.name.strip() else []
    lines += [f"category = {_text(feed.category)}"] if feed.category.strip() else []
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """*text* as a TOML basic string: JSON's strings are such, but for the delete character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
