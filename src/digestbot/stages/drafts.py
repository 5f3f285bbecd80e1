"""Drafts: what a model wrote of a story, sentence by sentence, before it is held to its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from digestbot.contract import Locale
from digestbot.model import Line
from digestbot.stages.asking import numbers_in, object_schema, string_in
from digestbot.stages.sources import Material, without_addresses
from digestbot.text.replies import one_line, visible
from digestbot.text.sentences import sentences
from digestbot.text.typography import settled
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.ground import Ground, Originals

ORIGINALS: Mapping[str, Any] = {
    "names": {
        "type": "array",
        "items": object_schema(name={"type": "string"}, original={"type": "string"}),
    },
    "quotes": {
        "type": "array",
        "items": object_schema(quote={"type": "string"}, original={"type": "string"}),
    },
}
"""The properties of a reply in which its writer names what was translated."""


SHOWN_EVIDENCE = 300
"""Characters of a sentence's evidence that its writer is shown again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A headline and sentences with what they rest on; bold is marked."""

    headline: str
    lines: tuple[Line, ...]
    originals: Originals = field(default_factory=Originals)
    language: str
    section: str = ""

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return ("" if self.language == "zh" else " ").join(line.text for line in self.lines)


def draft_of(reply: Mapping[str, Any], material: Material, *, locale: Locale) -> Draft:
    """Return what *reply* says; whether it is any good is not asked here."""
    return Draft(
        headline=settled(visible(string_in(reply, "headline")), locale.typography).rstrip("。"),
        lines=tuple(_lines(reply, material, locale)),
        originals=originals_in(reply),
        language=locale.language,
        section=string_in(reply, "section"),
    )


def originals_in(reply: Mapping[str, Any]) -> Originals:
    """Return the originals that *reply* gives of names and sayings."""
    return Originals(
        names=dict(_pairs(reply.get("names"), "name")),
        quotations=dict(_pairs(reply.get("quotes"), "quote")),
    )


def findings_of(text: str, ground: Ground, draft: Draft) -> list[Finding]:
    """Return what no source says in *text*, a part of *draft*, as readers see it."""
    found = ground.findings(visible(text), language=draft.language, originals=draft.originals)
    return [each for each in found if each.severity == "hard"]


def doubts_of(draft: Draft, ground: Ground) -> list[str]:
    """Return a sentence for each fact of *draft* that no source has, for its second attempt."""
    doubts = [
        f"headline: {each.kind}: {each.reason}"
        for each in findings_of(draft.headline, ground, draft)
    ]
    for number, line in enumerate(draft.lines, 1):
        doubts += [
            f"sentence {number}: {each.kind}: {each.reason}{_evidence(line, ground)}"
            for each in findings_of(line.text, ground, draft)
        ]
    return doubts


def _evidence(line: Line, ground: Ground) -> str:
    """What *line* says that it rests on, as its writer is reminded of it."""
    cited = [ground.sources[source].sentences[number] for source, number in line.cited]
    said = " ".join(without_addresses(sentence) for sentence in cited)
    return f" (its evidence: “{said[:SHOWN_EVIDENCE]}”)" if said else ""


def _lines(reply: Mapping[str, Any], material: Material, locale: Locale) -> Iterator[Line]:
    given = reply.get("sentences")
    if isinstance(given, list) and any(isinstance(each, Mapping) for each in given):
        for each in filter(lambda part: isinstance(part, Mapping), given):
            yield from _line(string_in(each, "text"), each, material, locale)
    else:
        whole = string_in(reply, "sentences") or string_in(reply, "text")
        for sentence in sentences(settled(whole, locale.typography)):
            yield from _line(sentence, reply, material, locale)


def _line(
    text: str, given: Mapping[str, Any], material: Material, locale: Locale
) -> Iterator[Line]:
    """One sentence with the places that it cites, if it says anything."""
    said = one_line(settled(text, locale.typography), locale.language)
    cited = (n for n in numbers_in(given, "evidence") if 0 < n <= len(material.places))
    if said:
        yield Line(text=said, cited=tuple(material.places[n - 1] for n in cited))


def _pairs(given: Any, name: str) -> Iterator[tuple[str, str]]:
    """The originals in a reply: a list of objects, or an object of its own."""
    if isinstance(given, Mapping):
        yield from ((str(told), said) for told, said in given.items() if isinstance(said, str))
    elif isinstance(given, Sequence) and not isinstance(given, str):
        for each in given:
            if isinstance(each, Mapping):
                told, original = string_in(each, name), string_in(each, "original")
                if told and original:
                    yield told, original
