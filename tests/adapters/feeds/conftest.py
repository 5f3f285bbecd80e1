"""What tests of feeds share: a server, and feeds that we wrote ourselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent / "samples"


@pytest.fixture
def sample() -> Callable[[str], bytes]:
    """The bytes of one of our sample feeds, by its file's name."""
    return lambda name: (SAMPLES / name).read_bytes()
