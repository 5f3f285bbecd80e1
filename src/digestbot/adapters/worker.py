"""The child process that parses what may hurt: it can be killed, and has a cap on memory.

Started as ``python -m digestbot.adapters.worker MODULE``; when that module is
loaded the child says so with an empty line. Then a task comes in: a line of
JSON with the arguments for the module's ``answer`` and the number of bytes
that follow it; a line of JSON goes out. The parent's side is
:mod:`digestbot.adapters.workers`.
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 1 << 30
"""Bytes of address space; the largest real feed takes a fifth."""

LAST_RESORT = 60
"""Seconds after which a task ends itself: a parent that was killed can no longer do it."""


def main() -> None:
    """Answer until standard input ends."""
    answer = importlib.import_module(sys.argv[1]).answer
    _limit_memory()
    _say(b"")
    for line in sys.stdin.buffer:
        task = json.loads(line)
        body = sys.stdin.buffer.read(task["bytes"])
        _die_after(LAST_RESORT)
        _say(json.dumps(_answered(answer, body, task["arguments"])).encode())
        _die_after(0)


def _answered(answer: Callable[..., Any], body: bytes, arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": answer(body, **arguments)}
    except (Exception, MemoryError) as error:  # noqa: BLE001 - the parent is told, and goes on
        return {"error": type(error).__name__}


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _die_after(seconds: int) -> None:
    """End this process by then, even if its parent is no more; 0: do not."""
    if hasattr(signal, "alarm"):  # not on Windows
        signal.alarm(seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
