"""Embeddings in the state: a row of single-precision numbers for a model and a key."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from digestbot.adapters.store.tables import vectors
from digestbot.ports import Row

AT_ONCE = 500
"""Keys that are asked for in one statement."""

SINGLE = "f"
"""Four bytes a number: what embedding models give."""


def kept(connection: Connection, model: str, keys: Sequence[str]) -> dict[str, Row]:
    """Return the rows of *model* under *keys*, those that are known."""
    found: dict[str, Row] = {}
    for place in range(0, len(keys), AT_ONCE):
        wanted = select(vectors.c.key, vectors.c.row).where(
            vectors.c.model == model, vectors.c.key.in_(keys[place : place + AT_ONCE])
        )
        found |= {key: list(array(SINGLE, row)) for key, row in connection.execute(wanted)}
    return found


def keep(connection: Connection, model: str, rows: Mapping[str, Row], *, moment: datetime) -> None:
    """Keep *rows* of *model* by key, in place of earlier ones."""
    if not rows:
        return
    fresh = insert(vectors)
    connection.execute(
        fresh.on_conflict_do_update(
            index_elements=["model", "key"],
            set_={"row": fresh.excluded.row, "saved": fresh.excluded.saved},
        ),
        [
            {"model": model, "key": key, "row": array(SINGLE, row).tobytes(), "saved": moment}
            for key, row in rows.items()
        ],
    )
