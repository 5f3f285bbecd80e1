"""summarize: stories in, summaries out: the model's where it can, the publisher's where not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from digestbot.contract import Format, Locale
from digestbot.errors import BadReplyError, ModelError, ModelRejectedError, ModelUnavailableError
from digestbot.model import Edition, FollowUp, Message, Notice, Remark, Story, Summary
from digestbot.ports import Executor, Model
from digestbot.stages.asking import ask, insist, object_schema
from digestbot.stages.drafts import ORIGINALS, Draft, doubts_of, draft_of
from digestbot.stages.excerpt import excerpt
from digestbot.stages.mend import mend
from digestbot.stages.proofread import proofread
from digestbot.stages.sources import (
    Material,
    fence,
    ground_of,
    material_of,
    sources_of,
    without_addresses,
)
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases, shipped
from digestbot.text.replies import (
    Demands,
    echo_flaws,
    flaws,
    keep_bold,
    one_line,
    title_flaws,
    visible,
)
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.ground import Ground
from digestbot.text.verify.quotations import Quotations

ABSURD = 2
"""A text this many times too long is no slip of taste, and is sent back."""

STUNTED = 3
"""So is one this many times too short, where the source has enough to say."""

HEADLINE_ONLY = 2
"""A source of no more sentences than this, its title among them, can only be echoed."""

SCHEMA = object_schema(
    headline={"type": "string"},
    sentences={
        "type": "array",
        "items": object_schema(
            text={"type": "string"},
            evidence={"type": "array", "items": {"type": "integer"}},
        ),
    },
    **ORIGINALS,
)


def summarize(
    stories: Sequence[Story],
    *,
    edition: Edition,
    format: Format,
    model: Model | None,
    prompts: Mapping[str, Prompt],
    executor: Executor,
    aliases: Aliases | None = None,
) -> tuple[list[Summary], list[Remark]]:
    """Return one summary a story, in order: by *model*, or an excerpt where it fails.

    Each story is one call, and a second one if the first reply has to be
    mended. What no source says even then is cut, or told in the publisher's
    words. What went wrong is a notice: one for each story whose replies were
    no good, one in all where the model could not be asked.
    """
    locale = format.locale(edition.language)
    if model is None:
        return [excerpt(story, edition=edition, locale=locale) for story in stories], []
    writer = _Writer(
        model=model,
        prompts=prompts,
        edition=edition,
        locale=locale,
        aliases=aliases or shipped(),
    )
    told = executor.map(writer.tell, stories)
    return [each.summary for each in told], _remarks(told, model)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A story's summary, and why it is an excerpt if it is one."""

    summary: Summary
    error: ModelError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    model: Model
    prompts: Mapping[str, Prompt]
    edition: Edition
    locale: Locale
    aliases: Aliases

    def tell(self, story: Story) -> _Told:
        try:
            return _Told(summary=self._retold(story))
        except ModelError as error:
            quoted = excerpt(story, edition=self.edition, locale=self.locale)
            return _Told(summary=quoted, error=error)

    def _retold(self, story: Story) -> Summary:
        sources = sources_of(story)
        material = material_of(story, sources, edition=self.edition)
        ground = ground_of(story, sources, edition=self.edition, aliases=self.aliases)
        messages = self.prompts["summarize"].messages(**self._values(material))
        if story.cluster.follows:
            messages = self._as_follow_up(messages, story.cluster.follows)
        if self.locale.sections:
            messages = self._in_sections(messages)
        draft = ask(
            messages,
            model=self.model,
            repair=self.prompts["repair"],
            schema=self._schema(),
            read=lambda reply: self._draft(reply, material),
            doubts=lambda draft: doubts_of(draft, ground),
        )
        return self._summary(draft, story, ground)

    def _claims(self, draft: Draft, ground: Ground) -> tuple[dict[str, Finding], list[str]]:
        """What a second look of the model finds unsupported, or why there was none, in words."""
        if "proofread" not in self.prompts:
            return {}, []
        try:
            return proofread(draft, ground, model=self.model, prompts=self.prompts), []
        except ModelError as error:
            return {}, [f"not proofread: {one_line(error.reason, '')}"]

    def _as_follow_up(self, messages: Sequence[Message], follows: FollowUp) -> tuple[Message, ...]:
        """The same request, and what readers know already."""
        told = follows.told
        before = without_addresses(f"{told.headline or told.title} {told.summary}")
        more = self.prompts["follow_up"].messages(
            news=without_addresses(", ".join(follows.news)),
            day=told.day,
            tag=fence(before),
            before=before,
        )
        return _extended(messages, more)

    def _in_sections(self, messages: Sequence[Message]) -> tuple[Message, ...]:
        """The same request, and the list that a section is chosen from."""
        names = " | ".join(section.name for section in self.locale.sections)
        default = self.locale.default_section
        more = self.prompts["section"].messages(sections=names, default=default)
        return _extended(messages, more)

    def _schema(self) -> dict[str, Any]:
        names = [section.name for section in self.locale.sections]
        if not names:
            return SCHEMA
        section = {"type": "string", "enum": names}
        return object_schema(**SCHEMA["properties"], section=section)

    def _values(self, material: Material) -> dict[str, str]:
        limits = self.locale.limits
        numbers = {
            "headline_min": limits.headline.min,
            "headline_max": limits.headline.max,
            "summary_min": limits.summary.min,
            "summary_max": limits.summary.max,
            "sentences_min": limits.summary_sentences.min,
            "sentences_max": limits.summary_sentences.max,
            "bold_max": limits.summary_bold.max,
        }
        texts = {
            "tag": material.tag,
            "source": material.text,
            "date": self.edition.closes.date().isoformat(),
        }
        return {name: str(number) for name, number in numbers.items()} | texts

    def _draft(self, reply: dict[str, Any], material: Material) -> Draft:
        draft = draft_of(reply, material, locale=self.locale)
        insist(self._flaws(draft.headline, draft.text, material))
        return draft

    def _summary(self, draft: Draft, story: Story, ground: Ground) -> Summary:
        """What can be printed of *draft*; raises ``BadReplyError`` where nothing is left."""
        limits = self.locale.limits
        mended = partial(
            mend, ground=ground, longest=limits.summary.max, headline=limits.headline.max
        )
        left, repairs = mended(draft)
        if left is not None:
            claims, failure = self._claims(left, ground)
            left, more = mended(left, claims=claims)
            repairs += [*failure, *more]
        if left is None:
            raise BadReplyError("; ".join(repairs))
        evidence = dict.fromkeys(place for line in left.lines for place in line.cited)
        unmarked = Quotations().unmarked
        return Summary(
            story=story,
            headline=one_line(unmarked(left.headline, ground.evidence), left.language),
            text=keep_bold(unmarked(left.text, ground.evidence), most=limits.summary_bold.max),
            evidence=tuple(ground.sources[source].sentences[n] for source, n in evidence),
            lines=tuple(
                replace(line, text=visible(unmarked(line.text, ground.evidence)))
                for line in left.lines
            ),
            originals=(*left.originals.names.items(), *left.originals.quotations.items()),
            repairs=tuple(repairs),
            section=left.section,
        )

    def _flaws(self, headline: str, text: str, material: Material) -> Iterable[str]:
        limits, language = self.locale.limits, self.edition.language
        enough = material.substance >= limits.summary.min
        title = Demands(name="headline", language=language, longest=ABSURD * limits.headline.max)
        prose = Demands(
            name="text",
            language=language,
            shortest=limits.summary.min // STUNTED if enough else 1,
            longest=ABSURD * limits.summary.max,
            refusals=self.locale.refusals,
        )
        yield from title_flaws(headline, title)
        yield from flaws(text, prose)
        if len(material.sentences) > HEADLINE_ONLY:
            yield from echo_flaws(text, headline)


