"""The map: from feeds to a post, stage by stage.

    collect -> (embed) -> dedupe -> recall -> rank -> (read) -> disarm -> summarize -> comment
    -> compose -> render -> verify -> publish

Data goes one way; each result holds the one before it. What a stage leaves
out or falls back on goes into the ledger, and from there into the report.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from digestbot.contract import Format, printed_day
from digestbot.editions import Plan
from digestbot.errors import DigestbotError
from digestbot.gates import (
    StopError,
    check_form,
    is_partial,
    stop_if_model_failed,
    stop_if_too_little,
)
from digestbot.issue import entries_of, in_sections, shortlist, told_before, told_in, weigh
from digestbot.ledger import Ledger
from digestbot.model import (
    Cluster,
    Commentary,
    Digest,
    Edition,
    Notice,
    Origin,
    Post,
    Remark,
    Report,
    Skipped,
    Status,
    Story,
    Summary,
    Taste,
)
from digestbot.ports import Embedder, Executor, Fetcher, Model, Row, Store
from digestbot.results import Result
from digestbot.stages.admit import admit, admit_commentary
from digestbot.stages.advice import Advice
from digestbot.stages.collect import Collected
from digestbot.stages.comment import comment
from digestbot.stages.compose import compose, missing
from digestbot.stages.dedupe import dedupe
from digestbot.stages.disarm import disarm
from digestbot.stages.dossier import dossier
from digestbot.stages.embed import embed
from digestbot.stages.expand import expand
from digestbot.stages.insight import insight
from digestbot.stages.judge import join, judge
from digestbot.stages.overview import overview
from digestbot.stages.publish import already_published, keep, publish
from digestbot.stages.rank import rank
from digestbot.stages.read import read
from digestbot.stages.recall import recall
from digestbot.stages.record import record
from digestbot.stages.render import render
from digestbot.stages.summarize import summarize
from digestbot.stages.taste import learn
from digestbot.stages.tellings import tellings
from digestbot.stages.triage import blend, triage
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases, shipped
from digestbot.text.dossiers import to_json

LAST_DAYS = timedelta(days=3)
"""How far back a name must be unheard of to be new."""

SIDECAR = "digest.json"

ROUNDS = 3
"""Times that stories are told: the chosen ones, and twice those that take their places."""

LOCK_WAIT = 120.0
"""Seconds a second run waits for the first: long enough for an edition with a model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a run works with: the ports, the format, and the prompts by task."""

    fetcher: Fetcher
    store: Store
    executor: Executor
    format: Format
    prompts: Mapping[str, Prompt]
    aliases: Aliases = field(default_factory=shipped)
    model: Model | None = None
    embedder: Embedder | None = None


NO_MODEL = Notice(
    stage="summarize",
    subject="model",
    reason="no model was used: the texts are the publishers' own sentences, without commentary",
)


def run(
    *, plan: Plan, tools: Tools, ledger: Ledger, force: bool = False, dry_run: bool = False
) -> Result:
    """Make the post of the ledger's edition, or say clearly why there is none.

    An edition whose post is already there costs nothing and changes nothing,
    unless *force*. With *dry_run* the post is made but not written. A failure
    that ends the edition is in the report; only a state folder that is locked
    or cannot be used, or a folder in the post's place, raises.
    """
    path = post_path(ledger.edition, plan=plan, format=tools.format)
    anew = force or dry_run
    if not anew and already_published(path):
        return Result(report=ledger.report(Status.ALREADY_THERE, path=path))
    with tools.store.lock(timeout=LOCK_WAIT):
        if not anew and already_published(path):  # by the run that we waited for
            return Result(report=ledger.report(Status.ALREADY_THERE, path=path))
        result = _attempt(plan=plan, tools=tools, ledger=ledger, force=force, dry_run=dry_run)
        report = _recorded(result.report, ledger=ledger, store=tools.store)
    return replace(result, report=report)


def look(*, plan: Plan, tools: Tools, ledger: Ledger) -> Report:
    """Find the edition's stories without telling them, and return the record of it."""
    with tools.store.lock(timeout=LOCK_WAIT):
        find(plan=plan, tools=tools, ledger=ledger)
        return _recorded(ledger.report(Status.RANKED), ledger=ledger, store=tools.store)


