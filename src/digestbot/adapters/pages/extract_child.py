"""What a child process does with a page: find the article in it."""

from __future__ import annotations

from digestbot.adapters.pages import extract


def answer(body: bytes, *, url: str) -> dict[str, str]:
    """Return the fields of a page; *body* is UTF-8."""
    return extract.answer(body.decode(), url)
