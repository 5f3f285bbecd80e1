"""disarm: chosen stories in, the same without what their sources say to a model instead of readers.

Such sentences are no news: the model is not shown them, and nothing that they
say counts as said by a source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from digestbot.model import Entry, Notice, Remark, Skipped, Story
from digestbot.text.instructions import is_instruction, without_instructions

SHOWN = 120
"""Characters of such a sentence that the report quotes."""


def disarm(stories: Sequence[Story]) -> tuple[list[Story], list[Remark]]:
    """Return *stories*, in order, without instructions, and a notice for each that was found.

    A report whose headline is one is left out of its story; a story of which
    nothing else tells is left out itself.
    """
    told: list[Story] = []
    remarks: list[Remark] = []
    for story in stories:
        entries, found = _disarmed(story.cluster.entries)
        remarks += found
        if entries:
            lead, *others = entries
            told.append(
                replace(story, cluster=replace(story.cluster, lead=lead, others=tuple(others)))
            )
        else:
            lead = story.lead
            reason = "its headline speaks to a model, not to readers"
            remarks.append(
                Skipped(stage="disarm", subject=lead.url, reason=reason, title=lead.title)
            )
    return told, remarks


def _disarmed(entries: Sequence[Entry]) -> tuple[list[Entry], list[Remark]]:
    kept: list[Entry] = []
    remarks: list[Remark] = []
    for entry in entries:
        excerpt, in_excerpt = without_instructions(entry.excerpt)
        content, in_content = without_instructions(entry.content)
        spoken = [entry.title] if is_instruction(entry.title) else []
        for said in dict.fromkeys((*spoken, *in_excerpt, *in_content)):
            reason = f"speaks to a model, and was taken out: “{said[:SHOWN]}”"
            remarks.append(Notice(stage="disarm", subject=entry.url, reason=reason))
        if not spoken:
            changed = replace(entry, excerpt=excerpt, content=content, feed=_named(entry).feed)
            kept.append(changed if remarks else _named(entry))
    return kept, remarks


def _named(entry: Entry) -> Entry:
    """*entry* of a feed that is called by its host where its name is an instruction."""
    if not is_instruction(entry.feed.name):
        return entry
    host = urlsplit(entry.feed.url).hostname or "?"
    return replace(entry, feed=replace(entry.feed, name=host))
