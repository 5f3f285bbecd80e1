"""Items: news that is given line by line, as JSON, rather than by feeds; and its ranking.

A door for measuring: it leads to the same stages as a run, without state,
configuration or model.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from digestbot.errors import FormatError
from digestbot.model import Edition, Entry, Feed, Story, Topic
from digestbot.stages.dedupe import dedupe
from digestbot.stages.rank import rank

WINDOW = timedelta(hours=24)
"""The hours before the given moment that count as its day; what is older is ranked, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The entries of a file, and what was wrong with lines that hold none."""

    entries: tuple[Entry, ...]
    errors: tuple[str, ...]


def read_items(lines: Iterable[bytes], *, name: str, now: datetime) -> Items:
    """Return the entries of *lines*, one JSON object a line; blank lines are none.

    An entry's id is the item's as JSON. Its moment is its ``published``, else its
    ``first_seen``, else *now*. Each error names its line after *name*.
    """
    entries, errors = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(_object(line), now))
        except FormatError as error:
            errors.append(f"{name}:{number}: {error}")
    return Items(entries=tuple(entries), errors=tuple(errors))


def rank_items(entries: Sequence[Entry], *, now: datetime) -> list[Story]:
    """Return the stories that *entries* tell, best first as of *now*."""
    edition = Edition(
        name="items",
        date=now.date(),
        since=now - WINDOW,
        until=now,
        timezone="UTC",
        language="",
    )
    clusters = dedupe(entries)
    stories, _ = rank(clusters, edition=edition, topic=Topic())
    return stories


def row_of(story: Story) -> dict[str, Any]:
    """Return *story* as a JSON object: its lead's id, its entries' ids, score and reasons."""
    return {
        "story": json.loads(story.lead.id),
        "ids": [json.loads(entry.id) for entry in story.cluster.entries],
        "score": round(story.score, 4),
        "reasons": [
            {"name": each.name, "value": round(each.value, 4), "text": each.text}
            for each in story.reasons
        ],
    }


def moment_of(text: str) -> datetime:
    """Return the moment that *text* names in ISO 8601, in UTC where it names no zone."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        raise FormatError(f"{text!r} is no moment; write 2026-06-01T08:00Z") from None


def _object(line: bytes) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise FormatError(f"is no JSON object but {type(row).__name__}")
    return row


def _entry(row: Mapping[str, Any], now: datetime) -> Entry:
    source = _text(row, "source")
    moment = _text(row, "published", default="") or _text(row, "first_seen", default="")
    title = _text(row, "title").strip()
    if not title:
        raise FormatError("its title is empty")
    return Entry(
        id=_id(row),
        feed=Feed(url=source, name=source),
        url=_text(row, "url", default=""),
        title=title,
        published=moment_of(moment) if moment else now,
        dated=bool(moment),
    )


def _id(row: Mapping[str, Any]) -> str:
    """An item's id as JSON, so that it goes out as it came in: a number, or a text."""
    value = row.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return json.dumps(value)
    return json.dumps(_text(row, "id"))


def _text(row: Mapping[str, Any], key: str, *, default: str | None = None) -> str:
    """The text under *key*, with what is no valid Unicode replaced; null counts as missing."""
    value = row.get(key)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise FormatError(f"has no {key}" if value is None else f"its {key} is no text")
    return value.encode("utf-8", "replace").decode("utf-8")
