"""Traditional characters to simplified ones, in a text that is written in them throughout."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from digestbot.text.languages import language_of
from digestbot.text.replies import TRADITIONAL_SHARE

if TYPE_CHECKING:
    from opencc import OpenCC

PROFILE = "t2s"
"""OpenCC's for characters alone: words that are said otherwise elsewhere stay as they are."""

_HAN = ("\u3400", "\u9fff")


def simplified(text: str) -> str:
    """Return a Chinese *text* in simplified characters.

    A text in which next to nothing is traditional comes back as it was: a name
    or a title keeps its own writing. So does a text in another language.
    """
    if language_of(text) != "zh":
        return text
    written = converted(text)
    return written if _share(text, written) > TRADITIONAL_SHARE else text


def converted(text: str) -> str:
    """Return *text* with all that OpenCC would write otherwise in simplified characters."""
    return _converter().convert(text)


def _share(text: str, written: str) -> float:
    """Which share of the Han characters is written otherwise."""
    pairs = [(old, new) for old, new in zip(text, written, strict=False) if _is_han(old)]
    return sum(old != new for old, new in pairs) / max(len(pairs), 1)


def _is_han(character: str) -> bool:
    return _HAN[0] <= character <= _HAN[1]


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC  # reads its dictionaries: for pages that are Chinese only

    return OpenCC(PROFILE)
