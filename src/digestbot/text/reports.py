"""The report as JSON: the machine-readable record of a run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from digestbot.model import (
    Edition,
    FeedReport,
    FetchStatus,
    FollowUp,
    Notice,
    Report,
    Skipped,
    Status,
    Story,
    Usage,
)
from digestbot.text.redaction import redacted


def to_dict(report: Report) -> dict[str, Any]:
    """Return *report* as plain JSON types, its keys always in this order.

    ``edition`` (name, date, since, until, timezone, language), ``status``,
    ``started``, ``path`` (null where there is no post), ``error``, ``model``,
    ``feeds`` (url, name, status, reason, seen, kept, seconds), ``entries_seen``,
    ``entries_kept``, ``clusters``, ``stories`` (title, url, source, published,
    score, reasons, sources, follows: null, or for a follow-up edition, headline
    and url of what was told, and what is new), ``by_model``, ``skipped`` (stage, subject, title,
    reason), ``notices`` (stage, subject, reason), ``usage``, ``seconds`` by
    stage. Moments are ISO 8601 with their offset; addresses hold no secrets.
    """
    return {
        "edition": _edition(report.edition),
        "status": report.status.value,
        "started": _moment(report.started),
        "path": None if report.path is None else str(report.path),
        "error": redacted(report.error),
        "model": report.model,
        "feeds": [_feed(feed) for feed in report.feeds],
        "entries_seen": report.entries_seen,
        "entries_kept": report.entries_kept,
        "clusters": report.clusters,
        "stories": [_story(story) for story in report.stories],
        "by_model": report.by_model,
        "skipped": [
            {
                "stage": skipped.stage,
                "subject": redacted(skipped.subject),
                "title": skipped.title,
                "reason": redacted(skipped.reason),
            }
            for skipped in report.skipped
        ],
        "notices": [
            {
                "stage": notice.stage,
                "subject": redacted(notice.subject),
                "reason": redacted(notice.reason),
            }
            for notice in report.notices
        ],
        "usage": _usage(report.usage),
        "seconds": {stage: round(seconds, 3) for stage, seconds in report.seconds},
    }


def to_json(report: Report) -> str:
    """Return *report* as one JSON document, indented, as readable as its texts."""
    text = json.dumps(to_dict(report), ensure_ascii=False, indent=2)
    # A path may hold bytes that are no UTF-8; the report is written all the same.
    return text.encode("utf-8", "replace").decode("utf-8")


def from_dict(record: Mapping[str, Any]) -> Report:
    """Return the report that :func:`to_dict` made *record* of, but for its stories."""
    return Report(
        edition=_edition_from(record["edition"]),
        status=Status(record["status"]),
        started=datetime.fromisoformat(record["started"]),
        path=record["path"] and Path(record["path"]),
        error=record["error"],
        model=record["model"],
        feeds=tuple(
            FeedReport(**{**each, "status": FetchStatus(each["status"])})
            for each in record["feeds"]
        ),
        entries_seen=record["entries_seen"],
        entries_kept=record["entries_kept"],
        clusters=record["clusters"],
        by_model=record["by_model"],
        skipped=tuple(Skipped(**each) for each in record["skipped"]),
        notices=tuple(Notice(**each) for each in record["notices"]),
        usage=Usage(**record["usage"]),
        seconds=tuple(record["seconds"].items()),
    )


def _edition_from(record: Mapping[str, Any]) -> Edition:
    return Edition(
        name=record["name"],
        date=date.fromisoformat(record["date"]),
        since=datetime.fromisoformat(record["since"]),
        until=datetime.fromisoformat(record["until"]),
        timezone=record["timezone"],
        language=record["language"],
    )


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "name": edition.name,
        "date": edition.date.isoformat(),
        "since": _moment(edition.since),
        "until": _moment(edition.until),
        "timezone": edition.timezone,
        "language": edition.language,
    }


def _feed(feed: FeedReport) -> dict[str, Any]:
    return {
        "url": redacted(feed.url),
        "name": redacted(feed.name),
        "status": feed.status.value,
        "reason": redacted(feed.reason),
        "seen": feed.seen,
        "kept": feed.kept,
        "seconds": round(feed.seconds, 3),
    }


def _story(story: Story) -> dict[str, Any]:
    lead = story.lead
    return {
        "title": lead.title,
        "url": lead.url,
        "source": redacted(lead.source),
        "published": _moment(lead.published),
        "score": round(story.score, 4),
        "reasons": [
            {"name": reason.name, "value": round(reason.value, 4), "text": reason.text}
            for reason in story.reasons
        ],
        "sources": [redacted(source) for source in story.cluster.sources],
        "follows": _follows(story.cluster.follows),
    }


def _follows(follows: FollowUp | None) -> dict[str, Any] | None:
    if follows is None:
        return None
    told = follows.told
    return {
        "edition": told.edition,
        "headline": told.headline or told.title,
        "url": told.url,
        "new": list(follows.news),
    }


def _usage(usage: Usage) -> dict[str, Any]:
    return {
        "calls": usage.calls,
        "cached": usage.cached,
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "estimated": usage.estimated,
        "cost": None if usage.cost is None else round(usage.cost, 6),
    }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
