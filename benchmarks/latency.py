"""What a model adds to a run: an endpoint on loopback that takes a second a call, beside none.

    python benchmarks/latency.py examples/feeds 2026-06-01T12:00:00+08:00

The ideal is three latencies: one to order the headlines, one for all
summaries side by side, one for lead and commentary.
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

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from fault_server import FaultServer


def seconds(feeds: str, now: str, window: str, endpoint: str) -> float:
    """Return the wall time of one run in a fresh process and a fresh state."""
    with tempfile.TemporaryDirectory() as folder:
        run = [sys.executable, "-m", "digestbot", "run", "--feeds", feeds, "--now", now]
        run += ["--window", window, "--out", f"{folder}/posts", "--state", f"{folder}/state"]
        run += ["--model", "fault" if endpoint else "none"]
        env = os.environ | {"OPENAI_API_KEY": "k", "OPENAI_BASE_URL": endpoint}
        begin = time.perf_counter()
        subprocess.run(run, check=True, capture_output=True, env=env)
        return time.perf_counter() - begin


def main() -> None:
    """Print both medians, their difference, and the ratio to three latencies."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("feeds")
    parser.add_argument("now")
    parser.add_argument("--window", default="24h")
    parser.add_argument("--latency", type=float, default=1.0)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with_model, without, calls = [], [], 0
    for _ in range(options.runs):
        without.append(seconds(options.feeds, options.now, options.window, ""))
        with FaultServer(latency=options.latency) as server:
            with_model.append(seconds(options.feeds, options.now, options.window, server.base_url))
            calls, together = len(server.requests), server.max_in_flight
    added = statistics.median(a - b for a, b in zip(with_model, without, strict=True))
    print(f"--model none          median {statistics.median(without):5.2f} s")
    print(f"{options.latency:g} s a call           median {statistics.median(with_model):5.2f} s")
    print(f"{calls} calls, at most {together} in flight together")
    print(
        f"added by the model    {added:5.2f} s = {added / options.latency:.2f} latencies (ideal: 3)"
    )


if __name__ == "__main__":
    main()
