"""How well `rank` finds what a human editor picked: NDCG@20 and recall@30 by day.

    python benchmarks/choices.py ../shared/data/stories/picks

Beside it stand coverage alone and newest first, on the same clusters. Each of
an editor's stories counts once, for the first cluster that holds it.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digestbot.model import Cluster, Edition, Entry, Feed, Topic
from digestbot.stages.dedupe import dedupe
from digestbot.stages.rank import distinct_publishers, rank

Picks = dict[str, int]
"""The editor's story by an entry's id."""


def day_of(path: Path, now: datetime) -> tuple[list[Entry], Picks]:
    """Return the candidates of one day, and which of them the editor picked."""
    entries, picks = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        moment = row["published"] or row["first_seen"]
        published = datetime.fromisoformat(moment) if moment else now
        feed = Feed(url=f"https://feeds.test/{row['source']}", name=row["source"])
        entries.append(
            Entry(
                id=row["id"],
                feed=feed,
                url=row["url"],
                title=row["title"],
                published=min(published.astimezone(UTC), now),
            )
        )
        if row["pick"] is not None:
            picks[row["id"]] = row["pick"]
    return entries, picks


def gains(clusters: Sequence[Cluster], picks: Picks) -> list[int]:
    """Return 1 for each cluster that holds a story of the editor's not held before it."""
    found: set[int] = set()
    hits = []
    for cluster in clusters:
        held = {picks[entry.id] for entry in cluster.entries if entry.id in picks} - found
        hits.append(int(bool(held)))
        found |= held
    return hits


def ndcg(hits: Sequence[int], wanted: int, depth: int = 20) -> float:
    """Return the discounted gain of *hits*, as a share of the best possible."""
    gain = sum(hit / math.log2(place + 2) for place, hit in enumerate(hits[:depth]))
    return gain / sum(1 / math.log2(place + 2) for place in range(min(wanted, depth)))


def main() -> None:
    """Print the mean over the days, one line for each way to rank."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with DAY.jsonl and days.jsonl")
    folder = parser.parse_args().folder
    results: dict[str, list[tuple[float, float]]] = {}
    for line in (folder / "days.jsonl").read_text(encoding="utf-8").splitlines():
        day = json.loads(line)
        now = datetime.fromtimestamp(day["now"], UTC)
        entries, picks = day_of(folder / f"{day['day']}.jsonl", now)
        wanted = len(set(picks.values()))
        if not wanted:
            continue
        for name, clusters in orders(entries, now).items():
            hits = gains(clusters, picks)
            results.setdefault(name, []).append((ndcg(hits, wanted), sum(hits[:30]) / wanted))
    for name, days in results.items():
        print(
            f"{name:16} NDCG@20 {statistics.mean(day[0] for day in days):.3f}"
            f"  recall@30 {statistics.mean(day[1] for day in days):.3f}  ({len(days)} days)"
        )


def orders(entries: Sequence[Entry], now: datetime) -> dict[str, list[Cluster]]:
    """Return the day's clusters in the order of each way to rank."""
    edition = Edition(
        name="daily",
        date=now.date(),
        since=now - timedelta(hours=24),
        until=now,
        timezone="Asia/Shanghai",
        language="zh",
    )
    clusters, _ = dedupe(entries, told=())
    stories, _ = rank(clusters, edition=edition, topic=Topic())
    coverage: Callable[[Cluster], int] = lambda each: -len(distinct_publishers(each.sources))  # noqa: E731
    return {
        "rank": [story.cluster for story in stories],
        "coverage alone": sorted(clusters, key=coverage),
        "newest first": sorted(clusters, key=lambda each: each.lead.published, reverse=True),
    }


if __name__ == "__main__":
    main()
