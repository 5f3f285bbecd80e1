"""The desk: what an edition had to choose from, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from digestbot import pipeline
from digestbot.editions import Plan
from digestbot.errors import ConfigError, FormatError
from digestbot.ledger import Ledger
from digestbot.model import Cluster, Dossier, Entry, Explanation, Feed, Report, Skipped, Story
from digestbot.pipeline import Tools
from digestbot.ports import Store
from digestbot.results import Results
from digestbot.stages.explain import explain
from digestbot.text.dossiers import from_json
from digestbot.text.redaction import redacted

FOREVER = datetime.max.replace(tzinfo=UTC)


def look(*, plan: Plan, tools: Tools, ledger: Ledger, fresh: bool) -> Report:
    """Return the record of the ledger's edition: of its last run, unless *fresh*, or of now."""
    edition = ledger.edition
    known = None if fresh else tools.store.report(edition.name, day=edition.date)
    if known and known.candidates:
        return known
    return pipeline.look(plan=plan, tools=tools, ledger=ledger)


def ranked_stories(report: Report, *, plan: Plan) -> Results[Story]:
    """Return the stories of *report*, best first, with a remark for each that was not chosen."""
    ranked = [each for each in report.candidates if each.place]
    remarks = [
        Skipped(stage=each.stage, subject=each.url, title=each.title, reason=each.reason)
        for each in ranked
        if not each.chosen
    ]
    feeds = {feed.url: feed for feed in plan.feeds}
    stories = [_of_feeds(each.story, feeds) for each in ranked]
    return Results.of(stories, edition=report.edition, remarks=remarks)


def explained(asked: str, *, day: date | None, plan: Plan, store: Store) -> Explanation:
    """Return what became of what is *asked* for in the edition of *day*, or in the last one.

    Raises ``ConfigError`` where that is not known.
    """
    report = store.report(plan.name, day=day)
    if report is None:
        raise ConfigError("", _unknown(day))
    names = {feed.url: feed.name for feed in report.feeds}
    feeds = [replace(f, name=names.get(redacted(f.url), f.name)) for f in plan.feeds]
    since, until = report.edition.since, report.edition.until

    def older() -> list[Entry]:
        return store.entries(feeds, since=since - plan.memory, until=FOREVER)

    return explain(report, asked, kept=store.entries(feeds, since=since, until=until), older=older)


def evidence(*, day: date | None, plan: Plan, store: Store) -> tuple[Dossier, Report | None, bool]:
    """Return what the post of *day*, or the last one, rests on, with the record of its run.

    The third says whether the post was edited since, or is not there. Raises
    ``ConfigError`` where nothing is kept of it.
    """
    report = store.report(plan.name, day=day)
    if report is None or plan.state is None:
        raise ConfigError("", _unknown(day))
    kept = pipeline.sidecar_path(report.edition, state=plan.state)
    try:
        dossier = from_json(kept.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            "",
            f"it is not known what the post of {report.edition.date} rests on;"
            f" `digestbot run --date {report.edition.date} --force` makes it again",
        ) from None
    except FormatError as error:
        raise ConfigError(str(kept), str(error)) from error
    return dossier, report, _is_edited(dossier, report.path or plan.folder / dossier.post)


def _is_edited(dossier: Dossier, post: Path) -> bool:
    try:
        return hashlib.sha256(post.read_bytes()).hexdigest() != dossier.sha256
    except OSError:
        return True


def _of_feeds(story: Story, feeds: Mapping[str, Feed]) -> Story:
    """*story* with its entries' feeds as they are configured, under the names they had."""
    lead, *others = (
        replace(each, feed=replace(feeds[each.feed.url], name=each.feed.name))
        if each.feed.url in feeds
        else each
        for each in story.cluster.entries
    )
    return replace(story, cluster=Cluster(lead=lead, others=tuple(others)))


def _unknown(day: date | None) -> str:
    if day is None:
        return "no run is known yet; `digestbot run` or `digestbot stories` makes one"
    return (
        f"no run of {day} is known; run `digestbot run --date {day}`"
        f" or `digestbot stories --date {day}`"
    )
