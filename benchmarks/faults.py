"""Which of the faults and attacks that a collector meets are met with the right answer.

    python benchmarks/faults.py          # run the acceptance tests, print a line for each fault
    python benchmarks/faults.py --list   # print the faults and their tests, without running them

The tests are in tests/faults; each has the number of its fault in its name.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
FAULTS = range(1, 51)

_TEST = re.compile(r"::test_fault_(\d\d)_(\w+)")
_OUTCOME = re.compile(r"^(PASSED|FAILED|ERROR|SKIPPED) .*?::test_fault_(\d\d)_", re.MULTILINE)


def main() -> None:
    names = listed()
    outcomes = {} if "--list" in sys.argv else ran()
    passed = 0
    for fault in FAULTS:
        outcome = outcome_of(outcomes.get(fault, [])) if outcomes else "listed"
        passed += outcome == "passed"
        for place, name in enumerate(names[fault] or ["no test"]):
            number = f"{fault:>2} {outcome:<8}" if not place else " " * 11
            print(f"{number}{name}")
    if outcomes:
        print(f"{passed} of {len(FAULTS)} pass")
        sys.exit(passed < len(FAULTS))


def listed() -> dict[int, list[str]]:
    """The names of each fault's tests, as sentences."""
    names: dict[int, list[str]] = defaultdict(list)
    for number, name in _TEST.findall(pytest("--collect-only", "-q")):
        sentence = name.replace("_", " ")
        if sentence not in names[int(number)]:
            names[int(number)].append(sentence)
    return names


def ran() -> dict[int, list[str]]:
    """The outcomes of each fault's tests."""
    outcomes: dict[int, list[str]] = defaultdict(list)
    for outcome, number in _OUTCOME.findall(pytest("-q", "-rA", "-n", "2")):
        outcomes[int(number)].append(outcome)
    return outcomes


def outcome_of(outcomes: list[str]) -> str:
    if not outcomes or "FAILED" in outcomes or "ERROR" in outcomes:
        return "failed"
    return "passed" if "PASSED" in outcomes else "skipped"


def pytest(*options: str) -> str:
    command = [sys.executable, "-m", "pytest", "tests/faults", "-p", "no:cacheprovider", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    main()
