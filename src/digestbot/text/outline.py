"""Outline: the structure of a long text: its title, what stands before its parts, its transcript.

A text has its headings on lines of their own. Where they are known (a page's
tags, marks of Markdown) they are found by their words; else by their look: a
line without a full stop, with a sentence below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digestbot.text.languages import language_of
from digestbot.text.sentences import sentences
from digestbot.text.telling import is_ended, leans
from digestbot.text.titles import title_key, weight

LONGEST_HEADING = 96
"""Letters (a Han character counts as two) of a heading; the longest real one has 80."""

SHORTEST_HEADING = 6
"""Letters of a line that looks like one; shorter ones are labels and the first words of a
sentence that a page has set large."""

LONGEST_NUMBERED = 48
"""The same of a heading that is numbered, which may have a full stop."""

MIN_SENTENCE = 16
"""Letters of the sentence that must follow a heading."""

MAX_RUN = 2
"""Lines without a full stop in a row of which the last can be a heading: more are a list."""

MIN_HEADINGS = 2
"""Headings from which a text has a structure of its own."""

LENGTH = 1_500
"""Characters of a part where a text has no headings: a page or two in print."""

TITLE_TAG = 16
"""Letters of a title without its site's name, at least."""

_GOES_ON = tuple("，、；：,;:—")
_BRACKETED = re.compile(r"[（(【\[][^（(【\[]*[)）】\]]")
_LISTED = re.compile(r"[-–•·*▪●]|\(?\d{1,2}[.)、）]")
_NUMBERED = re.compile(
    r"(?:第[一二三四五六七八九十百\d]+[章节節部回讲講]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]"
    r"|(?:part|chapter|section|step) (?:\d+|[ivx]+|one|two|three|four|five|six|seven|eight|nine)"
    r"\b)",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(
    r"(?:以下(?:是|为|為)?|附)?[：:]?.{0,16}(?:(?:完整|全文|演讲|演講|现场|現場|对话|對話|访谈|訪談|会议|會議|直播|文字)"
    r"(?:文字)?(?:实录|實錄|记录|記錄|文字稿|文稿|稿)|(?:实录|實錄)全文)"
    r"(?:如下|全文|整理|[（(].{0,12}[)）])?\s*[：:。]?"
    r"|(?:here is |below is |read )?(?:the )?(?:full |complete |edited )?transcript"
    r"(?: (?:below|follows|of .{1,60}))?\s*[:.]?",
    re.IGNORECASE,
)
"""The line that says that from here on the page has the words themselves."""

_SITE = re.compile(r"\s*[|｜]\s*[^|｜]{1,24}$|_[^_\s]{1,16}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a text: its heading, if it has one, and its paragraphs."""

    heading: str = ""
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its paragraphs, each apart."""
        return "\n\n".join(self.paragraphs)

    @property
    def length(self) -> int:
        """Characters of its paragraphs."""
        return sum(map(len, self.paragraphs))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A text's title, the paragraphs before its first part, its parts, and its transcript."""

    title: str
    opening: tuple[str, ...]
    parts: tuple[Part, ...]
    transcript: tuple[str, ...]
    """All of its paragraphs and headings where it has no transcript apart."""
    headings: frozenset[str]
    """Lines of the transcript that are headings."""


def outline(text: str, *, title: str = "", headings: Collection[str] = ()) -> Outline:
    """Return the structure of *text*, a paragraph a line, whose *headings* may be known.

    Where it has no headings, it is parted by its length, between paragraphs.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    title, lines = _titled(title, lines)
    known = {title_key(heading) for heading in headings}
    article, transcript = _apart(lines)
    places = _headings(article, known)
    opening = article[: places[0]] if places else []
    parts = _by_headings(article, places) if places else _by_length(article)
    body = transcript or article
    return Outline(
        title=without_site(title),
        opening=_prose(opening),
        parts=tuple(part for part in parts if part.paragraphs),
        transcript=tuple(body),
        headings=frozenset(body[place] for place in (() if transcript else places)),
    )


def merged(parts: Sequence[Part], *, most: int) -> list[Part]:
    """Return *parts* as at most *most*: neighbours are joined, the shortest first."""
    found = list(parts)
    while len(found) > most:
        lengths = [one.length + two.length for one, two in pairwise(found)]
        place = lengths.index(min(lengths))
        one, two = found[place : place + 2]
        found[place : place + 2] = [replace(one, paragraphs=one.paragraphs + two.paragraphs)]
    return found


def pieces(part: Part, *, longest: int) -> list[Part]:
    """Return *part* in pieces of at most *longest* characters, parted between paragraphs.

    A paragraph that is longer is parted between its sentences, or where it must be.
    """
    found: list[list[str]] = []
    for paragraph in part.paragraphs:
        for text in _within(paragraph, longest):
            if found and sum(map(len, found[-1])) + len(text) <= longest:
                found[-1].append(text)
            else:
                found.append([text])
    return [replace(part, paragraphs=tuple(texts)) for texts in found]


def without_site(title: str) -> str:
    """Return a page's *title* without the name of its site behind a bar."""
    bare = _SITE.sub("", title)
    return bare if weight(bare) >= TITLE_TAG else title


def _within(paragraph: str, longest: int) -> Iterator[str]:
    if len(paragraph) <= longest:
        yield paragraph
        return
    for sentence in sentences(paragraph):
        for start in range(0, len(sentence), longest):
            yield sentence[start : start + longest]


def _titled(title: str, lines: list[str]) -> tuple[str, list[str]]:
    """The title and the lines below it; the first line is one if none is given."""
    if not lines:
        return title, lines
    if not title:
        is_title = not is_ended(lines[0]) and weight(lines[0]) <= 2 * LONGEST_HEADING
        return (lines[0], lines[1:]) if is_title and len(lines) > 1 else ("", lines)
    key = title_key(without_site(title))
    return title, lines[1:] if title_key(without_site(lines[0])) == key else lines


def _apart(lines: list[str]) -> tuple[list[str], list[str]]:
    """What is told of it, and the transcript that a line announces; most of a page is one."""
    place = next((n for n, line in enumerate(lines) if _announces(line)), 0)
    before = [line for line in lines[:place] if is_ended(line)]
    if len(before) < MIN_HEADINGS or place == len(lines) - 1:
        return [line for n, line in enumerate(lines) if n != place or not place], []
    return lines[:place], lines[place + 1 :]


def _announces(line: str) -> bool:
    return weight(line) <= LONGEST_NUMBERED and _TRANSCRIPT.fullmatch(line.strip()) is not None


def _headings(lines: Sequence[str], known: Collection[str]) -> list[int]:
    """The places of the headings; none where there are too few to be a structure."""
    named = [n for n, line in enumerate(lines) if title_key(line) in known]
    if len(named) < MIN_HEADINGS:
        named = [n for n in range(len(lines)) if _is_heading(lines, n)]
    last = len(lines) - 1
    named = [n for n in named if n < last]
    return named if len(named) >= MIN_HEADINGS else []


def _is_heading(lines: Sequence[str], place: int) -> bool:
    line = lines[place]
    if place + 1 == len(lines) or not _is_sentence(lines[place + 1]):
        return False
    if _NUMBERED.match(line) and weight(line) <= LONGEST_NUMBERED and len(sentences(line)) == 1:
        return True
    start = place
    while start and _is_short(lines[start - 1]):
        start -= 1
    if weight(line) < SHORTEST_HEADING or leans(line):
        return False
    return _is_short(line) and place - start < MAX_RUN


def _is_short(line: str) -> bool:
    """Whether *line* has no full stop at its end, and does not go on."""
    unended = not is_ended(line) and not line.endswith(_GOES_ON)
    return unended and weight(line) <= LONGEST_HEADING and not _BRACKETED.fullmatch(line)


def _is_sentence(line: str) -> bool:
    goes_on = is_ended(line) or line.endswith(_GOES_ON) or weight(line) > LONGEST_HEADING
    return goes_on and weight(line) >= MIN_SENTENCE


def _prose(lines: Sequence[str]) -> tuple[str, ...]:
    """*lines* without those that are nothing but an aside; what goes on over a line is joined."""
    found: list[str] = []
    for line in lines:
        if _BRACKETED.fullmatch(line):
            continue
        if found and found[-1].endswith(_GOES_ON) and not _LISTED.match(line):
            found[-1] += ("" if language_of(line) == "zh" else " ") + line
        else:
            found.append(line)
    return tuple(found)


def _by_headings(lines: Sequence[str], places: Sequence[int]) -> list[Part]:
    ends = [*places[1:], len(lines)]
    return [
        Part(heading=lines[place], paragraphs=_prose(lines[place + 1 : end]))
        for place, end in zip(places, ends, strict=True)
    ]


def _by_length(lines: Sequence[str]) -> list[Part]:
    """Parts of about equal length."""
    whole = Part(paragraphs=_prose(lines))
    count = max(1, round(whole.length / LENGTH))
    found: list[list[str]] = [[]]
    for line in whole.paragraphs:
        done = sum(len(each) for part in found for each in part)
        if found[-1] and done >= whole.length * len(found) / count:
            found.append([])
        found[-1].append(line)
    return [Part(paragraphs=tuple(part)) for part in found]
