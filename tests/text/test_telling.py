"""The sentences of a report that tell something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.telling import Statement, is_ended, statements, unquoted

FIRST = "Acme opened a plant in Ohio on Monday."
SECOND = "Workers there will build 300 robots a day."


def texts(*lines: str, titles: tuple[str, ...] = ()) -> list[str]:
    return [each.text for each in statements("\n".join(lines), titles=titles)]


@pytest.mark.parametrize(
    "noise",
    [
        "What does that mean for the town of Dayton?",
        "这款新模型到底会给普通用户带来什么改变呢？",
        "The main points of the long announcement are these:",
        "A heading that is long enough to be taken for a sentence",
        "See https://acme.test/plant for the details of it.",
        "for (let i = 0; i < robots.length; i++) { build(i); }",
        '"We will build robots in Ohio, said the boss of Acme.',
        "他说：“我们将在俄亥俄州生产机器人，明年开工。",
        "Ninety.",
        "Image credit: Acme Inc.",
        "今日热点 甲公司发布了新模型 乙公司裁员三千人 丙公司赴港上市",
        "The plant will make robots for the car industry and also…",
    ],
)
def test_what_tells_nothing_is_left_out(noise: str) -> None:
    assert texts(FIRST, noise, SECOND) == [FIRST, SECOND]


def test_a_row_of_headings_tells_nothing_by_itself() -> None:
    assert texts("今日热点 甲公司发布了新模型 乙公司裁员三千人 丙公司赴港上市...") == []


def test_a_line_without_a_full_stop_tells_something_where_none_has_one() -> None:
    line = "Added a setting for the colour of robots, and one for their speed"

    assert texts(line) == [line]


def test_a_sentence_is_not_told_twice_nor_its_title_again() -> None:
    assert texts(FIRST, SECOND, FIRST, titles=("Acme opened a plant in Ohio on Monday",)) == [
        SECOND
    ]


def test_lines_that_are_set_hard_are_joined() -> None:
    assert texts(FIRST, "Its boss said that the work is\nhard.")[-1] == (
        "Its boss said that the work is hard."
    )


@pytest.mark.parametrize(
    "leaning",
    [
        "It will make robots for the car industry.",
        "This follows a long search for a place.",
        "However, the town wanted more than that.",
        "The town, on the other hand, wanted more than that.",
        "The latter will make robots for cars.",
        "“The town is happy about the plant.”",
        "该工厂将为汽车行业生产机器人。",
        "但是当地居民并不满意这一决定。",
        "“我们对这座新的工厂感到非常高兴。”",
    ],
)
def test_a_sentence_that_points_back_leans_on_the_one_before(leaning: str) -> None:
    found = statements(f"{FIRST}\n{leaning}")

    assert found == [Statement(text=FIRST), Statement(text=leaning, leans=True)]


@pytest.mark.parametrize(
    "free",
    [
        "This week the town of Dayton celebrated.",
        "Italy will make robots for the car industry.",
        "其他公司也在俄亥俄州生产机器人。",
        "此前，公司在德国生产机器人多年。",
        "“The town is happy,” its mayor said on Monday.",
    ],
)
def test_a_sentence_that_names_its_subject_stands_alone(free: str) -> None:
    assert statements(f"{FIRST}\n{free}")[1] == Statement(text=free)


def test_the_first_sentence_leans_on_nothing_but_its_title() -> None:
    assert statements("It will make robots for the car industry.")[0].leans is False


def test_with_a_sentence_goes_what_leans_on_it() -> None:
    lost = "Why did Acme choose the town of Dayton?"

    assert texts(FIRST, lost, "It is cheap, and it has an airport.", SECOND) == [FIRST, SECOND]


def test_boilerplate_in_between_takes_nothing_with_it() -> None:
    leaning = "It is cheap, and it has an airport."

    assert texts(FIRST, "Scroll down for video.", leaning) == [FIRST, leaning]


def test_inches_are_no_quotation() -> None:
    sentence = 'The robots have a 13" screen on their backs.'

    assert texts(sentence) == [sentence]


def test_what_is_quoted_can_be_taken_out() -> None:
    assert unquoted("他说：“很好。”") == "他说： "
    assert unquoted('He said "yes".') == "He said  ."


@pytest.mark.parametrize(("text", "ended"), [("完了。”", True), ("Yes!", True), ("No", False)])
def test_a_full_stop_may_stand_inside_a_quotation(text: str, ended: bool) -> None:
    assert is_ended(text) is ended


ALPHABET = 'Acme 星河模型。.，,“”"（）()!？…\nAnd但它18'


@given(st.text(alphabet=ALPHABET, max_size=300))
def test_every_statement_is_verbatim_in_its_text_and_in_order(text: str) -> None:
    rest = " ".join(text.split())
    for statement in statements(text):
        before, found, rest = rest.partition(" ".join(statement.text.split()))
        assert found, before


@given(st.lists(st.text(alphabet=ALPHABET, max_size=60), max_size=8))
def test_a_statement_leans_only_where_one_is_before_it(lines: list[str]) -> None:
    found = statements("\n".join(lines))

    assert not found or not found[0].leans
    assert len({statement.text for statement in found}) == len(found)
