"""A real day over loopback HTTP, one feed in ten misbehaving: the post goes out all the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner

import misbehaving_server as server
from builders import SHARED
from digestbot.cli import main
from digestbot.library import load_format
from digestbot.model import Severity
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from misbehaving_server import MisbehavingServer, Way, serving

FEEDS = SHARED / "data" / "days" / "2026-02-17-world" / "feeds"
NOW = "2026-02-18T10:30:00+08:00"
NEXT_DAY = "2026-02-19T10:30:00+08:00"

TIMEOUT = 2.0
"""Seconds a feed may take: enough for a second try after the usual pause."""

ONE_IN = 10
TURNS = 5
"""Runs in which all ways to misbehave have their turn."""

pytestmark = pytest.mark.skipif(not FEEDS.is_dir(), reason="the real feeds are not here")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A way to misbehave, and what the report has to say of a feed that does."""

    way: Way
    reason: str
    """A pattern that the reason has to match."""
    status: str = "failed"
    cut: bool = False
    """Whether only what stands before a cut can be kept."""


TOO_LATE = r"no answer within 2 s"
BROKE_OFF = "the connection broke off"
NO_SENSE = "the answer cannot be understood"


def good(way: Way, *, cut: bool = False) -> Case:
    """A way that costs no more than what stands behind a *cut*."""
    return Case(way=way, reason="", status="fetched", cut=cut)


CASES: Mapping[str, Case] = {
    # no answer, or none that ends
    "hangs": Case(way=server.hangs, reason=TOO_LATE),
    "drips its head": Case(way=server.drips_its_head, reason=TOO_LATE),
    "drips its body": Case(way=server.drips_its_body, reason=TOO_LATE),
    "sends hints for ever": Case(way=server.hints_for_ever, reason=TOO_LATE),
    "never ends": Case(way=server.never_ends, reason=f"larger than 15 MiB|{TOO_LATE}"),
    "sends a bomb": Case(way=server.sends_a_bomb, reason="larger than 15 MiB"),
    # broken connections and heads
    "resets at once": Case(way=server.resets_at_once, reason=BROKE_OFF),
    "resets in the body": Case(way=server.resets_in_the_body, reason=BROKE_OFF),
    "promises more than it sends": Case(way=server.promises_more, reason=BROKE_OFF),
    "breaks its chunks": Case(way=server.breaks_its_chunks, reason=f"{BROKE_OFF}|{NO_SENSE}"),
    "sends huge headers": Case(way=server.sends_huge_headers, reason=NO_SENSE),
    "sends ten thousand cookies": Case(
        way=server.sends_ten_thousand_cookies, reason=f"{NO_SENSE}|{BROKE_OFF}|not a feed"
    ),
    "speaks no HTTP": Case(way=server.speaks_no_http, reason=NO_SENSE),
    "claims to be compressed": Case(
        way=server.claims_to_be_compressed, reason=f"{BROKE_OFF}|{NO_SENSE}"
    ),
    # refusals and detours
    "500": Case(way=server.refuses("500 Oops"), reason="the server answered 500"),
    "503, retry after an hour": Case(
        way=server.refuses("503 Busy", retry_after="3600"), reason="the server answered 503"
    ),
    "429, retry after a second": Case(
        way=server.refuses("429 Slow Down", retry_after="1"), reason="the server answered 429"
    ),
    "404": Case(way=server.refuses("404 Not Found"), reason="the server answered 404"),
    "410": Case(way=server.refuses("410 Gone"), reason="gone for good", status="retired"),
    "304 unasked": Case(
        way=server.refuses("304 Not Modified", page=b""), reason="the server answered 304"
    ),
    "redirects in a loop": Case(way=server.redirects_in_a_loop, reason="more than 5 redirects"),
    "redirects to a private address": Case(
        way=server.redirects_to_a_private_address,
        reason=r"private address refused \(10\.0\.0\.1\)",
    ),
    "redirects to a file": Case(
        way=server.redirects_to_a_file, reason=r"not an http\(s\) address \(file\)"
    ),
    "redirects to a login page": Case(
        way=server.redirects_to_a_login_page, reason=r"not a feed but a web page .*/login"
    ),
    # bodies
    "gives a login page": Case(
        way=server.gives(server.LOGIN, "text/html"), reason="not a feed but a web page"
    ),
    "gives nothing": Case(way=server.gives(b""), reason="not a feed: the answer is empty"),
    "gives an error in JSON": Case(
        way=server.gives(b'{"error": "quota"}', "application/json"), reason="not a feed"
    ),
    "gives garbage": Case(way=server.gives(server.GARBAGE), reason="not a feed"),
    "gives a billion laughs": Case(way=server.gives(server.LAUGHS), reason="not a feed|parsed"),
    "gives nested tags": Case(way=server.gives(server.NESTED), reason="not a feed|parsed"),
    "cuts its feed": good(server.cuts_its_feed, cut=True),
    "promises less than it sends": good(server.promises_less, cut=True),
    "names a wrong charset": good(server.labels("text/xml; charset=shift_jis")),
    "names no type": good(server.labels("")),
    "calls itself a web page": good(server.labels("text/html")),
}
WELL = good(server.behaves)

