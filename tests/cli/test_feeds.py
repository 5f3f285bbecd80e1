"""``digestbot feeds`` and its commands, over real files and a server on loopback."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digestbot.adapters.store import SqlStore
from digestbot.cli import main
from digestbot.cli.feed_table import Health, feed_lines, summary
from digestbot.config import load
from digestbot.model import Feed, FeedFigures, FeedState
from feed_server import FeedServer

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>
<item><title>芯片量产</title><link>https://n.test/1</link><description>首批交付。</description>
<pubDate>Mon, 01 Jun 2026 09:00:00 +0800</pubDate></item></channel></rss>
"""
PAGE = b"""<html><head><title>Site</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed">
<link rel="alternate" type="application/rss+xml" title="News" href="/news.xml">
<link rel="alternate" type="application/atom+xml" title="All" href="/all.xml">
</head></html>"""

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config with a feed that is well and one that is not."""
    (tmp_path / "well.xml").write_text(RSS.format(title="芯片纪"))
    (tmp_path / "ill.xml").write_text("no feed")
    path = tmp_path / "digest.toml"
    path.write_text(
        "# ours\n[model]\nname = 'none'\n\n[fetch]\nallow_private = ['127.0.0.1']\ntimeout = 3\n"
        "[[feeds]]\nurl = 'well.xml'\nweight = 1.5\n"
        "[[feeds]]\nurl = 'ill.xml'\nname = 'Ill'\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIGESTBOT_MODEL", raising=False)
    return path


def feeds(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["feeds", *arguments])


def test_feeds_lists_each_feed_with_its_health_in_80_columns(config: Path) -> None:
    before = feeds()
    CliRunner().invoke(main, ["run", "--now", "2026-06-01T12:00", "--dry-run"])
    after = feeds(str(config))

    assert before.exit_code == after.exit_code == 0
    assert before.stdout.splitlines()[-1] == "2 feeds: 2 not visited yet"
    assert max(map(len, before.stdout.splitlines())) <= 80
    rows = after.stdout.splitlines()
    assert rows[0].split() == ["feed", "weight", "reached", "a", "day", "used", "health"]
    assert rows[1].startswith("Ill")
    assert "failed once" in rows[1]
    assert any("芯片纪" in row and "1.5" in row and "well" in row for row in rows)
    assert rows[-1] == "2 feeds: 1 well, 1 failing"


def test_feeds_are_listed_as_json(config: Path) -> None:
    rows = json.loads(feeds("list", "--json").stdout)

    assert [row["told"] for row in rows] == ["not visited yet"] * 2


@pytest.mark.parametrize(
    ("state", "health", "told"),
    [
        (None, Health.NEW, "not visited yet"),
        ({"failures": 1, "last_error": "404"}, Health.FAILING, "failed once: 404"),
        (
            {"failures": 3, "last_error": "404", "failing_since": NOW - timedelta(days=3)},
            Health.FAILING,
            "failed 3 times in a row since 2026-05-29: 404",
        ),
        (
            {"failures": 3, "last_error": "404", "not_before": NOW + timedelta(hours=1)},
            Health.FAILING,
            "; next visit 06-01 ",
        ),
        ({"retired": NOW, "visits": 3}, Health.RETIRED, "gone since 2026-06-01"),
        (
            {"moved_to": "https://n.test/feed?token=s3cr3t", "visits": 3},
            Health.MOVED,
            "moved to https://n.test/feed?token=***: change its address",
        ),
        ({"visits": 3, "not_before": NOW + timedelta(hours=1)}, Health.WELL, "well; rests until"),
        ({"visits": 3}, Health.WELL, "well"),
    ],
)
def test_a_feeds_health_is_told_in_words(
    state: dict[str, object] | None, health: Health, told: str
) -> None:
    feed = Feed(url="https://n.test/feed")
    states = {feed.url: FeedState(url=feed.url, **state)} if state else {}  # type: ignore[arg-type]

    (line,) = feed_lines([feed], states, {}, now=NOW)

    assert line.health is health
    assert told in line.told


def test_trouble_comes_first_and_the_rest_in_order() -> None:
    urls = ["https://a.test", "https://b.test", "https://c.test"]
    states = {
        "https://a.test": FeedState(url="https://a.test", visits=1),
        "https://b.test": FeedState(url="https://b.test", visits=1),
        "https://c.test": FeedState(url="https://c.test", failures=1),
    }
    figures = {"https://a.test": FeedFigures(entries_a_day=2.0, used=0.5)}

    lines = feed_lines([Feed(url=url) for url in urls], states, figures, now=NOW)

    assert [line.url for line in lines] == [urls[2], urls[0], urls[1]]
    assert lines[1].used == 0.5
    assert summary(lines) == "3 feeds: 2 well, 1 failing"


def test_check_visits_the_feeds_now_and_says_which_fail(config: Path) -> None:
    result = feeds("check")

    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("fetched   芯片纪")
    assert result.stdout.splitlines()[0].endswith(": 1 records")
    assert "failed    Ill" in result.stdout
    assert "not a feed" in result.stdout


def test_check_brings_a_retired_feed_back(config: Path, server: FeedServer) -> None:
    url = server.answers("/feed", RSS.format(title="Back").encode())
    config.write_text(
        f"[model]\nname='none'\n[fetch]\nallow_private=['127.0.0.1']\n[[feeds]]\nurl='{url}'\n"
    )
    with SqlStore.open(config.parent / ".digestbot") as store:
        store.save_feed_states([FeedState(url=url, retired=NOW, last_error="gone")])

    result = feeds("check", "--json")

    assert result.exit_code == 0
    assert json.loads(result.stdout)[0]["status"] == "fetched"
    assert "1 well" in feeds().stdout


def test_add_finds_the_feed_of_a_site(config: Path, server: FeedServer) -> None:
    site = server.answers("/", PAGE, content_type="text/html")
    for path, title in (("/news.xml", "News"), ("/all.xml", "All"), ("/comments/feed", "C")):
        server.answers(path, RSS.format(title=title).encode())

    result = feeds("add", site, "--category", "labs")

    assert result.exit_code == 0, result.output
    assert result.stdout == f"added News: {server.url('/news.xml')}\n"
    assert f"the site also has All: {server.url('/all.xml')}" in result.stderr
    assert load(config).feeds[-1] == Feed(url=server.url("/news.xml"), name="News", category="labs")
    assert config.read_text().startswith("# ours\n[model]")


def test_add_takes_a_feeds_own_address_and_adds_it_once(config: Path, server: FeedServer) -> None:
    url = server.answers("/feed", RSS.format(title="芯片“纪”").encode())

    first, second = feeds("add", url, "--name", "My feed"), feeds("add", url)

    assert first.stdout == f"added My feed: {url}\n"
    assert second.stdout == f"already there: {url}\n"
    assert [feed.url for feed in load(config).feeds].count(url) == 1


def test_add_finds_a_feed_in_the_usual_places(config: Path, server: FeedServer) -> None:
    site = server.answers("/", b"<html></html>", content_type="text/html")
    server.answers("/atom.xml", RSS.format(title="T").encode())

    assert feeds("add", site).stdout == f"added T: {server.url('/atom.xml')}\n"


def test_add_says_what_was_tried(config: Path, server: FeedServer) -> None:
    before = config.read_text()

    result = feeds("add", server.answers("/", b"<html></html>", content_type="text/html"))

    assert result.exit_code == 1
    assert "no feed there: tried the page itself" in result.stderr
    assert "give the feed's own address" in result.stderr
    assert config.read_text() == before


def test_add_reaches_no_private_address_that_is_not_allowed(
    config: Path, server: FeedServer
) -> None:
    config.write_text("[model]\nname = 'none'\n")
    url = server.answers("/feed", RSS.format(title="T").encode())

    assert "private address refused" in feeds("add", url).stderr
    assert feeds("add", url, "--allow-private", "127.0.0.1").exit_code == 0


def test_add_needs_a_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    result = feeds("add", "https://n.test")

    assert result.exit_code == 2
    assert "`digestbot init` writes one" in result.stderr


def test_export_and_import_give_the_same_feeds(config: Path, tmp_path: Path) -> None:
    config.write_text(
        "[model]\nname = 'none'\n"
        "[[feeds]]\nurl = 'https://me:s3cr3t@a.test/feed'\nname = 'A & <b>'\n"
        "category = '新闻/asia'\n"
        "[[feeds]]\nurl = 'https://b.test/feed'\n"
    )
    exported = feeds("export")
    (tmp_path / "list.opml").write_bytes(exported.stdout_bytes)
    other = tmp_path / "other.toml"
    other.write_text("[[feeds]]\nurl = 'http://b.test/feed/'\n")

    result = feeds("import", "list.opml", "--config", "other.toml")

    assert "s3cr3t" not in exported.stdout
    assert result.stdout == "added 1 feeds; 1 were there already\n"
    assert load(other).feeds[-1] == Feed(
        url="https://a.test/feed", name="A & <b>", category="新闻/asia"
    )


def test_a_list_that_cannot_be_read_is_named(config: Path, tmp_path: Path) -> None:
    (tmp_path / "list.opml").write_text("<opml></opml>")

    assert "list.opml: a list without feeds" in feeds("import", "list.opml").stderr
    assert "none.opml: No such file" in feeds("import", "none.opml").stderr
