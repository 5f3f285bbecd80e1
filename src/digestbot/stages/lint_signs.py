"""Lint, the signs of a post that was not read before it went out: labels, round-ups, lost names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from digestbot.contract import Locale
from digestbot.model import Finding
from digestbot.stages.anatomy import Anatomy, Item
from digestbot.stages.kinds import KINDS
from digestbot.stages.lint_body import paragraphs
from digestbot.stages.lint_rules import finding, paragraph
from digestbot.text.inline import bold_spans, visible
from digestbot.text.markdown import unescape
from digestbot.text.titles import folded
from digestbot.text.urls import canonical_url

SHORT_NAME = 12
"""Characters of bold words in a lead that name something; longer ones are a judgement."""

COUNTING = "01234567890"
COUNTED = 5
"""Digits in a row that count up: in 9,000 addresses of real feeds no part of a path is so, and
of 16 posts that were invented six have such a link."""

_LABEL = re.compile(
    r"\W*(?:(?:新闻|内容|本文|文章|今日|科技|行业|动态){0,4}(?:摘要|概要|标题|总结|小结|导语|正文|译文|翻译)"
    r"|(?i:summary|title|headline|translation|output|commentary|lead))\W{0,2}[：:]"
)
_NOTE = re.compile(r"[（(\[【]\s*(?:注|译注|编者注|备注|(?i:note))\s*[：:]")
_ROUND_UP = next(kind for kind in KINDS if kind.name == "round-up")


def sign_findings(parts: Anatomy, *, locale: Locale) -> Iterator[Finding]:
    """Yield labels and notes, doubtful links, round-ups, and bold names that no item has."""
    for text in paragraphs(parts):
        if label := _LABEL.match(text.text) or _NOTE.search(text.text):
            span = (text.start + label.start(), text.start + label.end())
            yield finding("W552", span, f"“{label[0]}”")
    for item in parts.items:
        yield from _item_findings(item, locale)
    yield from _lead_findings(parts)


def _item_findings(item: Item, locale: Locale) -> Iterator[Finding]:
    if item.link is None:
        return
    span = (item.link.title_at, item.link.title_at + len(item.link.title))
    title = locale.unmarked(visible(item.link.title))
    if _ROUND_UP.pattern.search(folded(title)):
        yield finding("W554", span, title[:40])
    url = canonical_url(unescape(item.link.url))
    parts = urlsplit(url)
    place = (item.link.url_at, item.link.url_at + len(item.link.url))
    if url and parts.path in {"", "/"} and not (parts.query or parts.fragment):
        yield finding("W551", place, url)
    numbers = re.split(r"[^0-9A-Za-z]", parts.path)
    if any(len(number) >= COUNTED and number in COUNTING for number in numbers):
        yield finding("W555", place, url[:60])


def _lead_findings(parts: Anatomy) -> Iterator[Finding]:
    told = "".join(_squeezed(line.text) for item in parts.items for line in item.below)
    told += "".join(_squeezed(item.link.title) for item in parts.items if item.link)
    if not told:
        return  # an error says so
    for line in parts.lead:
        text = paragraph(line) if not line.is_blank else None
        for words in bold_spans(text.text) if text else ():
            if text and len(words) <= SHORT_NAME and _squeezed(words) not in told:
                at = text.start + max(0, text.text.find(words))
                yield finding("W553", (at, at + len(words)), words)


def _squeezed(text: str) -> str:
    return "".join(each for each in visible(text).lower() if each.isalnum())
