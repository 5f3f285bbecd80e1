"""Our parser against others: what is lost, who is right, how long it takes, what hurts it.

    .venv/bin/python benchmarks/parsers.py [FOLDER]...

Without a folder: the feeds of ``../shared/data``. Titles, links and dates are
compared with feedparser's for the records that both find, matched by place;
relative links are not. Each difference is put down to a kind, and each kind
to the parser that is wrong; the agreement is counted over the rest. Then the
fast road beside a bare pass of fastfeedparser, and documents made to hurt.
"""

from __future__ import annotations

import calendar
import io
import re
import sys
import time
import warnings
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import fastfeedparser
import feedparser

from digestbot.adapters.feeds.dates import MAX_DATE, UNSET, moment_of
from digestbot.adapters.feeds.parse import Doubtful, ParsedFeed, parse, quick
from digestbot.errors import FetchError
from digestbot.model import Record
from digestbot.text.html import plain_line
from digestbot.text.urls import canonical_url

SHARED = Path(__file__).parents[2] / "shared" / "data"
COLUMNS = ("files", "fast", "lost", "records", "title", "link", "date", "ours s", "their s")
URL = "https://feeds.example.org/feed.xml"

THEIRS, OURS, NOBODY = "feedparser is wrong", "we are wrong", "either may be right"


@dataclass
class Tally:
    """What was counted over one folder."""

    counts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str, str], str] = field(default_factory=dict)
    seconds: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.counts += other.counts
        self.kinds += other.kinds
        self.examples = other.examples | self.examples
        self.seconds.update(other.seconds)


def main(folders: list[Path]) -> None:
    warnings.simplefilter("ignore")
    parse(b"<rss><channel><item><title>warm</title><br></item></channel></rss>", url=URL)
    print(f"{'folder':<26}" + "".join(f"{name:>9}" for name in COLUMNS))
    total = Tally()
    for folder in folders:
        tally = measure(folder)
        print(line(folder.name if folder.name != "feeds" else folder.parent.name, tally))
        total.add(tally)
    print(line("all", total))
    print_kinds(total)
    print_speed()
    print_hostile()


# --- agreement ------------------------------------------------------------------


def line(name: str, tally: Tally) -> str:
    counts = tally.counts
    shown = [str(counts[key]) for key in ("files", "fast", "lost", "records")]
    shown += [f"{100 * _share(tally, key, {}):.2f}%" for key in ("title", "link", "date")]
    shown += [f"{tally.seconds[key]:.2f}" for key in ("ours", "feedparser")]
    return f"{name:<26}" + "".join(f"{value:>9}" for value in shown)


def _share(tally: Tally, what: str, apart: dict[str, None] | set[str]) -> float:
    """The share of records that agree, those whose kind is put down to *apart* left out."""
    count = tally.counts["both"]
    out = sum(n for (name, _, who), n in tally.kinds.items() if name == what and who in apart)
    differ = sum(n for (name, _, _), n in tally.kinds.items() if name == what)
    return 1 - (differ - out) / max(count - out, 1)


def print_kinds(tally: Tally) -> None:
    print(f"\n{'':<6}{'kind of difference':<44}{'count':>6}  {'who':<20} example")
    for key, count in sorted(tally.kinds.items()):
        what, kind, who = key
        print(f"{what:<6}{kind:<44}{count:>6}  {who:<20} {tally.examples[key][:150]}")
    print("\nagreement where feedparser is not wrong:")
    for what in ("title", "link", "date"):
        print(f"{what:<6}{100 * _share(tally, what, {THEIRS}):.3f}%")


def measure(folder: Path) -> Tally:
    tally = Tally()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.suffix != ".tsv":
            _one(path, tally)
    return tally


