"""How many tell a story, and how they are counted."""

from __future__ import annotations

from builders import cluster, entry, feed
from digestbot.stages.coverage import (
    distinct_publishers,
    echoes,
    mouths,
    new_names,
    one_name_each,
    sites,
)


def test_variants_of_a_publisher_are_one() -> None:
    names = ["Hacker News", "Hacker News (24h)", "hackernews", "TechCrunch AI", "AI", "AIbase"]

    assert distinct_publishers(names) == {"hackernews", "techcrunchai", "ai", "aibase"}


def test_sites_are_counted_once_with_or_without_www() -> None:
    told = cluster(
        "a",
        entry("b", url="https://www.n.test/2"),
        entry("c", url="https://m.test/"),
        url="http://n.test/1",
    )

    assert sites(told) == {"n.test", "m.test"}


def test_an_echo_counts_only_publishers_that_are_not_there_yet() -> None:
    one = cluster("1", title="Stripe buys AI gateway OpenRouter for $7B", feed=feed("alpha"))
    same = cluster("2", title="Stripe to acquire OpenRouter for $7B", feed=feed("alpha"))
    other = cluster("3", title="OpenRouter sold to Stripe for $7B, sources", feed=feed("bravo"))
    noise = [
        cluster(town, title=f"Floods reach {town}", feed=feed(town)) for town in ("Rome", "Lima")
    ]

    assert echoes([one, same, other, *noise])[0] == {"bravo"}


def test_a_name_alone_in_many_mouths_is_chance_two_are_an_event() -> None:
    told = [
        cluster("1", title="Nebius signs Meta", feed=feed("a")),
        cluster("2", title="Nebius and the others", feed=feed("b")),
        cluster("3", title="Why Meta needs Nebius", feed=feed("c")),
        *(cluster(f"n{n}", title=f"Weather {n}", feed=feed("d")) for n in range(200)),
    ]

    assert mouths(told)[0] == (1, "meta")
    assert mouths(told)[1][0] <= 2
    assert mouths(told)[3] == (0, "")


def test_a_name_is_new_if_two_tell_it_and_no_earlier_title_has_it() -> None:
    told = [
        cluster("1", title="Nvidia ships NemoClaw", feed=feed("a")),
        cluster("2", title="Acme tries Nemoclaw", feed=feed("b")),
        cluster("3", title="Acme hires Zorblatt", feed=feed("b")),
    ]
    earlier = ["Nvidia earns more", "Acme hires a cook", "Weather in Tibet"]

    assert new_names(told, earlier=earlier) == ["nemoclaw", "nemoclaw", ""]


def test_where_little_is_known_of_earlier_days_nothing_is_new() -> None:
    told = [cluster(str(n), title="Nvidia ships NemoClaw", feed=feed(str(n))) for n in range(2)]

    assert new_names(told, earlier=["Weather in Tibet"]) == ["", ""]


def test_a_publisher_that_is_there_twice_is_named_once_and_as_it_came_first() -> None:
    names = ["hackernews", "Techmeme", "Hacker News", "Hacker News (24h)", "Tech"]

    assert one_name_each(names) == ["hackernews", "Techmeme", "Tech"]
    assert one_name_each([]) == []
