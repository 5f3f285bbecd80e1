"""Text that machines have spoilt: what can be restored for certain is, the rest is left out.

Scrapers publish pages that have been through a converter. It wrote a reading
behind each character that it changed, took some bytes for others on the way,
and ate the beginnings of tags.
"""

from __future__ import annotations

import re

MIN_READINGS = 20
"""Readings in brackets from which a page is taken to have them throughout: a text that
explains a word or two keeps its readings."""

READ_SHARE = 0.02
"""The same as a share of the Han characters: an article about language has fewer."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U0010ffff"
_LOST = "\ufffd"
_TAG = "strong|p|b|em|i|u|span|br|div|a|font|h[1-6]|li|ul|ol|blockquote|figure|section"
_SYLLABLE = "[a-zü]{0,3}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]{0,3}"
"""Only with its tone: ``模型(llm)`` and ``苹果(apple)`` are no readings."""

_ICONS = re.compile(f"[{_PRIVATE}]")
_HAN_CHARACTER = re.compile(f"[{_HAN}]")
_READING = re.compile(rf"(?<=[{_HAN}])[(（]{_SYLLABLE}[)）]")
_WHOLE_TAG = re.compile(rf"</?(?:{_TAG})(?:\s[^<>\n]{{0,200}})?/?>", re.IGNORECASE)
_HALF_TAG = re.compile(rf"(?:\?|(?<=[{_HAN}。”]))/?(?:{_TAG})>")
_DAMAGE = re.compile(
    rf"[{_PRIVATE}]|\??{_SYLLABLE}[)）]\??|\?[,;:.!，；：。！、？?]|{_HALF_TAG.pattern}"
    rf"|(?<=[{_HAN}])\?(?=[A-Z])"
)
"""Where such a converter has lost a character: what is left of a reading, of a tag, a
question mark that is followed by another mark."""

_PIECES = re.compile(r"(?<=[。！？!?])(?![”’」』）)])|(?<=[。！？!?][”’」』）)])|(?<=[.])(?=\s)")
_NARROW = re.compile(
    rf"(?<=[{_HAN}”])[,;:!?](?:(?=[{_HAN}“A-Za-z0-9]|$)| (?=[{_HAN}“]))"
    rf"|(?<=[A-Za-z0-9])[,;:!?](?=[{_HAN}“])|(?<=[{_HAN}])[?!](?=”)|(?<=[A-Za-z]):(?=\d)",
    re.MULTILINE,
)
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def mended(text: str) -> str:
    """Return *text* without garbled characters.

    A sentence that has lost a character is left out, not guessed. Code points
    for private use are pictures on an ordinary page, and go alone. Readings
    go only from a page that has them throughout, and with them the marks of
    the converter that wrote them.
    """
    if not _has_readings(text):
        return _ICONS.sub("", _whole(_HALF_TAG.sub(_LOST, text)))
    text = _DAMAGE.sub(_LOST, _WHOLE_TAG.sub("", _READING.sub("", text)))
    return _NARROW.sub(lambda mark: _WIDE[mark[0].strip()], _whole(text))


def _has_readings(text: str) -> bool:
    text = _ICONS.sub("", text)
    readings = len(_READING.findall(text))
    if readings < MIN_READINGS:
        return False
    return readings >= READ_SHARE * len(_HAN_CHARACTER.findall(text))


def _whole(text: str) -> str:
    """*text* without the sentences that have lost a character."""
    if _LOST not in text:
        return text
    return "\n".join(_whole_sentences(line) for line in text.split("\n"))


def _whole_sentences(line: str) -> str:
    if _LOST not in line:
        return line
    return "".join(piece for piece in _PIECES.split(line) if _LOST not in piece).strip()
