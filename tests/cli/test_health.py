from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from digestbot.cli import main
from digestbot.cli.health import _health, _reached
from digestbot.model import FeedState

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>
<item><title>芯片量产</title><link>https://n.test/1</link><description>首批交付。</description>
<pubDate>Mon, 01 Jun 2026 09:00:00 +0800</pubDate></item></channel></rss>
"""


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config with a feed that is well and one that is not."""
    (tmp_path / "well.xml").write_text(FEED.format(title="芯片纪"))
    (tmp_path / "ill.xml").write_text("no feed")
    path = tmp_path / "digest.toml"
    path.write_text(
        "[model]\nname = 'none'\n"
        "[[feeds]]\nurl = 'well.xml'\nweight = 1.5\n"
        "[[feeds]]\nurl = 'ill.xml'\nname = 'Ill'\n"
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIGESTBOT_MODEL", raising=False)
    return path


def test_feeds_lists_each_feed_with_its_health_in_80_columns(config: Path) -> None:
    before = CliRunner().invoke(main, ["feeds"])
    CliRunner().invoke(main, ["run", "--now", "2026-06-01T12:00", "--dry-run"])
    after = CliRunner().invoke(main, ["feeds"])

    assert before.exit_code == after.exit_code == 0
    assert before.stdout.count("not visited yet") == 2
    assert max(map(len, before.stdout.splitlines())) <= 80
    rows = after.stdout.splitlines()
    assert rows[0].split() == ["feed", "weight", "last", "reached", "health"]
    assert any("芯片纪" in row and "1.5" in row and "well" in row for row in rows)
    assert any("Ill" in row and "never" in row and "failed once" in row for row in rows)


def test_doctor_names_what_is_wrong_and_goes_on(config: Path) -> None:
    result = CliRunner().invoke(main, ["doctor", str(config)])

    assert result.exit_code == 0, result.output
    assert f"ok       config: {config}\n" in result.stdout
    assert "warning  feeds: 1 of 2 reached: Ill (" in result.stdout
    assert "         -> see `digestbot feeds`" in result.stdout


def test_doctor_leaves_with_1_if_something_is_broken(config: Path) -> None:
    result = CliRunner().invoke(main, ["doctor", "--feeds", "ill.xml", "--json"])

    checks = {check["subject"]: check for check in json.loads(result.stdout_bytes)}
    assert result.exit_code == 1
    assert checks["feeds"]["health"] == "broken"
    assert checks["feeds"]["advice"]


def test_doctor_tells_a_broken_config_and_stops_there(config: Path) -> None:
    config.write_text("[edition]\nlimt = 3\n")

    result = CliRunner().invoke(main, ["doctor"])

    assert result.exit_code == 1
    assert result.stdout.startswith(
        'broken   config: digest.toml:2: edition.limt: unknown key, did you mean "limit"?\n'
    )


NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "reached", "health"),
    [
        (None, "never", "not visited yet"),
        (FeedState(url="u", failures=1, last_error="404"), "never", "failed once: 404"),
        (
            FeedState(url="u", failures=3, last_error="404", last_success=NOW - timedelta(days=3)),
            "3 days ago",
            "failed 3 times in a row: 404",
        ),
        (FeedState(url="u", last_success=NOW - timedelta(hours=5)), "5 h ago", "well"),
    ],
)
def test_a_feeds_health_is_told_in_words(
    state: FeedState | None, reached: str, health: str
) -> None:
    assert _reached(state, NOW) == reached
    assert _health(state) == health
