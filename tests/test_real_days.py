"""Whole days of real feeds without a model: a post each, nothing in it that no feed has."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

import digestbot
from builders import SHARED
from digestbot.config import default, override
from digestbot.config.values import window as hours
from digestbot.library import load_format
from digestbot.model import Severity, Status
from digestbot.results import Result
from digestbot.stages.lint import lint
from digestbot.text.urls import same_page_key
from digestbot.wiring import open_bot

DAYS = SHARED / "data" / "days"
FOUR_DAYS = ("2026-08-16", "2026-08-17", "2026-08-18", "2026-08-19")

pytestmark = pytest.mark.skipif(not DAYS.is_dir(), reason="the real feeds are not here")


def made(folder: Path, day: str, now: str, window: str = "24h", language: str = "zh") -> Result:
    settings = override(
        default(env={}, folder=folder),
        sources=[str(DAYS / day / "feeds")],
        model="none",
        window=hours(window),
        language=language,
    )
    with open_bot(settings, env={}) as bot:
        return bot.run(now=now)


def links(result: Result) -> list[str]:
    assert result.digest
    return [item.url for item in result.digest.items]


def doubts(result: Result, day: str) -> list[tuple[str, str]]:
    """What the day's feeds do not say of all that the post says outside of its lead."""
    assert result.post
    checked = digestbot.check(result.post, DAYS / day / "feeds")
    assert checked.matched == checked.items == 10
    assert checked.facts > 40
    return [(each.part, each.finding.text) for each in checked.hard if each.part != "lead"]


@pytest.mark.parametrize(
    ("day", "now", "window", "language"),
    [
        ("2026-06-01-ai", "2026-06-01T12:00:00+08:00", "24h", "zh"),
        ("2026-06-01-ai", "2026-06-01T12:00:00+08:00", "24h", "en"),
        ("2026-02-17-world", "2026-02-18T10:30:00+08:00", "24h", "zh"),
        ("2026-02-17-world", "2026-02-18T10:30:00+08:00", "48h", "en"),
        ("2026-08-18-ai", "2026-08-19T07:40:00+08:00", "24h", "en"),
        ("2026-08-22-labs", "2026-08-22T20:00:00+08:00", "7d", "zh"),
        ("2026-08-22-labs", "2026-08-22T20:00:00+08:00", "7d", "en"),
        ("2021-06-17-wechat", "2021-06-17T15:30:00+08:00", "24h", "zh"),
    ],
)
def test_a_real_day_gives_a_post_without_an_error_that_rests_on_its_feeds(
    day: str, now: str, window: str, language: str, tmp_path: Path
) -> None:
    result = made(tmp_path, day, now, window, language)

    assert result.report.status is Status.PUBLISHED, result.report.error
    assert result.post
    findings = lint(result.post.text, format=load_format("daily"), file_name=result.post.path.name)
    assert [f for f in findings if f.severity is Severity.ERROR] == []
    assert len(links(result)) == 10
    raw = "".join(
        path.read_bytes().decode("utf-8", "replace")
        for path in (DAYS / day / "feeds").iterdir()
        if path.suffix == ".xml"
    )
    written = unquote(raw.replace("&amp;", "&"))
    for link in links(result):
        assert re.split(r"[?]", unquote(link))[0] in written, link
    assert doubts(result, day) == []


def test_four_days_in_a_row_tell_no_story_twice(tmp_path: Path) -> None:
    told: list[str] = []
    for day, now in zip(FOUR_DAYS, (*FOUR_DAYS[1:], "2026-08-20"), strict=True):
        result = made(tmp_path, f"{day}-ai", f"{now}T07:40:00+08:00")
        assert result.report.status is Status.PUBLISHED, result.report.error
        assert doubts(result, f"{day}-ai") == []
        for summary in result.summaries:
            told += {same_page_key(entry.url) for entry in summary.story.cluster.entries}

    assert len(told) >= 40
    assert [link for link in set(told) if told.count(link) > 1] == []
