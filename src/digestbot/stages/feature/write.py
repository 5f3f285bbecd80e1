"""A feature by a model: each part of the page told by itself, then title, hook and close.

One call a part, side by side, and one for the whole. Each text is held to what it was
made of; what the page does not say is sent back once, then cut, or told in the page's
own sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from digestbot.contract_feature import FeatureLocale
from digestbot.errors import BadReplyError
from digestbot.model import Message, Source, Theme
from digestbot.ports import Model
from digestbot.stages.asking import ask, insist, object_schema, string_in
from digestbot.stages.drafts import ORIGINALS, originals_in
from digestbot.stages.sources import fence, without_addresses
from digestbot.stages.standard import Standard
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases
from digestbot.text.outline import Outline, Part
from digestbot.text.replies import Demands, flaws, keep_bold, one_line, title_flaws, visible
from digestbot.text.sentences import sentences
from digestbot.text.typography import settled
from digestbot.text.verify.ground import Ground, Originals

CALL_LIMIT = 6_000
"""Characters of the page in one call: with its rules and its reply, half of the 16,000 tokens
that the smallest context in use has, in Chinese."""

ABSURD = 2
"""A text this many times too long is no slip of taste, and is sent back."""

PART_TASK, WHOLE_TASK = "feature_part", "feature_whole"

PART_SCHEMA = object_schema(
    heading={"type": "string"},
    paragraphs={"type": "array", "items": {"type": "string"}},
    **ORIGINALS,
)
WHOLE_SCHEMA = object_schema(
    title={"type": "string"}, hook={"type": "string"}, close={"type": "string"}, **ORIGINALS
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A part in our words: a heading (may be empty), paragraphs, and what was cut, in words."""

    heading: str
    paragraphs: tuple[str, ...]
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What stands around the sections; empty where nothing could be kept of it."""

    title: str
    hook: str
    close: str
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """A model with its prompts, in the language of *locale*; *day* is today."""

    model: Model
    prompts: Mapping[str, Prompt]
    locale: FeatureLocale
    day: date
    aliases: Aliases

    def part(self, part: Part, *, title: str, most: int) -> Told:
        """Tell *part* of the page with that *title* in at most *most* paragraphs."""
        source = _source(part, title=title)
        told, originals = ask(
            self._messages(
                PART_TASK,
                _numbered(source.sentences),
                paragraphs_min=str(min(most, self.locale.limits.paragraphs.min)),
                paragraphs_max=str(most),
                **self._limits("heading", "paragraph"),
            ),
            model=self.model,
            repair=self.prompts["repair"],
            schema=PART_SCHEMA,
            read=lambda reply: self._read_part(reply, most),
            doubts=lambda read: self._standard([source], read[1]).doubts(
                [("heading", read[0].heading), *(("paragraphs", p) for p in read[0].paragraphs)]
            ),
        )
        return self._kept(told, self._standard([source], originals))

    def whole(self, themes: Sequence[Theme], page: Outline) -> Whole:
        """Write what stands around *themes*, the sections that *page* makes."""
        opening = Part(paragraphs=page.opening)
        sources = [_source(part, title=page.title) for part in (opening, *page.parts)]
        whole, originals = ask(
            self._messages(
                WHOLE_TASK, _results(themes, page.title), **self._limits("title", "hook", "close")
            ),
            model=self.model,
            repair=self.prompts["repair"],
            schema=WHOLE_SCHEMA,
            read=self._read_whole,
            doubts=lambda read: self._standard(sources, read[1]).doubts(
                (name, getattr(read[0], name)) for name in ("title", "hook", "close")
            ),
        )
        standard = self._standard(sources, originals)
        (hook, close), repairs = standard.pruned([whole.hook, whole.close])
        doubts = standard.doubts([("title", whole.title)])
        return Whole(
            title="" if doubts else whole.title,
            hook=self._sparingly_bold(hook),
            close=self._sparingly_bold(close),
            repairs=(*doubts, *repairs),
        )

    def _limits(self, *names: str) -> dict[str, str]:
        """The limits of these texts, as the prompts name them."""
        limits = self.locale.limits
        ranges = {name: getattr(limits, name) for name in names}
        numbers = {f"{name}_min": str(each.min) for name, each in ranges.items()}
        numbers |= {f"{name}_max": str(each.max) for name, each in ranges.items()}
        return numbers | {"bold_max": str(limits.bold.max)}

    def _messages(self, task: str, source: str, **values: str) -> tuple[Message, ...]:
        """The prompt of *task*, the page's text between fences that it cannot close."""
        return self.prompts[task].messages(source=source, tag=fence(source), **values)

    def _standard(self, sources: Sequence[Source], originals: Originals) -> Standard:
        days = [None for _ in sources]
        ground = Ground(sources, days=days, day=self.day, aliases=self.aliases)
        return Standard(ground=ground, language=self.locale.language, originals=originals)

    def _kept(self, told: Told, standard: Standard) -> Told:
        """*told* without what the page does not say; raises ``BadReplyError`` if none is left."""
        doubts = standard.doubts([("heading", told.heading)])
        kept, repairs = standard.pruned(told.paragraphs)
        if not any(kept):
            raise BadReplyError("; ".join([*doubts, *repairs]))
        return Told(
            heading="" if doubts else told.heading,
            paragraphs=tuple(self._sparingly_bold(each) for each in kept if each),
            repairs=(*doubts, *repairs),
        )

    def _sparingly_bold(self, text: str) -> str:
        return keep_bold(text, most=self.locale.limits.bold.max)

    def _read_part(self, reply: Mapping[str, Any], most: int) -> tuple[Told, Originals]:
        text = self._settled(reply, "paragraphs")
        paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
        told = Told(heading=self._title(reply, "heading"), paragraphs=paragraphs)
        insist(self._part_flaws(told, most))
        return told, originals_in(reply)

    def _part_flaws(self, told: Told, most: int) -> Iterable[str]:
        limits = self.locale.limits
        yield from title_flaws(told.heading, self._demands("heading", limits.heading.max))
        if not told.paragraphs:
            yield "paragraphs: There are none."
        if len(told.paragraphs) > ABSURD * most:
            yield f"paragraphs: There are {len(told.paragraphs)}, far too many."
        for paragraph in told.paragraphs:
            yield from flaws(paragraph, self._demands("paragraphs", limits.paragraph.max))

    def _read_whole(self, reply: Mapping[str, Any]) -> tuple[Whole, Originals]:
        language = self.locale.language
        whole = Whole(
            title=self._title(reply, "title"),
            hook=one_line(self._settled(reply, "hook"), language),
            close=one_line(self._settled(reply, "close"), language),
        )
        limits = self.locale.limits
        insist(
            [
                *title_flaws(whole.title, self._demands("title", limits.title.max)),
                *flaws(whole.hook, self._demands("hook", limits.hook.max)),
                *flaws(whole.close, self._demands("close", limits.close.max)),
            ]
        )
        return whole, originals_in(reply)

    def _title(self, reply: Mapping[str, Any], name: str) -> str:
        return visible(self._settled(reply, name)).rstrip("。")

    def _settled(self, reply: Mapping[str, Any], name: str) -> str:
        return settled(string_in(reply, name), self.locale.typography)

    def _demands(self, name: str, longest: int) -> Demands:
        return Demands(
            name=name,
            language=self.locale.language,
            longest=ABSURD * longest,
            refusals=self.locale.refusals,
        )


def _source(part: Part, *, title: str) -> Source:
    """*part* as a source: the page's title, its own heading, its sentences."""
    said = [sentence for paragraph in part.paragraphs for sentence in sentences(paragraph)]
    head = [part.heading] if part.heading else []
    return Source(publisher="", url="", published=None, sentences=(title, *head, *said))


def _results(themes: Sequence[Theme], title: str) -> str:
    """What the sections say, a sentence a line, within one call: as much of each as of others."""
    share = CALL_LIMIT // len(themes)
    lines = [title]
    for each in themes:
        left = share
        for paragraph in (each.heading, *each.paragraphs):
            for sentence in sentences(visible(paragraph)):
                left -= len(sentence)
                lines += [sentence] if left >= 0 else []
    return _numbered(lines)


def _numbered(lines: Sequence[str]) -> str:
    shown = filter(None, map(without_addresses, lines))
    return "\n".join(f"[{n}] {line}" for n, line in enumerate(shown, 1))
