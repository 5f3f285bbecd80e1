"""What was told is left out, with the reason; what is new of it comes back, once a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, cluster, edition, entry, feed, story, told_by
from digestbot.model import Cluster, Remark, Skipped, Story, Told
from digestbot.stages.recall import recall

YESTERDAY = {
    "date": date(2026, 5, 31),
    "since": NOW - timedelta(hours=48),
    "until": NOW - timedelta(hours=24),
}
NOISE = [
    cluster(f"noise{place}", title=title, feed=feed(f"noise{place}"))
    for place, title in enumerate(
        (
            "Rain stops the harvest in the north of France",
            "A museum for typewriters opens in Turin",
            "Orkney ferry line orders two electric ships",
            "敦煌新发现一批唐代文书",
            "长江流域进入主汛期，多地启动应急响应",
            "国内首条跨海高铁开始铺轨",
        )
    )
]
PLAN = story(
    "plan", title="北渡半导体计划下月发布推理芯片BD200", guid="post-4711", url="https://n.test/told"
)


def yesterday(*stories: Story) -> list[Told]:
    return told_by(*stories, **YESTERDAY)


def recalled(*clusters: Cluster, told: list[Told], **given: Any) -> tuple[list[Cluster], list[Any]]:
    """What is kept and remarked of *clusters*, on a day with other news."""
    kept, remarks = recall([*clusters, *NOISE], told=told, edition=edition(**given))
    return [each for each in kept if each not in NOISE], remarks


def reason(remarks: list[Remark]) -> str:
    (remark,) = remarks
    return remark.reason


@pytest.mark.parametrize(
    ("again", "why"),
    [
        (cluster("x", url="http://www.n.test/told"), "the same page"),
        (cluster("x", url="https://n.test/new", guid="post-4711"), "the same guid"),
        (
            cluster("x", title="【快讯】北渡半导体计划下月发布推理芯片 BD200"),
            "likeness 1.00",
        ),
        (cluster("x", title="推理芯片BD200下月问世，北渡半导体已定计划"), "likeness 0."),
    ],
    ids=["page", "guid", "copy", "reworded"],
)
def test_what_was_told_is_left_out_and_the_reason_says_what_decided(
    again: Cluster, why: str
) -> None:
    kept, remarks = recalled(again, told=yesterday(PLAN))

    assert kept == []
    assert reason(remarks).startswith(f"told on 2026-05-31 as “{PLAN.lead.title}”: {why}")
    assert (remarks[0].stage, remarks[0].subject) == ("recall", again.lead.url)


@pytest.mark.parametrize(
    "other",
    [
        cluster("x", url="https://elsewhere.test/told", guid="post-4711"),
        cluster("x", guid="1"),
        cluster("x", title="Weekly links"),
        cluster("x", title="北渡半导体计划下月发布推理芯片BD300"),
    ],
    ids=["guid of another host", "short guid", "column", "other product"],
)
def test_what_only_resembles_it_is_not(other: Cluster) -> None:
    told = yesterday(PLAN, story("o", guid="1", title="Weekly links"))

    assert recalled(other, told=told) == ([other], [])


def test_an_entry_that_was_told_takes_its_cluster_along() -> None:
    again = cluster("x", entry("y", url="https://n.test/told"), title="Words of another kind")

    kept, remarks = recalled(again, told=yesterday(PLAN))

    assert kept == []
    assert "the same page" in reason(remarks)


def test_a_look_alike_is_left_out_for_some_days() -> None:
    first = story("s", title="OpenAI disbands the team that studied catastrophic risks")
    again = cluster("x", title="OpenAI reorganises its safety team after criticism")

    kept, remarks = recalled(again, told=yesterday(first))
    assert kept == []
    assert reason(remarks).startswith("may be what was told on 2026-05-31 as “OpenAI disbands")

    long_ago = {**YESTERDAY, "until": NOW - timedelta(days=5)}
    assert recalled(again, told=told_by(first, **long_ago)) == ([again], [])


# --- follow-ups -----------------------------------------------------------------

LAUNCH = "北渡半导体正式发布推理芯片BD200，售价2999美元"


def test_a_development_comes_back_and_says_what_it_follows() -> None:
    (follow_up,), remarks = recalled(cluster("x", title=LAUNCH), told=yesterday(PLAN))

    assert remarks == []
    assert follow_up.follows
    assert follow_up.follows.told.thread == "https://n.test/told"
    assert follow_up.follows.reason == (
        f"told on 2026-05-31 as “{PLAN.lead.title}”; new: 2999美元, 正式发布"
    )


def test_a_follow_up_has_only_what_was_published_since_led_by_the_news() -> None:
    whole = cluster(
        "a",
        entry("told", url="https://n.test/told", title=LAUNCH),
        entry("old", title=LAUNCH, published=NOW - timedelta(hours=30)),
        entry("undated", title=LAUNCH, dated=False),
        entry("b", title=LAUNCH),
        title="北渡半导体计划发布推理芯片",
        excerpt="A text, so that it would lead.",
    )

    (follow_up,), _ = recalled(whole, told=yesterday(PLAN))

    assert [each.id for each in follow_up.entries] == ["b", "a"]


@pytest.mark.parametrize(
    "given",
    [
        {"url": "https://n.test/told"},
        {"url": "https://n.test/moved", "guid": "post-4711"},
        {"published": NOW - timedelta(hours=25)},
        {"dated": False},
    ],
    ids=["edited", "edited and moved", "older than the edition", "undated"],
)
def test_editing_or_redating_a_page_is_not_news(given: dict[str, Any]) -> None:
    kept, remarks = recalled(cluster("x", title=LAUNCH, **given), told=yesterday(PLAN))

    assert kept == []
    assert "no news in its headlines" in reason(remarks)


def test_what_was_told_in_the_text_is_not_news() -> None:
    first = story(
        "plan", title=PLAN.lead.title, excerpt="它将于六月正式发布。" * 60 + "售价2999美元。"
    )
    again = cluster("x", title="北渡半导体推理芯片BD200售价2999美元")

    assert recalled(again, told=yesterday(first))[0] == []


def test_what_was_told_of_it_since_is_not_news() -> None:
    told = yesterday(PLAN)
    (follow_up,), _ = recalled(cluster("x", title=LAUNCH), told=told)
    told += told_by(Story(cluster=follow_up, score=1.0))
    tomorrow = {"date": date(2026, 6, 2), "until": NOW + timedelta(days=1)}
    again = cluster(
        "y", title=LAUNCH.replace("正式发布", "推出"), published=NOW + timedelta(hours=5)
    )

    assert {each.thread for each in told} == {"https://n.test/told"}
    assert recalled(again, told=told, **tomorrow)[0] == []


def test_a_story_has_one_follow_up_a_day() -> None:
    told = yesterday(PLAN)
    (follow_up,), _ = recalled(cluster("x", title=LAUNCH), told=told)
    morning = told_by(
        Story(cluster=follow_up, score=1.0), name="morning", until=NOW - timedelta(hours=4)
    )
    evening = cluster(
        "y", title="北渡半导体召回推理芯片BD200，涉及3万片", published=NOW - timedelta(hours=1)
    )

    assert recalled(evening, told=told)[0]
    kept, remarks = recalled(evening, told=[*told, *morning])
    assert kept == []
    assert reason(remarks).endswith("it had a follow-up today")


def test_of_two_follow_ups_of_one_story_the_one_that_more_tell_is_kept() -> None:
    alone = cluster("a", title=LAUNCH)
    wide = cluster(
        "b",
        entry("c", title="BD200", feed=feed("m")),
        title="北渡半导体推理芯片BD200正式开售，首批3万片",
        published=NOW - timedelta(hours=1),
    )

    (kept,), remarks = recalled(alone, wide, told=yesterday(PLAN))

    assert kept.lead.id == "b"
    assert reason(remarks).endswith("another report has it")


def test_a_follow_up_must_surely_go_on_with_the_story() -> None:
    war = story("war", title="A war on open source AI, says a founder of open source")
    mojo = cluster("x", title="Mojo is now open source, with $40M in the bank")

    assert [each for each in recalled(mojo, told=yesterday(war))[0] if each.follows] == []


def test_what_is_barred_is_never_told_again_whatever_is_new() -> None:
    long_ago = {**YESTERDAY, "until": NOW - timedelta(days=300)}
    barred = [replace(each, barred=True) for each in told_by(PLAN, **long_ago)]

    for again in (cluster("x", title=PLAN.lead.title), cluster("y", url="https://n.test/told")):
        kept, remarks = recalled(again, told=barred)
        assert kept == []
        assert reason(remarks).startswith("never to be told again: told on 2026-05-31 as")


def test_another_editions_name_is_told() -> None:
    told = told_by(PLAN, **YESTERDAY, name="evening")

    _, remarks = recalled(cluster("x", url="https://n.test/told"), told=told)

    assert reason(remarks).startswith("told on evening/2026-05-31 as")


# --- what must hold for all -----------------------------------------------------

CLUSTERS = st.lists(
    st.builds(
        lambda number, title, page: cluster(
            str(number), title=title, url=f"https://n.test/{page}", guid=f"guid-{page}"
        ),
        st.integers(0, 50),
        st.sampled_from(
            [LAUNCH, PLAN.lead.title, "Stripe buys OpenRouter", "Claude is down", "Claude is back"]
        ),
        st.integers(0, 9),
    ),
    max_size=8,
    unique_by=lambda each: each.lead.id,
)


@settings(max_examples=40, deadline=None)
@given(CLUSTERS, st.randoms(use_true_random=False))
def test_every_cluster_is_kept_or_accounted_for_and_order_changes_nothing(
    clusters: list[Cluster], random: Any
) -> None:
    told = yesterday(PLAN, story("d", title="Claude is down", url="https://n.test/3"))

    kept, remarks = recall(clusters, told=told, edition=edition())

    assert len(kept) + len(remarks) == len(clusters)
    assert all(isinstance(remark, Skipped) for remark in remarks)
    again = recall(
        random.sample(clusters, len(clusters)),
        told=random.sample(told, len(told)),
        edition=edition(),
    )
    assert again == (kept, remarks)


def test_nothing_told_nothing_recalled() -> None:
    assert recall(NOISE, told=(), edition=edition())[1] == []
    assert recall([], told=yesterday(PLAN), edition=edition()) == ([], [])
