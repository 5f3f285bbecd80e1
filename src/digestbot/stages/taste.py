"""Taste: what an editor's choices say of sources and of words.

Choices in, lessons out; nothing else is kept, so a choice that is taken back
leaves no trace. A lesson is small after one choice, never large, and fades.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from digestbot.model import Choice, Cluster, Lesson, Reason, Taste
from digestbot.stages.coverage import letters
from digestbot.stages.taste_words import found_in, joined, words_of

MOST = 1.5
"""What a lesson adds or takes at most: as much as four times the publishers."""

DOUBT = 6.0
"""Choices that a lesson is held back by: after one it is a seventh of ``MOST``, after six half."""

HALF_LIFE = timedelta(days=60)
"""After which a choice counts half: tastes change, and sources do."""

MIN_CHOICES_OF_WORD = 2
"""Choices in which a word must be: one title has a dozen words, and most are chance."""

MIN_VALUE = 0.02
"""A lesson nearer to 0 teaches nothing."""


def learn(
    choices: Iterable[Choice], *, now: datetime, forgotten: Mapping[str, datetime] | None = None
) -> Taste:
    """Return what *choices* teach as of *now*.

    What is *forgotten*, with the moment, learns only from later choices.
    """
    ordered = sorted(choices, key=lambda each: (each.made, each.number, each.url))
    ages = [max(now - choice.made, timedelta(0)) / HALF_LIFE for choice in ordered]
    notes = _Notes(ordered, weights=[0.5**age for age in ages], forgotten=forgotten or {})
    return Taste(
        sources=_lessons(notes.of_sources(), notes), words=_lessons(notes.of_words(), notes)
    )


def tasted(cluster: Cluster, taste: Taste) -> list[Reason]:
    """Return what *taste* says of *cluster*: of its sources, and of its lead's title.

    Each of the two adds or takes ``MOST`` at most, whatever comes together.
    """
    if taste == Taste():
        return []
    sources = {key_of(source) for source in cluster.sources}
    words = found_in(cluster.lead.title, (lesson.subject for lesson in taste.words))
    told = [lesson for lesson in taste.sources if key_of(lesson.subject) in sources]
    said = [lesson for lesson in taste.words if lesson.subject in words]
    return [*_reason("taste: source", told), *_reason("taste: words", said)]


def key_of(subject: str) -> str:
    """Return by what a source or a word is known, however it is written."""
    return letters(subject) or subject.casefold()


Places = dict[str, tuple[int, ...]]
"""By subject, the places of the choices about it."""


class _Notes:
    """Choices, the oldest first, what each still weighs, and whom they are about."""

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        weights: Sequence[float],
        forgotten: Mapping[str, datetime],
    ) -> None:
        self._choices = choices
        self._weights = weights
        self._forgotten = {key_of(subject): moment for subject, moment in forgotten.items()}

    def of_sources(self) -> Places:
        names = {key_of(name): name for each in self._choices for name in each.sources}
        by_key = self._places([{*map(key_of, each.sources)} for each in self._choices])
        return {names[key]: places for key, places in by_key.items()}

    def of_words(self) -> Places:
        titles = [choice.title for choice in self._choices]
        found = self._places([words_of(title) for title in titles])
        often = {w: places for w, places in found.items() if len(places) >= MIN_CHOICES_OF_WORD}
        whole = joined(often, titles)
        by_word = {whole[word]: places for word, places in sorted(often.items())}
        return {
            word: kept for word, places in by_word.items() if (kept := self._since(word, places))
        }

    def lesson(self, subject: str, places: Sequence[int]) -> Lesson:
        signs = [1 if self._choices[place].picked else -1 for place in places]
        weights = [self._weights[place] for place in places]
        tendency = math.fsum(s * w for s, w in zip(signs, weights, strict=True))
        return Lesson(
            subject=subject,
            picks=signs.count(1),
            drops=signs.count(-1),
            value=MOST * tendency / (math.fsum(weights) + DOUBT),
        )

    def _places(self, subjects: Sequence[Collection[str]]) -> Places:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(subjects):
            for subject in each:
                found[subject].append(place)
        kept = {subject: self._since(subject, places) for subject, places in found.items()}
        return {subject: places for subject, places in kept.items() if places}

    def _since(self, subject: str, places: Iterable[int]) -> tuple[int, ...]:
        """Those of *places* that came after *subject*, or a word it is part of, was forgotten."""
        key = key_of(subject)
        moments = [
            moment
            for forgotten, moment in self._forgotten.items()
            if key == forgotten or (not key.isascii() and key in forgotten)
        ]
        return tuple(p for p in places if all(self._choices[p].made > each for each in moments))


def _lessons(found: Places, notes: _Notes) -> tuple[Lesson, ...]:
    lessons = [notes.lesson(subject, places) for subject, places in found.items()]
    kept = [lesson for lesson in lessons if abs(lesson.value) >= MIN_VALUE]
    return tuple(sorted(kept, key=lambda lesson: (-abs(lesson.value), lesson.subject)))


def _reason(name: str, lessons: Sequence[Lesson]) -> Iterable[Reason]:
    if lessons:
        value = math.fsum(lesson.value for lesson in lessons)
        text = "; ".join(lesson.reason for lesson in lessons[:3])
        yield Reason(name=name, value=max(-MOST, min(MOST, value)), text=text)
