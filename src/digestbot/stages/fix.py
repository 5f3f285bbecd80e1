"""fix: a post's text in; the same post with what can be mended without a source out.

Bold that does not show, tracking parameters, alignment of lists, rules, blanks at line ends,
the end of the file, and typography. Nothing else changes: no word, no figure, no link's page.
"""

from __future__ import annotations

from collections.abc import Iterator

from digestbot.contract import Format, Locale
from digestbot.model import Finding
from digestbot.stages import anatomy
from digestbot.stages.alignment import misaligned
from digestbot.stages.anatomy import Anatomy
from digestbot.stages.lint import lint, locale_of
from digestbot.stages.lint_body import paragraphs
from digestbot.stages.lint_rules import Paragraph
from digestbot.stages.lint_type import CODES, titles
from digestbot.text.bold import mend_bold
from digestbot.text.typography import settled
from digestbot.text.urls import without_tracking

ROUNDS = 5
"""Times a post is gone through: one mending may show the next. Two are enough for real posts."""

RULE = "---\n\n"
_TEXTS = {"E304", *CODES.values()}

Edit = tuple[int, int, str]
"""Where characters begin and end, and what stands in their place."""


def fix(text: str, *, format: Format) -> str:
    """Return *text* mended; what is left to say of it, lint says. To fix twice changes nothing."""
    for _ in range(ROUNDS):
        edits = _edits(text, format)
        if not edits:
            break
        for start, end, mended in reversed(edits):
            text = text[:start] + mended + text[end:]
    return text


def _edits(text: str, format: Format) -> list[Edit]:
    """What to write where, in the order of the text; none overlaps another."""
    parts = anatomy.dissect(text, format=format)
    findings = lint(text, format=format)
    found = [edit for each in findings for edit in _of_line(each, text, parts, format)]
    if any(each.code in _TEXTS for each in findings):
        found += _of_texts(parts, locale_of(parts, format))
    edits: list[Edit] = []
    for start, end, mended in sorted(found):
        if text[start:end] != mended and (not edits or start >= edits[-1][1]):
            edits.append((start, end, mended))
    return edits


def _of_line(found: Finding, text: str, parts: Anatomy, format: Format) -> Iterator[Edit]:
    start, end = found.span
    if found.code == "W401":
        body = text.rstrip("\n")
        yield len(body), len(text), "\n" * format.final_newline
    elif found.code == "W402":
        yield start, end, ""
    elif found.code == "W406":
        yield start, start, "\n"
    elif found.code in {"W407", "W408"}:
        above = next(
            (line for line in parts.lines if line.start + len(line.text) + 1 == start), None
        )
        is_close = above is not None and not above.is_blank
        yield start, start, "\n" * is_close + RULE
    elif found.code == "W413":
        yield (
            start,
            end,
            next(blanks for span, blanks in misaligned(parts, format=format) if span == found.span),
        )
    elif found.code == "W515" and "&amp;" not in text[start:end]:
        yield start, end, without_tracking(text[start:end])


def _of_texts(parts: Anatomy, locale: Locale) -> Iterator[Edit]:
    for title in titles(parts):
        yield *title.span, settled(title.text, locale.typography)
    for each in paragraphs(parts):
        yield *each.span, _mended(each, locale)


def _mended(text: Paragraph, locale: Locale) -> str:
    """*text* as it is set, its bold showing; without a blank at either end that was not there."""
    mended = mend_bold(settled(text.text, locale.typography)).strip()
    return mended or text.text
