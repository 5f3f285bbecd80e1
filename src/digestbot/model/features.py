"""The nouns of a feature: one long page, told in sections."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digestbot.model.stories import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One section of a feature: a heading, and paragraphs with marks of bold."""

    heading: str
    paragraphs: tuple[str, ...]
    origin: Origin = Origin.LLM


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """All of a feature before layout. ``date`` keeps the offset that it is printed with."""

    title: str
    date: datetime
    hook: str
    themes: tuple[Theme, ...]
    close: str
    language: str
    source: str = ""
    """The page's address; empty for a file that names none."""
    source_title: str = ""
    """The title that the page has itself."""
    transcript: tuple[str, ...] = ()
    """The page's own text after the article, where that is wanted."""
