"""Lint, what real posts vary in: the layout, and the measures of the house's style."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digestbot.contract import Format, Limits, Locale, Range, matched
from digestbot.errors import FormatError
from digestbot.model import Finding
from digestbot.stages import anatomy
from digestbot.stages.anatomy import Anatomy, Item
from digestbot.stages.lint_rules import Paragraph, finding, paragraph
from digestbot.stages.parse import parse
from digestbot.stages.printable import flaw, heading_marks
from digestbot.stages.render import render
from digestbot.text.inline import bold_spans, is_paragraph, visible, visible_length
from digestbot.text.sentences import sentences

_SCRIPTS = {"zh": re.compile("[\u3400-\u9fff]"), "en": re.compile("[A-Za-z]")}
"""What a title has if it is in the language."""

_ENDS = "。！？.!?…"
_CLOSERS = "”’」』）)】》\"'* "


def layout_findings(parts: Anatomy, *, format: Format, locale: Locale) -> Iterator[Finding]:
    """Yield where the layout is not the format's own."""
    house = format.layout
    if parts.head is not None and parts.body and not parts.body[0].is_blank:
        yield finding("W406", parts.body[0].span)
    if parts.items and house.rule_after_lead and not parts.rule_after_lead:
        yield finding("W407", parts.items[0].line.span)
    if len(anatomy.blocks(parts.lead)) > (2 if locale.sections else 1):
        yield finding("W411", parts.lead[0].span)
    if not parts.commentary:
        return
    if house.rule_before_commentary and not parts.rule_before_commentary:
        yield finding("W408", (parts.heading or parts.commentary[0]).span)
    pattern = heading_marks(format)[house.heading].format(locale.heading)
    if pattern and not (parts.heading and matched(pattern, parts.heading.text)):
        yield finding("W409", (parts.heading or parts.commentary[0]).span)


def print_findings(text: str, *, format: Format, locale: Locale) -> Iterator[Finding]:
    """Yield the first line that would come back otherwise from parse and render."""
    try:
        digest = parse(text, format=format)
        printed = render(digest, format=format, language=locale.language)
    except FormatError:
        return  # errors have been found, and say more
    start = 0
    for was, is_now in zip(text.split("\n"), [*printed.split("\n"), ""], strict=False):
        if was != is_now:
            yield finding("W412", (start, start + len(was)))
            return
        start += len(was) + 1
    if digest.layout.loose:
        yield finding("W412", (0, 0), flaw(digest, format=format))


def style_findings(parts: Anatomy, *, locale: Locale) -> Iterator[Finding]:
    """Yield the measures that are outside of the house's."""
    limits = locale.limits
    if parts.items and len(parts.items) not in limits.items:
        yield _outside("W501", len(parts.items), limits.items, parts.items[0].line.span)
    for item in () if locale.sections else parts.items:
        yield from _item_findings(item, locale)
    if parts.lead:
        lead = [paragraph(line) for line in parts.lead if not line.is_blank]
        lead = lead[:1] if locale.sections else lead  # the second is code's
        yield from _lead_findings(lead, limits)
    if parts.top:
        yield from _top_findings(parts, limits)
    blocks = anatomy.blocks(parts.commentary)
    if not locale.limits.commentary.max:
        return
    if blocks:
        yield from _commentary_findings(
            [paragraph(line) for block in blocks for line in block], len(blocks), limits
        )
    else:
        yield finding("W512", parts.lines[-1].span)


def _item_findings(item: Item, locale: Locale) -> Iterator[Finding]:
    limits = locale.limits
    if item.link:
        title, at = locale.unmarked(item.link.title), item.link.title_at
        span = (at, at + len(item.link.title))
        yield from _measured("W502", visible_length(title), limits.headline, span)
        script = _SCRIPTS.get(locale.language)
        if script and not script.search(title):
            yield finding("W516", span)
    below = [paragraph(line) for line in item.below if not line.is_blank]
    if below:
        text = below[-1].text
        yield from _measured("W503", visible_length(text), limits.summary, below[-1].span)
        count = len(sentences(visible(text)))
        yield from _measured("W504", count, limits.summary_sentences, below[-1].span)
        yield from _measured("W505", len(bold_spans(text)), limits.summary_bold, below[-1].span)
        if not text.rstrip(_CLOSERS).endswith(tuple(_ENDS)):
            yield finding("W519", below[-1].span, f"“{text[-8:]}”")


def _lead_findings(lead: Sequence[Paragraph], limits: Limits) -> Iterator[Finding]:
    text, span = "\n".join(part.text for part in lead), (lead[0].start, lead[-1].span[1])
    yield from _measured("W506", visible_length(text), limits.lead, span)
    yield from _measured("W507", len(sentences(visible(text))), limits.lead_sentences, span)
    yield from _measured("W508", len(bold_spans(text)), limits.lead_bold, span)
    yield from _structure(lead)


def _top_findings(parts: Anatomy, limits: Limits) -> Iterator[Finding]:
    lines = [paragraph(line) for line in parts.top if not line.is_blank]
    span = (lines[0].start, lines[-1].span[1])
    for line in lines:
        yield from _measured("W531", visible_length(line.text), limits.top, line.span)
    yield from _measured("W532", len(lines), limits.top_paragraphs, span)
    bold = sum(len(bold_spans(line.text)) for line in lines)
    yield from _measured("W533", bold, limits.top_bold, span)
    yield from _structure(lines)


def _commentary_findings(
    lines: Sequence[Paragraph], count: int, limits: Limits
) -> Iterator[Finding]:
    span = (lines[0].start, lines[-1].span[1])
    length = sum(visible_length(line.text) for line in lines)
    bold = sum(len(bold_spans(line.text)) for line in lines)
    yield from _measured("W509", length, limits.commentary, span)
    yield from _measured("W510", count, limits.commentary_paragraphs, span)
    yield from _measured("W511", bold, limits.commentary_bold, span)
    yield from _structure(lines)


def _structure(lines: Sequence[Paragraph]) -> Iterator[Finding]:
    for line in lines:
        if not is_paragraph(line.text):
            yield finding("W518", line.span, f"“{line.text[:12]}”")


def _measured(code: str, number: int, wanted: Range, span: tuple[int, int]) -> Iterator[Finding]:
    if number not in wanted:
        yield _outside(code, number, wanted, span)


def _outside(code: str, number: int, wanted: Range, span: tuple[int, int]) -> Finding:
    return finding(code, span, f"{number}, not {wanted.min} to {wanted.max}")
