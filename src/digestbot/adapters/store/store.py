"""The store on SQLite: feeds, entries, told stories, replies and runs."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, case, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from digestbot.adapters.lock import hold
from digestbot.adapters.store import candidates, choices, memory, tables, tellings, vectors
from digestbot.adapters.store.engine import FILE, explain, open_engine, writer
from digestbot.errors import StoreError
from digestbot.model import (
    Choice,
    Edition,
    Entry,
    Feed,
    FeedFigures,
    FeedState,
    Page,
    Post,
    Reply,
    Report,
    Told,
)
from digestbot.ports import Row

MEMORY = timedelta(days=30)
"""How long editions look back, where nobody says."""


class SqlStore:
    """Remembers what later runs need, in ``state.db`` of a state folder.

    Every method may be called from any thread, and by several processes; each
    is one transaction. Feeds' addresses are kept as they are configured, so a
    new state file is its owner's only; reports hold them redacted.
    """

    def __init__(self, engine: Engine, folder: Path, *, memory: timedelta) -> None:
        self.folder = folder
        self._told_kept = 2 * memory
        self._engine = engine
        self._writer = writer(engine)
        # Threads of ours queue here: SQLite's own waiting is polling, and not in order.
        self._turn = threading.Lock()

    @classmethod
    def open(cls, folder: Path, *, memory: timedelta = MEMORY) -> Self:
        """Open the state in *folder*, made where there is none; raises ``StoreError``.

        What was told is kept for twice the *memory* that editions look back.
        """
        with _edge(folder):
            engine = open_engine(folder)
        store = cls(engine, folder, memory=memory)
        try:
            store._settle()
        except StoreError:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the file; the store cannot be used any more."""
        with _edge(self.folder):
            self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def feed_states(self) -> dict[str, FeedState]:
        """Return what is known of each feed, by its address."""
        with self._reading() as connection:
            rows = connection.execute(select(tables.feeds)).all()
        states = (FeedState(**dict(zip(_STATE, row, strict=True))) for row in rows)
        return {state.url: state for state in states}

    def save_feed_states(self, states: Iterable[FeedState]) -> None:
        """Keep the feeds' states, replacing earlier ones."""
        fresh = insert(tables.feeds)
        replaced = {c.name: fresh.excluded[c.name] for c in tables.feeds.c if c.name != "url"}
        upsert = fresh.on_conflict_do_update(index_elements=["url"], set_=replaced)
        self._write_all(upsert, [_row_of_state(state) for state in states])

    def first_seen(self, keys: Collection[str], *, stamp: datetime) -> dict[str, datetime]:
        """Return when each undated record was first seen, noting new ones with *stamp*."""
        if not keys:
            return {}
        table = tables.first_seen
        # An update that changes nothing, so that the rows of old keys are returned as well.
        upsert = insert(table).on_conflict_do_update(
            index_elements=["key"], set_={"key": table.c.key}
        )
        with self._writing() as connection:
            rows = connection.execute(
                upsert.returning(table.c.key, table.c.moment),
                [{"key": key, "moment": stamp} for key in dict.fromkeys(keys)],
            ).all()
        return {row.key: row.moment for row in rows}

    def save_entries(self, entries: Iterable[Entry]) -> None:
        """Keep entries; one seen before keeps its earliest ``published``."""
        table, fresh = tables.entries, insert(tables.entries)
        earlier = fresh.excluded.published < table.c.published
        replaced: dict[str, Any] = {
            column.name: fresh.excluded[column.name] for column in table.c if column.name != "id"
        } | {
            "published": func.min(table.c.published, fresh.excluded.published),
            "dated": case((earlier, fresh.excluded.dated), else_=table.c.dated),
        }
        upsert = fresh.on_conflict_do_update(index_elements=["id"], set_=replaced)
        self._write_all(upsert, [_row_of(entry) for entry in entries])

    def entries(self, feeds: Iterable[Feed], *, since: datetime, until: datetime) -> list[Entry]:
        """Return kept entries of *feeds* with ``since < published <= until``, oldest first.

        Each has its feed as it is given here.
        """
        table, wanted = tables.entries, {feed.url: feed for feed in feeds}
        columns = [table.c[name] for name in ("feed_url", *_ENTRY)]
        window = select(*columns).where(table.c.published > since, table.c.published <= until)
        with self._reading() as connection:
            rows = connection.execute(window.order_by(table.c.published, table.c.id)).all()
        return [
            Entry(feed=wanted[url], **dict(zip(_ENTRY, values, strict=True)))
            for url, *values in rows
            if url in wanted
        ]

    def feed_figures(self, *, since: datetime) -> dict[str, FeedFigures]:
        """Return what each feed brought since then, by its address."""
        table = tables.entries
        told = select(tables.told.c.url).distinct().subquery()
        counts = (
            select(
                table.c.feed_url,
                func.count().label("entries"),
                func.min(table.c.published).label("first"),
                func.max(table.c.published).label("last"),
                func.count(told.c.url).label("used"),
            )
            .join_from(table, told, told.c.url == table.c.url, isouter=True)
            .where(table.c.published > since)
            .group_by(table.c.feed_url)
        )
        with self._reading() as connection:
            rows = connection.execute(counts).all()
        return {row.feed_url: _figures(row) for row in rows}

    def pages(self, urls: Collection[str]) -> dict[str, Page]:
        """Return the pages that are kept of these addresses, by address."""
        table = tables.pages
        columns = [column for column in table.c if column.name != "saved"]
        with self._reading() as connection:
            rows = connection.execute(select(*columns).where(table.c.url.in_(urls))).all()
        return {row.url: Page(**row._mapping) for row in rows}

    def save_pages(self, pages: Iterable[Page]) -> None:
        """Keep pages, in place of earlier ones of the same address."""
        fresh = insert(tables.pages)
        replaced = {c.name: fresh.excluded[c.name] for c in tables.pages.c if c.name != "url"}
        upsert = fresh.on_conflict_do_update(index_elements=["url"], set_=replaced)
        now = datetime.now(UTC)
        self._write_all(upsert, [_row_of_page(page) | {"saved": now} for page in pages])

    def told(self, *, since: datetime, but: Edition | None = None) -> list[Told]:
        """Return what editions other than *but*, which closed after *since*, have told.

        And what is barred, of all editions. The oldest comes first, each
        story's lead before its other entries.
        """
        self._settle()
        with self._reading() as connection:
            return tellings.told(connection, since=since, but=but)

    def remember(self, told: Sequence[Told]) -> list[Told]:
        """Add what editions told of which nothing is known, and return it."""
        self._settle()
        with self._writing() as connection:
            return tellings.remember(connection, told)

    def forget(self, told: Iterable[Told]) -> None:
        """Forget that these were told; their editions stay known."""
        with self._writing() as connection:
            tellings.forget(connection, told)

    def bar(self, told: Iterable[Told]) -> None:
        """Never let these be told again."""
        with self._writing() as connection:
            tellings.bar(connection, told)

    def record_post(self, post: Post, *, edition: Edition, told: Sequence[Told]) -> None:
        """Note that *post* is about to be put in its place, and what it tells.

        Until :meth:`confirm_post` it counts only if the file is there with
        these bytes; an earlier post of the edition counts until then.
        """
        with self._writing() as connection:
            memory.record(connection, post, edition=edition, told=told)

    def confirm_post(self, edition: Edition) -> None:
        """Note that the recorded post of *edition* is in its place."""
        with self._writing() as connection:
            memory.confirm(connection, edition.key)

    def wrote(self, path: Path, content: bytes) -> bool:
        """Whether *content* is what a recorded post put at *path*: nobody has edited it."""
        table = tables.posts
        ours = select(table.c.id).where(
            table.c.path == memory.path_of(path),
            table.c.sha256 == hashlib.sha256(content).hexdigest(),
        )
        with self._reading() as connection:
            return connection.execute(ours).first() is not None

    def vectors(self, model: str, keys: Sequence[str]) -> dict[str, Row]:
        """Return the rows of *model* kept under *keys*, those that are known."""
        with self._reading() as connection:
            return vectors.kept(connection, model, keys)

    def save_vectors(self, model: str, rows: Mapping[str, Row]) -> None:
        """Keep rows of *model* by key, in single precision, in place of earlier ones."""
        with self._writing() as connection:
            vectors.keep(connection, model, rows, moment=datetime.now(UTC))

    def reply(self, key: str) -> Reply | None:
        """Return the reply kept under *key*."""
        table = tables.replies
        kept = select(table.c.text, table.c.finish).where(table.c.key == key)
        with self._reading() as connection:
            row = connection.execute(kept).first()
        return row and Reply(text=row.text, finish=row.finish, cached=True)

    def save_reply(self, key: str, reply: Reply) -> None:
        """Keep *reply* under *key*, in place of an earlier one."""
        values = {"text": reply.text, "finish": reply.finish, "saved": datetime.now(UTC)}
        fresh = insert(tables.replies).values(key=key, **values)
        with self._writing() as connection:
            connection.execute(fresh.on_conflict_do_update(index_elements=["key"], set_=values))

    def choices(self) -> list[Choice]:
        """Return an editor's choices, in the order in which they were made."""
        with self._reading() as connection:
            return choices.kept(connection)

    def save_choices(self, made: Iterable[Choice]) -> None:
        """Keep choices; one about the same story of the same edition takes the earlier's place."""
        with self._writing() as connection:
            choices.keep(connection, made)

    def take_back(self, number: int) -> None:
        """Forget the choice with this number."""
        with self._writing() as connection:
            choices.take_back(connection, number)

    def forget_taste(self, subject: str, *, moment: datetime) -> None:
        """Note that choices up to *moment* are to teach nothing of *subject*."""
        with self._writing() as connection:
            choices.forget(connection, subject, moment=moment)

    def forgotten_taste(self) -> dict[str, datetime]:
        """Return what taste is to forget, with the moment up to which it is."""
        with self._reading() as connection:
            return choices.forgotten_subjects(connection)

    def save_report(self, report: Report) -> None:
        """Keep the record of a run, and forget what no run needs any more."""
        with self._writing() as connection:
            candidates.record(connection, report)
            # A run with a clock set to the future must not empty the memory of today's.
            now = min(report.started, datetime.now(UTC))
            memory.prune(connection, now=now, told_kept=self._told_kept)

    def report(self, name: str, *, day: date | None = None) -> Report | None:
        """Return the record of the edition called *name*, of *day*'s or of the last that was run.

        Of its runs that is the last one that had candidates, if any had.
        """
        with self._reading() as connection:
            return candidates.report(connection, name, day=day)

    def runs(self, limit: int) -> list[dict[str, Any]]:
        """Return the records of the last *limit* runs, newest first, as ``to_dict`` made them."""
        table = tables.runs
        with self._reading() as connection:
            rows = connection.execute(
                select(table.c.report).order_by(table.c.id.desc()).limit(limit)
            ).all()
        return [json.loads(row.report) for row in rows]

    def lock(self, *, timeout: float) -> AbstractContextManager[None]:
        """Hold the state folder for one run; after *timeout* seconds ``EditionLockedError``."""
        return hold(self.folder, timeout=timeout)

    def _settle(self) -> None:
        """Confirm posts that are in their place though their run ended before saying so."""
        with self._reading() as connection:
            in_place = memory.unconfirmed_in_place(connection)
        if in_place:
            with self._writing() as connection:
                for edition in in_place:
                    memory.confirm(connection, edition)

    def _write_all(self, statement: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            with self._writing() as connection:
                connection.execute(statement, rows)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _edge(self.folder), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._turn, _edge(self.folder), self._writer.begin() as connection:
            yield connection


@contextmanager
def _edge(folder: Path) -> Iterator[None]:
    """Turn what the database and the disk raise into a ``StoreError``."""
    try:
        yield
    except (SQLAlchemyError, UnicodeError, OSError) as error:
        raise explain(error, folder / FILE) from error


_STATE = tuple(column.name for column in tables.feeds.c)
_state_values = attrgetter(*_STATE)


def _row_of_state(state: FeedState) -> dict[str, Any]:
    # asdict copies every moment: 40 µs a feed.
    return dict(zip(_STATE, _state_values(state), strict=True))


_ENTRY = (
    "id", "url", "title", "published", "excerpt", "content", "guid", "language", "dated",
)  # fmt: skip


def _row_of(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "feed_url": entry.feed.url,
        "feed_name": entry.feed.name,
        "url": entry.url,
        "title": entry.title,
        "published": entry.published,
        "excerpt": entry.excerpt,
        "content": entry.content,
        "guid": entry.guid,
        "language": entry.language,
        "dated": entry.dated,
    }


def _figures(row: Any) -> FeedFigures:
    """An entry a day for a feed with one entry a day; a feed with a single entry has one a day."""
    days = max((row.last - row.first) / timedelta(days=1), 1.0)
    return FeedFigures(entries_a_day=row.entries / days, used=row.used / row.entries)


def _row_of_page(page: Page) -> dict[str, Any]:
    unkept = ("reason", "headings")
    return {name: value for name, value in asdict(page).items() if name not in unkept}
