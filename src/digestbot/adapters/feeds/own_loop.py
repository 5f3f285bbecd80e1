"""Asynchronous work for a synchronous caller, in a notebook too."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")

Running = tuple[asyncio.AbstractEventLoop, "asyncio.Task[Any] | None"]


def in_own_loop(work: Coroutine[Any, Any, T]) -> T:
    """Return what *work* gives, run by a loop in a thread of its own.

    A caller that is interrupted (Ctrl-C) takes the work down with it.
    """
    running: Future[Running] = Future()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fetch") as thread:
        outcome = thread.submit(asyncio.run, _announced(work, running))
        try:
            return outcome.result()
        except BaseException:
            if not outcome.done():
                loop, task = running.result()
                assert task is not None
                loop.call_soon_threadsafe(task.cancel)
            raise


async def _announced(work: Coroutine[Any, Any, T], running: Future[Running]) -> T:
    running.set_result((asyncio.get_running_loop(), asyncio.current_task()))
    return await work
