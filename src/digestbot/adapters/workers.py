"""Child processes for parsing what may hurt: each task has its time, and then it is killed."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

SECONDS = 5.0
"""What one task may take; the slowest real feed takes one."""

START = 20.0
"""Seconds more for the first task of a child: it starts Python and loads a parser."""

MAX_LINE = 64 * 1024 * 1024
"""Bytes of one answer."""


class WorkerError(Exception):
    """A task was not done: too slow, too large, or its child ended."""


class Workers:
    """A few children, started when first needed. Close them, or use ``async with``."""

    def __init__(self, count: int = 2, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._idle: list[_Child] = []
        self._places = asyncio.Semaphore(count)

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(self, *_: object) -> None:
        for child in self._idle:
            await child.kill()
        self._idle.clear()

    async def run(self, name: str, **arguments: str) -> Any:
        """Return what task *name* answers; raises ``WorkerError`` with a reason for people."""
        async with self._child() as child:
            answer = await child.ask({"name": name, "arguments": arguments}, self._seconds)
        if "error" in answer:
            if answer["error"] == "MemoryError":
                raise WorkerError("needs too much memory to be parsed")
            raise WorkerError(f"cannot be parsed ({answer['error']})")
        return answer["answer"]

    @asynccontextmanager
    async def _child(self) -> AsyncIterator[_Child]:
        """A child for one task; one that did not end it well is not used again."""
        async with self._places:
            child = self._idle.pop() if self._idle else await _Child.start()
            try:
                yield child
            except BaseException:
                await child.kill()
                raise
            self._idle.append(child)


class _Child:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._is_new = True

    @classmethod
    async def start(cls) -> _Child:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "digestbot.adapters.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=MAX_LINE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        return cls(process)

    async def ask(self, task: dict[str, Any], seconds: float) -> dict[str, Any]:
        reader, writer = self._process.stdout, self._process.stdin
        assert reader is not None
        assert writer is not None
        limit = seconds + START if self._is_new else seconds
        self._is_new = False
        try:
            async with asyncio.timeout(limit):
                writer.write(json.dumps(task).encode() + b"\n")
                await writer.drain()
                line = await reader.readline()
        except TimeoutError as error:
            raise WorkerError(f"takes more than {seconds:g} s to be parsed") from error
        except (OSError, ValueError) as error:
            raise WorkerError("cannot be parsed: its parser ended") from error
        if not line:
            raise WorkerError("cannot be parsed: its parser ended")
        answer: dict[str, Any] = json.loads(line)
        return answer

    async def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
