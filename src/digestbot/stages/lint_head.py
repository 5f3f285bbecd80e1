"""Lint, the file and its front matter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date

from digestbot.contract import Format, Head, Locale, day_printed
from digestbot.contract_feature import FeatureFormat
from digestbot.errors import FormatError
from digestbot.model import Finding
from digestbot.stages.anatomy import Anatomy, Line
from digestbot.stages.lint_rules import finding
from digestbot.stages.parse import MOMENT, read_categories, read_date

_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff]")
_FILE_DAY = re.compile(r"\d{8}|\d{4}-\d\d-\d\d")


def title_of(parts: Anatomy, format: Format) -> str:
    """Return the title that the front matter gives; empty if it gives none."""
    for line in parts.head or ():
        key, _, value = line.text.partition(":")
        if key == format.head.key_of("title"):
            return _title(value.strip())
    return ""


def file_findings(text: str, *, format: Format | FeatureFormat) -> Iterator[Finding]:
    """Yield what is wrong with the file's characters and line ends."""
    if match := _FORBIDDEN.search(text):
        yield finding("E102", match.span(), repr(match[0]))
    if text.endswith("\n") != format.final_newline:
        wanted = "with" if format.final_newline else "without"
        yield finding("W401", (len(text), len(text)), f"{wanted} a line break")
    for match in re.finditer(r"[ \u3000]+$", text, re.MULTILINE):
        yield finding("W402", match.span())


def head_findings(
    parts: Anatomy, *, format: Format, locale: Locale, file_name: str
) -> Iterator[Finding]:
    """Yield what is wrong with the front matter, and with the file's name."""
    if parts.head is None:
        yield finding("E103", parts.lines[0].span)
        return
    keyed = [(line.text.partition(":")[0], line) for line in parts.head]
    found = [key for key, _ in keyed]
    if found != _keys(format.head, found):
        wanted = ", ".join(_keys(format.head, found))
        yield finding("E104", _place(parts), f"{wanted}; it has {', '.join(found) or 'none'}")
    values = dict(keyed)
    if line := values.get(format.head.key_of("title")):
        yield from _title_findings(line, format)
    if line := values.get(format.head.key_of("date")):
        day = day_printed(locale.title, title_of(parts, format))
        yield from _date_findings(line, format, locale, day=day)
    if line := values.get(format.head.key_of("categories")):
        yield from _category_findings(line, locale)
    if file_name:
        yield from _name_findings(parts, format, locale, file_name)


def _keys(head: Head, found: Sequence[str]) -> list[str]:
    """The keys that the front matter should have, where it has those of *found*."""
    return [key for key in head.values if key in found or key not in head.optional]


def _title_findings(line: Line, format: Format) -> Iterator[Finding]:
    title = _title(_value(line))
    if format.locale_of_title(title) is None:
        yield finding("E105", line.span, _value(line)[:40])


def _date_findings(
    line: Line, format: Format, locale: Locale, *, day: date | None
) -> Iterator[Finding]:
    value = _value(line)
    try:
        moment = read_date(value, line, format=format, locale=locale)
    except FormatError:
        yield finding("E106", line.span, value[:40])
        return
    title = locale.title_of
    if day is not None and title(moment.date()) != title(day):
        yield finding("E107", line.span, f"the title says {day}")
    match = MOMENT.fullmatch(value)
    if match and match["milliseconds"]:
        yield finding("W403", line.span)
    if match and locale.utc_offset and not value.endswith(locale.utc_offset):
        yield finding("W404", line.span, f"{locale.utc_offset} is")


def _category_findings(line: Line, locale: Locale) -> Iterator[Finding]:
    try:
        categories = read_categories(_value(line), line)
    except FormatError:
        yield finding("E108", line.span, _value(line)[:40])
        return
    known = {category.name for category in locale.categories}
    for category in categories:
        if category not in known:
            at = line.start + max(0, line.text.find(category))
            yield finding("W514", (at, at + len(category)), category)
    count = locale.category_count
    if len(categories) not in count:
        yield finding("W513", line.span, f"{len(categories)}, not {count.min} to {count.max}")


def _name_findings(
    parts: Anatomy, format: Format, locale: Locale, file_name: str
) -> Iterator[Finding]:
    if day_printed(format.base_name, file_name) is None:
        yield finding("W405", _place(parts), file_name)
    titled = day_printed(locale.title, title_of(parts, format))
    named = _FILE_DAY.match(file_name)
    printed = day_printed(format.base_name, file_name)
    other = bool(titled and printed and titled != printed)
    if titled and (other or (named and named[0].replace("-", "") != f"{titled:%Y%m%d}")):
        yield finding("E107", _place(parts), f"the file is {file_name}, the title says {titled}")


def _title(value: str) -> str:
    try:
        title = json.loads(value)
    except ValueError:
        return ""
    return title if isinstance(title, str) else ""


def _value(line: Line) -> str:
    return line.text.partition(":")[2].strip()


def _place(parts: Anatomy) -> tuple[int, int]:
    """The front matter's first line: where what has no line of its own is reported."""
    return parts.lines[0].span
