"""Lint, the sections of a post and their stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digestbot.contract import Format, Limits, Locale
from digestbot.model import Finding
from digestbot.stages import anatomy
from digestbot.stages.anatomy import Anatomy, Item
from digestbot.stages.chapters import names_day
from digestbot.stages.lint_rules import finding, paragraph
from digestbot.text.inline import bold_spans, visible, visible_length
from digestbot.text.sentences import sentences


def section_findings(parts: Anatomy, *, format: Format, locale: Locale) -> Iterator[Finding]:
    """Yield what is wrong with the sections, where the format has them, and with their stories."""
    if not locale.sections:
        return
    yield from _head_findings(parts, format)
    counts = Counter(item.section for item in parts.items)
    for head in parts.section_heads:
        if counts[head.name] not in locale.limits.section:
            yield finding("W521", head.line.span, f"{counts[head.name]} in {head.name}")
    for item in parts.items:
        yield from _story_findings(item, locale.limits)


def plain_findings(parts: Anatomy, *, format: Format) -> Iterator[Finding]:
    """Yield what a post without markup lacks."""
    title, end = parts.lines[0], parts.lines[-1].span
    if format.locale_of_title(title.text) is None:
        yield finding("E105", title.span, title.text[:40])
    if not parts.lead:
        yield finding("E301", end)
    if not parts.items:
        yield finding("E201", end)
    for item in parts.items:
        if not item.below:
            yield finding("E204", item.line.span)


def _head_findings(parts: Anatomy, format: Format) -> Iterator[Finding]:
    """Sections that are on no list, or on one but not in its order or without their number."""
    names = [head.name for head in parts.section_heads]
    lists = [[section.name for section in each.sections] for each in format.locales.values()]
    known = next((each for each in lists if set(names) <= set(each)), None)
    if known is None:
        every = {name for each in lists for name in each}
        for head in parts.section_heads:
            if head.name not in every:
                yield finding("E212", head.line.span, head.name)
        return
    ordered = sorted(set(names), key=known.index)
    numbers = [head.number for head in parts.section_heads]
    if names != ordered or numbers != list(range(1, len(numbers) + 1)):
        yield finding("E211", parts.section_heads[0].line.span)


def _story_findings(item: Item, limits: Limits) -> Iterator[Finding]:
    blocks = anatomy.blocks(item.below)
    if not blocks:
        return  # an error says so
    lines = [paragraph(line) for block in blocks for line in block]
    span = (lines[0].start, lines[-1].span[1])
    title = item.link.title if item.link else ""
    length = sum(visible_length(line.text) for line in lines)
    measures = (
        ("W502", visible_length(title), limits.headline, item.line.span),
        ("W503", length, limits.summary, span),
        (
            "W504",
            sum(len(sentences(visible(line.text))) for line in lines),
            limits.summary_sentences,
            span,
        ),
        ("W505", sum(len(bold_spans(line.text)) for line in lines), limits.summary_bold, span),
        ("W522", len(blocks), limits.paragraphs, span),
    )
    for code, number, wanted, where in measures:
        if number not in wanted:
            yield finding(code, where, f"{number}, not {wanted.min} to {wanted.max}")
    if not names_day(lines[0].text):
        yield finding("W523", lines[0].span)