def _one(path: Path, tally: Tally) -> None:
    body = path.read_bytes()
    started = time.perf_counter()
    theirs = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    between = time.perf_counter()
    records = _ours(body)
    tally.seconds["feedparser"] += between - started  # type: ignore[assignment]
    tally.seconds["ours"] += time.perf_counter() - between  # type: ignore[assignment]
    tally.counts["files"] += 1
    tally.counts["fast"] += _is_fast(body)
    tally.counts["records"] += len(records)
    tally.counts["lost"] += max(0, len(theirs["entries"]) - len(records))
    if len(theirs["entries"]) > len(records):
        print(f"lost {len(theirs['entries'])}>{len(records)} {path}")
    for number, (entry, record) in enumerate(zip(theirs["entries"], records, strict=False)):
        _compare(f"{path.name}[{number}]", entry, record, tally)


def _ours(body: bytes) -> tuple[Record, ...]:
    try:
        return parse(body, url=URL).records
    except FetchError:
        return ()


def _is_fast(body: bytes) -> bool:
    try:
        return isinstance(quick(body, url=URL), ParsedFeed)
    except FetchError:
        return False


def _compare(place: str, entry: dict[str, Any], record: Record, tally: Tally) -> None:
    tally.counts["both"] += 1
    pairs = {
        "title": (plain_line(dict.get(entry, "title") or ""), plain_line(record.title)),
        "link": (canonical_url(dict.get(entry, "link") or ""), canonical_url(record.url)),
        "date": (_date(entry), record.published),
    }
    for name, (theirs, ours) in pairs.items():
        if theirs != ours and theirs:
            kind, who = _kind(name, theirs, ours, entry)
            tally.kinds[name, kind, who] += 1
            written = f" written {_written(entry)!r}" if name == "date" else ""
            shown = f"{str(theirs)[:60]!r} | {str(ours)[:60]!r}{written} {place}"
            tally.examples.setdefault((name, kind, who), shown)


def _date(entry: dict[str, Any]) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        if parsed := dict.get(entry, name):
            try:
                return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
            except (ValueError, OverflowError):
                continue
    return None


def _written(entry: dict[str, Any]) -> str:
    return dict.get(entry, "published") or dict.get(entry, "updated") or ""


# --- who is right ---------------------------------------------------------------


def _kind(name: str, theirs: Any, ours: Any, entry: dict[str, Any]) -> tuple[str, str]:
    """The kind of a difference, and who is wrong, by what stands in the feed."""
    if name == "date":
        return _kind_of_date(theirs, _written(entry))
    if name == "link":
        return _kind_of_link(theirs, ours, entry)
    if re.sub(r"&(\w+);", r"&\1", theirs) == ours:
        return "a bare & taken for an entity", THEIRS
    return "other", OURS


def _kind_of_date(theirs: datetime, written: str) -> tuple[str, str]:
    if theirs.date() in UNSET or theirs.year < 1000:
        return "a clock that was never set", THEIRS
    if "年" in written:
        return "年月日 read as the first of the month", THEIRS
    if re.search(r"\d\s*[ap]\.?m", written, re.IGNORECASE):
        return "am and pm not heeded", THEIRS
    if re.search(r"T\d{6}", written):
        return "a time without colons read as midnight", THEIRS
    if re.search(r"[+-][2-9]\d:?\d\d$", written):
        return "an offset of more than a day", THEIRS
    if re.search(r":(?:6\d|[7-9]\d)(?!\d)", written) and _is_near(theirs, written):
        return "a second or minute after the 59th", THEIRS
    if moment_of(written[:MAX_DATE]) is None:
        return "no such day, hour or minute", THEIRS
    if re.search(r"\b(?:BST|CES?T|MSK|IST|[A-Z]{1,2}ST)$", written):
        return "a zone that feedparser does not know", THEIRS
    return "other", OURS


def _is_near(theirs: datetime, written: str) -> bool:
    moment = moment_of(written[:MAX_DATE])
    return moment is not None and abs(moment - theirs) < timedelta(minutes=1)


def _kind_of_link(theirs: str, ours: str, entry: dict[str, Any]) -> tuple[str, str]:
    links = dict.get(entry, "links") or ()
    pages = {
        canonical_url(each.get("href", "")) for each in links if each.get("rel") == "alternate"
    }
    if theirs not in pages and ours in pages:
        return "an enclosure taken for the page", THEIRS
    if len(pages) > 1 or any("/alternate" in each.get("rel", "") for each in links):
        return "several links: our first, feedparser's last", NOBODY
    return "other", OURS


