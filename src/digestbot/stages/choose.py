"""Choose: the stories that an edition tells, best first, each event once.

Merging is cautious, choosing is more so: of two stories that may tell the same
event only the better one goes into an edition. A reader forgives a missing
story sooner than a repeated one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from digestbot.model import Remark, Skipped, Story
from digestbot.stages.lookalikes import Lookalikes
from digestbot.stages.variety import Variety
from digestbot.text.urls import same_page_key


def choose(
    stories: Sequence[Story],
    *,
    limit: int,
    per_source: int,
    sections: Sequence[str] = (),
    per_section: int = 0,
) -> tuple[list[Story], list[Remark]]:
    """Return at most *limit* stories in their order, and a remark for each one left out.

    One source leads at most *per_source* of them, or its even share where there
    are too few sources to fill the edition otherwise. A quiet day gives a
    shorter post rather than one source's post. With *sections*, the names of the
    stories' own, there are at most *per_section* of each. Among the best there is variety
    (:mod:`digestbot.stages.variety`), but never at the cost of a full edition.
    """
    sources = {story.lead.source for story in stories}
    even_share = math.ceil(limit / max(len(sources), 1))
    desk = _Desk(
        stories,
        limit=limit,
        cap=max(per_source, even_share),
        sections=sections or [""] * len(stories),
        per_section=per_section or limit,
    )
    variety = Variety(stories, limit=limit)
    waiting = []
    for place in variety.places():
        if reason := variety.objection(place):
            desk.hold_back(place, reason)
            waiting.append(place)
        elif desk.consider(place):
            variety.chose(place)
    for place in waiting:
        if not desk.full():
            desk.consider(place)
    return desk.chosen(), desk.remarks()


class _Desk:
    """The choice as it grows: the places chosen, and why the others were not."""

    def __init__(
        self,
        stories: Sequence[Story],
        *,
        limit: int,
        cap: int,
        sections: Sequence[str],
        per_section: int,
    ) -> None:
        self._stories = stories
        self._limit = limit
        self._cap = cap
        self._lookalikes = Lookalikes([story.cluster for story in stories])
        self._chosen: list[int] = []
        self._sources: Counter[str] = Counter()
        self._sections = sections
        self._per_section = per_section
        self._in_section: Counter[str] = Counter()
        self._pages: set[str] = set()
        self._reasons: dict[int, str] = {}

    def consider(self, place: int) -> bool:
        """Choose the story at *place*, or note why not; return whether it was chosen."""
        if reason := self._objection(place):
            self._reasons[place] = reason
            return False
        self._reasons.pop(place, None)
        self._chosen.append(place)
        self._sources[self._stories[place].lead.source] += 1
        self._in_section[self._sections[place]] += 1
        self._pages.add(same_page_key(self._stories[place].lead.url))
        return True

    def full(self) -> bool:
        """Whether the edition has all the stories it may have."""
        return len(self._chosen) >= self._limit

    def hold_back(self, place: int, reason: str) -> None:
        """Note why the story at *place* waits until the others were considered."""
        self._reasons[place] = reason

    def chosen(self) -> list[Story]:
        """Return the chosen stories, best first."""
        return [self._stories[place] for place in sorted(self._chosen)]

    def remarks(self) -> list[Remark]:
        """Return why the other stories were left out, in their order."""
        return [
            Skipped(
                stage="choose",
                subject=self._stories[place].lead.url,
                reason=reason,
                title=self._stories[place].lead.title,
            )
            for place, reason in sorted(self._reasons.items())
        ]

    def _objection(self, place: int) -> str:
        lead = self._stories[place].lead
        if self.full():
            return f"beyond the best {self._limit}"
        if same_page_key(lead.url) in self._pages:
            return f"may tell the same event as another story: both link to {lead.url}"
        if twin := self._twin(place):
            return f"may tell the same event as {twin}"
        if self._sources[lead.source] >= self._cap:
            return f"{lead.source} has its {self._cap} stories already"
        if self._in_section[self._sections[place]] >= self._per_section:
            return f"{self._sections[place]} has its {self._per_section} stories already"
        return ""

    def _twin(self, place: int) -> str:
        """What was chosen and looks like the story at *place*, with the evidence."""
        for other in self._chosen:
            if evidence := self._lookalikes.evidence(place, other):
                return f"{self._stories[other].lead.title!r} ({evidence})"
        return ""
