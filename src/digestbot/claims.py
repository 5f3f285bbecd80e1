"""Claims: texts given line by line, as JSON, with the sources that they must rest on.

A door for measuring: what it checks is what a run checks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from digestbot.text.jsonl import moment_at, read_rows, whole
from digestbot.text.verify import check


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A text and its sources; its id as it was given."""

    id: str | int
    text: str
    sources: tuple[str, ...]
    published: date | None = None


def read_claims(lines: Iterable[bytes], *, name: str) -> Iterator[Claim]:
    """Give the claims of a file's *lines*; blank lines are none.

    Raises ``ConfigError``, which names the line, for what is no such object.
    """
    return read_rows(lines, _claim, name=name)


def finding_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Give a JSON line for each of *claims*, in order: its id and its findings."""
    for claim in claims:
        findings = check(claim.text, claim.sources, published=claim.published)
        row = {"id": claim.id, "findings": [asdict(each) for each in findings]}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _claim(row: Mapping[str, Any]) -> Claim:
    id = row.get("id")
    if type(id) is not str and type(id) is not int:
        raise ValueError('"id" must be a text or a whole number')
    sources = row.get("sources")
    if type(sources) is not list or not all(type(source) is str for source in sources):
        raise ValueError('"sources" must be a list of texts')
    if type(row.get("text")) is not str:
        raise ValueError('"text" must be a text')
    moment = moment_at(row, "published")
    return Claim(
        id=whole(id) if type(id) is str else id,
        text=whole(row["text"]),
        sources=tuple(map(whole, sources)),
        published=moment.date() if moment else None,
    )
