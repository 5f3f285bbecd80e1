"""How well facts are checked against their sources: the labelled sets.

    python benchmarks/grounding.py ../shared/data/grounding

Prints, for each set, how many of its faithful and its unfaithful texts have a
hard finding, beside what issue 5 asks, and what a text costs.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digestbot.text.sentences import sentences
from digestbot.text.verify import check

Row = dict[str, Any]

NUMBERS = frozenset({"number", "percentage", "amount", "version"})
FIGURES = NUMBERS | {"date"}
ALL = FIGURES | {"name", "quote", "link", "claim"}


@dataclass(frozen=True)
class Line:
    """A line of the table: of which rows, which kinds count, and what is asked for."""

    name: str
    file: str
    kinds: frozenset[str]
    of: Callable[[Row], bool]
    target: str
    aligned: bool = False


def ok(row: Row) -> bool:
    return bool(row["label"] == "ok")


def bad(row: Row) -> bool:
    return bool(row["label"] == "bad")


def wrong(error: str) -> Callable[[Row], bool]:
    return lambda row: row.get("error") == error


TABLE = (
    Line("writers: faithful", "writers", FIGURES, ok, "≤ 1 %"),
    Line("uhgeval: faithful, by numbers", "uhgeval", NUMBERS, ok, "≤ 0.4 %"),
    Line("uhgeval: hallucinated, by numbers", "uhgeval", NUMBERS, bad, "≥ 28 %"),
    Line("uhgeval: faithful, dates too", "uhgeval", FIGURES, ok, ""),
    Line("uhgeval: hallucinated, dates too", "uhgeval", FIGURES, bad, ""),
    Line("earnings: faithful", "earnings", FIGURES, ok, "≤ 0.8 %"),
    Line("earnings: inconsistent", "earnings", FIGURES, bad, "≥ 37 %"),
    Line("translations: faithful", "translations", FIGURES, ok, "≤ 2.5 %"),
    Line("translations: changed digit", "translations", FIGURES, wrong("digit"), "≥ 88 %"),
    Line("translations: changed scale", "translations", FIGURES, wrong("scale"), "≥ 98 %"),
    Line("  faithful, the line alone", "translations", FIGURES, ok, "", aligned=True),
    Line("  changed digit", "translations", FIGURES, wrong("digit"), "", aligned=True),
    Line("  changed scale", "translations", FIGURES, wrong("scale"), "", aligned=True),
    Line("faithbench: faithful, all kinds", "faithbench", ALL, ok, "≤ 4 %"),
    Line("faithbench: hallucinated", "faithbench", ALL, bad, "≥ 30 %"),
)


def rows_of(path: Path) -> list[Row]:
    """Return the rows of a file, a JSON object a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measured(line: Line, rows: list[Row]) -> str:
    """Return the line's figures: how many are flagged, of how many, and what one costs."""
    chosen = [row for row in rows if line.of(row)]
    began = time.perf_counter()
    flagged = sum(is_flagged(row, line) for row in chosen)
    cost = (time.perf_counter() - began) / max(1, len(chosen)) * 1000
    share = 100 * flagged / max(1, len(chosen))
    return f"{share:5.1f} %  {flagged:4} of {len(chosen):4}  {line.target:8} {cost:6.1f} ms"


def is_flagged(row: Row, line: Line) -> bool:
    sources = [row["aligned"]] if line.aligned else row["sources"]
    findings = check(row["text"], sources, language=row["lang"])
    return any(each.severity == "hard" and each.kind in line.kinds for each in findings)


def of_itself(rows: list[Row]) -> Iterator[bool]:
    """Say of each sentence of each source whether it is flagged against that source."""
    for source in {source for row in rows for source in row["sources"]}:
        for sentence in sentences(source):
            yield bool(check(sentence, [source]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder with the labelled sets")
    folder = parser.parse_args().folder
    sets = {line.file: rows_of(folder / f"{line.file}.jsonl") for line in TABLE}
    for line in TABLE:
        print(f"{line.name:34}{measured(line, sets[line.file])}", flush=True)
    for name in ("writers", "uhgeval"):
        told = list(of_itself(sets[name][::10]))
        print(f"{'a sentence against its own ' + name:34}{sum(told):7} of {len(told)}      0")


if __name__ == "__main__":
    main()
