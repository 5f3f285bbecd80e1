"""Markup in, clean plain text out, in linear time.

A tokenizer of our own, because the input is a stranger's: lxml drops text
that is nested deeper than 256 elements, and Lexbor needs gigabytes for 200 kB
of unclosed ``<b id=…><p>``. Text extraction needs no tree.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import unescape

MAX_HTML_LENGTH = 500_000
"""Characters of markup that are read of one field; the longest real articles have half."""

MAX_LINE_LENGTH = 2_000
"""Characters of markup that are read of a title."""

MAX_MARKS = 30
"""Combining marks in a row (the stream-safe limit of UAX #15)."""

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "optgroup", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "title", "tr", "ul",
})  # fmt: skip
"""Elements that stand on lines of their own."""

CELLS = frozenset({"td", "th"})
"""Elements that are set off by a space."""

FORMATTING = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em",
    "font", "hr", "i", "img", "ins", "kbd", "mark", "nobr", "p", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
})  # fmt: skip
"""Elements that are markup even where a title does not close them."""

OTHER_ELEMENTS = frozenset({
    "area", "audio", "base", "button", "canvas", "col", "colgroup", "data", "datalist", "embed",
    "head", "iframe", "input", "label", "link", "map", "math", "meta", "meter", "noscript",
    "object", "output", "param", "picture", "progress", "script", "select", "slot", "source",
    "style", "svg", "template", "textarea", "time", "track", "video",
})  # fmt: skip
ELEMENTS = BLOCKS | CELLS | FORMATTING | OTHER_ELEMENTS
"""In a title, ``<name>`` of any other name is text: ``List<int>``."""

_UNREAD = "script|style|noscript|template|iframe|svg|math|object|audio|video|canvas|select"
"""Elements whose content no reader sees."""

_MARKUP = re.compile(
    rf"""
      <!--.*?(?:-->|\Z)
    | <({_UNREAD})(?=[\s/>])[^<>]*+(?<!/)>.*?(?:</\1\s*>|\Z)
    | <[!?][^<>]*+>?
    | </?([a-z][^\s<>/]*+)(?:[^<>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+>?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""Each branch matches whatever it has scanned, so that no character is scanned twice."""

_ESCAPED_MARKUP = re.compile(
    r"</(?:p|div|a|b|i|em|strong|span|li|ul|ol|h[1-6]|td|blockquote|figure)\s*>"
    r"|<(?:br|p)\s*/?>|<(?:img|a)\s[^<>]{0,2000}=",
    re.IGNORECASE,
)
"""What shows that text which held no markup was markup, escaped twice."""

_LONG_NUMBER = re.compile(r"&#x?[0-9a-f]{8,};?", re.IGNORECASE)
"""Beyond Unicode; Python refuses to read numbers of thousands of digits."""

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]+"
)
"""Controls, zero-width characters, bidi overrides, fillers, tags, lone surrogates."""

_ASCII_CONTROLS = dict.fromkeys([*range(9), *range(14, 28), 127])
_ROW_OF_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{MAX_MARKS},}}")

_TAIL_LENGTH = 600
"""Characters at the end of a text in which boilerplate is looked for."""

_TAILS = re.compile(
    r"""\s*(?:
      (?:^|(?<=[\s.!?…]))(?:The\ )?post\ [^\n]{1,300}?
        \ (?:first\ )?appeared\ (?:first\ )?on\ [^\n]{1,200}
    | (?:^|(?<=[\s.!?…])|(?<=\]))\(?(?:
          (?:Continue|Keep)\ reading(?:\ [^\n.!?]{1,200})?
        | Read\ (?:more|on|the\ (?:full|rest|whole|original)\ [^\n.!?]{1,80}|full\ [^\n.!?]{1,80})
        | \(?more\)?(?=…|\.\.\.)
        | Click\ here\ to\ (?:read|view)\ [^\n.!?]{1,80}
      )\)?[\s.…:»›→>)]*
    | (?:^|(?<=[\s。！？；，…」』”）)\].!?]))[\s（(【\[]*(?:点击|點擊)?
        (?:阅读|閱讀|查看|閱覽)(?:全文|更多|原文|详情)[\s.…:：»›→>）)】\]]*
    )$""",
    re.VERBOSE | re.IGNORECASE,
)

