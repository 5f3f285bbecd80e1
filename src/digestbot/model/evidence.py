"""The nouns of evidence: what each sentence of a post rests on, as its sidecar keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from digestbot.model.feeds import Edition
from digestbot.model.stories import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a section rests on: an entry as its readers could open it, sentence by sentence.

    The first sentence is the title. Of the editor's texts the printed items
    are sources, too: they have no publisher, and the item's link.
    """

    publisher: str
    url: str
    published: datetime | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """``sources[source].sentences[sentence][start:end]`` of a section; all count from 0."""

    source: int
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A fact of a printed sentence, ``text[start:end]`` of it, and where a source has it.

    ``kind`` is number, percentage, amount, version, date, name, quote or link.
    """

    kind: str
    text: str
    start: int
    end: int
    place: Place | None = None
    """None where no place could be found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What is not, or not quite, supported in a printed sentence: ``text[start:end]`` of it.

    ``severity`` is ``hard`` or ``suspect``; ``kind`` is a match's, or ``claim``.
    """

    kind: str
    severity: str
    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A printed sentence without its marks, and what it rests on.

    ``evidence`` are pairs of a source's number and a sentence's number in it.
    """

    text: str
    evidence: tuple[tuple[int, int], ...] = ()
    matches: tuple[Match, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A part of a section: its ``headline`` or ``text``, the ``lead`` or the ``commentary``."""

    name: str
    origin: Origin
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """An item of a post, or the editor's texts (without a title and an address)."""

    title: str = ""
    url: str = ""
    passages: tuple[Passage, ...]
    sources: tuple[Source, ...]
    repairs: tuple[str, ...] = ()
    """What was sent back, replaced or cut before it was printed, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that a post rests on: the sidecar of one edition's post."""

    edition: Edition
    post: str
    """The name of the post's file."""
    sha256: str
    """The hash of the post's bytes, in hexadecimal: whoever edits it changes that."""
    model: str
    """The model's name; empty where none was used."""
    prompts: tuple[tuple[str, str], ...]
    """Each prompt that was used, and the hash of its words."""
    items: tuple[Section, ...]
    editorial: Section
