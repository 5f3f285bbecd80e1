"""The child process that parses what may hurt: it can be killed, and has a cap on memory.

Started as ``python -m digestbot.adapters.worker MODULE``; when that module is
loaded the child says so with an empty line. Then a line of JSON comes in with
the arguments for the module's ``answer``, and a line of JSON goes out. The
parent's side is :mod:`digestbot.adapters.workers`.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from typing import Any

MEMORY = 1 << 30
"""Bytes of address space; the largest real feed takes a fifth."""


def main() -> None:
    """Answer until standard input ends."""
    answer = importlib.import_module(sys.argv[1]).answer
    _limit_memory()
    _say(b"")
    for line in sys.stdin.buffer:
        _say(json.dumps(_answered(answer, json.loads(line))).encode())


def _answered(answer: Callable[..., Any], arguments: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": answer(**arguments)}
    except (Exception, MemoryError) as error:  # noqa: BLE001 - the parent is told, and goes on
        return {"error": type(error).__name__}


def _say(line: bytes) -> None:
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit holds there
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main()
