"""The format contract: a house format's conventions and limits, as types.

``formats/<name>/format.toml`` is read into a :class:`Format` by the library;
the renderer, the prompts, ``lint`` and ``parse`` read nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from digestbot.errors import FormatError
from digestbot.model import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An inclusive range: of visible characters, of sentences, of bold spans, of items."""

    min: int
    max: int

    def __contains__(self, number: int) -> bool:
        return self.min <= number <= self.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The style limits of one language. Lengths count visible characters."""

    items: Range
    headline: Range
    summary: Range
    summary_sentences: Range
    summary_bold: Range
    lead: Range
    lead_sentences: Range
    lead_bold: Range
    commentary: Range
    commentary_paragraphs: Range
    commentary_bold: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category of the closed list, with the words that speak for it."""

    name: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """What a format says in one language.

    ``title`` is a ``strftime`` pattern; ``phrases`` are the few sentences that
    code may write itself (``str.format`` patterns), by name.
    """

    language: str
    title: str
    heading: str
    limits: Limits
    categories: tuple[Category, ...]
    category_count: Range
    phrases: Mapping[str, str] = field(default_factory=dict)

    def phrase(self, name: str, /, **values: object) -> str:
        """Return the phrase *name* with its values filled in."""
        try:
            return self.phrases[name].format(**values)
        except KeyError as error:
            raise FormatError(f"the format has no phrase or value {error} for {name!r}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A house format. ``template`` is the text of its ``post.md.j2``."""

    name: str
    file_name: str
    """A ``strftime`` pattern, for example ``%Y%m%d.md``."""
    utc_offset: str
    """The offset a post's date must have for lint, for example ``+08:00``; empty: any."""
    final_newline: bool
    layout: Layout
    locales: Mapping[str, Locale]
    template: str

    def locale(self, language: str) -> Locale:
        """Return what the format says in *language*; raises ``FormatError`` if it does not speak it."""
        try:
            return self.locales[language]
        except KeyError:
            spoken = ", ".join(sorted(self.locales))
            raise FormatError(
                f"format {self.name!r} has no language {language!r} (it has: {spoken})"
            ) from None
