"""What a page holds besides its article: found line by line, and left out.

An extractor gives the article and what clings to it. A line is judged by
itself where its words leave no doubt (a share button), by its place where
they do (a byline stands before the prose, or after it), and what follows an
article is cut where a line says that the article is over. All in linear
time; to clean twice changes nothing more.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate

from digestbot.text.cleaning_lines import (
    is_button,
    is_byline,
    is_crumb,
    is_date,
    is_notice,
    is_pointer,
    is_spam,
)
from digestbot.text.garbled import mended

MIN_PROSE = 40
"""Letters (a Han character counts as two) of a line that may be prose; a headline with
a full stop at its end is longer than most, but shorter than this or without the stop."""

AFTER_NOTICE = 1_500
"""Letters of prose that may follow a legal notice and are cut with it: the notice's own.
After a pointer to other articles none may: it may as well stand inside an article."""

HEADLINES = 12
"""Lines without prose at the end that can be other articles' headlines..."""

LISTED = 0.25
"""... if this share of them are dates, or said twice (a picture's text and a link's)..."""

MANY_HEADLINES = 30
"""... or as many as these, each as long as a headline: no article ends in such a list."""

HEADLINE_WEIGHT = range(16, 121)
"""Letters of a headline."""

_STOP = re.compile(
    r"[。।။．]|[^\W\d_]{2}[\"”’)\]]*\.(?:[\"”’)\]]*$|[\"”’)\]]*\s+[\"“‘(]*[^\W\d_a-z])|(?<![.])[.]$"
)
_LETTER = re.compile(r"[^\W_]")
_WIDE = re.compile("[\u2e80-\U0010ffff]")


def clean_article(text: str) -> str:
    """Return *text*, lines of an extracted article, without what is not the article.

    Left out: garbled characters, with the sentence that held them where they
    stood for others; readings in brackets; lines of spam, breadcrumbs,
    bylines, share counts and buttons; legal notices, pointers to other
    articles and their headlines at the end. An ordinary text comes back as it
    was, but for empty lines and blanks around lines.
    """
    lines = [line.strip() for line in mended(text).split("\n")]
    lines = _without_end([line for line in lines if line and not is_button(line)])
    lines = [line for line in lines if _prose(line) or not is_pointer(line)]
    return "\n".join(_without_headlines(_without_edges(lines)))


def _weight(line: str) -> int:
    return len(_LETTER.findall(line)) + len(_WIDE.findall(line))


def _prose(line: str) -> int:
    """The letters of a line that is prose: a sentence that ends, not a headline or a label."""
    weight = _weight(line)
    return weight if weight >= MIN_PROSE and _STOP.search(line) else 0


# --- the end -----------------------------------------------------------------


def _without_end(lines: list[str]) -> list[str]:
    """Cut at the first line after which hardly any prose of the article's own can follow.

    Never more prose than is left, unless a notice is all there is. The marks
    are gone through from the last to the first, so that what one cuts does
    not count for the one before it.
    """
    before = [0, *accumulate(_prose(line) for line in lines)]
    end = len(lines)
    for place in range(len(lines) - 1, -1, -1):
        notice = is_notice(lines[place])
        if notice or is_pointer(lines[place]):
            own, follows = _prose(lines[place]), before[end] - before[place]
            room = own + AFTER_NOTICE * notice
            if follows <= room and (follows < before[place] or follows == own > 0):
                end = place
    return lines[:end]


# --- before and after the prose ------------------------------------------------


def _without_edges(lines: list[str]) -> list[str]:
    """Leave out bylines, counts, crumbs, and rows of links, before the prose and after it."""
    prose = [place for place, line in enumerate(lines) if _prose(line)]
    first, last = (prose[0], prose[-1]) if prose else (len(lines), -1)
    return [
        line
        for place, line in enumerate(lines)
        if first <= place <= last or not _is_trimming(line, above=place < first)
    ]


def _is_trimming(line: str, *, above: bool) -> bool:
    return is_byline(line) or is_crumb(line) or (above and is_spam(line))


# --- what follows the end without a word -----------------------------------------


def _without_headlines(lines: list[str]) -> list[str]:
    """Cut a long run of lines without prose that look like a list of other articles."""
    start = len(lines)
    while start and not _prose(lines[start - 1]):
        start -= 1
    run = lines[start:]
    return lines[:start] if start and _are_headlines(run) else lines


def _are_headlines(run: list[str]) -> bool:
    if len(run) < HEADLINES:
        return False
    counts = Counter(run)
    listed = sum(is_date(line) or counts[line] > 1 for line in run)
    if listed >= LISTED * len(run):
        return True
    titles = sum(_weight(line) in HEADLINE_WEIGHT for line in run)
    return titles >= MANY_HEADLINES and titles * 2 > len(run)
