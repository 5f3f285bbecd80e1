"""``digestbot pick``, ``drop`` and ``taste``: choices that later editions follow."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import digestbot
from digestbot.cli import main
from digestbot.errors import ConfigError

FEEDS = Path(__file__).parents[2] / "examples" / "feeds"
NOW = "2026-06-01T12:00:00+08:00"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config, and the edition of one day."""
    (tmp_path / "digest.toml").write_text(
        f'sources = ["{FEEDS.as_posix()}"]\n[model]\nname = "none"\n'
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DIGESTBOT_MODEL", raising=False)
    return tmp_path


def digest(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def edition() -> list[dict[str, object]]:
    """The stories of the day as a run ranks them now."""
    result = digest("run", "--now", NOW, "--force", "--json")
    assert result.exit_code == 0, result.stderr
    stories: list[dict[str, object]] = json.loads(result.stdout)["stories"]
    return stories


def test_what_was_picked_and_dropped_is_told_and_shown() -> None:
    first, second, *_ = edition()

    picked, dropped = digest("pick", "1"), digest("drop", str(second["url"]))
    shown = digest("taste").stdout

    assert picked.stdout.startswith(f"picked: {first['title']} (")
    assert dropped.stdout.startswith(f"dropped: {second['title']} (")
    assert "1 picked, 1 dropped; the last is 2: dropped" in shown
    assert all(len(line) <= 80 for line in shown.splitlines() if line.isascii())


def test_the_next_edition_follows_and_says_why() -> None:
    before = edition()
    last = before[-1]
    digest("pick", str(last["url"]))

    after = next(story for story in edition() if story["url"] == last["url"])

    assert float(str(after["score"])) > float(str(last["score"]))
    assert "you picked 1 of 1 of" in json.dumps(after["reasons"])


def test_a_choice_taken_back_leaves_no_trace() -> None:
    before = edition()
    digest("pick", "2", "3")

    undone = digest("taste", "undo"), digest("taste", "undo", "1")

    assert [each.exit_code for each in undone] == [0, 0]
    assert undone[1].stdout.startswith(f"took back: {before[1]['title']}")
    assert edition() == before
    assert digest("taste").stdout == "nothing yet: `digestbot pick` and `digestbot drop` teach it\n"


def test_a_source_is_forgotten_alone() -> None:
    edition()
    digest("pick", "1", "2", "3")
    sources = [each["subject"] for each in json.loads(digest("taste", "--json").stdout)["sources"]]

    forgot = digest("taste", "forget", sources[0])

    left = [each["subject"] for each in json.loads(digest("taste", "--json").stdout)["sources"]]
    assert forgot.stdout.startswith(f"forgot {sources[0]} (+0.")
    assert sorted(left) == sorted(sources[1:])


def test_the_last_word_on_a_story_counts() -> None:
    edition()
    digest("pick", "1")
    digest("drop", "1")

    (choice,) = json.loads(digest("taste", "--json").stdout)["choices"]

    assert choice["picked"] is False


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("pick", "99"), "there is no story 99"),
        (("drop", "https://n.test/none"), "no story links to https://n.test/none"),
        (("taste", "undo"), "there is no choice to take back"),
        (("taste", "undo", "4"), "no choice 4"),
        (("taste", "forget", "nobody"), "nothing was learned of 'nobody'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_is_not_there_is_a_mistake_in_the_command(
    arguments: tuple[str, ...], complaint: str
) -> None:
    edition()

    result = digest(*arguments)

    assert result.exit_code == 2
    assert complaint in result.stderr


def test_python_has_the_same_doors(folder: Path) -> None:
    edition()
    with digestbot.open(folder / "digest.toml") as bot:
        (picked,) = bot.pick(1)
        bot.drop(2, picked.url)

        assert [choice.picked for choice in bot.choices()] == [False, False]
        (lesson, *_) = bot.taste().sources
        assert bot.forget_taste(lesson.subject.upper()).subject == lesson.subject
        assert bot.undo_choice().url == picked.url
        with pytest.raises(ConfigError, match="no story 77"):
            bot.pick(77)


def test_before_the_first_edition_there_is_nothing_to_pick() -> None:
    result = digest("pick", "1")

    assert result.exit_code == 2
    assert "there is no edition yet" in result.stderr
