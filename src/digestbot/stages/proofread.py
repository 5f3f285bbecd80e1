"""proofread: a model holds each sentence of a draft against its own evidence, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from digestbot.errors import BadReplyError
from digestbot.model import Line
from digestbot.ports import Model
from digestbot.stages.asking import ask_once, object_schema, string_in
from digestbot.stages.drafts import Draft
from digestbot.stages.sources import fence, without_addresses
from digestbot.templating import Prompt
from digestbot.text.replies import one_line, visible
from digestbot.text.verify.finding import Finding, Severity
from digestbot.text.verify.ground import Ground

SUPPORTED = "supported"
WRONG: Mapping[str, Severity] = {"contradicted": "hard", "not stated": "suspect"}
"""The other verdicts, and how bad they are: what its evidence does not state another
sentence of the sources may."""

LONGEST_REASON = 200
"""Characters of a reason that are kept."""

SCHEMA = object_schema(
    verdicts={
        "type": "array",
        "items": object_schema(
            sentence={"type": "integer"},
            verdict={"type": "string", "enum": [SUPPORTED, *WRONG]},
            reason={"type": "string"},
        ),
    }
)


def proofread(
    draft: Draft, ground: Ground, *, model: Model, prompts: Mapping[str, Prompt]
) -> dict[str, Finding]:
    """Return what *model* finds wrong with headline and sentences of *draft*, by their texts.

    One call. A sentence that cites nothing is held against all that the others
    cite, and so is the headline. Raises a ``ModelError``.
    """
    every = tuple(dict.fromkeys(place for line in draft.lines for place in line.cited))
    title = Line(text=draft.headline, cited=((0, 0), *every))
    lines = [title, *draft.lines]
    shown = "\n\n".join(
        f"{number}. {visible(line.text)}\n{_evidence(line.cited or title.cited, ground)}"
        for number, line in enumerate(lines, 1)
    )
    verdicts = ask_once(
        prompts["proofread"].messages(count=str(len(lines)), tag=fence(shown), sentences=shown),
        model=model,
        schema=SCHEMA,
        read=lambda reply: _verdicts(reply, len(lines)),
    )
    return {
        line.text: _finding(visible(line.text), *verdict)
        for line, verdict in zip(lines, verdicts, strict=True)
        if verdict[0] in WRONG
    }


def _evidence(cited: Sequence[tuple[int, int]], ground: Ground) -> str:
    said = dict.fromkeys(
        without_addresses(ground.sources[source].sentences[number]) for source, number in cited
    )
    return "\n".join(f"   - {each}" for each in said)


def _finding(text: str, verdict: str, reason: str) -> Finding:
    return Finding(
        kind="claim",
        severity=WRONG[verdict],
        text=text,
        start=0,
        end=len(text),
        reason=f"{verdict} by its evidence, the model says{': ' if reason else ''}{reason}",
    )


def _verdicts(reply: Mapping[str, Any], count: int) -> list[tuple[str, str]]:
    """Verdict and reason of each of *count* sentences; raises where one is missing or unknown."""
    given = reply.get("verdicts")
    found: dict[int, tuple[str, str]] = {}
    for each in given if isinstance(given, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("sentence"), int):
            verdict = string_in(each, "verdict").lower().replace("_", " ")
            reason = one_line(string_in(each, "reason"), "")[:LONGEST_REASON]
            found[each["sentence"]] = (verdict, reason)
    for number in range(1, count + 1):
        verdict = found.get(number, ("", ""))[0]
        if verdict not in (SUPPORTED, *WRONG):
            raise BadReplyError(f"no verdict on sentence {number}: {verdict!r}")
    return [found[number] for number in range(1, count + 1)]
