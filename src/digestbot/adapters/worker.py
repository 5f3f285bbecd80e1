"""The child process that parses what may hurt: it can be killed, and has a cap on memory.

Started as ``python -m digestbot.adapters.worker``; one JSON task a line comes
in, one JSON answer a line goes out. :mod:`digestbot.adapters.workers` is the
parent's side.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

TASKS = {
    "feed": "digestbot.adapters.feeds.forgiving",
    "page": "digestbot.adapters.pages.extract",
}
"""The modules whose ``answer(**arguments)`` a task calls; it gives what JSON can hold."""

MEMORY = 1 << 30
"""Bytes of address space; the largest real feed takes a fifth."""


def main() -> None:
    """Answer tasks until standard input ends."""
    _limit_memory()
    for line in sys.stdin.buffer:
        task: dict[str, Any] = json.loads(line)
        sys.stdout.buffer.write(json.dumps(_answer(**task)).encode() + b"\n")
        sys.stdout.buffer.flush()


def _answer(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": importlib.import_module(TASKS[name]).answer(**arguments)}
    except (Exception, MemoryError) as error:  # noqa: BLE001 - the parent is told, and goes on
        return {"error": type(error).__name__}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
