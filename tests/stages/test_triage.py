"""triage: one opinion of the headlines, blended with the ranking; its failure harms nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import edition, entry, story
from digestbot.errors import ModelUnavailableError
from digestbot.library import load_prompt
from digestbot.model import Notice, Remark, Skipped, Story, Topic
from digestbot.ports import Model
from digestbot.stages.triage import SHOWN, blend, triage
from digestbot.testing import ScriptedModel

ABOUT_AI = Topic(description="Artificial intelligence.", include=("AI", "模型"))


def ranked(count: int) -> list[Story]:
    return [story(f"s{n:03}", title=f"标题{n}", score=float(count - n)) for n in range(count)]


def judged(
    stories: list[Story], model: Model, topic: Topic = ABOUT_AI
) -> tuple[list[Story], list[Remark]]:
    prompts = {"triage": load_prompt("triage", "zh")}
    advice, doubts = triage(stories, model=model, prompts=prompts, edition=edition(), topic=topic)
    blended, left_out = blend(stories, advice)
    return blended, [*doubts, *left_out]


def ids(stories: list[Story]) -> list[str]:
    return [story.lead.id for story in stories]


def numbers(model: ScriptedModel) -> dict[str, int]:
    """Under which number each title was shown."""
    lines = model.requests[0][-1].text.splitlines()
    shown = [line.split(". ", 1) for line in lines if ". 标题" in line]
    return {rest.split(" (")[0]: int(number) for number, rest in shown}


def shown_numbers(stories: list[Story]) -> dict[str, int]:
    probe = ScriptedModel("nothing")
    judged(stories, probe)
    return numbers(probe)


def test_the_models_first_can_pass_the_rankings_first() -> None:
    stories = ranked(6)
    number = shown_numbers(stories)
    order = [number["标题5"], number["标题4"], number["标题0"]]

    judgement, remarks = judged(stories, ScriptedModel({"order": order, "off_topic": []}))

    # scores 6 5 4 3 2 1, spread 5: 标题5 gains 5, 标题4 gains 3.33, 标题0 gains 1.67
    assert ids(judgement) == ["s000", "s005", "s004", "s001", "s002", "s003"]
    assert remarks == []
    reason = judgement[1].reasons[-1]
    assert (reason.name, reason.value) == ("triage", 5.0)
    assert judgement[1].score == pytest.approx(6.0)
    assert judgement[1].score == 1.0 + sum(r.value for r in judgement[1].reasons)


def test_equal_scores_still_leave_the_model_its_say() -> None:
    stories = [story(id, title=f"标题{id}", score=1.0) for id in "abc"]
    number = shown_numbers(stories)
    order = [number["标题c"], number["标题b"], number["标题a"]]

    judgement, _ = judged(stories, ScriptedModel({"order": order, "off_topic": []}))

    assert ids(judgement) == ["c", "b", "a"]


def test_only_the_best_are_shown_and_shuffled_the_same_way_every_time() -> None:
    stories = ranked(SHOWN + 5)
    number = shown_numbers(stories)

    assert len(number) == SHOWN
    assert f"标题{SHOWN}" not in number
    assert list(number.values()) == list(range(1, SHOWN + 1))
    assert list(number) != [f"标题{n}" for n in range(SHOWN)]
    assert number == shown_numbers(stories[::-1][5:][::-1])


def test_the_rest_keep_their_places_below() -> None:
    stories = ranked(SHOWN + 3)
    model = ScriptedModel({"order": [1, 2, 3], "off_topic": []})

    judgement, _ = judged(stories, model)

    assert sorted(ids(judgement)) == sorted(ids(stories))
    assert ids(judgement)[-3:] == ids(stories)[-3:]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (ModelUnavailableError("down"), "down"),
        ("no idea", "no JSON"),
        ({"order": []}, "names only 0"),
        ({"order": [1, 2], "off_topic": []}, "names only 2"),
        ({"order": [1, 2, 3, 99]}, "names 99"),
        ({"order": [0, 1, 2]}, "names 0"),
        ({"order": [1, 2, 3], "off_topic": [77]}, "names 77"),
        ({"order": [1], "off_topic": [2, 3, 4, 5, 6]}, "off-topic"),
        ({"order": "1, 2, 3"}, "names only 0"),
    ],
)
def test_a_failed_opinion_leaves_the_ranking_and_a_notice(answer: Any, reason: str) -> None:
    stories = ranked(6)
    model = ScriptedModel(answer)

    judgement, remarks = judged(stories, model)

    assert judgement == stories
    [notice] = remarks
    assert isinstance(notice, Notice)
    assert reason in notice.reason
    assert len(model.requests) == 1


def test_numbers_that_come_twice_or_as_text_count_once() -> None:
    model = ScriptedModel({"order": [2, "2", 1, 3, 1], "off_topic": []})

    judgement, remarks = judged(ranked(3), model)

    assert len(judgement) == 3
    assert remarks == []


def test_off_topic_stories_are_left_out_if_the_edition_has_a_topic() -> None:
    stories = ranked(6)
    number = shown_numbers(stories)
    order = [number[f"标题{n}"] for n in (0, 1, 2)]
    answer = {"order": order, "off_topic": [number["标题5"], order[0]]}

    judgement, remarks = judged(stories, ScriptedModel(answer))
    whole, _ = judged(stories, ScriptedModel(answer), Topic(exclude=("x",)))

    assert "s005" not in ids(judgement)
    assert "s000" in ids(judgement)
    [skipped] = remarks
    assert isinstance(skipped, Skipped)
    assert (skipped.subject, skipped.title) == ("https://n.test/s005", "标题5")
    assert "s005" in ids(whole)


@pytest.mark.parametrize("count", [0, 1])
def test_where_there_is_nothing_to_order_nobody_is_asked(count: int) -> None:
    assert judged(ranked(count), ScriptedModel()) == (ranked(count), [])


def test_the_prompt_names_the_topic_and_the_publishers_but_no_address() -> None:
    model = ScriptedModel("no")
    other = entry("o", title="同一件事")
    shown = [story("a", other, title="标题1 https://evil.test/x 完"), *ranked(2)]

    judged(shown, model)

    system, user = model.requests[0]
    assert "Artificial intelligence. AI, 模型" in system.text
    assert '"order"' in system.text
    assert "标题1 完 (n)" in user.text
    assert "https://" not in user.text


@given(st.permutations(range(1, 9)), st.integers(3, 8))
def test_no_story_is_lost_and_none_falls_below_its_score(order: list[int], named: int) -> None:
    stories = ranked(8)
    model = ScriptedModel({"order": order[:named], "off_topic": []})

    judgement, _ = judged(stories, model)

    assert sorted(ids(judgement)) == sorted(ids(stories))
    before = {story.lead.id: story.score for story in stories}
    assert all(story.score >= before[story.lead.id] for story in judgement)
    scores = [story.score for story in judgement]
    assert scores == sorted(scores, reverse=True)
