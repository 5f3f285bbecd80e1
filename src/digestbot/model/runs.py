"""The record of a run: what was left out, each feed's part, the report."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from digestbot.model.feeds import Edition, FetchStatus
from digestbot.model.stories import Candidate, Story, Usage


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """What a stage left out, and why. ``subject`` is a URL, or a feed's address."""

    stage: str
    subject: str
    reason: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a reader of the report should know, though nothing was left out."""

    stage: str
    subject: str
    reason: str


Remark = Skipped | Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """One feed's part in a run: records seen, and entries inside the window."""

    url: str
    name: str
    status: FetchStatus
    reason: str = ""
    seen: int = 0
    kept: int = 0
    seconds: float = 0.0


class Status(StrEnum):
    """How a run ended."""

    PUBLISHED = "published"
    ALREADY_THERE = "already there"
    DRY_RUN = "dry run"
    TOO_LITTLE_NEWS = "too little news"
    RANKED = "ranked"
    """Nobody asked for a post: the day's stories were looked at."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The machine-readable record of one run of one edition."""

    edition: Edition
    status: Status
    started: datetime
    path: Path | None = None
    error: str = ""
    model: str = ""
    """The model's name; empty where none was used."""
    feeds: tuple[FeedReport, ...] = ()
    entries_seen: int = 0
    entries_kept: int = 0
    clusters: int = 0
    stories: tuple[Story, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    """All that the entries told, by their places, and then what was not ranked."""
    by_model: int = 0
    """How many of the summaries the model wrote; the others are excerpts."""
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[Notice, ...] = ()
    partial: bool = False
    """So many feeds failed that the edition may lack much of the day's news."""
    usage: Usage = field(default_factory=Usage)
    seconds: tuple[tuple[str, float], ...] = ()
    """Wall time by stage, in the order in which the stages ran."""
