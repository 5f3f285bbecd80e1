"""Advice: what a model says of the ranked stories, by the ids of their leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """An opinion of the stories that were *shown*, or verdicts on pairs of them.

    ``order`` is the best first, ``off_topic`` has nothing to do with the
    topic; ``same`` are pairs that tell one event.
    """

    shown: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()
    off_topic: frozenset[str] = frozenset()
    same: tuple[tuple[str, str], ...] = ()
