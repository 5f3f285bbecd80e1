"""chapters: what code writes of a story in a section, and of the sections of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from zoneinfo import ZoneInfo

from digestbot.contract import Locale
from digestbot.model import Edition, Summary
from digestbot.stages.excerpt import UNSPACED
from digestbot.text.facts import Moment, find_facts
from digestbot.text.languages import language_of
from digestbot.text.replies import visible
from digestbot.text.sentences import sentences

SECOND = timedelta(seconds=1)


def contents(summaries: Sequence[Summary], *, edition: Edition, locale: Locale) -> str:
    """Return the sentence that says of which time an edition is, and names its sections."""
    names = list(dict.fromkeys(each.section for each in summaries))
    first = (edition.since + SECOND).astimezone(ZoneInfo(edition.timezone)).date()
    return locale.phrase(
        "lead_sections",
        first=first,
        last=edition.closes.date(),
        sections=locale.phrase("list_separator").join(names),
    )


def paragraphs_of(summary: Summary, *, edition: Edition, locale: Locale) -> list[str]:
    """Return a story's text in paragraphs about equally long, the first with its date."""
    said = sentences(summary.text)
    most = locale.limits.paragraphs.max
    length = max(1, locale.limits.summary.max // most)
    count = max(1, min(most, len(said), ceil(len(summary.text) / length)))
    gap = "" if language_of(visible(summary.text)) in UNSPACED else " "
    texts = [gap.join(group) for group in _even(said, count)]
    return [_dated(texts[0], summary, edition=edition, locale=locale), *texts[1:]]


def names_day(text: str) -> bool:
    """Whether the first sentence of *text* says on which day something was."""
    opening = visible((sentences(text) or [""])[0])
    return any(_is_day(value) for fact in find_facts(opening) for value in fact.values)


def _even(said: Sequence[str], count: int) -> list[list[str]]:
    """*said* in *count* groups of about the same length, in order."""
    whole = sum(map(len, said)) or 1
    groups: list[list[str]] = [[] for _ in range(count)]
    before = 0
    for sentence in said:
        middle = before + len(sentence) / 2
        groups[min(count - 1, int(middle / whole * count))].append(sentence)
        before += len(sentence)
    return [group for group in groups if group]


def _dated(text: str, summary: Summary, *, edition: Edition, locale: Locale) -> str:
    """*text*, behind the day of its report where its first sentence names no day."""
    published = summary.story.lead.published.astimezone(ZoneInfo(edition.timezone)).date()
    if names_day(text):
        return text
    return locale.phrase("dated", when=published) + text


def _is_day(value: object) -> bool:
    return isinstance(value, Moment) and {"month", "day"} <= {name for name, _ in value.parts}
