from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from builders import NOW, edition, entry
from digestbot.doctor import Check, Health, examine
from digestbot.errors import (
    DigestbotError,
    ModelRejectedError,
    ModelUnavailableError,
    StoreError,
)
from digestbot.model import Edition, Entry, FeedReport, FetchStatus
from digestbot.stages.collect import Collected


@dataclass
class Bot:
    """A bot whose parts answer as they are told."""

    names: Sequence[str] = ("a", "b")
    entries: Sequence[Entry] | DigestbotError = field(default_factory=lambda: [entry()])
    failures: dict[str, str] = field(default_factory=dict)
    model: str | DigestbotError = "m"

    def check_feeds(self) -> Collected:
        if isinstance(self.entries, DigestbotError):
            raise self.entries
        return Collected(
            entries=tuple(self.entries),
            feeds=tuple(self._report(name) for name in self.names),
            remarks=(),
        )

    def _report(self, name: str) -> FeedReport:
        reason = self.failures.get(name, "")
        status = FetchStatus.FAILED if reason else FetchStatus.UNCHANGED
        return FeedReport(url=f"https://{name}.test", name=name, status=status, reason=reason)

    def edition(self) -> Edition:
        return edition()

    def check_model(self) -> str:
        if isinstance(self.model, DigestbotError):
            raise self.model
        return self.model


def examined(bot: Bot, subject: str, **folders: Path) -> Check:
    return next(check for check in examine(bot, folders=folders) if check.subject == subject)


def test_a_healthy_bot_is_well_in_every_part(tmp_path: Path) -> None:
    checks = list(examine(Bot(), folders={"posts": tmp_path, "state": tmp_path / "a" / "b"}))

    assert [check.subject for check in checks] == ["posts", "state", "model", "feeds", "clock"]
    assert {check.health for check in checks} == {Health.OK}
    assert not any(check.advice for check in checks)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_broken(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    check = examined(Bot(), "posts", posts=tmp_path / "file" / "posts")

    assert check.health is Health.BROKEN
    assert "cannot be written" in check.finding
    assert str(tmp_path / "file") in check.advice


@pytest.mark.parametrize(
    ("model", "health", "advice"),
    [
        ("m", Health.OK, ""),
        ("", Health.OK, "set OPENAI_API_KEY"),
        (ModelRejectedError("bad key", model="m"), Health.BROKEN, "check the key"),
        (ModelUnavailableError("no answer", model="m"), Health.BROKEN, "endpoint is up"),
    ],
)
def test_the_model_is_called_once_and_its_trouble_gets_its_own_advice(
    model: str | DigestbotError, health: Health, advice: str
) -> None:
    check = examined(Bot(model=model), "model")

    assert check.health is health
    assert advice in check.advice


def test_a_few_feeds_out_of_reach_are_a_warning_that_names_them() -> None:
    names = [f"f{number}" for number in range(6)]
    bot = Bot(names=[*names, "g"], failures=dict.fromkeys(names[:4], "404"))

    check = examined(bot, "feeds")

    assert check.health is Health.WARNING
    assert check.finding == "3 of 7 reached: f0 (404); f1 (404); f2 (404); and 1 more"
    assert "digestbot feeds" in check.advice


def test_no_feed_in_reach_is_broken_and_points_at_the_network() -> None:
    check = examined(Bot(failures={"a": "no route", "b": "no route"}), "feeds")

    assert check.health is Health.BROKEN
    assert "network" in check.advice


def test_a_list_without_feeds_is_broken() -> None:
    check = examined(Bot(names=(), entries=[]), "feeds")

    assert (check.health, check.finding) == (Health.BROKEN, "0 of 0 reached")


def test_a_state_folder_that_cannot_be_read_ends_the_examination() -> None:
    checks = list(examine(Bot(entries=StoreError("disk full")), folders={}))

    assert checks[-1].subject == "feeds"
    assert checks[-1].health is Health.BROKEN
    assert checks[-1].finding == "disk full"


def test_the_clock_is_held_against_the_newest_entry() -> None:
    entries = [entry("a"), entry("b", published=NOW - timedelta(minutes=12))]

    check = examined(Bot(entries=entries), "clock")

    assert check.finding == "2026-06-01 11:00 in Asia/Shanghai; the newest entry is 12 minutes old"


def test_feeds_without_any_news_put_the_clock_in_doubt() -> None:
    check = examined(Bot(entries=[]), "clock")

    assert check.health is Health.WARNING
    assert "check the machine's clock" in check.advice
