"""What an editor chose, as rows: choices, and what taste is to forget."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from digestbot.adapters.store.tables import choices, forgotten
from digestbot.model import Choice


def kept(connection: Connection) -> list[Choice]:
    """Return all choices, in the order in which they were made."""
    rows = connection.execute(select(choices).order_by(choices.c.number))
    return [
        Choice(**{**row._mapping, "sources": tuple(json.loads(row.sources))})  # by their names
        for row in rows
    ]


def keep(connection: Connection, made: Iterable[Choice]) -> None:
    """Keep choices; one about the same story of the same edition takes the earlier's place."""
    for each in made:
        same = (choices.c.edition == each.edition, choices.c.url == each.url)
        connection.execute(delete(choices).where(*same))
        connection.execute(
            insert(choices),
            {
                "edition": each.edition,
                "url": each.url,
                "title": each.title,
                "sources": json.dumps(each.sources, ensure_ascii=False),
                "picked": each.picked,
                "made": each.made,
            },
        )


def take_back(connection: Connection, number: int) -> None:
    """Forget the choice with this number."""
    connection.execute(delete(choices).where(choices.c.number == number))


def forget(connection: Connection, subject: str, *, moment: datetime) -> None:
    """Note that choices up to *moment* are to teach nothing of *subject*."""
    fresh = upsert(forgotten).values(subject=subject, moment=moment)
    replaced = fresh.on_conflict_do_update(index_elements=["subject"], set_={"moment": moment})
    connection.execute(replaced)


def forgotten_subjects(connection: Connection) -> dict[str, datetime]:
    """Return what is to be forgotten, with the moment up to which it is."""
    rows = connection.execute(select(forgotten)).all()
    return {row.subject: row.moment for row in rows}
