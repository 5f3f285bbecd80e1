"""The stories of an edition: best first, each event once, no source too often."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from builders import entry, feed, story
from digestbot.model import Remark, Story
from digestbot.stages.choose import choose

TOWNS = ("Oslo", "Rome", "Lima", "Bern", "Nice", "Kyiv", "Cork", "Linz", "Graz", "Bonn")
NOISE = [
    story(
        f"noise{place}", title=f"Flood warning number {place} lifted around {town}", feed=feed(town)
    )
    for place, town in enumerate(TOWNS)
]


def chosen(*stories: Story, **given: Any) -> list[str]:
    return [each.lead.id for each in choose(stories, **{"limit": 10, "per_source": 3} | given)[0]]


def reason_for(id: str, remarks: list[Remark]) -> str:
    return next(each.reason for each in remarks if each.subject == f"https://n.test/{id}")


def distinct(count: int, name: str) -> list[Story]:
    titles = (
        "Acme hires Jane Roe",
        "软银在法国建厂",
        "New whale species found",
        "Mojo 语言开源",
        "Grain prices fall",
    )
    return [story(f"{name}{n}", title=titles[n], feed=feed(name)) for n in range(count)]


def test_the_best_stories_are_chosen_in_their_order() -> None:
    stories = distinct(4, "a")

    kept, remarks = choose(stories, limit=3, per_source=9)

    assert kept == stories[:3]
    assert reason_for("a3", remarks) == "beyond the best 3"


def test_one_source_cannot_fill_an_edition() -> None:
    stories = [*distinct(5, "a"), story("other", title="Rivers freeze in Finland", feed=feed("b"))]

    kept, remarks = choose(stories, limit=3, per_source=2)

    assert [each.lead.id for each in kept] == ["a0", "a1", "other"]
    assert reason_for("a2", remarks) == "a has its 2 stories already"


def test_on_a_quiet_day_the_post_is_shorter_rather_than_one_sources() -> None:
    others = [
        story(name, title=title, feed=feed(name))
        for name, title in [
            ("b", "Rivers freeze in Finland"),
            ("c", "Whales return"),
            ("d", "Snow"),
        ]
    ]

    kept, remarks = choose([*distinct(5, "a"), *others], limit=8, per_source=2)

    assert [each.lead.id for each in kept] == ["a0", "a1", "b", "c", "d"]
    assert reason_for("a2", remarks) == "a has its 2 stories already"


def test_where_there_are_too_few_sources_each_may_have_its_even_share() -> None:
    other = story("b", title="Rivers freeze in Finland", feed=feed("b"))

    assert chosen(*distinct(5, "a"), limit=5, per_source=2) == ["a0", "a1", "a2", "a3", "a4"]
    assert chosen(*distinct(5, "a"), other, limit=6, per_source=2) == ["a0", "a1", "a2", "b"]


def test_of_two_that_may_tell_one_event_the_better_is_chosen() -> None:
    one = story("1", title="Stripe buys AI gateway OpenRouter for $7B")
    other = story("2", title="Stripe will reportedly acquire OpenRouter for $7B", feed=feed("b"))

    kept, remarks = choose([one, other, *NOISE], limit=3, per_source=3)

    assert "2" not in [each.lead.id for each in kept]
    assert reason_for("2", remarks).startswith("may tell the same event as 'Stripe buys AI gateway")


def test_an_event_told_in_two_languages_is_told_once() -> None:
    one = story("1", title="软银承诺斥资750亿欧元在法国建设人工智能设施")
    other = story("2", title="SoftBank bets 75 billion euros on data centres", feed=feed("b"))

    _, remarks = choose([one, other, *NOISE], limit=10, per_source=3)

    assert "SoftBank" in reason_for("2", remarks)


def test_another_title_of_a_cluster_gives_it_away() -> None:
    one = story("1", entry("x", title="Mojo is now open source"), title="编程语言正式开放源代码")
    other = story("2", title="The Mojo language is open source now", feed=feed("b"))

    assert "2" not in chosen(one, other, *NOISE)


def test_no_link_is_chosen_twice() -> None:
    one = story("1", title="Acme hires Jane Roe", url="https://n.test/same")
    other = story("2", title="Whales return to the fjord", url="http://www.n.test/same/")

    assert chosen(one, other) == ["1"]


def test_look_alikes_stay_out_on_a_quiet_day_too() -> None:
    one = story("1", title="Stripe buys AI gateway OpenRouter for $7B")
    other = story("2", title="Stripe buys gateway OpenRouter for $7B")

    assert chosen(one, other) == ["1"]


def test_no_stories_no_choice() -> None:
    assert choose([], limit=3, per_source=1) == ([], [])


STORIES = st.lists(
    st.builds(
        lambda n, title, name: story(str(n), title=f"{title} {n}", feed=feed(name)),
        st.integers(0, 99),
        st.sampled_from(["Stripe buys OpenRouter", "模型开源发布", "Rain in Oslo", "Whales"]),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
    unique_by=lambda each: each.lead.url,
)


@given(STORIES, st.integers(0, 6), st.integers(1, 3))
def test_every_story_is_chosen_or_accounted_for(
    stories: list[Story], limit: int, per_source: int
) -> None:
    kept, remarks = choose(stories, limit=limit, per_source=per_source)

    assert len(kept) <= limit
    assert len(kept) + len(remarks) == len(stories)
    assert [each for each in stories if each in kept] == kept
    sources = {each.lead.source for each in stories}
    for name in sources:
        share = max(per_source, -(-limit // len(sources)))
        assert sum(each.lead.source == name for each in kept) <= share
