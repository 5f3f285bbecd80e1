"""Pick: which stories an editor means, by the numbers of the list or by their links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from digestbot.errors import ConfigError
from digestbot.model import Candidate, Choice, Cluster, Entry, Story
from digestbot.text.urls import same_page_key


def choices_of(
    named: Sequence[int | str],
    candidates: Sequence[Candidate],
    *,
    entries: Iterable[Entry],
    picked: bool,
    made: datetime,
) -> list[Choice]:
    """Return a choice for each of the stories *named*, a number or a link each.

    A link may also lead to one of *entries*, which no edition ranked. Raises
    ``ConfigError`` for what is neither; then nothing is chosen.
    """
    others = [
        Candidate(edition="", story=Story(cluster=Cluster(lead=each), score=0.0))
        for each in entries
    ]
    found = [_meant(each, candidates, others) for each in named]
    return [
        Choice(
            edition=each.edition,
            url=each.url,
            title=each.title,
            sources=each.sources,
            picked=picked,
            made=made,
        )
        for each in dict.fromkeys(found)
    ]


def _meant(
    story: int | str, candidates: Sequence[Candidate], others: Sequence[Candidate]
) -> Candidate:
    if isinstance(story, int) or story.isdecimal():
        return _numbered(int(story), candidates)
    page = same_page_key(story)
    for each in (*candidates, *others):
        if page and page in {same_page_key(entry.url) for entry in each.story.cluster.entries}:
            return each
    raise ConfigError("story", f"no story links to {story}; give its number or its link")


def _numbered(number: int, candidates: Sequence[Candidate]) -> Candidate:
    for each in candidates:
        if each.place == number > 0:
            return each
    if not candidates:
        raise ConfigError("story", "there is no edition yet; `digestbot run` makes one")
    edition, last = candidates[0].edition, max(each.place for each in candidates)
    raise ConfigError("story", f"there is no story {number}; {edition} has 1 to {last}")
