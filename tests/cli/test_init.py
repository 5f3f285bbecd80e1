from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner

from digestbot.adapters.feeds.sources import expand
from digestbot.cli import main
from digestbot.cli.house import STARTER
from digestbot.config import default, load


def test_init_writes_the_starter_files_and_says_what_comes_next(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "news")])

    assert result.exit_code == 0
    written = [Path(line) for line in result.stdout.splitlines()]
    assert written == [tmp_path / "news" / name for name in STARTER]
    assert all(path.stat().st_size for path in written)
    assert f"digestbot run {tmp_path / 'news' / 'digest.toml'}" in result.stderr


def test_init_keeps_what_is_there_and_writes_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text("# mine")

    result = CliRunner().invoke(main, ["init", str(tmp_path)])

    assert result.exit_code == 0
    assert (tmp_path / "digest.toml").read_text() == "# mine"
    assert result.stdout == f"{tmp_path / 'feeds.opml'}\n"
    assert "--force replaces it" in result.stderr


def test_init_replaces_files_only_with_force(tmp_path: Path) -> None:
    (tmp_path / "digest.toml").write_text("# mine")

    CliRunner().invoke(main, ["init", "--force", str(tmp_path)])

    assert (tmp_path / "digest.toml").read_text() != "# mine"


def test_init_works_in_the_folder_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    assert (tmp_path / "digest.toml").exists()


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    result = CliRunner().invoke(main, ["init", str(tmp_path / "file" / "news")])

    assert result.exit_code == 1
    assert result.stderr == f"digestbot: {tmp_path / 'file' / 'news'}: Not a directory\n"


def test_the_starter_config_is_valid_and_near_the_defaults(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])

    settings = load(tmp_path / "digest.toml", env={})

    assert settings.sources == (str(tmp_path / "feeds.opml"),)
    assert settings.edition == default(env={}).edition
    assert settings.topic.include
    assert settings.topic.exclude


def test_every_optional_line_of_the_starter_config_is_valid_too(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])
    path = tmp_path / "digest.toml"
    setting = re.compile(r"^# (\"?\w+\"? = |\[\[)", re.MULTILINE)

    path.write_text(setting.sub(r"\1", path.read_text()))
    settings = load(path, env={})

    assert settings.feeds[0].name == "OpenAI"
    assert settings.fetch.allow_private
    assert settings.aliases == {"月之暗面": ("Moonshot AI", "Moonshot")}
    assert settings.model is None  # name = "none"


def test_the_starter_list_names_real_feeds_in_both_languages(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])

    feeds = ET.parse(tmp_path / "feeds.opml").findall(".//outline[@xmlUrl]")

    addresses = [feed.get("xmlUrl", "") for feed in feeds]
    assert len(set(addresses)) == len(addresses) >= 25
    assert all(address.startswith("https://") for address in addresses)
    assert "https://36kr.com/feed" in addresses
    assert "https://openai.com/news/rss.xml" in addresses


def test_the_starter_lists_names_and_categories_come_through_in_chinese(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path)])

    feeds = {feed.url: feed for feed in expand([str(tmp_path / "feeds.opml")])}

    assert len(feeds) >= 25
    assert (feeds["https://36kr.com/feed"].name, feeds["https://36kr.com/feed"].category) == (
        "36氪",
        "中文",
    )
