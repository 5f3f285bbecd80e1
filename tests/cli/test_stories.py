"""``digestbot stories`` and ``explain``: a day's ranking, and why."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import digestbot
from digestbot.cli import main
from digestbot.cli.explain import print_explanation
from digestbot.cli.folding import lines
from digestbot.cli.story_table import print_stories

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>{name}</title>
{items}
</channel></rss>
"""
ITEM = """<item><title>{title}</title><link>https://n.test/{number}</link>
<pubDate>Mon, 01 Jun 2026 0{number}:00:00 +0800</pubDate>
<description>{text}</description></item>
"""
STORIES = {
    "北渡半导体的推理芯片BD200开始量产，首批一万二千片将在六月底之前交付给四家云服务商": "已交付。",
    "南溟机器人在澄江物流园上岗": "南溟机器人把人形机器人部署到物流园，承担夜间的拣货与码垛。",
    "澜海市公布生成内容标识办法": "澜海市数据局要求人工智能生成的图片带有可见标识和隐式水印。",
}
LONG, *OTHERS = STORIES
NOW = "2026-06-01T12:00"
CONFIG = 'sources = ["feed.xml"]\n[edition]\nlimit = 2\nper_source = 2\n[model]\nname = "none"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    items = "".join(
        ITEM.format(title=title, text=text, number=number)
        for number, (title, text) in enumerate(STORIES.items(), start=1)
    )
    (tmp_path / "feed.xml").write_text(FEED.format(name="测试日报", items=items))
    (tmp_path / "digest.toml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    return tmp_path


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def on_screen(width: int = 80) -> tuple[Console, io.StringIO]:
    screen = io.StringIO()
    return Console(file=screen, force_terminal=True, width=width, color_system=None), screen


@pytest.mark.usefixtures("folder")
def test_the_stories_of_a_day_are_found_and_ranked_without_a_post(folder: Path) -> None:
    result = called("stories", "--now", NOW)

    printed = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [line.split()[0] for line in printed] == ["1", "2", "3"]
    assert [line.split()[1] for line in printed] == ["*", "*", "-"]
    assert {title for title in STORIES if title in result.stdout} == set(STORIES)
    assert "digestbot: rank" in result.stderr
    assert not (folder / "posts").exists()


@pytest.mark.usefixtures("folder")
def test_what_the_last_run_ranked_is_shown_again_unless_asked_for_afresh() -> None:
    first = called("stories", "--now", NOW)
    again = called("stories", "--now", NOW)

    assert again.stdout == first.stdout
    assert "digestbot: rank" not in again.stderr
    assert "digestbot: rank" in called("stories", "--now", NOW, "--fresh").stderr


@pytest.mark.usefixtures("folder")
def test_stories_as_json_have_scores_reasons_and_entries() -> None:
    rows = json.loads(called("stories", "--now", NOW, "--json").stdout)

    assert [row["place"] for row in rows] == [1, 2, 3]
    assert [row["chosen"] for row in rows] == [True, True, False]
    assert rows[2]["stage"] == "choose"
    assert rows[0]["sources"] == ["测试日报"]
    assert rows[0]["entries"][0]["url"].startswith("https://n.test/")
    assert sum(reason["value"] for reason in rows[0]["reasons"]) == pytest.approx(
        rows[0]["score"], abs=0.001
    )


def test_a_day_without_news_has_an_exit_code_and_a_reason(folder: Path) -> None:
    quiet = called("stories", "--now", "2026-07-01T12:00")
    (folder / "feed.xml").unlink()
    (folder / "digest.toml").write_text(CONFIG.replace("feed.xml", "https://n.invalid/feed"))
    dead = called("stories", "--now", "2026-06-20T12:00")

    assert quiet.exit_code == 3
    assert "no stories: 0 entries in the edition's hours; 0 of 1 feeds failed" in quiet.stderr
    assert dead.exit_code == 1
    assert "1 of 1 feeds failed" in dead.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_fits_the_terminal_and_cuts_no_title(width: int) -> None:
    console, screen = on_screen(width)
    with digestbot.open() as bot:
        print_stories(bot.look(now=NOW), console, limit=2)

    printed = screen.getvalue()
    assert max(map(cell_len, printed.splitlines())) <= width
    assert "3 stories, 2 chosen" in printed
    assert "1 more with --all; digestbot explain N says why" in printed
    shown = sum(title in printed.replace(" ", "").replace("\n", "") for title in OTHERS)
    assert shown >= 1


@pytest.mark.usefixtures("folder")
def test_explain_tells_why_a_story_is_in_and_another_is_not() -> None:
    assert called("run", "--now", NOW).exit_code == 0

    kept = called("explain", "1")
    left = called("explain", "2026-06-01", "3")

    assert kept.exit_code == left.exit_code == 0
    assert "in the post: number 1 of 2" in kept.stdout
    assert "score" in kept.stdout
    assert "left out by choose: beyond the best 2" in left.stdout
    assert "nearest" in left.stdout or "rival" in left.stdout or "kept" in left.stdout


@pytest.mark.usefixtures("folder")
def test_explain_as_json_by_words_of_a_title() -> None:
    called("stories", "--now", NOW)

    found = json.loads(called("explain", "digest.toml", "BD200", "--json").stdout)

    assert found["subject"] == LONG
    assert found["edition"] == "daily/2026-06-01"
    assert found["place"] in (1, 2, 3)
    assert found["chosen"] is (found["stage"] == "")


@pytest.mark.usefixtures("folder")
def test_explain_without_a_run_says_what_to_do() -> None:
    result = called("explain", "1")

    assert result.exit_code == 2
    assert "no run is known yet; `digestbot run` or `digestbot stories` makes one" in result.stderr


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("asked", ["", "1", "3", "nobody says this"])
def test_an_explanation_fits_the_terminal(asked: str) -> None:
    console, screen = on_screen()
    with digestbot.open() as bot:
        bot.look(now=NOW)
        print_explanation(bot.explain(asked), console)

    assert screen.getvalue().strip()
    assert max(map(cell_len, screen.getvalue().splitlines())) <= 80


@given(st.text(max_size=200), st.integers(min_value=2, max_value=30))
def test_folded_lines_fit_and_lose_nothing_but_blanks(text: str, width: int) -> None:
    folded = list(lines(text, width))

    assert all(cell_len(line) <= width for line in folded)
    assert "".join("".join(folded).split()) == "".join(text.split())


def test_a_line_does_not_begin_with_a_full_stop_or_end_with_an_opening_mark() -> None:
    folded = list(lines("公司宣布“新芯片”上市。价格（含税）没有公布。", 8))

    assert not any(line[:1] in "。”）" for line in folded)
    assert not any(line[-1:] in "“（" for line in folded)


def test_the_door_reads_a_file_or_stdin_and_writes_a_line_for_each_item(tmp_path: Path) -> None:
    rows = [{"id": n, "title": title} for n, title in enumerate([LONG, LONG, *OTHERS])]
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
    (tmp_path / "x.jsonl").write_text(text, encoding="utf-8")

    of_file = called("stories", "--jsonl", str(tmp_path / "x.jsonl"))
    of_stdin = CliRunner().invoke(main, ["stories", "--jsonl", "-"], input=text.encode())

    assert of_file.stdout_bytes == of_stdin.stdout_bytes
    assert [json.loads(line) for line in of_file.stdout.splitlines()] == [
        {"id": 0, "story": 0},
        {"id": 1, "story": 0},
        {"id": 2, "story": 2},
        {"id": 3, "story": 3},
    ]


def test_a_line_of_the_door_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": 1, "title": "a"}\nnot JSON\n')

    result = called("stories", "--jsonl", str(tmp_path / "x.jsonl"))

    assert result.exit_code == 2
    assert "x.jsonl:2: this is no JSON object" in result.stderr
