"""Mend: what a model got wrong twice is cut at the clause, or said in the publisher's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from digestbot.model import Line
from digestbot.stages.drafts import Draft, findings_of
from digestbot.text.boilerplate import is_boilerplate
from digestbot.text.languages import language_of
from digestbot.text.replies import visible
from digestbot.text.sentences import sentences
from digestbot.text.titles import weight
from digestbot.text.verify.evidence import only_letters
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.ground import Ground

MIN_CLAUSE = 16
"""Letters (a Han character counts as two) of what is left of a sentence that is cut."""

_CLAUSE = re.compile(r"[，；,;]|：(?!“)|——?|\s[-–—]\s")
_PAIRS = ("“”", "「」", "『』", "《》", "（）", "()")
_LEANS_ON = re.compile(
    r"(?:据|根据|按照|随着|由于|因为|为了|虽然|尽管|如果|若|一旦|除非|只要|当|在.{0,30}(?:后|中|前|时|上|下|之际)$|"
    r"与此同时$|此外$|对此$|其中$|不过$|然而$)"
    r"|(?i:(?:according|if|when|while|after|before|although|though|despite|because|since|unless|as|in"
    r"|on|with|for|to|by|at|from|during|once|until|whereas|following|citing|given)\b)"
)
"""A first clause that says nothing without the ones behind it."""


@dataclass
class _Desk:
    """A draft under repair, and what was done to it, in words."""

    draft: Draft
    ground: Ground
    longest: int
    headline: int
    claims: Mapping[str, Finding]
    repairs: list[str] = field(default_factory=list)

    def findings(self, text: str) -> list[Finding]:
        claim = self.claims.get(text)
        return [*findings_of(text, self.ground, self.draft), *([claim] if claim else [])]


def mend(
    draft: Draft,
    ground: Ground,
    *,
    longest: int,
    headline: int,
    claims: Mapping[str, Finding] = MappingProxyType({}),
) -> tuple[Draft | None, list[str]]:
    """Return *draft* without what no source says, and what was done to it, in words.

    A sentence is cut in front of the clause that is wrong, or gives way to the
    publisher's sentence (of at most *longest* characters) that it rests on, or
    goes; so does one of which *claims* say, by its text, that it is not supported
    as a whole. A headline is cut, or gives way to the publisher's, or to the first
    clauses of the text (at most *headline* characters). None where nothing is
    left of either.
    """
    desk = _Desk(draft, ground, longest, headline, claims)
    lines = tuple(_lines(desk))
    title = _headline(desk, lines) if lines else ""
    if not title:
        return None, desk.repairs
    return replace(draft, headline=title, lines=lines), desk.repairs


def prune(
    text: str, find: Callable[[str], Sequence[Finding]], *, language: str
) -> tuple[str, list[str]]:
    """Return *text* without what *find* finds in its sentences, and what was done, in words.

    A sentence is cut in front of the clause that is wrong, or goes.
    """
    if not find(visible(text)):
        return text, []
    kept: list[str] = []
    repairs: list[str] = []
    for sentence in sentences(text):
        found = find(visible(sentence))
        shorter = cut(visible(sentence), found, ending=_stop(language)) if found else sentence
        if found and shorter and find(shorter):
            shorter = ""
        if found:
            done = f"cut to “{shorter}”" if shorter else f"“{visible(sentence)}” left out"
            repairs.append(f"{done}: {_reasons(found)}")
        kept += [shorter] if shorter else []
    return ("" if language == "zh" else " ").join(kept), repairs


def cut(text: str, findings: Sequence[Finding], *, ending: str) -> str:
    """Return *text* up to the clause in which the first of *findings* stands, or ""."""
    first = min(each.start for each in findings)
    ends = [match.start() for match in _CLAUSE.finditer(text, 0, first)]
    for end in reversed(ends):
        kept = text[:end].rstrip()
        paired = all(kept.count(pair[0]) == kept.count(pair[1]) for pair in _PAIRS)
        splits_number = text[end - 1 : end].isdigit() and text[end + 1 : end + 2].isdigit()
        if paired and not splits_number and _stands_alone(kept):
            return kept + ending
    return ""


def _stands_alone(kept: str) -> bool:
    return weight(kept) >= MIN_CLAUSE and (
        not _LEANS_ON.match(kept) or _CLAUSE.search(kept) is not None
    )


def _headline(desk: _Desk, lines: Sequence[Line]) -> str:
    headline = desk.draft.headline
    found = desk.findings(headline)
    if not found:
        return headline
    shorter = cut(headline, found, ending="")
    if shorter and not desk.findings(shorter):
        desk.repairs.append(f"headline cut to “{shorter}”: {_reasons(found)}")
        return shorter
    for title in (source.sentences[0] for source in desk.ground.sources):
        if language_of(title) == desk.draft.language and len(title) <= desk.longest:
            desk.repairs.append(f"headline in the publisher's words: {_reasons(found)}")
            return title
    title = opening(visible(lines[0].text), desk.headline)
    done = "headline from the text" if title else "no headline is left"
    desk.repairs.append(f"{done}: {_reasons(found)}")
    return title


def opening(text: str, longest: int) -> str:
    """Return the first clauses of *text*, at most *longest* characters, if they stand alone."""
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    whole = text.rstrip("。.")
    for kept in (whole, *(text[:end] for end in reversed(ends))):
        paired = all(kept.count(pair[0]) == kept.count(pair[1]) for pair in _PAIRS)
        if len(kept) <= longest and paired and _stands_alone(kept):
            return kept
    return ""


def _lines(desk: _Desk) -> Iterator[Line]:
    found = {line.text: desk.findings(line.text) for line in desk.draft.lines}
    said = {only_letters(text) for text, wrong in found.items() if not wrong}
    for line in desk.draft.lines:
        mended = _line(line, found[line.text], desk, said) if found[line.text] else line
        if mended:
            said.add(only_letters(mended.text))
            yield mended


def _line(line: Line, found: Sequence[Finding], desk: _Desk, said: Collection[str]) -> Line | None:
    """What can stand in place of a line that is wrong, and is not *said* already."""
    text = visible(line.text)
    shorter = cut(text, found, ending=_stop(desk.draft.language))
    if shorter and not desk.findings(shorter) and not _is_said(shorter, said):
        desk.repairs.append(f"cut to “{shorter}”: {_reasons(found)}")
        return replace(line, text=shorter)
    quoted = _publishers(line, desk, said)
    done = "in the publisher's words" if quoted else "left out"
    desk.repairs.append(f"“{text}” {done}: {_reasons(found)}")
    return quoted


def _is_said(text: str, said: Collection[str]) -> bool:
    letters = only_letters(text)
    return any(letters in each or each in letters for each in said)


def _publishers(line: Line, desk: _Desk, said: Collection[str]) -> Line | None:
    """The first sentence that *line* rests on which can stand in its place."""
    for source, number in line.cited:
        sentence = desk.ground.sources[source].sentences[number].replace("**", "")
        alike = language_of(sentence) == desk.draft.language
        fits = weight(sentence) >= MIN_CLAUSE and len(sentence) <= desk.longest
        if (
            number
            and alike
            and fits
            and not _is_said(sentence, said)
            and not is_boilerplate(sentence)
        ):
            return Line(text=sentence, cited=((source, number),))
    return None


def _stop(language: str) -> str:
    return "。" if language == "zh" else "."


def _reasons(findings: Sequence[Finding]) -> str:
    return "; ".join(dict.fromkeys(each.reason for each in findings))
