"""Runs that are killed anywhere, and runs that meet: what readers and later editions see."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
AT_LEAST = 50
"""So many lines of ours at the least lie between opening the store and a confirmed post."""

PUBLISH = """
import sys
from pathlib import Path
from builders import edition, story, told_by
from digestbot.adapters.store import SqlStore
from digestbot.model import Post
from digestbot.stages.publish import publish

folder, text = Path(sys.argv[1]), sys.argv[2] * 1_000_000
with SqlStore.open(folder / "state") as store, store.lock(timeout=30):
    post = Post(path=folder / "post.md", text=text)
    print(publish(post, edition=edition(), told=told_by(story()), store=store, force=False))
"""


def _python(*arguments: str) -> subprocess.Popen[str]:
    # Without coverage: its tracer and ours would fight, and a killed process reports nothing.
    inherited = {key: v for key, v in os.environ.items() if not key.startswith("COVERAGE")}
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=inherited | {"PYTHONPATH": str(TESTS)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _output(process: subprocess.Popen[str]) -> str:
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out.strip()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the killer forks")
def test_a_run_killed_anywhere_leaves_a_whole_post_or_none_and_a_memory_that_agrees(
    tmp_path: Path,
) -> None:
    driver = str(TESTS / "crashing.py")
    new = _python(driver, "", str(tmp_path / "new"))
    replaced = _python(driver, "old", str(tmp_path / "replaced"))

    assert int(_output(new)) > AT_LEAST
    assert int(_output(replaced)) > AT_LEAST


def test_of_runs_that_publish_the_same_edition_at_once_the_first_wins_and_all_end_well(
    tmp_path: Path,
) -> None:
    runs = {text: _python("-c", PUBLISH, str(tmp_path), text) for text in "abc"}

    endings = {text: _output(run) for text, run in runs.items()}

    assert sorted(endings.values()) == ["already there", "already there", "published"]
    (winner,) = [text for text, ending in endings.items() if ending == "published"]
    assert (tmp_path / "post.md").read_text(encoding="utf-8") == winner * 1_000_000
