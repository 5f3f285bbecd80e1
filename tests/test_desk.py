"""What a day had to tell, and what became of it: the bot's twins of stories and explain."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path

import pytest

import digestbot
from builders import SHARED
from digestbot.bot import Bot
from digestbot.config import default, override
from digestbot.errors import ConfigError
from digestbot.model import Report, Status
from digestbot.stages.fates import by_link, fates
from digestbot.testing import ScriptedModel
from digestbot.wiring import open_bot

FEEDS = Path(__file__).parents[1] / "examples" / "feeds"
NOW = "2026-06-01T12:00:00+08:00"
DAY = SHARED / "data" / "days" / "2026-06-01-ai" / "feeds"


def opened(folder: Path, feeds: Path = FEEDS) -> Bot:
    settings = override(default(env={}, folder=folder), sources=[str(feeds)], model="none")
    return open_bot(settings, env={})


def test_the_stories_of_a_day_are_ranked_without_a_post_and_then_remembered(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as bot:
        first = bot.stories(now=NOW)
        report = bot.look(now="2026-06-01T18:00:00+08:00")

    assert first
    assert [story.score for story in first] == sorted(
        (story.score for story in first), reverse=True
    )
    assert report.status is Status.RANKED
    assert report.edition == first.edition
    assert not list(tmp_path.glob("posts/*"))


def test_stories_are_ranked_anew_when_that_is_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path) as bot:
        before = bot.look(now=NOW)
        after = bot.look(now="2026-06-01T18:00:00+08:00", fresh=True)

    assert after.started > before.started


def test_the_stories_are_those_of_the_run_that_made_the_post(tmp_path: Path) -> None:
    with opened(tmp_path) as bot:
        result = bot.run(now=NOW)
        stories = bot.stories(now=NOW)

    assert result.digest
    left_out = {remark.subject for remark in stories.remarks}
    chosen = [story.lead.url for story in stories if story.lead.url not in left_out]
    assert chosen == [item.url for item in result.digest.items]
    assert any(story.lead.text for story in stories)
    assert all(story.lead.feed in bot.feeds or story.lead.feed.name for story in stories)


def test_a_story_that_the_model_took_out_has_a_score_and_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "digest.toml"
    path.write_text(
        f"sources = ['{FEEDS.as_posix()}']\n[topic]\ndescription = 'chips'\n"
        f"[output]\nstate = '{(tmp_path / 'state').as_posix()}'\n"
    )
    opinion = {"order": [1, 2, 3], "off_topic": [4]}
    verdicts: dict[str, list[int]] = {"same": []}
    model = ScriptedModel(opinion | verdicts, opinion | verdicts)  # asked at once, in either order

    with digestbot.open(path, model=model) as bot:
        report = bot.look(now=NOW)
        (off_topic,) = [each for each in report.candidates if each.stage == "triage"]
        explanation = bot.explain(off_topic.url)

    assert off_topic.place == 0
    assert off_topic.story.score != 0
    assert explanation.answer == "left out by triage: off-topic, the model says"


def test_a_day_that_nobody_has_seen_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with opened(tmp_path) as bot:
        with pytest.raises(ConfigError, match="no run is known yet; `digestbot run`"):
            bot.explain()
        with pytest.raises(
            ConfigError, match="no run of 2026-05-01 is known; run `digestbot run --date 2026-05-01"
        ):
            bot.explain(1, date="2026-05-01")
        with pytest.raises(ConfigError, match="'June' is no date"):
            bot.explain(date="June")


def test_the_last_run_is_explained_unless_another_day_is_asked_for(tmp_path: Path) -> None:
    with opened(tmp_path) as bot:
        bot.look(now=NOW)
        bot.look(now="2026-06-02T12:00:00+08:00")

        assert bot.explain().subject == "daily/2026-06-02"
        assert bot.explain("chip").answer == (
            "left out by collect: published before the edition's hours"
        )
        assert bot.explain(date="2026-06-01").subject == "daily/2026-06-01"


# --- a whole real day ----------------------------------------------------------------

whole_day = pytest.mark.skipif(not DAY.is_dir(), reason="the real feeds are not here")


@whole_day
def test_nothing_that_was_collected_falls_between_the_stages(tmp_path: Path) -> None:
    with opened(tmp_path, DAY) as bot:
        bot.run(now=NOW)
        collected = bot.collect(now=NOW)
        day = fates(bot.look(now=NOW), collected)
        asked = [bot.explain(entry.url) for entry in collected[::60]]

    assert len(collected) > 400
    for entry in collected:
        (mine,) = [fate for fate in day if fate.entry and fate.entry.id == entry.id]
        assert mine in by_link(day, entry.url)
        assert mine.stage or (mine.candidate and mine.candidate.chosen), entry.url
    for explanation in asked:
        assert explanation.stage or (explanation.candidate and explanation.candidate.chosen)
        assert "left out by" in explanation.answer or "in the post" in explanation.answer


@whole_day
def test_on_a_real_day_the_reasons_add_up_and_so_do_the_stages(tmp_path: Path) -> None:
    with opened(tmp_path, DAY) as bot:
        report = bot.run(now=NOW).report
        kept: Report = bot.look(now=NOW)

    for candidate in kept.candidates:
        story = candidate.story
        assert math.isclose(
            story.score, math.fsum(each.value for each in story.reasons), abs_tol=1e-9
        )
    assert kept.candidates == report.candidates
    entries = sum(len(each.story.cluster.entries) for each in kept.candidates)
    stages = Counter(skipped.stage for skipped in report.skipped)
    later = sum(number for stage, number in stages.items() if stage not in ("collect", "dedupe"))
    assert entries + stages["dedupe"] == report.entries_kept
    assert sum(each.chosen for each in kept.candidates) + later == len(kept.candidates)