_TAIL_WORDS = (
    "appeared", "reading", "read ", "more…", "more...", "click here", "全文", "更多", "原文",
    "详情",
)  # fmt: skip
"""Without any of these there is no such tail: looking for words costs a tenth of the search."""

_CUT = re.compile(r"\s*[\[(](?:…|\.\.\.)[\])]\s*$")


def plain_text(html: str) -> str:
    """Return the text of *html*: paragraphs on lines of their own, no boilerplate at the end.

    No markup, scripts, control, zero-width or bidi characters; blanks
    folded; NFC. Text that was escaped twice is read once more. A publisher's
    ``[…]`` at the end becomes ``…``.
    """
    html = html[:MAX_HTML_LENGTH]
    if "<" in html or "&" in html:
        html = _read(_folded(html), _spacing)
    return _without_tails(_clean(html))


def plain_line(html: str) -> str:
    """Return the text of a title, on one line.

    A title may be text or markup, and nothing says which: what is no known
    element stays as text (``a < b``, ``List<int>``, a lone ``<dialog>``).
    """
    html = html[:MAX_LINE_LENGTH]
    if "<" in html or "&" in html:
        html = _read(html, _title_spacing(html.lower()))
    return _folded(_clean(html))


def _read(html: str, spacing: Callable[[re.Match[str]], str]) -> str:
    stripped, tags = _MARKUP.subn(spacing, html)
    text = _decoded(stripped)
    if (not tags or stripped == html) and _ESCAPED_MARKUP.search(text):
        return _decoded(_MARKUP.sub(spacing, text))
    return text


def _decoded(text: str) -> str:
    if "&#" in text:
        text = _LONG_NUMBER.sub("", text)
    return unescape(text) if "&" in text else text


def _spacing(tag: re.Match[str]) -> str:
    """What a piece of markup leaves behind: a new line, a space, or nothing."""
    name = (tag[2] or "").lower()
    if name in BLOCKS:
        return "\n"
    return " " if name in CELLS else ""


def _title_spacing(title: str) -> Callable[[re.Match[str]], str]:
    def spacing(tag: re.Match[str]) -> str:
        return tag[0] if _is_text(tag, title) else _spacing(tag)

    return spacing


def _is_text(tag: re.Match[str], title: str) -> bool:
    """Whether a title speaks of this tag rather than using it."""
    name = (tag[2] or "").lower()
    if not name:
        return False
    if name not in ELEMENTS or not tag[0].endswith(">"):
        return True
    inside = tag[0].strip("</>").lower()
    if inside == name:
        return tag[0][1] != "/" and name not in FORMATTING and f"</{name}" not in title
    return "=" not in inside and not tag[0].endswith("/>")


def _clean(text: str) -> str:
    if text.isascii():
        text = text.translate(_ASCII_CONTROLS)
    else:
        text = _ROW_OF_MARKS.sub(_fewer_marks, _INVISIBLE.sub("", text))
        text = unicodedata.normalize("NFC", text)
    lines = (_folded(line) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _fewer_marks(row: re.Match[str]) -> str:
    """Normal forms are quadratic in marks that follow each other: keep a few."""
    kept: list[str] = []
    marks = 0
    for character in row[0]:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)


def _without_tails(text: str) -> str:
    head, tail = text[:-_TAIL_LENGTH], text[-_TAIL_LENGTH:]
    lower = tail.lower()
    if not any(word in lower for word in _TAIL_WORDS):
        return (head + _CUT.sub("…", tail)).strip() if text.endswith((")", "]")) else text.strip()
    while shorter := _TAILS.search(tail):
        if not (head + tail[: shorter.start()]).strip():
            break
        tail = tail[: shorter.start()]
    return (head + _CUT.sub("…", tail)).strip()
