"""The memory at the desk: what was told, searched, and read back from posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from digestbot.contract import Format, printed_day, span_of
from digestbot.editions import Plan
from digestbot.errors import ConfigError, FormatError
from digestbot.model import Skipped, Told
from digestbot.ports import Store
from digestbot.stages.parse import parse
from digestbot.stages.tellings import tellings_of_post
from digestbot.text.titles import folded
from digestbot.text.urls import same_page_key

EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Before any edition."""

KNOWN = "this edition is known already"

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def stories_of(told: Iterable[Told]) -> list[Told]:
    """Return the lead of each story that was told, the newest edition first."""
    leads: dict[tuple[str, int, str], Told] = {}
    for each in told:
        leads.setdefault((each.edition, each.story, each.thread), each)
    order = sorted(leads.values(), key=lambda lead: (lead.edition, lead.story))
    return sorted(order, key=lambda lead: lead.closed, reverse=True)


def matching(told: Sequence[Told], what: str) -> list[Told]:
    """Return the rows of the stories that *what* names: a link, the day of an edition, or words.

    A link or words mean the story as a whole: all that was told of it, on
    whatever day. A day means what was told on it.
    """
    what = what.strip()
    if _DAY.fullmatch(what):
        return [each for each in told if each.day == what]
    page, words = same_page_key(what), folded(what)
    threads = {
        each.thread
        for each in told
        if (same_page_key(each.url) == page if page else _says(each, words))
    }
    return [each for each in told if each.thread in threads]


def read_back(folder: Path, *, plan: Plan, format: Format) -> tuple[list[Told], list[Skipped]]:
    """Return what the posts under *folder* tell, and a remark for each file that is no post.

    A post that is named as *plan*'s posts are is one of its editions; another
    is of an edition that has the file's name.
    """
    told: list[Told] = []
    skipped: list[Skipped] = []
    counts: Counter[str] = Counter()
    for path in sorted(folder.rglob("*.md")):
        try:
            digest = parse(path.read_bytes().decode("utf-8"), format=format)
        except (OSError, UnicodeDecodeError, FormatError) as error:
            skipped.append(_skipped(path, str(error)))
            continue
        edition = _edition_key(path, digest.front_matter.date, plan=plan, format=format)
        found = tellings_of_post(digest, edition=edition, format=format, after=counts[edition])
        told += found
        counts[edition] += len(digest.items) + (digest.top is not None)
    return told, skipped


def rebuild(
    folder: Path, *, plan: Plan, format: Format, store: Store
) -> tuple[list[Told], list[Skipped]]:
    """Note what the posts under *folder* tell, and return it, with a remark for each other file.

    Of an edition that *store* knows nothing is noted: it knows its entries, too,
    and what an editor wants forgotten.
    """
    if not folder.is_dir():
        raise ConfigError("folder", f"{folder} is no folder of posts")
    told, skipped = read_back(folder, plan=plan, format=format)
    learnt = store.remember(told)
    new = {each.edition for each in learnt}
    known = dict.fromkeys(each.edition for each in told if each.edition not in new)
    return learnt, [
        *skipped,
        *(Skipped(stage="rebuild", subject=key, reason=KNOWN) for key in known),
    ]


def _says(told: Told, words: str) -> bool:
    return bool(words) and any(words in folded(text) for text in (told.headline, told.title))


def _skipped(path: Path, reason: str) -> Skipped:
    return Skipped(stage="rebuild", subject=str(path), reason=reason)


def _edition_key(path: Path, moment: datetime, *, plan: Plan, format: Format) -> str:
    first, _ = span_of(plan.period, moment.date())
    usual = path.name == printed_day(format.base_name, first)
    return f"{plan.name if usual else path.stem}/{first.isoformat()}"