def _recorded(report: Report, *, ledger: Ledger, store: Store) -> Report:
    """*report* with what became of all that was ranked, and kept."""
    candidates = record(
        ledger.clusters, ledger.ranked, remarks=ledger.remarks, edition=ledger.edition
    )
    report = replace(report, candidates=tuple(candidates))
    store.save_report(report)
    return report


def _attempt(*, plan: Plan, tools: Tools, ledger: Ledger, force: bool, dry_run: bool) -> Result:
    try:
        summaries, commentary = write(plan=plan, tools=tools, ledger=ledger)
        with ledger.stage("render"):
            digest, post = lay_out(
                summaries, commentary, edition=ledger.edition, plan=plan, format=tools.format
            )
            check_form(post, format=tools.format)
            ledger.note(missing(digest, format=tools.format))
        with ledger.stage("verify"):
            evidence = dossier(
                post,
                digest,
                summaries,
                commentary,
                edition=ledger.edition,
                model=tools.model.name if tools.model else "",
                prompts=tools.prompts,
                aliases=tools.aliases,
            )
        status = Status.DRY_RUN
        if not dry_run:
            with ledger.stage("publish"):
                if plan.state:
                    keep(to_json(evidence), sidecar_path(ledger.edition, state=plan.state))
                told = tellings(summaries, edition=ledger.edition)
                status = publish(
                    post, edition=ledger.edition, told=told, store=tools.store, force=force
                )
    except StopError as stop:
        return Result(report=ledger.report(stop.status, error=str(stop)))
    except DigestbotError as error:
        return Result(report=ledger.report(Status.FAILED, error=str(error)))
    report = ledger.report(status, path=post.path)
    return Result(
        report=report, post=post, digest=digest, summaries=tuple(summaries), evidence=evidence
    )


def write(*, plan: Plan, tools: Tools, ledger: Ledger) -> tuple[list[Summary], Commentary]:
    """Find the edition's stories and tell them."""
    collected, stories = find(plan=plan, tools=tools, ledger=ledger)
    stop_if_too_little(stories, collected, plan=plan)
    if tools.model is None:
        ledger.note([NO_MODEL])
    summaries = tell(stories, plan=plan, tools=tools, ledger=ledger)
    stop_if_too_little(summaries, collected, plan=plan)
    with ledger.stage("comment"):
        commentary, remarks = editorial(summaries, edition=ledger.edition, tools=tools)
        ledger.note(remarks)
    if tools.model:
        stop_if_model_failed(summaries, commentary, plan=plan)
    return summaries, commentary


def tell(chosen: Sequence[Story], *, plan: Plan, tools: Tools, ledger: Ledger) -> list[Summary]:
    """Tell *chosen*, best first; the next best take the places of those that cannot be told."""
    summaries: list[Summary] = []
    waiting, tried = list(chosen), list(chosen)
    for _ in range(ROUNDS):
        summaries += _tell(waiting, tools=tools, ledger=ledger)
        missing = len(chosen) - len(summaries)
        waiting = _next_best(tried, plan=plan, tools=tools, ledger=ledger)[:missing]
        if not waiting:
            break
        tried += waiting
        ledger.reconsider(waiting)
    places = {id: place for place, each in enumerate(ledger.ranked) for id in _ids(each)}
    told = sorted(summaries, key=lambda each: places.get(each.story.lead.id, 0))
    if "top" in tools.format.parts:
        with ledger.stage("expand"):
            told, remarks = at_length(told, edition=ledger.edition, tools=tools)
            ledger.note(remarks)
    told, surplus = in_sections(told, plan=plan, format=tools.format)
    ledger.note(surplus)
    ledger.note((), by_model=sum(each.origin is Origin.LLM for each in told))
    if surplus or len(tried) > len(chosen):
        ledger.note((), stories=tuple(each.story for each in told))
    return told


