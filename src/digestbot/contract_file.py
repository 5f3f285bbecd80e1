"""The file of a contract: ``format.toml``, read key by key into a :class:`Format`."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from itertools import pairwise

from digestbot.contract import (
    DATE_FORMS,
    HEAD_VALUES,
    HEADLINE,
    PARTS,
    PERIODS,
    Category,
    Format,
    Head,
    Limits,
    Locale,
    Section,
    Site,
    period_of,
)
from digestbot.contract_table import Table
from digestbot.model import (
    HEADINGS,
    ITEM_GAPS,
    MARKUPS,
    TEXT_COLUMNS,
    TITLES,
    TYPOGRAPHY,
    Layout,
    Typography,
)

PHRASES = (
    "lead_open", "lead_stories", "lead_close", "headline_only", "also_reported", "also_titled",
    "list_separator", "headline_open", "headline_close",
)  # fmt: skip
"""The sentences, and parts of them, that code may have to write: a format has them all."""

SECTION_PHRASES = ("lead_sections", "dated")
"""And those of a format with sections: what the edition is of, and when a story was told."""

HOUSE_FENCE = ("---", "---")
HEADING_LEVELS = (1, 2, 3, 4, 5, 6)


def read_format(table: Table, *, name: str, template: str) -> Format:
    """Return the format whose contract *table* holds; raises ``FormatError`` with the key."""
    parts, date_form = _parts(table), _date_form(table)
    file_name = _day_pattern(table, "file_name")
    return table.finished(
        lambda: Format(
            name=name,
            file_name=file_name,
            period=period_of(file_name),
            final_newline=table.take("final_newline", bool, "true or false"),
            parts=parts,
            stories=table.range("stories"),
            head=read_head(table.table("front_matter"), date_form=date_form),
            heading_level=table.one_of("heading_level", int, HEADING_LEVELS),
            cover_line=_with_gap(table, "cover_line", "{url}"),
            layout=_layout(table.table("layout"), date_form=date_form),
            locales=_locales(table.table("languages"), parts),
            template=template,
            placeholder_hosts=table.texts("placeholder_hosts"),
        )
    )


def read_head(table: Table, *, date_form: str, known: Collection[str] = HEAD_VALUES) -> Head:
    """Return the front matter that *table* lists, key by key, of values that are *known*."""
    values: dict[str, str | bool] = {}
    for key in table.names:
        value = table.value(key)
        if not isinstance(value, str | bool):
            raise table.wrong(key, f"must be a text, true or false, not {value!r}")
        if isinstance(value, str) and "{" in value and value[1:-1] not in known:
            raise table.wrong(key, f"names none of {', '.join(known)}: {value!r}")
        values[key] = value
    head = Head(values=values, date_form=date_form)
    if missing := [value for value in ("title", "date") if not head.key_of(value)]:
        raise table.wrong("", f"has no {{{missing[0]}}}")
    return head


def read_sites(table: Table) -> dict[str, Site]:
    """Return the sites of ``sites.toml`` by name."""
    return {name: _site(table.table(name)) for name in table.names}


def _site(table: Table) -> Site:
    fences = table.texts("fence") if "fence" in table.names else HOUSE_FENCE
    head = read_head(table.table("front_matter"), date_form=_date_form(table))
    return table.finished(
        lambda: Site(
            head=replace(
                head,
                fence=(fences[0], fences[1]),
                title_below=_is_so(table, "title_below"),
            ),
            file_name=table.text_if_any("file_name"),
            pipes_make_tables=_is_so(table, "pipes_make_tables"),
        )
    )


def _is_so(table: Table, key: str) -> bool:
    return key in table.names and table.take(key, bool, "true or false")


def _date_form(table: Table) -> str:
    return table.one_of("date_form", str, tuple(DATE_FORMS))


def _parts(table: Table) -> tuple[str, ...]:
    """Some of the parts, once each; between two texts must stand the items, or a heading."""
    parts = table.texts("parts")
    if not set(parts) <= set(PARTS) or len(set(parts)) < len(parts) or "items" not in parts:
        known = ", ".join(PARTS)
        raise table.wrong("parts", f"must be some of {known}, once each, with items: {parts!r}")
    return parts


def _layout(table: Table, *, date_form: str) -> Layout:
    switches = {
        field.name: table.take(field.name, bool, "true or false")
        for field in fields(Layout)
        if isinstance(field.default, bool) and field.name != "loose"  # a post's, no format's
    }
    if switches["milliseconds"] and date_form != "iso":
        raise table.wrong("milliseconds", f"cannot be printed by the date_form {date_form!r}")
    return table.finished(
        lambda: Layout(
            heading=table.one_of("heading", str, HEADINGS),
            titles=table.one_of("titles", str, TITLES),
            item_gap=table.one_of("item_gap", int, ITEM_GAPS),
            text_column=table.one_of("text_column", int, TEXT_COLUMNS),
            markup=table.one_of("markup", str, MARKUPS) if "markup" in table.names else MARKUPS[0],
            **switches,
        )
    )


def _locales(table: Table, parts: tuple[str, ...]) -> dict[str, Locale]:
    return {language: _locale(table.table(language), language, parts) for language in table.names}


def _locale(table: Table, language: str, parts: tuple[str, ...]) -> Locale:
    categories = tuple(_category(inner) for inner in table.tables("categories"))
    marks = tuple(_category(inner) for inner in table.tables_if_any("marks"))
    sections = tuple(_section(inner) for inner in table.tables_if_any("sections"))
    closing = table.text_if_any("closing")
    return table.finished(
        lambda: Locale(
            language=language,
            title=_title_pattern(table, "title"),
            headings=_headings(table.table("headings"), parts),
            limits=_limits(table.table("limits"), parts, closing=closing, sections=sections),
            categories=categories,
            category_count=table.range("category_count"),
            default_category=table.one_of(
                "default_category", str, tuple(category.name for category in categories)
            ),
            utc_offset=table.text("utc_offset"),
            follow_up=table.text("follow_up"),
            refusals=table.texts("refusals"),
            phrases=_phrases(table.table("phrases"), sections),
            item_separator=table.text("item_separator"),
            source_line=_with_gap(table, "source_line", "{link}") if "top" in parts else "",
            closing=closing,
            marks=marks,
            sections=sections,
            default_section=_default(table, sections),
            default_mark=table.text_if_any("default_mark"),
            typography=read_typography(table.table_if_any("typography")),
            originals=_originals(table.table("originals")),
        )
    )


def _headings(table: Table, parts: tuple[str, ...]) -> dict[str, str]:
    """The headings by part; of two texts that meet, the second needs one to be told apart."""
    headings = {name: table.text(name) for name in table.names if name in parts}
    for before, part in pairwise(parts):
        if "items" not in (before, part) and part not in headings:
            raise table.wrong(part, f"is missing: it would be one with {before}")
    for part, heading in headings.items():
        if HEADLINE in heading and part not in _titled(parts):
            raise table.wrong(part, f"has no headline of its own: {heading!r}")
    return table.finished(lambda: headings)


def _titled(parts: tuple[str, ...]) -> set[str]:
    """The parts that may have a title: the commentary has one where there is no lead."""
    return {"top"} if "lead" in parts else {"top", "commentary"}


def _category(table: Table) -> Category:
    return table.finished(
        lambda: Category(name=table.text("name"), keywords=table.texts("keywords"))
    )


def _section(table: Table) -> Section:
    return table.finished(
        lambda: Section(
            name=table.text("name"),
            keywords=table.texts("keywords"),
            unless=table.texts("unless"),
            coming=table.take("coming", bool, "true or false"),
        )
    )


def _default(table: Table, sections: tuple[Section, ...]) -> str:
    names = tuple(section.name for section in sections)
    return table.one_of("default_section", str, names) if names else ""


def _limits(
    table: Table, parts: tuple[str, ...], *, closing: str, sections: tuple[Section, ...]
) -> Limits:
    names = [name for part in parts for name in PARTS[part]]
    names += ["closing"] if closing or "commentary" in _titled(parts) & set(parts) else []
    names += ["section", "paragraphs"] if sections else []
    return table.finished(lambda: Limits(**{name: table.range(name) for name in names}))


def _phrases(table: Table, sections: tuple[Section, ...]) -> dict[str, str]:
    names = (*PHRASES, *(SECTION_PHRASES if sections else ()))
    return table.finished(lambda: {name: table.text(name) for name in names})


def read_typography(table: Table | None) -> Typography:
    """Return how texts are set; without a table, as they are written."""
    if table is None:
        return Typography()
    return table.finished(
        lambda: Typography(
            **{switch: table.one_of(switch, str, ways) for switch, ways in TYPOGRAPHY.items()}
        )
    )


def _originals(table: Table) -> dict[str, str]:
    return table.finished(
        lambda: {"other": table.text("other")} | {name: table.text(name) for name in table.names}
    )


def _day_pattern(table: Table, key: str) -> str:
    return _of_day(table, key, table.text(key))


def _of_day(table: Table, key: str, pattern: str) -> str:
    if not period_of(pattern):
        forms = "; ".join(", ".join(sorted(form)) for forms in PERIODS.values() for form in forms)
        raise table.wrong(
            key, f"must hold %Y, %m and %d once each, and no other % (or: {forms}): {pattern!r}"
        )
    return pattern


def _title_pattern(table: Table, key: str) -> str:
    """A pattern of the day, or of the first headline."""
    pattern = table.text(key)
    if pattern.count(HEADLINE) == 1 and "%" not in pattern:
        return pattern
    return _of_day(table, key, pattern)


def _with_gap(table: Table, key: str, gap: str) -> str:
    pattern = table.text(key)
    if pattern and pattern.count(gap) != 1:
        raise table.wrong(key, f"must hold {gap} once: {pattern!r}")
    return pattern
