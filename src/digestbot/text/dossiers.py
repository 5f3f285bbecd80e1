"""Dossiers as JSON: the sidecar of a post, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime

from digestbot.model import Dossier


def to_json(dossier: Dossier) -> str:
    """Return *dossier* as JSON."""
    return json.dumps(
        {"version": 1} | asdict(dossier), ensure_ascii=False, indent=1, default=_moment
    )


def _moment(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"no JSON: {value!r}")