def _tell(stories: Sequence[Story], *, tools: Tools, ledger: Ledger) -> list[Summary]:
    if any(story.lead.feed.full_text for story in stories):
        with ledger.stage("read"):
            stories, remarks = read(stories, fetcher=tools.fetcher, store=tools.store)
            ledger.note(remarks)
    with ledger.stage("summarize"):
        summaries, remarks = retell(stories, edition=ledger.edition, tools=tools)
        ledger.note(remarks)
    return summaries


def _next_best(tried: Sequence[Story], *, plan: Plan, tools: Tools, ledger: Ledger) -> list[Story]:
    """The stories that would have been chosen without those that were *tried*."""
    gone = {id for story in tried for id in _ids(story)}
    unfit = {r.subject for r in ledger.remarks if isinstance(r, Skipped) and r.stage == "triage"}
    left = [
        each
        for each in ledger.ranked
        if each.lead.url not in unfit and not gone.intersection(_ids(each))
    ]
    kept = [story for story in tried if story in ledger.ranked]
    chosen, _ = shortlist(
        [*kept, *left], told=(), plan=plan, format=tools.format, limit=len(kept) + plan.limit
    )
    return [story for story in chosen if not gone.intersection(_ids(story))]


def _ids(story: Story) -> set[str]:
    return {entry.id for entry in story.cluster.entries}


def find(*, plan: Plan, tools: Tools, ledger: Ledger) -> tuple[Collected, list[Story]]:
    """Collect the edition's entries and choose its stories."""
    edition = ledger.edition
    with ledger.stage("collect"):
        collected = entries_of(
            edition, plan=plan, fetcher=tools.fetcher, store=tools.store, now=ledger.started
        )
        ledger.note(
            collected.remarks,
            feeds=collected.feeds,
            partial=is_partial(collected, plan=plan),
            entries_seen=sum(feed.seen for feed in collected.feeds),
            entries_kept=len(collected.entries),
        )
    rows: dict[str, Row] = {}
    if tools.embedder:
        with ledger.stage("embed"):
            rows, remarks = embed(
                collected.entries,
                embedder=tools.embedder,
                store=tools.store,
                executor=tools.executor,
            )
            ledger.note(remarks)
    with ledger.stage("dedupe"):
        clusters = dedupe(collected.entries, rows=rows)
        ledger.note((), clusters=len(clusters))
        ledger.clusters = clusters
    with ledger.stage("recall"):
        told = told_before(edition, plan=plan, store=tools.store)
        clusters, remarks = recall(clusters, told=told, edition=edition)
        ledger.note(remarks)
    with ledger.stage("rank"):
        stories, ledger.ranked, remarks = pick(clusters, edition=edition, plan=plan, tools=tools)
        ledger.note(remarks, stories=tuple(stories))
    return collected, stories


def pick(
    clusters: Sequence[Cluster],
    *,
    edition: Edition,
    plan: Plan,
    tools: Tools,
) -> tuple[list[Story], list[Story], list[Remark]]:
    """Rank *clusters*, let a model have its say, and choose the edition's stories.

    Returns the chosen ones, and all that have a score: the best first, and at
    the end what the model left out.
    """
    ranked = partial(
        rank,
        edition=edition,
        topic=plan.topic,
        language=None if tools.model else edition.language,
        taste=taste_of(tools.store, now=edition.until),
        earlier=titles_before(edition, plan=plan, store=tools.store),
    )
    told = told_in(edition, plan=plan, store=tools.store)
    weighed = partial(weigh, told=told, edition=edition, plan=plan, format=tools.format)
    scored, remarks = ranked(clusters)
    scored, early = weighed(scored)
    stories = scored
    if tools.model and scored:
        advice, doubts = advise(scored, edition=edition, plan=plan, tools=tools, model=tools.model)
        if advice.same:
            scored, _ = ranked(join([story.cluster for story in scored], advice.same))
            scored, _ = weighed(scored)
        stories, left_out = blend(scored, advice)
        remarks = [*remarks, *doubts, *left_out]
    chosen, left = shortlist(stories, told=told, plan=plan, format=tools.format, limit=plan.limit)
    ids = {story.lead.id for story in stories}
    unplaced = [story for story in scored if story.lead.id not in ids]
    return chosen, [*stories, *unplaced], [*remarks, *early, *left]


