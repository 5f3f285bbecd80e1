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
        self._tasks: set[asyncio.Task[Any]] = set()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Return what *work* gives. A caller that is interrupted (Ctrl-C) takes it down."""
        future = self._begun(work)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def _begun(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(self._noted(work), self._loop)

    async def _noted(self, work: Coroutine[Any, Any, T]) -> T:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            return await work
        finally:
            self._tasks.discard(task)

    async def end(self) -> None:
        """Cancel what is left of the work, and let it tidy up: each is cancelled only once."""
        left = list(self._tasks)
        for task in left:
            if not task.cancelling():
                task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def each(self, work: Callable[[Give[T]], Coroutine[Any, Any, None]]) -> Iterator[T]:
        """Yield what *work* gives, as it comes; its exception is raised at the end.

        A caller who stops early ends the work.
        """
        waiting: asyncio.Queue[T | _End[T]] = asyncio.Queue(AHEAD)
        task = self._begun(_forward(work, waiting))
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
    running: Future[tuple[OwnLoop, asyncio.Event]] = Future()
    thread = threading.Thread(target=asyncio.run, args=(_until_stopped(running),), name="fetch")
    thread.start()
    loop, stopped = running.result()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(_set(stopped), loop._loop)
        thread.join()


async def _until_stopped(running: Future[tuple[OwnLoop, asyncio.Event]]) -> None:
    loop, stopped = OwnLoop(asyncio.get_running_loop()), asyncio.Event()
    running.set_result((loop, stopped))
    await stopped.wait()
    await loop.end()


async def _set(event: asyncio.Event) -> None:
    event.set()
