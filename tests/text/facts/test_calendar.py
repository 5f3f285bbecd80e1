"""The calendar: whatever the day of publication, a day is the same told by its date or from it."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.facts import Moment, day_moment, find_facts
from digestbot.text.facts.calendar import meant
from digestbot.text.facts.fact import moment
from digestbot.text.verify import check

NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1))
PARTS = "days_away weeks_away months_away quarters_away years_away month day weekday quarter half"


def hard(text: str, source: str, published: date) -> list[str]:
    findings = check(text, [source], published=published)
    return [each.text for each in findings if each.severity == "hard"]


@given(DAYS, st.integers(min_value=1, max_value=7))
def test_the_last_day_of_a_name_is_its_date(published: date, ago: int) -> None:
    day = published - timedelta(days=ago)
    name, dated = NAMES[day.weekday()], f"{day.year}年{day.month}月{day.day}日"

    assert hard(f"last {name}", dated, published) == []
    assert hard(dated, f"last {name}", published) == []
    assert hard(dated, name, published) == []
    assert hard(f"{ago}天前", dated, published) == []


@given(DAYS, st.integers(min_value=1, max_value=7))
def test_a_day_of_last_week_is_its_date(published: date, weekday: int) -> None:
    monday = published - timedelta(days=published.weekday() + 7)
    day = monday + timedelta(days=weekday - 1)
    han = "一二三四五六日"[weekday - 1]

    assert hard(f"上周{han}", f"{day:%Y-%m-%d}", published) == []
    assert hard(f"{day:%Y-%m-%d}", f"上周{han}", published) == []


@given(DAYS, st.integers(min_value=15, max_value=300))
def test_a_date_long_ago_is_not_last_week(published: date, ago: int) -> None:
    day = published - timedelta(days=ago)

    assert hard(f"last {NAMES[day.weekday()]}", f"{day:%Y-%m-%d}", published)


@given(
    st.dictionaries(st.sampled_from(PARTS.split()), st.integers(-99_999_999, 99_999_999)),
    st.one_of(st.none(), st.dates()),
)
def test_no_moment_breaks_the_calendar(parts: dict[str, int], published: date | None) -> None:
    assert all(isinstance(each, Moment) for each in meant(moment(**parts), published))


@given(
    st.text(
        alphabet="上下本周月这个去明年一二三四五六日天前季度半10月 last next week", max_size=40
    ),
    st.dates(),
)
def test_no_text_of_relative_days_breaks_the_grammar(text: str, published: date) -> None:
    for fact in find_facts(text, published=published):
        assert text[fact.start : fact.end] == fact.text


def test_the_days_of_a_leap_year_are_its_own() -> None:
    leap, common = date(2024, 3, 1), date(2025, 3, 1)
    (fact,) = find_facts("February 29", published=leap)
    assert day_moment(date(2024, 2, 29)) in fact.values

    (fact,) = find_facts("February 29", published=common)
    assert moment(year=2025, month=2) in fact.values
