"""summarize: stories in, summaries out: the model's where it can, the publisher's where not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digestbot.contract import Format, Locale
from digestbot.errors import ModelError, ModelRejectedError, ModelUnavailableError
from digestbot.model import Edition, FollowUp, Message, Notice, Remark, Story, Summary
from digestbot.ports import Executor, Model
from digestbot.stages.asking import ask, insist, numbers_in, object_schema, string_in
from digestbot.stages.excerpt import excerpt
from digestbot.stages.grounding import day_of, said_by, unfounded
from digestbot.stages.sources import Source, fence, source_of, without_addresses
from digestbot.templating import Prompt
from digestbot.text.replies import (
    Demands,
    echo_flaws,
    flaws,
    keep_bold,
    one_line,
    title_flaws,
    visible,
)
from digestbot.text.typography import settled

ABSURD = 2
"""A text this many times too long is no slip of taste, and is sent back."""

STUNTED = 3
"""So is one this many times too short, where the source has enough to say."""

HEADLINE_ONLY = 2
"""A source of no more sentences than this, its title among them, can only be echoed."""

SCHEMA = object_schema(
    headline={"type": "string"},
    text={"type": "string"},
    evidence={"type": "array", "items": {"type": "integer"}},
)


def summarize(
    stories: Sequence[Story],
    *,
    edition: Edition,
    format: Format,
    model: Model | None,
    prompts: Mapping[str, Prompt],
    executor: Executor,
) -> tuple[list[Summary], list[Remark]]:
    """Return one summary a story, in order: by *model*, or an excerpt where it fails.

    Each story is one call, and a second one if the first reply has to be
    mended. What went wrong is a notice: one for each story whose replies were
    no good, one in all where the model could not be asked.
    """
    locale = format.locale(edition.language)
    if model is None:
        return [excerpt(story, edition=edition, locale=locale) for story in stories], []
    writer = _Writer(model=model, prompts=prompts, edition=edition, locale=locale)
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

    def tell(self, story: Story) -> _Told:
        try:
            return _Told(summary=self._retold(story))
        except ModelError as error:
            quoted = excerpt(story, edition=self.edition, locale=self.locale)
            return _Told(summary=quoted, error=error)

    def _retold(self, story: Story) -> Summary:
        source = source_of(story, edition=self.edition)
        messages = self.prompts["summarize"].messages(**self._values(source))
        if story.cluster.follows:
            messages = self._as_follow_up(messages, story.cluster.follows)
        return ask(
            messages,
            model=self.model,
            repair=self.prompts["repair"],
            schema=SCHEMA,
            read=lambda reply: self._summary(reply, story, source),
        )

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
        return tuple(
            Message(role=message.role, text=f"{message.text}\n\n{extra.text}")
            for message, extra in zip(messages, more, strict=True)
        )

    def _values(self, source: Source) -> dict[str, str]:
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
        texts = {"tag": source.tag, "source": source.text, "date": self.edition.date.isoformat()}
        return {name: str(number) for name, number in numbers.items()} | texts

    def _summary(self, reply: dict[str, Any], story: Story, source: Source) -> Summary:
        language = self.edition.language
        headline = settled(visible(string_in(reply, "headline")), language).rstrip("。")
        text = settled(string_in(reply, "text"), language)
        insist(
            [
                *self._flaws(headline, text, source),
                *self._unfounded("headline", headline, story),
                *self._unfounded("text", text, story),
            ]
        )
        cited = numbers_in(reply, "evidence")
        return Summary(
            story=story,
            headline=one_line(headline, language),
            text=keep_bold(one_line(text, language), most=self.locale.limits.summary_bold.max),
            evidence=tuple(
                source.sentences[n - 1] for n in cited if 0 < n <= len(source.sentences)
            ),
        )

    def _unfounded(self, name: str, text: str, story: Story) -> Iterable[str]:
        return unfounded(
            name,
            text,
            said_by(story),
            published=day_of(story, self.edition),
            language=self.edition.language,
        )

    def _flaws(self, headline: str, text: str, source: Source) -> Iterable[str]:
        limits, language = self.locale.limits, self.edition.language
        enough = source.substance >= limits.summary.min
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
        if len(source.sentences) > HEADLINE_ONLY:
            yield from echo_flaws(text, headline)


def _remarks(told: Sequence[_Told], model: Model) -> list[Remark]:
    """A notice for each story that the model could not retell, and one for its absence."""
    remarks: list[Remark] = []
    absent: list[str] = []
    for each in told:
        if isinstance(each.error, ModelUnavailableError | ModelRejectedError):
            absent.append(each.error.reason)
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
