"""The article of a page as plain text, and what the page says of itself.

Runs in the child process of :mod:`digestbot.adapters.worker`, since its input
is a stranger's and its libraries are not made for enemies. Two extractors are
asked; ``benchmarks/pages.py`` says what each of them finds.
"""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from html import escape
from typing import Any

from lxml import etree
from lxml.html import HtmlElement
from readability import Document
from trafilatura import bare_extraction

from digestbot.adapters.pages.metadata import Head
from digestbot.adapters.pages.obstacles import EMPTY, obstacle
from digestbot.adapters.pages.tree import MAX_LENGTH, remove_unseen, tree_of, visible_text
from digestbot.text.cleaning import clean_article
from digestbot.text.html import plain_text
from digestbot.text.titles import weight

CLEARLY_LESS = 0.7
"""Of readability's letters: where trafilatura finds less, it has missed paragraphs."""

MAX_ODD = 0.02
"""Of a page's characters, the share that may be controls or undecodable: a picture has more."""

MAX_HEADINGS = 500
"""Headings of a page that are looked at; a long encyclopedia's article has a hundred."""

NOT_HTML = "not a web page"
TOO_LONG = f"longer than {MAX_LENGTH:,} characters: not read to its end"
TOO_DEEP = "nested too deeply to be read whole"

_TAG = re.compile(
    r"<(?:!doctype|html|head|body|title|meta|div|p|article|main|section|table|span|h[1-6]|br|a)\b",
    re.I,
)
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")

logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
logging.getLogger("readability").setLevel(logging.CRITICAL + 1)


def answer(text: str, url: str) -> dict[str, Any]:
    """Return the fields of a ``Page`` for the HTML *text* of *url*; ``reason`` where it is no use.

    What no reader sees is not in its text, nor is what clings to an article.
    Where the page cannot be read whole, it is not used at all: ``reason`` says so.
    """
    tree, whole = tree_of(text)
    if tree is None or not _is_html(text):
        return {"reason": NOT_HTML if text.strip("\ufeff\x00 \t\r\n") else EMPTY}
    head = Head(tree, url)
    facts = {
        "title": head.title,
        "canonical": head.canonical,
        "image": head.image,
        "site": head.site,
        "language": head.language,
    }
    if not whole:
        return facts | {"reason": TOO_LONG if len(text) > MAX_LENGTH else TOO_DEEP}
    unseen = "\n".join(tree.xpath("//noscript//text()")[:20])
    remove_unseen(tree)
    article = article_of(tree)
    shown = visible_text(tree)
    return facts | {
        "text": article,
        "headings": _headings(tree),
        "reason": obstacle(head, text=article, shown=shown, unseen=unseen),
    }


def _headings(tree: HtmlElement) -> list[str]:
    """What the page's tags call headings, but for its title."""
    found = tree.xpath("//h2 | //h3")[:MAX_HEADINGS]
    return [text for each in found if (text := " ".join(str(each.text_content()).split()))]


def article_of(tree: HtmlElement) -> str:
    """Return the article in a tree without unseen elements, cleaned.

    Compared when clean: a page's disclaimer alone may be longer than its news.
    """
    found, other = clean_article(by_trafilatura(tree)), clean_article(by_readability(tree))
    return other if weight(found) < CLEARLY_LESS * weight(other) else found


def by_trafilatura(tree: HtmlElement) -> str:
    """What trafilatura finds: strings in, a tree out, no file and no network."""
    try:
        found = bare_extraction(deepcopy(tree), include_comments=False, favor_precision=True)
    except (etree.LxmlError, ValueError, TypeError, AttributeError, RecursionError):
        return ""
    text = str(getattr(found, "text", ""))
    return plain_text("".join(f"<p>{escape(_cells(line))}</p>" for line in text.split("\n")))


def _cells(line: str) -> str:
    """A row of a table without the bars that trafilatura draws around it."""
    return line.strip(" |\t") if line.lstrip().startswith("|") else line


def by_readability(tree: HtmlElement) -> str:
    """What readability-lxml finds."""
    try:
        html = Document(deepcopy(tree)).summary(html_partial=True)
    except Exception:  # noqa: BLE001 - it wraps whatever went wrong, and lets some of it through
        return ""
    return plain_text(html)


def _is_html(text: str) -> bool:
    """Whether there are tags that pages have, and few of the characters that no text has."""
    text = text[:MAX_LENGTH]
    odd = len(_NO_TEXT.findall(text))
    return bool(_TAG.search(text)) and odd <= MAX_ODD * len(text)
