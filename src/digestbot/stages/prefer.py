"""prefer: what makes a story one of its week or month, and not only of its day.

That the daily editions told it, that somebody gives a text of it, and that it
says what it is news of.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from digestbot.contract import Locale
from digestbot.model import Reason, Story, Told
from digestbot.stages.rank import MIN_TEXT
from digestbot.stages.sections import spoken_for
from digestbot.text.urls import same_page_key

TOLD = 2.0
"""What it is worth that an editor's day had room for a story: more than any one signal, less
than all that speaks for the story of the month."""


NO_TEXT = -2.0
"""For a story of which there are only headlines: a day may do with them, an issue that is read
weeks later has nothing to tell. As much as being told is worth."""


NO_SECTION = -1.5
"""For a story whose words speak for none of the format's sections: a lesson, a view, a show of
one's own work. By eye, on the best hundred of six days: half of the first section was such."""


def prefer(stories: Sequence[Story], *, told: Collection[Told], locale: Locale) -> list[Story]:
    """Return *stories*, best first, with what was *told*, and what they lack, in their scores."""
    days: dict[str, str] = {}
    for each in sorted(told, key=lambda each: each.day):
        days.setdefault(same_page_key(each.url), each.day)
    return sorted(
        (_preferred(story, days, locale) for story in stories),
        key=lambda story: (-story.score, story.lead.url, story.lead.id, story.lead.title),
    )


def _preferred(story: Story, days: dict[str, str], locale: Locale) -> Story:
    pages = (same_page_key(entry.url) for entry in story.cluster.entries)
    told = sorted({days[page] for page in pages if page in days})
    reasons = [Reason(name="told", value=TOLD, text=f"told on {', '.join(told)}")] if told else []
    if not any(len(each.text) >= MIN_TEXT or each.feed.full_text for each in story.cluster.entries):
        reasons.append(Reason(name="no text", value=NO_TEXT, text="nobody gives a text of it"))
    lead = story.lead
    if locale.sections and not spoken_for(lead.title, lead.text, locale=locale):
        reasons.append(Reason(name="no section", value=NO_SECTION, text="of no section's matter"))
    score = math.fsum([story.score, *(reason.value for reason in reasons)])
    return replace(story, score=score, reasons=(*story.reasons, *reasons))
