"""The format contract: a house format's conventions and limits, as types.

``formats/<name>/format.toml`` is read into a :class:`Format` by the library;
the renderer, the prompts, ``lint`` and ``parse`` read nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from types import MappingProxyType

from digestbot.errors import FormatError
from digestbot.model import Layout, Typography


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """An inclusive range: of visible characters, of sentences, of bold spans, of items."""

    min: int
    max: int

    def __contains__(self, number: int) -> bool:
        return self.min <= number <= self.max


NOTHING = Range(min=0, max=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The style limits of one language. Lengths count visible characters.

    Those of a part that the format does not have are :data:`NOTHING`.
    """

    items: Range
    headline: Range
    summary: Range
    summary_sentences: Range
    summary_bold: Range
    lead: Range = NOTHING
    lead_sentences: Range = NOTHING
    lead_bold: Range = NOTHING
    top: Range = NOTHING
    """Of one paragraph of the top story."""
    top_paragraphs: Range = NOTHING
    top_bold: Range = NOTHING
    commentary: Range = NOTHING
    commentary_paragraphs: Range = NOTHING
    commentary_bold: Range = NOTHING
    closing: Range = NOTHING
    """Of the last paragraph of the commentary, where it has a label of its own."""
    section: Range = NOTHING
    """Stories of one section, where the format has sections; the next is of one story."""
    paragraphs: Range = NOTHING


PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lead": ("lead", "lead_sentences", "lead_bold"),
        "top": ("top", "top_paragraphs", "top_bold"),
        "items": ("items", "headline", "summary", "summary_sentences", "summary_bold"),
        "commentary": ("commentary", "commentary_paragraphs", "commentary_bold"),
    }
)
"""What a post may be made of, with the limits of each: a paragraph on the edition, the first
story at length, numbered stories, and the editor's text."""


