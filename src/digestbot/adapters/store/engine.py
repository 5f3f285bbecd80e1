"""The SQLite file behind the store: how it is opened, and what its failures mean."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import tenacity
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    TextClause,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateColumn

from digestbot.adapters.store.tables import CHANGES, VERSION, metadata
from digestbot.errors import StoreError

FILE = "state.db"

BUSY = 30.0
"""Seconds to wait for another process's write to end; ours take milliseconds."""

PAUSE = 0.02
"""Seconds, at most, before the next try to switch a new file to its journal."""

_OWNER_ONLY = 0o600
"""The mode of a new state file: addresses of feeds may hold a password."""

_WAYS_OUT = (
    ("SQLITE_NOTADB", "is not a database: move it away, and the next run starts a new one"),
    ("SQLITE_CORRUPT", "is damaged: move it away, and the next run starts a new one"),
    ("SQLITE_FULL", "cannot grow, the disk is full: make room and run again"),
    ("SQLITE_BUSY", "has been held by another program for too long: run again later"),
    ("SQLITE_READONLY", "cannot be written: check who owns it, or give another state folder"),
    ("SQLITE_CANTOPEN", "cannot be opened: check who owns it, or give another state folder"),
    ("SQLITE_IOERR", "cannot be read or written: check the disk, and whether it is full"),
)
"""What SQLite's error codes (their beginnings) mean for the file, and what to do."""


def open_engine(folder: Path) -> Engine:
    """Return an engine on the state file in *folder*, made where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    os.close(os.open(file, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
    engine = create_engine(
        URL.create("sqlite", database=os.fspath(file)),
        connect_args={"timeout": BUSY},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    try:
        _check_schema(engine, file)
    except BaseException:
        engine.dispose()
        raise
    return engine


def writer(engine: Engine) -> Engine:
    """Return a view of *engine* whose transactions take the write lock when they begin.

    One that took it later could fail with "database is locked" half-way.
    """
    return engine.execution_options(begin="BEGIN IMMEDIATE")


def explain(error: Exception, file: Path) -> StoreError:
    """Return what *error* means for the state in *file*, and what to do about it."""
    if isinstance(error, UnicodeError):
        return StoreError(f"{file} cannot hold a text that is not valid Unicode ({error})")
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorname", "")
        for beginning, way_out in _WAYS_OUT:
            if code.startswith(beginning):
                return StoreError(f"{file} {way_out} ({cause})")
    reason = getattr(cause, "strerror", None) or cause
    return StoreError(f"{file} cannot be used as digestbot's state: {reason}")


def _prepare(connection: Any, _record: object) -> None:
    # Python's own transaction handling begins too late for us; "begin" below does it.
    connection.isolation_level = None
    _switch_to_wal(connection)


def _is_busy(error: BaseException) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")


# Two runs that make a new file at once: SQLite tells one at once that it is busy, as its wait
# for the other to let go could never end.
@tenacity.retry(
    retry=tenacity.retry_if_exception(_is_busy),
    wait=tenacity.wait_random(0, PAUSE),
    stop=tenacity.stop_after_delay(BUSY),
    reraise=True,
)
def _switch_to_wal(connection: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL").close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _check_schema(engine: Engine, file: Path) -> None:
    with engine.connect() as connection:
        version = _version(connection)
    if version > VERSION:
        raise StoreError(
            f"{file} was written by a newer digestbot (state {version}, this one knows {VERSION}):"
            " upgrade digestbot, or give another state folder"
        )
    if version < VERSION:
        with writer(engine).begin() as connection:
            _bring_up_to_date(connection)


def _bring_up_to_date(connection: Connection) -> None:
    """Make the tables, or add what an older state lacks: all of it, or nothing."""
    version = _version(connection)  # another run may have been quicker
    if version == 0:
        metadata.create_all(connection)
    for older in range(version, VERSION) if version else ():
        for change in CHANGES[older]:
            _add(connection, change)
    connection.execute(text(f"PRAGMA user_version = {VERSION}"))


def _add(connection: Connection, change: Any) -> None:
    if isinstance(change, Column):
        definition = CreateColumn(change).compile(dialect=connection.dialect)
        connection.execute(text(f"ALTER TABLE {change.table.name} ADD COLUMN {definition}"))
    elif isinstance(change, TextClause):
        connection.execute(change)
    else:
        change.create(connection)


def _version(connection: Connection) -> int:
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())
