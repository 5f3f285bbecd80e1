"""What tests of feeds share: a server, and feeds that we wrote ourselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from feed_server import FeedServer

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def server() -> Iterator[FeedServer]:
    server = FeedServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    """The bytes of one of our sample feeds, by its file's name."""
    return lambda name: (SAMPLES / name).read_bytes()
