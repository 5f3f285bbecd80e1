"""overview: summaries in; the first paragraph of a week's or a month's lead out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from digestbot.contract import Format, Locale
from digestbot.errors import BadReplyError, ModelError
from digestbot.model import Commentary, Edition, Notice, Origin, Remark, Summary
from digestbot.ports import Model
from digestbot.stages.asking import ask, insist, object_schema, string_in
from digestbot.stages.excerpt import plain_commentary
from digestbot.stages.sources import editorial_ground, fence, originals_of, without_addresses
from digestbot.stages.standard import Standard
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases, shipped
from digestbot.text.replies import Demands, flaws, one_line, visible
from digestbot.text.typography import settled

ABSURD = 2
"""A text this many times too long is no slip of taste, and is sent back."""

MAX_ITEMS = 12_000
"""Characters of all stories that are shown: their beginnings, where a month has more."""

SECOND = timedelta(seconds=1)

SCHEMA = object_schema(lead={"type": "string"})


def overview(
    summaries: Sequence[Summary],
    *,
    edition: Edition,
    format: Format,
    model: Model | None,
    prompts: Mapping[str, Prompt],
    aliases: Aliases | None = None,
) -> tuple[Commentary, list[Remark]]:
    """Return the lead on *summaries*, by section: by *model*, or one that names the first ones.

    One call, and a second one if the reply has to be mended; what no story says
    is cut, with a notice. So there is where the lead is code's.
    """
    locale = format.locale(edition.language)
    plain = plain_commentary(summaries, edition=edition, locale=locale)
    if model is None:
        return plain, []
    standard = Standard(
        ground=editorial_ground(summaries, edition=edition, aliases=aliases or shipped()),
        language=edition.language,
        originals=originals_of(summaries),
    )
    try:
        lead = ask(
            prompts["overview"].messages(**_values(summaries, edition, locale)),
            model=model,
            repair=prompts["repair"],
            schema=SCHEMA,
            read=lambda reply: _lead(reply, edition, locale),
            doubts=lambda lead: standard.doubts([("lead", lead)]),
        )
        (kept,), repairs = standard.pruned([lead])
        if not kept:
            raise BadReplyError("; ".join(repairs))
    except ModelError as error:
        reason = f"the lead is code's: {one_line(error.reason, '')}"
        return plain, [Notice(stage="comment", subject=model.name, reason=reason)]
    written = replace(plain, lead=kept, origin=Origin.LLM, repairs=tuple(repairs))
    cut = "; ".join(repairs)
    return written, [Notice(stage="verify", subject="commentary", reason=cut)] if cut else []


def _values(summaries: Sequence[Summary], edition: Edition, locale: Locale) -> dict[str, str]:
    items, limits = _items(summaries), locale.limits
    first = (edition.since + SECOND).astimezone(ZoneInfo(edition.timezone)).date()
    numbers = {
        "count": len(summaries),
        "lead_min": limits.lead.min,
        "lead_max": limits.lead.max,
        "lead_sentences_min": limits.lead_sentences.min,
        "lead_sentences_max": limits.lead_sentences.max,
    }
    return {name: str(number) for name, number in numbers.items()} | {
        "from_day": first.isoformat(),
        "until_day": edition.closes.date().isoformat(),
        "tag": fence(items),
        "items": items,
    }


def _items(summaries: Sequence[Summary]) -> str:
    """The stories under their sections; each as long as all of them have room."""
    most = MAX_ITEMS // max(1, len(summaries))
    lines: list[str] = []
    for section, stories in groupby(summaries, key=lambda each: each.section):
        lines.append(f"# {section}")
        lines += [
            f"- {without_addresses(each.headline)}\n  {without_addresses(each.text)[:most]}"
            for each in stories
        ]
    return "\n".join(lines)


def _lead(reply: Mapping[str, Any], edition: Edition, locale: Locale) -> str:
    language = edition.language
    lead = visible(one_line(settled(string_in(reply, "lead"), locale.typography), language))
    longest = ABSURD * locale.limits.lead.max
    demands = Demands(name="lead", language=language, longest=longest, refusals=locale.refusals)
    insist(flaws(lead, demands))
    return lead
