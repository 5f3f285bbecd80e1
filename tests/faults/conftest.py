"""A feed server for each acceptance test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feed_server import FeedServer


@pytest.fixture
def server() -> Iterator[FeedServer]:
    server = FeedServer()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def other() -> Iterator[FeedServer]:
    server = FeedServer()
    server.start()
    yield server
    server.stop()
