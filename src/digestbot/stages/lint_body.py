"""Lint, the body's structure: items, links, and what no prose may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from urllib.parse import urlsplit

from digestbot.contract import Format
from digestbot.contract_feature import FeatureFormat
from digestbot.model import Finding
from digestbot.stages.anatomy import Anatomy, Item, Line, Link
from digestbot.stages.lint_rules import Paragraph, finding, paragraph
from digestbot.text.bold import unrendered_bold
from digestbot.text.inline import bold_spans, markup
from digestbot.text.markdown import unescape
from digestbot.text.urls import canonical_url, same_page_key

_LITERAL_BREAK = re.compile(r"(?:\\r)?(?:\\n)+(?![A-Za-z])")
_ADDRESS = re.compile(r"https?://[^\s，。）)]+|\bwww\.\w[^\s，。）)]+", re.IGNORECASE)
_BREAKS_LINK = re.compile(r"[\s<>]")
_CODES = {"a link": "E305", "an image": "E306", "HTML": "E306"}
_WHOLE_TITLES = {"bold", "bold link"}


def body_findings(parts: Anatomy, *, format: Format) -> Iterator[Finding]:
    """Yield what is wrong with lead, items and commentary."""
    end = parts.lines[-1].span
    if "lead" in format.parts and not parts.lead:
        yield finding("E301", end)
    if "top" in format.parts:
        yield from _top_findings(parts, format)
    if not parts.items:
        yield finding("E201", end)
    yield from _number_findings(parts.items)
    yield from _double_findings(parts.items)
    for item in parts.items:
        yield from _item_findings(item, format)
    for prose in paragraphs(parts):
        yield from prose_findings(prose)
    for line in parts.lines:
        for match in _LITERAL_BREAK.finditer(line.text):
            yield finding("E303", _within(line, match.span()))


def refusal_findings(text: str, *, format: Format | FeatureFormat) -> Iterator[Finding]:
    """Yield refusals and apologies, of any language that the format speaks."""
    phrases = {phrase for locale in format.locales.values() for phrase in locale.refusals}
    if not phrases:
        return
    pattern = "|".join(re.escape(phrase) for phrase in sorted(phrases))
    for match in re.finditer(pattern, text, re.IGNORECASE):
        yield finding("E302", match.span(), f"“{match[0]}”")


def paragraphs(parts: Anatomy) -> list[Paragraph]:
    """Return all lines of prose: the lead's, the items', the commentary's."""
    below = [line for item in parts.items for line in item.below]
    lines = [*parts.lead, *parts.top, *below, *parts.commentary]
    return [paragraph(line) for line in lines if not line.is_blank]


def _top_findings(parts: Anatomy, format: Format) -> Iterator[Finding]:
    if not parts.top:
        yield finding("E311", parts.lines[-1].span)
    elif parts.source:
        yield from _link_findings(parts.source.link, format)
    elif format.layout.links:
        yield finding("E312", parts.top[-1].span)


def _number_findings(items: tuple[Item, ...]) -> Iterator[Finding]:
    for wanted, item in enumerate(items, 1):
        if item.number != wanted:
            yield finding("E202", item.line.span, f"{item.number}, not {wanted}")
            return


def _double_findings(items: tuple[Item, ...]) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for item in items:
        key = same_page_key(unescape(item.link.url)) if item.link else ""
        if not key or item.link is None:
            continue
        if key in first:
            yield finding("E208", _url_span(item.link), f"item {first[key]} has it too")
        first.setdefault(key, item.number)


def _item_findings(item: Item, format: Format) -> Iterator[Finding]:
    if item.link is None:
        yield finding("E203", item.line.span)
    else:
        yield from _link_findings(item.link, format)
        yield from _title_findings(item.link, format)
    below = [line for line in item.below if not line.is_blank]
    if not below:
        yield finding("E204", item.line.span)
    for line in () if format.has_sections else below[1:]:
        yield finding("E205", line.span)


def _link_findings(link: Link, format: Format) -> Iterator[Finding]:
    url, span = unescape(link.url), _url_span(link)
    canonical = canonical_url(url)
    if not link.url and link.titles != "plain":
        if format.layout.links:
            yield finding("E203", span, "it has no link")
    elif "](" in link.url:
        yield finding("E203", span, "there are two")
    elif not canonical or _BREAKS_LINK.search(link.url):
        yield finding("E206", span, url[:60])
    elif _is_placeholder(canonical, format):
        yield finding("E207", span, url[:60])
    elif urlsplit(canonical).query != urlsplit(url).query:
        yield finding("W515", span, urlsplit(url).query[:60])


def _is_placeholder(url: str, format: Format) -> bool:
    host = urlsplit(url).hostname or ""
    return any(fnmatchcase(host, pattern) for pattern in format.placeholder_hosts)


def _title_findings(link: Link, format: Format) -> Iterator[Finding]:
    span = (link.title_at, link.title_at + len(link.title))
    if not link.title.strip():
        yield finding("E203", span, "it has no title")
    found = [what for what, _ in markup(link.title)] + ["bold" for _ in bold_spans(link.title)]
    if found:
        yield finding("E209", span, found[0])
    if link.titles in _WHOLE_TITLES and link.titles != format.layout.titles:
        yield finding("W410", span)


def prose_findings(prose: Paragraph) -> Iterator[Finding]:
    """Yield what is wrong with the marks of a paragraph."""
    for start, end in unrendered_bold(prose.text):
        span = (prose.start + start, prose.start + end)
        yield finding("E304", span, prose.text[start:end][:40])
    for what, at in markup(prose.text):
        span = (prose.start + at, prose.span[1])
        yield finding(_CODES.get(what, "W518"), span, what)
    if not any(what == "a link" for what, _ in markup(prose.text)):
        for match in _ADDRESS.finditer(prose.text):
            yield finding("W517", (prose.start + match.start(), prose.start + match.end()))


def _url_span(link: Link) -> tuple[int, int]:
    return (link.url_at, link.url_at + len(link.url))


def _within(line: Line, span: tuple[int, int]) -> tuple[int, int]:
    return (line.start + span[0], line.start + span[1])
