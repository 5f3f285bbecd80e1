"""Visits the pages that entries link to: where robots may, gently, and one answer a page."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from digestbot.adapters.pages.charset import html_text
from digestbot.adapters.pages.plain import TEXTS, text_fields
from digestbot.adapters.pages.robots import Rules, robots_url, rules
from digestbot.adapters.web.hosts import Hosts, host_of
from digestbot.adapters.web.http import PAGES, Answer, Client, Limits, Request
from digestbot.adapters.workers import WorkerError, Workers
from digestbot.errors import FetchError
from digestbot.model import Page

EXTRACT = "digestbot.adapters.pages.extract_child"
"""The module that finds the article in a page; a child process runs it."""

MAX_PAGE = 5 * 1024 * 1024
"""Bytes of one page; the largest of ordinary make have two million."""

SECONDS = 15.0
"""What one page may take: the edition waits for the slowest of a dozen."""

PATIENCE = 2 * SECONDS
"""Seconds that a page may take with the pauses that its host's robots.txt asks for."""

_TYPES = ("text/html", "application/xhtml+xml", "")


class PageVisitor:
    """Reads pages with a client; knows for its lifetime what each host's robots.txt says."""

    def __init__(self, client: Client, *, hosts: Hosts, workers: Workers, seconds: float) -> None:
        self._client = client
        self._hosts = hosts
        self._workers = workers
        self._limits = Limits(seconds=min(seconds, SECONDS), bytes=MAX_PAGE)
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def read(self, urls: Sequence[str]) -> list[Page]:
        """Return one page for each address, in order; a failure is a page with a reason."""
        async with asyncio.TaskGroup() as group:
            pages = [group.create_task(self._page(url)) for url in urls]
        return [page.result() for page in pages]

    async def _page(self, url: str) -> Page:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._read(url)
        except TimeoutError:
            return Page(url=url, reason="its host wants longer pauses than an edition can wait")

    async def _read(self, url: str) -> Page:
        try:
            await self._check(url)
            pause = (await self._rules_for(url)).delay
            async with self._hosts.place(url, pause=pause):
                request = Request(url=url, accept=PAGES, check=self._check)
                answer = await self._client.get(request, limits=self._limits)
            return Page(**await self._found(url, answer) | {"url": url})
        except FetchError as error:
            return Page(url=url, reason=error.reason)

    async def _found(self, url: str, answer: Answer) -> dict[str, Any]:
        if answer.kind in TEXTS:
            return text_fields(answer, name=url)
        if answer.kind not in _TYPES:
            raise FetchError(url, f"not a page but {answer.kind[:50]}")
        return await extracted(answer, url=url, workers=self._workers)

    async def _check(self, url: str) -> None:
        """Raise ``FetchError`` where the host of *url* asks robots to stay away from it."""
        if not (await self._rules_for(url)).allows(url):
            raise FetchError(url, "its host's robots.txt asks not to read it")

    async def _rules_for(self, url: str) -> Rules:
        host = host_of(url)
        if host not in self._rules:
            self._rules[host] = asyncio.create_task(self._ask(url))
        return await self._rules[host]

    async def _ask(self, url: str) -> Rules:
        try:
            request = Request(url=robots_url(url), accept="text/plain, */*;q=0.5")
            answer = await self._client.get(request, limits=self._limits)
        except FetchError as error:
            if not error.status:
                raise  # where there is no way to the rules there is none to the page
            return rules(error.status, "")
        return rules(answer.status, answer.body.decode("utf-8", "replace"))


async def extracted(answer: Answer, *, url: str, workers: Workers) -> dict[str, Any]:
    """Return the fields of a ``Page`` that *answer* holds; *url* is what its failures name."""
    body = html_text(answer.body, answer.charset).encode("utf-8", "replace")
    try:
        found: dict[str, Any] = await workers.run(EXTRACT, body, url=answer.url)
    except WorkerError as error:
        raise FetchError(url, f"not read: {error}") from error
    return found | {"headings": tuple(found.get("headings", ()))}
