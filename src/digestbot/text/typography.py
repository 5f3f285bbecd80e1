"""Typography: where a text is not set as its format sets texts, and how it would be.

Each slip is a few characters and what belongs in their place; to settle a text is
to mend them all. Words and figures are never touched, nor is what is not prose:
addresses, code, HTML, and titles between 《 and 》.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from digestbot.model import Typography


class Slip(NamedTuple):
    """Characters of a text that its format sets otherwise: where, by which rule, and how."""

    start: int
    end: int
    rule: str
    """``punctuation``, ``spacing``, ``quotes`` or ``doubled``."""
    replacement: str


_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_CLOSED = f"{_HAN}”’」』）》】％%‰"
"""What a Chinese clause ends with."""
_OPENED = f"{_HAN}“‘「『（《【"
_SET = f"{_HAN}\u3001-\u3011\uff01-\uff0f\uff1a-\uff20\uff5e…"
"""What stands in a square of its own, beside which no blank is needed."""
_LATIN = "A-Za-z0-9"
_BLANK = "[ \\t\u00a0]"

_IS_HAN = re.compile(f"[{_HAN}]")
_MARKS = re.compile(r"\\\*|(?P<marks>\*+)")
_SPARED = re.compile(
    r"(?<!`)(?P<code>`+)(?!`)[^`]+(?P=code)|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|<[A-Za-z/!][^<>]*>"
    r"|https?://[^\s，。；）)]+|《[^《》]*》",
)
"""Code, the target of a link, HTML, an address, a title."""

_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()}
_NARROW_MARKS = (
    re.compile(rf"(?<=[{_CLOSED}])[,;:?](?![,;:?])|(?<=[{_CLOSED}])!(?!\[)"),
    re.compile(rf"(?<=[{_LATIN}])[,;](?={_BLANK}*[{_OPENED}])"),
    re.compile(rf"(?<=[{_CLOSED}])\.(?=\s*\Z|{_BLANK}*[{_OPENED}]|{_BLANK}+[{_LATIN}])"),
)
_ELLIPSIS = re.compile(rf"(?<=[{_HAN}])\.{{3,}}")
_BRACKETS = re.compile(rf"(?P<han>[{_HAN}] {{0,2}})?(?<!\])\((?P<inside>[^()\n]*)\)")
_WIDE_IN_LATIN = re.compile(
    rf"(?<=[A-Za-z])[，；：？！。](?![{_HAN}])|(?<=[0-9])[，；：？！。](?![0-9{_HAN}])"
)

_BLANKS = re.compile(
    rf"(?<=[{_SET}]){_BLANK}+(?=[{_SET}{_LATIN}“‘])|(?<=[{_LATIN}%])({_BLANK}+)(?=[{_SET}])"
    rf"|(?<=[”’]){_BLANK}+(?=[{_SET}])"
)
_BESIDE_MARK = re.compile(
    rf"(?<=[，。；：？！、]){_BLANK}+(?=\S)|(?<=\S){_BLANK}+(?=[，。；：？！、])"
)
_TOKEN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.+\-_/&’']*[A-Za-z0-9+])?")
_FIGURE = re.compile(r"[\d.,+\-/]*[A-Za-z]{0,3}")
"""A number, or one with its unit: left alone."""

_STRAIGHT = re.compile(r'"([^"\n]*)"')
_INCHES = re.compile(r'\d"')
_DOUBLED = re.compile(r"(?<=([，。；：、？！]))\1+")
_WEAKER = re.compile(
    r"[，；、：,;](?=[。？！])|(?<=[。？！])[，；、。,.;]+|(?<=[，；：、])[,;:，；、]+"
)
_DOUBLED_NARROW = re.compile(r"(?<=[A-Za-z0-9]([,;]))\1+(?=\s|\Z)")


def settled(text: str, typography: Typography) -> str:
    """Return *text* as its format sets it. To settle twice changes nothing more.

    It ends: what is doubled or a blank too many goes, and what was mended is no slip.
    """
    while found := slips(text, typography):
        ends = [0, *(slip.end for slip in found)]
        kept = [text[end : slip.start] for end, slip in zip(ends, found, strict=False)]
        mended = [slip.replacement for slip in found]
        text = "".join(map("".join, zip(kept, mended, strict=True))) + text[ends[-1] :]
    return text


def slips(text: str, typography: Typography) -> list[Slip]:
    """Return what is set otherwise in *text*, a line of Markdown: in its order, none twice.

    Where one slip hides another, the other shows once the first is mended.
    """
    plain, places = _without_marks(text)
    spared = [match.span() for match in _SPARED.finditer(plain)]
    found: list[Slip] = []
    end = 0
    for slip in sorted(_found(plain, typography)):
        if slip.start < end or any(a < slip.end and slip.start < b for a, b in spared):
            continue
        end = max(slip.end, slip.start + 1)
        found += _placed(slip, plain, places)
    return found


def _placed(slip: Slip, plain: str, places: list[int]) -> Iterator[Slip]:
    """*slip* in the text with its marks of bold, in as many pieces as they make of it.

    A blank that is missing comes beside the Chinese character, outside of bold.
    """
    if slip.start == slip.end:
        is_before = _IS_HAN.match(plain, slip.start)
        at = places[slip.start] if is_before else places[slip.start - 1] + 1
        yield slip._replace(start=at, end=at)
        return
    replacement, start = slip.replacement, slip.start
    for end in range(slip.start + 1, slip.end + 1):
        if end == slip.end or places[end] > places[end - 1] + 1:
            piece = (places[start], places[end - 1] + 1)
            yield Slip(*piece, slip.rule, replacement)
            replacement, start = "", end


def _without_marks(text: str) -> tuple[str, list[int]]:
    """*text* without its marks of bold, and the place in it of every character that is left."""
    marked = {
        place
        for match in _MARKS.finditer(text)
        if match["marks"]
        for place in range(*match.span("marks"))
    }
    places = [place for place in range(len(text)) if place not in marked]
    return "".join(text[place] for place in places), places


def _found(text: str, typography: Typography) -> Iterator[Slip]:
    if typography.punctuation == "wide":
        yield from _narrow(text)
        yield from _swapped(_DOUBLED, text, "doubled", "")
        yield from _swapped(_WEAKER, text, "doubled", "")
    elif typography.punctuation == "narrow":
        yield from _wide(text)
        yield from _swapped(_DOUBLED_NARROW, text, "doubled", "")
    if typography.spacing == "none":
        yield from _swapped(_BLANKS, text, "spacing", "")
    elif typography.spacing == "one":
        yield from _swapped(_BESIDE_MARK, text, "spacing", "")
        yield from _crowded(text)
    if typography.quotes == "curly":
        yield from _straight(text)


def _swapped(pattern: re.Pattern[str], text: str, rule: str, template: str) -> Iterator[Slip]:
    for match in pattern.finditer(text):
        yield Slip(match.start(), match.end(), rule, match.expand(template))


def _narrow(text: str) -> Iterator[Slip]:
    """Narrow marks beside Chinese characters, and brackets in Chinese or around it."""
    for pattern in _NARROW_MARKS:
        for match in pattern.finditer(text):
            yield Slip(match.start(), match.end(), "punctuation", _WIDE[match[0]])
    yield from _swapped(_ELLIPSIS, text, "punctuation", "……")
    for match in _BRACKETS.finditer(text):
        if _IS_HAN.search(match["inside"]) or match["han"]:
            start = match.start("inside") - 1
            yield Slip(start, start + 1, "punctuation", "（")
            yield Slip(match.end() - 1, match.end(), "punctuation", "）")


def _wide(text: str) -> Iterator[Slip]:
    """Wide marks behind a Latin word or a figure."""
    for match in _WIDE_IN_LATIN.finditer(text):
        follows = text[match.end() : match.end() + 1]
        blank = " " if follows.isalnum() else ""
        yield Slip(match.start(), match.end(), "punctuation", _NARROW[match[0]] + blank)


def _crowded(text: str) -> Iterator[Slip]:
    """Latin words that touch a Chinese character; figures may."""
    for match in _TOKEN.finditer(text):
        if _FIGURE.fullmatch(match[0]):
            continue
        if _IS_HAN.match(text, max(0, match.start() - 1), match.start()):
            yield Slip(match.start(), match.start(), "spacing", " ")
        if _IS_HAN.match(text, match.end()):
            yield Slip(match.end(), match.end(), "spacing", " ")


def _straight(text: str) -> Iterator[Slip]:
    """Straight double quotes in pairs; where one may be a sign of inches, none is touched."""
    pairs = list(_STRAIGHT.finditer(text))
    if text.count('"') != 2 * len(pairs):
        return
    if any(
        _INCHES.match(text, max(0, match.start() - 1)) or not match[1].strip() for match in pairs
    ):
        return
    for match in pairs:
        yield Slip(match.start(), match.start() + 1, "quotes", "“")
        yield Slip(match.end() - 1, match.end(), "quotes", "”")
