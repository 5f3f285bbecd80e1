"""What a child process does with a page: find the article in it."""

from __future__ import annotations

from typing import Any

from digestbot.adapters.pages import extract


def answer(body: bytes, *, url: str) -> dict[str, Any]:
    """Return the fields of a page; *body* is UTF-8."""
    return extract.answer(body.decode(), url)