def _extended(messages: Sequence[Message], more: Sequence[Message]) -> tuple[Message, ...]:
    """*messages*, each with what *more* adds to it."""
    return tuple(
        Message(role=message.role, text=f"{message.text}\n\n{extra.text}")
        for message, extra in zip(messages, more, strict=True)
    )


def _remarks(told: Sequence[_Told], model: Model) -> list[Remark]:
    """A notice for each story that the model could not retell, and one for its absence."""
    remarks: list[Remark] = []
    absent: list[str] = []
    for each in told:
        if isinstance(each.error, ModelUnavailableError | ModelRejectedError):
            absent.append(each.error.reason)
        elif each.summary.repairs:
            remarks.append(
                Notice(
                    stage="verify",
                    subject=each.summary.story.lead.url,
                    reason="; ".join(each.summary.repairs),
                )
            )
        elif each.error:
            remarks.append(
                Notice(
                    stage="summarize",
                    subject=each.summary.story.lead.url,
                    reason=f"told in the publisher's words: {one_line(each.error.reason, '')}",
                )
            )
    if absent:
        reasons = "; ".join(dict.fromkeys(absent))
        stories = f"{len(absent)} of {len(told)} stories are told in the publishers' words"
        remarks.append(
            Notice(stage="summarize", subject=model.name, reason=f"{reasons}: {stories}")
        )
    return remarks
