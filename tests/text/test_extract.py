"""The few statements that stand for all reports of a story."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.extract import Room, Weights, extract
from digestbot.text.telling import Statement, statements

AMPLE = Room(characters=2_000, statements=3, enough=2_000, gap=1)
PLANT = "Acme opened a robot plant in Ohio on Monday."
COST = "The robot plant in Ohio cost Acme 3.5 billion dollars."
TOWN = "Bread is cheap in the north of Italy, says a baker."
JOBS = "Acme will hire 1,200 people for the Ohio plant by June."


EVEN = Weights(place=0, least=0)
"""As if it were no matter where a statement stands."""


def chosen(
    *reports: Sequence[str],
    room: Room = AMPLE,
    title: str = "",
    weights: Weights | None = None,
) -> list[str]:
    told = [[Statement(text=text) for text in report] for report in reports]
    return [each.text for each in extract(told, title=title, room=room, weights=weights)]


def test_what_all_reports_speak_of_is_chosen() -> None:
    room = Room(characters=2_000, statements=1, enough=2_000)

    assert TOWN not in chosen([TOWN, PLANT], [COST], [JOBS], room=room, weights=EVEN)


def test_what_stands_first_counts_more() -> None:
    room = Room(characters=2_000, statements=1, enough=2_000)

    assert chosen([PLANT, COST], room=room) == [PLANT]
    assert chosen([COST, PLANT], room=room) == [COST]


def test_another_report_adds_what_the_first_does_not_say() -> None:
    assert chosen([PLANT], [JOBS]) == [PLANT, JOBS]


def test_what_another_report_only_says_again_is_left_out() -> None:
    assert chosen([PLANT], ["On Monday, Acme opened a robot plant in Ohio."]) == [PLANT]


def test_what_the_title_says_is_left_out() -> None:
    assert chosen([PLANT, COST], title="Acme opened Ohio robot plant") == [COST]


def test_what_a_newsletter_tells_beside_the_story_is_left_out() -> None:
    assert chosen([PLANT], [JOBS, TOWN], title="Acme plant") == [PLANT, JOBS]


def test_no_more_than_two_reports_are_quoted() -> None:
    assert len(chosen([PLANT], [JOBS], ["The plant of Acme has a canteen and a pool."])) == 2


def test_statements_stand_in_the_order_of_their_sources() -> None:
    assert chosen([TOWN, PLANT], [JOBS, COST], title="Acme robot plant Ohio") == [
        text for text in (TOWN, PLANT, JOBS, COST) if text in chosen([TOWN, PLANT], [JOBS, COST])
    ]


def test_nothing_is_added_once_there_is_enough() -> None:
    room = Room(characters=2_000, statements=3, enough=10, gap=1)

    assert chosen([PLANT, COST], room=room) == [PLANT]


def test_a_few_are_added_all_the_same_where_the_format_wants_them() -> None:
    room = Room(characters=2_000, statements=3, enough=10, fewest=2, gap=1)

    assert chosen([PLANT, COST, JOBS], room=room) == [PLANT, COST]


def test_what_does_not_fit_makes_way_for_what_does() -> None:
    long = "Acme opened a robot plant in Ohio on Monday, " + "and so on, " * 40 + "it said."

    assert chosen([long, COST], room=Room(characters=100, statements=3, enough=90)) == [COST]


def test_where_nothing_fits_the_best_is_alone() -> None:
    assert chosen([PLANT, COST], room=Room(characters=10, statements=3, enough=9)) == [PLANT]


def test_what_leans_comes_only_with_what_it_leans_on() -> None:
    leaning = Statement(text="It makes arms for the car industry.", leans=True)
    report = [Statement(text=TOWN * 9), leaning, Statement(text=PLANT)]
    room = Room(characters=200, statements=3, enough=200)

    assert leaning not in extract([report], room=room)
    assert leaning in extract([[Statement(text=COST), leaning]], room=room)


def test_what_was_broken_off_stands_in_only_where_nothing_is_whole() -> None:
    cut = "Acme opened a robot plant in Ohio on…"

    assert chosen([cut, COST]) == [COST]
    assert chosen([cut]) == [cut]


@pytest.mark.parametrize(
    "worse",
    [
        "We are happy to have opened a robot plant in Ohio on Sunday.",
        "“A robot plant in Ohio opened on Sunday, as we all know,” Acme said.",
    ],
)
def test_a_voice_that_is_not_a_reporters_counts_less(worse: str) -> None:
    one = Room(characters=2_000, statements=1, enough=2_000)

    assert chosen([worse, PLANT], room=one, weights=EVEN) == [PLANT]


def test_no_reports_give_no_extract() -> None:
    assert chosen() == []
    assert chosen([], []) == []
    assert chosen([PLANT], title=PLANT) == []


REPORTS = st.lists(
    st.text(alphabet="Acme 星河模型。.，,“”（）!？…\nAnd但它18", max_size=200), max_size=4
)


@given(REPORTS, st.integers(10, 120), st.integers(1, 4))
def test_every_extract_keeps_its_limits_and_the_order_of_its_sources(
    reports: list[str], characters: int, count: int
) -> None:
    told = [statements(text) for text in reports]
    room = Room(characters=characters, statements=count, enough=characters, gap=1)

    found = extract(told, room=room)

    assert len(found) <= count
    assert room.used([each.text for each in found]) <= characters or len(found) == 1
    remaining = iter(each for report in told for each in report)
    assert all(any(each is other for other in remaining) for each in found)
