"""``digestbot.check``: the command's twin in Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import digestbot
from digestbot.model import Post

SOURCE = '{"title": "A", "url": "https://n.test/a", "text": "It has 117 rooms."}\n'
TEXT = "- [A](https://n.test/a): 118 rooms, seven beds\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.jsonl"
    path.write_text(SOURCE)
    return path


def test_a_file_is_checked_against_its_sources(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text(TEXT)

    checked = digestbot.check(path, source)

    assert (checked.items, checked.matched, checked.unread) == (1, 1, ())
    assert [each.finding.text for each in checked.hard] == ["118"]
    assert [each.finding.text for each in checked.suspect] == ["seven"]
    assert [(each.line, each.column, each.part) for each in checked.found] == [
        (1, 26, "item 1"),
        (1, 37, "item 1"),
    ]


def test_a_post_that_was_made_is_checked_before_it_is_written(source: Path) -> None:
    post = Post(path=Path("posts/20260601.md"), text=TEXT)

    assert digestbot.check(post, [str(source)]) == digestbot.check(post, [source, source])


def test_a_post_that_is_not_there_is_told(source: Path, tmp_path: Path) -> None:
    with pytest.raises(digestbot.ConfigError, match="cannot be read"):
        digestbot.check(tmp_path / "none.md", source)


def test_sources_that_say_nothing_are_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("\n")

    with pytest.raises(digestbot.ConfigError, match=r"there is nothing in them$"):
        digestbot.check(path, path)
