"""The bot, as a notebook uses it: whole runs and single stages, on the shipped feeds."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import digestbot
from digestbot.bot import Bot
from digestbot.config import Settings, default
from digestbot.errors import ConfigError
from digestbot.model import Status
from digestbot.wiring import open_bot

FEEDS = Path(__file__).parents[1] / "examples" / "feeds"
NOW = "2026-06-01T12:00:00+08:00"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(default(env={}, folder=tmp_path), sources=(str(FEEDS),))


@pytest.fixture
def bot(settings: Settings) -> Iterator[Bot]:
    with open_bot(settings, env={}) as bot:
        yield bot


def test_the_stages_one_by_one_give_the_post_of_a_whole_run(bot: Bot) -> None:
    entries = bot.collect(now=NOW)
    clusters = bot.recall(bot.dedupe(entries))
    stories = bot.rank(clusters)
    summaries = bot.summarize(stories)
    digest = bot.compose(summaries, bot.comment(summaries))
    post = bot.render(digest)

    assert len(entries) > len(clusters) > len(stories) == len(summaries) == len(digest.items)
    assert post == bot.run(now=NOW, dry_run=True).post


def test_a_post_made_stage_by_stage_is_published_and_remembered(bot: Bot) -> None:
    summaries = bot.summarize(bot.rank(bot.dedupe(bot.collect(now=NOW))))
    post = bot.render(bot.compose(summaries, bot.comment(summaries)))

    assert bot.publish(post, summaries) is Status.PUBLISHED
    assert post.path.read_text(encoding="utf-8") == post.text
    assert bot.run(now=NOW).report.status is Status.ALREADY_THERE
    assert bot.recall(bot.dedupe(bot.collect(now="2026-06-02T08:00:00+08:00"))).remarks


def test_a_plain_list_is_as_good_with_its_edition(bot: Bot) -> None:
    entries = [entry for entry in bot.collect(now=NOW) if entry.text]
    edition = bot.edition(now=NOW)

    stories = bot.rank(list(bot.dedupe(entries, edition=edition)), edition=edition)

    assert stories.edition == edition


def test_a_plain_list_belongs_to_todays_edition_if_nothing_else_is_said(bot: Bot) -> None:
    today = datetime.now(UTC).astimezone().date()

    assert abs((bot.dedupe([]).edition.date - today).days) <= 1


def test_everything_works_while_an_event_loop_runs(bot: Bot) -> None:
    async def cell() -> int:
        return len(bot.collect(now=NOW))

    assert asyncio.run(cell()) > 0


def test_the_feeds_health_is_known_after_a_visit(bot: Bot) -> None:
    assert bot.feed_states() == {}

    bot.collect(now=NOW)

    assert {state.visits for state in bot.feed_states().values()} == {1}
    assert set(bot.feed_states()) == {feed.url for feed in bot.feeds}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"now": "noon"}, "'noon' is no moment"),
        ({"date": "1 June"}, "'1 June' is no date"),
        ({"now": NOW, "date": "2026-06-02"}, "still to come"),
    ],
)
def test_a_moment_or_date_that_makes_no_sense_is_named(
    bot: Bot, given: dict[str, str], words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        bot.run(**given)  # type: ignore[arg-type]


def test_a_moment_without_an_offset_is_on_the_readers_clock(bot: Bot) -> None:
    assert bot.edition(now="2026-06-01T12:00").until == datetime(2026, 6, 1, 4, tzinfo=UTC)


def test_progress_is_told_stage_by_stage(bot: Bot) -> None:
    told: list[str] = []

    bot.run(now=NOW, progress=told.append)

    assert told == "collect dedupe recall rank summarize comment render verify publish".split()


def test_the_front_door_opens_a_bot(tmp_path: Path) -> None:
    config = tmp_path / "digest.toml"
    config.write_text(f'sources = ["{FEEDS}"]\n[model]\nname = "none"\n', encoding="utf-8")

    with digestbot.open(config) as bot:
        result = bot.run(now=NOW)

    assert result.report.path == tmp_path / "posts" / "20260601.md"
    assert result._repr_markdown_().startswith("---\ntitle: ")


def test_what_a_post_rests_on_shows_itself_in_a_notebook(bot: Bot) -> None:
    bot.run(now=NOW)

    evidence = bot.evidence(date="2026-06-01")

    assert evidence.dossier.items
    assert not evidence.edited
    assert evidence._repr_html_().startswith('<iframe srcdoc="&lt;!doctype html&gt;')
