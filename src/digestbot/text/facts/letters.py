"""Letters made alike, one for one, so that places in the text stay what they were."""

from __future__ import annotations

_TRADITIONAL = dict(
    zip(
        "億萬兩點個號週幾數餘約從達過歲時鐘間後參貳陸倍幣鎊圓園畝頃噸歐",
        "亿万两点个号周几数余约从达过岁时钟间后参二六倍币镑元园亩顷吨欧",
        strict=True,
    )
)
_DASHES = dict.fromkeys("‐‑‒–—―−－﹣", "-")
_SPACES = dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " ")
_MARKS = {"’": "'", "‘": "'", "·": "·", "〜": "~", "﹪": "%", "،": ","}
_WIDE = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F) if chr(code) not in ",-"}

_TABLE = str.maketrans(_WIDE | _TRADITIONAL | _DASHES | _SPACES | _MARKS)


def plain(text: str) -> str:
    """Return *text* with wide, traditional and typographic forms made plain, as long as before.

    The wide comma stays: it parts clauses, where the narrow one parts thousands.
    """
    return text.translate(_TABLE)
