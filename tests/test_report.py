from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from builders import NOW, cluster, edition, entry, feed, story, told_by
from digestbot.model import (
    FeedReport,
    FetchStatus,
    FollowUp,
    Notice,
    Reason,
    Report,
    Skipped,
    Status,
    Story,
    Usage,
)
from digestbot.report import print_report, summary_line
from digestbot.text.reports import to_dict, to_json

KEYS = [
    "edition",
    "status",
    "started",
    "path",
    "error",
    "model",
    "feeds",
    "entries_seen",
    "entries_kept",
    "clusters",
    "stories",
    "by_model",
    "skipped",
    "notices",
    "usage",
    "seconds",
]


def report(**given: Any) -> Report:
    values: dict[str, Any] = {
        "edition": edition(),
        "status": Status.PUBLISHED,
        "started": NOW,
    }
    return Report(**values | given)


def feed_report(name: str = "n", **given: Any) -> FeedReport:
    values: dict[str, Any] = {
        "url": f"https://{name}.test/feed",
        "name": name,
        "status": FetchStatus.FETCHED,
    }
    return FeedReport(**values | given)


def full_report(**given: Any) -> Report:
    told = story("a", entry("b", feed=feed("m")), score=1.23456)
    values: dict[str, Any] = {
        "path": Path("posts/20260601.md"),
        "model": "deepseek-chat",
        "feeds": (
            feed_report("a", seen=30, kept=3, seconds=0.12345),
            feed_report("b", status=FetchStatus.UNCHANGED),
            feed_report("c", status=FetchStatus.FAILED, reason="HTTP 404"),
        ),
        "entries_seen": 312,
        "entries_kept": 96,
        "clusters": 80,
        "stories": (told, story("c")),
        "by_model": 1,
        "skipped": (
            Skipped(stage="collect", subject="https://c.test/feed", reason="HTTP 404"),
            Skipped(stage="rank", subject="https://n.test/x", reason="off topic", title="X"),
        ),
        "notices": (Notice(stage="triage", subject="model", reason="no JSON"),),
        "usage": Usage(calls=4, cached=1, input_tokens=12345, output_tokens=678, cost=0.01234567),
        "seconds": (("collect", 1.23456), ("render", 0.01)),
    }
    return report(**values | given)


def printed(report: Report, *, width: int = 80) -> str:
    console = Console(file=io.StringIO(), width=width)
    print_report(report, console)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


# --- for programs ------------------------------------------------------------


def test_the_record_is_plain_json_with_its_keys_in_order() -> None:
    record = to_dict(full_report())

    assert list(record) == KEYS
    assert json.loads(to_json(full_report())) == record
    assert list(json.loads(to_json(report()))) == KEYS


def test_the_record_tells_the_stories_with_their_reasons_and_sources() -> None:
    reasons = (Reason(name="coverage", value=0.5, text="2 sources"),)
    told = full_report().stories[0]
    (record,) = to_dict(
        report(stories=(type(told)(cluster=told.cluster, score=0.5, reasons=reasons),))
    )["stories"]

    assert record == {
        "title": "Title a",
        "url": "https://n.test/a",
        "source": "n",
        "published": "2026-06-01T00:00:00+00:00",
        "score": 0.5,
        "reasons": [{"name": "coverage", "value": 0.5, "text": "2 sources"}],
        "sources": ["n", "m"],
        "follows": None,
    }


def test_the_record_says_what_every_feed_gave_and_what_was_left_out() -> None:
    record = to_dict(full_report())

    assert record["feeds"][0] == {
        "url": "https://a.test/feed",
        "name": "a",
        "status": "fetched",
        "reason": "",
        "seen": 30,
        "kept": 3,
        "seconds": 0.123,
    }
    assert record["skipped"][1] == {
        "stage": "rank",
        "subject": "https://n.test/x",
        "title": "X",
        "reason": "off topic",
    }
    assert record["notices"] == [{"stage": "triage", "subject": "model", "reason": "no JSON"}]
    assert record["usage"]["cost"] == 0.012346
    assert record["seconds"] == {"collect": 1.235, "render": 0.01}


def test_moments_are_utc_with_their_offset_and_what_is_missing_is_null() -> None:
    there = datetime(2026, 6, 1, 11, 0, tzinfo=timezone(timedelta(hours=8)))

    record = to_dict(report(started=there))

    assert record["started"] == "2026-06-01T03:00:00+00:00"
    assert record["edition"]["date"] == "2026-06-01"
    assert (record["path"], record["usage"]["cost"]) == (None, None)


def test_a_path_that_is_no_unicode_does_not_spoil_the_record() -> None:
    text = to_json(report(path=Path("posts\udcff/a.md")))

    assert json.loads(text)["path"] == "posts?/a.md"


SECRET = "https://me:pw@n.test/feed?token=s3cret"
WITH_SECRETS = full_report(
    status=Status.FAILED,
    error=f"cannot reach {SECRET}",
    feeds=(feed_report(name=SECRET, url=SECRET, status=FetchStatus.FAILED, reason=SECRET),),
    stories=(story("a", feed=feed("", url=SECRET)),),
    skipped=(Skipped(stage="collect", subject=SECRET, reason=SECRET),),
    notices=(Notice(stage="collect", subject=SECRET, reason=SECRET),),
)


