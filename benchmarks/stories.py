"""How well stories are told apart: the labelled sets, one set of defaults.

    python benchmarks/stories.py ../shared/data/stories
    python benchmarks/stories.py ../shared/data/stories --fit

Without ``--fit`` it prints, for each set, the measure that is usual for it;
with it, the weights of `text/identity/evidence.py`, fitted anew. Besides the
sets there are ``labels``, pairs of look-alikes judged by hand, and how many
pairs each stands for: headlines of eight days of ``picks``, and entries of six
days of the real feeds in ``../days``, two of which are kept from the fit.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from digestbot.config import default, override
from digestbot.stages.dedupe import account_of
from digestbot.text.identity import Account, Identity
from digestbot.text.identity.evidence import WEIGHTS, Pairs, features
from digestbot.text.titles import title_key
from digestbot.wiring import open_bot

LABELS = Path(__file__).parent / "labels"

KEPT_FROM_FIT = ("2026-08-17-ai", "2026-08-19-ai")

CODES = {"eng": "en", "spa": "es", "por": "pt", "fra": "fr", "deu": "de", "rus": "ru", "zho": "zh"}

REAL_DAYS = 2.0
"""How often the look-alikes of real days count beside a labelled set: they are what we are for."""

Row = dict[str, Any]
Pair = tuple[int, int]
Day = tuple[list[Account], dict[Pair, tuple[bool, float]]]
"""The accounts of a day, and which pairs of them are the same, and for how many each stands."""


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a file, a JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def account(row: Row) -> Account:
    """Return what identity sees of a row."""
    code = row.get("lang", "")
    moment = row.get("published") or row.get("first_seen")
    return Account(
        title=row.get("title", ""),
        text=row.get("text", ""),
        published=datetime.fromisoformat(moment) if moment else None,
        language=str(CODES.get(code, code)),
    )


def stories(accounts: Sequence[Account]) -> list[int]:
    """Return for each account the first place of its story."""
    told = [0] * len(accounts)
    for group in Identity(accounts).groups():
        for place in group:
            told[place] = group[0]
    return told


# --- measures ---------------------------------------------------------------


def b_cubed(found: Sequence[Any], true: Sequence[Any]) -> tuple[float, float, float]:
    """Return B-cubed F1, precision and recall (Bagga and Baldwin, 1998)."""
    sizes, wanted = Counter(found), Counter(true)
    both = Counter(zip(found, true, strict=True))
    precision = sum(n * n / sizes[a] for (a, _), n in both.items()) / len(found)
    recall = sum(n * n / wanted[b] for (_, b), n in both.items()) / len(found)
    return f1(precision, recall), precision, recall


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def of_pairs(same: Sequence[bool], true: Sequence[bool]) -> tuple[float, float, float]:
    """Return F1, precision and recall of the pairs called the same."""
    hits = sum(a and b for a, b in zip(same, true, strict=True))
    precision, recall = hits / max(1, sum(same)), hits / max(1, sum(true))
    return f1(precision, recall), precision, recall


# --- the sets -----------------------------------------------------------------


def clustered(rows: Sequence[Row]) -> str:
    told = stories([account(row) for row in rows])
    return "B³ F1 {:.3f}  precision {:.3f}  recall {:.3f}".format(
        *b_cubed(told, [row["cluster"] for row in rows])
    )


def paired(rows: Sequence[Row]) -> str:
    told = stories([Account(title=row[side].strip()) for row in rows for side in "ab"])
    same = [a == b for a, b in zip(told[::2], told[1::2], strict=True)]
    measures = of_pairs(same, [row["same"] == 1 for row in rows])
    return "F1 {:.3f}  precision {:.3f}  recall {:.3f}".format(*measures)


def crossed(rows: Sequence[Row]) -> str:
    told = stories([Account(title=row[side]) for row in rows for side in ("zh", "en")])
    english = defaultdict(list)
    for place, story in enumerate(told[1::2]):
        english[story].append(place)
    joined = [(place, other) for place, s in enumerate(told[::2]) for other in english[s]]
    hits = sum(a == b for a, b in joined)
    return f"recall {hits / len(rows):.3f}  precision {hits / max(1, len(joined)):.3f}"


def judged(days: Sequence[Day]) -> str:
    counts: Counter[tuple[bool, bool]] = Counter()
    for accounts, labels in days:
        told = stories(accounts)
        for (a, b), (same, _) in labels.items():
            counts[told[a] == told[b], same] += 1
    hits, wrong, missed = counts[True, True], counts[True, False], counts[False, True]
    precision, recall = hits / (hits + wrong), hits / (hits + missed)
    return f"F1 {f1(precision, recall):.3f}  precision {precision:.3f}  recall {recall:.3f}"


def headlines(folder: Path) -> Iterator[Day]:
    """Give the headlines of each day of picks with judged pairs, and those pairs."""
    pairs: defaultdict[str, list[list[str]]] = defaultdict(list)
    for fields in labels("headline-pairs.tsv"):
        pairs[fields[0].rpartition("-")[0]].append(fields)
    for day, found in sorted(pairs.items()):
        rows = rows_of(folder / "picks" / f"{day}.jsonl")
        yield placed([account(row) for row in rows], [row["id"] for row in rows], found)


def entries(folder: Path, *, kept: bool) -> Iterator[Day]:
    """Give the entries of each real day with judged pairs: those that are *kept* from the fit."""
    pairs: defaultdict[str, list[list[str]]] = defaultdict(list)
    for day, *fields in labels("day-pairs.tsv"):
        pairs[day].append(fields)
    for day, found in sorted(pairs.items()):
        if (day in KEPT_FROM_FIT) is kept:
            accounts = collected(folder.parent / "days" / day)
            yield placed(accounts, [mark(each.title) for each in accounts], found)


def collected(day: Path) -> list[Account]:
    """Return the accounts that a run on the morning after *day* has."""
    morning = date.fromisoformat(day.name[:10]) + timedelta(days=1)
    with TemporaryDirectory() as state:
        settings = override(
            default(env={}, folder=Path(state)), sources=[str(day / "feeds")], model="none"
        )
        with open_bot(settings, env={}) as bot:
            found = bot.collect(now=f"{morning}T07:40:00+08:00")
    return [account_of(entry) for entry in found]


def mark(title: str) -> str:
    """Return what stands for a title in the labels."""
    return hashlib.sha256(title_key(title).encode()).hexdigest()[:10]


def labels(name: str) -> list[list[str]]:
    lines = (LABELS / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:]]


def placed(accounts: list[Account], ids: Sequence[str], found: Sequence[Sequence[str]]) -> Day:
    """Return *accounts* with the judged pairs that are *found* by ids, by places."""
    places = {id: place for place, id in enumerate(ids)}
    return accounts, {
        (min(places[a], places[b]), max(places[a], places[b])): (same == "1", float(weight))
        for a, b, same, weight in found
    }


# --- fitting ------------------------------------------------------------------


def fit(folder: Path) -> None:
    """Print the weights: a logistic regression, every set with as many same as other pairs."""
    parts = list(training(folder))
    x = np.vstack([part[0] for part in parts])
    y = np.concatenate([part[1] for part in parts])
    weight = np.concatenate([balanced(part[1], part[2]) for part in parts])
    judged = sum(len(part[1]) for part in parts[-2:])
    weight[-judged:] *= REAL_DAYS
    found = logistic(x, y, weight * len(weight) / weight.sum())
    for number, (value, now) in enumerate(zip(found, WEIGHTS, strict=True)):
        print(f"{number:3} {value:8.2f}   (now {now:.2f})")


def training(folder: Path) -> Iterator[tuple[Any, Any, Any]]:
    """Give features, labels and weights of the look-alike pairs of each set."""
    for name in ("giveme5w1h", "ecbplus"):
        yield of_clusters(rows_of(folder / f"{name}.jsonl"))
    olympics = rows_of(folder / "olympics-2021.jsonl")
    yield of_clusters([row for row in olympics if row["lang"] == "eng"])
    rows = rows_of(folder / "sohu-same-event.jsonl")
    pairs = compared([Account(title=row[side].strip()) for row in rows for side in "ab"])
    chosen = (pairs.b == pairs.a + 1) & (pairs.a % 2 == 0)
    same = np.array([row["same"] == 1 for row in rows])[pairs.a[chosen] // 2]
    yield features(pairs)[chosen], same, np.ones(len(same))
    yield of_days(headlines(folder))
    yield of_days(entries(folder, kept=False))


def of_days(days: Iterator[Day]) -> tuple[Any, Any, Any]:
    parts = []
    for accounts, judged in days:
        pairs = compared(accounts)
        keys = list(zip(pairs.a.tolist(), pairs.b.tolist(), strict=True))
        known = [place for place, key in enumerate(keys) if key in judged]
        values = [judged[keys[place]] for place in known]
        parts.append((features(pairs)[known], [v[0] for v in values], [v[1] for v in values]))
    x, y, weight = (np.concatenate([part[column] for part in parts]) for column in range(3))
    return x, y.astype(bool), weight


def of_clusters(rows: Sequence[Row]) -> tuple[Any, Any, Any]:
    pairs = compared([account(row) for row in rows])
    truth = np.array([row["cluster"] for row in rows])
    same = truth[pairs.a] == truth[pairs.b]
    return features(pairs), same, np.ones(len(same))


def compared(accounts: Sequence[Account]) -> Pairs:
    """Return the pairs that identity compares by words."""
    return Identity(accounts).compared


def balanced(same: Any, weight: Any) -> Any:
    """Return weights with which both labels weigh as much."""
    return np.where(same, 0.5 * weight / weight[same].sum(), 0.5 * weight / weight[~same].sum())


def logistic(x: Any, y: Any, weight: Any, *, ridge: float = 0.1, rounds: int = 50) -> Any:
    """Return the weights of a ridge logistic regression, by Newton's method."""
    beta = np.zeros(x.shape[1])
    penalty = ridge * np.eye(x.shape[1])
    penalty[-1, -1] = 0
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        slope = x.T @ (weight * (y - p)) - penalty @ beta
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + penalty
        beta = beta + np.linalg.solve(curve, slope)
    return beta


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets")
    parser.add_argument("--fit", action="store_true", help="print the weights, fitted anew")
    arguments = parser.parse_args()
    folder = arguments.folder
    if arguments.fit:
        fit(folder)
        return
    olympics = rows_of(folder / "olympics-2021.jsonl")
    english = [row for row in olympics if row["lang"] == "eng"]
    report("giveme5w1h", clustered, rows_of(folder / "giveme5w1h.jsonl"))
    report("ecbplus", clustered, rows_of(folder / "ecbplus.jsonl"))
    report("olympics, English", clustered, english)
    report("olympics, all", clustered, olympics)
    report("sohu-same-event", paired, rows_of(folder / "sohu-same-event.jsonl"))
    report("cross-language", crossed, rows_of(folder / "cross-language.jsonl"))
    report("look-alike headlines", judged, list(headlines(folder)))
    report("look-alikes, fitted days", judged, list(entries(folder, kept=False)))
    report("look-alikes, other days", judged, list(entries(folder, kept=True)))


def report(name: str, measure: Callable[[Any], str], given: Any) -> None:
    """Print one row of the table."""
    began = time.perf_counter()
    print(f"{name:24} {measure(given)}  ({time.perf_counter() - began:.1f} s)", flush=True)


if __name__ == "__main__":
    main()
