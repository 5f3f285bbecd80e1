"""Lint, how the texts are set: the typography of the format's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from digestbot.model import Finding, Typography
from digestbot.stages.anatomy import Anatomy
from digestbot.stages.lint_body import paragraphs
from digestbot.stages.lint_rules import Paragraph, finding
from digestbot.text.typography import slips

CODES = {"punctuation": "W561", "spacing": "W562", "quotes": "W563", "doubled": "W564"}
"""The code of each rule of typography."""

SHOWN = 6
"""Characters on either side of a slip that are shown with it."""


def texts_of(parts: Anatomy) -> list[Paragraph]:
    """Return the titles and the paragraphs of a post."""
    return [*titles(parts), *paragraphs(parts)]


def type_findings(texts: Sequence[Paragraph], *, typography: Typography) -> Iterator[Finding]:
    """Yield where *texts* are set otherwise: once for each rule, with its first place."""
    for text in texts:
        found = sorted(slips(text.text, typography), key=lambda slip: slip.rule)
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