# --- speed ----------------------------------------------------------------------

FEEDS, RECORDS, WORDS = 400, 30, 500
"""Feeds in a pass, records of a feed, characters of a description and of a content."""


def print_speed() -> None:
    bodies = [_generated(number) for number in range(FEEDS)]
    bare = ours = float("inf")
    for _ in range(7):
        bare = min(bare, _pass(bodies, fastfeedparser.parse))
        ours = min(ours, _pass(bodies, lambda body: quick(body, url=URL)))
    print(
        f"\n{FEEDS} feeds of {RECORDS} records, {len(bodies[0]) >> 10} kB each, best of 7 passes:"
    )
    print(f"fastfeedparser {1e6 * bare / FEEDS:.0f} µs a feed, ours {1e6 * ours / FEEDS:.0f} µs:")
    print(f"ratio {ours / bare:.2f}")


def _pass(bodies: list[bytes], read: Any) -> float:
    started = time.perf_counter()
    for body in bodies:
        read(body)
    return time.perf_counter() - started


def _generated(seed: int) -> bytes:
    random = Random(seed)
    items = "".join(
        f"<item><title>{_words(random, 60)} &amp; {n}</title><link>https://e.test/{seed}/{n}</link>"
        f'<guid isPermaLink="false">tag:{seed}-{n}</guid><dc:creator>A</dc:creator>'
        f"<pubDate>Mon, 01 Jun 2026 {n % 24:02d}:00:00 GMT</pubDate><category>news</category>"
        f"<description><![CDATA[<p>{_words(random, WORDS)}</p>]]></description>"
        f"<content:encoded><![CDATA[<p>{_words(random, WORDS)}</p>]]></content:encoded></item>"
        for n in range(RECORDS)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Feed {seed}</title><link>https://e.test/{seed}</link>{items}</channel></rss>"
    ).encode()


def _words(random: Random, length: int) -> str:
    vocabulary = "model paper agent policy – market ‘weights’ open training chip research".split()
    return " ".join(random.choices(vocabulary, k=length // 7))


# --- what is made to hurt -------------------------------------------------------


def _hostile() -> dict[str, bytes]:
    item = (
        "<item><title>t</title><link>https://e.test/{}</link><pubDate>2026-06-01</pubDate></item>"
    )
    shapes = {
        "100,000 records": "".join(map(item.format, range(100_000))),
        "100,000 records, not well formed": "".join(map(item.format, range(100_000))) + "<br>",
        "a title of 5 MB": f"<item><title>{'x' * 5_000_000}</title></item>",
        "7 MB of nested tags": "<a>" * 2_300_000,
        "1 MB of <!--": "<!--" * 250_000,
        "15 MB of <a/>": "<a/>" * 3_700_000,
        "12 MB of <![CDATA[": "<a><![CDATA[" * 1_000_000,
    }
    attributes = 'a="b" ' * 1_000_000
    whole = {"300 kB of <": b"<" * 300_000, "15 MB of spaces": b"<rss>" + b" " * 15_000_000}
    shapes["6 MB of attributes"] = f"<item><title {attributes}/></item>"
    return whole | {
        name: f"<rss><channel>{text}</channel></rss>".encode() for name, text in shapes.items()
    }


def print_hostile() -> None:
    print(f"\n{'made to hurt':<34}{'seconds':>9}  what comes of it on the quick road")
    for name, body in _hostile().items():
        started = time.perf_counter()
        try:
            found = quick(body, url=URL)
        except FetchError as error:
            outcome = error.reason
        else:
            outcome = (
                "left to the child process"
                if isinstance(found, Doubtful)
                else f"{len(found.records)} records"
            )
        print(f"{name:<34}{time.perf_counter() - started:>9.3f}  {outcome}")


if __name__ == "__main__":
    given = [Path(name) for name in sys.argv[1:]]
    main(given or [*sorted(SHARED.glob("days/*/feeds")), *sorted(SHARED.glob("feed-suites/*"))])
