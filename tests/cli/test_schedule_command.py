from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from digestbot.cli import main


def test_schedule_prints_all_three_ways_for_this_config_and_interpreter(tmp_path: Path) -> None:
    config = tmp_path / "digest.toml"
    config.write_text("sources = ['f']\n[edition]\ntimezone = 'UTC'\n")

    result = CliRunner().invoke(main, ["schedule", str(config), "--at", "6:30"])

    assert result.exit_code == 0
    assert f"{sys.executable} -m digestbot run {config}" in result.stdout
    assert "OnCalendar=*-*-* 06:30:00 UTC" in result.stdout
    assert '- cron: "30 6 * * *"' in result.stdout
    assert result.stderr == ""


def test_the_schedule_names_the_variable_of_the_providers_key(tmp_path: Path) -> None:
    config = tmp_path / "digest.toml"
    config.write_text("sources = ['f']\n[model]\nprovider = 'deepseek'\n")

    result = CliRunner().invoke(main, ["schedule", str(config)])

    assert "DEEPSEEK_API_KEY" in result.stdout
    assert "OPENAI_API_KEY" not in result.stdout


def test_an_hour_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["schedule", "--at", "25:00"])

    assert result.exit_code == 2
    assert "'25:00' is not an hour such as 08:00" in result.stderr


def test_a_schedule_without_a_config_points_at_init(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, ["schedule"])

    assert result.exit_code == 2
    assert "digestbot init" in result.stderr


def test_a_schedule_names_the_variable_that_holds_the_key(tmp_path: Path) -> None:
    config = tmp_path / "digest.toml"
    config.write_text("sources = ['f']\n[model]\napi_key_env = 'NEWS_KEY'\n")

    result = CliRunner().invoke(main, ["schedule", str(config)])

    assert "secrets.NEWS_KEY" in result.stdout
