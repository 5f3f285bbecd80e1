"""An edition's stories are not all about one thing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import feed, story
from digestbot.model import Story
from digestbot.stages.choose import choose
from digestbot.stages.variety import Variety, name_of

OTHERS = (
    "Whales return to the fjord",
    "Grain prices fall again",
    "Rivers freeze in Finland",
    "Snow closes two schools",
)
ABOUT_ACME = (
    "Acme hires a general counsel",
    "Acme opens its second harbour",
    "Acme paints ferries blue",
    "Acme sells yachts abroad",
    "Acme wins the regatta",
)


def ranked(*titles: str) -> list[Story]:
    """Stories in the order of *titles*, a whole point apart, each of its own source."""
    return [
        story(str(n), title=title, score=20.0 - n, feed=feed(f"f{n}"))
        for n, title in enumerate(titles)
    ]


def chosen(stories: list[Story], **given: Any) -> list[str]:
    return [s.lead.title for s in choose(stories, **{"limit": 6, "per_source": 3} | given)[0]]


def test_one_name_leads_no_more_than_its_share() -> None:
    stories = ranked(*ABOUT_ACME, *OTHERS)

    kept, remarks = choose(stories, limit=6, per_source=3)

    assert [s.lead.title for s in kept] == [*ABOUT_ACME[:2], *OTHERS]
    assert "2 stories about acme are enough while there are others" in str(remarks[0])


def test_an_edition_is_filled_rather_than_varied() -> None:
    assert chosen(ranked(*ABOUT_ACME, OTHERS[0])) == [*ABOUT_ACME, OTHERS[0]]


ALIKE = ("Grain prices fall in the north", "Grain prices soar in the south", "Whales return")


@pytest.mark.parametrize(
    ("scores", "second"),
    [((5.0, 3.1, 3.0), ALIKE[2]), ((5.0, 4.9, 3.0), ALIKE[1])],
    ids=["of equals the one that says something new", "a much better one though it is alike"],
)
def test_what_comes_next_adds_to_what_was_chosen(scores: tuple[float, ...], second: str) -> None:
    stories = [
        story(str(n), title=title, score=score)
        for n, (title, score) in enumerate(zip(ALIKE, scores, strict=True))
    ]
    variety = Variety(stories, limit=10)
    places = variety.places()

    first = next(places)
    variety.chose(first)

    assert (first, ALIKE[next(places)]) == (0, second)


def test_where_nothing_is_chosen_the_order_stands() -> None:
    assert list(Variety(ranked(*ALIKE, *OTHERS), limit=3).places()) == list(range(7))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("OpenAI and Microsoft part ways", "openai"),
        ("Sources: Anthropic raises more", "anthropic"),
        ("英伟达推出新平台，OpenAI 首批接入", "nvidia"),
        ("全新 GPT-6 上线", "gpt"),
        ("央行下调利率", ""),
    ],
)
def test_a_title_is_about_the_first_name_in_it(title: str, name: str) -> None:
    assert name_of(title) == name


@given(st.permutations(list(ABOUT_ACME) + list(OTHERS)), st.integers(1, 9))
def test_variety_never_costs_a_story(titles: list[str], limit: int) -> None:
    assert len(chosen(ranked(*titles), limit=limit, per_source=9)) == limit
