"""Labels: addresses, versions, scores, Latin names in Chinese text, and quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digestbot.text.facts.fact import Fact, Kind, Label, Quantity, Value
from digestbot.text.facts.units import SYMBOLS

_LINK = re.compile(r"(?i:https?://|www\.)[^\s<>\"'“”‘’()（）\[\]{}，。；、！？\u0000]{3,}")
_TRAILING = ".,;:!?*_~"
_VERSION = re.compile(
    r"(?<![A-Za-z\d])(?P<name>[A-Za-z]+)(?P<join>-?)(?P<figures>\d+(?:\.\d+)*)(?P<rest>(?:-?[A-Za-z\d]+(?:\.\d+)*){0,3})"
    r"(?![\d%])"
)
_CODE = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)*[A-Za-z][A-Za-z\d]*(?![A-Za-z\d])")
_SPACED = re.compile(
    r"(?<![A-Za-z\d])(?P<name>(?:[A-Z][A-Za-z]*|[a-z]+[A-Z][A-Za-z]*)) ?v?(?P<figures>\d+(?:\.\d+)+)(?![\d%A-Za-z-]|\s?(?:%|percent|million|billion|trillion|[\u4e00-\u9fff]))"
)
_NO_NAMES = frozenset("A An The In On At Of By For From To And Or With About Over Nearly".split())
_PREFIXES = frozenset(
    "pre post mid late early under over top sub non ex age aged to and pro day".split()
)
_LIST_MARK = re.compile(r"(?m)^[ \t*>-]{0,8}(?P<mark>\d{1,2}[.)、])(?!\d)")
_SCORE = re.compile(
    r"(?<![\d.:/-])(?P<one>\d{1,3})\s?(?P<mark>[-:]|比)\s?(?P<other>\d{1,3})(?![\d.:%/-]|\s?[年月日万亿%])"
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'&.]*[A-Za-z\u00c0-\u024f]")
_HAN = re.compile("[\u4e00-\u9fff]")
_QUOTE = re.compile(
    '“([^“”\n]{1,400})”|「([^「」\n]{1,400})」|『([^『』\n]{1,400})』|(?<![A-Za-z\\d])"([^"\n]{1,400})"'
)


def find_links(text: str) -> Iterator[Fact]:
    """Give the addresses of *text*."""
    for match in _LINK.finditer(text):
        address = match[0].rstrip(_TRAILING)
        bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower(), count=1).rstrip("/")
        yield _label("link", match.start(), address, bare)


def find_list_marks(text: str) -> Iterator[Fact]:
    """Give the numbers that open the lines of a list; they state nothing."""
    for match in _LIST_MARK.finditer(text):
        yield _label("number", match.start("mark"), match["mark"], match["mark"])


def find_versions(text: str) -> Iterator[Fact]:
    """Give the names that figures are part of: GPT-5.4, A17, iOS 17.2."""
    for match in _SPACED.finditer(text):
        if match["name"] in _NO_NAMES:
            continue
        yield _label("version", match.start(), match[0], squeezed(match[0]))
    for match in _VERSION.finditer(text):
        name = match["name"]
        if name.lower() in SYMBOLS or (match["join"] and name.lower() in _PREFIXES):
            continue
        if match["join"] and name.islower():
            continue
        yield _label("version", match.start(), match[0], squeezed(match[0]))


def find_codes(text: str) -> Iterator[Fact]:
    """Give the names that begin with figures which are no number: 5G, 3D."""
    for match in _CODE.finditer(text):
        yield _label("version", match.start(), match[0], squeezed(match[0]))


def find_scores(text: str) -> Iterator[Fact]:
    """Give the scores of a plain *text*: 3-1, 3:1, 3比1; either may be said first."""
    for match in _SCORE.finditer(text):
        if match["mark"] == ":" and len(match["other"]) == 2 and int(match["one"]) < 25:
            continue  # a time
        if match["mark"] == "-" and int(match["one"]) < int(match["other"]):
            continue  # a range
        low, high = sorted((int(match["one"]), int(match["other"])))
        values: list[Value] = [Label(name=f"{low}:{high}")]
        yield Fact(
            kind="number",
            text=match[0],
            start=match.start(),
            end=match.end(),
            values=tuple(values),
        )


def find_latin(text: str) -> Iterator[Fact]:
    """Give the Latin words of a Chinese *text*: names that were not translated."""
    for match in _LATIN.finditer(text):
        yield _label("name", match.start(), match[0], match[0].casefold())


def find_quotations(text: str) -> Iterator[Fact]:
    """Give what stands between quotation marks."""
    for match in _QUOTE.finditer(text):
        words = next(group for group in match.groups() if group is not None)
        yield _label("quote", match.start(), match[0], words)


def squeezed(name: str) -> str:
    """Return *name* as versions are compared: GPT-5.4 and GPT 5.4 are one."""
    return re.sub(r"[\s-]", "", name).casefold()


def _label(kind: Kind, start: int, text: str, name: str) -> Fact:
    return Fact(
        kind=kind, text=text, start=start, end=start + len(text), values=(Label(name=name),)
    )
