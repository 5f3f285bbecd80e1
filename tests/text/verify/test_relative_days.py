"""Days told from the day of publication, against dates, and the other way round."""

from __future__ import annotations

from datetime import date

import pytest

from digestbot.text.verify import check

WEDNESDAY = date(2025, 10, 15)

SAME = [
    ("上周五发布", "It was released on October 10."),
    ("released last Friday", "10月10日发布"),
    ("released on Monday", "10月13日发布"),
    ("周三发布", "It was released on October 15."),
    ("周二发布", "It was released on October 14, 2025."),
    ("next Tuesday it opens", "It opens on October 21."),
    ("next Friday it opens", "将于10月17日开放"),
    ("next Friday it opens", "将于10月24日开放"),
    ("本周四开放", "It opens on October 16."),
    ("this Thursday it opens", "将于10月16日开放"),
    ("this weekend it opens", "It opens on October 18."),
    ("上周末开放", "It opened on October 12."),
    ("earlier this month it opened", "10月3日开放"),
    ("本月早些时候", "on October 3"),
    ("本月14日", "on October 14"),
    ("去年10月", "in October 2024"),
    ("去年10月14日", "on October 14, 2024"),
    ("last October", "2024年10月"),
    ("October of last year", "2024年10月"),
    ("October 14 last year", "2024年10月14日"),
    ("last March", "in March 2025"),
    ("next March", "in March 2026"),
    ("明年第一季度", "in the first quarter of 2026"),
    ("今年上半年", "in the first half of 2025"),
    ("last quarter", "in Q3 2025"),
    ("上季度", "in the third quarter"),
    ("two weeks ago", "on October 1"),
    ("两周前", "on September 30"),
    ("三天前", "on October 12"),
    ("three days ago", "on Sunday"),
    ("3个月前", "in July"),
    ("two years ago", "in 2023"),
    ("last week", "on October 7"),
    ("上周", "last Thursday"),
    ("上个月", "in September"),
    ("next month", "in November"),
    ("昨日", "on Tuesday"),
    ("昨天", "Oct 14"),
    ("the day before yesterday", "on Monday"),
    ("October 14", "It was released on Tuesday."),
    ("10月14日", "the company said on Tuesday"),
    ("10月10日", "the company said last Friday"),
    ("10月1日", "it began two weeks ago"),
    ("2024年10月", "last October"),
    ("2025年第三季度", "last quarter"),
    ("2026年第一季度", "in the first quarter of next year"),
    ("9月", "last month"),
    ("2025年12月", "It will begin in December."),
    ("Friday", "on October 10"),
    ("Wednesday of last week", "on October 8"),
    ("周二", "14日发布"),
    ("2026年下半年", "the second half of 2026"),
    ("2026财年第三季度", "Q3 FY26"),
    ("Q3 FY26", "the third quarter of fiscal 2026"),
    ("fiscal third quarter of 2026", "Q3 FY2026"),
    ("2025年上半年", "H1 2025"),
    ("上半年", "1H25"),
    ("一季度", "Q1"),
    ("前三季度", "the first nine months"),
    ("前三季度", "the first three quarters"),
    ("Q1 2027", "2027年一季度"),
    ("今早", "this morning"),
]
"""Texts, and sources of that Wednesday that say the same."""

OTHER = [
    ("上周五发布", "It was released on October 14."),
    ("last Friday", "10月6日"),
    ("周四发布", "It was released on October 14."),
    ("昨日发布", "It was released on October 10."),
    ("去年10月", "in October 2023"),
    ("明年第一季度", "in the first quarter of 2027"),
    ("今年上半年", "in the second half of 2025"),
    ("本月14日", "on October 3"),
    ("next Tuesday", "on November 11"),
    ("10月14日", "the company said on Monday"),
    ("10月8日", "the company said last week"),
    ("10月1日", "it began two months ago"),
    ("2024年10月", "in October"),
    ("Q3 FY26", "the third quarter of fiscal 2025"),
    ("Q3 2021", "the third quarter of 2020"),
    ("前三季度", "the third quarter"),
]
"""Texts, and sources of that Wednesday that say another thing."""


def hard(text: str, source: str, published: date | None = WEDNESDAY) -> list[str]:
    findings = check(text, [source], published=published)
    return [each.text for each in findings if each.severity == "hard"]


@pytest.mark.parametrize(("text", "source"), SAME, ids=map(" ".join, SAME))
def test_a_day_may_be_told_from_today_or_by_its_date(text: str, source: str) -> None:
    assert hard(text, source) == []


@pytest.mark.parametrize(("text", "source"), OTHER, ids=map(" ".join, OTHER))
def test_another_day_is_found(text: str, source: str) -> None:
    assert hard(text, source)


def test_a_weekday_said_on_that_day_is_today_or_a_week_away() -> None:
    for day in ("October 8", "October 15", "October 22"):
        assert hard("周三", f"on {day}") == []


def test_a_sunday_ends_a_week_or_begins_one() -> None:
    sunday = date(2025, 10, 12)

    assert hard("last Friday", "October 10", sunday) == []
    assert hard("last Friday", "October 3", sunday) == []
    assert check("last week", ["October 9"], published=sunday) == []
    assert check("last week", ["October 2"], published=sunday) == []


def test_of_a_source_of_an_unknown_day_nobody_knows_its_weekdays() -> None:
    assert hard("周二", "on October 14", None) == []
    assert hard("周二", "on October 14, 2025", None) == []
    assert hard("周三", "on October 14, 2025", None) == ["周三"]
    assert hard("去年10月", "in October", None) == []


def test_yesterday_is_no_contradiction_where_no_day_is_told() -> None:
    assert hard("昨日发布", "It was released.") == []


@pytest.mark.parametrize("text", ["this may be", "last march on", "February 30", "99999周前"])
def test_what_is_no_day_breaks_nothing(text: str) -> None:
    check(text, ["on October 14", text], published=WEDNESDAY)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_break_nothing(day: date) -> None:
    text = (
        "昨日，明天，上周五，next Friday，last week，下个月，two weeks ago，last quarter，周日，2月"
    )

    assert hard(text, text, day) == []
