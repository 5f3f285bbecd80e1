"""Pages on disk: read like those of the web, in child processes, and one answer a file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from digestbot.adapters.pages.visit import MAX_PAGE, extracted
from digestbot.adapters.web.http import Answer
from digestbot.adapters.web.own_loop import own_loop
from digestbot.adapters.workers import Workers
from digestbot.errors import FetchError
from digestbot.model import Page


def read_files(paths: Sequence[Path]) -> list[Page]:
    """Return the page in each of *paths*, in order; a failure is a page with a reason."""
    if not paths:
        return []
    with own_loop() as loop:
        return loop.run(_read_all(paths))


async def _read_all(paths: Sequence[Path]) -> list[Page]:
    async with Workers() as workers, asyncio.TaskGroup() as group:
        pages = [group.create_task(_read(path, workers)) for path in paths]
    return [page.result() for page in pages]


async def _read(path: Path, workers: Workers) -> Page:
    name = str(path)
    try:
        body = await asyncio.to_thread(page_body, path)
        return Page(**await extracted(Answer(body=body), url=name, workers=workers) | {"url": name})
    except FetchError as error:
        return Page(url=name, reason=error.reason)


def page_body(path: Path) -> bytes:
    """Return the bytes of the file at *path*; raises ``FetchError``."""
    try:
        with path.open("rb") as file:
            body = file.read(MAX_PAGE + 1)
    except OSError as error:
        raise FetchError(str(path), f"cannot read the file: {error.strerror}") from error
    if len(body) > MAX_PAGE:
        raise FetchError(str(path), f"larger than {MAX_PAGE >> 20} MiB")
    return body
