"""The examples work, and show what digestbot is for: they are a newcomer's first sight."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from digestbot.cli import main

ROOT = Path(__file__).parents[1]
DAY = re.search(r"EXAMPLE_DAY := (\S+)", (ROOT / "Makefile").read_text())


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Any]]:
    """The post that `make digest` shows, and its report."""
    folder = tmp_path_factory.mktemp("examples") / "examples"
    keep_out = shutil.ignore_patterns("posts", ".digestbot")
    shutil.copytree(ROOT / "examples", folder, ignore=keep_out)
    assert DAY
    arguments = ["run", str(folder / "daily.toml"), "--now", DAY[1], "--force", "--json"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    report: dict[str, Any] = json.loads(result.stdout_bytes)
    return Path(report["path"]).read_bytes().decode(), report


def links(post: str) -> list[str]:
    return re.findall(r"^ ?\d+\. +\[.*\]\((\S+)\)$", post, re.MULTILINE)


def test_every_shipped_feed_is_read(example: tuple[str, dict[str, Any]]) -> None:
    feeds = example[1]["feeds"]

    assert len(feeds) == len(list((ROOT / "examples" / "feeds").iterdir())) == 8
    assert {feed["status"] for feed in feeds} == {"fetched"}
    assert example[1]["entries_seen"] == 43


def test_the_post_is_whole_and_lint_finds_no_error(
    example: tuple[str, dict[str, Any]], tmp_path: Path
) -> None:
    path = tmp_path / "20260601.md"
    path.write_bytes(example[0].encode())

    result = CliRunner().invoke(main, ["lint", "--json", str(path)])

    findings = json.loads(result.stdout_bytes)
    assert [finding for finding in findings if finding["severity"] == "error"] == []
    assert len(links(example[0])) == 10


def test_every_link_is_a_feeds_own_without_tracking(example: tuple[str, dict[str, Any]]) -> None:
    shipped = "".join(path.read_text() for path in (ROOT / "examples" / "feeds").iterdir())

    assert all(link in shipped for link in links(example[0]))
    assert not re.search(r"utm_|f=rss", example[0])


def test_no_event_is_told_twice(example: tuple[str, dict[str, Any]]) -> None:
    titles = re.findall(r"^ ?\d+\. +\[(.*)\]", example[0], re.MULTILINE)

    for event in ("青鸾-3", "BD200", "霜河|雪线", "鹿鸣"):
        assert sum(bool(re.search(event, title)) for title in titles) <= 1, event


@pytest.mark.parametrize("unwanted", ["早班车", "面包节", "orchestra", "三年", "功耗竞赛"])
def test_round_ups_old_news_and_other_topics_stay_out(
    example: tuple[str, dict[str, Any]], unwanted: str
) -> None:
    assert unwanted not in example[0]


def test_the_notebook_runs_from_top_to_bottom(tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient

    folder = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", folder, ignore=shutil.ignore_patterns("posts", ".digestbot"))
    notebook = nbformat.read(folder / "notebook.ipynb", as_version=4)  # type: ignore[no-untyped-call]

    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(folder)}}).execute()

    shown = json.dumps([cell.get("outputs", []) for cell in notebook.cells], ensure_ascii=False)
    assert "text/markdown" in shown
    assert "<table" in shown
    assert '"output_type": "error"' not in shown
