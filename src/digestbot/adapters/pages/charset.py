"""Bytes of a web page in, text out: what a page says of its encoding is often wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import cache

from digestbot.adapters.feeds.encoding import BOMS, SEVEN_BIT, SUPERSETS

ALIASES = {
    "x-gbk": "gb18030",
    "x-sjis": "cp932",
    "x-x-big5": "big5hkscs",
    "x-euc-jp": "euc_jp",
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "x-cp1252": "cp1252",
    "x-user-defined": "cp1252",
    "dos-874": "cp874",
    "unicode-1-1-utf-8": "utf-8",
    "unicode11utf8": "utf-8",
    "x-unicode20utf8": "utf-8",
}
"""Labels of the WHATWG Encoding Standard that Python does not know."""

PAGE_SUPERSETS = SUPERSETS | {"iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874"}

ANYTHING = frozenset({"cp1252", "latin_1", "iso8859-1", "iso8859-15"})
"""Labels that servers send unasked, and that fit nearly any bytes: they prove nothing."""

META_WITHIN = 8_192
"""Bytes in which a page names its encoding: WHATWG says 1,024, real pages need more."""

MAX_LOSS = 0.01
"""Of the characters beyond ASCII, the share that may be unreadable: one byte cut in half
must not cost a page its encoding."""

SAMPLE = 400_000
"""Bytes from which an encoding is guessed: the head of a page is long, and ASCII."""

MIN_SAMPLE = 4
"""Characters beyond ASCII without which there is nothing to guess from."""

COMMON_ENOUGH = 0.75
"""Of the characters beyond ASCII, the share that must be everyday ones in a guess."""

UNLIKELY = 0.4
"""Below this share a declared encoding is doubted: another may fit much better."""

EVERYDAY = {
    "cp949": ("euc_kr", range(0xB0, 0xC9)),
    "gb18030": ("gb2312", range(0xB0, 0xD8)),
    "big5hkscs": ("big5", range(0xA4, 0xC7)),
    "cp932": ("euc_jp", range(0xA4, 0xD0)),
    "euc_jp": ("euc_jp", range(0xA4, 0xD0)),
}
"""For each encoding guessed, where (as rows of its standard) its everyday characters stand.
The narrowest first: of two that fit alike it is the one."""

_PUNCTUATION = frozenset("　、。，．・：；？！“”‘’（）《》〈〉「」『』【】…—～·¥￥％＋－")
_META = re.compile(rb"<meta[^<>]{0,400}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^<>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)


def html_text(body: bytes, charset: str = "") -> str:
    """Return the text of *body*, without byte order mark; never raises.

    Asked in this order, and taken at the first that fits: the byte order
    mark, UTF-8 (which other text fits only by chance), the server's
    *charset*, the page's own word; then the same again with a few bytes
    lost. A word that fits anything (Latin-1), or that gives characters which
    nobody writes, has to stand a comparison with what the bytes look like.
    """
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    named = [name for name in dict.fromkeys((_codec(charset), _own_word(body))) if name]
    for loss in (0.0, MAX_LOSS):
        for name in _in_turn(named):
            text = _decoded(body, name, loss=loss)
            if text is not None and (name == "utf-8" or not _is_doubtful(body, name)):
                return text
    return body.decode(_guess(body) or _last_resort(named), "replace")


def _in_turn(named: Sequence[str]) -> Iterator[str]:
    """UTF-8, unless seven bits hide another encoding; those that fit anything last."""
    names = sorted(named, key=ANYTHING.__contains__)
    if not any(name.startswith(SEVEN_BIT) for name in names):
        yield "utf-8"
    yield from (name for name in names if name != "utf-8")


def _own_word(body: bytes) -> str:
    head = _COMMENT.sub(b"", body[:META_WITHIN])
    match = _META.search(head) or _XML.search(head)
    return _codec(match[1].decode("ascii", "replace")) if match else ""


def _codec(label: str) -> str:
    """The codec for a *label*, or the superset that its users mean; "" for an unknown one."""
    label = label.strip().strip("\"'").lower()
    try:
        name = ALIASES.get(label) or codecs.lookup(label).name
        "".encode(name)  # codecs that are no text (hex, zip) fail here
    except (LookupError, ValueError, TypeError):
        return ""
    if name.startswith(("utf-16", "utf-32", "utf-7")):
        return "utf-8"  # as WHATWG says: who can read the label in ASCII is told a lie
    return PAGE_SUPERSETS.get(name, name)


def _decoded(body: bytes, name: str, *, loss: float) -> str | None:
    if not loss:
        try:
            return body.decode(name)
        except ValueError:
            return None
    text = body.decode(name, "replace")
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") <= loss * beyond else None


def _is_doubtful(body: bytes, name: str) -> bool:
    """Whether the bytes look much more like another encoding than like *name*."""
    if name not in ANYTHING and (name not in EVERYDAY or _likeness(body, name) >= UNLIKELY):
        return False
    return _guess(body) not in ("", name)


def _guess(body: bytes) -> str:
    """The encoding in which the bytes beyond ASCII are everyday characters; "" for none."""
    likeness = {name: _likeness(body, name) for name in EVERYDAY}
    best = max(likeness, key=lambda name: likeness[name])
    return best if likeness[best] >= COMMON_ENOUGH else ""


def _last_resort(named: Sequence[str]) -> str:
    return next(iter(_in_turn(named)), "utf-8") if named else "cp1252"


def _likeness(body: bytes, name: str) -> float:
    """Of the characters beyond ASCII that *name* gives, the share of everyday ones."""
    text = body[:SAMPLE].decode(name, "replace")
    beyond = [character for character in text if not character.isascii()]
    everyday = _everyday(name)
    return sum(character in everyday for character in beyond) / max(len(beyond), MIN_SAMPLE)


@cache
def _everyday(name: str) -> frozenset[str]:
    standard, rows = EVERYDAY[name]
    cells = (bytes((row, cell)) for row in rows for cell in range(0x40, 0xFF))
    return _PUNCTUATION.union(*(cell.decode(standard, "ignore") for cell in cells))
