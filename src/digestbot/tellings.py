"""Tellings: titles and texts given line by line, as JSON, and which of them are one story."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from digestbot.text.identity import Account, Identity
from digestbot.text.identity.words import LEAD_LENGTH
from digestbot.text.jsonl import read_rows, shown, text_at, utc_at

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

    def read(row: Mapping[str, Any]) -> tuple[str | int, Account]:
        return _id_of(row, items), _account_of(row)

    for id, account in read_rows(lines, read, name=name):
        items[id] = account
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


def _id_of(row: Mapping[str, Any], known: Collection[str | int]) -> str | int:
    id = row.get("id")
    if id is None:
        raise ValueError('an item needs an "id"')
    if type(id) is not str and type(id) is not int:
        raise ValueError(f'"id" must be a text or a whole number, not {shown(id)}')
    if id in known:
        raise ValueError(f"the id {shown(id)} was there before")
    return id


def _account_of(row: Mapping[str, Any]) -> Account:
    language = text_at(row, "lang")
    return Account(
        title=text_at(row, "title"),
        # A file may hold whole articles: no more of them is kept than is looked at.
        text=text_at(row, "text")[:LEAD_LENGTH],
        published=utc_at(row, "published") if text_at(row, "published").strip() else None,
        language=LANGUAGES.get(language) or language.partition("-")[0],
    )


def _named(id: str | int) -> str:
    """An id in JSON; in ASCII alone where it is no valid Unicode."""
    name = _encoded(id)
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(id)
    return name
