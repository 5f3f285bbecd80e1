"""The noun of a check: what a text says that its sources do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["hard", "suspect"]
"""Hard is what no source has; suspect what one has nearly, or what may be meant otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fact of a text, ``text[start:end]`` of it, that its sources do not support, and why.

    ``kind`` is number, percentage, amount, version, date, name, quote, link or claim.
    """

    kind: str
    severity: Severity
    text: str
    start: int
    end: int
    reason: str
