"""The record of an edition as rows: its report, and what became of each candidate."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select

from digestbot.adapters.store.tables import candidates, entries, runs
from digestbot.model import Candidate, Cluster, Entry, Feed, Reason, Report, Story
from digestbot.text.reports import from_dict, to_json

TEXTS = ("excerpt", "content", "guid", "language", "dated")
"""What of an entry is not written down twice: it is in the table of the entries, while kept."""


def record(connection: Connection, report: Report) -> None:
    """Keep *report*; its candidates, if it has any, replace those of its edition."""
    (run,) = connection.execute(
        insert(runs).returning(runs.c.id),
        {"edition": report.edition.key, "started": report.started, "report": to_json(report)},
    ).one()
    if report.candidates:
        earlier = select(runs.c.id).where(runs.c.edition == report.edition.key)
        connection.execute(delete(candidates).where(candidates.c.run.in_(earlier)))
        rows = [_row_of(each) | {"run": run} for each in report.candidates]
        connection.execute(insert(candidates), rows)


def report(connection: Connection, name: str, *, day: date | None) -> Report | None:
    """Return the record of the edition called *name*, of *day*'s or of the last that was run."""
    edition = f"{name}/{day.isoformat()}" if day else _last(connection, name)
    ranked = select(candidates.c.id).where(candidates.c.run == runs.c.id).exists()
    row = connection.execute(
        select(runs)
        .where(runs.c.edition == edition)
        .order_by(ranked.desc(), runs.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    found = from_dict(json.loads(row.report))
    kept = _candidates(connection, row.id, edition=row.edition)
    stories = tuple(each.story for each in kept if each.chosen)
    return replace(found, candidates=tuple(kept), stories=stories)


def _last(connection: Connection, name: str) -> str | None:
    """The key of the edition called *name* that was run last."""
    of_name = runs.c.edition.startswith(f"{name}/", autoescape=True)
    keys = select(runs.c.edition).where(of_name).order_by(runs.c.id.desc())
    return connection.execute(keys.limit(1)).scalar()


def _candidates(connection: Connection, run: int, *, edition: str) -> list[Candidate]:
    rows = connection.execute(
        select(candidates).where(candidates.c.run == run).order_by(candidates.c.id)
    ).all()
    told = [json.loads(row.entries) for row in rows]
    texts = _texts(connection, [each["id"] for entries in told for each in entries])
    return [
        _candidate(row, [_entry(each, texts) for each in entries], edition=edition)
        for row, entries in zip(rows, told, strict=True)
    ]


def _texts(connection: Connection, ids: list[str]) -> dict[str, Mapping[str, Any]]:
    """What else is known of the entries with these *ids*, as far as they are still kept."""
    wanted = select(func.json_each(json.dumps(ids)).table_valued("value").c.value)
    columns = [entries.c[name] for name in ("id", *TEXTS)]
    rows = connection.execute(select(*columns).where(entries.c.id.in_(wanted)))
    return {row.id: {name: row._mapping[name] for name in TEXTS} for row in rows}


def _candidate(row: Row[Any], told: list[Entry], *, edition: str) -> Candidate:
    lead, *others = told
    reasons = tuple(Reason(**each) for each in json.loads(row.reasons))
    return Candidate(
        edition=edition,
        story=Story(
            cluster=Cluster(lead=lead, others=tuple(others)), score=row.score, reasons=reasons
        ),
        place=row.place,
        chosen=row.chosen,
        stage=row.stage,
        reason=row.reason,
    )


def _entry(written: Mapping[str, str], texts: Mapping[str, Mapping[str, Any]]) -> Entry:
    return Entry(
        id=written["id"],
        feed=Feed(url=written["feed"], name=written["source"]),
        url=written["url"],
        title=written["title"],
        published=datetime.fromisoformat(written["published"]),
        **texts.get(written["id"], {}),
    )


def _row_of(candidate: Candidate) -> dict[str, Any]:
    story = candidate.story
    return {
        "place": candidate.place,
        "story": story.lead.id,
        "url": story.lead.url,
        "title": story.lead.title,
        "score": story.score,
        "reasons": _json(
            {"name": each.name, "value": each.value, "text": each.text} for each in story.reasons
        ),
        "entries": _json(_written(entry) for entry in story.cluster.entries),
        "chosen": candidate.chosen,
        "stage": candidate.stage,
        "reason": candidate.reason,
    }


def _written(entry: Entry) -> dict[str, str]:
    return {
        "id": entry.id,
        "feed": entry.feed.url,
        "source": entry.feed.name,
        "url": entry.url,
        "title": entry.title,
        "published": entry.published.isoformat(),
    }


def _json(values: Iterable[Mapping[str, object]]) -> str:
    return json.dumps(list(values), ensure_ascii=False)
