"""What an editor's choices teach: a little each, never much, and it can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, cluster, edition, entry, feed, story
from digestbot.errors import ConfigError
from digestbot.model import Candidate, Choice, Taste, Topic
from digestbot.stages.pick import choices_of
from digestbot.stages.rank import rank
from digestbot.stages.taste import MOST, learn, tasted


def choice(picked: bool = True, **given: Any) -> Choice:
    values: dict[str, Any] = {
        "edition": "daily/2026-06-01",
        "url": "https://n.test/1",
        "title": "—",
        "sources": ("机器之心",),
        "picked": picked,
        "made": NOW,
    }
    return Choice(**values | given)


def values(taste: Taste) -> dict[str, float]:
    return {lesson.subject: lesson.value for lesson in (*taste.sources, *taste.words)}


def test_without_choices_there_is_no_taste() -> None:
    assert learn([], now=NOW) == Taste()


def test_no_taste_is_the_same_ranking_exactly() -> None:
    clusters = [cluster("a", title="AI 发布"), cluster("b", title="Rain", feed=feed("b"))]
    given: Any = {"edition": edition(), "topic": Topic()}

    assert rank(clusters, **given) == rank(clusters, **given, taste=Taste())


def test_a_source_rises_with_picks_and_falls_with_drops() -> None:
    picked = learn([choice()] * 3, now=NOW)
    dropped = learn([choice(picked=False)] * 3, now=NOW)
    both = learn([choice()] * 3 + [choice(picked=False)] * 3, now=NOW)

    assert values(picked)["机器之心"] > 0 > values(dropped)["机器之心"]
    assert values(both) == {}


def test_the_reason_says_how_often() -> None:
    taste = learn([choice()] * 7 + [choice(picked=False)] * 2, now=NOW)
    told = cluster("a", entry("b", feed=feed("x", name="机器之心")))

    (reason,) = tasted(told, taste)

    assert reason.name == "taste: source"
    assert reason.text == "you picked 7 of 9 of 机器之心"
    assert reason.value == values(taste)["机器之心"]


def test_one_choice_moves_little_and_a_thousand_no_more_than_the_most() -> None:
    assert 0 < values(learn([choice()], now=NOW))["机器之心"] < MOST / 5
    assert MOST * 0.9 < values(learn([choice()] * 1_000, now=NOW))["机器之心"] < MOST


def test_all_lessons_together_add_no_more_than_the_most() -> None:
    names = [f"Source {n}" for n in range(9)]
    taste = learn([choice(sources=tuple(names))] * 50, now=NOW)
    told = cluster("a", *(entry(n, feed=feed("x", name=n)) for n in names))

    assert [reason.value for reason in tasted(told, taste)] == [MOST]


def test_a_choice_fades() -> None:
    fresh = learn([choice()] * 4, now=NOW)
    old = learn([choice()] * 4, now=NOW + timedelta(days=120))
    ancient = learn([choice()] * 4, now=NOW + timedelta(days=3_000))

    assert values(fresh)["机器之心"] > values(old)["机器之心"] > 0
    assert values(ancient) == {}


def test_a_choice_made_after_the_edition_counts_in_full() -> None:
    assert learn([choice()], now=NOW - timedelta(days=9)) == learn([choice()], now=NOW)


def test_a_word_is_learned_from_two_titles_not_from_one() -> None:
    once = learn([choice(title="OpenRouter sold")], now=NOW)
    twice = learn([choice(title="OpenRouter sold"), choice(title="OpenRouter again")], now=NOW)

    assert once.words == ()
    assert [lesson.subject for lesson in twice.words] == ["openrouter"]


def test_pairs_of_han_that_come_together_are_one_word() -> None:
    titles = ("量子计算新进展", "量子计算机来了", "天气转晴")

    taste = learn([choice(title=title) for title in titles], now=NOW)

    assert [lesson.subject for lesson in taste.words] == ["量子计算"]
    assert [r.name for r in tasted(cluster("a", title="关于量子计算的一切"), taste)] == [
        "taste: words"
    ]
    assert tasted(cluster("a", title="量子力学"), taste) == []


def test_a_name_is_learned_across_languages() -> None:
    taste = learn([choice(title="英伟达涨价"), choice(title="Nvidia opens a shop")], now=NOW)

    assert [lesson.subject for lesson in taste.words] == ["nvidia"]
    assert tasted(cluster("a", title="英伟达新卡"), taste)


def test_what_is_forgotten_is_learned_anew_from_later_choices() -> None:
    early = [choice(title="OpenRouter sold"), choice(title="OpenRouter bought")]
    late = [choice(title="OpenRouter back", made=NOW + timedelta(hours=n)) for n in (2, 3)]
    forgotten = {"机器之心": NOW + timedelta(hours=1), "openrouter": NOW + timedelta(hours=1)}

    assert values(learn(early, now=NOW, forgotten=forgotten)) == {}
    assert values(learn([*early, *late], now=late[-1].made, forgotten=forgotten)) == values(
        learn(late, now=late[-1].made)
    )


def test_a_part_of_a_forgotten_word_is_forgotten_with_it() -> None:
    titles = ("量子计算新进展", "量子计算机来了", "量子通信落地")
    choices = [choice(title=title) for title in titles]

    assert learn(choices, now=NOW, forgotten={"量子计算": NOW}).words == ()


def test_taste_lifts_what_an_editor_picks_and_says_so() -> None:
    liked = cluster("liked", title="Rivers freeze in Finland", feed=feed("a", name="机器之心"))
    other = cluster("other", title="Grain prices fall again", feed=feed("b"))
    given: Any = {"edition": edition(), "topic": Topic()}

    choices = [choice(picked=False)] * 9
    before, _ = rank([liked, other], **given, taste=learn(choices, now=NOW))
    after, _ = rank([liked, other], **given, taste=learn([choice()] * 9, now=NOW))

    assert [story.lead.id for story in before] == ["other", "liked"]
    assert [story.lead.id for story in after] == ["liked", "other"]
    assert "you picked 9 of 9 of 机器之心" in {reason.text for reason in after[0].reasons}


CHOICES = st.lists(
    st.builds(
        lambda picked, title, name, days: choice(
            picked, title=title, sources=(name,), made=NOW - timedelta(days=days)
        ),
        st.booleans(),
        st.sampled_from(["量子计算新进展", "量子计算机来了", "OpenRouter sold", "Rain in Oslo"]),
        st.sampled_from(["机器之心", "AIbase"]),
        st.integers(0, 400),
    ),
    max_size=12,
)


@given(CHOICES, st.randoms(use_true_random=False))
def test_the_order_of_choices_changes_nothing_and_values_are_bounded(
    choices: list[Choice], random: Any
) -> None:
    taste = learn(choices, now=NOW)

    assert values(learn(random.sample(choices, len(choices)), now=NOW)) == values(taste)
    assert all(abs(value) < MOST for value in values(taste).values())


# --- which story is meant ---------------------------------------------------------

CANDIDATES = [
    Candidate(
        edition="daily/2026-06-01",
        story=story(str(place), entry(f"other-{place}"), url=f"https://n.test/{place}?p=1"),
        place=place,
    )
    for place in (1, 2, 0)
]


def meant(*named: int | str) -> list[str]:
    made = choices_of(
        named, CANDIDATES, entries=[entry("kept", title="Kept")], picked=True, made=NOW
    )
    return [each.title for each in made]


def test_a_story_is_named_by_its_number_or_its_link() -> None:
    assert meant(2, "1") == ["Title 2", "Title 1"]
    assert meant("http://www.n.test/2?p=1") == ["Title 2"]
    assert meant("https://n.test/other-2") == ["Title 2"]
    assert meant("https://n.test/kept") == ["Kept"]


def test_a_story_named_twice_is_chosen_once() -> None:
    assert meant(1, "1", "https://n.test/1?p=1") == ["Title 1"]


@pytest.mark.parametrize(
    ("named", "complaint"),
    [
        (3, "there is no story 3; daily/2026-06-01 has 1 to 2"),
        (0, "there is no story 0"),
        ("https://n.test/none", "no story links to https://n.test/none"),
        ("", "no story links to"),
    ],
)
def test_what_is_no_story_is_an_error_and_nothing_is_chosen(
    named: int | str, complaint: str
) -> None:
    with pytest.raises(ConfigError, match=complaint):
        meant(1, named)


def test_before_the_first_edition_no_number_means_anything() -> None:
    with pytest.raises(ConfigError, match="there is no edition yet"):
        choices_of([1], [], entries=[], picked=True, made=NOW)
