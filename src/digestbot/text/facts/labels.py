"""Labels: addresses, versions, scores, and the marks of lists."""

from __future__ import annotations

import re

from digestbot.text.facts.fact import Fact, Label, Score, stated
from digestbot.text.facts.notation import FIGURE, any_of, notation
from digestbot.text.facts.units import SYMBOLS

_TRAILING = ".,;:!?*_~"
_ORIGIN = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_PREFIXES = frozenset("pre post mid late early under over top sub non ex age aged pro day".split())
_NO_NAMES = frozenset("a an the in on at of by for from to and or with about over nearly".split())
_EDITIONS = "Pro Max Mini Ultra Plus Lite Flash Air Turbo Nano Preview Instruct".split()
_VERSION = re.compile(
    r"(?P<name>[A-Za-z]+(?:-[A-Za-z]+){0,3})(?:(?P<join>-?)\d+(?:\.\d+)*(?:-?[A-Za-z\d]+(?:\.\d+)*){0,3}"
    rf"(?: (?:{any_of(_EDITIONS)})(?![A-Za-z]))*(?![\d%])"
    r"| [vV]?\d+(?:\.\d+)+"
    r"(?![\d%A-Za-z-]|\s?(?:%|percent|million|billion|trillion|[\u4e00-\u9fff])))"
)
_VERSION_OF = re.compile(r"^(?:version|ver\.?|v)(?=\d)")
_CODE = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)*[A-Za-z][A-Za-z\d]*(?![A-Za-z\d])")
_MARK = re.compile(r"\d{1,2}[.)、](?!\d)")
_BEFORE_MARK = re.compile(r"(?:^|\n)[ \t*>-]{0,8}$")


def version_at(text: str, place: int) -> Fact | None:
    """Return the version whose name begins at *place* of *text*: GPT-5.4, A17, iOS 17.2."""
    match = _VERSION.match(text, place)
    if match is None or match["name"].lower() in SYMBOLS:
        return None
    name, joined = match["name"], match["join"]
    if joined is None and (name.islower() or name.lower() in _NO_NAMES):
        return None
    if joined and (name.islower() or name.lower() in _PREFIXES):
        return None
    return stated("version", match, Label(name=squeezed(match[0])))


def code_at(text: str, place: int) -> Fact | None:
    """Return the name that begins with a figure at *place* of *text*: 5G, 3D."""
    match = _CODE.match(text, place)
    return stated("version", match, Label(name=squeezed(match[0]))) if match else None


def squeezed(name: str) -> str:
    """Return *name* as versions are compared: GPT-5.4 is GPT 5.4, and v2.1 Version 2.1."""
    return _VERSION_OF.sub("", re.sub(r"[\s-]", "", name).casefold())


def address(link: str) -> str:
    """Return *link* as addresses are compared: without its scheme, www., and last slash."""
    return _ORIGIN.sub("", link).lower().rstrip("/")


def _link(match: re.Match[str]) -> list[Fact]:
    written = match[0].rstrip(_TRAILING)
    label = Label(name=address(written))
    end = match.start() + len(written)
    return [Fact(kind="link", text=written, start=match.start(), end=end, values=(label,))]


def _score(match: re.Match[str]) -> list[Fact] | None:
    one, other = int(match["one"]), int(match["other"])
    if match["mark"].strip() == "-" and one < other:
        return None  # a range, rather
    low, high = sorted((one, other))
    return [stated("number", match, Score(low=low, high=high))]


def _list_mark(match: re.Match[str]) -> list[Fact] | None:
    """The number of a line of a list, which states nothing."""
    before = match.string[max(0, match.start() - 9) : match.start()]
    return [] if _BEFORE_MARK.search(before) else None


NOTATIONS = (
    notation(
        "http https www",
        r"(?:https?://|www\.)[^\s<>\"'“”‘’()（）\[\]{}，。；、！？\u0000\u4e00-\u9fff]{3,}",
        _link,
    ),
    notation(FIGURE, _MARK.pattern, _list_mark),
)
"""What is tried before dates are."""

SCORES = (
    notation(
        FIGURE,
        r"(?<![\d.:/-])(?P<one>\d{1,3})(?P<mark>:|\s?-\s?|\s?比\s?)(?P<other>\d{1,3})"
        r"(?![\d.:%/-]|\s?[年月日万亿%])",
        _score,
    ),
)
"""What is tried after dates: 2:00 is a time, 2:0 none."""
