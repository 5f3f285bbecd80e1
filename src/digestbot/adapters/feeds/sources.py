"""Sources in, feeds out: an address, a feed file, a folder, or an OPML list of many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from digestbot.adapters.feeds.opml import MAX_OPML, merged, read_opml
from digestbot.errors import ConfigError
from digestbot.model import Feed
from digestbot.text.redaction import redacted

FEED_SUFFIXES = frozenset({".xml", ".rss", ".atom", ".rdf", ".json", ".feed"})
"""What a folder's feed files are called; a list beside them (``urls.tsv``) is none."""

_KEY = "feeds"
"""The setting that a wrong source belongs to."""

_IS_OPML = re.compile(rb"<(?:\w+:)?opml[\s>]", re.IGNORECASE)
_BEGINNING = 4_096
"""Bytes in which a list names its root and its document type."""


def expand(sources: Sequence[str], *, base: Path | None = None) -> list[Feed]:
    """Return the feeds that *sources* name, in their order, each address once.

    A source is an http(s) address, a feed file, a folder (its feed files and
    those of its ``feeds`` folder, by name), or an OPML list. Paths are relative to
    *base*. Raises ``ConfigError`` for a source that is nothing of the kind.
    """
    return merged(
        feed for source in sources for feed in _expanded(source.strip(), base or Path.cwd())
    )


def _expanded(source: str, base: Path) -> list[Feed]:
    if source.lower().startswith(("http://", "https://")):
        return [Feed(url=_address(source))]
    if "://" in source:
        scheme = source.split("://", 1)[0]
        raise ConfigError(
            _KEY,
            f"{redacted(source)}: {scheme} addresses are not read; give http(s) or a path",
        )
    path = (base / Path(source).expanduser()).absolute()
    if not source or not path.exists():
        raise ConfigError(
            _KEY, f"{source or 'an empty source'}: no such file or folder; give a path that exists"
        )
    return _folder(path) if path.is_dir() else _file(path)


def _address(source: str) -> str:
    """The address, if it can be one at all."""
    try:
        named = urlsplit(source).hostname
    except ValueError:
        named = None
    if not named:
        raise ConfigError(_KEY, f"{redacted(source)}: not a valid address; it names no host")
    return source


def _folder(folder: Path) -> list[Feed]:
    files = [*_feed_files(folder), *_feed_files(folder / "feeds")]
    if not files:
        kinds = ", ".join(sorted({*FEED_SUFFIXES, ".opml"}))
        raise ConfigError(_KEY, f"{folder}: no feed files in this folder (looked for {kinds})")
    return [feed for path in files for feed in _file(path)]


def _feed_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    suffixes = {*FEED_SUFFIXES, ".opml"}
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() in suffixes and path.is_file()
    )


def _file(path: Path) -> list[Feed]:
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
            if path.suffix.lower() != ".opml" and not _IS_OPML.search(beginning):
                return [Feed(url=str(path))]
            body = beginning + file.read(MAX_OPML + 1 - len(beginning))
        return read_opml(body)
    except OSError as error:
        raise ConfigError(_KEY, f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        raise ConfigError(_KEY, f"{path}: {error}") from error
