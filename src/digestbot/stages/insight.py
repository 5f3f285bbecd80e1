"""insight: summaries in, the editor's view out, for a format that ends with one and has no lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digestbot.contract import Format, Locale
from digestbot.errors import ModelError
from digestbot.model import Commentary, Edition, Notice, Remark, Summary
from digestbot.ports import Model
from digestbot.stages.asking import ask, insist, object_schema, string_in
from digestbot.stages.excerpt import plain_commentary
from digestbot.stages.grounding import said_by, unfounded
from digestbot.stages.sources import fence, without_addresses
from digestbot.templating import Prompt
from digestbot.text.replies import Demands, flaws, keep_bold, one_line, title_flaws, visible
from digestbot.text.typography import settled

ABSURD = 2
"""A text this many times too long is no slip of taste, and is sent back."""

SCHEMA = object_schema(
    title={"type": "string"},
    paragraphs={"type": "array", "items": {"type": "string"}},
    closing={"type": "string"},
)


def insight(
    summaries: Sequence[Summary],
    *,
    edition: Edition,
    format: Format,
    model: Model | None,
    prompts: Mapping[str, Prompt],
) -> tuple[Commentary, list[Remark]]:
    """Return the editor's view of *summaries* by *model*, or none.

    One call, and a second one if the reply has to be mended. If that fails, a
    notice says why there is no commentary.
    """
    locale = format.locale(edition.language)
    plain = plain_commentary(summaries, edition=edition, locale=locale)
    if model is None:
        return plain, []
    editor = _Editor(edition=edition, locale=locale, summaries=summaries)
    try:
        written = ask(
            prompts["insight"].messages(**editor.values()),
            model=model,
            repair=prompts["repair"],
            schema=SCHEMA,
            read=lambda reply: editor.commentary(reply, plain),
        )
    except ModelError as error:
        reason = f"without commentary: {one_line(error.reason, '')}"
        return plain, [Notice(stage="comment", subject=model.name, reason=reason)]
    return written, []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Editor:
    edition: Edition
    locale: Locale
    summaries: Sequence[Summary]

    @property
    def items(self) -> str:
        """The stories as they are shown, the top story at length."""
        return "\n".join(
            f"{number}. {without_addresses(each.headline)}\n   {without_addresses(_told(each))}"
            for number, each in enumerate(self.summaries, 1)
        )

    def values(self) -> dict[str, str]:
        """The prompt's variables."""
        limits = self.locale.limits
        numbers = {
            "count": len(self.summaries),
            "headline_min": limits.headline.min,
            "headline_max": limits.headline.max,
            "commentary_min": limits.commentary.min,
            "commentary_max": limits.commentary.max,
            "paragraphs_min": limits.commentary_paragraphs.min - 1,
            "paragraphs_max": limits.commentary_paragraphs.max - 1,
            "closing_min": limits.closing.min,
            "closing_max": limits.closing.max,
            "bold_max": limits.commentary_bold.max - 1,
        }
        items = self.items
        return {name: str(number) for name, number in numbers.items()} | {
            "date": self.edition.date.isoformat(),
            "tag": fence(items),
            "items": items,
        }

    def commentary(self, reply: Mapping[str, Any], plain: Commentary) -> Commentary:
        """Make a commentary of the reply; *plain* has the categories."""
        language = self.edition.language
        title = settled(visible(string_in(reply, "title")), language).rstrip("。")
        lines = settled(string_in(reply, "paragraphs"), language).splitlines()
        closing = one_line(settled(string_in(reply, "closing"), language), language)
        label = self.locale.closing
        closing = closing.removeprefix(label).removeprefix(visible(label))
        paragraphs = [line.strip() for line in lines if line.strip()]
        texts = [*paragraphs, closing]
        insist([*self._flaws(title, paragraphs, closing), *self._unfounded(title, texts)])
        return Commentary(
            lead="",
            title=one_line(title, language),
            paragraphs=tuple(self._sparingly_bold(texts)),
            categories=plain.categories,
        )

    def _flaws(self, title: str, paragraphs: Sequence[str], closing: str) -> Iterable[str]:
        limits, language = self.locale.limits, self.edition.language
        longest = ABSURD * limits.headline.max
        yield from title_flaws(title, Demands(name="title", language=language, longest=longest))
        if not paragraphs:
            yield "paragraphs: There are none."
        for name, text in (*(("paragraphs", each) for each in paragraphs), ("closing", closing)):
            demands = Demands(
                name=name,
                language=language,
                longest=limits.commentary.max,
                refusals=self.locale.refusals,
            )
            yield from flaws(text, demands)
        length = sum(len(visible(text)) for text in (*paragraphs, closing))
        if length > ABSURD * limits.commentary.max:
            yield f"paragraphs: They have {length} characters in all, far too many."
        if len(paragraphs) > ABSURD * limits.commentary_paragraphs.max:
            yield f"paragraphs: There are {len(paragraphs)}, far too many."

    def _unfounded(self, title: str, texts: Sequence[str]) -> Iterable[str]:
        """What neither the stories nor their sources say; how many there are is known."""
        count = f"{len(self.summaries)}"
        sources = [text for each in self.summaries for text in said_by(each.story)]
        named = [("title", title), *(("paragraphs", text) for text in texts)]
        for name, text in named:
            yield from unfounded(
                name,
                text,
                [self.items, count, *sources],
                published=self.edition.date,
                language=self.edition.language,
            )

    def _sparingly_bold(self, texts: Sequence[str]) -> Iterable[str]:
        left = self.locale.limits.commentary_bold.max - 1  # the label of the closing is one
        for text in texts:
            kept = keep_bold(text, most=left)
            left -= kept.count("**") // 2
            yield kept


def _told(summary: Summary) -> str:
    return " ".join(summary.paragraphs) or summary.text
