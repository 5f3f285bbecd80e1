"""Printable: whether a digest, once printed, would read as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digestbot.contract import HEADLINE, Format, matched
from digestbot.model import HEADINGS, Digest, Item, Layout, Top
from digestbot.stages import plain
from digestbot.text.inline import is_paragraph

_BREAKS_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]")
_BREAKS_LINK = re.compile(r"[\s<>\\`\x00-\x1f\x7f]")


def flaw(digest: Digest, *, format: Format) -> str:
    """Return why *digest* cannot be printed so that it reads as it is; empty if it can."""
    return next(_flaws(digest, format), "")


def bare_heading(text: str) -> str:
    """Return the words of a line that may be a heading, without its marks."""
    return text.strip("#>*_ :：")


def heading_marks(format: Format) -> dict[str, str]:
    """Return how each of ``model.HEADINGS`` sets its words, as a pattern."""
    level = "#" * format.heading_level
    patterns = (f"{level} {{}}", f"{level} **{{}}**", "**{}**", "")
    return dict(zip(HEADINGS, patterns, strict=True))


def is_address(url: str) -> bool:
    """Whether *url* is a plain http(s) address, which can stand in a link as it is."""
    return url.startswith(("http://", "https://")) and not _BREAKS_LINK.search(url)


def headed(text: str, part: str, *, format: Format) -> bool:
    """Whether a line is the heading of *part*, in any dress and language."""
    words = bare_heading(text)
    return any(
        part in locale.headings and matched(locale.headings[part], words) is not None
        for locale in format.locales.values()
    )


def _flaws(digest: Digest, format: Format) -> Iterator[str]:
    if "lead" in format.parts:
        yield from _of_paragraphs(digest.lead, "the lead", digest.layout, format=format)
    if "top" in format.parts:
        yield from _of_top(digest.top, digest.layout)
    if not digest.items:
        yield "a post without items is none"
    for number, item in enumerate(digest.items, 1):
        yield from _of_item(item, f"item {number}", digest.layout, format=format)
    if format.has_sections:
        yield from _of_sections(digest, format)
    if digest.layout.markup == "plain":
        yield from plain.flaws_of(digest, format)
    yield from _of_commentary(digest, format)
    yield from _of_headings(digest, format)
    if digest.front_matter.cover and not is_address(digest.front_matter.cover):
        yield f"the cover is no plain address: {digest.front_matter.cover!r}"


def _of_top(top: Top | None, layout: Layout) -> Iterator[str]:
    if top is None or not top.paragraphs:
        yield "the top story has no text"
        return
    if not _is_line(top.title):
        yield f"the title of the top story is empty, or not one plain line: {top.title!r}"
    if layout.links:
        yield from _of_link(top.source, top.url, "the top story")
    for number, paragraph in enumerate(top.paragraphs, 1):
        yield from _of_paragraph(paragraph, f"paragraph {number} of the top story")


def _of_commentary(digest: Digest, format: Format) -> Iterator[str]:
    for number, paragraph in enumerate(digest.commentary, 1):
        yield from _of_paragraph(paragraph, f"paragraph {number} of the commentary")
    if digest.commentary and headed(digest.commentary[0], "commentary", format=format):
        yield "the commentary begins with its own heading: that is the layout's"


def _of_headings(digest: Digest, format: Format) -> Iterator[str]:
    """A heading with a gap for a headline needs one."""
    untitled = {
        "top": digest.top is not None and not digest.top.title,
        "commentary": bool(digest.commentary) and not digest.commentary_title,
    }
    for part, is_untitled in untitled.items():
        headings = [locale.headings.get(part, "") for locale in format.locales.values()]
        if is_untitled and any(HEADLINE in heading for heading in headings):
            yield f"the {part} has no title"


def _of_sections(digest: Digest, format: Format) -> Iterator[str]:
    """Every story is in a section of one language's list, and they come in its order."""
    told = [item.section for item in digest.items]
    for locale in format.locales.values():
        names = [section.name for section in locale.sections]
        if set(told) <= set(names):
            if told != sorted(told, key=names.index):
                yield "the stories are not in the order of their sections"
            return
    yield f"a section is not on the list: {', '.join(dict.fromkeys(told))}"


def _of_item(item: Item, place: str, layout: Layout, *, format: Format) -> Iterator[str]:
    if layout.links:
        yield from _of_link(item.title, item.url, place)
    elif not _is_line(item.title):
        yield f"the title of {place} is empty, or not one plain line: {item.title!r}"
    yield from _of_paragraphs(item.text, f"the text of {place}", layout, format=format)


def _of_link(title: str, url: str, place: str) -> Iterator[str]:
    if not _is_line(title):
        yield f"the title of {place} is empty, or not one plain line: {title!r}"
    if not is_address(url):
        yield f"the link of {place} is no plain http(s) address: {url!r}"


def _of_paragraphs(text: str, place: str, layout: Layout, *, format: Format) -> Iterator[str]:
    """A text that may be of several paragraphs, where the format has sections."""
    for each in text.split("\n\n") if format.has_sections else [text]:
        if layout.markup != "plain":
            yield from _of_paragraph(each, place)
        elif not _is_line(each):
            yield f"{place} is not one plain line: {each[:40]!r}"


def _of_paragraph(text: str, place: str) -> Iterator[str]:
    if not text:
        yield f"{place} is empty"
    elif not _is_line(text) or not is_paragraph(text):
        yield f"{place} is not one paragraph of one line: {text[:40]!r}"


def _is_line(text: str) -> bool:
    return bool(text) and text == text.strip() and not _BREAKS_LINE.search(text)
