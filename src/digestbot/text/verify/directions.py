"""Directions: whether what a share tells of went up or down."""

from __future__ import annotations

import re
from typing import Literal

from digestbot.text.facts import Fact, Quantity

Direction = Literal["", "up", "down"]

SHARES = frozenset({"ratio", "point"})
"""Dimensions of what goes up or down by a part of itself."""

BEFORE = 40
"""Characters before a share among which the word stands that says where it went."""

AFTER = 24
"""The same after it: "a 5% rise"."""

_UP = "rose risen rise rises rising increas* grew grow grows growing growth up gain* climb* jump*"
_UP += " surg* higher soar* expan* improv*"
_UP += " | 上涨 增长 增加 上升 提高 提升 涨 增 升 上调 扩大"
_DOWN = "fell fall falls falling fallen drop* declin* decreas* down lower* lost slid* plung* tumbl*"
_DOWN += " shrank shrunk shrink* reduc* cut cuts cutting slump* sank dip* contract*"
_DOWN += " | 下降 下跌 减少 下滑 降低 缩减 跌 降 下调 减 萎缩 缩水"


def _any_of(words: str) -> str:
    english, chinese = words.split(" | ")
    latin = "|".join(word.replace("*", "[a-z]*") for word in english.split())
    return rf"\b(?:{latin})\b|{'|'.join(chinese.split())}"


_WORD = re.compile(rf"(?P<up>{_any_of(_UP)})|(?P<down>{_any_of(_DOWN)})", re.IGNORECASE)
_BOUNDARY = re.compile(
    r"[;，。；、:()\n]|[.,](?!\d)| (?:and|but|while|from|versus|compared) |而|但|较"
)
_OPPOSITE: dict[Direction, Direction] = {"up": "down", "down": "up"}


def share_of(fact: Fact) -> Quantity | None:
    """Return the percentage or the points that *fact* is, None if it is something else."""
    said = fact.values[0]
    return said if isinstance(said, Quantity) and said.dimension in SHARES else None


def direction_of(text: str, fact: Fact) -> Direction:
    """Return where *fact*, a share in the plain *text*, went, as its own clause says."""
    before = _BOUNDARY.split(text[max(0, fact.start - BEFORE) : fact.start])[-1]
    after = _BOUNDARY.split(text[fact.end : fact.end + AFTER])[0]
    words = [*_WORD.finditer(before)][-1:] or [*_WORD.finditer(after)][:1]
    if not words:
        return ""
    return "up" if words[0]["up"] else "down"


def is_turned(said: Direction, told: set[Direction]) -> bool:
    """Whether what the sources have told, each time, went the other way than is *said*."""
    return bool(said) and told == {_OPPOSITE[said]}
