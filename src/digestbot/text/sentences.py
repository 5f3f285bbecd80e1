"""Sentences of Chinese and English text, in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_QUOTE = 240
"""Characters of a quotation or bracket that stay in one sentence; longer ones are split."""

TITLES = frozenset(
    "mr mrs ms dr prof sen rep gov gen lt col sgt capt rev hon messrs mt ft"
    " vs v nos fig figs vol vols eq eqs pp ed eds cf al ca approx est e.g i.e eg ie viz".split()
)
"""Abbreviations that never end a sentence (with a capital after them, or not)."""

TRAILING = frozenset(
    "inc corp co ltd llc plc bros etc jr sr st ave no ph.d"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Abbreviations that may end one: they do where a usual first word follows. So do initials."""

STARTERS = frozenset(
    "the a an it its he she they we you i this that these those but and in on at for as"
    " if when while after before meanwhile however there their his her our".split()
)
"""Words that begin a sentence far more often than they follow an abbreviation as a name."""

_PAIRS = {"“": "”", "「": "」", "『": "』", "（": "）", "(": ")", "《": "》", "【": "】", "[": "]"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKETS = frozenset("）)】]")
_GOES_ON = frozenset("，、；：,;:")
_CAMEL = re.compile("[a-z]+[A-Z]")
_END = re.compile(r"""([。！？!?…]+|\.+)([”’"'」』）)】\]》]*)(\s*)""")
_INITIALS = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_SAYS = re.compile(
    "[^。！？，；]{0,12}?(?:说|道|问|称|表示|告诉|介绍|认为|回忆|坦言|指出|强调|解释|回答|回应|写|喊|笑|感叹|透露)"
)
"""Who said what was quoted before."""

_LAST_WORD = re.compile(r"[^\s(\[“\"'‘（「]+$")
_FIRST_WORD = re.compile(r"[A-Za-z]+")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\uffef“「『]")
_LONGEST_WORD = 24
"""Characters looked at beside a full stop: enough for any abbreviation."""


def sentences(text: str) -> list[str]:
    """Return the sentences of *text* in order, trimmed, without empty ones.

    A new line ends a sentence. Closing quotes and brackets stay with their
    sentence, and what is quoted or bracketed (within a limit) is not split.
    Abbreviations, initials, versions and numbers do not end one. An ellipsis
    ends one only at the end of a line.
    """
    return [sentence for line in text.splitlines() for sentence in _of_line(line)]


def _of_line(line: str) -> Iterator[str]:
    inside = _quoted(line)
    start = 0
    for match in _END.finditer(line):
        if not inside[match.start()] and _ends(line, match, start):
            yield from _trimmed(line[start : match.end()])
            start = match.end()
    yield from _trimmed(line[start:])


def _trimmed(sentence: str) -> Iterator[str]:
    sentence = sentence.strip()
    if sentence:
        yield sentence


def _quoted(line: str) -> bytearray:
    """Which characters stand inside a pair of quotes or brackets that is not too long.

    The full stop just before the closing mark is not inside: what it ends may
    be the sentence around the pair.
    """
    inside = bytearray(len(line))
    pending: list[tuple[str, int]] = []
    for place, character in enumerate(line):
        if character in _PAIRS or (character == '"' and _opens(line, place, pending)):
            pending.append((_PAIRS.get(character, '"'), place))
        elif pending and pending[-1][0] == character:
            begin, end = pending.pop()[1], _before_last_stop(line, place)
            if begin < end and place - begin <= MAX_QUOTE:
                inside[begin:end] = b"\x01" * (end - begin)
    return inside


def _opens(line: str, place: int, pending: list[tuple[str, int]]) -> bool:
    """Whether the straight quote at *place* opens a quotation: 13" does not."""
    if pending and pending[-1][0] == '"':
        return False
    return place == 0 or line[place - 1] in " (（[“‘—–-"


def _before_last_stop(line: str, closer: int) -> int:
    end = closer
    while end and line[end - 1] in "。！？!?….":
        end -= 1
    return end


def _ends(line: str, match: re.Match[str], start: int) -> bool:
    """Whether the stop of *match* ends the sentence that began at *start*."""
    stop, closers, blank = match.groups()
    following = line[match.end() : match.end() + _LONGEST_WORD]
    if not following or following[0] in _GOES_ON:
        return not following
    if stop[0] in "。！？":
        return not _goes_on_behind(closers, line, match, start)
    if following[0].islower() and not _CAMEL.match(following):
        return False
    if "…" in stop or ".." in stop:
        return bool(blank) and following[0].isupper()
    if not blank and (closers or not _WIDE.match(following)):
        return False
    before = line[max(start, match.start() - _LONGEST_WORD) : match.start()]
    return stop[0] != "." or not _abbreviated(before, following)


def _goes_on_behind(closers: str, line: str, match: re.Match[str], start: int) -> bool:
    """Whether the sentence goes on behind *closers*, in Chinese.

    It does behind a title, behind a bracket that is not at its beginning, and
    behind a quotation that is, if it says who spoke. It does not behind a
    quotation that a colon or a comma introduces; behind any other it does after
    a question or an exclamation.
    """
    closer = closers[:1]
    if closer == "》":
        return True
    opener = _OPENERS.get(closer)
    if opener is None:
        return False
    place = line.rfind(opener, max(start, match.start() - MAX_QUOTE), match.start())
    if place < 0:
        return False
    before = line[max(start, place - _LONGEST_WORD) : place].rstrip()
    if closer in _BRACKETS:
        return bool(before)
    if not before:
        return bool(_SAYS.match(line, match.end()))
    return before[-1] not in "：:，," and match[1][0] != "。"


def _abbreviated(before: str, following: str) -> bool:
    """Whether the full stop after *before* belongs to its last word."""
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    if not word or (word.isdigit() and word == before.strip()):
        return True  # a list's "1. "
    if word.lower() in TITLES or (len(word) == 1 and word.isupper() and word.isascii()):
        return True
    if word.lower() not in TRAILING and not _INITIALS.fullmatch(word):
        return False
    first = _FIRST_WORD.match(following)
    return first is None or first[0].lower() not in STARTERS
