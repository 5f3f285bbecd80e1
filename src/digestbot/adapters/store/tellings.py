"""What posts have told, row by row: read, added, forgotten, barred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from digestbot.adapters.store.tables import posts
from digestbot.adapters.store.tables import told as rows
from digestbot.model import Edition, Told

_COLUMNS = tuple(column.name for column in rows.c if column.name not in ("id", "post"))

_THESE = (
    rows.c.post.in_(select(posts.c.id).where(posts.c.edition == bindparam("in_edition"))),
    rows.c.thread == bindparam("of_thread"),
    rows.c.url == bindparam("of_url"),
)
"""The rows of one entry of a told story."""


def told(connection: Connection, *, since: datetime, but: Edition | None) -> list[Told]:
    """Return what confirmed posts of other editions, closed after *since*, have told.

    What is barred is there in any case. The oldest edition comes first, each
    story's lead before its other entries.
    """
    wanted = posts.c.until > since
    if but is not None:
        wanted &= posts.c.edition != but.key
    found = connection.execute(
        select(posts.c.edition, posts.c.until, *(rows.c[name] for name in _COLUMNS))
        .join_from(posts, rows, rows.c.post == posts.c.id)
        .where(posts.c.confirmed, or_(wanted, rows.c.barred))
        .order_by(posts.c.until, posts.c.id, rows.c.id)
    )
    return [
        Told(edition=edition, closed=until, **dict(zip(_COLUMNS, values, strict=True)))
        for edition, until, *values in found
    ]


def add(connection: Connection, post: int, told: Iterable[Told]) -> None:
    """Note what the post of that number tells."""
    values = [{"post": post} | {name: getattr(each, name) for name in _COLUMNS} for each in told]
    if values:
        connection.execute(insert(rows), values)


def remember(connection: Connection, told: Sequence[Told]) -> list[Told]:
    """Add what editions told of which nothing is known, and return it."""
    known = set(connection.execute(select(posts.c.edition).where(posts.c.confirmed)).scalars())
    editions: defaultdict[str, list[Told]] = defaultdict(list)
    for each in told:
        if each.edition not in known:
            editions[each.edition].append(each)
    for edition, tellings in editions.items():
        add(connection, _post_read_back(connection, edition, tellings), tellings)
    return [each for tellings in editions.values() for each in tellings]


def forget(connection: Connection, told: Iterable[Told]) -> None:
    """Remove these rows; their editions stay known."""
    if places := _places(told):
        connection.execute(delete(rows).where(*_THESE), places)


def bar(connection: Connection, told: Iterable[Told]) -> None:
    """Mark these rows as never to be told again."""
    if places := _places(told):
        connection.execute(update(rows).where(*_THESE).values(barred=True), places)


def _places(told: Iterable[Told]) -> list[dict[str, Any]]:
    return [
        {"in_edition": each.edition, "of_thread": each.thread, "of_url": each.url} for each in told
    ]


def _post_read_back(connection: Connection, edition: str, tellings: Sequence[Told]) -> int:
    """The number of a new post without a path: its file may have been edited since it was ours."""
    values = {
        "edition": edition,
        "until": max(each.closed for each in tellings),
        "path": b"",
        "sha256": "",
        "confirmed": True,
    }
    made = connection.execute(insert(posts).returning(posts.c.id), values)
    return int(made.scalar_one())
