"""read: chosen stories in, the same stories out, with the pages of those that say too little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digestbot.model import Entry, Notice, Page, Remark, Story
from digestbot.ports import Fetcher, Store
from digestbot.text.titles import weight

ENOUGH = 2_000
"""Letters (a Han character counts as two) from which a feed's own text is left alone. Nine
in ten real feeds' texts have at most 520 and whole articles begin here, with their facts at
the top; a model reads four thousand of a lead. To fetch the page as well would trouble its
host for little."""

CUT_OFF = ("…", "...")
"""How a text ends that its publisher cut: however long, its page has more."""


def read(
    stories: Sequence[Story], *, fetcher: Fetcher, store: Store
) -> tuple[list[Story], list[Remark]]:
    """Return *stories*, in order, each lead with its page's text where that is longer.

    Only where the lead's feed wants it (``full_text``) and gives too little
    itself. Pages that the store has kept are not asked for again. A page that
    cannot be used leaves its story as it is, with a notice that says why.
    """
    wanted = dict.fromkeys(story.lead.url for story in stories if _says_too_little(story.lead))
    if not wanted:
        return list(stories), []
    kept = store.pages(list(wanted))
    missing = [url for url in wanted if url not in kept]
    fresh = fetcher.read(missing) if missing else []
    store.save_pages([page for page in fresh if not page.reason])
    pages = {page.url: page for page in (*kept.values(), *fresh)}
    told = [_with_page(story, pages.get(story.lead.url)) for story in stories]
    return told, [_notice(page) for page in fresh if page.reason]


def _says_too_little(lead: Entry) -> bool:
    if not lead.feed.full_text:
        return False
    text = lead.text.rstrip()
    return text.endswith(CUT_OFF) or weight(text) < ENOUGH


def _with_page(story: Story, page: Page | None) -> Story:
    lead = story.lead
    if page is None or page.reason or not _says_too_little(lead):
        return story
    text = page.text if len(page.text) > len(lead.text) else lead.content
    told = replace(lead, content=text, image=page.image)
    cluster = replace(story.cluster, lead=told)
    return replace(story, cluster=cluster)


def _notice(page: Page) -> Notice:
    return Notice(stage="read", subject=page.url, reason=page.reason)
