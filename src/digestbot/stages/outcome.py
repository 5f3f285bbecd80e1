"""The outcome for one entry or story: where it came out, its score, its company and its rivals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from digestbot.model import Candidate, Edition, Entry, Explanation, Report, Status
from digestbot.stages.fates import Fate
from digestbot.stages.rivals import Comparison

Fact = tuple[str, tuple[str, ...]]
"""A heading, and the lines under it."""

ENDINGS = {
    Status.DRY_RUN: " (a dry run: nothing was written)",
    Status.RANKED: " (only ranked: no post was asked for)",
    Status.TOO_LITTLE_NEWS: ", but there was too little news for a post",
    Status.FAILED: ", but the run failed",
}
"""What is said of chosen stories where there is no post."""


def outcome_of(fate: Fate, report: Report) -> Explanation:
    """Return what became of the entry or story of *fate*, and why."""
    candidate = fate.candidate
    return Explanation(
        edition=report.edition.key,
        subject=fate.title or fate.url,
        answer=_answer(fate, report),
        stage="" if candidate and candidate.chosen else fate.stage,
        candidate=candidate,
        facts=tuple(_facts(fate, report)),
    )


def named(fate: Fate) -> str:
    """Return *fate* in one line: its number, or what left it out, and its title."""
    place = fate.candidate.place if fate.candidate else 0
    return f"{place or fate.stage or '-'}. {fate.title or fate.url}{_from(fate)}"


def _from(fate: Fate) -> str:
    return f" ({fate.entry.source})" if fate.entry else ""


def _answer(fate: Fate, report: Report) -> str:
    candidate = fate.candidate
    if candidate is None or not candidate.chosen:
        return f"left out by {fate.stage}: {fate.reason}"
    chosen = [each for each in report.candidates if each.chosen]
    number = next(n for n, each in enumerate(chosen, 1) if each is candidate)
    where = "in the post" if report.status is Status.PUBLISHED else "chosen"
    answer = f"{where}: number {number} of {len(chosen)}{ENDINGS.get(report.status, '')}"
    lead = candidate.story.lead
    if fate.entry and fate.entry.id != lead.id:
        return f"{answer}, told with {lead.source}'s {lead.title!r}"
    return answer


def _facts(fate: Fate, report: Report) -> Iterator[Fact]:
    candidate, entry = fate.candidate, fate.entry
    yield "link", (fate.url,)
    if entry:
        yield "source", (_origin(entry, report.edition),)
    if candidate:
        yield from _standing(candidate, report)
    if not (candidate or entry):
        return
    entries = candidate.story.cluster.entries if candidate else (entry,) if entry else ()
    comparison = Comparison(report.candidates, others=entries)
    if candidate and len(entries) > 1:
        yield "told by", tuple(_company(candidate, comparison, report.edition))
    if not (candidate and candidate.chosen):
        yield from _rivals(entries, comparison, report)
        yield from _cut(candidate, report)


def _standing(candidate: Candidate, report: Report) -> Iterator[Fact]:
    """Where it stood in the ranking, with the parts of its score."""
    if candidate.place:
        ranked = sum(each.place > 0 for each in report.candidates)
        yield "place", (f"{candidate.place} of {ranked} ranked",)
    if candidate.story.reasons:
        parts = [f"{r.value:+.2f} {r.name}: {r.text}" for r in candidate.story.reasons]
        yield "score", (f"{candidate.story.score:.2f}", *parts)


def _company(candidate: Candidate, comparison: Comparison, edition: Edition) -> Iterator[str]:
    cluster = candidate.story.cluster
    yield from _told(cluster.lead, edition)
    for entry, why in zip(cluster.others, comparison.joined(cluster), strict=True):
        yield from (*_told(entry, edition), f"joined: {why}")


def _told(entry: Entry, edition: Edition) -> Iterator[str]:
    yield f"{_origin(entry, edition)}: {entry.title}"
    yield entry.url


def _rivals(entries: Sequence[Entry], comparison: Comparison, report: Report) -> Iterator[Fact]:
    """The chosen story that is most like *entries*."""
    if rival := comparison.nearest_chosen(entries):
        candidate, why = rival
        yield "nearest", (_rank(candidate), why)
    elif any(each.chosen for each in report.candidates):
        yield "nearest", ("no chosen story is like it",)


def _cut(candidate: Candidate | None, report: Report) -> Iterator[Fact]:
    """The last one that was chosen."""
    chosen = [each for each in report.candidates if each.chosen]
    if chosen:
        gap = chosen[-1].story.score - candidate.story.score if candidate else 0.0
        than = f", {abs(gap):.2f} {'more' if gap > 0 else 'less'}" if gap else ""
        yield "the cut", (f"the last one chosen{than}: {_rank(chosen[-1])}",)


def _rank(candidate: Candidate) -> str:
    return f"{candidate.place}. {candidate.title} (score {candidate.story.score:.2f})"


def _origin(entry: Entry, edition: Edition) -> str:
    return f"{entry.source}, {_clock(entry.published, edition)}"


def _clock(moment: datetime, edition: Edition) -> str:
    return f"{moment.astimezone(ZoneInfo(edition.timezone)):%m-%d %H:%M}"
