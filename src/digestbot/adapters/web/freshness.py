"""How long an answer's headers ask us to stay away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 365 * 24 * 3600.0
"""Seconds; what asks for more is garbage."""

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,10})", re.IGNORECASE)
_NOT_KEPT = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.IGNORECASE)


def freshness(headers: Mapping[str, str], *, now: datetime) -> float:
    """Return for how many seconds an answer with these headers stays fresh (RFC 9111, 4.2)."""
    control = headers.get("Cache-Control", "")
    if _NOT_KEPT.search(control):
        return 0.0
    if found := _MAX_AGE.search(control):
        return _within(float(found[1]) - _number(headers.get("Age", "")))
    expires = _moment(headers.get("Expires", ""))
    return _within((expires - now).total_seconds()) if expires else 0.0


def retry_after(headers: Mapping[str, str], *, now: datetime) -> float:
    """Return the seconds that ``Retry-After`` asks for; 0 where it is absent or nonsense."""
    value = headers.get("Retry-After", "").strip()
    if moment := _moment(value):
        return _within((moment - now).total_seconds())
    return _within(_number(value))


def _within(seconds: float) -> float:
    return seconds if 0 < seconds <= LONGEST else 0.0


def _number(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0.0


def _moment(text: str) -> datetime | None:
    with suppress(ValueError):
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