Facts = Mapping[str, Any]
"""What the report says of one feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What the command left: its exit code, its report, and the post."""

    exit_code: int
    report: Mapping[str, Any]
    feeds: Mapping[str, Facts]
    """By the name of the feed's file."""

    @property
    def post(self) -> Path:
        return Path(self.report["path"])


@pytest.fixture(scope="module")
def day() -> Iterator[MisbehavingServer]:
    """All feeds of the day, each on a host of its own."""
    try:
        with serving({path.name: path.read_bytes() for path in sorted(FEEDS.iterdir())}) as server:
            yield server
    except OSError as error:
        pytest.skip(f"loopback has only one address here: {error}")


@pytest.fixture(scope="module")
def well(day: MisbehavingServer, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Facts]:
    """What the report says of each feed when none misbehaves."""
    feeds = ran(day, tmp_path_factory.mktemp("well")).feeds
    assert {facts["status"] for facts in feeds.values()} == {"fetched"}
    return feeds


@pytest.mark.parametrize("turn", range(TURNS))
def test_a_day_goes_out_whole_while_one_feed_in_ten_misbehaves(
    turn: int, day: MisbehavingServer, well: Mapping[str, Facts], tmp_path: Path
) -> None:
    ways = list(CASES)[turn::TURNS]
    bad = dict(zip(list(well)[turn::ONE_IN], cycle(ways), strict=False))
    assert set(bad.values()) == set(ways)

    first = ran(day, tmp_path, bad=bad)

    assert_good(first, day)
    assert_told(first.feeds, bad, well)
    assert_nothing_more_is_done(first, day, tmp_path, bad)
    assert_well_again(day, tmp_path, bad)


def ran(
    day: MisbehavingServer,
    folder: Path,
    *,
    bad: Mapping[str, str] | None = None,
    now: str = NOW,
) -> Ran:
    """Run ``digestbot run`` over the feeds of the day, and read what it says."""
    day.ways = {name: CASES[case].way for name, case in (bad or {}).items()}
    (folder / "feeds.opml").write_text(opml(day.url(name) for name in day.feeds))
    (folder / "digest.toml").write_text(
        f'sources = ["feeds.opml"]\n[fetch]\ntimeout = {TIMEOUT}\nallow_private = ["127.0.0.0/8"]\n'
    )
    arguments = ["run", str(folder / "digest.toml"), "--now", now, "--window", "24h"]
    result = CliRunner().invoke(
        main, [*arguments, "--model", "none", "--json"], catch_exceptions=False
    )
    report = json.loads(result.stdout)
    feeds = {Path(urlsplit(facts["url"]).path).name: facts for facts in report["feeds"]}
    return Ran(exit_code=result.exit_code, report=report, feeds=feeds)


def opml(urls: Iterable[str]) -> str:
    outlines = "".join(f'<outline type="rss" xmlUrl="{escape(url)}"/>' for url in urls)
    return f'<?xml version="1.0"?><opml version="2.0"><body>{outlines}</body></opml>'


def assert_good(run: Ran, day: MisbehavingServer) -> None:
    """The post has no error, and every link of it stands in a feed that was served."""
    assert run.exit_code == 0, run.report
    assert run.report["status"] == "published"
    text, format = run.post.read_text(), load_format("daily")
    assert [each for each in lint(text, format=format) if each.severity is Severity.ERROR] == []
    links = [item.url for item in parse(text, format=format).items]
    assert len(links) == 10
    written = unquote(b"".join(day.feeds.values()).decode("utf-8", "replace").replace("&amp;", "&"))
    assert [link for link in links if re.split(r"[?]", unquote(link))[0] not in written] == []


def assert_told(
    feeds: Mapping[str, Facts], bad: Mapping[str, str], well: Mapping[str, Facts]
) -> None:
    """Each feed that misbehaves is named with its reason; all others gave what they always give."""
    for name, facts in feeds.items():
        case = CASES[bad[name]] if name in bad else WELL
        told = f"{name}, which {bad.get(name, 'does well')}: {facts}"
        assert facts["status"] == case.status, told
        assert re.search(case.reason, facts["reason"]), told
        if case.cut:
            assert 0 < facts["seen"] <= well[name]["seen"], told
        elif case.status == "fetched":
            assert (facts["seen"], facts["kept"]) == (well[name]["seen"], well[name]["kept"]), told


def assert_nothing_more_is_done(
    first: Ran, day: MisbehavingServer, folder: Path, bad: Mapping[str, str]
) -> None:
    """A second run on the same day asks no server, and leaves the post as it is."""
    text, written, asked = first.post.read_bytes(), first.post.stat(), day.asked.total()

    second = ran(day, folder, bad=bad)

    assert (second.exit_code, second.report["status"]) == (0, "already there")
    assert day.asked.total() == asked
    assert first.post.read_bytes() == text
    assert first.post.stat().st_mtime_ns == written.st_mtime_ns
    assert list(first.post.parent.iterdir()) == [first.post]


def assert_well_again(day: MisbehavingServer, folder: Path, bad: Mapping[str, str]) -> None:
    """The next day, what misbehaved once is read like the others; only 410 is for ever."""
    feeds = ran(day, folder, now=NEXT_DAY).feeds

    gone = {name for name, case in bad.items() if CASES[case].status == "retired"}
    assert {name for name in feeds if feeds[name]["status"] == "failed"} == set()
    assert {name for name in feeds if feeds[name]["status"] == "retired"} == gone
