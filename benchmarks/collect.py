"""The collector against what else there is: each row a ratio, or a limit, measured in one run.

    python benchmarks/collect.py [ROW]... [--feeds 2000] [--items 30] [--rounds 3]

A server of made feeds runs in a process of its own on loopback; each measured
thing runs in a fresh process, in turn with its rival, and the best of the
rounds counts. Imports are not counted. The row `reader` needs `pip install reader`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
NOW = "2026-06-01T08:00:00+00:00"
LATER = "2026-06-01T09:00:00+00:00"
TIMEOUT = 3.0
"""Seconds that one feed may take where some hang."""

LOOK = 0.25
"""Seconds between two looks at a process's memory."""

WORKERS = 16
"""Threads of the other reader: with 1, 4 and 64 it takes as long, give or take a tenth."""

PATIENCE = 2
"""Rounds in which the slow one is measured at most."""

Measured = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is served, and how often it is measured."""

    feeds: int
    items: int
    rounds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table."""

    name: str
    figure: str
    target: str
    reached: bool
    details: str


def cold(size: Size) -> Iterator[Row]:
    """All feeds for the first time: a bare loop and a bare parse do less, not more."""
    with _served(size) as urls:
        ours, bare = _in_turn(
            size.rounds,
            lambda: _cold(urls, size),
            lambda: _measured("bare", urls=urls, folder=""),
        )
    details = f"{ours['seconds']:.2f} s / (GET {bare['get']:.2f} + parse {bare['parse']:.2f} s)"
    yield _ratio(f"cold, {_named(size)}", ours, bare, most=1.5, details=details)


def unchanged(size: Size) -> Iterator[Row]:
    """All feeds again, an hour later: every server answers 304."""
    with _served(size) as urls, _folder() as folder:
        _measured("ours", urls=urls, folder=folder)

        def again() -> Measured:
            return _checked(_measured("ours", urls=urls, folder=folder, now=LATER), "unchanged")

        ours, bare = _in_turn(
            size.rounds,
            again,
            lambda: _measured("bare", urls=urls, folder=folder, validators=True),
        )
    details = f"{ours['seconds']:.2f} s / {bare['get']:.2f} s"
    yield _ratio(f"all 304, {_named(size)}", ours, bare, most=1.5, details=details)


def hanging(size: Size) -> Iterator[Row]:
    """A hundred feeds of which every tenth accepts and never answers."""
    few = Size(feeds=100, items=size.items, rounds=1)
    with _served(few) as urls, _folder() as folder:
        hung = [
            url.replace("/feed/", "/hang/") if number % 10 == 0 else url
            for number, url in enumerate(urls)
        ]
        ours = _measured("ours", urls=hung, folder=folder, timeout=TIMEOUT)
    used = ours["statuses"].get("fetched", 0)
    over = ours["seconds"] - TIMEOUT
    yield Row(
        name="10 of 100 feeds hang",
        figure=f"{TIMEOUT:.0f} s {over:+.2f} s",
        target=f"{TIMEOUT:.0f} s +1 s",
        reached=over <= 1 and used == 90,
        details=f"{used} used; {'; '.join(ours['reasons'])}",
    )


def reader(size: Size) -> Iterator[Row]:
    """The same feeds, new to both, updated by lemon24/reader: without plugins, without search."""
    with _served(size) as urls:
        rounds = min(size.rounds, PATIENCE)
        ours, theirs = _in_turn(rounds, lambda: _cold(urls, size), lambda: _theirs(urls, size))
    ratio = theirs["seconds"] / ours["seconds"]
    yield Row(
        name=f"lemon24/reader / ours, {_named(size)}",
        figure=f"{ratio:.1f}",
        target=">= 10",
        reached=ratio >= 10,
        details=f"{theirs['seconds']:.2f} s ({WORKERS} workers) / {ours['seconds']:.2f} s",
    )