@pytest.mark.parametrize("face", [to_json, printed, summary_line])
def test_no_face_of_the_report_shows_a_feeds_secrets(face: Any) -> None:
    shown = face(WITH_SECRETS)

    assert "***@n.test" in shown
    assert "pw" not in shown
    assert "s3cret" not in shown


# --- for people --------------------------------------------------------------


def test_the_table_says_it_all_in_a_few_short_lines() -> None:
    assert printed(full_report()) == TABLE


TABLE = """\
edition   daily/2026-06-01: published
post      posts/20260601.md
feeds     1 of 3 feeds read, 1 unchanged, 1 failed
          c: HTTP 404
entries   312 seen, 96 in the window, 80 clusters
stories   2 stories, 1 by the model, 1 quoted
left out  1 by collect, 1 by rank
model     deepseek-chat: 4 calls, 1 from the cache, 12,345 tokens in, 678 out,
          cost 0.0123
time      1.2 s: collect 1.2, render 0.0
notices   triage: model: no JSON
"""


def test_the_table_fits_a_narrow_terminal_and_cuts_nothing() -> None:
    long = full_report(error="x" * 200)

    lines = printed(long, width=40).splitlines()

    assert max(map(len, lines)) <= 40
    assert sum(line.count("x") for line in lines) >= 200


def test_only_the_first_failed_feeds_and_notices_are_shown_and_the_others_counted() -> None:
    failed = tuple(
        feed_report(f"f{n}", status=FetchStatus.FAILED, reason="timeout") for n in range(7)
    )
    notices = tuple(Notice(stage="s", subject=f"x{n}", reason="r") for n in range(6))

    shown = printed(full_report(feeds=failed, notices=notices))

    assert "f4: timeout" in shown
    assert "f5" not in shown
    assert "+2 more" in shown
    assert "x4" in shown
    assert "+1 more" in shown


def test_words_from_feeds_are_neither_markup_nor_commands_of_the_terminal() -> None:
    bad = feed_report("[red]x[/] :smile:\x1b[2J\n", status=FetchStatus.FAILED, reason="[bold]")

    shown = printed(full_report(feeds=(bad,)))

    assert "[red]x[/] :smile: [2J : [bold]" in shown
    assert "\x1b" not in shown


def test_a_run_without_a_model_or_prices_says_so_plainly() -> None:
    assert "model     none was used" in printed(full_report(model=""))
    guessed = Usage(calls=1, input_tokens=1000, output_tokens=1, estimated=True)
    assert "1 call, about 1,000 tokens in, 1 out\n" in printed(full_report(usage=guessed))


def test_a_run_that_ended_early_shows_only_what_there_is() -> None:
    assert printed(report(status=Status.ALREADY_THERE, path=Path("a.md"))).splitlines() == [
        "edition  daily/2026-06-01: already there",
        "post     a.md",
    ]


def test_stories_that_were_not_told_are_only_counted() -> None:
    shown = printed(full_report(status=Status.TOO_LITTLE_NEWS, by_model=0, stories=(story(),)))

    assert "stories   1 story\n" in shown


def test_a_quiet_day_has_no_stories() -> None:
    assert "stories   0 stories\n" in printed(full_report(stories=(), by_model=0))


def test_the_log_line_has_the_ending_the_post_and_the_figures() -> None:
    assert summary_line(full_report()) == (
        "daily/2026-06-01 published posts/20260601.md (2 stories, 1 by the model, 1 quoted;"
        " 96 entries; 1 of 3 feeds read, 1 unchanged, 1 failed; 4 model calls; 1.2 s)"
    )


def test_the_log_line_of_a_failure_has_its_reason_on_the_same_line() -> None:
    line = summary_line(report(status=Status.FAILED, error="no\nfeed"))

    assert line.startswith("daily/2026-06-01 failed: no feed (0 stories;")


def test_the_log_line_does_without_a_post() -> None:
    assert summary_line(report(status=Status.DRY_RUN)).startswith("daily/2026-06-01 dry run (0")


def test_a_follow_up_says_what_it_follows_and_what_is_new() -> None:
    (told,) = told_by(story("a", title="Acme plans a phone"))
    follows = FollowUp(told=told, news=("$999", "launches"))
    follow_up = Story(cluster=cluster("b", title="Acme launches a phone"), score=1.0)
    follow_up = replace(follow_up, cluster=replace(follow_up.cluster, follows=follows))
    record = full_report(stories=(follow_up,))

    assert to_dict(record)["stories"][0]["follows"] == {
        "edition": "daily/2026-06-01",
        "headline": "Acme plans a phone",
        "url": "https://n.test/a",
        "new": ["$999", "launches"],
    }
    shown = " ".join(printed(record).split())
    assert "told on 2026-06-01 as “Acme plans a phone”; new: $999, launches" in shown
