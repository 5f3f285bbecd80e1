"""Tellings: titles and texts given line by line, as JSON, and which of them are one story."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from digestbot.errors import ConfigError
from digestbot.text.identity import Account, Identity
from digestbot.text.identity.words import LEAD_LENGTH

LANGUAGES = {"eng": "en", "zho": "zh", "spa": "es", "por": "pt", "fra": "fr", "deu": "de"} | {
    "rus": "ru",
    "jpn": "ja",
    "kor": "ko",
    "ara": "ar",
}
"""Three letters of ISO 639 for the two that we use."""

_encoded = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellings:
    """The lines of a file: their ids as they were given, and what each says."""

    ids: list[str | int]
    accounts: list[Account]


def read_tellings(lines: Iterable[bytes], *, name: str) -> Tellings:
    """Return the items of a file's *lines*; blank lines are none.

    Raises ``ConfigError``, which names the line, for what is no JSON object,
    has no id or one that was there before, or a date that cannot be read.
    """
    items: dict[str | int, Account] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _object_of(line)
            items[_id_of(row, items)] = _account_of(row)
        except ValueError as error:
            raise ConfigError(f"{name}:{number}", str(error)) from None
    return Tellings(ids=list(items), accounts=list(items.values()))


def story_lines(items: Tellings) -> Iterator[str]:
    """Give a JSON line for each item, in order: its id, and the id of its story's first."""
    names = [_named(id) for id in items.ids]
    first = list(range(len(names)))
    for group in Identity(items.accounts).groups():
        for place in group:
            first[place] = group[0]
    for name, place in zip(names, first, strict=True):
        yield f'{{"id": {name}, "story": {names[place]}}}\n'


def _object_of(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(str(line, "utf-8").removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError("this is no JSON object: nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"this is no JSON object: {error}") from None
    if type(row) is not dict:
        raise ValueError("this is no JSON object")
    return row


def _id_of(row: Mapping[str, Any], known: Collection[str | int]) -> str | int:
    id = row.get("id")
    if id is None:
        raise ValueError('an item needs an "id"')
    if type(id) is not str and type(id) is not int:
        raise ValueError(f'"id" must be a text or a whole number, not {_shown(id)}')
    if id in known:
        raise ValueError(f"the id {_shown(id)} was there before")
    return id


def _account_of(row: Mapping[str, Any]) -> Account:
    language = _text_of(row, "lang")
    return Account(
        title=_text_of(row, "title"),
        # A file may hold whole articles: no more of them is kept than is looked at.
        text=_text_of(row, "text")[:LEAD_LENGTH],
        published=_moment_of(row),
        language=LANGUAGES.get(language) or language.partition("-")[0],
    )


def _text_of(row: Mapping[str, Any], key: str) -> str:
    """A row's text, "" where it has none; halves of characters are replaced."""
    value = row.get(key)
    if value is None:
        return ""
    if type(value) is not str:
        raise ValueError(f'"{key}" must be a text, not {_shown(value)}')
    if value.isascii():
        return value
    return value.encode("utf-8", "replace").decode("utf-8")


def _moment_of(row: Mapping[str, Any]) -> datetime | None:
    """A row's moment, UTC where it names no zone; None where it has none."""
    value = _text_of(row, "published").strip()
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        reason = f'"published" is {_shown(value)}; write 2026-06-01T08:00:00Z'
        raise ValueError(reason) from None


def _named(id: str | int) -> str:
    """An id in JSON; in ASCII alone where it is no valid Unicode."""
    name = _encoded(id)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(id)
    return name


def _shown(value: object) -> str:
    shown = json.dumps(value, ensure_ascii=True)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
