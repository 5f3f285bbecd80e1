"""Asynchronous work for a synchronous caller, in a notebook too."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

T = TypeVar("T")

Give = Callable[[T], Awaitable[None]]
"""What hands one result to the caller; it waits while too many wait already."""

BATCH = 128
"""Results that are handed over together: two threads that take turns at each cost twice as much."""

RARELY = (100_000, 20, 20)
"""As :func:`gc.set_threshold` takes it; the usual 700 is for programs of another size."""

AHEAD = 2 * BATCH
"""Results that may wait for the caller, so that memory does not grow with the work."""


class OwnLoop:
    """An event loop in a thread of its own."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what *work* gives. A caller that is interrupted (Ctrl-C) takes it down."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def each(self, work: Callable[[Give[T]], Coroutine[Any, Any, None]]) -> Iterator[T]:
        """Yield what *work* gives, as it comes; its exception is raised at the end.

        A caller who stops early ends the work.
        """
        waiting: asyncio.Queue[T | _End[T]] = asyncio.Queue(AHEAD)
        task = asyncio.run_coroutine_threadsafe(_forward(work, waiting), self._loop)
        try:
            while True:
                for each in self.run(_taken(waiting)):
                    if isinstance(each, _End):
                        task.result()
                        return
                    yield each
        finally:
            task.cancel()


class _End(Generic[T]):
    """What follows the last result."""


async def _forward(
    work: Callable[[Give[T]], Coroutine[Any, Any, None]], waiting: asyncio.Queue[T | _End[T]]
) -> None:
    try:
        await work(waiting.put)
    except Exception:
        await waiting.put(_End())
        raise
    await waiting.put(_End())


async def _taken(waiting: asyncio.Queue[T | _End[T]]) -> list[T | _End[T]]:
    """The next results: a batch, or what is left when there are no more."""
    taken: list[T | _End[T]] = []
    while len(taken) < BATCH:
        taken.append(await waiting.get())
        if isinstance(taken[-1], _End):
            break
    return taken


@contextmanager
def rare_collections() -> Iterator[None]:
    """Look for garbage in circles seldom: visits make little, and every look walks all there is.

    Some 300 looks cost a sixth of a pass over 2,000 unchanged feeds.
    """
    usual = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@contextmanager
def own_loop() -> Iterator[OwnLoop]:
    """Run a loop for as long as the block lasts; what is left of its work is cancelled."""
    running: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = threading.Thread(target=asyncio.run, args=(_until_stopped(running),), name="fetch")
    thread.start()
    loop, stopped = running.result()
    try:
        yield OwnLoop(loop)
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()


async def _until_stopped(
    running: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]],
) -> None:
    stopped = asyncio.Event()
    running.set_result((asyncio.get_running_loop(), stopped))
    await stopped.wait()
