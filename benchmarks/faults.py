"""Which of the faults and attacks that a collector meets are met with the right answer.

    python benchmarks/faults.py          # run the acceptance tests, print a line for each fault
    python benchmarks/faults.py --list   # print the faults and their tests, without running them

The tests are in tests/faults; each has the number of its fault in its name. A
fault has passed if all its tests did; without a test, or without an outcome,
it has failed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests" / "faults"
FAULTS = range(1, 51)

_TEST = re.compile(r"^def test_fault_(\d\d)_(\w+)", re.MULTILINE)
_OUTCOME = re.compile(r"^(PASSED|FAILED|ERROR|SKIPPED) .*?::test_fault_(\d\d)_", re.MULTILINE)


def main() -> None:
    names = listed()
    if "--list" in sys.argv:
        show(names, dict.fromkeys(FAULTS, "listed"))
        return
    said = run_tests()
    outcomes = outcomes_of(said)
    show(names, outcomes)
    passed = sum(outcome == "passed" for outcome in outcomes.values())
    print(f"{passed} of {len(FAULTS)} pass")
    if passed < len(FAULTS):
        sys.exit("\n".join(said.splitlines()[-20:]))


def listed() -> dict[int, list[str]]:
    """The names of each fault's tests, as sentences."""
    names: dict[int, list[str]] = defaultdict(list)
    for path in sorted(TESTS.glob("test_*.py")):
        for number, name in _TEST.findall(path.read_text(encoding="utf-8")):
            names[int(number)].append(name.replace("_", " "))
    return names


def run_tests() -> str:
    """What pytest says of all acceptance tests."""
    options = ["-q", "-rA", "-n", "2", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", str(TESTS), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def outcomes_of(said: str) -> dict[int, str]:
    """How each fault's tests ended: one that failed outweighs all that passed."""
    found: dict[int, set[str]] = defaultdict(set)
    for outcome, number in _OUTCOME.findall(said):
        found[int(number)].add(outcome)
    return {fault: _outcome(found[fault]) for fault in FAULTS}


def _outcome(found: set[str]) -> str:
    if not found or found & {"FAILED", "ERROR"}:
        return "failed"
    return "passed" if "PASSED" in found else "skipped"


def show(names: dict[int, list[str]], outcomes: dict[int, str]) -> None:
    """Print a line for each test, beginning with its fault and how it ended."""
    for fault in FAULTS:
        for place, name in enumerate(names[fault] or ["no test"]):
            print(f"{fault:>2} {outcomes[fault]:<8}{name}" if not place else f"{'':<11}{name}")


if __name__ == "__main__":
    main()