DATE_FORMS = MappingProxyType(
    {
        "iso": "2025-10-14T09:16:14+08:00",
        "local": "2025-10-14 09:16:14",
        "local with offset": "2025-10-14 09:16:14+08:00",
    }
)
"""How a date may be printed, by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The front matter: its keys in their order, each with its value.

    A value is a constant, or names one of :data:`HEAD_VALUES` in braces:
    ``{"pubDate": "{date}"}``. Without values for it, an optional key is left out.
    """

    values: Mapping[str, str | bool]
    date_form: str = "iso"
    fence: tuple[str, str] = ("---", "---")
    title_below: bool = False
    """Whether the title stands below as a heading: where no site would print it."""

    def key_of(self, value: str) -> str:
        """Return the key under which *value* is printed; empty if it is not."""
        return next((key for key, shown in self.values.items() if shown == f"{{{value}}}"), "")

    @property
    def optional(self) -> frozenset[str]:
        """The keys that a post may lack."""
        return frozenset(self.key_of(value) for value in ("cover", "description"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a site generator wants in place of a format's own head and file name."""

    head: Head
    file_name: str = ""
    """A pattern as a format's, with ``{name}`` for its name; empty: the format's own."""
    pipes_make_tables: bool = False
    """Whether a line with a ``|`` is a table, so that titles need theirs escaped."""


HEAD_VALUES = ("title", "date", "categories", "cover", "description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One category of the closed list, with the words that speak for it."""

    name: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the closed list, with the words that speak for a story in it."""

    name: str
    keywords: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    """Words in a headline that no story of it has."""
    coming: bool = True
    """Whether it has stories of events that are to come only after the edition's time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """What a format says in one language.

    ``title`` is a pattern of the day (``%Y``, ``%m``, ``%d``) or of the first
    ``{headline}``; ``headings`` are those of the parts, by name, with ``{headline}``
    where a part has a title of its own; ``phrases`` are the few sentences that code
    may write itself (``str.format`` patterns), by name.
    """

    language: str
    title: str
    headings: Mapping[str, str]
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

    item_separator: str = ""
    """What stands between an item's title and its text on one line; empty: the text is below."""
    source_line: str = ""
    """What names the source of the top story, with ``{link}`` where the link stands."""
    closing: str = ""
    """What stands before the last paragraph of the commentary."""
    marks: tuple[Category, ...] = ()
    """A closed list of what may stand before a headline, with the words that ask for it."""
    default_mark: str = ""

    typography: Typography = field(default_factory=Typography)
    """How texts are set; applied to what a model wrote, and held by lint."""

    sections: tuple[Section, ...] = ()
    """A closed list, in the order of the post; empty: the items are one numbered list."""
    default_section: str = ""
    """The section of a story for which no keyword speaks."""

    originals: Mapping[str, str] = field(default_factory=dict)
    """What stands before a text that is quoted in another language, by that language."""

    @property
    def heading(self) -> str:
        """The words that head the commentary."""
        return self.headings.get("commentary", "")

    def original(self, language: str) -> str:
        """Return what stands before a text that is quoted in *language*."""
        return self.originals.get(language, self.originals.get("other", ""))

    def marked(self, headline: str) -> str:
        """Return *headline* with the mark of a follow-up, once."""
        return self.follow_up + self.unmarked(headline)

    def unmarked(self, headline: str) -> str:
        """Return *headline* without the mark of a follow-up, or any other."""
        return self._bare(headline).removeprefix(self.follow_up)

    def is_follow_up(self, headline: str) -> bool:
        """Whether *headline* has the mark of a follow-up."""
        return bool(self.follow_up) and self._bare(headline).startswith(self.follow_up)

    def _bare(self, headline: str) -> str:
        first, _, others = headline.partition(" ")
        marks = {mark.name for mark in self.marks} | {self.default_mark}
        return others if first and first in marks else headline

    def phrase(self, name: str, /, **values: object) -> str:
        """Return the phrase *name* with its values filled in."""
        try:
            return self.phrases[name].format(**values)
        except KeyError as error:
            raise FormatError(f"the format has no phrase or value {error} for {name!r}") from error

    def title_of(self, day: date, headline: str = "") -> str:
        """Return the title of that day's post, the first story of which has that headline."""
        return printed_day(self.title, day).replace(HEADLINE, headline)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A house format. ``template`` is the text of its ``post.md.j2``."""

    name: str
    file_name: str
    """A pattern of the day, for example ``%Y%m%d.md``; it may begin with folders."""
    final_newline: bool
    parts: tuple[str, ...]
    """Names of :data:`PARTS` in the order of the post; ``items`` is one of them."""
    stories: Range
    """How many stories an edition has, at least and at most."""
    head: Head
    heading_level: int
    cover_line: str
    """The line that shows the cover, with ``{url}``; empty: there is none."""
    layout: Layout
    locales: Mapping[str, Locale]
    template: str
    placeholder_hosts: tuple[str, ...] = ()
    """Hosts that no real link has; ``*`` stands for any characters."""
    pipes_make_tables: bool = False
    """Whether the site that the post is for makes a table of a line with a ``|``."""
    period: str = "day"
    """What an edition is of, one of :data:`PERIODS`: its own file name has no finer part."""

    @property
    def has_sections(self) -> bool:
        """Whether its stories stand in sections, and not in one numbered list."""
        return any(locale.sections for locale in self.locales.values())

    @property
    def item_separators(self) -> tuple[str, ...]:
        """What stands between title and text of an item, in any language."""
        found = (locale.item_separator for locale in self.locales.values())
        return tuple(separator for separator in dict.fromkeys(found) if separator)

    @property
    def base_name(self) -> str:
        """The file's name without folders, as a pattern."""
        return PurePosixPath(self.file_name).name

    def at(self, site: Site) -> Format:
        """Return the same format with the head and the file name that *site* wants."""
        file_name = site.file_name.replace("{name}", self.name) or self.file_name
        iso = site.head.date_form == "iso"
        layout = replace(self.layout, milliseconds=self.layout.milliseconds and iso)
        return replace(
            self,
            head=site.head,
            file_name=file_name,
            layout=layout,
            pipes_make_tables=site.pipes_make_tables,
        )

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
            if title_matches(locale.title, title):
                return locale
        return None


HEADLINE = "{headline}"
"""Where a headline stands in a pattern."""

_GAPS = {
    "%Y": r"(?P<Y>\d{4})",
    "%m": r"(?P<m>\d\d)",
    "%-m": r"(?P<m>[1-9]|1[0-2])",
    "%d": r"(?P<d>\d\d)",
    "%G": r"(?P<G>\d{4})",
    "%V": r"(?P<V>\d\d)",
    HEADLINE: "(?P<headline>.+)",
}

PERIODS: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "day": (frozenset({"%Y", "%m", "%d"}),),
        "week": (frozenset({"%G", "%V"}),),
        "month": (frozenset({"%Y", "%m"}), frozenset({"%Y", "%-m"})),
    }
)
"""What an edition may be of, with the parts of a pattern that says so: ``%G`` and ``%V`` are
the year and the number of a week as ISO 8601 counts them."""


def period_of(pattern: str) -> str:
    """Return which of :data:`PERIODS` a pattern names; empty if it names none, or one oddly."""
    parts = re.findall("%-?.?", pattern)
    found = (name for name, forms in PERIODS.items() if frozenset(parts) in forms)
    return next(found, "") if len(set(parts)) == len(parts) else ""


def span_of(period: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the day, week or month that *day* is in."""
    if period == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if period == "month":
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day, day


def printed_day(pattern: str, day: date) -> str:
    """Return *day* in a pattern of :data:`PERIODS`, the same under every locale."""
    year, week, _ = day.isocalendar()
    for part, digits in (
        ("%Y", f"{day.year:04}"),
        ("%m", f"{day.month:02}"),
        ("%-m", f"{day.month}"),
        ("%d", f"{day.day:02}"),
        ("%G", f"{year:04}"),
        ("%V", f"{week:02}"),
    ):
        pattern = pattern.replace(part, digits)
    return pattern


def day_printed(pattern: str, text: str) -> date | None:
    """Return the day that *text* says in *pattern*, or the first of its week or month.

    None if it is not written so, or says none.
    """
    found = matched(pattern, text)
    parts = found.groupdict() if found else {}
    try:
        if "V" in parts:
            return date.fromisocalendar(int(parts["G"]), int(parts["V"]), 1)
        return date(int(parts["Y"]), int(parts["m"]), int(parts.get("d", 1))) if parts else None
    except (KeyError, ValueError):
        return None


def title_matches(pattern: str, title: str) -> bool:
    """Whether *title* is written in *pattern*; a day in it must be one."""
    if "%" in pattern:
        return day_printed(pattern, title) is not None
    return matched(pattern, title) is not None


def matched(pattern: str, text: str) -> re.Match[str] | None:
    """Return the match of *text* with a pattern of the day or of a headline, if it is one."""
    parts = re.split(r"(%-m|%[YmdGV]|\{headline\})", pattern)
    return re.fullmatch("".join(_GAPS.get(part, re.escape(part)) for part in parts), text)
