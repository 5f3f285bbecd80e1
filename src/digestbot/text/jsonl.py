"""JSON lines: an object a line, read like a stranger's; what is wrong is told with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from digestbot.errors import ConfigError

T = TypeVar("T")

MAX_SHOWN = 60
"""Characters of a wrong value that its error repeats."""


def read_rows(
    lines: Iterable[bytes], read: Callable[[Mapping[str, Any]], T], *, name: str
) -> Iterator[T]:
    """Give what *read* makes of each of a file's *lines*; blank lines are none.

    Raises ``ConfigError``, which names the line, for what is no JSON object
    and where *read* raises ``ValueError``.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield read(_object_in(line))
        except ValueError as error:
            raise ConfigError(f"{name}:{number}", str(error)) from None


def text_at(row: Mapping[str, Any], key: str) -> str:
    """Return a row's text, "" where it has none."""
    value = row.get(key)
    if value is None:
        return ""
    if type(value) is not str:
        raise ValueError(f'"{key}" must be a text, not {shown(value)}')
    return whole(value)


def moment_at(row: Mapping[str, Any], key: str) -> datetime | None:
    """Return a row's moment as it is written there, with a zone or without; None for none."""
    value = row.get(key)
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value).strip())
    except ValueError:
        raise _no_moment(key, value) from None


def utc_at(row: Mapping[str, Any], key: str) -> datetime | None:
    """Return a row's moment in UTC, which it is in where it names no zone; None for none."""
    moment = moment_at(row, key)
    try:
        return moment and moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except OverflowError:
        raise _no_moment(key, row[key]) from None


def whole(text: str) -> str:
    """Return *text* with halves of characters replaced, one for one, so that places stay."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def shown(value: object) -> str:
    """Return *value* as an error repeats it: in ASCII, and not all of what is long."""
    written = json.dumps(value, ensure_ascii=True)
    return written if len(written) <= MAX_SHOWN else f"{written[:MAX_SHOWN]}…"


def _no_moment(key: str, value: object) -> ValueError:
    return ValueError(f'"{key}" is {shown(value)}; write 2026-06-01T08:00:00Z')


def _object_in(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(str(line, "utf-8").removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError("this is no JSON object: nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"this is no JSON object: {error}") from None
    if type(row) is not dict:
        raise ValueError("this is no JSON object")
    return row
