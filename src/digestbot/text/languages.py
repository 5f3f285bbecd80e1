"""Which language a text is in, guessed from its script alone."""

from __future__ import annotations

import re

HAN_SHARE = 0.3
"""Of Han characters and Latin words together: names stay Latin in Chinese headlines."""

KANA_SHARE = 0.15
"""Of Han and kana: Chinese headlines use の as an ornament, Japanese ones need kana."""

UNKNOWN = "und"
"""ISO 639's code for text whose language we do not guess."""

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN_WORD = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_LETTER = re.compile(r"[^\W\d_]")


def language_of(text: str) -> str:
    """Return ``zh``, ``ja``, ``ko``, ``ru``, ``en``, ``und``, or "" where there are no letters.

    A script stands for its commonest language in news: all Latin text counts
    as ``en``, all Cyrillic as ``ru``. One Han character weighs as much as one
    Latin word.
    """
    if text.isascii():
        return "en" if _LATIN_WORD.search(text) else ""
    han, kana, hangul = (len(script.findall(text)) for script in (_HAN, _KANA, _HANGUL))
    words, cyrillic = len(_LATIN_WORD.findall(text)), len(_CYRILLIC.findall(text))
    if hangul > max(han + kana, words):
        return "ko"
    if kana and kana >= KANA_SHARE * (han + kana) and han + kana >= HAN_SHARE * words:
        return "ja"
    if han and han >= HAN_SHARE * (han + words):
        return "zh"
    if cyrillic > words:
        return "ru"
    if words:
        return "en"
    return UNKNOWN if _LETTER.search(text) else ""
