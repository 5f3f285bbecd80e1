"""Bytes of a feed in, UTF-8 out: what a feed says of its encoding is often wrong."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
}
"""What writers of the first mean is the second (WHATWG Encoding Standard)."""

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

FITS_ANYTHING = "cp1252"
"""What many servers say of every file (as Latin-1), and what no bytes contradict."""

SEVEN_BIT = ("iso2022", "hz")
"""Encodings whose every text is ASCII, and so UTF-8, at first sight."""

UNMARKED = (
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
"""How ``<`` begins a document in encodings that are not a superset of ASCII (XML 1.0, F.1)."""

_WIDE = ("utf-16", "utf-32", "cp037")
"""Encodings in which a byte below 32 is no control character."""

_DECLARATION = re.compile(r"\s*+<\?xml\b[^>]{0,200}\?>", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]+)", re.IGNORECASE)
_NOT_BY_NAME = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7"})
"""Encodings that are seen in the bytes, or are a trap; never taken on a feed's word."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")

SAMPLE = 20_000
"""Bytes that are looked at to guess an encoding."""

_GUESSES = (
    ("euc_jp", "euc_jp", re.compile("[\u3041-\u30ff]"), 0.1),
    ("cp932", "cp932", re.compile("[\u3041-\u30ff]"), 0.1),
    ("cp949", "euc_kr", re.compile("[\uac00-\ud7a3]"), 0.42),
    ("gb18030", "gb2312", re.compile("[\u3000-\u3017\u4e00-\u9fff\uff01-\uff5e]"), 0.35),
    ("koi8-r", "koi8-r", re.compile("[\u0430-\u044f]{3,}"), 0.5),
    ("cp1251", "cp1251", re.compile("[\u0430-\u044f]{3,}"), 0.5),
)  # fmt: skip
"""An encoding, what it is of old, and how many characters of its language it would give at
least, as a share of the bytes beyond ASCII: kana, hangul, Chinese, Russian small letters."""


def to_text(body: bytes, charset: str = "") -> str:
    """Return the text of *body*, without byte order mark and XML declaration.

    Asked in this order, and taken at the first that fits without an error:
    the byte order mark, UTF-8 (which fits by chance only in a few words), the
    server's *charset*, the XML declaration (RFC 7303, 3; a server that says
    Latin-1 to everything comes after it), a guess by the language that it
    would give. Last, Windows-1252 with replacements.
    """
    encoding, mark = _marked(body)
    body = body.removeprefix(mark)
    is_clean = not encoding.startswith(_WIDE) and _is_clean(body)
    for name in [encoding] if encoding else _candidates(body, charset):
        text = _decoded(body, name)
        if text is not None:
            return _document(text, is_clean=is_clean and name.startswith("utf-8"))
    return _document(body.decode(encoding or "cp1252", "replace"), is_clean=False)


def _is_clean(body: bytes) -> bool:
    """Whether nothing in UTF-8 is no character: quicker seen in bytes than in text."""
    if b"\xef" in body and b"\xef\xbf" in body:
        return False
    return len(body.translate(None, _CONTROLS)) == len(body)


def _document(text: str, *, is_clean: bool) -> str:
    if not is_clean:
        text = _NOT_IN_XML.sub("", text)
    text = text.removeprefix("\ufeff")
    declaration = _DECLARATION.match(text)
    return text[declaration.end() :] if declaration else text


def _marked(body: bytes) -> tuple[str, bytes]:
    for mark, encoding in BOMS:
        if body.startswith(mark):
            return encoding, mark
    for start, encoding in UNMARKED:
        if body.startswith(start):
            return encoding, b""
    return "", b""


def _candidates(body: bytes, charset: str) -> Iterator[str]:
    match = _DECLARED.search(body, 0, 1024)
    declared = _superset(match[1].decode("ascii", "replace")) if match else ""
    if not declared.startswith(SEVEN_BIT):
        yield "utf-8"
    sent = _superset(charset)
    yield from (declared, sent) if sent == FITS_ANYTHING else (sent, declared)
    yield from _guessed(body)


def _superset(name: str) -> str:
    """The codec for a declared *name*; "" for one that is unknown or is no text."""
    try:
        codec = codecs.lookup(name.strip())
    except (LookupError, ValueError, UnicodeError):
        return ""
    if codec.name in _NOT_BY_NAME:
        return ""
    return SUPERSETS.get(codec.name, codec.name)


def _decoded(body: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guessed(body: bytes) -> Iterator[str]:
    sample = body[:SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    for encoding, narrow, usual, share in _GUESSES:
        found = usual.findall(sample.decode(narrow, "ignore"))
        if found and sum(map(len, found)) >= share * high:
            yield encoding
