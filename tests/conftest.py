"""Fixtures that several test files share: feed servers, and stand-ins for a model's endpoint."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import settings

from aimock import PACKAGE, VERSION, AIMock
from fault_server import FaultServer, Script
from feed_server import FeedServer

settings.register_profile("house", deadline=None)  # a busy machine breaks no test
settings.load_profile("house")

INSTALL_TIME = 60.0
"""Seconds for the installation of the third-party endpoint; it takes three."""


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """A feed server on loopback; each test writes its answers."""
    yield from _serving()


@pytest.fixture
def other() -> Iterator[FeedServer]:
    """Another one, on a port of its own."""
    yield from _serving()


def _serving() -> Iterator[FeedServer]:
    server = FeedServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def fault_server() -> Iterator[Callable[..., FaultServer]]:
    """Starts our own endpoint: ``server = fault_server(status(500), say("ok"))``."""
    with ExitStack() as stack:

        def start(*script: Script, latency: float = 0.0) -> FaultServer:
            return stack.enter_context(FaultServer(*script, latency=latency))

        yield start


@pytest.fixture(scope="session")
def aimock_program(pytestconfig: pytest.Config) -> Path:
    """The third-party endpoint's program, installed once; skips with a word where it cannot be."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not (node and npm):
        pytest.skip("Node and npm are not here")
    folder = Path(pytestconfig.cache.mkdir("aimock"))
    program = folder / "node_modules" / PACKAGE / "dist" / "cli.js"
    with FileLock(folder / "install.lock"):  # several workers of pytest-xdist may be at it
        if not program.exists():
            wanted = f"{PACKAGE}@{VERSION}"
            install = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", wanted]
            try:
                subprocess.run(install, capture_output=True, timeout=INSTALL_TIME, check=True)
            except subprocess.SubprocessError as error:
                pytest.skip(f"npm could not install {wanted}: {error}")
    return program


@pytest.fixture
def aimock(aimock_program: Path, tmp_path: Path) -> Iterator[Callable[..., AIMock]]:
    """Starts the third-party endpoint: ``server = aimock([fixture, ...], latency=1.0)``."""
    with ExitStack() as stack:

        def start(fixtures: list[dict[str, Any]], **switches: Any) -> AIMock:
            server = AIMock(aimock_program, tmp_path / "aimock", fixtures, **switches)
            return stack.enter_context(server)

        yield start
