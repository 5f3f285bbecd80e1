"""What lint finds in real posts of the house format that were not made by us, and what --fix mends.

    python benchmarks/lint.py [POSTS]

POSTS is a folder of Markdown posts (default: ../shared/data/posts/daily), beside which a list
of the posts that were invented from nothing may lie (``daily-fabricated.txt``).
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from digestbot.library import load_format
from digestbot.model import Severity
from digestbot.stages.fix import fix
from digestbot.stages.lint import lint

POSTS = Path(__file__).parents[2] / "shared" / "data" / "posts" / "daily"
INVENTED = "daily-fabricated.txt"
GOOD_MONTH = "202510"

CLASSES = {
    "placeholder link": ("E207",),
    "number in a link that counts up": ("W555",),
    "malformed address": ("E206",),
    "the same link twice": ("E208",),
    "two links, or none, in a title": ("E203",),
    "a second link in a text": ("E305",),
    "bold that does not show": ("E304",),
    "written-out \\n": ("E303",),
    "empty summary": ("E204",),
    "two items in one, broken list": ("E202", "E205", "W413"),
    "refusal or apology": ("E302",),
    "front matter": ("E103", "E104", "E105", "E106", "E107", "E108"),
    "untranslated title": ("W516",),
    "stray label or note": ("W552",),
    "round-up as one item": ("W554",),
    "link to a front page": ("W551",),
    "tracking parameters": ("W515",),
    "bold name in the lead of no item": ("W553",),
    "rules, blank lines": ("W402", "W406", "W407", "W408"),
    "heading of the commentary": ("W409",),
    "title in bold": ("W410",),
    "category that is not listed": ("W514",),
    "typography": ("W561", "W562", "W563", "W564"),
}


def main(folder: Path) -> None:
    format = load_format("daily")
    found: Counter[str] = Counter()
    posts: Counter[str] = Counter()
    left: Counter[str] = Counter()
    errors: dict[str, list[str]] = {}
    flags: dict[str, set[str]] = {}
    for path in sorted(folder.glob("*.md")):
        text = path.read_bytes().decode("utf-8")
        findings = lint(text, format=format, file_name=path.name)
        mended = lint(fix(text, format=format), format=format, file_name=path.name)
        codes = Counter(each.code for each in findings)
        after = Counter(each.code for each in mended)
        for name, own in CLASSES.items():
            found[name] += sum(codes[code] for code in own)
            left[name] += sum(after[code] for code in own)
            posts[name] += any(codes[code] for code in own)
        flags[path.name] = set(codes)
        errors[path.name] = [f.code for f in findings if f.severity is Severity.ERROR]
    print(f"{len(errors)} posts, {sum(map(bool, errors.values()))} with errors\n")
    print(f"{'defect':36}{'found':>7}{'posts':>7}{'after --fix':>13}")
    for name in CLASSES:
        print(f"{name:36}{found[name]:7}{posts[name]:7}{left[name]:13}")
    _tell_of_invented(flags, folder.parent / INVENTED)
    month = {name: codes for name, codes in errors.items() if name.startswith(GOOD_MONTH)}
    bad = {name: codes for name, codes in month.items() if codes}
    print(f"\n{GOOD_MONTH}: {len(month) - len(bad)} of {len(month)} without an error")
    for name, codes_of in bad.items():
        print(f"  {name}  {' '.join(codes_of)}")


def _tell_of_invented(flags: dict[str, set[str]], listed: Path) -> None:
    if not listed.exists():
        return
    names = [name for name in listed.read_text(encoding="utf-8").split() if name in flags]
    by_link = [name for name in names if {"E206", "E207", "W555"} & flags[name]]
    refused = [name for name in names if "E302" in flags[name] and name not in by_link]
    told = f"{len(by_link)} flagged by a link, {len(refused)} more by a refusal"
    print(f"\ninvented posts: {len(names)}; {told}")
    print("  not flagged:", ", ".join(n for n in names if n not in {*by_link, *refused}))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else POSTS)
