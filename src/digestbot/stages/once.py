"""once: of the stories of a week or a month, those that go on with a better one are left out.

Over a month an event is told in many words, days apart: what makes two reports
one story on one day is too little evidence then. Two things speak for it: a
daily called one the follow-up of the other, or both headlines name the same two
things that hardly any other does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from digestbot.model import Remark, Skipped, Story, Told
from digestbot.text.anchors import anchors
from digestbot.text.languages import language_of
from digestbot.text.urls import same_page_key

RARE = 0.005
"""Of a month's headlines: a name in more of them is a field's or a maker's, and no event's. By eye,
on the best hundred of 2,254 stories of six days."""

FEW = 2
"""Headlines that may have a rare name however few there are in all."""

NAMES = 2
"""Rare names that two headlines must share."""


def once(
    stories: Sequence[Story], *, told: Collection[Told], among: Sequence[Story]
) -> tuple[list[Story], list[Remark]]:
    """Return *stories*, best first, each event once, and a remark for each other one.

    *told* is what the dailies have told, *among* all stories, by which a name is
    rare. Titles of which both are English have to share a thread: any of their
    words may pass for a name.
    """
    named = [anchors(story.lead.title) for story in stories]
    counts = Counter(name for story in among for name in anchors(story.lead.title))
    most = max(FEW, RARE * len(among))
    threads = _threads(told)
    kept: list[tuple[Story, frozenset[str], frozenset[str]]] = []
    remarks: list[Remark] = []
    for story, names in zip(stories, named, strict=True):
        rare = frozenset(name for name in names if counts[name] <= most)
        own = _threads_of(story, threads)
        twin = _twin(story, rare, own, kept)
        if twin:
            remarks.append(_skipped(story, twin))
        else:
            kept.append((story, rare, own))
    return [story for story, _, _ in kept], remarks


def _twin(
    story: Story,
    rare: frozenset[str],
    threads: frozenset[str],
    kept: Iterable[tuple[Story, frozenset[str], frozenset[str]]],
) -> str:
    """What was kept of the same event, with the evidence; empty if nothing was."""
    english = language_of(story.lead.title) == "en"
    for other, names, told in kept:
        if threads & told:
            return f"{other.lead.title!r} (a daily told one as the follow-up of the other)"
        shared = sorted(rare & names)
        both_english = english and language_of(other.lead.title) == "en"
        if len(shared) >= NAMES and not both_english:
            return f"{other.lead.title!r} (both name {' and '.join(shared)})"
    return ""


def _threads(told: Iterable[Told]) -> Mapping[str, set[str]]:
    """The threads in which each page was told."""
    threads: defaultdict[str, set[str]] = defaultdict(set)
    for each in told:
        threads[same_page_key(each.url)].add(each.thread)
    return threads


def _threads_of(story: Story, threads: Mapping[str, set[str]]) -> frozenset[str]:
    pages = (same_page_key(entry.url) for entry in story.cluster.entries)
    return frozenset(thread for page in pages for thread in threads.get(page, ()))


def _skipped(story: Story, twin: str) -> Skipped:
    lead = story.lead
    reason = f"may tell the same event as {twin}"
    return Skipped(stage="choose", subject=lead.url, reason=reason, title=lead.title)
