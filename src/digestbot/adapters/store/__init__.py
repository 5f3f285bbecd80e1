"""The store: what digestbot remembers from one run to the next, in a SQLite file."""

from __future__ import annotations

from digestbot.adapters.store.store import SqlStore

__all__ = ["SqlStore"]
