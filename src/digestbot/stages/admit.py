"""Admit: only what keeps the format's contract goes into a post, a story at a time.

One story whose text cannot be printed must not cost the edition: it is quoted
instead of retold, or left out. What the editor wrote is held to the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from digestbot.contract import Format
from digestbot.errors import FormatError
from digestbot.model import (
    Commentary,
    Edition,
    Notice,
    Origin,
    Remark,
    Severity,
    Skipped,
    Summary,
)
from digestbot.stages.compose import compose
from digestbot.stages.excerpt import excerpt, plain_commentary
from digestbot.stages.lint import lint
from digestbot.stages.render import render


def admit(
    summaries: Sequence[Summary], *, edition: Edition, format: Format
) -> tuple[list[Summary], list[Remark]]:
    """Return the summaries that can be printed, in order, and a remark for each change.

    A model's text that breaks the format is replaced by the publisher's; a
    story whose publisher's text breaks it as well is left out.
    """
    admitted: list[Summary] = []
    remarks: list[Remark] = []
    for summary in summaries:
        flaw = _flaw([summary], edition=edition, format=format)
        if flaw and summary.origin is Origin.LLM:
            remarks.append(Notice(stage="admit", subject=_link(summary), reason=f"quoted: {flaw}"))
            quoted = excerpt(summary.story, edition=edition, locale=format.locale(edition.language))
            flaw = _flaw([quoted], edition=edition, format=format)
        else:
            quoted = summary
        if flaw:
            title = summary.story.lead.title
            remarks.append(Skipped(stage="admit", subject=_link(summary), reason=flaw, title=title))
        else:
            admitted.append(quoted)
    return admitted, remarks


def admit_commentary(
    commentary: Commentary, summaries: Sequence[Summary], *, edition: Edition, format: Format
) -> tuple[Commentary, list[Remark]]:
    """Return *commentary* if it can be printed above and below *summaries*, else a plain one."""
    if commentary.origin is not Origin.LLM:
        return commentary, []
    flaw = _flaw(summaries, commentary, edition=edition, format=format)
    if not flaw:
        return commentary, []
    plain = plain_commentary(summaries, edition=edition, locale=format.locale(edition.language))
    reason = f"without commentary, the lead is quoted: {flaw}"
    return plain, [Notice(stage="admit", subject="commentary", reason=reason)]


def _flaw(
    summaries: Sequence[Summary],
    commentary: Commentary | None = None,
    *,
    edition: Edition,
    format: Format,
) -> str:
    """What the format's contract has against a post of these, or ""."""
    commentary = commentary or plain_commentary(
        summaries, edition=edition, locale=format.locale(edition.language)
    )
    if "top" in format.parts and len(summaries) == 1:
        summaries = [*summaries, *summaries]  # as the top story, and as an item
    try:
        digest = compose(edition, summaries, commentary, format=format)
        text = render(digest, format=format, language=edition.language)
    except FormatError as error:
        return str(error)
    findings = lint(text, format=format)
    errors = [each for each in findings if each.severity is Severity.ERROR]
    return f"{errors[0].code} {errors[0].reason}" if errors else ""


def _link(summary: Summary) -> str:
    return summary.story.lead.url
