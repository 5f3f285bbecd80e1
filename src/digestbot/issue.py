"""Issues: what makes the edition of a week or a month another than a day's.

It is made of what the store has kept, knows what its dailies told, and tells
an event once; where a format has sections, each has its own room.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from digestbot.contract import Format, span_of
from digestbot.editions import PERIOD_MARK, Plan
from digestbot.model import Edition, Remark, Story, Summary, Told
from digestbot.ports import Fetcher, Store
from digestbot.stages.choose import choose
from digestbot.stages.collect import Collected, collect
from digestbot.stages.gather import gather
from digestbot.stages.once import once
from digestbot.stages.prefer import prefer
from digestbot.stages.sections import arranged, of_its_time, sections_of, within, within_reach


def entries_of(
    edition: Edition, *, plan: Plan, fetcher: Fetcher, store: Store, now: datetime
) -> Collected:
    """Visit the feeds for the day's entries; those of a week or a month are in the store."""
    if plan.period != "day":
        return gather(plan.feeds, edition=edition, store=store)
    return collect(plan.feeds, edition=edition, fetcher=fetcher, store=store, now=now)


def told_before(edition: Edition, *, plan: Plan, store: Store) -> list[Told]:
    """Return what other editions have told within *plan*'s memory.

    To a day only days count; to a week or a month only earlier issues of its own
    name: its dailies have told what it is made of. What is barred always counts.
    """
    if plan.period == "day":
        told = store.told(since=edition.until - plan.memory, but=edition)
        return [each for each in told if each.barred or _is_daily(each)]
    told = store.told(since=edition.since - plan.memory, but=edition)
    own = f"{edition.name}/"
    return [
        each
        for each in told
        if each.barred or (each.edition.startswith(own) and each.closed <= edition.since)
    ]


def told_in(edition: Edition, *, plan: Plan, store: Store) -> list[Told]:
    """Return what the daily editions have told in the week or month of *edition*."""
    if plan.period == "day":
        return []
    found = store.told(since=edition.since, but=edition)
    return [each for each in found if _is_daily(each) and each.closed <= edition.until]


def weigh(
    stories: Sequence[Story],
    *,
    told: Collection[Told],
    edition: Edition,
    plan: Plan,
    format: Format,
) -> tuple[list[Story], list[Remark]]:
    """Return *stories*, best first for an edition of *plan*'s period, less what is not of it."""
    if plan.period == "day" and not format.has_sections:
        return list(stories), []
    _, last = span_of(plan.period, edition.date)
    locale = format.locale(edition.language)
    weighed = prefer(stories, told=told, locale=locale) if plan.period != "day" else stories
    return of_its_time(weighed, locale=locale, edition=edition, last=last)


def shortlist(
    stories: Sequence[Story], *, told: Collection[Told], plan: Plan, format: Format, limit: int
) -> tuple[list[Story], list[Remark]]:
    """Choose at most *limit* of *stories*, best first, with a remark for each that is left out."""
    locale = format.locale(plan.language)
    near, far = within_reach(stories, locale=locale, limit=limit)
    twins: list[Remark] = []
    if plan.period != "day":
        near, twins = once(near, told=told, among=stories)
    chosen, left = choose(
        near,
        limit=limit,
        per_source=plan.per_source,
        sections=sections_of(near, locale=locale),
        per_section=plan.per_section,
    )
    return chosen, [*twins, *left, *far]


def in_sections(
    summaries: Sequence[Summary], *, plan: Plan, format: Format
) -> tuple[list[Summary], list[Remark]]:
    """Return *summaries* by section, as many of each as it may have; without sections all."""
    placed = arranged(summaries, locale=format.locale(plan.language))
    return within(placed, most=plan.per_section)


def _is_daily(told: Told) -> bool:
    return PERIOD_MARK not in told.edition
