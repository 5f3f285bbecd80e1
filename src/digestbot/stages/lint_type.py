"""Lint, how the texts are set: the typography of the format's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from digestbot.contract import Locale
from digestbot.model import Finding
from digestbot.stages.anatomy import Anatomy
from digestbot.stages.lint_body import paragraphs
from digestbot.stages.lint_rules import Paragraph, finding
from digestbot.text.typography import slips

CODES = {"punctuation": "W541", "spacing": "W542", "quotes": "W543", "doubled": "W544"}
"""The code of each rule of typography."""

SHOWN = 6
"""Characters on either side of a slip that are shown with it."""


def type_findings(parts: Anatomy, *, locale: Locale) -> Iterator[Finding]:
    """Yield where texts are set otherwise: once a paragraph for each rule, with its first place."""
    return type_findings_in([*titles(parts), *paragraphs(parts)], locale=locale)


def type_findings_in(texts: Sequence[Paragraph], *, locale: Locale) -> Iterator[Finding]:
    """Yield where *texts* are set otherwise than *locale* sets them."""
    for text in texts:
        found = sorted(slips(text.text, locale.typography), key=lambda slip: slip.rule)
        for rule, same in groupby(found, key=lambda slip: slip.rule):
            first, *others = same
            shown = text.text[max(0, first.start - SHOWN) : first.end + SHOWN]
            more = f", and {len(others)} more" if others else ""
            span = (text.start + first.start, text.start + first.end)
            yield finding(CODES[rule], span, f"“{shown}”{more}")


def titles(parts: Anatomy) -> list[Paragraph]:
    """Return the titles of a post's items."""
    links = [item.link for item in parts.items if item.link]
    return [Paragraph(text=link.title, start=link.title_at) for link in links]
