"""The lock: one run at a time in a state folder."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from digestbot.errors import EditionLockedError, StoreError

POLL = 0.05
"""Seconds between two looks at a lock that another run holds."""

_LOCK = "run.lock"
_HOLDER = "run.holder"
"""Who holds the lock, for messages only: it may be missing, or left by a run that was killed."""

_log = logging.getLogger(__name__)


@contextmanager
def hold(folder: Path, *, timeout: float) -> Iterator[None]:
    """Hold *folder* for one run, waiting up to *timeout* seconds for another to end.

    The system releases the lock when its process dies, however it dies.
    """
    lock = FileLock(folder / _LOCK)
    try:
        _acquire(lock, folder, timeout)
    except Timeout as error:
        raise EditionLockedError(
            f"{_another_run(folder)}; waited {timeout:g} s: run again when it is done"
        ) from error
    except OSError as error:
        raise StoreError(f"cannot lock {folder}: {error.strerror or error}") from error
    try:
        _sign(folder)
        yield
    finally:
        with suppress(OSError):
            (folder / _HOLDER).unlink()
        lock.release()


def _acquire(lock: FileLock, folder: Path, timeout: float) -> None:
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if timeout <= 0:
            raise
        _log.warning("%s; waiting up to %g s", _another_run(folder), timeout)
        lock.acquire(timeout=timeout, poll_interval=POLL)


def _sign(folder: Path) -> None:
    with suppress(OSError):
        since = datetime.now(UTC).isoformat(sep=" ", timespec="seconds")
        (folder / _HOLDER).write_text(f"process {os.getpid()}, since {since}", encoding="ascii")


def _another_run(folder: Path) -> str:
    holder = ""
    with suppress(OSError, UnicodeError):
        holder = (folder / _HOLDER).read_text(encoding="ascii")
    return f"another digestbot run{f' ({holder})' if holder else ''} is at work in {folder}"
