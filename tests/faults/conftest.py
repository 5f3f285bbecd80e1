"""Fixtures of the acceptance tests: servers that no library would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from raw_servers import RAW_SERVER, Processes, Secure


@pytest.fixture
def processes() -> Iterator[Processes]:
    """What is started here ends with its test."""
    started = Processes()
    yield started
    started.stop()


@pytest.fixture
def raw(processes: Processes) -> Callable[[bytes], str]:
    """Start a server that says what it is told, byte for byte, and hangs up; its address."""
    return lambda reply: f"http://127.0.0.1:{processes.start(RAW_SERVER, reply)}/feed"


@pytest.fixture
def secure(tmp_path: Path, processes: Processes) -> Secure:
    """HTTPS servers whose certificates nobody trusts unasked."""
    return Secure(tmp_path, processes)
