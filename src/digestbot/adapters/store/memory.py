"""The memory of editions: which posts there are, and what is forgotten.

A post is recorded before it is put in its place and confirmed afterwards. A
run killed in between leaves a record that counts exactly if the file is there
with the recorded bytes, so what was told is what readers have seen.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from digestbot.adapters.store import tellings
from digestbot.adapters.store.tables import (
    candidates,
    entries,
    feeds,
    pages,
    posts,
    replies,
    runs,
    vectors,
)
from digestbot.adapters.store.tables import told as rows
from digestbot.model import Edition, Post, Told

ENTRIES_KEPT = timedelta(days=40)
"""Entries: a month's edition, and some days for a feed that was silent."""

PAGES_KEPT = timedelta(days=35)
"""Pages: an edition of the last month can be made again without a visit."""

REPLIES_KEPT = timedelta(days=35)
"""Replies of models, and their vectors: an edition of the last month can be made again for
nothing."""

RUNS_KEPT = timedelta(days=90)
"""Records of runs."""


def record(connection: Connection, post: Post, *, edition: Edition, told: Sequence[Told]) -> None:
    """Note a post that is about to be put in its place, beside a confirmed one if there is."""
    if edition.key in unconfirmed_in_place(connection):
        confirm(connection, edition.key)
    _forget(connection, _ids(connection, edition.key, confirmed=False))
    (number,) = connection.execute(
        insert(posts).returning(posts.c.id),
        {
            "edition": edition.key,
            "until": edition.until,
            "path": path_of(post.path),
            "sha256": hashlib.sha256(post.text.encode("utf-8")).hexdigest(),
            "confirmed": False,
        },
    ).one()
    tellings.add(connection, number, told)


def confirm(connection: Connection, edition: str) -> None:
    """Let the unconfirmed post of *edition* take the place of its confirmed one.

    What is barred stays so in the post that is made again.
    """
    fresh = _ids(connection, edition, confirmed=False)
    if fresh:
        old = _ids(connection, edition, confirmed=True)
        barred = rows.c.post.in_(old) & rows.c.barred
        connection.execute(update(rows).where(barred).values(post=fresh[0]))
        _forget(connection, old)
        connection.execute(update(posts).where(posts.c.id.in_(fresh)).values(confirmed=True))


def unconfirmed_in_place(connection: Connection) -> set[str]:
    """Return the editions whose recorded post is in its place, though nobody said so."""
    rows = connection.execute(select(posts).where(~posts.c.confirmed)).all()
    return {row.edition for row in rows if _sha256(row.path) == row.sha256}


def path_of(path: Path) -> bytes:
    """Return *path* as it is recorded: absolute, without links, in the system's bytes."""
    return os.fsencode(os.path.realpath(path))


def prune(connection: Connection, *, now: datetime, told_kept: timedelta) -> None:
    """Forget what is older than we keep it; what is barred stays."""
    oldest = now - ENTRIES_KEPT
    connection.execute(delete(entries).where(entries.c.published <= oldest))
    # What is gone must not count as kept: a longer window has to read such a feed anew.
    connection.execute(update(feeds).where(feeds.c.kept_since < oldest).values(kept_since=oldest))
    connection.execute(delete(replies).where(replies.c.saved < now - REPLIES_KEPT))
    connection.execute(delete(vectors).where(vectors.c.saved < now - REPLIES_KEPT))
    connection.execute(delete(pages).where(pages.c.saved < now - PAGES_KEPT))
    connection.execute(delete(runs).where(runs.c.started < now - RUNS_KEPT))
    connection.execute(delete(candidates).where(candidates.c.run.not_in(select(runs.c.id))))
    old = select(posts.c.id).where(posts.c.until < now - told_kept)
    connection.execute(delete(rows).where(rows.c.post.in_(old), ~rows.c.barred))
    told = select(rows.c.post)
    connection.execute(
        delete(posts).where(posts.c.until < now - told_kept, posts.c.id.not_in(told))
    )


def _ids(connection: Connection, edition: str, *, confirmed: bool) -> Sequence[int]:
    chosen = select(posts.c.id).where(posts.c.edition == edition, posts.c.confirmed.is_(confirmed))
    return connection.execute(chosen).scalars().all()


def _forget(connection: Connection, numbers: Collection[int]) -> None:
    connection.execute(delete(rows).where(rows.c.post.in_(numbers)))
    connection.execute(delete(posts).where(posts.c.id.in_(numbers)))


def _sha256(path: bytes) -> str:
    try:
        return hashlib.sha256(Path(os.fsdecode(path)).read_bytes()).hexdigest()
    except OSError:
        return ""
