"""Builds values for tests, giving only what the test is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from digestbot.model import (
    Cluster,
    Commentary,
    Edition,
    Entry,
    Feed,
    Story,
    Summary,
    Told,
)
from digestbot.stages.tellings import tellings

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
SHARED = Path(__file__).parents[2] / "shared"
"""Real feeds and posts, third parties' copyright: tests that need them skip without."""


def feed(host: str = "n", **given: Any) -> Feed:
    return Feed(**{"url": f"https://{host}.test/feed", "name": host} | given)


def entry(id: str = "a", **given: Any) -> Entry:
    values: dict[str, Any] = {
        "id": id,
        "feed": feed(),
        "url": f"https://n.test/{id}",
        "title": f"Title {id}",
        "published": NOW - timedelta(hours=3),
    }
    return Entry(**values | given)


def cluster(id: str = "a", *others: Entry, **given: Any) -> Cluster:
    return Cluster(lead=entry(id, **given), others=others)


def story(id: str = "a", *others: Entry, score: float = 1.0, **given: Any) -> Story:
    return Story(cluster=cluster(id, *others, **given), score=score)


def summary(id: str = "a", **given: Any) -> Summary:
    values: dict[str, Any] = {
        "story": story(id),
        "headline": f"Headline {id}",
        "text": f"Text {id}.",
    }
    return Summary(**values | given)


def told_by(*stories: Story, **given: Any) -> list[Told]:
    """What an edition of *stories* tells, in the publishers' own headlines."""
    summaries = [
        summary(story=each, headline=each.lead.title, text=each.lead.text) for each in stories
    ]
    return tellings(summaries, edition=edition(**given))


def commentary(**given: Any) -> Commentary:
    return Commentary(**{"lead": "今日要闻。", "categories": ("行业动态",)} | given)


def edition(**given: Any) -> Edition:
    values: dict[str, Any] = {
        "name": "daily",
        "date": date(2026, 6, 1),
        "since": NOW - timedelta(hours=24),
        "until": NOW,
        "timezone": "Asia/Shanghai",
        "language": "zh",
    }
    return Edition(**values | given)
