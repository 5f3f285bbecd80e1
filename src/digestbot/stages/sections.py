"""Sections: each story has one of the format's closed list, and they come in its order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from digestbot.contract import Locale, Section
from digestbot.model import Edition, Remark, Skipped, Story, Summary
from digestbot.stages.excerpt import speaks
from digestbot.text.facts import Moment, find_facts
from digestbot.text.sentences import sentences

IN_HEADLINE = 3
"""How many words in a text one in the headline is worth: headlines say what a story is of."""

LEAST = 2
"""What must speak for a section: one word in the headline, or two in the text."""

OPENING = 3
"""Sentences in which a report says what it is about, and when that is."""

REACH = 3
"""The stories that are looked at, as a multiple of those that are told: a section for which a
month had no news that matters stays short, or is left out."""

ADVANCE = "announces what comes after this edition's time: on {}"


def section_of(headline: str, text: str, *, locale: Locale) -> str:
    """Return the section for which most words of a story speak; the default where none does."""
    return spoken_for(headline, text, locale=locale) or locale.default_section


def spoken_for(headline: str, text: str, *, locale: Locale) -> str:
    """Return the section for which most words of a story speak; empty where too few do."""
    title = headline.casefold()
    opening = " ".join(sentences(text)[:OPENING]).casefold()
    scores = {
        section.name: sum(
            IN_HEADLINE * speaks(word, title) + speaks(word, opening) for word in section.keywords
        )
        for section in locale.sections
        if _admits(section, title)
    }
    best = max(scores, key=lambda name: scores[name], default="")
    return best if scores.get(best, 0) >= LEAST else ""


def sections_of(stories: Iterable[Story], *, locale: Locale) -> list[str]:
    """Return the section of each story by its publisher's words; empty names without sections."""
    if not locale.sections:
        return ["" for _ in stories]
    return [section_of(each.lead.title, each.lead.text, locale=locale) for each in stories]


def within_reach(
    stories: Sequence[Story], *, locale: Locale, limit: int
) -> tuple[list[Story], list[Remark]]:
    """Return the *stories*, best first, that may go into an edition of *limit*, and a remark
    for each other one; without sections all of them.
    """
    best = REACH * limit if locale.sections else len(stories)
    return list(stories[:best]), [
        Skipped(
            stage="choose",
            subject=story.lead.url,
            reason=f"beyond the best {best}",
            title=story.lead.title,
        )
        for story in stories[best:]
    ]


def of_its_time(
    stories: Sequence[Story], *, locale: Locale, edition: Edition, last: date
) -> tuple[list[Story], list[Remark]]:
    """Return *stories* without announcements of events after *last*, and a remark for each.

    Only in sections that want none of them, and only where the title and the
    first sentences name no other day.
    """
    closed = {section.name for section in locale.sections if not section.coming}
    kept: list[Story] = []
    remarks: list[Remark] = []
    for story, name in zip(stories, sections_of(stories, locale=locale), strict=True):
        day = _coming(story, edition=edition, last=last) if name in closed else None
        if day is None:
            kept.append(story)
        else:
            reason = ADVANCE.format(day)
            lead = story.lead
            remarks.append(
                Skipped(stage="choose", subject=lead.url, reason=reason, title=lead.title)
            )
    return kept, remarks


def arranged(summaries: Sequence[Summary], *, locale: Locale) -> list[Summary]:
    """Return *summaries* by section, in the order they come in within each.

    A section that was given by a model stays if it is on the list and admits the
    headline; otherwise the keywords decide.
    """
    if not locale.sections:
        return list(summaries)
    names = [section.name for section in locale.sections]
    placed = [replace(each, section=_placed(each, locale)) for each in summaries]
    return sorted(placed, key=lambda each: names.index(each.section))


def within(summaries: Sequence[Summary], *, most: int) -> tuple[list[Summary], list[Remark]]:
    """Return at most *most* stories of each section, the first ones, and a remark for each other.

    A model may have put more into one than were chosen for it.
    """
    counts: dict[str, int] = {}
    kept: list[Summary] = []
    remarks: list[Remark] = []
    for each in summaries:
        counts[each.section] = counts.get(each.section, 0) + 1
        if not each.section or counts[each.section] <= most:
            kept.append(each)
            continue
        lead = each.story.lead
        reason = f"{each.section} has its {most} stories already"
        remarks.append(Skipped(stage="choose", subject=lead.url, reason=reason, title=lead.title))
    return kept, remarks


def _placed(summary: Summary, locale: Locale) -> str:
    headlines = (summary.headline.casefold(), summary.story.lead.title.casefold())
    for section in locale.sections:
        if section.name == summary.section and all(_admits(section, each) for each in headlines):
            return section.name
    headline = f"{summary.headline} {summary.story.lead.title}"
    return section_of(headline, summary.text, locale=locale)


def _admits(section: Section, title: str) -> bool:
    return not any(speaks(word, title) for word in section.unless)


def _coming(story: Story, *, edition: Edition, last: date) -> date | None:
    """The first day that a story names, if all that it names are after *last*."""
    lead = story.lead
    published = lead.published.astimezone(ZoneInfo(edition.timezone)).date()
    text = "\n".join((lead.title, *sentences(lead.text)[:OPENING]))
    found = [
        days
        for fact in find_facts(text, published=published)
        if fact.kind == "date" and (days := list(_days(fact.values)))
    ]
    earliest = min((min(days) for days in found), default=None)
    return earliest if earliest and earliest > last else None


def _days(values: Iterable[object]) -> Iterable[date]:
    for value in values:
        parts = dict(value.parts) if isinstance(value, Moment) else {}
        if {"year", "month"} <= parts.keys():
            yield date(parts["year"], parts["month"], parts.get("day", 1))
