"""Rank: clusters become stories, best first, each with the reasons for its score.

The score is the sum of its reasons. Their weights follow what was measured on
89 days of a human editor's picks: how many publishers tell a story counts
most; inside a daily window recency is a gate and hardly a merit.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from digestbot.model import Cluster, Edition, Entry, Reason, Remark, Skipped, Story, Topic
from digestbot.stages.dedupe import cluster_of
from digestbot.stages.signals import title_signals
from digestbot.stages.topics import Fit
from digestbot.text.anchors import anchors
from digestbot.text.kinship import Kinship, Text
from digestbot.text.languages import language_of
from digestbot.text.titles import says_nothing, title_key

COVERAGE = 1.0
"""Times log(1 + publishers)."""

ECHO = 0.8
"""Times log(1 + publishers of look-alikes): they may tell the same, and may not."""

ALIKE = 0.3
"""Likeness from which another cluster counts as an echo."""

WEIGHT = 1.0
"""Times log2 of the best feed's weight: a weight of 2 is worth as much as two publishers more."""

FIRST_HAND = 0.5
"""For a link to the site of the one whom the title names."""

FRESHNESS = 0.3
"""For a story of this very moment; half of it when half of the window is over."""

HEADLINE_ONLY = -0.6
"""For a story without a text to summarize."""

BARE_TITLE = -1.0
"""For a title that is a bare name or number: "v2.1.239"."""

MIN_TEXT = 60
"""Characters from which a text says more than its title."""

OTHER_LANGUAGE = -4.0
"""For a story that nobody here can translate: below all that readers can read."""

MAX_TITLES = 3
"""Other titles by which a cluster is compared."""

MIN_NAME = 5
"""Letters of a publisher's name that may stand for its longer variants."""


def rank(
    clusters: Sequence[Cluster], *, edition: Edition, topic: Topic, language: str | None = None
) -> tuple[list[Story], list[Remark]]:
    """Return the on-topic *clusters* as stories, best first, and a remark for each other one.

    With *language*, where nobody translates, a cluster is led by an entry in
    that language if it has one; the others rank far lower. Equal scores are
    settled by address, so the order of *clusters* changes nothing.
    """
    fit = Fit(topic)
    ordered = sorted((_led(each, language) for each in clusters), key=_order)
    remarks = [_off_topic(cluster, fit) for cluster in ordered]
    kept = [cluster for cluster, remark in zip(ordered, remarks, strict=True) if remark is None]
    echoes = _echoes(kept)
    stories = [
        _story(cluster, echoes[place], fit=fit, edition=edition, language=language)
        for place, cluster in enumerate(kept)
    ]
    stories.sort(key=lambda story: (-story.score, _order(story.cluster)))
    return stories, [remark for remark in remarks if remark is not None]


def texts_of(cluster: Cluster) -> list[Text]:
    """Return by what *cluster* is compared: its lead, and a few other titles it has.

    These join it to what is told in another language, or in other words.
    """
    others = sorted({entry.title for entry in cluster.others} - {cluster.lead.title})
    return [(cluster.lead.title, cluster.lead.text), *((o, "") for o in others[:MAX_TITLES])]


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
    return Cluster(lead=lead, others=tuple(entry for entry in cluster.entries if entry is not lead))


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


def _echoes(clusters: Sequence[Cluster]) -> list[frozenset[str]]:
    """For each cluster, the further publishers of clusters that look like it."""
    kinship = Kinship([texts_of(cluster) for cluster in clusters])
    found: defaultdict[int, set[str]] = defaultdict(set)
    for a, b in kinship.alike(least=ALIKE):
        found[a].update(clusters[b].sources)
        found[b].update(clusters[a].sources)
    return [
        frozenset(found[place] - set(cluster.sources)) for place, cluster in enumerate(clusters)
    ]


def _story(
    cluster: Cluster,
    echo: frozenset[str],
    *,
    fit: Fit,
    edition: Edition,
    language: str | None,
) -> Story:
    reasons = (
        *_coverage(cluster, echo),
        *_merits(cluster, edition),
        *fit.reasons(cluster),
        *title_signals(cluster.lead.title),
        *_shortcomings(cluster.lead, language),
    )
    score = math.fsum(reason.value for reason in reasons)
    return Story(cluster=cluster, score=score, reasons=reasons)


def _coverage(cluster: Cluster, echo: frozenset[str]) -> Iterable[Reason]:
    publishers = distinct_publishers(cluster.sources)
    text = f"told by {len(publishers)}: {', '.join(cluster.sources[:5])}"
    yield Reason(name="coverage", value=COVERAGE * math.log(1 + len(publishers)), text=text)
    further = distinct_publishers(echo | set(cluster.sources)) - publishers
    if further:
        text = f"something alike told by {len(further)} more"
        yield Reason(name="echo", value=ECHO * math.log(1 + len(further)), text=text)


def _merits(cluster: Cluster, edition: Edition) -> Iterable[Reason]:
    weight = max(entry.feed.weight for entry in cluster.entries)
    if weight != 1:
        value = WEIGHT * math.log2(max(weight, 1 / 16))
        yield Reason(name="source", value=value, text=f"a feed of weight {weight:g}")
    if name := _first_hand(cluster.lead):
        yield Reason(name="first hand", value=FIRST_HAND, text=f"{name} on its own site")
    age = max(edition.until - cluster.lead.published, timedelta(0))
    half_life = (edition.until - edition.since) / 2
    value = FRESHNESS * 0.5 ** (age / half_life)
    yield Reason(name="freshness", value=value, text=f"{age / timedelta(hours=1):.1f} hours old")


def _first_hand(lead: Entry) -> str:
    """The name in a title whose own site the link leads to, or ""."""
    labels = set((urlsplit(lead.url).hostname or "").split(".")[:-1])
    return min(labels & anchors(lead.title), default="")


def _shortcomings(lead: Entry, language: str | None) -> Iterable[Reason]:
    if language is not None and not _spoken(lead, language):
        text = f"not in {language}, and nobody translates"
        yield Reason(name="language", value=OTHER_LANGUAGE, text=text)
    if says_nothing(title_key(lead.title)):
        yield Reason(name="bare title", value=BARE_TITLE, text="too short to say anything")
    text = lead.text
    readable = language is None or language_of(text[:300]) == language
    if len(text) < MIN_TEXT or not readable:
        yield Reason(name="headline only", value=HEADLINE_ONLY, text="no text to summarize")


def distinct_publishers(sources: Iterable[str]) -> frozenset[str]:
    """Return *sources* by the letters of their names, without mere variants of another.

    "TechCrunch AI" and "Hacker News (24h)" are the publishers TechCrunch and
    Hacker News once more, where these are there as well.
    """
    names = sorted({_letters(source) for source in sources}, key=lambda name: (len(name), name))
    kept: list[str] = []
    for name in names:
        if not any(name.startswith(short) for short in kept if len(short) >= MIN_NAME):
            kept.append(name)
    return frozenset(kept)


def _letters(source: str) -> str:
    return "".join(filter(str.isalnum, source.casefold()))
