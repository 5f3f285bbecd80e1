"""Rank: clusters become stories, best first, each with the reasons for its score.

The score is the sum of its reasons: what is measured of a story (``signals``)
times what that is worth (``learned``: log-odds of being picked, after an
editor's picks), how well it fits the topic, and what it lacks. What the user
set counts more than what was learned: the weight of a feed takes the place of
its publisher's standing, and on days of another field than the one we learned
from, what holds for that field only is silent.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from digestbot.model import Cluster, Edition, Entry, Reason, Remark, Skipped, Story, Taste, Topic
from digestbot.stages.dedupe import cluster_of
from digestbot.stages.field import of_field
from digestbot.stages.kinds import KINDS
from digestbot.stages.learned import SIGNALS
from digestbot.stages.publishers import standing
from digestbot.stages.signals import Signal, signals
from digestbot.stages.taste import tasted
from digestbot.stages.topics import Fit
from digestbot.text.languages import language_of
from digestbot.text.makers import makers_in
from digestbot.text.titles import says_nothing, title_key

WORTH = SIGNALS | {kind.name: kind.value for kind in KINDS if kind.value is not None}
"""What one of each signal adds to a score."""

WEIGHT = 1.0
"""Times log2 of the best feed's weight: a weight of 2 is worth as much as twice the publishers."""

HEADLINE_ONLY = -0.6
"""For a story without a text to summarize."""

BARE_TITLE = -1.0
"""For a title that is a bare name or number: "v2.1.239". "GPT-6" alone is news, though."""

MIN_TEXT = 60
"""Characters from which a text says more than its title."""

OTHER_LANGUAGE = -6.0
"""For a story that nobody here can translate: below all that readers can read."""

NO_TASTE = Taste()


def rank(
    clusters: Sequence[Cluster],
    *,
    edition: Edition,
    topic: Topic,
    language: str | None = None,
    taste: Taste = NO_TASTE,
    earlier: Sequence[str] = (),
) -> tuple[list[Story], list[Remark]]:
    """Return the on-topic *clusters* as stories, best first, and a remark for each other one.

    With *language*, where nobody translates, a cluster is led by an entry in
    that language if it has one; the others rank far lower. *earlier* are the
    titles of the last days. Equal scores are settled by address, so the order
    of *clusters* changes nothing.
    """
    fit = Fit(topic)
    ordered = sorted((_led(each, language) for each in clusters), key=_order)
    remarks = [_off_topic(cluster, fit) for cluster in ordered]
    kept = [cluster for cluster, remark in zip(ordered, remarks, strict=True) if remark is None]
    learned = of_field(kept)
    stories = [
        _story(
            cluster,
            (
                *_worth(measured, learned=learned),
                *(standing(cluster) if learned else ()),
                *_weight(cluster),
                *fit.reasons(cluster),
                *tasted(cluster, taste),
                *_shortcomings(cluster.lead, language),
            ),
        )
        for cluster, measured in zip(
            kept, signals(kept, edition=edition, earlier=earlier), strict=True
        )
    ]
    stories.sort(key=lambda story: (-story.score, _order(story.cluster)))
    return stories, [remark for remark in remarks if remark is not None]


def _story(cluster: Cluster, reasons: tuple[Reason, ...]) -> Story:
    score = math.fsum(reason.value for reason in reasons)
    return Story(cluster=cluster, score=score, reasons=reasons)


def _worth(measured: Iterable[Signal], *, learned: bool) -> Iterable[Reason]:
    for signal in measured:
        if signal.name in WORTH and (learned or not signal.of_field):
            value = WORTH[signal.name] * signal.amount
            yield Reason(name=signal.name, value=value, text=signal.text)


def _weight(cluster: Cluster) -> Iterable[Reason]:
    weight = max(entry.feed.weight for entry in cluster.entries)
    if weight != 1:
        value = WEIGHT * math.log2(max(weight, 1 / 16))
        yield Reason(name="source", value=value, text=f"a feed of weight {weight:g}")


def _order(cluster: Cluster) -> tuple[str, str, str]:
    return (cluster.lead.url, cluster.lead.id, cluster.lead.title)


def _led(cluster: Cluster, language: str | None) -> Cluster:
    """*cluster* led by an entry that readers of *language* can read, if it has one."""
    if language is None or _spoken(cluster.lead, language):
        return cluster
    readable = [entry for entry in cluster.others if _spoken(entry, language)]
    if not readable:
        return cluster
    lead = cluster_of(readable).lead
    others = tuple(entry for entry in cluster.entries if entry is not lead)
    return replace(cluster, lead=lead, others=others)


def _spoken(entry: Entry, language: str) -> bool:
    """Whether an entry's title is in *language*, or in none at all: a name, a number."""
    return language_of(entry.title) in (language, "")


def _off_topic(cluster: Cluster, fit: Fit) -> Remark | None:
    lead = cluster.lead
    word = fit.excluded(cluster)
    if word:
        reason = f"excluded: the title has {word!r}"
    elif fit.off_topic(cluster):
        reason = "off topic: neither title nor text has a word of the topic"
    else:
        return None
    return Skipped(stage="rank", subject=lead.url, reason=reason, title=lead.title)


def _shortcomings(lead: Entry, language: str | None) -> Iterable[Reason]:
    if language is not None and not _spoken(lead, language):
        text = f"not in {language}, and nobody translates"
        yield Reason(name="language", value=OTHER_LANGUAGE, text=text)
    if says_nothing(title_key(lead.title)) and not makers_in(lead.title):
        yield Reason(name="bare title", value=BARE_TITLE, text="too short to say anything")
    text = lead.text
    readable = language is None or language_of(text[:300]) == language
    if len(text) < MIN_TEXT or not readable:
        yield Reason(name="headline only", value=HEADLINE_ONLY, text="no text to summarize")
