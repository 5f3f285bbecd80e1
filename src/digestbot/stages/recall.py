"""Recall: clusters that tell what was told before are left out, unless there is news in them.

A story was told if one of a cluster's pages or guids was, or if story identity
says that they are one. It may come again as a follow-up: where an entry that
was published since has a headline with a figure, or a turn of events, that
nobody had told. A publisher who edits or re-dates a page tells nothing new.
When in doubt, it was told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from digestbot.model import Cluster, Edition, Entry, FollowUp, Remark, Skipped, Told
from digestbot.stages.dedupe import cluster_of
from digestbot.stages.threads import Match, Threads
from digestbot.text.anchors import anchors
from digestbot.text.developments import names, news

FOLLOWS = 0.3
"""Likeness from which a story may be called a follow-up, where a name in its headline is known."""

FOLLOWS_NAMELESS = 0.5
"""The same where no name is: "Mojo is open source" does not follow "A war on open source"."""


def recall(
    clusters: Sequence[Cluster], *, told: Collection[Told], edition: Edition
) -> tuple[list[Cluster], list[Remark]]:
    """Return those of *clusters* that are news to readers of what was *told*.

    Each is as it was, or a follow-up: then only its entries that were published
    since, led by one with the news. A story has one follow-up a day. For every
    other cluster there is a remark. The order of the arguments changes nothing.
    """
    ordered = sorted(clusters, key=_order)
    threads = Threads(told, now=edition.until)
    matches = threads.matches(ordered)
    verdicts = [
        _verdict(cluster, found, threads=threads, edition=edition)
        for cluster, found in zip(ordered, matches, strict=True)
    ]
    verdicts = _one_a_story(verdicts)
    kept = [verdict.cluster for verdict in verdicts if not verdict.reason]
    return kept, [_skipped(verdict) for verdict in verdicts if verdict.reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """A cluster, and why it is left out if it is."""

    cluster: Cluster
    reason: str = ""


def _order(cluster: Cluster) -> tuple[str, ...]:
    lead = cluster.lead
    return (lead.url, lead.feed.url, lead.id, lead.title)


def _skipped(verdict: _Verdict) -> Skipped:
    lead = verdict.cluster.lead
    return Skipped(stage="recall", subject=lead.url, reason=verdict.reason, title=lead.title)


def _verdict(
    cluster: Cluster, matches: Sequence[Match], *, threads: Threads, edition: Edition
) -> _Verdict:
    if not matches:
        return _Verdict(cluster=cluster)
    barred = [match for match in matches if match.thread.barred]
    if barred:
        reason = f"never to be told again: {_told_as(barred[0], edition)}"
        return _Verdict(cluster=cluster, reason=reason)
    sure = [match for match in matches if match.is_sure]
    if not sure:
        reason = f"may be what was {_told_as(matches[0], edition)}"
        return _Verdict(cluster=cluster, reason=reason)
    return _told_or_followed_up(cluster, sure, threads=threads, edition=edition)


def _told_or_followed_up(
    cluster: Cluster, matches: Sequence[Match], *, threads: Threads, edition: Edition
) -> _Verdict:
    told = _told_as(matches[0], edition)
    day = edition.date.isoformat()
    if any(match.thread.followed_up_on(day) for match in matches):
        return _Verdict(cluster=cluster, reason=f"{told}; it had a follow-up today")
    since = _since_told(cluster, matches, threads=threads)
    follow_up = _follow_up(since, matches)
    if follow_up is None:
        return _Verdict(cluster=cluster, reason=f"{told}; no news in its headlines")
    return _Verdict(cluster=follow_up)


def _since_told(cluster: Cluster, matches: Sequence[Match], *, threads: Threads) -> list[Entry]:
    """The entries that are surely younger than the last telling, and pages of their own."""
    closed = max(match.thread.last.closed for match in matches)
    return [
        entry
        for entry in cluster.entries
        if entry.dated and entry.published > closed and not threads.has(entry)
    ]


def _follow_up(entries: Sequence[Entry], matches: Sequence[Match]) -> Cluster | None:
    """The cluster of *entries*, led by one with news, or None where none has any."""
    headlines = "\n".join(match.thread.headlines() for match in matches)
    known = "\n".join([headlines, *(match.thread.texts() for match in matches)])
    about = anchors(headlines)
    fresh = {
        place: news(entry.title, headlines=headlines, known=known)
        for place, entry in enumerate(entries)
        if _claims(matches[0], entry.title, about)
    }
    leads = [entries[place] for place, found in fresh.items() if found]
    if not leads:
        return None
    lead = cluster_of(leads).lead
    found = dict.fromkeys(each for place in fresh for each in fresh[place])
    return Cluster(
        lead=lead,
        others=tuple(entry for entry in entries if entry is not lead),
        follows=FollowUp(told=matches[0].thread.last, news=tuple(found)),
    )


def _claims(match: Match, title: str, about: frozenset[str]) -> bool:
    """Whether it is sure enough that *title* goes on with the story, to say so in print."""
    return match.likeness >= (FOLLOWS if names(title) & about else FOLLOWS_NAMELESS)


def _one_a_story(verdicts: Sequence[_Verdict]) -> list[_Verdict]:
    """Of several follow-ups of one story only the one that most publishers tell."""
    best: dict[str, Cluster] = {}
    for cluster in (verdict.cluster for verdict in verdicts):
        if cluster.follows:
            thread = cluster.follows.told.thread
            if thread not in best or len(cluster.sources) > len(best[thread].sources):
                best[thread] = cluster
    chosen = {id(cluster) for cluster in best.values()}
    return [
        verdict
        if verdict.reason or not verdict.cluster.follows or id(verdict.cluster) in chosen
        else replace(verdict, reason=f"{verdict.cluster.follows.reason}; another report has it")
        for verdict in verdicts
    ]


def _told_as(match: Match, edition: Edition) -> str:
    """When a story was told, under which headline, and what decided that it is the same."""
    told = match.thread.last
    where = told.day if told.edition.rpartition("/")[0] == edition.name else told.edition
    return f"told on {where} as “{told.headline or told.title}”: {match.why}"
