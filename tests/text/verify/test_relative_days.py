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
    ("OpenAI将于下周二发布新模型", "OpenAI will release a new model next Tuesday."),
    ("该功能将于本月晚些时候上线", "The feature arrives later this month."),
    ("将于年底前上线", "It ships by the end of the year."),
    ("预计明年初量产", "Mass production is expected in early 2026."),
    ("去年同期为12亿", "It was 1.2 billion in the same period last year."),
    ("上一财年", "the last fiscal year"),
    ("过去12个月", "over the past 12 months"),
    ("过去三年", "in the past three years"),
    ("自2023年以来", "since 2023"),
    ("十年来最低", "its lowest in a decade"),
    ("周三（10月15日）", "on Wednesday, Oct. 15"),
    ("当地时间周二", "on Tuesday local time"),
    ("北京时间10月15日凌晨", "late on October 14 in New York, which is October 15 in Beijing"),
    ("今年第三季度", "the third quarter of 2025"),
    ("今年三季度", "Q3"),
    ("今年前三季度", "in the first nine months of 2025"),
    ("上月", "in September"),
    ("9月底", "late September"),
    ("上周四", "Oct. 9"),
    ("本周一", "October 13"),
    ("下周三", "October 22"),
    ("下月", "in November"),
    ("10月15日", "today"),
    ("10月16日", "tomorrow"),
    ("星期二", "10月14日"),
    ("礼拜二", "October 14"),
    ("two days ago", "10月13日"),
    ("a week ago", "October 8"),
    ("one month ago", "in September"),
    ("a year ago", "in 2024"),
    ("一年前", "in 2024"),
    ("半年前", "six months ago"),
    ("last summer", "in the summer of last year"),
    ("tomorrow", "October 16"),
    ("tonight at 8", "今晚8点"),
    ("Tuesday night", "周二晚"),
    ("late Tuesday", "10月14日晚间"),
    ("the past weekend", "on Saturday"),
    ("over the weekend", "on Saturday"),
    ("by next year", "by 2026"),
    ("this year", "2025"),
    ("本世纪末", "by 2100"),
    ("since last October", "since October 2024"),
    ("10月13日至15日", "October 13-15"),
    ("Oct. 13 to 15", "10月13日至15日"),
    ("10月13日-15日", "from Monday to Wednesday"),
    ("the quarter ended September 30", "截至9月30日的第三季度"),
    ("2025年第四季度（10月至12月）", "the fourth quarter, October to December"),
    ("2026 年 1 月 1 日起", "effective January 1, 2026"),
    ("2026年1月1日起", "effective January 1"),
    ("12月25日", "Christmas Day, Dec 25"),
    ("CY2026", "calendar year 2026"),
    ("FY25 Q4", "fiscal fourth quarter of 2025"),
    ("2025财年第四财季", "fiscal Q4 2025"),
    ("4QFY25", "fiscal fourth quarter of 2025"),
    ("Q4'25", "the fourth quarter of 2025"),
    ("Q4/2025", "2025年第四季度"),
    ("2025Q4", "2025年第四季度"),
    ("25Q4", "2025年第四季度"),
    ("2H25", "2025年下半年"),
    ("H2'25", "2025年下半年"),
    ("2025H2", "2025年下半年"),
    ("2025年H2", "the second half of 2025"),
    ("二季度", "the April-June quarter, its second quarter"),
    ("mid-2026", "2026年年中"),
    ("2025年底", "the end of 2025"),
    ("2020年代", "the 2020s"),
    ("三周后", "in three weeks"),
    ("in three weeks", "三周后"),
    ("in 2 days", "两天后"),
    ("两天后", "on October 17"),
    ("in three days", "on October 18"),
    ("10月18日", "in three days"),
    ("10月29日", "in two weeks"),
    ("10月8日", "a week ago"),
    ("9月", "a month ago"),
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
    ("上周四", "on October 14"),
    ("本周一", "October 6"),
    ("下周三", "October 29"),
    ("tomorrow", "October 18"),
    ("10月16日", "today"),
    ("two days ago, on 10月11日", "10月13日"),
    ("今年第三季度", "the third quarter of 2024"),
    ("2026年第四季度", "Q4 FY25"),
    ("2025H1", "2025年下半年"),
    ("25Q3", "2025年第四季度"),
    ("10月13日至16日", "October 13-15"),
    ("2027年1月1日起", "effective January 1, 2026"),
    ("10月19日", "in three days"),
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