def advise(
    stories: Sequence[Story], *, edition: Edition, plan: Plan, tools: Tools, model: Model
) -> tuple[Advice, list[Remark]]:
    """Ask *model* for its order and its verdicts on look-alikes, both at once."""
    questions: list[Callable[..., tuple[Advice, list[Remark]]]] = [
        partial(triage, topic=plan.topic),
        judge,
    ]
    (opinion, doubts), (verdicts, more) = tools.executor.map(
        lambda ask: ask(stories, model=model, prompts=tools.prompts, edition=edition), questions
    )
    return replace(opinion, same=verdicts.same), [*doubts, *more]


def retell(
    stories: Sequence[Story], *, edition: Edition, tools: Tools
) -> tuple[list[Summary], list[Remark]]:
    """Summarize *stories*, less what speaks to a model, and keep what the format can print."""
    safe, found = disarm(stories)
    summaries, remarks = summarize(
        safe,
        edition=edition,
        format=tools.format,
        model=tools.model,
        prompts=tools.prompts,
        executor=tools.executor,
        aliases=tools.aliases,
    )
    admitted, doubts = admit(summaries, edition=edition, format=tools.format)
    return admitted, [*found, *remarks, *doubts]


def at_length(
    summaries: Sequence[Summary], *, edition: Edition, tools: Tools
) -> tuple[list[Summary], list[Remark]]:
    """Tell the top story at length, where the format has one."""
    return expand(
        summaries,
        edition=edition,
        format=tools.format,
        model=tools.model,
        prompts=tools.prompts,
        aliases=tools.aliases,
    )


def editorial(
    summaries: Sequence[Summary], *, edition: Edition, tools: Tools
) -> tuple[Commentary, list[Remark]]:
    """Comment on *summaries*, plainly where the format cannot print what the model wrote.

    A lead without commentary is written by code.
    """
    parts = tools.format.parts
    write_on = comment if "lead" in parts else insight
    if tools.format.has_sections:
        write_on = overview
    commentary, remarks = write_on(
        summaries,
        edition=edition,
        format=tools.format,
        model=tools.model if "commentary" in parts or tools.format.has_sections else None,
        prompts=tools.prompts,
        aliases=tools.aliases,
    )
    commentary, doubts = admit_commentary(
        commentary, summaries, edition=edition, format=tools.format
    )
    return commentary, [*remarks, *doubts]


def lay_out(
    summaries: Sequence[Summary],
    commentary: Commentary,
    *,
    edition: Edition,
    plan: Plan,
    format: Format,
) -> tuple[Digest, Post]:
    """Return the digest of *summaries* and the post that it makes."""
    digest = compose(edition, summaries, commentary, format=format)
    text = render(digest, format=format, language=edition.language)
    return digest, Post(path=post_path(edition, plan=plan, format=format), text=text)


def post_path(edition: Edition, *, plan: Plan, format: Format) -> Path:
    """Return where *edition*'s post belongs."""
    return plan.folder / printed_day(format.file_name, edition.date)


def sidecar_path(edition: Edition, *, state: Path) -> Path:
    """Return where it is kept what *edition*'s post rests on.

    Not beside the post: it holds the publishers' texts, which no site should
    show, and generators take every file of their folder for a page.
    """
    return state / "editions" / edition.key.replace("/", "-") / SIDECAR


def titles_before(edition: Edition, *, plan: Plan, store: Store) -> list[str]:
    """Return the titles of the days before *edition*'s window."""
    before = store.entries(plan.feeds, since=edition.since - LAST_DAYS, until=edition.since)
    return [entry.title for entry in before]


def taste_of(store: Store, *, now: datetime) -> Taste:
    """Return what the editor's choices teach as of *now*."""
    return learn(store.choices(), now=now, forgotten=store.forgotten_taste())
