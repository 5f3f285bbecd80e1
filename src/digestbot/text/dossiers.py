"""Dossiers as JSON: what a post rests on, kept as a file, and read back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeVar

from digestbot.errors import FormatError
from digestbot.model import (
    Dossier,
    Doubt,
    Edition,
    Match,
    Origin,
    Passage,
    Place,
    Section,
    Sentence,
    Source,
)
from digestbot.text.redaction import redacted

VERSION = 1

T = TypeVar("T")


def to_json(dossier: Dossier) -> str:
    """Return *dossier* as JSON, without secrets of feeds; :func:`from_json` undoes it."""
    record = {"version": VERSION} | asdict(dossier)
    for section in (*record["items"], record["editorial"]):
        for source in section["sources"]:  # a feed without a name is called by its address
            source["publisher"] = redacted(source["publisher"])
    text = json.dumps(record, ensure_ascii=False, indent=1, default=_written)
    return text.encode("utf-8", "replace").decode("utf-8")


def from_json(text: str) -> Dossier:
    """Return the dossier that *text* holds; raises ``FormatError`` if it holds none."""
    try:
        record = json.loads(text)
        if record["version"] != VERSION:
            raise FormatError(f"evidence of version {record['version']}, not {VERSION}")
        return Dossier(
            edition=_edition(record["edition"]),
            post=str(record["post"]),
            sha256=str(record["sha256"]),
            model=str(record["model"]),
            prompts=tuple((str(name), str(words)) for name, words in record["prompts"]),
            items=_each(record["items"], _section),
            editorial=_section(record["editorial"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise FormatError(f"this is no post's evidence: {error!r}") from error


def _written(value: object) -> str:
    if isinstance(value, date):  # a moment is one, too
        return value.isoformat()
    raise TypeError(f"no JSON: {value!r}")


def _each(records: Iterable[Any], read: Callable[[Any], T]) -> tuple[T, ...]:
    return tuple(read(record) for record in records)


def _edition(record: Mapping[str, Any]) -> Edition:
    moments = {name: datetime.fromisoformat(record[name]) for name in ("since", "until")}
    return Edition(**{**record, **moments, "date": date.fromisoformat(record["date"])})


def _section(record: Mapping[str, Any]) -> Section:
    return Section(
        title=record["title"],
        url=record["url"],
        passages=_each(record["passages"], _passage),
        sources=_each(record["sources"], _source),
        repairs=tuple(record["repairs"]),
    )


def _source(record: Mapping[str, Any]) -> Source:
    published = record["published"]
    return Source(
        publisher=record["publisher"],
        url=record["url"],
        published=None if published is None else datetime.fromisoformat(published),
        sentences=tuple(record["sentences"]),
    )


def _passage(record: Mapping[str, Any]) -> Passage:
    return Passage(
        name=record["name"],
        origin=Origin(record["origin"]),
        sentences=_each(record["sentences"], _sentence),
    )


def _sentence(record: Mapping[str, Any]) -> Sentence:
    return Sentence(
        text=record["text"],
        evidence=tuple((source, number) for source, number in record["evidence"]),
        matches=_each(record["matches"], _match),
        doubts=_each(record["doubts"], lambda doubt: Doubt(**doubt)),
    )


def _match(record: Mapping[str, Any]) -> Match:
    place = record["place"]
    return Match(**{**record, "place": None if place is None else Place(**place)})
