"""The format contract: a house format's conventions and limits, as types.

``formats/<name>/format.toml`` is read into a :class:`Format` by the library;
the renderer, the prompts, ``lint`` and ``parse`` read nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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
    default_category: str = ""
    """The category of a post for which no keyword speaks."""
    utc_offset: str = ""
    """The offset a post's date has by convention, for example ``+08:00``; empty: any."""
    follow_up: str = ""
    """What stands before the headline of a story that was told before and has news."""
    refusals: tuple[str, ...] = ()
    """Phrases of refusals and apologies, matched without regard to case."""
    phrases: Mapping[str, str] = field(default_factory=dict)

    originals: Mapping[str, str] = field(default_factory=dict)
    """What stands before a text that is quoted in another language, by that language."""

    def original(self, language: str) -> str:
        """Return what stands before a text that is quoted in *language*."""
        return self.originals.get(language, self.originals.get("other", ""))

    def marked(self, headline: str) -> str:
        """Return *headline* with the mark of a follow-up, once."""
        return self.follow_up + self.unmarked(headline)

    def unmarked(self, headline: str) -> str:
        """Return *headline* without the mark of a follow-up."""
        return headline.removeprefix(self.follow_up)

    def phrase(self, name: str, /, **values: object) -> str:
        """Return the phrase *name* with its values filled in."""
        try:
            return self.phrases[name].format(**values)
        except KeyError as error:
            raise FormatError(f"the format has no phrase or value {error} for {name!r}") from error

    def title_of(self, day: date) -> str:
        """Return the title of that day's post."""
        return printed_day(self.title, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A house format. ``template`` is the text of its ``post.md.j2``."""

    name: str
    file_name: str
    """A ``strftime`` pattern, for example ``%Y%m%d.md``."""
    final_newline: bool
    layout: Layout
    locales: Mapping[str, Locale]
    template: str
    placeholder_hosts: tuple[str, ...] = ()
    """Hosts that no real link has; ``*`` stands for any characters."""

    def locale(self, language: str) -> Locale:
        """Return what the format says in *language*, or raise ``FormatError``."""
        try:
            return self.locales[language]
        except KeyError:
            spoken = ", ".join(sorted(self.locales))
            raise FormatError(
                f"format {self.name!r} has no language {language!r} (it has: {spoken})"
            ) from None

    def locale_of_title(self, title: str) -> Locale | None:
        """Return the locale in whose pattern *title* is written, if there is one."""
        for locale in self.locales.values():
            if day_printed(locale.title, title) is not None:
                return locale
        return None


_DAY_PARTS = {"%Y": r"(?P<Y>\d{4})", "%m": r"(?P<m>\d\d)", "%d": r"(?P<d>\d\d)"}


def printed_day(pattern: str, day: date) -> str:
    """Return *day* in a pattern of ``%Y``, ``%m`` and ``%d``, the same under every locale."""
    for part, digits in (
        ("%Y", f"{day.year:04}"),
        ("%m", f"{day.month:02}"),
        ("%d", f"{day.day:02}"),
    ):
        pattern = pattern.replace(part, digits)
    return pattern


def day_printed(pattern: str, text: str) -> date | None:
    """Return the day that *text* says in *pattern*; None if it is not written so."""
    found = re.fullmatch(
        "".join(_DAY_PARTS.get(part, re.escape(part)) for part in re.split("(%[Ymd])", pattern)),
        text,
    )
    if not found:
        return None
    try:
        return date(int(found["Y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
