"""Lint: a post's text is held to its format's contract.

What each code means is in :mod:`digestbot.stages.lint_rules`.
"""

from __future__ import annotations

from digestbot.contract import Format, Locale
from digestbot.model import Finding
from digestbot.stages import anatomy
from digestbot.stages.lint_body import body_findings, refusal_findings
from digestbot.stages.lint_head import file_findings, head_findings, title_of
from digestbot.stages.lint_rules import finding
from digestbot.stages.lint_sections import plain_findings, section_findings
from digestbot.stages.lint_signs import sign_findings
from digestbot.stages.lint_style import layout_findings, print_findings, style_findings
from digestbot.stages.lint_type import texts_of, type_findings


def lint(text: str, *, format: Format, file_name: str = "") -> list[Finding]:
    """Return what is wrong with a post, in the order of its text; spans are offsets.

    Its language is that of its title; a post without a title of ours is taken
    to be in the format's first language.
    """
    if not text.strip():
        return [finding("E101", (0, len(text)))]
    parts = anatomy.dissect(text, format=format)
    locale = locale_of(parts, format)
    if format.layout.markup == "plain":
        found = [
            *file_findings(text, format=format),
            *plain_findings(parts, format=format),
            *refusal_findings(text, format=format),
            *section_findings(parts, format=format, locale=locale),
            *print_findings(text, format=format, locale=locale),
        ]
        return sorted(found, key=lambda each: (each.span, each.code))
    findings = [
        *file_findings(text, format=format),
        *head_findings(parts, format=format, locale=locale, file_name=file_name),
        *body_findings(parts, format=format),
        *refusal_findings(text, format=format),
        *layout_findings(parts, format=format, locale=locale),
        *print_findings(text, format=format, locale=locale),
        *style_findings(parts, locale=locale),
        *sign_findings(parts, locale=locale),
        *type_findings(texts_of(parts), typography=locale.typography),
        *section_findings(parts, format=format, locale=locale),
    ]
    return sorted(findings, key=lambda found: (found.span, found.code))


def locale_of(parts: anatomy.Anatomy, format: Format) -> Locale:
    """Return the locale of a post: that of its title, or else the format's first."""
    title = title_of(parts, format)
    return format.locale_of_title(title) or next(iter(format.locales.values()))


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, both from 1."""
    before = text[:offset]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
