"""The page of a post beside its sources, each fact with where a source has it.

No script: what is pointed at, or has the keyboard's focus, lights up by rules
of style that are made for the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, pairwise

from digestbot.model import Candidate, Dossier, Match, Origin, Report, Section, Sentence, Source
from digestbot.pages.sheet import page
from digestbot.text.redaction import redacted

SHOWN = 100
"""Stories that were left out which the page lists; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Part of a sentence: its text, what of the facts it is, and how doubtful."""

    text: str
    kind: str = ""
    number: int = 0
    """The fact's number on the page; 0 for what is none."""
    quote: int = 0
    """The number of the quote in which the fact was found; 0: in none."""
    severity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence of a source: pieces with the numbers of the facts that rest on them."""

    number: int
    pieces: tuple[tuple[str, tuple[int, ...]], ...]
    cited: bool
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A printed sentence beside what it rests on."""

    pieces: tuple[Piece, ...]
    quotes: tuple[Quote, ...]
    doubts: tuple[str, ...]
    origin: Origin
    part: str
    cites: bool
    """Whether the writer said what the sentence rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A section as the page shows it."""

    title: str
    url: str
    rows: tuple[Row, ...]
    sources: tuple[Source, ...]
    repairs: tuple[str, ...]


@dataclass
class _Counter:
    """Numbers the facts and quotes of a page, and remembers which facts have a place."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    quotes: Iterator[int] = field(default_factory=lambda: count(1))
    placed: list[int] = field(default_factory=list)


def evidence_page(dossier: Dossier, report: Report | None, *, edited: bool) -> str:
    """Return the page on *dossier*; *report* is that of its run, where there is one.

    *edited* says that the post is no longer as it was written.
    """
    facts = _Counter()
    shelves = [_shelf(section, facts) for section in (*dossier.items, dossier.editorial)]
    left_out = _left_out(report)
    return page(
        "evidence.html.j2",
        language=dossier.edition.language,
        highlights=facts.placed,
        dossier=dossier,
        edited=edited,
        items=shelves[:-1],
        editorial=shelves[-1],
        report=report,
        left_out=left_out[:SHOWN],
        more=len(left_out) - SHOWN,
        notices=_notices(report),
        figures=_figures(dossier),
    )


def _shelf(section: Section, facts: _Counter) -> Shelf:
    return Shelf(
        title=section.title,
        url=section.url if section.url.startswith(("https://", "http://")) else "",
        rows=tuple(
            _row(sentence, section, passage.origin, passage.name, facts)
            for passage in section.passages
            for sentence in passage.sentences
        ),
        sources=section.sources,
        repairs=section.repairs,
    )


def _row(sentence: Sentence, section: Section, origin: Origin, part: str, facts: _Counter) -> Row:
    numbered = [(next(facts.numbers), match) for match in sentence.matches]
    facts.placed += [number for number, match in numbered if match.place]
    places = [(m.place.source, m.place.sentence) for _, m in numbered if m.place]
    quoted = {place: next(facts.quotes) for place in dict.fromkeys((*sentence.evidence, *places))}
    return Row(
        pieces=tuple(_pieces(sentence, numbered, quoted)),
        quotes=tuple(_quotes(sentence, section, numbered, quoted)),
        doubts=tuple(f"{each.severity} {each.kind}: {each.reason}" for each in sentence.doubts),
        origin=origin,
        part=part,
        cites=bool(sentence.evidence),
    )


def _pieces(
    sentence: Sentence, numbered: Sequence[tuple[int, Match]], quoted: Mapping[tuple[int, int], int]
) -> Iterator[Piece]:
    end = 0
    for number, match in numbered:
        if match.start > end:
            yield Piece(text=sentence.text[end : match.start])
        worst = [
            each.severity
            for each in sentence.doubts
            if each.start < match.end and match.start < each.end
        ]
        yield Piece(
            text=sentence.text[match.start : match.end],
            kind=match.kind,
            number=number,
            quote=quoted[match.place.source, match.place.sentence] if match.place else 0,
            severity=min(worst, default=""),  # hard before suspect
        )
        end = match.end
    if end < len(sentence.text):
        yield Piece(text=sentence.text[end:])


def _quotes(
    sentence: Sentence,
    section: Section,
    numbered: Sequence[tuple[int, Match]],
    quoted: Mapping[tuple[int, int], int],
) -> Iterator[Quote]:
    """The sentences that are cited, then those in which facts were found."""
    for (source, place), number in quoted.items():
        spans = [
            (fact, match.place.start, match.place.end)
            for fact, match in numbered
            if match.place and (match.place.source, match.place.sentence) == (source, place)
        ]
        yield Quote(
            number=number,
            pieces=tuple(_marked(section.sources[source].sentences[place], spans)),
            cited=(source, place) in sentence.evidence,
            source=section.sources[source],
        )


def _marked(
    text: str, spans: Sequence[tuple[int, int, int]]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """*text* cut where a span begins or ends, each piece with the facts it belongs to."""
    cuts = sorted({0, len(text), *(place for _, *ends in spans for place in ends)})
    for start, end in pairwise(cuts):
        facts = tuple(fact for fact, begin, stop in spans if begin <= start and end <= stop)
        yield text[start:end], facts


def _left_out(report: Report | None) -> list[Candidate]:
    candidates = report.candidates if report else ()
    return [each for each in candidates if not each.chosen]


def _notices(report: Report | None) -> list[str]:
    notices = report.notices if report else ()
    return [redacted(f"{each.stage}: {each.subject}: {each.reason}") for each in notices]


def _figures(dossier: Dossier) -> dict[str, int]:
    """What is counted on top of the page."""
    counted: Counter[str] = Counter()
    for section in (*dossier.items, dossier.editorial):
        counted["repairs"] += len(section.repairs)
        for passage in section.passages:
            for sentence in passage.sentences:
                counted["sentences"] += 1
                counted["facts"] += len(sentence.matches)
                counted["found"] += sum(match.place is not None for match in sentence.matches)
                counted.update(doubt.severity for doubt in sentence.doubts)
    return {
        name: counted[name]
        for name in ("sentences", "facts", "found", "hard", "suspect", "repairs")
    }
