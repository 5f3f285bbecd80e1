"""expand: the first story told at length, where the format has a top story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from digestbot.contract import Format, Locale
from digestbot.errors import BadReplyError, ModelError
from digestbot.model import Edition, Notice, Origin, Remark, Source, Summary
from digestbot.ports import Model
from digestbot.stages.admit import admit
from digestbot.stages.asking import ask, insist, object_schema, string_in
from digestbot.stages.drafts import ORIGINALS, originals_in
from digestbot.stages.excerpt import AT_LENGTH, LETTERS_PER_HAN, UNSPACED, cut, joined, reports_of
from digestbot.stages.sources import ground_of, material_of, sources_of, without_addresses
from digestbot.stages.standard import Standard
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases, shipped
from digestbot.text.extract import Room, extract
from digestbot.text.replies import Demands, flaws, keep_bold, one_line
from digestbot.text.typography import settled
from digestbot.text.verify.ground import Ground, Originals

ABSURD = 2
"""Paragraphs this many times too long, or too many, are no slip of taste, and are sent back."""

MAX_SENTENCES = 40
"""Sentences that are quoted: more than four paragraphs hold."""

SCHEMA = object_schema(paragraphs={"type": "array", "items": {"type": "string"}}, **ORIGINALS)


def expand(
    summaries: Sequence[Summary],
    *,
    edition: Edition,
    format: Format,
    model: Model | None,
    prompts: Mapping[str, Prompt],
    aliases: Aliases | None = None,
) -> tuple[list[Summary], list[Remark]]:
    """Return *summaries*, the first at length: by *model*, or in its publishers' sentences.

    A story of which there is hardly a text cannot be told at length: the first
    that can is put before it. What cannot be printed, or had, leaves the story
    as short as it is, with a notice. A format without a top story leaves all as
    they are.
    """
    if "top" not in format.parts or not summaries:
        return list(summaries), []
    locale = format.locale(edition.language)
    summaries = _tellable_first(summaries, locale)
    first, *others = summaries
    try:
        if model is None or first.origin is Origin.EXCERPT:
            told = replace(first, paragraphs=_quoted(first, locale))
        else:
            writer = _Writer(edition=edition, locale=locale, aliases=aliases or shipped())
            told = writer.told(first, model, prompts)
    except ModelError as error:
        return list(summaries), [_in_short(first, one_line(error.reason, ""))]
    kept, doubts = admit([told], edition=edition, format=format)
    if kept != [told]:
        return list(summaries), [_in_short(first, doubt.reason) for doubt in doubts]
    return [told, *others], _cuts(first, told)


def _cuts(first: Summary, told: Summary) -> list[Remark]:
    """A notice of what was cut at length, if anything was."""
    cut = "; ".join(told.repairs[len(first.repairs) :])
    return [Notice(stage="verify", subject=first.story.lead.url, reason=cut)] if cut else []


def _tellable_first(summaries: Sequence[Summary], locale: Locale) -> list[Summary]:
    """*summaries* in their order, but the first that can fill a paragraph before all.

    Where none can, the most important story stays the first.
    """
    least = locale.limits.top.min
    lengths = (sum(map(len, _quoted(each, locale))) for each in summaries)
    place = next((n for n, length in enumerate(lengths) if length >= least), 0)
    return [summaries[place], *summaries[:place], *summaries[place + 1 :]]


def _in_short(first: Summary, reason: str) -> Notice:
    return Notice(stage="expand", subject=first.story.lead.url, reason=f"told in short: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    edition: Edition
    locale: Locale
    aliases: Aliases

    def told(self, first: Summary, model: Model, prompts: Mapping[str, Prompt]) -> Summary:
        sources = sources_of(first.story)
        ground = ground_of(first.story, sources, edition=self.edition, aliases=self.aliases)
        paragraphs, originals = ask(
            prompts["top"].messages(**self._values(first, sources)),
            model=model,
            repair=prompts["repair"],
            schema=SCHEMA,
            read=self._read,
            doubts=lambda read: self._standard(ground, first, read[1]).doubts(
                ("paragraphs", each) for each in read[0]
            ),
        )
        kept, repairs = self._standard(ground, first, originals).pruned(paragraphs)
        if not any(kept):
            raise BadReplyError("; ".join(repairs))
        return replace(
            first,
            paragraphs=self._sparingly_bold([each for each in kept if each]),
            originals=(*first.originals, *originals.names.items()),
            repairs=(*first.repairs, *repairs),
        )

    def _standard(self, ground: Ground, first: Summary, originals: Originals) -> Standard:
        names = dict(first.originals) | dict(originals.names)
        given = Originals(names=names, quotations=originals.quotations)
        return Standard(ground=ground, language=self.edition.language, originals=given)

    def _values(self, first: Summary, sources: Sequence[Source]) -> dict[str, str]:
        limits = self.locale.limits
        source = material_of(first.story, sources, edition=self.edition)
        return {
            "paragraphs_max": str(limits.top_paragraphs.max),
            "paragraph_min": str(limits.top.min),
            "paragraph_max": str(limits.top.max),
            "bold_max": str(limits.top_bold.max),
            "date": self.edition.date.isoformat(),
            "headline": without_addresses(first.headline),
            "tag": source.tag,
            "source": source.text,
        }

    def _read(self, reply: Mapping[str, Any]) -> tuple[list[str], Originals]:
        text = settled(string_in(reply, "paragraphs"), self.locale.typography)
        paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
        insist(self._flaws(paragraphs))
        return paragraphs, originals_in(reply)

    def _sparingly_bold(self, paragraphs: Sequence[str]) -> tuple[str, ...]:
        left = self.locale.limits.top_bold.max
        kept = []
        for paragraph in paragraphs:
            kept.append(keep_bold(paragraph, most=left))
            left -= kept[-1].count("**") // 2
        return tuple(kept)

    def _flaws(self, paragraphs: Sequence[str]) -> Iterable[str]:
        limits = self.locale.limits
        if not paragraphs:
            yield "paragraphs: There are none."
        if len(paragraphs) > ABSURD * limits.top_paragraphs.max:
            yield f"paragraphs: There are {len(paragraphs)}, far too many."
        demands = Demands(
            name="paragraphs",
            language=self.edition.language,
            longest=ABSURD * limits.top.max,
            refusals=self.locale.refusals,
        )
        for paragraph in paragraphs:
            yield from flaws(paragraph, demands)


def _quoted(first: Summary, locale: Locale) -> tuple[str, ...]:
    """The sentences that stand for all reports, in paragraphs; none where nobody gives a text."""
    reports = reports_of(first.story)
    languages = [language for language, _ in reports] or [locale.language]
    language = locale.language if locale.language in languages else languages[0]
    spaced = language not in UNSPACED
    times = LETTERS_PER_HAN if spaced and locale.language in UNSPACED else 1
    most = locale.limits.top.max * times
    room = Room(
        characters=most * locale.limits.top_paragraphs.max,
        enough=most * locale.limits.top_paragraphs.max,
        statements=MAX_SENTENCES,
        gap=int(spaced),
    )
    told = [report for spoken, report in reports if spoken == language]
    found = extract(told, title=first.story.lead.title, room=room, weights=AT_LENGTH)
    chosen = [each.text for each in found]
    label = "" if language == locale.language else locale.original(language)
    groups = _in_paragraphs([cut(text, most) for text in chosen], most)
    paragraphs = [joined(group) for group in groups[: locale.limits.top_paragraphs.max]]
    return (label + paragraphs[0], *paragraphs[1:]) if paragraphs else ()


def _in_paragraphs(texts: Sequence[str], most: int) -> list[list[str]]:
    """*texts* in groups of at most *most* characters, in order."""
    groups: list[list[str]] = []
    for text in texts:
        if groups and sum(map(len, groups[-1])) + len(text) <= most:
            groups[-1].append(text)
        else:
            groups.append([text])
    return groups
