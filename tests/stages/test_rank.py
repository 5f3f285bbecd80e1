"""Clusters become stories, best first, with the reasons for it."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, cluster, edition, entry, feed
from digestbot.model import Cluster, Skipped, Story, Topic
from digestbot.stages.publishers import MAX_STANDING
from digestbot.stages.rank import rank

TEXT = "The company said on Monday that the new system is available to everyone from today on."


def ranked(
    *clusters: Cluster, topic: Topic | None = None, language: str | None = None
) -> list[Story]:
    return rank(clusters, edition=edition(), topic=topic or Topic(), language=language)[0]


def ids(*clusters: Cluster, **given: Any) -> list[str]:
    return [story.lead.id for story in ranked(*clusters, **given)]


def reasons(story: Story) -> dict[str, float]:
    return {reason.name: reason.value for reason in story.reasons}


def test_a_score_is_the_sum_of_its_reasons() -> None:
    (story,) = ranked(
        cluster("a", title="Acme launches a robot", excerpt=TEXT), topic=Topic(include=("robot",))
    )

    assert story.score == pytest.approx(sum(reason.value for reason in story.reasons))
    assert set(reasons(story)) == {"coverage", "freshness", "topic", "release"}
    assert all(reason.text for reason in story.reasons)


def test_a_story_told_by_more_publishers_ranks_higher() -> None:
    wide = cluster("wide", entry("2", feed=feed("bravo")), entry("3", feed=feed("charlie")))

    assert ids(cluster("alone"), wide) == ["wide", "alone"]


def test_stories_that_look_alike_speak_for_each_other() -> None:
    one = cluster("1", title="Stripe buys AI gateway OpenRouter for $7B", feed=feed("alpha"))
    other = cluster("2", title="Stripe to acquire OpenRouter for $7B", feed=feed("bravo"))
    single = cluster("3", title="Acme opens an office in Oslo", feed=feed("charlie"))

    noise = [cluster(town, title=f"Floods reach {town}") for town in ("Rome", "Lima", "Bern")]

    by_id = {each.lead.id: reasons(each) for each in ranked(one, other, single, *noise)}

    assert by_id["1"]["echo"] > 0
    assert "echo" not in by_id["3"]


def test_the_weight_of_the_best_feed_counts() -> None:
    light = cluster("light", feed=feed("a", weight=0.5))
    heavy = cluster("heavy", entry("x", feed=feed("b", weight=2.0)), feed=feed("c"))

    assert ids(light, cluster("plain", feed=feed("d")), heavy) == ["heavy", "plain", "light"]


def test_recency_settles_only_what_is_otherwise_equal() -> None:
    new = cluster("new", published=NOW)
    old = cluster("old", published=NOW - timedelta(hours=20))
    known = cluster("known", entry("x", feed=feed("bravo")), published=NOW - timedelta(hours=23))

    assert ids(old, new, known) == ["known", "new", "old"]


def test_news_on_the_site_of_the_one_it_names_ranks_higher() -> None:
    own = cluster("own", title="Introducing Zephyr", url="https://www.zephyr.test/blog/1")
    other = cluster("other", title="Introducing Zephyr", url="https://press.test/1")

    first, second = ranked(own, other)

    assert first.lead.id == "own"
    assert "first hand" not in reasons(second)


def test_a_bare_headline_ranks_below_one_with_a_text() -> None:
    assert ids(cluster("a"), cluster("b", excerpt=TEXT)) == ["b", "a"]


# --- what was learned of the field's editors ------------------------------------

FIELD = [
    cluster(f"ai{n}", title=f"A new AI model, the {n}th", feed=feed(f"f{n}")) for n in range(9)
]


def test_on_a_day_of_the_field_a_publisher_stands_as_its_stories_were_picked() -> None:
    own = cluster("own", title="Codex news", url="https://x.com/OpenAIDevs/status/1")
    other = cluster("other", title="Codex news", url="https://x.com/nobody/status/1")

    stories = {each.lead.id: each for each in ranked(own, other, *FIELD)}

    assert reasons(stories["own"])["publisher"] > 0
    assert "publisher" not in reasons(stories["other"])
    assert "@openaidevs: " in next(r.text for r in stories["own"].reasons if r.name == "publisher")


def test_on_a_day_of_another_field_what_was_learned_of_the_field_is_silent() -> None:
    own = cluster("own", title="Codex API news", url="https://x.com/OpenAIDevs/status/1")
    world = [cluster(town, title=f"Floods reach {town}") for town in ("Rome", "Lima", "Bern")]

    of_field = reasons({each.lead.id: each for each in ranked(own, *FIELD)}["own"])
    of_world = reasons({each.lead.id: each for each in ranked(own, *world)}["own"])

    assert {"publisher", "own post", "laboratory", "for developers"} <= set(of_field)
    assert not {"publisher", "own post", "laboratory", "for developers"} & set(of_world)


def test_a_publisher_whose_feed_has_a_weight_is_judged_by_that_alone() -> None:
    given: Any = {"title": "Codex news", "url": "https://x.com/OpenAIDevs/status/1"}
    weighed = cluster("own", feed=feed("a", weight=0.5), **given)

    story = {each.lead.id: each for each in ranked(weighed, *FIELD)}["own"]

    assert "publisher" not in reasons(story)
    assert reasons(story)["source"] < 0


def test_many_publishers_together_stand_no_higher_than_the_best_may() -> None:
    accounts = ("claudeai", "openaidevs", "openai", "googledeepmind")
    entries = [entry(a, url=f"https://x.com/{a}/status/1", title="AI news") for a in accounts]
    others = [entry(name, feed=feed(name, name=name)) for name in ("AIbase", "TechCrunch")]
    told = cluster("a", *entries, *others, title="AI news")

    story = {each.lead.id: each for each in ranked(told, *FIELD)}["a"]

    assert 0 < reasons(story)["publisher"] <= MAX_STANDING


def test_a_link_to_the_makers_own_site_ranks_higher() -> None:
    own = cluster("own", title="Computer use", url="https://www.anthropic.com/news/1")
    press = cluster("press", title="Computer use", url="https://press.test/1")
    shell = cluster("shell", title="Computer use", url="https://news.google.com/1")

    stories = {each.lead.id: reasons(each) for each in ranked(own, press, shell, *FIELD)}

    assert stories["own"]["maker's site"] > 0
    assert "maker's site" not in stories["press"].keys() | stories["shell"].keys()


def test_a_bare_version_is_no_news_but_a_models_name_is() -> None:
    bare, model = ranked(cluster("a", title="v2.1.239"), cluster("b", title="GPT-6"))[::-1]

    assert "bare title" in reasons(bare)
    assert "bare title" not in reasons(model)


def test_news_that_many_name_ranks_higher() -> None:
    deal = [
        cluster(f"m{n}", title=title, feed=feed(f"f{n}"))
        for n, title in enumerate(
            ["Nebius signs Meta", "What Nebius told Meta", "Shares of Nebius jump on Meta"]
        )
    ]
    noise = [
        cluster(f"n{n}", title=f"Weather report number {n} of {word}")
        for n, word in enumerate(["alpha", "bravo"] * 120)
    ]

    by_id = {each.lead.id: each for each in ranked(*deal, *noise)}

    assert "named by 2 more" in next(r.text for r in by_id["m0"].reasons if r.name == "talk")


# --- the topic ----------------------------------------------------------------

AI = Topic(include=("AI", "机器人", "chip"), exclude=("晚报",))


@pytest.mark.parametrize(
    ("title", "on_topic"),
    [
        ("新的AI芯片", True),
        ("An ai for all", True),
        ("All the chips", True),
        ("宇树机器人上市", True),
        ("Paid in full", False),
        ("The chipmunk", False),
        ("Rain in Oslo", False),
    ],
)
def test_a_word_of_the_topic_is_a_whole_word_or_any_han(title: str, on_topic: bool) -> None:
    stories, remarks = rank([cluster("a", title=title)], edition=edition(), topic=AI)

    assert bool(stories) is on_topic
    assert bool(remarks) is not on_topic


def test_what_is_off_topic_is_left_out_with_a_word() -> None:
    _, remarks = rank([cluster("a", title="Rain")], edition=edition(), topic=AI)

    assert remarks == [
        Skipped(
            stage="rank",
            subject="https://n.test/a",
            reason="off topic: neither title nor text has a word of the topic",
            title="Rain",
        )
    ]


def test_an_excluded_word_in_any_title_always_drops() -> None:
    shut = cluster("a", entry("b", title="AI 晚报"), title="AI 新闻")

    stories, remarks = rank([shut], edition=edition(), topic=AI)

    assert stories == []
    assert "'晚报'" in str(remarks[0])


def test_without_a_topic_nothing_is_off_topic() -> None:
    assert ids(cluster("a", title="Rain in Oslo")) == ["a"]


def test_a_word_in_the_title_fits_better_than_one_in_the_text() -> None:
    in_text = cluster("text", title="Acme reports", excerpt=f"AI. {TEXT}")
    in_title = cluster("title", title="AI and a robot chip", excerpt=TEXT)

    assert ids(in_text, in_title, topic=AI) == ["title", "text"]


def test_a_description_alone_decides_for_stories_of_its_language() -> None:
    topic = Topic(description="Rivers, floods and dams of northern Europe")
    on = cluster("on", title="Floods break two dams in Norway")
    off = cluster("off", title="Stripe buys OpenRouter for billions")
    foreign = cluster("foreign", title="软银承诺在法国建设人工智能设施")

    stories, remarks = rank([on, off, foreign], edition=edition(), topic=topic)

    assert [story.lead.id for story in stories] == ["on", "foreign"]
    assert reasons(stories[0])["description"] > 0
    assert len(remarks) == 1


# --- without a translator -------------------------------------------------------


def test_where_nobody_translates_a_cluster_is_led_by_an_entry_readers_can_read() -> None:
    mixed = cluster(
        "en", entry("zh", title="模型开源发布"), title="The model is open", excerpt=TEXT
    )

    (story,) = ranked(mixed, language="zh")

    assert story.lead.id == "zh"
    assert {each.id for each in story.cluster.entries} == {"en", "zh"}
    assert "language" not in reasons(story)


def test_where_nobody_translates_other_languages_rank_far_lower() -> None:
    foreign = cluster(
        "en", *(entry(n, feed=feed(n * 5), title="English") for n in "xyz"), title="English"
    )

    assert ids(foreign, cluster("zh", title="有没有人知道"), language="zh") == ["zh", "en"]
    assert ids(foreign, cluster("zh", title="有没有人知道")) == ["en", "zh"]


def test_a_text_in_another_language_is_no_text_then() -> None:
    (story,) = ranked(cluster("a", title="模型开源发布", excerpt=TEXT), language="zh")

    assert "headline only" in reasons(story)


# --- always -----------------------------------------------------------------------

TITLES = ("Stripe buys OpenRouter", "AI 新闻", "Rain", "8点1氪", "模型开源发布")
CLUSTERS = st.lists(
    st.builds(
        lambda number, title, name: cluster(str(number), title=title, feed=feed(name)),
        st.integers(0, 99),
        st.sampled_from(TITLES),
        st.sampled_from(["alpha", "bravo"]),
    ),
    max_size=10,
    unique_by=lambda each: each.lead.url,
)


@given(CLUSTERS, st.sampled_from([None, "zh"]), st.randoms(use_true_random=False))
def test_nothing_is_lost_and_order_changes_nothing(
    clusters: list[Cluster], language: str | None, random: Any
) -> None:
    shuffled = random.sample(clusters, len(clusters))

    stories, remarks = rank(clusters, edition=edition(), topic=AI, language=language)

    assert rank(shuffled, edition=edition(), topic=AI, language=language) == (stories, remarks)
    assert len(stories) + len(remarks) == len(clusters)
    assert all(a.score >= b.score for a, b in pairwise(stories))


def test_a_name_that_was_not_in_the_last_days_lifts_its_story() -> None:
    told = [
        cluster(f"c{n}", title=f"NemoClaw is here {word}", feed=feed(f"f{n}"))
        for n, word in enumerate(["now", "again"])
    ]
    given: Any = {"edition": edition(), "topic": Topic()}
    quiet = ["Spring is here again now"] * 9

    new, _ = rank(told, **given, earlier=quiet)
    known, _ = rank(told, **given, earlier=[*quiet, "NemoClaw leaked"])

    assert "nemoclaw was in no title of the last days" in {r.text for r in new[0].reasons}
    assert new[0].score > known[0].score
