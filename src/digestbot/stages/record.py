"""Record: what became of each cluster, for those who ask later why it is not in the post."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from digestbot.model import Candidate, Cluster, Edition, Remark, Skipped, Story

BEFORE = ("collect", "dedupe")
"""The stages that leave out records and entries; the later ones leave out clusters."""

UNPLACED = "triage"
"""The stage that takes stories out of the ranking: they have a score, but no place."""


def record(
    clusters: Sequence[Cluster],
    ranked: Sequence[Story],
    *,
    remarks: Iterable[Remark],
    edition: Edition,
) -> list[Candidate]:
    """Return each of *clusters* as a candidate: those *ranked* in their order, then the others.

    A ranked story was chosen if no remark says that a stage left it out.
    """
    left_out = {
        (remark.subject, remark.title): remark
        for remark in remarks
        if isinstance(remark, Skipped) and remark.stage not in BEFORE
    }
    candidates: list[Candidate] = []
    for story in ranked:
        remark = left_out.get((story.lead.url, story.lead.title))
        candidates.append(_candidate(story, remark, edition, place=len(candidates) + 1))
    seen = {entry.id for story in ranked for entry in story.cluster.entries}
    for cluster in clusters:
        if cluster.lead.id not in seen:
            found = (left_out.get((entry.url, entry.title)) for entry in cluster.entries)
            remark = next((each for each in found if each), None)
            candidates.append(_candidate(Story(cluster=cluster, score=0.0), remark, edition))
    return sorted(candidates, key=lambda each: each.place == 0)


def _candidate(
    story: Story, remark: Skipped | None, edition: Edition, *, place: int = 0
) -> Candidate:
    if remark is None:
        return Candidate(edition=edition.key, story=story, place=place, chosen=place > 0)
    return Candidate(
        edition=edition.key,
        story=story,
        place=0 if remark.stage == UNPLACED else place,
        stage=remark.stage,
        reason=remark.reason,
    )
