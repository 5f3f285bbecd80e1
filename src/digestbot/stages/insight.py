"""insight: summaries in, the editor's view out, for a format that ends with one and has no lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from digestbot.contract import Format, Locale
from digestbot.errors import BadReplyError, ModelError
from digestbot.model import Commentary, Edition, Notice, Remark, Summary
from digestbot.ports import Model
from digestbot.stages.asking import ask, insist, object_schema, string_in
from digestbot.stages.excerpt import plain_commentary
from digestbot.stages.sources import editorial_ground, fence, originals_of, without_addresses
from digestbot.stages.standard import Standard
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases, shipped
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
    aliases: Aliases | None = None,
) -> tuple[Commentary, list[Remark]]:
    """Return the editor's view of *summaries* by *model*, or none.

    One call, and a second one if the reply has to be mended. If that fails, a
    notice says why there is no commentary.
    """
    locale = format.locale(edition.language)
    plain = plain_commentary(summaries, edition=edition, locale=locale)
    if model is None:
        return plain, []
    editor = _Editor(
        edition=edition,
        locale=locale,
        summaries=summaries,
        standard=Standard(
            ground=editorial_ground(summaries, edition=edition, aliases=aliases or shipped()),
            language=edition.language,
            originals=originals_of(summaries),
        ),
    )
    try:
        draft = ask(
            prompts["insight"].messages(**editor.values()),
            model=model,
            repair=prompts["repair"],
            schema=SCHEMA,
            read=editor.draft,
            doubts=lambda draft: editor.standard.doubts(draft.texts),
        )
        written = editor.commentary(draft, plain)
    except ModelError as error:
        reason = f"without commentary: {one_line(error.reason, '')}"
        return plain, [Notice(stage="comment", subject=model.name, reason=reason)]
    cut = "; ".join(written.repairs)
    return written, [Notice(stage="verify", subject="commentary", reason=cut)] if cut else []


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What a model wrote of the day; bold is marked."""

    title: str
    paragraphs: tuple[str, ...]
    closing: str

    @property
    def texts(self) -> list[tuple[str, str]]:
        """Each text behind its name."""
        paragraphs = (("paragraphs", each) for each in self.paragraphs)
        return [("title", self.title), *paragraphs, ("closing", self.closing)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Editor:
    edition: Edition
    locale: Locale
    summaries: Sequence[Summary]
    standard: Standard

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

    def draft(self, reply: Mapping[str, Any]) -> _Draft:
        """Read a reply; raises ``BadReplyError`` with what is wrong with its form."""
        language, typography = self.edition.language, self.locale.typography
        title = settled(visible(string_in(reply, "title")), typography).rstrip("。")
        lines = settled(string_in(reply, "paragraphs"), typography).splitlines()
        closing = one_line(settled(string_in(reply, "closing"), typography), language)
        label = self.locale.closing
        closing = closing.removeprefix(label).removeprefix(visible(label))
        paragraphs = tuple(line.strip() for line in lines if line.strip())
        insist(self._flaws(title, paragraphs, closing))
        return _Draft(title=one_line(title, language), paragraphs=paragraphs, closing=closing)

    def commentary(self, draft: _Draft, plain: Commentary) -> Commentary:
        """What can be printed of *draft*; *plain* has the categories.

        Raises ``BadReplyError`` where the title, all paragraphs or the closing cannot.
        """
        texts, repairs = self.standard.pruned([draft.closing, *draft.paragraphs])
        closing, *paragraphs = texts
        told = [text for text in paragraphs if text]
        if not (told and closing) or self.standard.findings(draft.title):
            raise BadReplyError("; ".join(repairs or self.standard.doubts(draft.texts)))
        return Commentary(
            lead="",
            title=draft.title,
            paragraphs=tuple(self._sparingly_bold([*told, closing])),
            categories=plain.categories,
            repairs=tuple(repairs),
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

    def _sparingly_bold(self, texts: Sequence[str]) -> Iterable[str]:
        left = self.locale.limits.commentary_bold.max - 1  # the label of the closing is one
        for text in texts:
            kept = keep_bold(text, most=left)
            left -= kept.count("**") // 2
            yield kept


def _told(summary: Summary) -> str:
    return " ".join(summary.paragraphs) or summary.text
