"""A whole day of real feeds without a model: time and memory, beside a bare feedparser pass.

    python benchmarks/day.py ../shared/data/days/2026-02-17-world 2026-02-18T10:30:00+08:00

Both run in fresh processes, in turn, so that the ratio means something on a
noisy machine.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import sys, pathlib, feedparser
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    feedparser.parse(path.read_bytes())
"""


def measured(command: list[str]) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of one run of *command*."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"exit {process.returncode}: {' '.join(command)}")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def main() -> None:
    """Print one line for each of the two, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("day", type=Path, help="a folder with a folder `feeds` in it")
    parser.add_argument("now", help="the moment of the run, for example 2026-06-01T12:00:00+08:00")
    parser.add_argument("--window", default="24h")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    feeds = options.day / "feeds"
    ours, bare = [], []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as folder:
            run = [sys.executable, "-m", "digestbot", "run", "--feeds", str(feeds)]
            run += ["--now", options.now, "--window", options.window, "--model", "none"]
            run += ["--out", f"{folder}/posts", "--state", f"{folder}/state"]
            ours.append(measured(run))
        bare.append(measured([sys.executable, "-c", BARE, str(feeds)]))
    rows = {"digestbot run --model none": ours, "bare feedparser pass": bare}
    for name, runs in rows.items():
        seconds = [run[0] for run in runs]
        print(
            f"{name:28} median {statistics.median(seconds):5.2f} s"
            f"  min {min(seconds):5.2f}  max {max(seconds):5.2f}"
            f"  peak {max(run[1] for run in runs):4.0f} MB"
        )
    ratio = statistics.median(a[0] / b[0] for a, b in zip(ours, bare, strict=True))
    print(f"ratio, whole run to bare parse: {ratio:.2f}")


if __name__ == "__main__":
    main()
