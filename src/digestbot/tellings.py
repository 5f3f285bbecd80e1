"""Tellings: titles and texts given line by line, as JSON, and which of them are one story."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from digestbot.errors import ConfigError
from digestbot.text.identity import Account, Identity

LANGUAGES = {"eng": "en", "zho": "zh", "spa": "es", "por": "pt", "fra": "fr", "deu": "de"} | {
    "rus": "ru",
    "jpn": "ja",
    "kor": "ko",
    "ara": "ar",
}
"""Three letters of ISO 639 for the two that we use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One line: its id as it was given, and what it says."""

    id: Any
    account: Account


def read_tellings(lines: Iterable[bytes], *, name: str) -> list[Telling]:
    """Return the items of a file's *lines*; blank lines are none.

    Raises ``ConfigError``, which names the line, for what is no JSON object,
    has no id or one that was there before, or a date that cannot be read.
    """
    items: list[Telling] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        item = _item(line, f"{name}:{number}")
        key = json.dumps(item.id, sort_keys=True)
        if key in seen:
            raise ConfigError(f"{name}:{number}", f"the id {key} was there before")
        seen.add(key)
        items.append(item)
    return items


def story_lines(items: Sequence[Telling]) -> Iterator[str]:
    """Give a JSON line for each item, in order: its id, and the id of its story's first."""
    first = list(range(len(items)))
    for group in Identity([item.account for item in items]).groups():
        for place in group:
            first[place] = group[0]
    for place, item in enumerate(items):
        row = {"id": item.id, "story": items[first[place]].id}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _item(line: bytes, where: str) -> Telling:
    row = _object_of(line, where)
    if row.get("id") is None:
        raise ConfigError(where, 'an item needs an "id"')
    language = _text_of(row, "lang", where)
    account = Account(
        title=_text_of(row, "title", where),
        text=_text_of(row, "text", where),
        published=_moment_of(row, "published", where),
        language=LANGUAGES.get(language, language.partition("-")[0]),
    )
    return Telling(id=row["id"], account=account)


def _object_of(line: bytes, where: str) -> dict[str, Any]:
    """Return the JSON object of a line; raises ``ConfigError`` where it is none."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        raise ConfigError(where, f"this is no JSON object: {error}") from None
    if not isinstance(row, dict):
        raise ConfigError(where, "this is no JSON object")
    return row


def _text_of(row: dict[str, Any], key: str, where: str) -> str:
    """Return a row's text, "" where it has none; raises ``ConfigError`` for anything else."""
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ConfigError(where, f'"{key}" must be a text, not {value!r}')
    return value


def _moment_of(row: dict[str, Any], key: str, where: str) -> datetime | None:
    """Return a row's moment, UTC where it names no zone; None where it has none."""
    value = _text_of(row, key, where)
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise ConfigError(where, f'"{key}" is {value!r}; write 2026-06-01T08:00:00Z') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
