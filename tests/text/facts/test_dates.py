"""Dates and times, as Chinese and English write them."""

from __future__ import annotations

from datetime import date

import pytest

from digestbot.text.facts import Moment, Quantity, day_moment, find_facts
from digestbot.text.facts.fact import moment


def moments(text: str) -> list[Moment]:
    facts = find_facts(text)
    assert [fact.kind for fact in facts] == ["date"], facts
    return [value for value in facts[0].values if isinstance(value, Moment)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("October 14", {"month": 10, "day": 14}),
        ("Oct. 14th", {"month": 10, "day": 14}),
        ("14 October", {"month": 10, "day": 14}),
        ("the 14th of October", {"month": 10, "day": 14}),
        ("10月14日", {"month": 10, "day": 14}),
        ("10月14号", {"month": 10, "day": 14}),
        ("十月十四日", {"month": 10, "day": 14}),
        ("October 14, 2020", {"year": 2020, "month": 10, "day": 14}),
        ("14 October 2020", {"year": 2020, "month": 10, "day": 14}),
        ("2020年10月14日", {"year": 2020, "month": 10, "day": 14}),
        ("2020 年 10 月 14 日", {"year": 2020, "month": 10, "day": 14}),
        ("2020-10-14", {"year": 2020, "month": 10, "day": 14}),
        ("2020/10/14", {"year": 2020, "month": 10, "day": 14}),
        ("10/14/2020", {"year": 2020, "month": 10, "day": 14}),
        ("14.10.20", {"year": 2020, "month": 10, "day": 14}),
        ("二〇二五年", {"year": 2025}),
        ("2026年", {"year": 2026}),
        ("2026", {"year": 2026}),
        ("in October", {"month": 10}),
        ("in may", {"month": 5}),
        ("10月", {"month": 10}),
        ("14日", {"day": 14}),
        ("Q3", {"quarter": 3}),
        ("Q3 2021", {"quarter": 3, "year": 2021}),
        ("3Q21", {"quarter": 3, "year": 2021}),
        ("the third quarter", {"quarter": 3}),
        ("fourth quarter of 1998", {"quarter": 4, "year": 1998}),
        ("Q1 '98", {"quarter": 1, "year": 1998}),
        ("第三季度", {"quarter": 3}),
        ("三季度", {"quarter": 3}),
        ("3季度", {"quarter": 3}),
        ("H2", {"half": 2}),
        ("1H", {"half": 1}),
        ("下半年", {"half": 2}),
        ("FY22", {"year": 2022}),
        ("fiscal 2022", {"year": 2022}),
        ("fiscal year 2022", {"year": 2022}),
        ("2022财年", {"year": 2022}),
        ("Saturday", {"weekday": 6}),
        ("周六", {"weekday": 6}),
        ("星期六", {"weekday": 6}),
        ("周日", {"weekday": 7}),
        ("3:30 p.m.", {"hour": 15, "minute": 30}),
        ("3.30pm", {"hour": 15, "minute": 30}),
        ("15:30", {"hour": 15, "minute": 30}),
        ("下午3点半", {"hour": 15, "minute": 30}),
        ("下午三点三十分", {"hour": 15, "minute": 30}),
        ("15时30分", {"hour": 15, "minute": 30}),
        ("今晚 8 点", {"hour": 20}),
        ("上午9时", {"hour": 9}),
        ("noon", {"hour": 12}),
        ("midnight", {"hour": 0}),
        ("午夜", {"hour": 24}),
        ("正午", {"hour": 12}),
        ("the 1980s", {"decade": 80, "century": 20}),
        ("1980年代", {"decade": 80, "century": 20}),
        ("20世纪80年代", {"decade": 80, "century": 20}),
        ("80年代", {"decade": 80}),
        ("八十年代", {"decade": 80}),
        ("the '80s", {"decade": 80}),
        ("the eighties", {"decade": 80}),
        ("the 18th century", {"century": 18}),
        ("18世纪", {"century": 18}),
        ("十八世纪", {"century": 18}),
        ("the 1700s", {"century": 18}),
        ("9/11", {"month": 9, "day": 11}),
        ("911事件", {"month": 9, "day": 11}),
        ("昨日", {"days_away": -1}),
        ("yesterday", {"days_away": -1}),
        ("去年", {"years_away": -1}),
        ("last year", {"years_away": -1}),
    ],
)
def test_a_date_is_read_in_any_notation(text: str, parts: dict[str, int]) -> None:
    assert moment(**parts) in moments(text)


def test_an_hour_without_its_half_may_be_either() -> None:
    assert moment(hour=20, minute=15) in moments("8:15")
    assert moment(hour=8, minute=15) in moments("8:15")
    assert moments("8:15 am") == [moment(hour=8, minute=15)]


def test_of_two_years_both_are_told() -> None:
    assert [fact.values for fact in find_facts("2020-21")] == [
        (moment(year=2020),),
        (moment(year=2021),),
    ]
    assert [fact.kind for fact in find_facts("2020-19")] == ["date", "number"]


def test_of_two_days_both_are_told() -> None:
    assert moments("May 26-28") == [moment(month=5, day=26), moment(month=5, day=28)]


def test_late_in_a_year_is_its_second_half() -> None:
    assert [fact.values[0] for fact in find_facts("late 2016")] == [
        moment(half=2),
        moment(year=2016),
    ]


def test_a_half_of_a_match_is_soft() -> None:
    assert [fact.soft for fact in find_facts("the first half, 上半场")] == [True, True]


def test_words_that_are_months_too_are_none() -> None:
    assert find_facts("they may march on, and Mar or Jan will not") == []
    assert [fact.soft for fact in find_facts("May is warm")] == [True]


def test_a_month_of_being_pregnant_is_a_span() -> None:
    values = find_facts("怀孕6月")[0].values

    assert Quantity(size=6.0, dimension="month", unit="月") in values


def test_an_hour_may_be_a_number_and_when() -> None:
    assert Quantity(size=3.0) in find_facts("购买 Stylo 3 时，")[0].values


def test_a_slash_parts_days_or_makes_a_share() -> None:
    values = find_facts("5/11")[0].values

    assert {moment(month=5, day=11), moment(month=11, day=5)} < set(values)
    assert find_facts("13/14")[0].values[1:] == ()


@pytest.mark.parametrize("text", ["centenary", "bicentennial"])
def test_a_centenary_is_a_number_of_years(text: str) -> None:
    value = find_facts(text)[0].values[0]

    assert isinstance(value, Quantity)
    assert value.size in {100, 200}


def test_days_told_from_the_day_of_publication_are_known_with_it() -> None:
    published = date(2026, 6, 1)

    yesterday, last_year, other = find_facts("昨日，去年，5日", published=published)

    assert day_moment(date(2026, 5, 31)) in yesterday.values
    assert moment(year=2025) in last_year.values
    assert other == find_facts("昨日，去年，5日")[2]
