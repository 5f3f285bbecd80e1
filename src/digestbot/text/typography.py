"""The house's typography for what a model wrote: Chinese marks, and no space beside Latin."""

from __future__ import annotations

import re

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WIDE = _HAN + "\u3000-\u303f\uff01-\uff60“”"
_LATIN = "A-Za-z0-9"

_AFTER_CHINESE = re.compile(rf"(?<=[{_WIDE}])(\**)[ \t\u00a0]+(\**)(?=[{_WIDE}{_LATIN}])")
_BEFORE_CHINESE = re.compile(rf"(?<=[{_LATIN}%])(\**)[ \t\u00a0]+(\**)(?=[{_WIDE}])")
_NARROW_MARK = re.compile(rf"(?<=[{_HAN}”])([,;:?!])[ \t\u00a0]*(?=[{_HAN}“]|\Z)")
_NARROW_STOP = re.compile(rf"(?<=[{_HAN}”])\.(?=\Z|[ \t\u00a0]*[{_HAN}])")
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_WIDE_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


def settled(text: str, language: str) -> str:
    """Return *text* as the house prints *language*; only Chinese has rules that code can apply.

    Narrow marks and straight quotes between Chinese characters become wide
    and curly ones, and blanks beside Chinese go. Words are never touched, and
    to settle twice changes nothing more.
    """
    if language != "zh":
        return text
    if text.count('"') % 2 == 0:
        text = _STRAIGHT.sub(r"“\1”", text)
    text = _NARROW_STOP.sub("。", text)
    text = _NARROW_MARK.sub(lambda match: _WIDE_MARKS[match[1]], text)
    text = _AFTER_CHINESE.sub(r"\1\2", text)
    return _BEFORE_CHINESE.sub(r"\1\2", text)
