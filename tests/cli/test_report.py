"""``digestbot report`` and ``preview``: pages of a post, made from what was kept."""

from __future__ import annotations

import json
import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digestbot.cli import main

FEEDS = Path(__file__).parents[2] / "examples" / "feeds"
DAY = "2026-06-01"
KEPT = Path("st") / "editions" / f"daily-{DAY}"


@pytest.fixture(autouse=True)
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which the example's post was made."""
    monkeypatch.chdir(tmp_path)
    Path("digest.toml").write_text(
        f'sources = ["{FEEDS}"]\n[output]\ndir = "posts"\nstate = "st"\n[model]\nname = "none"\n'
    )
    assert run("run", "digest.toml", "--now", f"{DAY}T12:00:00+08:00").exit_code == 0
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize("words", [(), ("digest.toml",), (DAY,), ("digest.toml", DAY)])
def test_the_page_is_written_beside_the_evidence_and_its_path_printed(words: str) -> None:
    result = run("report", *words)

    assert result.exit_code == 0, result.output
    path = Path(result.stdout.strip())
    assert path.resolve() == (KEPT / "report.html").resolve()
    page = path.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "edited since" not in page
    assert json.loads((KEPT / "digest.json").read_text())["post"] == "20260601.md"


def test_an_edited_post_is_said_to_be() -> None:
    post = Path("posts/20260601.md")
    post.write_text(post.read_text(encoding="utf-8") + "!", encoding="utf-8")
    assert "edited since" in run("report", "-o", "-").stdout

    post.unlink()
    assert "edited since" in run("report", "-o", "-").stdout


def test_it_goes_where_it_is_wanted_and_into_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)

    result = run("report", "-o", "page.html", "--open")

    assert result.stdout == "page.html\n"
    assert opened == [Path("page.html").resolve().as_uri()]


def test_a_day_of_which_nothing_is_kept_is_a_clear_error() -> None:
    unknown = run("report", "2026-05-01")
    (KEPT / "digest.json").write_text("{}")
    broken = run("report")
    (KEPT / "digest.json").unlink()
    lost = run("report")

    assert [each.exit_code for each in (unknown, broken, lost)] == [2, 2, 2]
    assert "no run of 2026-05-01 is known" in unknown.stderr
    assert "this is no post's evidence" in broken.stderr
    assert f"`digestbot run --date {DAY} --force`" in lost.stderr
    assert run("report", "digest.toml", "x", DAY).exit_code == 2


def test_a_preview_is_opened_or_written(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)

    shown = run("preview", "posts/20260601.md")
    written = run("preview", "posts/20260601.md", "-o", "page.html")
    printed = run("preview", "posts/20260601.md", "-o", "-")

    path = Path(shown.stdout.strip())
    assert opened == [path.as_uri()]
    assert written.stdout == "page.html\n"
    assert path.read_text(encoding="utf-8") == printed.stdout
    assert "<h1>2026.06.01 全球AI新闻速递</h1>" in printed.stdout
