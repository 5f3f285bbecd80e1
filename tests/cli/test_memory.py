"""``digestbot memory``: listed, rebuilt, forgotten, barred."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import digestbot
from digestbot.cli import main

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>测试日报</title>
{items}
</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://n.test/{number}</link>
<pubDate>Mon, 01 Jun 2026 0{number}:00:00 +0800</pubDate>
<description>{text}</description></item>
"""
STORIES = {
    "北渡半导体推理芯片BD200量产": "北渡半导体的推理芯片BD200开始量产，将交付给四家云服务商。",
    "南溟机器人在澄江物流园上岗": "南溟机器人把人形机器人部署到物流园，承担夜间的拣货与码垛。",
    "澜海市公布生成内容标识办法": "澜海市数据局要求人工智能生成的图片带有可见标识和隐式水印。",
}
TITLES = tuple(STORIES)
CONFIG = """\
sources = ["feed.xml"]
[model]
name = "none"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the edition of 1 June was made."""
    items = "".join(
        ITEM.format(title=title, text=text, number=number)
        for number, (title, text) in enumerate(STORIES.items(), start=1)
    )
    (tmp_path / "feed.xml").write_text(FEED.format(items=items))
    (tmp_path / "digest.toml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert called("run", "--now", "2026-06-01T12:00").exit_code == 0
    return tmp_path


def called(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(main, [*arguments], input=answer, catch_exceptions=False)


def listed(*arguments: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(called("memory", "--json", *arguments).stdout_bytes)
    return rows


def made_the_next_day() -> dict[str, Any]:
    """The report of an edition that would tell the same again."""
    again = called("run", "--now", "2026-06-02T00:30", "--dry-run", "--json", "--window", "24h")
    record: dict[str, Any] = json.loads(again.stdout_bytes)
    return record


def test_what_was_told_is_a_table_that_fits_80_columns(folder: Path) -> None:
    result = called("memory")

    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0].split() == ["edition", "no.", "headline"]
    assert sum("daily/2026-06-01" in line for line in lines) == 1
    assert all(title in result.stdout for title in TITLES)
    assert lines[-1].strip() == "3 stories in 1 edition"
    assert all(len(line.encode("gbk", "replace")) <= 80 for line in lines)


def test_the_same_as_json_and_from_python(folder: Path) -> None:
    rows = listed()

    with digestbot.open("digest.toml") as bot:
        told = bot.memory()
    assert [row["headline"] for row in rows] == [each.headline for each in told]
    assert rows[0] == {
        "edition": "daily/2026-06-01",
        "story": 1,
        "headline": told[0].headline,
        "url": told[0].url,
        "follow_up": False,
        "barred": False,
    }
    assert told.to_frame is not None
    assert TITLES[0] in told._repr_html_()


def test_a_memory_of_nothing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    result = called("memory", "--state", "s")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "nothing was told yet\n"


def test_only_the_last_editions_are_listed(folder: Path) -> None:
    called("run", "--now", "2026-05-31T23:59", "--window", "1m")
    (folder / "digest.toml").write_text(CONFIG + "[edition]\nname = 'evening'\n[output]\ndir='e'\n")
    called("memory", "forget", "BD200", "--yes")
    assert called("run", "--now", "2026-06-01T13:00").exit_code == 0

    assert {row["edition"] for row in listed()} == {"daily/2026-06-01", "evening/2026-06-01"}
    assert {row["edition"] for row in listed("--editions", "1")} == {"evening/2026-06-01"}


def test_a_lost_state_is_rebuilt_from_the_posts(folder: Path) -> None:
    before = listed()
    shutil.rmtree(folder / ".digestbot")
    (folder / "posts" / "about.md").write_text("# About us\n")

    result = called("memory", "rebuild", "posts")

    assert (result.exit_code, result.stdout) == (0, "daily/2026-06-01: 3 stories\n")
    assert result.stderr.startswith("no post: posts/about.md: line 1: ")
    assert listed() == before
    assert made_the_next_day()["status"] == "too little news"


def test_to_rebuild_again_says_what_is_known(folder: Path) -> None:
    before = listed()

    result = called("memory", "rebuild", "posts")

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "daily/2026-06-01: this edition is known already\n"
    assert listed() == before


def test_a_folder_without_posts_is_an_error(folder: Path) -> None:
    (folder / "empty").mkdir()

    result = called("memory", "rebuild", "empty")

    assert result.exit_code == 1
    assert result.stderr == "digestbot: there are no posts in empty\n"
    assert called("memory", "rebuild", "nowhere").exit_code == 2


@pytest.mark.parametrize("what", ["bd200", "https://n.test/1", "http://www.n.test/1/"])
def test_what_is_forgotten_is_shown_and_may_be_told_again(folder: Path, what: str) -> None:
    result = called("memory", "forget", what, answer="y\n")

    assert (result.exit_code, result.stdout) == (0, "forgot 1 story\n")
    assert f"daily/2026-06-01  {TITLES[0]}\n  https://n.test/1\n" in result.stderr
    assert sorted(row["headline"] for row in listed()) == sorted(TITLES[1:])
    assert [story["title"] for story in made_the_next_day()["stories"]] == [TITLES[0]]


def test_a_whole_edition_is_forgotten_by_its_day(folder: Path) -> None:
    assert called("memory", "forget", "2026-06-01", "--yes").stdout == "forgot 3 stories\n"
    assert listed() == []


def test_nothing_is_forgotten_without_a_yes(folder: Path) -> None:
    result = called("memory", "forget", "BD200", answer="n\n")

    assert result.exit_code == 1
    assert len(listed()) == 3


def test_what_nobody_told_is_no_story(folder: Path) -> None:
    result = called("memory", "forget", "BD900", "--yes")

    assert result.exit_code == 1
    assert result.stderr == "digestbot: nothing that was told is called BD900\n"
    assert called("memory", "forget").exit_code == 2


def test_what_is_barred_is_never_told_again_until_it_is_forgotten(folder: Path) -> None:
    result = called("memory", "bar", "BD200", "--yes")

    assert (result.exit_code, result.stdout) == (0, "barred 1 story\n")
    assert [row["headline"] for row in listed() if row["barred"]] == [TITLES[0]]
    assert "never again" in called("memory").stdout
    reasons = [each["reason"] for each in made_the_next_day()["skipped"]]
    assert any(
        reason.startswith("never to be told again: told on 2026-06-01") for reason in reasons
    )

    called("memory", "forget", "BD200", "--yes")
    assert [story["title"] for story in made_the_next_day()["stories"]] == [TITLES[0]]


def test_the_python_twins_forget_bar_and_rebuild(folder: Path) -> None:
    with digestbot.open("digest.toml") as bot:
        assert [each.headline for each in bot.forget("BD200", "2026-06-09")] == [TITLES[0]]
        assert [each.headline for each in bot.bar("物流园")] == [TITLES[1]]
        assert list(bot.forget()) == list(bot.bar()) == []
        known = bot.rebuild_memory("posts")
        assert (list(known), len(known.remarks)) == ([], 1)
        assert {each.headline for each in bot.memory()} == set(TITLES[1:])
        assert [each.barred for each in bot.memory("物流园")] == [True]
