"""The ledger of a run: what the stages left out, how long they took, what they found."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from digestbot.model import (
    Cluster,
    Edition,
    Notice,
    Remark,
    Report,
    Skipped,
    Status,
    Story,
    Usage,
)
from digestbot.ports import Model

Progress = Callable[[str], None]


def silent(stage: str) -> None:
    """Nobody is watching."""


@dataclass(kw_only=True)
class Ledger:
    """Gathers a run's facts while it is under way; the only thing in a run that changes."""

    edition: Edition
    started: datetime
    model: Model | None = None
    progress: Progress = silent
    remarks: list[Remark] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    clusters: Sequence[Cluster] = ()
    ranked: Sequence[Story] = ()
    """Those of the clusters that have a score."""

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Tell that stage *name* begins, and note how long it took."""
        self.progress(name)
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begin

    def note(self, remarks: Sequence[Remark], **facts: Any) -> None:
        """Add a stage's remarks, and facts for the report by the names it has for them."""
        self.remarks.extend(remarks)
        self.facts.update(facts)

    def reconsider(self, stories: Sequence[Story]) -> None:
        """Forget why *stories* were not chosen: they are now."""
        chosen = {(story.lead.url, story.lead.title) for story in stories}
        self.remarks = [
            remark
            for remark in self.remarks
            if not (
                isinstance(remark, Skipped)
                and remark.stage == "choose"
                and (remark.subject, remark.title) in chosen
            )
        ]

    def report(self, status: Status, **facts: Any) -> Report:
        """Return the record of the run so far."""
        return Report(
            edition=self.edition,
            status=status,
            started=self.started,
            model=self.model.name if self.model else "",
            usage=self.model.usage() if self.model else Usage(),
            skipped=tuple(r for r in self.remarks if isinstance(r, Skipped)),
            notices=tuple(r for r in self.remarks if isinstance(r, Notice)),
            seconds=tuple(self.seconds.items()),
            **(self.facts | facts),
        )
