"""Our parser against feedparser alone, over real feeds: what is lost, and how long it takes.

    .venv/bin/python benchmarks/parsers.py [FOLDER]...

Without a folder: the feeds of ``../shared/data``. Titles, links and dates are
compared for the records that both find, matched by place; relative links are not. Dates that
feedparser is known to misread are printed, not hidden.
"""

from __future__ import annotations

import calendar
import io
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser

from digestbot.adapters.feeds import fast
from digestbot.adapters.feeds.encoding import to_text
from digestbot.adapters.feeds.parse import parse
from digestbot.errors import FetchError
from digestbot.model import Record
from digestbot.text.html import plain_line
from digestbot.text.urls import canonical_url

SHARED = Path(__file__).parents[2] / "shared" / "data"
COLUMNS = ("files", "fast", "lost", "records", "title", "link", "date", "ours s", "their s")
URL = "https://feeds.example.org/feed.xml"


@dataclass
class Tally:
    """What was counted over one folder."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, float] = field(default_factory=lambda: {"ours": 0.0, "feedparser": 0.0})
    examples: list[str] = field(default_factory=list)


def main(folders: list[Path]) -> None:
    warnings.simplefilter("ignore")
    feedparser.parse(io.BytesIO(b"<rss/>"))
    parse(b"<rss><channel><item><title>warm</title></item></channel></rss>", url=URL)
    print(f"{'folder':<34}" + "".join(f"{name:>9}" for name in COLUMNS))
    total = Tally()
    for folder in folders:
        tally = measure(folder)
        print(line(folder.name if folder.name != "feeds" else folder.parent.name, tally))
        total.counts += tally.counts
        total.seconds = {key: total.seconds[key] + tally.seconds[key] for key in total.seconds}
        total.examples += tally.examples
    print(line("all", total))
    print(*total.examples, sep="\n")


def line(name: str, tally: Tally) -> str:
    counts = tally.counts
    shown = [str(counts[key]) for key in ("files", "fast", "lost", "records")]
    shown += [
        f"{100 * counts[key] / max(counts['both'], 1):.2f}%" for key in ("title", "link", "date")
    ]
    shown += [f"{tally.seconds[key]:.2f}" for key in ("ours", "feedparser")]
    return f"{name:<34}" + "".join(f"{value:>9}" for value in shown)


def measure(folder: Path) -> Tally:
    tally = Tally()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix != ".tsv":
            _one(path, tally)
    return tally


def _one(path: Path, tally: Tally) -> None:
    body = path.read_bytes()
    started = time.perf_counter()
    theirs = feedparser.parse(
        io.BytesIO(body),
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    between = time.perf_counter()
    records = _ours(body)
    tally.seconds["feedparser"] += between - started
    tally.seconds["ours"] += time.perf_counter() - between
    tally.counts["files"] += 1
    tally.counts["fast"] += _is_fast(body)
    tally.counts["records"] += len(records)
    tally.counts["lost"] += max(0, len(theirs["entries"]) - len(records))
    if len(theirs["entries"]) > len(records):
        tally.examples.append(f"lost {len(theirs['entries'])}>{len(records)} {path}")
    for number, (entry, record) in enumerate(zip(theirs["entries"], records, strict=False)):
        _compare(f"{path}[{number}]", entry, record, tally)


def _ours(body: bytes) -> tuple[Record, ...]:
    try:
        return parse(body, url=URL).records
    except FetchError:
        return ()


def _is_fast(body: bytes) -> bool:
    text = to_text(body)
    return text.lstrip()[:1] == "<" and fast.read(text, url=URL) is not None


def _compare(place: str, entry: dict[str, Any], record: Record, tally: Tally) -> None:
    tally.counts["both"] += 1
    pairs = {
        "title": (plain_line(dict.get(entry, "title") or ""), plain_line(record.title)),
        "link": (canonical_url(dict.get(entry, "link") or ""), canonical_url(record.url)),
        "date": (_date(entry), record.published),
    }
    for name, (theirs, ours) in pairs.items():
        if theirs == ours or (not theirs and ours):
            tally.counts[name] += 1
        else:
            written = dict.get(entry, "published") or dict.get(entry, "updated") or ""
            extra = f" {written!r}" if name == "date" else ""
            tally.examples.append(
                f"{name} {place}: {str(theirs)[:90]!r} | {str(ours)[:90]!r}{extra}"
            )


def _date(entry: dict[str, Any]) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if parsed := dict.get(entry, name):
            try:
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError):
                continue
    return None


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    main(given or [*sorted(SHARED.glob("days/*/feeds")), *sorted(SHARED.glob("feed-suites/*"))])
