"""How many real posts come back byte for byte from parse and render, and why the others do not.

    python benchmarks/round_trip.py [FOLDER...]

A post that does not come back is not canonical: the first line that differs is
shown as it is and as the renderer prints it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from digestbot.contract import Format
from digestbot.errors import FormatError
from digestbot.library import load_format
from digestbot.stages.parse import parse
from digestbot.stages.render import render

SHARED = Path(__file__).parents[2] / "shared"
FOLDERS = (
    (SHARED / "formats" / "daily", "daily"),
    (SHARED / "data" / "posts" / "daily", "daily"),
    (SHARED / "formats" / "magazine", "magazine"),
)
"""Folders of posts, with the name of their format."""
SHOWN = 60
"""Characters of a line that are shown."""


def difference(text: str, *, format: Format) -> str:
    """Return why a post does not come back: empty if it does."""
    digest = parse(text, format=format)
    locale = format.locale_of_title(digest.front_matter.title)
    try:
        printed = render(digest, format=format, language=locale.language if locale else "zh")
    except FormatError as error:
        return f"not printable: {error}"
    pairs = zip_longest(text.split("\n"), printed.split("\n"))
    for number, (was, is_now) in enumerate(pairs, 1):
        if was != is_now:
            return f"line {number}: {_short(was)} is printed as {_short(is_now)}"
    return ""


def main(folders: Sequence[tuple[Path, str]]) -> None:
    """Print the figures for each folder, and the posts that do not come back."""
    for folder, name in folders:
        format = load_format(name)
        posts = sorted(path for path in folder.glob("*.md") if path.stem[0].isdigit())
        reasons = {
            path.name: difference(path.read_bytes().decode("utf-8"), format=format)
            for path in posts
        }
        whole = sum(not reason for reason in reasons.values())
        print(f"{folder}: {len(posts)} posts parse, {whole} come back byte for byte")
        for name, reason in reasons.items():
            if reason:
                print(f"  {name}: {reason}")


def _short(line: str | None) -> str:
    if line is None:
        return "nothing"
    return repr(line if len(line) <= SHOWN else f"{line[:SHOWN]}…")


if __name__ == "__main__":
    main([(Path(argument), "daily") for argument in sys.argv[1:]] or FOLDERS)
