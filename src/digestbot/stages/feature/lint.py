"""Lint a feature: its head, its hook, its sections and its close are held to the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from digestbot.contract import Range
from digestbot.contract_feature import FeatureFormat, FeatureLocale
from digestbot.model import Finding
from digestbot.stages.anatomy import Line
from digestbot.stages.feature.rules import feature_finding
from digestbot.stages.lint_body import prose_findings, refusal_findings
from digestbot.stages.lint_head import file_findings
from digestbot.stages.lint_rules import Paragraph, finding, paragraph
from digestbot.stages.lint_type import type_findings
from digestbot.text.inline import bold_spans, visible, visible_length
from digestbot.text.languages import language_of


@dataclass(slots=True)
class _Block:
    """A heading (None: what stands before the first) and the paragraphs under it."""

    heading: Line | None
    words: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)


def lint_feature(text: str, *, format: FeatureFormat) -> list[Finding]:
    """Return what is wrong with a feature, in the order of its text; spans are offsets.

    Its language is that of its headings, or of its text. Its transcript is the
    page's own and has no limits and no typography, but may hold no markup.
    """
    if not text.strip():
        return [finding("E101", (0, len(text)))]
    lines = _lines(text)
    head, body = _front(lines, format)
    blocks = _blocks(body, format)
    locale = _locale(blocks, format)
    findings = [
        *file_findings(text, format=format),
        *_head_findings(head, lines[0], format=format, locale=locale),
        *refusal_findings(text, format=format),
        *_block_findings(blocks, lines[-1], locale),
    ]
    for block in blocks:
        for prose in block.paragraphs:
            if not _is_source_line(prose.text, locale):
                findings += prose_findings(prose)
                if block.words != locale.transcript:
                    findings += type_findings([prose], typography=locale.typography)
    return sorted(findings, key=lambda found: (found.span, found.code))


def _lines(text: str) -> list[Line]:
    lines, start = [], 0
    for number, content in enumerate(text.split("\n"), 1):
        lines.append(Line(number=number, start=start, text=content))
        start += len(content) + 1
    return lines


def _front(
    lines: Sequence[Line], format: FeatureFormat
) -> tuple[Sequence[Line] | None, Sequence[Line]]:
    opening, closing = format.head.fence
    if lines[0].text == opening:
        for place, line in enumerate(lines[1:], 1):
            if line.text == closing:
                below = lines[place + 1 :]
                titles = [line for line in below if line.text.startswith("# ")][:1]
                named = titles if format.head.title_below else []
                return lines[1:place], [line for line in below if line not in named]
    return None, lines


def _blocks(lines: Sequence[Line], format: FeatureFormat) -> list[_Block]:
    blocks = [_Block(heading=None)]
    for line in lines:
        if line.text.startswith(format.mark):
            blocks.append(_Block(heading=line, words=visible(line.text[len(format.mark) :])))
        elif not line.is_blank and not line.text.startswith(f"#{format.mark}"):
            blocks[-1].paragraphs.append(paragraph(line))
    return blocks


def _locale(blocks: Sequence[_Block], format: FeatureFormat) -> FeatureLocale:
    words = {block.words for block in blocks}
    for locale in format.locales.values():
        if locale.close in words:
            return locale
    text = "\n".join(prose.text for block in blocks for prose in block.paragraphs)
    locales = format.locales
    return locales.get(language_of(text)) or next(iter(locales.values()))


def _head_findings(
    head: Sequence[Line] | None, first: Line, *, format: FeatureFormat, locale: FeatureLocale
) -> Iterator[Finding]:
    if head is None:
        yield finding("E103", first.span)
        return
    values = {line.text.partition(":")[0]: line for line in head}
    wanted = [key for key in format.head.values if key in values or key != _key(format, "source")]
    if list(values) != wanted:
        yield finding("E104", first.span, f"{', '.join(wanted)}; it has {', '.join(values)}")
    if line := values.get(_key(format, "title")):
        title = _quoted(line)
        if not title:
            yield finding("E105", line.span, line.text[:40])
        else:
            yield from _off("W541", line.span, len(title), locale.limits.title)
    if line := values.get(_key(format, "date")):
        yield from _date_findings(line, format)
    source = values.get(_key(format, "source"))
    if source and not _quoted(source).startswith(("http://", "https://")):
        yield feature_finding("E325", source.span, source.text[:40])


def _date_findings(line: Line, format: FeatureFormat) -> Iterator[Finding]:
    try:
        moment = datetime.fromisoformat(line.text.partition(":")[2].strip())
    except ValueError:
        moment = None
    is_local = format.head.date_form == "local"
    if moment is None or (moment.tzinfo is None) != is_local:
        yield finding("E106", line.span, line.text[:40])


def _key(format: FeatureFormat, value: str) -> str:
    return format.head.key_of(value)


def _quoted(line: Line) -> str:
    try:
        value = json.loads(line.text.partition(":")[2].strip())
    except ValueError:
        return ""
    return value if isinstance(value, str) else ""


def _block_findings(
    blocks: Sequence[_Block], last: Line, locale: FeatureLocale
) -> Iterator[Finding]:
    limits = locale.limits
    hook, *rest = blocks
    if not hook.paragraphs:
        yield feature_finding("E321", last.span)
    for prose in hook.paragraphs:
        yield from _length("W542", prose, limits.hook)
    ends = (locale.close, locale.transcript)
    sections = [block for block in rest if block.words not in ends]
    if not sections:
        yield feature_finding("E322", last.span)
    yield from _off("W543", last.span, len(sections), limits.sections)
    for section in sections:
        yield from _section_findings(section, locale)
    close = next((block for block in rest if block.words == locale.close), None)
    said = (
        [each for each in close.paragraphs if not _is_source_line(each.text, locale)]
        if close
        else []
    )
    if not said:
        yield feature_finding("E324", last.span)
    for prose in said:
        yield from _length("W548", prose, limits.close)


def _section_findings(section: _Block, locale: FeatureLocale) -> Iterator[Finding]:
    limits = locale.limits
    span = section.heading.span if section.heading else (0, 0)
    if not section.paragraphs:
        yield feature_finding("E323", span, section.words)
    else:
        yield from _off("W545", span, len(section.paragraphs), limits.paragraphs)
    yield from _off("W544", span, len(section.words), limits.heading)
    for prose in section.paragraphs:
        yield from _length("W546", prose, limits.paragraph)
        yield from _off("W547", prose.span, len(bold_spans(prose.text)), limits.bold)


def _length(code: str, prose: Paragraph, limit: Range) -> Iterator[Finding]:
    yield from _off(code, prose.span, visible_length(prose.text), limit)


def _off(code: str, span: tuple[int, int], number: int, limit: Range) -> Iterator[Finding]:
    if number not in limit:
        yield feature_finding(code, span, f"{number}, not {limit.min} to {limit.max}")


def _is_source_line(text: str, locale: FeatureLocale) -> bool:
    before, _, after = locale.source_line.partition("{link}")
    return text.startswith(f"{before}[") and text.endswith(f"){after}")
