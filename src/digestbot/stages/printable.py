"""Printable: whether a digest, once printed, would read as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digestbot.contract import Format
from digestbot.model import Digest, Item
from digestbot.text.inline import is_paragraph

_BREAKS_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_BREAKS_LINK = re.compile(r"[\s<>\\`\x00-\x1f\x7f]")


def flaw(digest: Digest, *, format: Format) -> str:
    """Return why *digest* cannot be printed so that it reads as it is; empty if it can."""
    return next(_flaws(digest, format), "")


def bare_heading(text: str) -> str:
    """Return the words of a line that may be a heading, without its marks."""
    return text.strip("#>*_ :：")


def headings(format: Format) -> set[str]:
    """Return the words that head a commentary, in all languages of the format."""
    return {locale.heading for locale in format.locales.values()}


def _flaws(digest: Digest, format: Format) -> Iterator[str]:
    yield from _of_paragraph(digest.lead, "the lead")
    if not digest.items:
        yield "a post without items is none"
    for number, item in enumerate(digest.items, 1):
        yield from _of_link(item, f"item {number}")
        yield from _of_paragraph(item.text, f"the text of item {number}")
    for number, paragraph in enumerate(digest.commentary, 1):
        yield from _of_paragraph(paragraph, f"paragraph {number} of the commentary")
    if digest.commentary and bare_heading(digest.commentary[0]) in headings(format):
        yield "the commentary begins with its own heading: that is the layout's"


def _of_link(item: Item, place: str) -> Iterator[str]:
    if not _is_line(item.title):
        yield f"the title of {place} is empty, or not one plain line: {item.title!r}"
    if not item.url.startswith(("http://", "https://")) or _BREAKS_LINK.search(item.url):
        yield f"the link of {place} is no plain http(s) address: {item.url!r}"


def _of_paragraph(text: str, place: str) -> Iterator[str]:
    if not text:
        yield f"{place} is empty"
    elif not _is_line(text) or not is_paragraph(text):
        yield f"{place} is not one paragraph of one line: {text[:40]!r}"


def _is_line(text: str) -> bool:
    return bool(text) and text == text.strip() and not _BREAKS_LINE.search(text)
