"""Signals: what is measured of a story, before anything is said of its worth.

Each is an amount, 0 where there is nothing to say; ``learned`` has what one of
it is worth, and ``benchmarks/picks.py`` is how that was found.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from digestbot.model import Cluster, Edition, Entry
from digestbot.stages.coverage import distinct_publishers, echoes, mouths, new_names, sites
from digestbot.stages.kinds import kinds_of
from digestbot.stages.publishers import account
from digestbot.text.anchors import anchors
from digestbot.text.makers import ANY_MAKER

PLATFORMS = frozenset({"news.google.com"})
"""Hosts that are named after a maker and print what others write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """How much of something there is in a story, and the words for it."""

    name: str
    amount: float
    text: str = ""
    of_field: bool = False
    """Whether what was learned of it holds for that field only."""


def signals(
    clusters: Sequence[Cluster], *, edition: Edition, earlier: Sequence[str] = ()
) -> list[list[Signal]]:
    """Return what is measured of each of *clusters*, in their order.

    *earlier* are the titles of the last days, against which names are new.
    """
    alike, named = echoes(clusters), mouths(clusters)
    new = new_names(clusters, earlier=earlier)
    return [
        [
            *_coverage(cluster, alike[place], named[place]),
            *_origin(cluster),
            *_freshness(cluster, edition),
            *_novelty(new[place]),
            *_titles(cluster),
        ]
        for place, cluster in enumerate(clusters)
    ]


def _coverage(
    cluster: Cluster, further: frozenset[str], named: tuple[int, str]
) -> Iterator[Signal]:
    publishers = len(distinct_publishers(cluster.sources))
    text = f"told by {publishers}: {', '.join(cluster.sources[:5])}"
    yield Signal(name="coverage", amount=math.log(publishers), text=text)
    if further:
        text = f"something alike told by {len(further)} more"
        yield Signal(name="echo", amount=math.log(1 + len(further)), text=text)
    if named[0]:
        text = f"{named[1]} named by {named[0]} more"
        yield Signal(name="talk", amount=math.log(1 + named[0]), text=text)


def _origin(cluster: Cluster) -> Iterator[Signal]:
    names = (name for entry in cluster.entries if (name := _first_hand(entry)))
    if name := min(names, default=""):
        yield Signal(name="first hand", amount=1.0, text=f"{name} on its own site")
    makers = (host for host in sites(cluster) if _is_makers(host))
    if host := min(makers, default=""):
        yield Signal(name="maker's site", amount=1.0, text=host, of_field=True)
    accounts = (name for entry in cluster.entries if (name := account(entry)))
    if name := min(accounts, default=""):
        yield Signal(name="own post", amount=1.0, text=f"posted by {name}", of_field=True)


def _first_hand(entry: Entry) -> str:
    """The name in a title whose own site the link leads to, or ""."""
    title = entry.title.casefold()
    labels = {
        each for each in (urlsplit(entry.url).hostname or "").split(".")[:-1] if each in title
    }
    return min(labels & anchors(entry.title), default="") if labels else ""


def _is_makers(host: str) -> bool:
    words = host.replace(".", " ").replace("-", " ")
    return host not in PLATFORMS and ANY_MAKER.search(words) is not None


def _freshness(cluster: Cluster, edition: Edition) -> Iterator[Signal]:
    age = max(edition.until - max(e.published for e in cluster.entries), timedelta(0))
    half_life = (edition.until - edition.since) / 2
    text = f"{age / timedelta(hours=1):.1f} hours old"
    yield Signal(name="freshness", amount=0.5 ** (age / half_life), text=text)


def _novelty(name: str) -> Iterator[Signal]:
    if name:
        yield Signal(name="new name", amount=1.0, text=f"{name} was in no title of the last days")


def _titles(cluster: Cluster) -> Iterator[Signal]:
    """The kinds of the cluster's titles, by their shares; the words are those of the first."""
    found = [each for entry in cluster.entries for each in kinds_of(entry.title)]
    times = Counter(kind.name for kind, _ in found)
    for kind, words in {kind.name: (kind, words) for kind, words in reversed(found)}.values():
        share = times[kind.name] / len(cluster.entries)
        yield Signal(name=kind.name, amount=share, text=words, of_field=kind.of_field)
