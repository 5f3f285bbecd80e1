"""Plain: a post without any markup, where only a line's length and its end tell what it is.

A title is a short line without a Chinese full stop, or an English one at its end;
the line behind it belongs to the story's text even where it looks like one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, tzinfo
from itertools import pairwise

from digestbot.contract import Format, Locale, day_printed
from digestbot.errors import FormatError
from digestbot.model import Digest, FrontMatter
from digestbot.stages.numbered import Item, Line, Link, trimmed
from digestbot.stages.sectioned import SectionHead, unlinked

LONG_TITLE = 2
"""Times the limit for headlines, up to which a line may be a title."""

_ENDS = (".", "．")
_NUMBER = re.compile(r"\d{1,3}")
_ADDRESS = re.compile(r"https?://\S+")
_MONTH = re.compile(r"(?P<Y>\d{4})\s*[年.-]\s*(?P<m>\d{1,2})(?!\d)")


def parted(
    lines: Sequence[Line], format: Format, *, title: str
) -> tuple[tuple[Line, ...], tuple[SectionHead, ...], tuple[Item, ...]]:
    """Return the lead, the sections' heads and the stories of a post titled *title*."""
    full = [line for line in lines if not line.is_blank]
    heads = list(_heads(full, format))
    first = heads[0].line.number if heads else math.inf
    before = [line for line in lines if line.number < first]
    own = next((line for line in before if not line.is_blank), None)
    if own and own.text in {each.headings.get("lead") for each in format.locales.values()}:
        before = before[before.index(own) + 1 :]
    locale = locale_of(title, format)
    return trimmed(before), tuple(heads), tuple(_stories(lines, heads, locale))


def locale_of(title: str, format: Format) -> Locale:
    """Return the locale of a post's title, or else the format's first."""
    return format.locale_of_title(title) or next(iter(format.locales.values()))


def is_title(text: str, locale: Locale) -> bool:
    """Whether a line can only be a title."""
    longest = LONG_TITLE * locale.limits.headline.max
    return len(text) <= longest and "。" not in text and not text.endswith(_ENDS)


def front_of(title: str, format: Format) -> FrontMatter:
    """Return all that a plain post's title says: with the first day of its time.

    Raises ``FormatError`` where it says no month.
    """
    locale = locale_of(title, format)
    return front(title, _day_of(title, locale), locale)


def front(title: str, day: date, locale: Locale) -> FrontMatter:
    """Return the front matter of a plain post of *day*'s time."""
    moment = datetime(day.year, day.month, day.day, tzinfo=_zone(locale))
    return FrontMatter(title=title, date=moment, categories=())


def flaws_of(digest: Digest, format: Format) -> Iterator[str]:
    """Yield why *digest* would not read as it is without markup."""
    title = digest.front_matter.title
    locale = locale_of(title, format)
    if digest.front_matter != front_of(title, format):
        yield "a plain post has no date but its title's, and no categories"
    if any(_NUMBER.fullmatch(text) for text in digest.lead.split("\n\n")):
        yield "a paragraph of the lead would be taken for a section's number"
    for number, item in enumerate(digest.items, 1):
        texts = item.text.split("\n\n")
        if not is_title(item.title, locale):
            yield f"the title of item {number} would be taken for a paragraph: {item.title!r}"
        if any(is_title(text, locale) for text in texts[1:]):
            yield f"a paragraph of item {number} would be taken for a title"
        if any(_NUMBER.fullmatch(text) for text in (item.title, texts[0])):
            yield f"item {number} holds what would be taken for a section's number"
        if any(_ADDRESS.fullmatch(text) for text in texts):
            yield f"a paragraph of item {number} would be taken for its address"


def _day_of(title: str, locale: Locale) -> date:
    day = day_printed(locale.title, title)
    found = _MONTH.search(title)
    try:
        return day or date(int(found["Y"]), int(found["m"]), 1)  # type: ignore[index]
    except (TypeError, ValueError):
        raise FormatError(f"line 1: the title says no month: {title[:40]!r}") from None


def _zone(locale: Locale) -> tzinfo:
    return datetime.strptime(locale.utc_offset, "%z").tzinfo or UTC if locale.utc_offset else UTC


def _heads(full: Sequence[Line], format: Format) -> Iterator[SectionHead]:
    """The lines that are a number, with the section's name on the next one."""
    names = {each.name for locale in format.locales.values() for each in locale.sections}
    for line, below in pairwise(full):
        if _NUMBER.fullmatch(line.text) and below.text in names:
            yield SectionHead(line=line, number=int(line.text), name=below.text)


def _stories(lines: Sequence[Line], heads: Sequence[SectionHead], locale: Locale) -> Iterator[Item]:
    number = 0
    starts = [head.line.number for head in heads]
    for head, end in zip(heads, [*starts[1:], math.inf], strict=False):
        inside = [line for line in lines if head.line.number < line.number < end]
        named = next(n for n, line in enumerate(inside) if line.text == head.name)
        for group in _groups(inside[named + 1 :], locale):
            number += 1
            yield _story(group, head.name, number=number)


def _groups(lines: Sequence[Line], locale: Locale) -> list[list[Line]]:
    """*lines* from one title to the next."""
    groups: list[list[Line]] = []
    told = True
    for line in lines:
        begins = told and is_title(line.text, locale) and not _ADDRESS.fullmatch(line.text)
        if not line.is_blank and (not groups or begins):
            groups.append([line])
            told = False
        elif groups:
            groups[-1].append(line)
            told = told or not line.is_blank
    return groups


def _story(group: Sequence[Line], section: str, *, number: int) -> Item:
    line, below = group[0], trimmed(group[1:])
    link = unlinked(line, 0)
    if below and _ADDRESS.fullmatch(below[-1].text):
        last = below[-1]
        link = Link(
            title=link.title, title_at=link.title_at, url=last.text, url_at=last.start, titles=""
        )
        below = trimmed(below[:-1])
    return Item(line=line, number=number, link=link, text_column=0, below=below, section=section)
