"""How well `rank` finds what a human editor picked, and what that teaches it.

    python benchmarks/picks.py ../shared/data/stories/picks            # the table of figures
    python benchmarks/picks.py ../shared/data/stories/picks --ablate   # without each signal in turn
    python benchmarks/picks.py ../shared/data/stories/picks --fit      # print stages/learned.py
    python benchmarks/picks.py ../shared/data/stories/picks --write    # write it

The figures are means over the days with a pick, by story: each of an editor's
stories counts once, for the first of ours that holds it. The worths are those
of a ridge logistic regression (numpy alone) over all stories of the days,
picked or not; a publisher's worth is learned beside the signals, so that it
says what they do not.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digestbot.model import Cluster, Edition, Entry, Feed
from digestbot.pipeline import LAST_DAYS
from digestbot.stages import learned
from digestbot.stages.coverage import distinct_publishers
from digestbot.stages.dedupe import dedupe
from digestbot.stages.kinds import KINDS
from digestbot.stages.publishers import MAX_STANDING, names_of
from digestbot.stages.signals import signals

Floats = npt.NDArray[np.float64]
Picks = dict[str, int]
"""The editor's story by an entry's id."""

RIDGE = 3.0
"""The penalty on a signal's worth, in picked stories of evidence."""

RIDGE_OF_PUBLISHER = 3.0
"""The same for a publisher: one with a handful of picks moves little. Between a third and twice
of either the figures do not change by more than their error."""

MIN_TOLD = 15
"""Stories that a publisher must have told to be learned of."""

MIN_PICKED = 3
"""Or picks that it must have had."""

MIN_WORTH = 0.15
"""Publishers nearer to 0 than this are left out of the table."""

TRAIN = 30
"""The first days, which the last ones are held against."""

BLOCKS = 8
"""Runs of days that are left out in turn."""

