"""Executors: where independent calls run side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class ThreadExecutor:
    """Runs up to *workers* calls at once, each in a thread: for calls that wait on a network."""

    workers: int

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Return ``function(item)`` for each item, in order.

        The first exception, in the items' order, is raised here; calls that
        had not begun by then are not made.
        """
        if not items:
            return []
        threads = max(1, min(self.workers, len(items)))
        with ThreadPoolExecutor(threads, thread_name_prefix="digestbot") as pool:
            return list(pool.map(function, items))
