"""A page as a tree: nothing of it lost without a word, nothing in it that no reader sees."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from digestbot.text.html import FORMATTING

MAX_LENGTH = 4_000_000
"""Characters of a page that are read; the longest real articles have a tenth."""

SHOWN_BY_SCRIPT = frozenset({"js_content"})
"""The ids of articles that their own site hides until its script has run: WeChat's."""

UNSEEN = ("script", "style", "noscript", "template", "iframe", "object", "svg", "math", "select")
"""Elements whose content is no text of the page; formulas come as a soup of symbols."""

_FAR = r"-(?:\d{4,}|[5-9]\d\d)(?:\.\d+)?(?:px)?\b|-\d{3,}(?:em|rem|%|vw|vh)"
"""500 pixels or more beyond an edge of the screen: nobody sees a thing there."""

_SPACE = re.compile(r"\s+")
_HIDDEN_STYLE = re.compile(
    rf"""(?:^|;)(?:
        display:none
      | visibility:(?:hidden|collapse)
      | (?:font-size|max-height|max-width):0(?:\.0*)?(?:px|em|rem|pt|%)?(?:!important)?(?:;|$)
      | (?:left|top|right|bottom|text-indent|margin-left|margin-top):(?:{_FAR})
      | clip:rect\((?:0(?:px)?[, ]?){{4}}\)
      | clip:rect\((?:1px[, ]?){{4}}\)
    )""",
    re.VERBOSE,
)
_FOR_MACHINES = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-(?:text|only)|u-hidden|d-none)(?:\s|$)"
)
_NULS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENCODING = re.compile(r"^\s*<\?xml[^<>]{0,300}\?>", re.IGNORECASE)


def tree_of(html: str) -> tuple[HtmlElement | None, bool]:
    """Return the tree of *html*, and whether all of it is in the tree.

    lxml leaves out what is nested deeper than 2,048 elements, and says so only
    in its log; we cut what is longer than anybody's article.
    """
    parser = HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True
    )
    whole = len(html) <= MAX_LENGTH
    html = _ENCODING.sub("", _NULS.sub("", html[:MAX_LENGTH]))
    try:
        tree = document_fromstring(html.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, whole
    return tree, whole and not parser.error_log.filter_from_fatals()


def remove_unseen(tree: HtmlElement) -> None:
    """Empty the elements of *tree* that a reader of the page does not see."""
    for element in list(tree.iter(etree.Element)):
        if element.tag in UNSEEN or _is_hidden(element):
            element.clear(keep_tail=True)
            element.tag = "span"


def visible_text(tree: HtmlElement) -> str:
    """Return the text of a tree without unseen elements, words of different blocks apart."""
    texts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        block = element.tag not in FORMATTING
        text = element.text if event == "start" else element.tail
        texts.append(("\n" if block else "") + (text or ""))
    return "".join(texts)


def _is_hidden(element: HtmlElement) -> bool:
    if element.tag in ("html", "body") or element.get("id") in SHOWN_BY_SCRIPT:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden", "").lower() == "true":
        return True
    if element.tag == "dialog" and element.get("open") is None:
        return True
    style = element.get("style")
    if style and _HIDDEN_STYLE.search(_SPACE.sub("", style.lower())):
        return True
    return bool(_FOR_MACHINES.search(element.get("class", "").lower()))
