"""The doctor: looks at one thing after the other and says what to do about each."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from digestbot.errors import DigestbotError, ModelRejectedError
from digestbot.model import Edition, Entry, FeedReport, FetchStatus
from digestbot.stages.collect import Collected

NAMED = 3
"""How many feeds in trouble are named; `digestbot feeds` lists them all."""


class Health(StrEnum):
    """How a thing is. Only what is broken stops a post."""

    OK = "ok"
    WARNING = "warning"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at, how it is, and what to do about it."""

    subject: str
    health: Health
    finding: str
    advice: str = ""


class Patient(Protocol):
    """What the doctor needs of a bot."""

    def check_feeds(self) -> Collected: ...

    def edition(self) -> Edition: ...

    def check_model(self) -> str: ...


def examine(bot: Patient, *, folders: Mapping[str, Path]) -> Iterator[Check]:
    """Yield each check as it is made: *folders* by name, one call of the model, all feeds."""
    for subject, folder in folders.items():
        yield _folder(subject, folder)
    yield _model(bot.check_model)
    try:
        collected = bot.check_feeds()
    except DigestbotError as error:
        yield Check(
            subject="feeds",
            health=Health.BROKEN,
            finding=str(error),
            advice="mend this first: no feed could be visited",
        )
        return
    yield _feeds(collected.feeds)
    yield _clock(bot.edition(), collected.entries)


def _folder(subject: str, folder: Path) -> Check:
    """Write and remove a file in *folder*, or where it will be made."""
    place = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Check(
            subject=subject,
            health=Health.BROKEN,
            finding=f"{folder} cannot be written: {error.strerror}",
            advice=f"let this user write to {place}, or name another folder under [output]",
        )
    return Check(subject=subject, health=Health.OK, finding=f"{folder} can be written")


def _model(check: Callable[[], str]) -> Check:
    try:
        name = check()
    except ModelRejectedError as error:
        advice = "check the key, what it may spend, and model.name"
        return Check(subject="model", health=Health.BROKEN, finding=str(error), advice=advice)
    except DigestbotError as error:
        advice = "check [model] in the config, and whether the endpoint is up"
        return Check(subject="model", health=Health.BROKEN, finding=str(error), advice=advice)
    if name:
        return Check(subject="model", health=Health.OK, finding=f"{name} answers")
    return Check(
        subject="model",
        health=Health.OK,
        finding="none: posts are made of the publishers' own sentences",
        advice="for summaries set OPENAI_API_KEY, or a provider under [model]",
    )


def _feeds(feeds: Collection[FeedReport]) -> Check:
    ill = [feed for feed in feeds if feed.status in (FetchStatus.FAILED, FetchStatus.RETIRED)]
    reached = f"{len(feeds) - len(ill)} of {len(feeds)} reached"
    if not ill:
        health = Health.OK if feeds else Health.BROKEN
        advice = "" if feeds else "list feeds under sources in the config"
        return Check(subject="feeds", health=health, finding=reached, advice=advice)
    names = "; ".join(f"{feed.name} ({feed.reason})" for feed in ill[:NAMED])
    more = f"; and {len(ill) - NAMED} more" if len(ill) > NAMED else ""
    all_ill = len(ill) == len(feeds)
    return Check(
        subject="feeds",
        health=Health.BROKEN if all_ill else Health.WARNING,
        finding=f"{reached}: {names}{more}",
        advice=(
            "check the network and the addresses"
            if all_ill
            else "see `digestbot feeds`; take out those that stay away"
        ),
    )


def _clock(edition: Edition, entries: Collection[Entry]) -> Check:
    """Compare the clock with the newest entry: feeds keep better time than a bare machine."""
    moment = edition.until.astimezone(ZoneInfo(edition.timezone))
    clock = f"{moment:%Y-%m-%d %H:%M} in {edition.timezone}"
    if not entries:
        return Check(
            subject="clock",
            health=Health.WARNING,
            finding=f"{clock}; no feed has news of the edition's hours",
            advice="check the machine's clock, and edition.window",
        )
    minutes = (edition.until - max(entry.published for entry in entries)).total_seconds() / 60
    finding = f"{clock}; the newest entry is {minutes:.0f} minutes old"
    return Check(subject="clock", health=Health.OK, finding=finding)
