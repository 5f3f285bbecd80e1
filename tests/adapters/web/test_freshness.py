"""How long a server's headers ask us to stay away."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from multidict import CIMultiDict

from digestbot.adapters.web.freshness import freshness, retry_after

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=600"}, 600),
        ({"cache-control": 'public, MAX-AGE="600"'}, 600),
        ({"Cache-Control": "max-age=600", "Age": "100"}, 500),
        ({"Cache-Control": "max-age=600", "Age": "700"}, 0),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "no-store", "Expires": "Mon, 01 Jun 2026 01:00:00 GMT"}, 0),
        ({"Cache-Control": "s-maxage=600"}, 0),
        ({"Cache-Control": "x-max-age=600"}, 0),
        ({"Cache-Control": "max-age=-5"}, 0),
        ({"Cache-Control": "max-age=99999999999999999999"}, 0),
        ({"Expires": "Mon, 01 Jun 2026 01:00:00 GMT"}, 3600),
        ({"Expires": "Sun, 31 May 2026 01:00:00 GMT"}, 0),
        ({"Expires": "0"}, 0),
        ({}, 0),
    ],
)
def test_freshness(headers: dict[str, str], seconds: float) -> None:
    assert freshness(CIMultiDict(headers), now=NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("Mon, 01 Jun 2026 00:02:00 GMT", 120),
        ("Sun, 31 May 2026 00:02:00 GMT", 0),
        ("-5", 0),
        ("abc", 0),
        ("1.5", 0),
        ("٣", 0),
        ("9" * 40, 0),
        ("", 0),
    ],
)
def test_retry_after(value: str, seconds: float) -> None:
    assert retry_after({"Retry-After": value}, now=NOW) == seconds
