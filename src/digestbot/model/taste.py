"""The nouns of taste: an editor's choices, and what is learned from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A candidate that an editor picked, or dropped. ``number`` is 0 until it is kept."""

    edition: str
    url: str
    title: str
    sources: tuple[str, ...]
    picked: bool
    made: datetime
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What choices say of a source, or of a word: what it adds to a story's score."""

    subject: str
    picks: int
    drops: int
    value: float

    @property
    def reason(self) -> str:
        """The lesson in words, for those who read scores."""
        return f"you picked {self.picks} of {self.picks + self.drops} of {self.subject}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taste:
    """All that is learned from an editor's choices, the strongest first."""

    sources: tuple[Lesson, ...] = ()
    words: tuple[Lesson, ...] = ()
