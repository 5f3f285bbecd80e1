"""Weeks and months: which they are, what goes into them, and whole runs from a state folder."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from builders import edition, entry, story, summary, told_by
from digestbot.contract import day_printed, period_of, printed_day, span_of
from digestbot.editions import Plan, day_of, edition_at, name_of
from digestbot.errors import ConfigError
from digestbot.library import load_format, load_prompt
from digestbot.model import Origin
from digestbot.stages.chapters import paragraphs_of
from digestbot.stages.choose import choose
from digestbot.stages.overview import overview
from digestbot.stages.prefer import NO_TEXT, TOLD, prefer
from digestbot.stages.sections import (
    REACH,
    arranged,
    of_its_time,
    section_of,
    sections_of,
    within,
    within_reach,
)
from digestbot.stages.summarize import summarize
from digestbot.testing import ScriptedModel, SerialExecutor

MONTHLY = load_format("monthly")
ZH = MONTHLY.locale("zh")
DAILY = load_format("daily").locale("zh")
PROMPTS = {task: load_prompt(task, "zh") for task in ("summarize", "section", "overview", "repair")}
IN_AUGUST = datetime(2026, 8, 18, 3, tzinfo=UTC)
AUGUST = edition(
    name="daily@month",
    date=date(2026, 8, 1),
    since=datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC),
    until=datetime(2026, 8, 31, 15, 59, 59, tzinfo=UTC),
)
TEXT = "远山公司宣布了这件事，首批客户已有三家，分布在上海和深圳。"


# --- which week, which month ---------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "period"),
    [
        ("%Y%m%d.md", "day"),
        ("posts/%Y-%m.md", "month"),
        ("月刊（%Y年%-m月）", "month"),
        ("%G-W%V.md", "week"),
        ("%Y.md", ""),
        ("%Y%m%m.md", ""),
        ("%Y-W%V.md", ""),
        ("100%", ""),
    ],
)
def test_a_pattern_names_a_day_a_week_or_a_month(pattern: str, period: str) -> None:
    assert period_of(pattern) == period


@pytest.mark.parametrize("pattern", ["%Y%m%d", "%Y-%m", "%Y年%-m月", "%G-W%V"])
def test_what_is_printed_says_its_first_day_again(pattern: str) -> None:
    for day in (date(2026, 8, 20), date(2026, 12, 31), date(2027, 1, 1)):
        first, last = span_of(period_of(pattern), day)

        assert first <= day <= last
        assert day_printed(pattern, printed_day(pattern, day)) == first
        assert printed_day(pattern, first) == printed_day(pattern, last)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("%Y-%m", "2026-13"), ("%G-W%V", "2026-W54"), ("%Y年%-m月", "2026年08月"), ("%Y-%m", "x")],
)
def test_what_is_no_day_is_none(pattern: str, text: str) -> None:
    assert day_printed(pattern, text) is None


def test_a_month_that_is_over_has_all_its_hours_and_one_that_is_not_has_those_until_now() -> None:
    plan = Plan(period="month", timezone="Asia/Shanghai")
    now = datetime(2026, 9, 1, 0, 0, tzinfo=UTC)

    over = edition_at(plan, now=now, day=date(2026, 8, 20))
    running = edition_at(plan, now=now)

    assert (over.since, over.until) == (AUGUST.since, AUGUST.until)
    assert (over.date, running.date) == (date(2026, 8, 1), date(2026, 9, 1))
    assert (running.since, running.until) == (AUGUST.until, now)


def test_a_week_begins_on_monday() -> None:
    week = edition_at(
        Plan(period="week", timezone="UTC"),
        now=datetime(2026, 9, 1, tzinfo=UTC),
        day=day_of(None, week="2026-W34", period="week"),
    )

    assert week.date == date(2026, 8, 17)
    assert week.until - week.since == timedelta(days=7)


@pytest.mark.parametrize(
    ("given", "period", "said"),
    [
        ({"month": "2026-13"}, "month", "is no month; write 2026-08"),
        ({"week": "34"}, "week", "is no week; write 2026-W34"),
        ({"month": "2026-08"}, "day", "editions are of a day, not of a month"),
        ({"week": "2026-W34"}, "month", "editions are of a month, not of a week"),
    ],
)
def test_a_time_that_is_none_is_told(given: dict[str, str], period: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        day_of(None, **given, period=period)


def test_a_month_has_a_name_that_no_config_can_have() -> None:
    assert name_of("daily", period="day") == "daily"
    assert name_of("daily", period="month") == "daily@month"


# --- which section ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("远山公司完成两亿元融资", "公司新闻"),
        ("远山公司裁员两成", "公司新闻"),
        ("霜河科技上线新版语音助手", "产品动态"),
        ("工信部发布算力监管办法征求意见稿", "政策发布"),
        ("远山研究院：算力监管市场规模将破千亿", "公司新闻"),
        ("IDC：中国人工智能政策与投资报告", "公司新闻"),
        ("第三季度监管科技出货量报告", "公司新闻"),
        ("世界机器人大会在北京开幕", "会议活动"),
        ("没有哪个词说明这件事", "公司新闻"),
    ],
)
def test_a_story_is_in_the_section_that_most_of_its_words_name(headline: str, name: str) -> None:
    assert section_of(headline, TEXT, locale=ZH) == name


def test_english_stories_have_sections_too() -> None:
    english = MONTHLY.locale("en")

    assert section_of("Far Hills raises $2 billion", "", locale=english) == "Companies"
    assert section_of("Senate passes a chip bill", "", locale=english) == "Policy"
    assert section_of("Chip policy market report", "", locale=english) == "Companies"


def test_a_format_without_sections_has_none() -> None:
    stories = [story("a"), story("b")]

    assert sections_of(stories, locale=DAILY) == ["", ""]
    assert arranged([summary("a")], locale=DAILY) == [summary("a")]
    assert within([summary("a")], most=0) == ([summary("a")], [])
    assert within_reach(stories, locale=DAILY, limit=1) == (stories, [])
    assert of_its_time(stories, locale=DAILY, edition=AUGUST, last=AUGUST.date) == (stories, [])


@pytest.mark.parametrize(
    ("title", "text", "kept"),
    [
        ("全球闪存峰会定档南京", "2026年10月9日，峰会将在南京举办。", False),
        ("全球闪存峰会定档南京", "峰会将于9月3日在南京举办。", False),
        ("全球闪存峰会定档九月", "峰会将于2026年9月在南京举办。", False),
        ("全球闪存峰会在南京开幕", "8月18日，峰会在南京开幕，下届在2027年3月。", True),
        ("全球闪存峰会在南京开幕", "七百人到场。", True),
        ("全球闪存峰会在南京落幕", "7月30日，峰会在南京落幕。", True),
        ("远山公司十月推出新模型", "新模型将于2026年10月9日上线。", True),
    ],
)
def test_an_event_that_comes_after_the_month_is_none_of_its_events(
    title: str, text: str, kept: bool
) -> None:
    told = story("a", title=title, excerpt=text, published=IN_AUGUST)

    found, remarks = of_its_time([told], locale=ZH, edition=AUGUST, last=date(2026, 8, 31))

    assert found == ([told] if kept else [])
    assert [remark.stage for remark in remarks] == ([] if kept else ["choose"])


def test_stories_come_by_section_and_within_it_as_they_were() -> None:
    headlines = ("世界机器人大会开幕", "霜河推出新模型", "远山完成融资", "远山推出新模型")
    told = [summary(str(n), headline=text) for n, text in enumerate(headlines)]

    found = arranged(told, locale=ZH)

    assert [each.story.lead.id for each in found] == ["2", "1", "3", "0"]
    assert arranged(found, locale=ZH) == found


@pytest.mark.parametrize(
    ("said", "headline", "name"),
    [
        ("会议活动", "远山完成融资", "会议活动"),
        ("体育", "远山完成融资", "公司新闻"),
        ("", "世界机器人大会开幕", "会议活动"),
        ("政策发布", "监管科技市场规模破千亿", "公司新闻"),
    ],
)
def test_a_models_section_stands_where_it_may(said: str, headline: str, name: str) -> None:
    if said == "会议活动":
        headline = "远山公司与客户见面"

    [found] = arranged([summary("a", headline=headline, section=said)], locale=ZH)

    assert found.section == name


def test_a_section_has_no_more_stories_than_it_may() -> None:
    told = arranged([summary(str(n), headline="远山完成融资") for n in range(3)], locale=ZH)

    kept, remarks = within(told, most=2)

    assert [each.story.lead.id for each in kept] == ["0", "1"]
    assert [remark.reason for remark in remarks] == ["公司新闻 has its 2 stories already"]


def test_stories_are_chosen_with_room_for_each_section() -> None:
    stories = [
        story(str(n), title=title, score=9.0 - n)
        for n, title in enumerate(("甲公司融资", "乙公司融资", "丙公司融资", "机器人大会开幕"))
    ]

    chosen, remarks = choose(
        stories,
        limit=4,
        per_source=9,
        sections=sections_of(stories, locale=ZH),
        per_section=1,
    )

    assert [each.lead.id for each in chosen] == ["0", "3"]
    assert "公司新闻 has its 1 stories already" in [remark.reason for remark in remarks]


def test_a_quiet_section_is_not_filled_with_what_hardly_counts() -> None:
    stories = [story(str(n)) for n in range(REACH * 2 + 1)]

    near, far = within_reach(stories, locale=ZH, limit=2)

    assert near == stories[:-1]
    assert [remark.subject for remark in far] == [stories[-1].lead.url]


def test_what_a_daily_told_is_worth_more_and_what_has_no_text_less() -> None:
    told = story("told", excerpt=TEXT * 3, score=1.0)
    bare = story("bare", score=1.0)
    page = story("page", feed=entry().feed.__class__(url="f", full_text=True), score=1.0)

    found = prefer([bare, page, told], told=told_by(told))

    assert [each.lead.id for each in found] == ["told", "page", "bare"]
    assert [each.score for each in found] == [1.0 + TOLD, 1.0, 1.0 + NO_TEXT]
    assert found[0].reasons[-1].text == "told on 2026-06-01"


# --- what code writes of a story ------------------------------------------------------------


def paragraphs(text: str, **given: Any) -> list[str]:
    lead = story("a", published=IN_AUGUST)
    return paragraphs_of(summary("a", story=lead, text=text, **given), edition=AUGUST, locale=ZH)


def test_a_story_that_names_no_day_begins_with_that_of_its_report() -> None:
    assert paragraphs("远山公司宣布了。") == ["8月18日消息，远山公司宣布了。"]
    assert paragraphs("8月17日，远山公司宣布了。") == ["8月17日，远山公司宣布了。"]


def test_a_long_story_has_paragraphs_of_about_one_length_and_loses_nothing() -> None:
    said = [
        f"远山公司在第{n}座城市建了{n}座工厂，雇了很多人来做芯片和机器人。" for n in range(1, 13)
    ]

    found = paragraphs("".join(said))

    assert len(found) == 3
    assert "".join(found) == "8月18日消息，" + "".join(said)
    assert max(map(len, found)) - min(map(len, found)) < 60


def test_english_sentences_keep_their_blanks() -> None:
    english = MONTHLY.locale("en")
    told = summary("a", story=story("a", published=IN_AUGUST), text="One here. Two there.")

    assert paragraphs_of(told, edition=AUGUST, locale=english) == [
        "August 18: One here. Two there."
    ]


# --- with a model ----------------------------------------------------------------------------


def reply(**given: Any) -> dict[str, Any]:
    return {
        "headline": "远山公司宣布了首批三家客户的名单",
        "sentences": [{"text": "远山公司宣布了这件事，首批客户已有三家。", "evidence": [2]}],
        "names": [],
        "quotes": [],
    } | given


def test_a_model_is_given_the_list_and_its_section_is_kept() -> None:
    model = ScriptedModel(reply(section="会议活动"))

    [told], remarks = summarize(
        [story("a", title="远山公司宣布首批客户", excerpt=TEXT)],
        edition=AUGUST,
        format=MONTHLY,
        model=model,
        prompts=PROMPTS,
        executor=SerialExecutor(),
    )

    assert (told.section, remarks) == ("会议活动", [])
    system, user = model.requests[0]
    assert "公司新闻 | 产品动态 | 政策发布 | 会议活动" in system.text
    assert "今天是2026-08-31" in user.text
    assert "section" in user.text


def lead_of(*replies: Any) -> tuple[Any, list[Any], ScriptedModel]:
    told = arranged(
        [
            summary(
                "a",
                story=story("a", title="远山公司融资2亿元", excerpt=TEXT),
                headline="远山公司融资2亿元",
                text=TEXT,
            )
        ],
        locale=ZH,
    )
    model = ScriptedModel(*replies)
    written, remarks = overview(told, edition=AUGUST, format=MONTHLY, model=model, prompts=PROMPTS)
    return written, remarks, model


def test_a_model_writes_the_first_paragraph_of_the_lead_within_the_formats_limits() -> None:
    written, remarks, model = lead_of({"lead": "远山公司融资2亿元，首批客户已有三家。"})

    assert written.lead == "远山公司融资2亿元，首批客户已有三家。"
    assert written.origin is Origin.LLM
    assert written.paragraphs == ()
    assert remarks == []
    system, user = model.requests[0]
    assert f"{ZH.limits.lead.min}到{ZH.limits.lead.max}个字" in system.text
    assert "2026-08-01到2026-08-31" in user.text
    assert "# 公司新闻\n- 远山公司融资2亿元" in user.text


@pytest.mark.parametrize(
    "bad", [{"lead": ""}, {"lead": "霜河科技融资9亿元。"}, {"lead": "长" * 999}]
)
def test_a_lead_that_is_none_is_written_by_code(bad: dict[str, str]) -> None:
    written, remarks, _ = lead_of(bad, bad)

    assert written.lead.startswith("本期月刊收录1条要闻")
    assert "the lead is code's" in remarks[0].reason


def test_what_no_story_says_is_cut_from_the_lead() -> None:
    bad = {"lead": "远山公司融资2亿元。霜河科技融资9亿元。"}

    written, remarks, _ = lead_of(bad, bad)

    assert written.lead == "远山公司融资2亿元。"
    assert remarks[0].stage == "verify"
