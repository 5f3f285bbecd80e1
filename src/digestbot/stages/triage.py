"""triage: a model's opinion of the best headlines, blended with the ranking."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from digestbot.errors import BadReplyError, ModelError
from digestbot.model import Edition, Notice, Reason, Remark, Skipped, Story, Topic
from digestbot.ports import Model
from digestbot.stages.advice import Advice
from digestbot.stages.asking import ask_once, numbers_in, object_schema
from digestbot.stages.sources import fence, without_addresses
from digestbot.templating import Prompt

SHOWN = 60
"""Headlines that the model sees: the best by rank; six times what an edition tells."""

ORDERED = 30
"""How many of them it is asked to put in order, at most."""

FEWEST = 3
"""Headlines that an order must name to count as one, if there are as many."""

OFF_TOPIC_SHARE = 0.5
"""More of the shown called off-topic says something about the reply, not about the news."""

HEADLINE_LIMIT = 160
"""Characters of a headline that are shown."""

SCHEMA = object_schema(
    order={"type": "array", "items": {"type": "integer"}},
    off_topic={"type": "array", "items": {"type": "integer"}},
)


def triage(
    stories: Sequence[Story],
    *,
    model: Model,
    prompts: Mapping[str, Prompt],
    edition: Edition,
    topic: Topic,
) -> tuple[Advice, list[Remark]]:
    """Return what the model thinks of the best ``SHOWN`` of *stories*; one call.

    If it fails there is no opinion, and a notice says so.
    """
    shown = _shuffled(stories[:SHOWN], edition)
    if len(shown) < 2:
        return Advice(), []
    try:
        order, off_topic = ask_once(
            prompts["triage"].messages(**_values(shown, topic)),
            model=model,
            schema=SCHEMA,
            read=lambda reply: _opinion(reply, len(shown)),
        )
    except ModelError as error:
        reason = f"the ranking stands without the model's opinion: {error.reason}"
        return Advice(), [Notice(stage="triage", subject=model.name, reason=reason)]
    leads = [story.lead.id for story in shown]
    advice = Advice(
        shown=frozenset(leads),
        order=tuple(leads[number - 1] for number in order),
        off_topic=frozenset(leads[number - 1] for number in off_topic if _has_subject(topic)),
    )
    return advice, []


def blend(stories: Sequence[Story], advice: Advice) -> tuple[list[Story], list[Remark]]:
    """Return *stories* with the model's opinion in their scores, best first.

    Let ``spread`` be the gap between the best and the worst score shown. The
    story at place ``i`` (from 0) of the ``n`` that the model orders gains
    ``spread * (1 - i / n)``, the others nothing: its first place weighs as
    much as the whole ranking, and neither can overrule the other alone. What
    it calls off-topic is left out. Stories that were joined since have the
    best place of their parts.
    """
    scores = [story.score for story in stories if not advice.shown.isdisjoint(_ids(story))]
    spread = (max(scores) - min(scores) if scores else 0.0) or 1.0
    places = {lead: place for place, lead in enumerate(advice.order)}
    blended: list[Story] = []
    remarks: list[Remark] = []
    for story in stories:
        ids = _ids(story)
        place = min((places[id] for id in ids if id in places), default=None)
        if place is not None:
            gain = spread * (1 - place / len(places))
            blended.append(_praised(story, gain, place=place + 1, of=len(advice.shown)))
        elif advice.off_topic.isdisjoint(ids):
            blended.append(story)
        else:
            remarks.append(_skipped(story))
    blended.sort(key=lambda story: (-story.score, story.lead.url))
    return blended, remarks


def _ids(story: Story) -> list[str]:
    return [entry.id for entry in story.cluster.entries]


def _shuffled(stories: Sequence[Story], edition: Edition) -> list[Story]:
    """The same stories in an order that tells nothing: models favour the top of a list."""

    def lot(story: Story) -> str:
        return hashlib.sha256(f"{edition.key} {story.lead.id}".encode()).hexdigest()

    return sorted(stories, key=lot)


def _values(shown: Sequence[Story], topic: Topic) -> dict[str, str]:
    headlines = "\n".join(
        f"{number}. {without_addresses(story.lead.title)[:HEADLINE_LIMIT]} ({_sources(story)})"
        for number, story in enumerate(shown, 1)
    )
    return {
        "count": str(len(shown)),
        "wanted": str(min(ORDERED, len(shown))),
        "topic": " ".join(f"{topic.description} {', '.join(topic.include)}".split()),
        "tag": fence(headlines),
        "headlines": headlines,
    }


def _sources(story: Story) -> str:
    names = [entry.feed.name for entry in story.cluster.entries if entry.feed.name]
    return ", ".join(list(dict.fromkeys(names))[:FEWEST])


def _opinion(reply: Mapping[str, Any], count: int) -> tuple[list[int], list[int]]:
    """The order and the off-topic numbers; what is in both stays."""
    order = numbers_in(reply, "order")
    off_topic = [number for number in numbers_in(reply, "off_topic") if number not in order]
    unknown = [number for number in (*order, *off_topic) if not 0 < number <= count]
    if unknown:
        raise BadReplyError(f"its order names {unknown[0]}, and there are {count} headlines")
    if len(order) < min(FEWEST, count - len(off_topic)):
        raise BadReplyError(f"its order names only {len(order)} of {count} headlines")
    if len(off_topic) > OFF_TOPIC_SHARE * count:
        raise BadReplyError(f"it calls {len(off_topic)} of {count} headlines off-topic")
    return order, off_topic


def _has_subject(topic: Topic) -> bool:
    return bool(topic.description or topic.include)


def _praised(story: Story, gain: float, *, place: int, of: int) -> Story:
    reason = Reason(name="triage", value=gain, text=f"the model's number {place} of {of}")
    return replace(story, score=story.score + gain, reasons=(*story.reasons, reason))


def _skipped(story: Story) -> Skipped:
    return Skipped(
        stage="triage",
        subject=story.lead.url,
        reason="off-topic, the model says",
        title=story.lead.title,
    )
