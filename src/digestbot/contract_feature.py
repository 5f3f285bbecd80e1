"""The contract of a feature: one long page in sections, and no numbered stories.

``format.toml`` is read key by key, as those of the other formats; the renderer, the
prompts and lint read nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from digestbot.contract import Head, Range, Site
from digestbot.contract_file import HEADING_LEVELS, read_head, read_typography
from digestbot.contract_table import Table
from digestbot.errors import FormatError
from digestbot.model import Typography

PARTS = ["hook", "sections", "close", "transcript"]
"""What a feature is made of; a format whose parts have ``sections`` is one."""

HEAD_VALUES = ("title", "date", "source")
LINK = "{link}"
NUMBER = "{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureLimits:
    """The style limits of one language. Lengths count visible characters."""

    title: Range
    hook: Range
    sections: Range
    heading: Range
    paragraphs: Range
    """Of one section."""
    paragraph: Range
    bold: Range
    """Spans of one paragraph."""
    close: Range


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureLocale:
    """What a feature says in one language."""

    language: str
    source_line: str
    """Names the page, with ``{link}`` where the link stands."""
    numbered: str
    """The heading, with its ``{number}``, of a section that has no other."""
    close: str
    transcript: str
    limits: FeatureLimits
    refusals: tuple[str, ...]
    """Phrases of refusals and apologies, matched without regard to case."""
    originals: Mapping[str, str]
    """What stands before a text that is quoted in another language, by that language."""
    typography: Typography
    """How texts are set; applied to what a model wrote, and held by lint."""

    def original(self, language: str) -> str:
        """Return what stands before a text that is quoted in *language*."""
        return self.originals.get(language, self.originals["other"])


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureFormat:
    """A format of features. ``template`` is the text of its ``post.md.j2``."""

    name: str
    head: Head
    final_newline: bool
    heading_level: int
    locales: Mapping[str, FeatureLocale]
    template: str

    def locale(self, language: str) -> FeatureLocale:
        """Return what the format says in *language*, or raise ``FormatError``."""
        if language not in self.locales:
            spoken = ", ".join(sorted(self.locales))
            raise FormatError(
                f"format {self.name!r} has no language {language!r} (it has: {spoken})"
            )
        return self.locales[language]

    def at(self, site: Site) -> FeatureFormat:
        """Return the same format with the head that *site* wants, and the source in it.

        What only editions have goes: categories, a cover.
        """
        kept = ("{title}", "{date}", "{description}")
        values = {
            key: value
            for key, value in site.head.values.items()
            if value in kept or "{" not in str(value)
        }
        source = self.head.key_of("source")
        values |= {source: "{source}"} if source else {}
        return replace(self, head=replace(site.head, values=values))

    @property
    def mark(self) -> str:
        """What stands before a heading."""
        return "#" * self.heading_level + " "


def read_feature(table: Table, *, name: str, template: str) -> FeatureFormat:
    """Return the format whose contract *table* holds; raises ``FormatError`` with the key."""
    if table.take("parts", list, "a list of texts") != PARTS:
        raise table.wrong("parts", f"of a feature must be {PARTS!r}")
    date_form = table.one_of("date_form", str, ("iso",))
    languages = table.table("languages")
    return table.finished(
        lambda: FeatureFormat(
            name=name,
            head=read_head(table.table("front_matter"), date_form=date_form, known=HEAD_VALUES),
            final_newline=table.take("final_newline", bool, "true or false"),
            heading_level=table.one_of("heading_level", int, HEADING_LEVELS[:-1]),
            locales={
                language: _locale(languages.table(language), language)
                for language in languages.names
            },
            template=template,
        )
    )


def _locale(table: Table, language: str) -> FeatureLocale:
    headings = table.table("headings")
    limits = table.table("limits")
    originals = table.table("originals")
    return table.finished(
        lambda: FeatureLocale(
            language=language,
            source_line=_with_gap(table, "source_line", LINK),
            numbered=_with_gap(table, "numbered", NUMBER),
            close=headings.text("close"),
            transcript=headings.finished(lambda: headings.text("transcript")),
            limits=limits.finished(
                lambda: FeatureLimits(
                    **{field.name: limits.range(field.name) for field in fields(FeatureLimits)}
                )
            ),
            refusals=table.texts("refusals"),
            originals={"other": originals.text("other")}
            | {name: originals.text(name) for name in originals.names},
            typography=read_typography(table.table_if_any("typography")),
        )
    )


def _with_gap(table: Table, key: str, gap: str) -> str:
    pattern = table.text(key)
    if pattern.count(gap) != 1:
        raise table.wrong(key, f"must hold {gap} once: {pattern!r}")
    return pattern
