"""One page read whole: at an address, with the manners of all our visits, or in a file."""

from __future__ import annotations

from pathlib import Path

from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.pages.local import page_body, read_files
from digestbot.adapters.pages.plain import text_fields
from digestbot.adapters.web.http import Answer
from digestbot.errors import ConfigError, FetchError
from digestbot.model import Page
from digestbot.text.redaction import redacted

MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")
"""How a file begins that holds a web page, whatever its name."""

HTML = frozenset({".html", ".htm", ".xhtml"})


def read_whole(source: str, *, fetcher: AiohttpFetcher) -> Page:
    """Return the page at *source*, an http(s) address or a file.

    Raises ``ConfigError`` where there is no such file, and ``FetchError``, which
    says why, where the page cannot be read or is no article.
    """
    is_address = "://" in source
    page = fetcher.read([source])[0] if is_address else _of_file(Path(source).expanduser())
    if page.reason:
        raise FetchError(redacted(source), page.reason)
    return page


def _of_file(path: Path) -> Page:
    if not path.is_file():
        raise ConfigError("page", f"there is no file {path}")
    body = page_body(path)
    if path.suffix.lower() in HTML or body.lstrip()[:20].lower().startswith(MARKUP):
        return read_files([path])[0]
    return Page(url=str(path), **text_fields(Answer(body=body), name=path.name))
