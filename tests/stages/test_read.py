"""The pages of chosen stories are read where their feeds say too little."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

import pytest

from builders import entry, feed, story
from digestbot.model import Entry, Notice, Page, Reason, Story
from digestbot.ports import Fetcher, Store
from digestbot.stages.read import ENOUGH, read

LONG = "A sentence of the article. " * 100


class Pages:
    """A fetcher and a store in one: what is on the web, what is kept, what was asked."""

    def __init__(self, *web: Page, kept: Sequence[Page] = ()) -> None:
        self.web = {page.url: page for page in web}
        self.kept = {page.url: page for page in kept}
        self.asked: list[list[str]] = []

    def read(self, urls: Sequence[str]) -> list[Page]:
        self.asked.append(list(urls))
        return [self.web[url] for url in urls]

    def pages(self, urls: Collection[str]) -> dict[str, Page]:
        return {url: page for url, page in self.kept.items() if url in urls}

    def save_pages(self, pages: Iterable[Page]) -> None:
        self.kept |= {page.url: page for page in pages}


def page(id: str, text: str = LONG, reason: str = "") -> Page:
    return Page(url=f"https://n.test/{id}", text=text, reason=reason)


def asking(id: str, *others: Entry, **given: Any) -> Story:
    """A story whose feed wants its pages read."""
    values: dict[str, Any] = {"feed": feed(full_text=True), "excerpt": "A teaser."}
    return story(id, *others, **values | given)


def done(stories: Sequence[Story], pages: Pages) -> tuple[list[Story], list[Any]]:
    return read(stories, fetcher=cast(Fetcher, pages), store=cast(Store, pages))


def test_a_lead_that_says_too_little_gets_its_pages_text() -> None:
    pages = Pages(page("a"), page("b", "Longer than a teaser."))

    stories, remarks = done([asking("a"), asking("b")], pages)

    assert [each.lead.text for each in stories] == [LONG, "Longer than a teaser."]
    assert pages.asked == [["https://n.test/a", "https://n.test/b"]]
    assert remarks == []


def test_feeds_that_did_not_ask_for_it_are_left_alone() -> None:
    pages = Pages()
    given = [story("a"), story("b")]

    assert done(given, pages) == (given, [])
    assert pages.asked == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("x" * (ENOUGH - 1), True),
        ("x" * ENOUGH, False),
        ("字" * (ENOUGH // 2 - 1), True),
        ("字" * (ENOUGH // 2), False),
        ("x" * ENOUGH + "…", True),
        ("", True),
    ],
)
def test_a_feed_that_says_enough_spares_the_page(text: str, asked: bool) -> None:
    pages = Pages(page("a", ""))

    done([asking("a", excerpt="", content=text)], pages)

    assert bool(pages.asked) is asked


def test_a_page_that_was_kept_is_not_asked_for_again() -> None:
    pages = Pages(page("b"), kept=[page("a", "Kept, and longer than a teaser.")])

    stories, _ = done([asking("a"), asking("b")], pages)

    assert pages.asked == [["https://n.test/b"]]
    assert [each.lead.text for each in stories] == ["Kept, and longer than a teaser.", LONG]
    assert set(pages.kept) == {"https://n.test/a", "https://n.test/b"}


def test_with_every_page_kept_nobody_is_asked() -> None:
    pages = Pages(kept=[page("a")])

    done([asking("a")], pages)

    assert pages.asked == []


def test_38_a_page_that_cannot_be_used_leaves_its_story_and_a_notice() -> None:
    pages = Pages(page("a", LONG, "behind a paywall"), page("b", "", "forbidden by robots.txt"))
    given = [asking("a"), asking("b")]

    stories, remarks = done(given, pages)

    assert stories == given
    assert remarks == [
        Notice(stage="read", subject="https://n.test/a", reason="behind a paywall"),
        Notice(stage="read", subject="https://n.test/b", reason="forbidden by robots.txt"),
    ]
    assert pages.kept == {}


def test_the_feeds_own_text_wins_when_it_is_longer() -> None:
    given = [asking("a", excerpt="A rather long teaser of the article.")]

    assert done(given, Pages(page("a", "Short."))) == (given, [])


def test_order_score_reasons_and_the_other_entries_stay() -> None:
    reason = Reason(name="fresh", value=2.0)
    other = entry("o")
    first = Story(cluster=asking("a").cluster, score=2.0, reasons=(reason,))
    second = asking("b", other)

    stories, _ = done([second, first], Pages(page("a"), page("b")))

    assert [each.lead.id for each in stories] == ["b", "a"]
    assert [each.score for each in stories] == [1.0, 2.0]
    assert stories[0].cluster.others == (other,)
    assert stories[1].reasons == (reason,)


def test_two_stories_of_one_page_ask_for_it_once() -> None:
    pages = Pages(page("a"))
    twin = asking("b", url="https://n.test/a")

    stories, _ = done([asking("a"), twin], pages)

    assert pages.asked == [["https://n.test/a"]]
    assert [each.lead.text for each in stories] == [LONG, LONG]


def test_the_pages_picture_is_kept_also_where_its_text_is_no_longer_than_the_feeds() -> None:
    image = "https://n.test/picture.png"
    pages = Pages(replace(page("a"), image=image), replace(page("b", "Short."), image=image))

    stories, _ = done([asking("a"), asking("b")], pages)

    assert [each.lead.image for each in stories] == [image, image]
    assert [each.lead.text for each in stories] == [LONG, "A teaser."]
