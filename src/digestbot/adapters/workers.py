"""Child processes for parsing what may hurt: each task has its time, and then it is killed."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

SECONDS = 5.0
"""What one task may take; the slowest real feed takes one."""

START = 30.0
"""Seconds in which a child has to be ready: it starts Python and loads a parser."""

MAX_LINE = 64 * 1024 * 1024
"""Bytes of one answer."""


INHERITED = (
    "PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH",
    "DYLD_LIBRARY_PATH",
)  # fmt: skip
"""What a child gets of our environment: no key is in what it could be made to tell."""


class WorkerError(Exception):
    """A task was not done: too slow, too large, or its child ended."""


class Workers:
    """A few children at once, started when first needed; use with ``async with``."""

    def __init__(self, count: int = 2, *, seconds: float = SECONDS) -> None:
        self._count = count
        self._seconds = seconds
        self._idle: defaultdict[str, list[_Child]] = defaultdict(list)
        self._places = asyncio.Semaphore(count)

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(self, *_: object) -> None:
        async with asyncio.TaskGroup() as group:
            for child in (child for idle in self._idle.values() for child in idle):
                group.create_task(child.kill())

    async def warm_up(self, module: str) -> None:
        """Start the children for *module* before there is work: loading takes its time."""

        async def start() -> None:
            with suppress(Exception):  # the first task meets the same, and says so
                async with self._child(module):
                    pass

        # No gather: cancelled, it goes on when the first has ended, and leaves the others behind.
        async with asyncio.TaskGroup() as group:
            for _ in range(self._count):
                group.create_task(start())

    async def run(self, module: str, body: bytes, **arguments: Any) -> Any:
        """Return what *module*'s ``answer(body, **arguments)`` gives, called in a child.

        Arguments and answer are what JSON can hold. Raises ``WorkerError``
        with a reason for people.
        """
        async with self._child(module) as child:
            answer = await child.ask(body, arguments, self._seconds)
        if "error" in answer:
            raise WorkerError(f"its parser fails ({answer['error']})")
        return answer["answer"]

    @asynccontextmanager
    async def _child(self, module: str) -> AsyncIterator[_Child]:
        """A child for one task; one that did not end it well is not used again."""
        async with self._places:
            idle = self._idle[module]
            child = idle.pop() if idle else await _Child.start(module)
            try:
                yield child
            except BaseException:
                await child.kill()
                raise
            idle.append(child)


class _Child:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, module: str) -> _Child:
        """Return a child that is ready for tasks of *module*."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "digestbot.adapters.worker", module),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=MAX_LINE,
            env=_environment(),
        )
        child = cls(process)
        try:
            await child._line(START)
        except BaseException:
            await child.kill()
            raise
        return child

    async def ask(self, body: bytes, arguments: dict[str, Any], seconds: float) -> dict[str, Any]:
        assert self._process.stdin is not None
        task = json.dumps({"arguments": arguments, "bytes": len(body)}).encode()
        with suppress(OSError):  # a child that ended is noticed when it does not answer
            self._process.stdin.writelines([task, b"\n", body])
        answer: dict[str, Any] = json.loads(await self._line(seconds))
        return answer

    async def kill(self) -> None:
        """End the child at once."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _line(self, seconds: float) -> bytes:
        """The next line that the child says, within *seconds*; raises ``WorkerError``."""
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(seconds):
                line = await self._process.stdout.readline()
        except TimeoutError as error:
            raise WorkerError(f"it takes more than {seconds:g} s") from error
        except ValueError as error:
            raise WorkerError("it gives more than can be held") from error
        if not line:
            raise WorkerError("it brings its parser down")
        return line


def _environment() -> dict[str, str]:
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
