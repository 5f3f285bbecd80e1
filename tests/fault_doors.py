"""The doors of the acceptance tests: a fetcher, a run, and a stand-in for DNS."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from click.testing import CliRunner

from builders import edition, feed
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.cli import main
from digestbot.model import Entry, FeedReport, FeedState, Fetched, Record, Remark
from digestbot.stages.collect import collect
from digestbot.testing import MemoryStore, StaticFetcher

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)
"""Noon in Shanghai."""

LOOPBACK = ("127.0.0.1", "localhost")


def rss(*items: str, title: str = "Feed") -> bytes:
    """A feed with these items, each the inside of its element."""
    body = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>{title}</title>{body}</channel></rss>'.encode()


def item(
    name: str = "1", *, title: str = "", text: str = "", host: str = "n.test", hours: float = 1
) -> str:
    """A dated item with a title, a link and a text, as they stand in XML."""
    when = f"{NOW - timedelta(hours=hours):%a, %d %b %Y %H:%M:%S} +0000"
    title = title or f"第{name}条新闻：新模型今天发布"
    text = text or f"第{name}家公司发布了新的模型，今天开始向所有用户开放。"
    return (
        f"<title>{title}</title><link>https://{host}/{name}</link>"
        f"<description>{text}</description>"
        f"<pubDate>{when}</pubDate>"
    )


def visit(
    *urls: str, states: Mapping[str, FeedState] | None = None, **given: Any
) -> dict[str, Fetched]:
    """Fetch feeds, loopback allowed unless *given* says otherwise; answers by address."""
    settings: dict[str, Any] = {"allow_private": LOOPBACK, "timeout": 5, "env": {}}
    fetcher = AiohttpFetcher(**settings | given)
    answers = fetcher.fetch([feed(url=url) for url in urls], states=states or {})
    by_url = {answer.feed.url: answer for answer in answers}
    return {url: by_url[url] for url in urls}


def visit_one(url: str, **given: Any) -> Fetched:
    """Fetch one feed."""
    return visit(url, **given)[url]


@dataclass(frozen=True)
class Kept:
    """What a collection kept and said."""

    entries: tuple[Entry, ...]
    feeds: tuple[FeedReport, ...]
    remarks: tuple[Remark, ...]


def collected(
    answer: Fetched | Sequence[Record], *, store: MemoryStore | None = None, hours: float = 0
) -> Kept:
    """Collect one feed that gives this, *hours* after noon."""
    now = NOW + timedelta(hours=hours)
    source = answer.feed if isinstance(answer, Fetched) else feed("a")
    found = collect(
        [source],
        edition=edition(since=now - timedelta(hours=24), until=now),
        fetcher=StaticFetcher({source.url: answer}),
        store=store or MemoryStore(),
        now=now,
    )
    return Kept(entries=found.entries, feeds=found.feeds, remarks=found.remarks)


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    returncode: int
    stdout: str
    stderr: str


def run_cli(folder: Path, *arguments: str) -> Done:
    """Run ``digestbot run`` in *folder* without a model, at noon."""
    command = ["run", "--model", "none", "--now", NOW.isoformat(), *arguments]
    with contextlib.chdir(folder):
        result = CliRunner().invoke(main, command)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(returncode=result.exit_code, stdout=result.stdout, stderr=result.stderr)


def report_of(done: Done) -> dict[str, Any]:
    """The report of a run with ``--json``."""
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def post_of(folder: Path, *feeds: bytes) -> str:
    """The post that a run makes of these feeds."""
    for number, body in enumerate(feeds):
        (folder / f"{number}.xml").write_bytes(body)
    done = run_cli(folder, "--feeds", str(folder))
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.strip()).read_bytes().decode()


class Names(AbstractResolver):
    """A stand-in for DNS: each look-up of a name takes its next answer, the last one for ever."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self.asked: list[str] = []
        self._answers = {f"{name}.test": list(given) for name, given in answers.items()}

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self._answers:
            raise OSError(-2, "Name or service not known")
        answers = self._answers[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
            for address in addresses
        ]

    async def close(self) -> None:
        pass
