"""Accounts: what story identity looks at of an entry, a told story, or a line of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One telling of an event.

    ``text`` is what follows the title, of which the first few hundred
    characters count; ``published`` is aware, or None where nobody knows;
    ``language`` is a code such as ``zh``, or "" to have it guessed; ``source``
    is whatever names its publisher, or "".
    """

    title: str
    text: str = ""
    published: datetime | None = None
    language: str = ""
    source: str = ""