HAND = {kind.name: kind.value for kind in KINDS if kind.value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day's stories as the fit sees them."""

    clusters: list[Cluster]
    picks: Picks
    measured: list[dict[str, float]]
    publishers: list[list[tuple[str, ...]]]
    """For each story, each teller's names."""

    @property
    def picked(self) -> Floats:
        """1 for each story that holds a pick."""
        held = [any(e.id in self.picks for e in c.entries) for c in self.clusters]
        return np.array(held, dtype=float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What the days have taught: as in ``stages/learned.py``."""

    signals: dict[str, float]
    publishers: dict[str, tuple[float, int, int]]

    def scores(self, day: Day) -> list[float]:
        """Return the score of each of *day*'s stories, as ``rank`` would have it."""
        worth = self.signals | HAND
        return [
            math.fsum(worth.get(name, 0.0) * amount for name, amount in measured.items())
            + self._standing(tellers)
            for measured, tellers in zip(day.measured, day.publishers, strict=True)
        ]

    def _standing(self, tellers: Iterable[tuple[str, ...]]) -> float:
        known = {name for names in tellers if (name := _known(names, self.publishers))}
        total = math.fsum(self.publishers[name][0] for name in known)
        return max(-MAX_STANDING, min(MAX_STANDING, total))


# --- the days -----------------------------------------------------------------


def read_days(folder: Path) -> list[Day]:
    """Return the days of *folder*, measured."""
    days: list[Day] = []
    for line in (folder / "days.jsonl").read_text(encoding="utf-8").splitlines():
        before = days[-LAST_DAYS.days :]
        earlier = [e.title for day in before for c in day.clusters for e in c.entries]
        days.append(_day(folder, json.loads(line), earlier))
    return days


def _day(folder: Path, row: Mapping[str, object], earlier: Sequence[str]) -> Day:
    now = datetime.fromtimestamp(float(str(row["now"])), UTC)
    entries, picks = _entries(folder / f"{row['day']}.jsonl", now)
    clusters = dedupe(entries)
    edition = Edition(
        name="daily",
        date=now.date(),
        since=now - timedelta(hours=24),
        until=now,
        timezone="Asia/Shanghai",
        language="zh",
    )
    measured = [
        {signal.name: signal.amount for signal in each}
        for each in signals(clusters, edition=edition, earlier=earlier)
    ]
    publishers = [[names_of(entry) for entry in cluster.entries] for cluster in clusters]
    return Day(clusters=clusters, picks=picks, measured=measured, publishers=publishers)


def _entries(path: Path, now: datetime) -> tuple[list[Entry], Picks]:
    entries, picks = [], {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        moment = row["published"] or row["first_seen"]
        published = datetime.fromisoformat(moment) if moment else now
        entries.append(
            Entry(
                id=row["id"],
                feed=Feed(url=f"https://feeds.test/{row['source']}", name=row["source"]),
                url=row["url"],
                title=row["title"],
                published=min(published.astimezone(UTC), now),
            )
        )
        if row["pick"] is not None:
            picks[row["id"]] = row["pick"]
    return entries, picks


# --- the fit --------------------------------------------------------------------


def fit(days: Sequence[Day], *, without: frozenset[str] = frozenset()) -> Learned:
    """Return what *days* teach of the signals, but for those *without*, and of publishers."""
    found = {name for day in days for each in day.measured for name in each}
    names = sorted(found - HAND.keys() - without)
    told, picked = _counts(days)
    known = [] if "publisher" in without else _known_well(told, picked)
    matrix = np.vstack([_matrix(day, names, known) for day in days])
    given = [
        sum(HAND.get(n, 0.0) * a for n, a in each.items()) for d in days for each in d.measured
    ]
    ridge = np.array([RIDGE] * len(names) + [RIDGE_OF_PUBLISHER] * len(known))
    hits = np.concatenate([day.picked for day in days])
    usual = float(hits.mean())  # who is picked more rarely is not raised, whatever the fit says
    worth = [float(each) for each in logistic(matrix, hits, given=np.array(given), ridge=ridge)]
    by_publisher = zip(known, worth[len(names) :], strict=True)
    return Learned(
        signals={name: round(each, 2) for name, each in zip(names, worth, strict=False)},
        publishers={
            name: (round(each, 2), picked[name], told[name])
            for name, each in by_publisher
            if abs(each) >= MIN_WORTH and not (each > 0 and picked[name] < usual * told[name])
        },
    )


def logistic(matrix: Floats, hits: Floats, *, given: Floats, ridge: Floats) -> Floats:
    """Return the worth of each column, so that their sum is the log-odds of a hit (Newton)."""
    columns = np.column_stack([matrix, np.ones(len(hits))])
    penalty = np.append(ridge, 1e-6)
    worth = np.zeros(columns.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(columns @ worth + given, -30, 30)))
        slope = columns.T @ (chance - hits) + penalty * worth
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        worth -= step
        if np.abs(step).max() < 1e-6:
            break
    return worth[:-1]


def _counts(days: Sequence[Day]) -> tuple[Counter[str], Counter[str]]:
    """How many stories each name has told, and how many of them were picked."""
    told: Counter[str] = Counter()
    picked: Counter[str] = Counter()
    for day in days:
        for tellers, hit in zip(day.publishers, day.picked, strict=True):
            names = {name for each in tellers for name in each if name}
            told.update(names)
            picked.update(names if hit else ())
    return told, picked


def _known_well(told: Counter[str], picked: Counter[str]) -> list[str]:
    return sorted(n for n in told if told[n] >= MIN_TOLD or picked[n] >= MIN_PICKED)


def _known(names: Iterable[str], known: Mapping[str, object] | frozenset[str]) -> str:
    return next((name for name in names if name in known), "")


def _matrix(day: Day, names: Sequence[str], known: Sequence[str]) -> Floats:
    columns = {name: place for place, name in enumerate([*names, *known])}
    well_known = frozenset(known)
    matrix = np.zeros((len(day.clusters), len(columns)))
    for row, (measured, tellers) in enumerate(zip(day.measured, day.publishers, strict=True)):
        for name in measured.keys() & set(names):
            matrix[row, columns[name]] = measured[name]
        for each in tellers:
            if name := _known(each, well_known):
                matrix[row, columns[name]] = 1.0
    return matrix


def as_module(taught: Learned) -> str:
    """Return ``stages/learned.py`` with what was taught."""
    lines = [
        f'"""{(learned.__doc__ or "").rstrip()}\n"""',
        "",
        "from __future__ import annotations",
        "",
    ]
    lines += ["SIGNALS: dict[str, float] = {"]
    by_worth = sorted(taught.signals.items(), key=lambda each: (-each[1], each[0]))
    lines += [f'    "{name}": {worth},' for name, worth in by_worth]
    lines += ["}", '"""What one of a signal adds to the log-odds of being picked."""', ""]
    lines += ["PUBLISHERS: dict[str, tuple[float, int, int]] = {"]
    for name, row in sorted(taught.publishers.items(), key=lambda each: (-each[1][0], each[0])):
        lines += [f'    "{name}": {row},']
    lines += [
        "}",
        '"""The same for who tells it; beside it, how many of its stories were picked, of how',
    ]
    return "\n".join(lines) + ' many."""\n'


# --- the figures ------------------------------------------------------------------

Ranker = Callable[[Day], Sequence[float]]


def figures(day: Day, scores: Sequence[float]) -> tuple[float, float, float] | None:
    """Return P@10, R@30 and NDCG@20 of one day; None where nothing was picked."""
    wanted = len(set(day.picks.values()))
    if not wanted:
        return None
    places = range(len(day.clusters))
    order = sorted(places, key=lambda place: (-scores[place], day.clusters[place].lead.url))
    hits = gains([day.clusters[place] for place in order], day.picks)
    return sum(hits[:10]) / 10, sum(hits[:30]) / wanted, ndcg(hits, wanted)


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


def coverage_alone(day: Day) -> list[float]:
    """Score by the number of publishers."""
    return [float(len(distinct_publishers(cluster.sources))) for cluster in day.clusters]


def newest_first(day: Day) -> list[float]:
    """Score by the moment of the lead."""
    return [cluster.lead.published.timestamp() for cluster in day.clusters]


RANKERS: dict[str, Callable[[Sequence[Day]], Ranker]] = {
    "ours": lambda days: fit(days).scores,
    "sources + prior": lambda days: fit(days, without=_all_but(days, "coverage")).scores,
    "coverage alone": lambda _: coverage_alone,
    "newest first": lambda _: newest_first,
}
"""What may learn from days, and then ranks others."""


def _all_but(days: Sequence[Day], *kept: str) -> frozenset[str]:
    return frozenset(name for day in days for each in day.measured for name in each) - set(kept)


def left_out_in_turn(days: Sequence[Day], teach: Callable[[Sequence[Day]], Ranker]) -> Floats:
    """Return the figures of each day, ranked by what the days of other blocks teach."""
    rows = []
    for block in np.array_split(np.arange(len(days)), BLOCKS):
        held = set(block.tolist())
        ranker = teach([day for place, day in enumerate(days) if place not in held])
        rows += [figures(days[place], ranker(days[place])) for place in block]
    return np.array([row for row in rows if row is not None])


def print_table(days: Sequence[Day], rankers: Mapping[str, Callable[..., Ranker]]) -> None:
    """Print the last days' figures after a fit on the first, and those of all days left out."""
    print(
        f"{'':24}last {len(days) - TRAIN} days, fitted on the first {TRAIN}   "
        f"every day, fitted on other blocks (± one standard error)"
    )
    print(f"{'':24}  P@10   R@30  NDCG@20          P@10         R@30        NDCG@20")
    for name, teach in rankers.items():
        ranker = teach(days[:TRAIN])
        last = np.array([r for d in days[TRAIN:] if (r := figures(d, ranker(d))) is not None])
        every = left_out_in_turn(days, teach)
        error = every.std(axis=0, ddof=1) / math.sqrt(len(every))
        one = "   ".join(f"{each:.3f}" for each in last.mean(axis=0))
        other = "  ".join(
            f"{m:.3f} ±{e:.3f}" for m, e in zip(every.mean(axis=0), error, strict=True)
        )
        print(f"{name:24} {one}     {other}", flush=True)


def _ablations(days: Sequence[Day]) -> dict[str, Callable[[Sequence[Day]], Ranker]]:
    names = {name for day in days for each in day.measured for name in each} - HAND.keys()
    rows: dict[str, Callable[[Sequence[Day]], Ranker]] = {"ours": RANKERS["ours"]}
    for name in ["publisher", *sorted(names)]:
        out = frozenset({name})
        rows[f"without {name}"] = lambda taught, out=out: fit(taught, without=out).scores  # type: ignore[misc]
    return rows


def main() -> None:
    """Print the figures, or what the days teach."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with DAY.jsonl and days.jsonl")
    parser.add_argument("--ablate", action="store_true", help="rank without each signal in turn")
    parser.add_argument("--fit", action="store_true", help="print stages/learned.py")
    parser.add_argument("--write", action="store_true", help="write stages/learned.py")
    asked = parser.parse_args()
    days = read_days(asked.folder)
    if asked.write:
        Path(learned.__file__).write_text(as_module(fit(days)), encoding="utf-8")
    elif asked.fit:
        print(as_module(fit(days)), end="")
    else:
        print_table(days, _ablations(days) if asked.ablate else RANKERS)


if __name__ == "__main__":
    main()
