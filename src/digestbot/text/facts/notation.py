"""Notations: how one kind of fact is written, and what may open it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digestbot.text.facts.fact import Fact

FIGURE = "0"
"""What opens a notation that begins with a figure."""

Read = Callable[[re.Match[str]], list[Fact] | None]
"""Gives the facts of a match, none where it says nothing, ``None`` where it is something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """A pattern that is tried where one of its *openers* stands, and what reads its match.

    An opener is a whole English word in small letters, a Chinese character, or
    ``FIGURE``: so a text is walked through once, whatever the number of notations.
    """

    openers: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Read


def notation(openers: str | Iterable[str], pattern: str, read: Read) -> Notation:
    """Return the notation of *pattern*, in capital or small letters; *openers* may be words."""
    given = openers.split() if isinstance(openers, str) else openers
    return Notation(openers=tuple(given), pattern=re.compile(pattern, re.IGNORECASE), read=read)


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of *words*, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
