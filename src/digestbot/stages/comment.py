"""comment: summaries in; the editor's lead, commentary and categories out."""

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
from digestbot.text.replies import Demands, flaws, keep_bold, one_line, visible
from digestbot.text.typography import settled

ABSURD = 2
"""A text this many times too long is no slip of taste, and is sent back."""

STUNTED = 3
"""So is one this many times too short, on a day with enough to say."""

SCHEMA = object_schema(
    lead={"type": "string"},
    paragraphs={"type": "array", "items": {"type": "string"}},
    categories={"type": "array", "items": {"type": "string"}},
)


def comment(
    summaries: Sequence[Summary],
    *,
    edition: Edition,
    format: Format,
    model: Model | None,
    prompts: Mapping[str, Prompt],
    aliases: Aliases | None = None,
) -> tuple[Commentary, list[Remark]]:
    """Return the editor's text on *summaries*: by *model*, or a plain lead without commentary.

    One call, and a second one if the reply has to be mended; a sentence that
    says what no item does even then is cut. Notices say what was cut, or why
    there is no commentary.
    """
    locale = format.locale(edition.language)
    plain = plain_commentary(summaries, edition=edition, locale=locale)
    if model is None:
        return plain, []
    editor = _Editor(
        edition=edition,
        locale=locale,
        items=_items(summaries),
        standard=Standard(
            ground=editorial_ground(summaries, edition=edition, aliases=aliases or shipped()),
            language=edition.language,
            originals=originals_of(summaries),
        ),
    )
    try:
        draft = ask(
            prompts["comment"].messages(**editor.values(len(summaries))),
            model=model,
            repair=prompts["repair"],
            schema=SCHEMA,
            read=editor.draft,
            doubts=editor.doubts,
        )
        written = editor.commentary(draft, plain)
    except ModelError as error:
        reason = f"without commentary, the lead is quoted: {one_line(error.reason, '')}"
        return plain, [Notice(stage="comment", subject=model.name, reason=reason)]
    cut = "; ".join(written.repairs)
    return written, [Notice(stage="verify", subject="commentary", reason=cut)] if cut else []


def _items(summaries: Sequence[Summary]) -> str:
    return "\n".join(
        f"{number}. {without_addresses(summary.headline)}\n   {without_addresses(summary.text)}"
        for number, summary in enumerate(summaries, 1)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What a model wrote of the day; bold is marked."""

    lead: str
    paragraphs: tuple[str, ...]
    categories: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class _Editor:
    edition: Edition
    locale: Locale
    items: str
    standard: Standard

    def values(self, count: int) -> dict[str, str]:
        """The prompt's variables."""
        limits, wanted = self.locale.limits, self.locale.category_count
        numbers = {
            "count": count,
            "lead_min": limits.lead.min,
            "lead_max": limits.lead.max,
            "lead_sentences_min": limits.lead_sentences.min,
            "lead_sentences_max": limits.lead_sentences.max,
            "lead_bold_max": limits.lead_bold.max,
            "commentary_min": limits.commentary.min,
            "commentary_max": limits.commentary.max,
            "paragraphs_min": limits.commentary_paragraphs.min,
            "paragraphs_max": limits.commentary_paragraphs.max,
            "commentary_bold_max": limits.commentary_bold.max,
        }
        return {name: str(number) for name, number in numbers.items()} | {
            "category_count": "-".join(dict.fromkeys((str(wanted.min), str(wanted.max)))),
            "categories": " | ".join(category.name for category in self.locale.categories),
            "date": self.edition.date.isoformat(),
            "tag": fence(self.items),
            "items": self.items,
        }

    def draft(self, reply: Mapping[str, Any]) -> _Draft:
        """Read a reply; raises ``BadReplyError`` with what is wrong with its form."""
        language, typography = self.edition.language, self.locale.typography
        lead = one_line(settled(string_in(reply, "lead"), typography), language)
        lines = settled(string_in(reply, "paragraphs"), typography).splitlines()
        paragraphs = tuple(line.strip() for line in lines if line.strip())
        insist(self._flaws(lead, paragraphs))
        return _Draft(lead=lead, paragraphs=paragraphs, categories=reply.get("categories"))

    def doubts(self, draft: _Draft) -> list[str]:
        """What neither the items nor their sources say."""
        parts = [("lead", draft.lead), *(("paragraphs", each) for each in draft.paragraphs)]
        return self.standard.doubts(parts)

    def commentary(self, draft: _Draft, plain: Commentary) -> Commentary:
        """What can be printed of *draft*; *plain* has the categories that fill up its own.

        Raises ``BadReplyError`` where nothing is left of lead or commentary.
        """
        (lead, *paragraphs), repairs = self.standard.pruned([draft.lead, *draft.paragraphs])
        if not lead or not any(paragraphs):
            raise BadReplyError("; ".join(repairs))
        return Commentary(
            lead=keep_bold(lead, most=self.locale.limits.lead_bold.max, wanted=self._names_an_item),
            paragraphs=tuple(self._sparingly_bold([text for text in paragraphs if text])),
            categories=self._categories(draft.categories, plain.categories),
            repairs=tuple(repairs),
        )

    def _flaws(self, lead: str, paragraphs: Sequence[str]) -> Iterable[str]:
        limits = self.locale.limits
        enough = len(self.items) >= limits.commentary.min
        yield from flaws(
            lead,
            Demands(
                name="lead",
                language=self.edition.language,
                shortest=limits.lead.min // STUNTED if enough else 1,
                longest=ABSURD * limits.lead.max,
                refusals=self.locale.refusals,
            ),
        )
        paragraph = Demands(
            name="paragraphs",
            language=self.edition.language,
            longest=limits.commentary.max,
            refusals=self.locale.refusals,
        )
        for text in paragraphs:
            yield from flaws(text, paragraph)
        length = sum(len(visible(text)) for text in paragraphs)
        if length < (limits.commentary.min // STUNTED if enough else 1):
            yield f"paragraphs: They have {length} characters in all, far too few."
        if length > ABSURD * limits.commentary.max:
            yield f"paragraphs: They have {length} characters in all, far too many."
        if len(paragraphs) > ABSURD * limits.commentary_paragraphs.max:
            yield f"paragraphs: There are {len(paragraphs)}, far too many."

    def _names_an_item(self, span: str) -> bool:
        """Whether what the lead marks stands in an item: its bold is for their names."""
        return _squeezed(span) in _squeezed(self.items)

    def _sparingly_bold(self, paragraphs: Sequence[str]) -> Iterable[str]:
        left = self.locale.limits.commentary_bold.max
        for text in paragraphs:
            kept = keep_bold(text, most=left)
            left -= kept.count("**") // 2
            yield kept

    def _categories(self, chosen: Any, defaults: Sequence[str]) -> tuple[str, ...]:
        """The known ones of *chosen*, filled up to the fewest that the format wants."""
        named = chosen if isinstance(chosen, list) else []
        names = [category.name for category in self.locale.categories]
        known = [name for name in dict.fromkeys(map(str, named)) if name in names]
        wanted = self.locale.category_count
        spare = [name for name in dict.fromkeys((*defaults, *names)) if name not in known]
        return (*known[: wanted.max], *spare[: max(0, wanted.min - len(known))])


def _squeezed(text: str) -> str:
    return "".join(visible(text).lower().split())