def memory(size: Size) -> Iterator[Row]:
    """The peak of a cold visit, with a quarter, a half and all of the feeds."""
    for part in (4, 2, 1):
        some = Size(feeds=size.feeds // part, items=size.items, rounds=1)
        with _served(some) as urls:
            ours = _cold(urls, some)
        yield Row(
            name=f"peak memory, cold, {_named(some)}",
            figure=f"{ours['tree']:.0f} MB",
            target="< 200 MB",
            reached=ours["tree"] < 200,
            details=f"with its parsers; {ours['mb']:.0f} MB without (RSS), "
            f"{ours['imported']:.0f} MB after the imports",
        )


def many(size: Size) -> Iterator[Row]:
    """Ten times the feeds, few entries each."""
    large = Size(feeds=size.feeds * 10, items=5, rounds=1)
    with _served(large) as urls:
        ours = _cold(urls, large)
    yield Row(
        name=f"cold, {_named(large)}",
        figure=f"{ours['seconds']:.1f} s",
        target="< 60 s",
        reached=ours["seconds"] < 60,
        details=f"{ours['tree']:.0f} MB at the peak, {ours['cpu']:.1f} s of CPU",
    )


ROWS: dict[str, Callable[[Size], Iterator[Row]]] = {
    row.__name__: row for row in (cold, unchanged, hanging, reader, memory, many)
}


def main() -> None:
    """Print the rows that were asked for, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help=", ".join(ROWS))
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--items", type=int, default=30)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    size = Size(feeds=options.feeds, items=options.items, rounds=options.rounds)
    for name in options.rows or ROWS:
        if name not in ROWS:
            parser.error(f"no row {name!r}: there are {', '.join(ROWS)}")
        for row in ROWS[name](size):
            met = "ok" if row.reached else "MISSED"
            print(f"{row.name:<46}{row.figure:>13}  {row.target:>9} {met:<7} {row.details}")
            sys.stdout.flush()


# --- what the rows share ----------------------------------------------------


@contextmanager
def _served(size: Size) -> Iterator[list[str]]:
    """The addresses of feeds that a server of its own gives."""
    command = [sys.executable, str(HERE / "loopback_feeds.py")]
    command += [str(size.feeds), str(size.items), NOW]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        try:
            yield json.loads(server.stdout.readline())
        finally:
            server.stdin.close()


@contextmanager
def _folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield folder


def _in_turn(rounds: int, *measures: Callable[[], Measured]) -> list[Measured]:
    """The best of each, measured in turn so that a slow moment hits all of them."""
    found = [[measure() for measure in measures] for _ in range(rounds)]
    return [min(each, key=lambda one: one["seconds"]) for each in zip(*found, strict=True)]


def _cold(urls: list[str], size: Size) -> Measured:
    with _folder() as folder:
        ours = _checked(_measured("ours", urls=urls, folder=folder), "fetched")
    if ours["seen"] != size.feeds * size.items:
        raise SystemExit(f"lost entries: {ours}")
    return ours


def _theirs(urls: list[str], size: Size) -> Measured:
    with _folder() as folder:
        theirs = _measured("theirs", urls=urls, folder=folder, workers=WORKERS)
    if theirs["kept"] != size.feeds * size.items:
        raise SystemExit(f"lost entries: {theirs}")
    return theirs


def _checked(ours: Measured, status: str) -> Measured:
    """*ours*, if all feeds ended as they should: failing fast is no speed."""
    if set(ours["statuses"]) != {status}:
        raise SystemExit(f"not all feeds are {status}: {ours}")
    return ours


def _measured(name: str, **task: object) -> Measured:
    command = [sys.executable, str(HERE / "collect_measured.py"), name]
    given = json.dumps({"now": NOW} | task)
    with (
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
        _peak_of_tree(process.pid) as peak,
    ):
        found, _ = process.communicate(given)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    measured: Measured = json.loads(found)
    return measured | {"tree": peak()}


@contextmanager
def _peak_of_tree(root: int) -> Iterator[Callable[[], float]]:
    """Look at the memory of a process and its children while the block lasts, in megabytes.

    Pages that several of them share are counted once (Linux: PSS).
    """
    peak, done = 0.0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(LOOK):
            peak = max(peak, sum(_memory(each) for each in _tree(root)) / 1024)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield lambda: peak
    finally:
        done.set()
        watcher.join()


def _tree(root: int) -> Iterator[int]:
    yield root
    with suppress(OSError):
        for children in Path(f"/proc/{root}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from _tree(int(child))


def _memory(process: int) -> int:
    """Kilobytes; 0 for a process that has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _ratio(name: str, ours: Measured, rival: Measured, *, most: float, details: str) -> Row:
    ratio = ours["seconds"] / rival["seconds"]
    return Row(
        name=name,
        figure=f"{ratio:.2f}",
        target=f"<= {most}",
        reached=ratio <= most,
        details=details,
    )


def _named(size: Size) -> str:
    return f"{size.feeds:,} feeds x {size.items}"


if __name__ == "__main__":
    main()
