from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digestbot.cli import main

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
