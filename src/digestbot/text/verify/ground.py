"""Ground: what a story's sources say, and where; the texts about it are held against it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from digestbot.model import Match, Place, Source
from digestbot.text.aliases import Aliases, shipped
from digestbot.text.facts import (
    Fact,
    Label,
    Moment,
    Quantity,
    Value,
    find_facts,
    find_wordings,
    plain,
)
from digestbot.text.verify import of_facts
from digestbot.text.verify.agreement import Support, agree, comparable, finest, support
from digestbot.text.verify.evidence import Evidence
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.han_names import han_names
from digestbot.text.verify.names import Names, has_name
from digestbot.text.verify.quotations import Quotations

_ADDRESS = re.compile(r"\w+://")

Cited = Sequence[tuple[int, int]]
"""Pairs of a source's number and a sentence's number in it, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Originals:
    """What the writer of a text says that it translated: each name and quotation, as it was."""

    names: Mapping[str, str] = field(default_factory=dict)
    quotations: Mapping[str, str] = field(default_factory=dict)


class Ground:
    """The *sources* of a story, each with its own day of publication (on the readers' clock).

    *day* is the day from which the texts are told: what "yesterday" means in them.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        days: Sequence[date | None],
        day: date,
        aliases: Aliases | None = None,
    ) -> None:
        self.sources = tuple(sources)
        self._days = tuple(days)
        self._day = day
        self._aliases = aliases or shipped()
        self.evidence = Evidence(
            ["\n".join(source.sentences) for source in sources], published=day, days=self._days
        )
        named = (each.publisher for each in sources if not _ADDRESS.match(each.publisher))
        self._publishers = Evidence(["\n".join(named)])

    def findings(self, text: str, *, language: str, originals: Originals) -> list[Finding]:
        """Return what *text*, which has no marks, says that no source does, in its order."""
        wordings = find_wordings(text, language=language)
        names = Names(aliases=self._aliases, originals=originals.names)
        latin = [fact for fact in wordings if fact.kind == "name"]
        found = [
            *of_facts(text, self.evidence, published=self._day),
            *(each for each in names.findings(latin, text, self.evidence) if not self._tells(each)),
            *Quotations(originals=originals.quotations).findings(text, self.evidence),
        ]
        return sorted(found, key=lambda each: (each.start, each.end))

    def _tells(self, name: Finding) -> bool:
        """Whether a *name* that no source says is that of a publisher: who tells it may be told."""
        return has_name(name.text, self._publishers)

    def elsewhere(self, text: str, cited: Cited) -> list[Finding]:
        """Return the facts of *text* that the sources have, but not where it says that it rests.

        They are suspect: the sentence may say of one thing what is said of another.
        """
        if not cited:
            return []
        sentences = [self.sources[source].sentences[number] for source, number in cited]
        days = [self._days[source] for source, _ in cited]
        near = Evidence(sentences, published=self._day, days=days)
        known = {
            (each.start, each.end) for each in of_facts(text, self.evidence, published=self._day)
        }
        return [
            replace(
                each,
                severity="suspect",
                reason=f"`{each.text}` is in the source, but not in the sentences it rests on",
            )
            for each in of_facts(text, near, published=self._day)
            if each.severity == "hard" and (each.start, each.end) not in known
        ]

    def matches(
        self, text: str, *, language: str, cited: Cited = (), originals: Originals | None = None
    ) -> list[Match]:
        """Return the facts of *text*, each with its place in the sources, the *cited* first."""
        facts = [*find_facts(text, published=self._day), *find_wordings(text, language=language)]
        facts += self._names_of(text) if language == "zh" else []
        facts.sort(key=lambda fact: (fact.start, -fact.end))
        given = originals or Originals()
        return [
            Match(
                kind=fact.kind,
                text=fact.text,
                start=fact.start,
                end=fact.end,
                place=self._place_of(fact, cited, given),
            )
            for fact in _apart(facts)
        ]

    def _names_of(self, text: str) -> list[Fact]:
        known = [
            Fact(
                kind="name",
                text=name.text,
                start=name.start,
                end=name.end,
                values=(Label(name=name.text),),
            )
            for name in self._aliases.in_han(text)
        ]
        return [*known, *han_names(text)]

    def _place_of(self, fact: Fact, cited: Cited, originals: Originals) -> Place | None:
        """Where a source has *fact*: among its numbers and dates, or letter by letter."""
        first = set(cited)
        order = sorted(self._sentences, key=lambda each: each not in first)
        for source, number in order:
            for other in self._facts[source, number]:
                if _states(fact, other):
                    return Place(source=source, sentence=number, start=other.start, end=other.end)
        for wording in self._wordings(fact, originals):
            pattern = _letters(wording)
            for source, number in order:
                if found := pattern.search(self.sources[source].sentences[number]):
                    return Place(
                        source=source, sentence=number, start=found.start(), end=found.end()
                    )
        return None

    def _wordings(self, fact: Fact, originals: Originals) -> Iterator[str]:
        """What may stand in a source for *fact*, word by word."""
        yield fact.text
        if fact.kind == "name":
            yield from self._aliases.of_han(fact.text)
            yield from self._aliases.of_latin(fact.text)
        for told, original in (*originals.names.items(), *originals.quotations.items()):
            if fact.text.strip('“”「」"').casefold() in told.casefold():
                yield original

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        return [
            (number, place)
            for number, source in enumerate(self.sources)
            for place in range(len(source.sentences))
        ]

    @cached_property
    def _facts(self) -> dict[tuple[int, int], list[Fact]]:
        return {
            (source, number): find_facts(
                self.sources[source].sentences[number], published=self._days[source]
            )
            for source, number in self._sentences
        }


def _apart(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Those of *facts*, in order, that no earlier one overlaps."""
    end = 0
    for fact in facts:
        if fact.start >= end:
            end = fact.end
            yield fact


def _states(fact: Fact, other: Fact) -> bool:
    """Whether *other*, of a source, says what *fact* does."""
    if plain(fact.text).strip() == plain(other.text).strip():
        return True
    return any(_agrees(said, source) for said in fact.values for source in other.values)


def _agrees(said: Value, source: Value) -> bool:
    if isinstance(said, Quantity) and isinstance(source, Quantity):
        alike = comparable(said.dimension, source.dimension)
        return alike and support(said, source) is not Support.NONE
    if isinstance(said, Moment) and isinstance(source, Moment):
        return finest(said) in source.parts and agree(said, source)
    return said == source


def _letters(wording: str) -> re.Pattern[str]:
    """A pattern that finds *wording* whatever stands between its letters but letters."""
    letters = [re.escape(letter) for letter in plain(wording) if letter.isalnum()]
    if not letters:
        return re.compile(r"(?!)")
    between = r"[\W_]{0,3}"
    found = between.join(letters)
    return re.compile(
        rf"(?<![A-Za-z0-9]){found}(?![A-Za-z0-9])" if wording.isascii() else found, re.IGNORECASE
    )
