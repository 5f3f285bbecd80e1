"""Coverage: how many publishers tell a story, how many tell something alike or name the same."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from digestbot.model import Cluster
from digestbot.stages.lookalikes import Lookalikes
from digestbot.text.anchors import anchors

ALIKE = 0.08
"""Likeness from which another cluster counts as an echo: they may tell the same, and may not."""

MIN_NAME = 5
"""Letters of a publisher's name that may stand for its longer variants."""

COMMON_SHARE = 0.02
"""Of a day's clusters: a name in more of them is the field's, and no event's."""

TITLE_LENGTH = 300
"""Characters of a title in which names are looked for."""

_VARIANT = re.compile(r"[\W_]+")


def distinct_publishers(sources: Iterable[str]) -> frozenset[str]:
    """Return *sources* by the letters of their names, without mere variants of another.

    "TechCrunch AI" and "Hacker News (24h)" are the publishers TechCrunch and
    Hacker News once more, where these are there as well.
    """
    names = sorted({letters(source) for source in sources}, key=lambda name: (len(name), name))
    kept: list[str] = []
    for name in names:
        if not any(name.startswith(short) for short in kept if len(short) >= MIN_NAME):
            kept.append(name)
    return frozenset(kept)


def one_name_each(sources: Sequence[str]) -> list[str]:
    """Return *sources* in their order without those that are one of them once more."""
    longest_first = sorted(distinct_publishers(sources), key=len, reverse=True)
    named: dict[str, str] = {}
    for source in sources:
        own = next(name for name in longest_first if letters(source).startswith(name))
        named.setdefault(own, source)
    return list(named.values())


def letters(source: str) -> str:
    """Return the letters and digits of a publisher's name, in lower case."""
    return _VARIANT.sub("", source.casefold())


def sites(cluster: Cluster) -> frozenset[str]:
    """Return the hosts that *cluster*'s entries link to."""
    hosts = (urlsplit(entry.url).hostname or "" for entry in cluster.entries)
    return frozenset(host.removeprefix("www.") for host in hosts)


def echoes(clusters: Sequence[Cluster]) -> list[frozenset[str]]:
    """For each cluster, the further publishers of clusters that look like it."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    for a, b in Lookalikes(clusters).alike(least=ALIKE):
        found[a].update(clusters[b].sources)
        found[b].update(clusters[a].sources)
    return [_beyond(cluster, found[place]) for place, cluster in enumerate(clusters)]


def _beyond(cluster: Cluster, sources: Iterable[str]) -> frozenset[str]:
    own = distinct_publishers(cluster.sources)
    return distinct_publishers({*sources, *cluster.sources}) - own


def mouths(clusters: Sequence[Cluster]) -> list[tuple[int, str]]:
    """For each cluster, how many other publishers name what it is about, and the name.

    Of the names in its lead's title that few clusters have, the second most
    named: one that many name may be chance, two are an event.
    """
    named = [[anchors(each.title[:TITLE_LENGTH]) for each in c.entries] for c in clusters]
    seen = Counter(name for names in named for name in frozenset().union(*names))
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for cluster, names in zip(clusters, named, strict=True):
        for entry, each in zip(cluster.entries, names, strict=True):
            for name in each:
                tellers[name].add(entry.source)
    most = COMMON_SHARE * len(clusters)
    return [
        _second(cluster, {name: tellers[name] for name in names[0] if seen[name] <= most})
        for cluster, names in zip(clusters, named, strict=True)
    ]


def _second(cluster: Cluster, tellers: Mapping[str, set[str]]) -> tuple[int, str]:
    own = set(cluster.sources)
    counts = sorted(((len(each - own), name) for name, each in tellers.items()), reverse=True)
    return counts[1] if len(counts) > 1 else (0, "")


def new_names(clusters: Sequence[Cluster], *, earlier: Sequence[str]) -> list[str]:
    """For each cluster, a name in its lead's title that no title of *earlier* days has, or "".

    Only a name that two publishers have today counts: the others are mostly
    misspelt. Without at least as much earlier news as today's, none is new.
    """
    if len(earlier) < len(clusters):
        return [""] * len(clusters)
    known = frozenset().union(*(anchors(title[:TITLE_LENGTH]) for title in earlier))
    tellers: defaultdict[str, set[str]] = defaultdict(set)
    for cluster in clusters:
        for entry in cluster.entries:
            for name in anchors(entry.title[:TITLE_LENGTH]) - known:
                tellers[name].add(entry.source)
    heard = {name for name, sources in tellers.items() if len(sources) > 1}
    found = (anchors(cluster.lead.title[:TITLE_LENGTH]) & heard for cluster in clusters)
    # The longest: in English any word may pass for a name, and short ones do.
    return [min(names, key=lambda name: (-len(name), name), default="") for names in found]
