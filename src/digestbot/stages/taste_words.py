"""Words of taste: what of a title a lesson may be about, and how it reads.

Names are those that languages share (英伟达 is nvidia). Of other Chinese there are
no words to begin with, only pairs of characters; pairs that always come
together are one word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from digestbot.text.anchors import ALIASES, anchors
from digestbot.text.titles import folded

TITLE_LENGTH = 300
"""Characters of a title whose words are learned."""

_HAN_RUN = re.compile("[\u2e80-\u9fff\uac00-\ud7a3]{2,}")
_ALIAS = re.compile("|".join(sorted(ALIASES, key=len, reverse=True)))


def words_of(title: str) -> frozenset[str]:
    """Return the names in *title*, and the pairs of Han characters that are in no name."""
    pairs = {run[i : i + 2] for run in _runs(title) for i in range(len(run) - 1)}
    names = anchors(title[:TITLE_LENGTH])
    return frozenset({name for name in names if name[0].isalpha()} | pairs)


def found_in(title: str, words: Iterable[str]) -> frozenset[str]:
    """Return those of *words* that *title* has, joined ones too."""
    own, runs = words_of(title), _runs(title)
    return frozenset(word for word in words if word in own or any(word in run for run in runs))


def joined(places: Mapping[str, tuple[int, ...]], titles: Sequence[str]) -> dict[str, str]:
    """Return, for each word, the whole word that it stands for.

    *places* are the titles that have it. Pairs that have the same places and
    overlap in the first of them are one word.
    """
    whole = {word: word for word in places}
    groups: defaultdict[tuple[int, ...], set[str]] = defaultdict(set)
    for word, where in places.items():
        groups[where].add(word)
    for where, group in groups.items():
        for run in _runs(titles[where[0]]):
            for piece in _pieces(run, group):
                whole |= {piece[i : i + 2]: piece for i in range(len(piece) - 1)}
    return whole


def _runs(title: str) -> list[str]:
    return _HAN_RUN.findall(_ALIAS.sub(" ", folded(title[:TITLE_LENGTH])))


def _pieces(run: str, group: set[str]) -> Iterable[str]:
    """The longest pieces of *run* whose pairs are all in *group*."""
    start = 0
    for i in range(len(run)):
        if run[i : i + 2] not in group:
            if i > start:
                yield run[start : i + 1]
            start = i + 1
