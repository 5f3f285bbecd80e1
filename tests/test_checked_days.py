"""What we make of whole days of real feeds, without a model, says nothing that these do not."""

from __future__ import annotations

from pathlib import Path

import pytest

import digestbot
from builders import SHARED
from digestbot.config import default, override
from digestbot.config.values import window as hours
from digestbot.wiring import open_bot

DAYS = SHARED / "data" / "days"

pytestmark = pytest.mark.skipif(not DAYS.is_dir(), reason="the real feeds are not here")


@pytest.mark.parametrize(
    ("day", "now", "window", "language"),
    [
        ("2021-06-17-wechat", "2021-06-17T15:30:00+08:00", "24h", "zh"),
        ("2026-02-17-world", "2026-02-18T10:30:00+08:00", "24h", "zh"),
        ("2026-02-17-world", "2026-02-18T10:30:00+08:00", "48h", "en"),
        ("2026-06-01-ai", "2026-06-01T11:00:00+08:00", "24h", "zh"),
        ("2026-08-16-ai", "2026-08-17T07:40:00+08:00", "24h", "zh"),
        ("2026-08-17-ai", "2026-08-18T07:40:00+08:00", "24h", "zh"),
        ("2026-08-18-ai", "2026-08-19T07:40:00+08:00", "24h", "en"),
        ("2026-08-19-ai", "2026-08-20T07:40:00+08:00", "24h", "zh"),
        ("2026-08-22-labs", "2026-08-22T20:00:00+08:00", "7d", "zh"),
    ],
)
def test_our_own_post_of_a_real_day_rests_on_its_feeds(
    day: str, now: str, window: str, language: str, tmp_path: Path
) -> None:
    feeds = DAYS / day / "feeds"
    settings = override(
        default(env={}, folder=tmp_path),
        sources=[str(feeds)],
        model="none",
        window=hours(window),
        language=language,
    )
    with open_bot(settings, env={}) as bot:
        post = bot.run(now=now).post
    assert post

    checked = digestbot.check(post, feeds)

    assert checked.matched == checked.items == 10
    assert checked.facts > 40
    told = [(each.part, each.finding.text) for each in checked.hard if each.part != "lead"]
    assert told == []
