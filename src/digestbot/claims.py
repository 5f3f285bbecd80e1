"""Claims: texts given line by line, as JSON, with the sources that they must rest on.

A door for measuring: what it checks is what a run checks.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from digestbot.errors import ConfigError
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
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield _claim(line)
        except ValueError as error:
            raise ConfigError(f"{name}:{number}", str(error)) from None


def finding_lines(claims: Iterable[Claim]) -> Iterator[str]:
    """Give a JSON line for each of *claims*, in order: its id and its findings."""
    for claim in claims:
        findings = check(claim.text, claim.sources, published=claim.published)
        row = {"id": claim.id, "findings": [asdict(each) for each in findings]}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _claim(line: bytes) -> Claim:
    row = _row(line)
    id = row.get("id")
    if type(id) is not str and type(id) is not int:
        raise ValueError('"id" must be a text or a whole number')
    sources = row.get("sources")
    if type(sources) is not list or not all(type(source) is str for source in sources):
        raise ValueError('"sources" must be a list of texts')
    if type(row.get("text")) is not str:
        raise ValueError('"text" must be a text')
    return Claim(
        id=_valid(id) if type(id) is str else id,
        text=_valid(row["text"]),
        sources=tuple(map(_valid, sources)),
        published=_day(row.get("published")),
    )


def _row(line: bytes) -> dict[str, Any]:
    try:
        row = json.loads(str(line, "utf-8").removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError("this is no JSON object: nested too deeply") from None
    except ValueError as error:
        raise ValueError(f"this is no JSON object: {error}") from None
    if type(row) is not dict:
        raise ValueError("this is no JSON object")
    return row


def _valid(text: str) -> str:
    """*text* with halves of characters replaced, one for one, so that places stay."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _day(value: object) -> date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        reason = f'"published" is {json.dumps(value)[:60]}; write 2026-06-01T08:00:00Z'
        raise ValueError(reason) from None
