"""judge: which look-alikes among the best stories tell one event, where words alone cannot say.

Most are in two languages. One call, all pairs at once; its failure harms
nothing, and what the model does not call the same stays apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from digestbot.errors import BadReplyError, ModelError
from digestbot.model import Cluster, Edition, Entry, Notice, Remark, Story
from digestbot.ports import Model
from digestbot.stages.advice import Advice
from digestbot.stages.asking import ask_once, numbers_in, object_schema
from digestbot.stages.dedupe import cluster_of
from digestbot.stages.lookalikes import Lookalikes
from digestbot.stages.sources import fence, without_addresses
from digestbot.stages.triage import HEADLINE_LIMIT, SHOWN
from digestbot.templating import Prompt

DOUBTFUL = 0.05
"""Likeness from which a model is asked: of pairs of real headlines below it next to none is
one event."""

MOST_PAIRS = 30
"""Pairs in the call, the likeliest first: some six thousand tokens."""

TEXT_LIMIT = 160
"""Characters of a report's text that are shown beside its headline."""

MOST_SAME = 0.7
"""More of ``ENOUGH`` pairs called the same says something about the reply, not about the news."""

ENOUGH = 8

SCHEMA = object_schema(same={"type": "array", "items": {"type": "integer"}})


def judge(
    stories: Sequence[Story],
    *,
    model: Model,
    prompts: Mapping[str, Prompt],
    edition: Edition,
) -> tuple[Advice, list[Remark]]:
    """Return which pairs among the best of *stories* the model calls one event.

    No call is made where there is no doubt; a notice names each pair that is
    called the same, or says why there is no verdict.
    """
    best = stories[:SHOWN]
    pairs = _doubtful([story.cluster for story in best])
    if not pairs:
        return Advice(), []
    leads = [(best[a].lead, best[b].lead) for a, b in pairs]
    try:
        same = ask_once(
            prompts["judge"].messages(**_values(leads, edition)),
            model=model,
            schema=SCHEMA,
            read=lambda reply: _verdicts(reply, len(leads)),
        )
    except ModelError as error:
        reason = f"look-alikes stay apart without the model's verdict: {error.reason}"
        return Advice(), [Notice(stage="judge", subject=model.name, reason=reason)]
    joined = [leads[number - 1] for number in same]
    advice = Advice(same=tuple((one.id, other.id) for one, other in joined))
    return advice, [_joined(one, other) for one, other in joined]


def join(clusters: Sequence[Cluster], same: Sequence[tuple[str, str]]) -> list[Cluster]:
    """Return *clusters*, those whose leads are called the *same* as one, in no new order.

    A follow-up stays one whatever joins it.
    """
    leads = {lead: place for place, lead in enumerate(each.lead.id for each in clusters)}
    first = list(range(len(clusters)))
    for one, other in same:
        low, high = sorted((first[leads[one]], first[leads[other]]))
        first = [low if place == high else place for place in first]
    parts: dict[int, list[Cluster]] = {}
    for place, cluster in zip(first, clusters, strict=True):
        parts.setdefault(place, []).append(cluster)
    return [_one(each) for each in parts.values()]


def _joined(one: Entry, other: Entry) -> Notice:
    reason = f"one event, the model says: “{one.title}” and “{other.title}”"
    return Notice(stage="judge", subject=one.url, reason=reason)


def _one(parts: Sequence[Cluster]) -> Cluster:
    if len(parts) == 1:
        return parts[0]
    whole = cluster_of([entry for part in parts for entry in part.entries])
    return replace(whole, follows=next((part.follows for part in parts if part.follows), None))


def _doubtful(clusters: Sequence[Cluster]) -> list[tuple[int, int]]:
    alike = Lookalikes(clusters).alike(least=DOUBTFUL)
    return sorted(alike, key=lambda pair: (-alike[pair], pair))[:MOST_PAIRS]


def _values(pairs: Sequence[tuple[Entry, Entry]], edition: Edition) -> dict[str, str]:
    shown = "\n\n".join(
        f"{number}.\nA: {_shown(one, edition)}\nB: {_shown(other, edition)}"
        for number, (one, other) in enumerate(pairs, 1)
    )
    return {"count": str(len(pairs)), "tag": fence(shown), "pairs": shown}


def _shown(entry: Entry, edition: Edition) -> str:
    """An entry on one line: headline, publisher and moment, and how its text begins."""
    headline = without_addresses(entry.title)[:HEADLINE_LIMIT]
    begin = without_addresses(entry.text[: 4 * TEXT_LIMIT])[:TEXT_LIMIT]
    facts = ", ".join(filter(None, (without_addresses(entry.feed.name), _moment(entry, edition))))
    return f"{headline} ({facts})" + (f" | {begin}" if begin else "")


def _moment(entry: Entry, edition: Edition) -> str:
    if not entry.dated:
        return ""
    local: datetime = entry.published.astimezone(ZoneInfo(edition.timezone))
    return local.strftime("%m-%d %H:%M")


def _verdicts(reply: Mapping[str, Any], count: int) -> list[int]:
    if "same" not in reply:
        raise BadReplyError('it has no "same"')
    same = numbers_in(reply, "same")
    unknown = [number for number in same if not 0 < number <= count]
    if unknown:
        raise BadReplyError(f"it names pair {unknown[0]}, and there are {count}")
    if count >= ENOUGH and len(same) > MOST_SAME * count:
        raise BadReplyError(f"it calls {len(same)} of {count} pairs the same")
    return same
