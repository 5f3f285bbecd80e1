"""How long until `digestbot --help` answers, beside a Python that does nothing?

python benchmarks/start.py [--rounds 9]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time

COMMANDS = {
    "python": ["-c", "pass"],
    "digestbot --help": ["-m", "digestbot", "--help"],
    "digestbot run --help": ["-m", "digestbot", "run", "--help"],
    "import digestbot": ["-c", "import digestbot"],
}


def seconds(arguments: list[str]) -> float:
    """Return how long a fresh interpreter takes with *arguments*."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
    return time.perf_counter() - begin


def main() -> None:
    """Print the best of some rounds, and each as a ratio to the bare interpreter."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    best = {
        name: min(seconds(arguments) for _ in range(rounds)) for name, arguments in COMMANDS.items()
    }
    for name, figure in best.items():
        print(f"{name:22} {figure:6.3f} s   {figure / best['python']:5.1f} x")


if __name__ == "__main__":
    main()
