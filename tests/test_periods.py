"""Weeks and months: which they are, what goes into them, and whole runs from a state folder."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from builders import SHARED, edition, feed, story, summary, told_by
from digestbot.checking import check
from digestbot.cli import main
from digestbot.config import default, override
from digestbot.config.values import window as hours
from digestbot.contract import day_printed, period_of, printed_day, span_of
from digestbot.editions import Plan, day_of, edition_at, name_of
from digestbot.errors import ConfigError, FormatError
from digestbot.library import folder_of, load_format, load_prompt
from digestbot.model import Origin, Reply, Severity, Status, Usage
from digestbot.results import Result
from digestbot.stages.chapters import paragraphs_of
from digestbot.stages.choose import choose
from digestbot.stages.lint import lint
from digestbot.stages.once import once
from digestbot.stages.overview import overview
from digestbot.stages.parse import parse
from digestbot.stages.prefer import NO_SECTION, NO_TEXT, TOLD, prefer
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
from digestbot.wiring import open_bot
from fault_server import Answer, FaultServer, Request, honest, say_json

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


def test_what_the_real_issue_filed_wrongly_is_filed_otherwise() -> None:
    path = SHARED / "formats" / "monthly" / "202504.txt"
    if not path.exists():
        pytest.skip(f"the real issue is not here: {path}")
    plain = replace(MONTHLY, layout=replace(MONTHLY.layout, markup="plain"))
    items = parse(path.read_bytes().decode("utf-8"), format=plain).items
    april = edition(
        name="daily@month",
        date=date(2025, 4, 1),
        since=datetime(2025, 3, 31, 15, 59, 59, tzinfo=UTC),
        until=datetime(2025, 4, 30, 15, 59, 59, tzinfo=UTC),
    )
    told = [
        story(str(n), title=item.title, content=item.text, published=april.until)
        for n, item in enumerate(items)
    ]

    kept, _ = of_its_time(told, locale=ZH, edition=april, last=date(2025, 4, 30))

    assert [each.lead.title[-8:] for each in told if each not in kept] == ["闪存峰会定档南京"]
    sections = dict(zip((each.lead.id for each in told), sections_of(told, locale=ZH), strict=True))
    filed = [n for n, item in enumerate(items) if item.section == "政策发布"]
    assert len(filed) == 3
    assert "政策发布" not in {sections[str(n)] for n in filed}


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
    told = story("told", title="远山融资", excerpt=TEXT * 3, score=1.0)
    bare = story("bare", title="远山融资", score=1.0)
    page = story("page", title="远山融资", feed=feed(full_text=True), score=1.0)
    view = story("view", title="我的看法", excerpt="看法。" * 30, score=1.0)

    found = prefer([bare, view, page, told], told=told_by(told), locale=ZH)

    assert [each.lead.id for each in found] == ["told", "page", "view", "bare"]
    assert [each.score - 1.0 for each in found] == [TOLD, 0.0, NO_SECTION, NO_TEXT]
    assert found[0].reasons[-1].text == "told on 2026-06-01"


def only(*titles: str, told: Any = ()) -> list[str]:
    stories = [story(str(n), title=title) for n, title in enumerate(titles)]
    kept, remarks = once(stories, told=told, among=stories)
    assert len(kept) + len(remarks) == len(stories)
    return [each.lead.title for each in kept]


def test_two_headlines_that_name_the_same_two_rare_things_are_one_event() -> None:
    first, second = "Stripe敲定交易，收购OpenRouter", "OpenRouter宣布加入Stripe"

    assert only(first, second) == [first]
    assert only(second, first) == [second]
    assert only(first, "OpenRouter推出仪表盘") == [first, "OpenRouter推出仪表盘"]


def test_names_that_many_headlines_have_tell_no_event() -> None:
    titles = [f"OpenAI与Nvidia谈第{n}件事" for n in range(4)]

    assert only(*titles) == titles


def test_english_headlines_share_words_and_no_event() -> None:
    titles = ("Acme Agents Arrive", "Why Acme Agents Fail")

    assert only(*titles) == list(titles)
    assert only(titles[0], "Acme的Agents来了") == [titles[0]]


def test_what_a_daily_told_as_one_story_is_one_in_its_month() -> None:
    first, then = story("0", title="甲公司开工"), story("1", title="乙厂竣工了")
    told = [
        *told_by(first, name="daily"),
        *(replace(each, thread=first.lead.url) for each in told_by(then, name="daily")),
    ]

    assert only("甲公司开工", "乙厂竣工了", told=told) == ["甲公司开工"]
    assert only("甲公司开工", "乙厂竣工了") == ["甲公司开工", "乙厂竣工了"]


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


def test_an_english_issue_asks_in_english() -> None:
    english = replace(AUGUST, language="en")
    prompts = {task: load_prompt(task, "en") for task in PROMPTS}
    lead = story("a", title="Far Hills ships a chip", excerpt="It draws 25 watts.")
    teller = ScriptedModel(
        {
            "headline": "Far Hills ships a chip that draws 25 watts",
            "sentences": [{"text": "Far Hills ships a chip.", "evidence": [1]}],
            "section": "Products",
        }
    )
    editor = ScriptedModel({"lead": "Far Hills ships a chip."})

    told, _ = summarize(
        [lead],
        edition=english,
        format=MONTHLY,
        model=teller,
        prompts=prompts,
        executor=SerialExecutor(),
    )
    written, _ = overview(told, edition=english, format=MONTHLY, model=editor, prompts=prompts)

    assert told[0].section == "Products"
    assert "Companies | Products | Policy | Events" in teller.requests[0][0].text
    assert written.lead == "Far Hills ships a chip."
    assert "between 2026-08-01 and 2026-08-31" in editor.requests[0][0].text


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


# --- whole runs -------------------------------------------------------------------------------

DAYS = {
    "2026-08-16-ai": ("2026-08-17T07:40:00+08:00", "24h"),
    "2026-08-17-ai": ("2026-08-18T07:40:00+08:00", "24h"),
    "2026-08-18-ai": ("2026-08-19T07:40:00+08:00", "24h"),
    "2026-08-19-ai": ("2026-08-20T07:40:00+08:00", "24h"),
    "2026-08-22-labs": ("2026-08-22T20:00:00+08:00", "7d"),
}
SEPTEMBER = "2026-09-01T08:00:00+08:00"
JUNE = Path(__file__).parents[1] / "examples" / "feeds"


class Editor:
    """A model that tells each story in one sentence, and names a section that it makes up."""

    name = "editor"

    def complete(self, messages: Any, *, schema: Any = None, fresh: bool = False) -> Reply:
        asked = set(schema["properties"])
        values: dict[str, Any] = {name: [] for name in asked}
        if "headline" in asked:
            values = reply(
                headline="一家公司发布了新的模型",
                sentences=[{"text": "一家公司发布了新的模型。", "evidence": [1]}],
                section="产品动态",
            )
        elif asked == {"lead"}:
            values = {"lead": "几家公司发布了新的模型。"}
        return Reply(text=json.dumps(values, ensure_ascii=False))

    def usage(self) -> Usage:
        return Usage()


def run(
    folder: Path, sources: list[str], now: str, *, model: Any = None, ask: Any = (), **given: Any
) -> Result:
    settings = override(
        default(env={}, folder=folder),
        sources=sources,
        model="" if model else "none",
        **given,
    )
    with open_bot(settings, model=model, env={}) as bot:
        return bot.run(now=now, **dict(ask))


def errors(result: Result, name: str) -> list[str]:
    assert result.post, result.report.error
    found = lint(result.post.text, format=load_format(name), file_name=result.post.path.name)
    return [each.reason for each in found if each.severity is Severity.ERROR]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real days, collected by dailies into one folder."""
    folders = {day: SHARED / "data" / "days" / day / "feeds" for day in DAYS}
    missing = [str(each) for each in folders.values() if not each.exists()]
    if missing:
        pytest.skip(f"the real days are not here: {missing[0]}")
    place = tmp_path_factory.mktemp("dailies")
    for day, (now, span) in DAYS.items():
        run(place, [str(folders[day])], now, window=hours(span))
    return place


def real_feeds() -> list[str]:
    return [str(SHARED / "data" / "days" / day / "feeds") for day in DAYS]


@pytest.mark.parametrize(
    ("name", "ask", "language", "model"),
    [
        ("monthly", {"month": "2026-08"}, "zh", None),
        ("monthly", {"month": "2026-08"}, "zh", Editor()),
        ("weekly", {"week": "2026-W34"}, "en", None),
    ],
    ids=["month-zh-quoted", "month-zh-model", "week-en-quoted"],
)
def test_real_days_make_an_issue_without_an_error(
    name: str, ask: dict[str, str], language: str, model: Any, state: Path
) -> None:
    result = run(
        state,
        real_feeds(),
        SEPTEMBER,
        model=model,
        ask={**ask, "dry_run": True},
        format=name,
        language=language,
    )

    assert errors(result, name) == []
    assert result.digest
    assert result.evidence
    sections = [section.name for section in load_format(name).locale(language).sections]
    told = Counter(item.section for item in result.digest.items)
    assert set(told) <= set(sections)
    assert len(result.digest.items) >= 10
    assert max(told.values()) <= 10
    pages = [item.url for item in result.digest.items]
    assert len(set(pages)) == len(pages)
    reasons = Counter(each.name for one in result.report.stories for each in one.reasons)
    assert reasons["told"]
    assert "feeds" not in result.report.error
    assert result.digest.lead.count("\n\n") == 1


def examples(folder: Path, now: str = "2026-06-01T12:00:00+08:00", **given: Any) -> Result:
    return run(folder, [str(JUNE)], now, **given)


def test_an_issue_is_made_of_what_was_kept_and_visits_nothing(tmp_path: Path) -> None:
    daily = examples(tmp_path)

    result = examples(
        tmp_path, "2026-07-01T12:00:00+08:00", format="monthly", ask={"month": "2026-06"}
    )

    assert daily.report.feeds
    assert result.report.feeds == ()
    assert result.report.status is Status.PUBLISHED
    assert result.post
    assert result.post.path.name == "202606.md"
    assert errors(result, "monthly") == []
    told = {each.story.lead.url for each in daily.summaries}
    assert told & {each.story.lead.url for each in result.summaries}
    assert result.report.edition.key == "daily@month/2026-06-01"
    assert list(tmp_path.rglob("daily@month-2026-06-01/digest.json"))


def in_events(request: Request) -> Answer:
    """Do as the prompts ask, and put every story into the last section."""
    if "导读的第一段" in request.text:
        return say_json({"lead": "本月多家公司上线了开放模型，中小团队也能在本地试用。"})
    answer = honest(request)
    said = json.loads(json.loads(answer.body)["choices"][0]["message"]["content"])
    return say_json(said | {"section": "会议活动"}) if "headline" in said else answer


def test_a_real_client_asks_for_sections_and_for_the_lead(
    tmp_path: Path, fault_server: Callable[..., FaultServer]
) -> None:
    examples(tmp_path)
    server = fault_server(in_events)
    settings = override(
        default(env={}, folder=tmp_path), sources=[str(JUNE)], model="m", format="monthly"
    )
    assert settings.model
    settings = replace(settings, model=replace(settings.model, base_url=server.base_url))

    with open_bot(settings, env={"OPENAI_API_KEY": "k"}) as bot:
        result = bot.run(month="2026-06", now="2026-06-20T12:00:00+08:00")

    assert errors(result, "monthly") == []
    assert result.digest
    told = Counter(item.section for item in result.digest.items)
    assert told["会议活动"] >= 8
    assert [each for each in result.report.notices if each.stage == "comment"] == []
    assert result.digest.lead.startswith("本月多家公司上线了开放模型")
    schemas = [request.body["response_format"]["json_schema"] for request in server.requests]
    lists = [
        properties["section"]["enum"]
        for schema in schemas
        if "section" in (properties := schema["schema"]["properties"])
    ]
    assert len(lists) >= 8
    assert lists[0] == [section.name for section in ZH.sections]


def test_a_month_of_which_nothing_is_kept_says_what_to_do(tmp_path: Path) -> None:
    result = examples(tmp_path, format="monthly", ask={"month": "2026-05"})

    assert result.report.status is Status.TOO_LITTLE_NEWS
    assert "run the daily edition with the same state folder" in result.report.error


def test_a_day_and_its_month_do_not_take_each_others_stories_for_told(tmp_path: Path) -> None:
    month: dict[str, Any] = {"format": "monthly", "ask": {"month": "2026-06"}}
    daily = examples(tmp_path)
    first = examples(tmp_path, **month)
    again = examples(tmp_path, **month | {"ask": {"month": "2026-06", "force": True}})
    daily_again = examples(tmp_path, ask={"force": True})

    assert [each.headline for each in again.summaries] == [
        each.headline for each in first.summaries
    ]
    assert [each.headline for each in daily_again.summaries] == [
        each.headline for each in daily.summaries
    ]


def test_what_an_earlier_issue_told_stays_out(tmp_path: Path) -> None:
    examples(tmp_path)
    week = examples(tmp_path, format="weekly", ask={"week": "2026-W22"})
    later = examples(
        tmp_path, "2026-06-08T00:00:00+08:00", format="weekly", ask={"week": "2026-W23"}
    )

    told = {each.story.lead.url for each in week.summaries}
    assert told
    assert not told & {each.story.lead.url for each in later.summaries}


def test_the_command_line_makes_a_month(tmp_path: Path) -> None:
    given = ["--feeds", str(JUNE), "--state", str(tmp_path / "state"), "--out", str(tmp_path)]
    given += ["--model", "none", "--now", "2026-06-01T12:00:00+08:00"]
    CliRunner().invoke(main, ["run", *given])

    result = CliRunner().invoke(main, ["run", *given, "--format", "monthly", "--month", "2026-06"])
    odd = CliRunner().invoke(main, ["run", *given, "--week", "2026-W22"])

    assert result.exit_code == 0, result.stderr
    assert result.stdout.strip().endswith("202606.md")
    assert odd.exit_code == 2
    assert "editions are of a day, not of a week" in odd.stderr


def test_the_desk_finds_an_issue_by_any_of_its_days(tmp_path: Path) -> None:
    examples(tmp_path)
    settings = override(
        default(env={}, folder=tmp_path), sources=[str(JUNE)], model="none", format="monthly"
    )
    with open_bot(settings, env={}) as bot:
        bot.run(month="2026-06", now="2026-06-20T12:00:00+08:00")

        assert bot.evidence(date="2026-06-15").dossier.edition.date == date(2026, 6, 1)
        assert bot.explain(date="2026-06-30").edition == "daily@month/2026-06-01"


@pytest.mark.parametrize("site", ["jekyll", "hexo"])
def test_an_issue_for_a_site_is_named_and_found_by_the_first_of_its_days(
    site: str, tmp_path: Path
) -> None:
    examples(tmp_path)
    settings = override(
        default(env={}, folder=tmp_path), sources=[str(JUNE)], model="none", format="monthly"
    )
    settings = replace(settings, output=replace(settings.output, site=site))

    with open_bot(settings, env={}) as bot:
        result = bot.run(month="2026-06", now="2026-06-20T12:00:00+08:00")
        assert result.post
        assert result.digest
        assert bot.render(result.digest) == result.post
        assert {each.edition for each in bot.rebuild_memory(result.post.path.parent)} <= {
            "daily/2026-06-01"
        }

    contract = load_format("monthly", site=site)
    assert not [
        each
        for each in lint(result.post.text, format=contract, file_name=result.post.path.name)
        if each.severity is Severity.ERROR
    ]


# --- a format of one's own ------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the monthly, made a format of the day."""
    folder = tmp_path / "mine"
    shutil.copytree(folder_of("monthly"), folder)
    contract = folder / "format.toml"
    text = contract.read_text(encoding="utf-8")
    for was, becomes in (
        ('file_name = "%Y%m.md"', 'file_name = "%Y%m%d.md"'),
        ("全球AI月刊（%Y年%-m月）", "日报（%Y.%m.%d）"),
        ("Global AI Monthly (%Y-%m)", "Daily (%Y.%m.%d)"),
    ):
        assert was in text
        text = text.replace(was, becomes)
    contract.write_text(text, encoding="utf-8")
    return folder


def test_a_day_may_have_sections_too(own: Path, tmp_path: Path) -> None:
    result = examples(tmp_path, format=str(own), limit=3)

    assert result.post
    assert errors(result, str(own)) == []
    assert result.report.edition.key == "daily/2026-06-01"
    assert result.report.feeds
    counts = Counter(item.section for item in result.digest.items) if result.digest else Counter()
    assert max(counts.values()) == 3
    assert len(counts) > 1


@pytest.mark.parametrize("links", ["true", "false"])
def test_a_format_without_markup_makes_posts_that_lint_accepts(
    links: str, own: Path, tmp_path: Path
) -> None:
    contract = own / "format.toml"
    text = contract.read_text(encoding="utf-8").replace('markup = "markdown"', 'markup = "plain"')
    contract.write_text(text.replace("links = true", f"links = {links}"), encoding="utf-8")

    result = examples(tmp_path, format=str(own))

    assert result.post
    assert errors(result, str(own)) == []
    assert not re.search(r"^(#|---|- )|\*\*|\]\(", result.post.text, re.MULTILINE)
    assert ("\n\nhttps://" in result.post.text) is (links == "true")
    assert result.digest
    assert len(result.digest.items) > 3


@pytest.mark.parametrize("markup", ["markdown", "plain"])
def test_a_post_with_sections_is_checked_against_its_sources(
    markup: str, own: Path, tmp_path: Path
) -> None:
    contract = own / "format.toml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(
        text.replace('markup = "markdown"', f'markup = "{markup}"'), encoding="utf-8"
    )
    result = examples(tmp_path, format=str(own))
    assert result.post

    checked = check(result.post, JUNE, format=str(own))
    post = replace(result.post, text=result.post.text.replace("6月1日", "6月2日"))

    assert checked.matched == checked.items > 3
    assert checked.hard == ()
    assert check(post, JUNE, format=str(own)).hard


def test_a_markup_that_is_none_is_told_by_its_key(own: Path) -> None:
    contract = own / "format.toml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace('markup = "markdown"', 'markup = "html"'), encoding="utf-8")

    with pytest.raises(FormatError, match=r"layout\.markup must be one of"):
        load_format(str(own))


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("{when.month}月{when.day}日消息，", "{day}日消息，"), ("涵盖{sections}。", "涵盖{names}。")],
)
def test_a_phrase_with_a_gap_that_nobody_fills_is_told_before_any_work(
    was: str, becomes: str, own: Path, tmp_path: Path
) -> None:
    contract = own / "format.toml"
    text = contract.read_text(encoding="utf-8")
    assert was in text
    contract.write_text(text.replace(was, becomes), encoding="utf-8")

    with pytest.raises(FormatError, match="has no phrase or value"):
        examples(tmp_path, format=str(own))


def test_a_default_section_that_is_not_on_the_list_is_told_by_its_key(own: Path) -> None:
    contract = own / "format.toml"
    text = contract.read_text(encoding="utf-8")
    changed = text.replace('default_section = "公司新闻"', 'default_section = "体育"')
    contract.write_text(changed, encoding="utf-8")

    with pytest.raises(FormatError, match="default_section must be one of"):
        load_format(str(own))


def test_a_month_is_read_back_from_its_post(tmp_path: Path) -> None:
    examples(tmp_path)
    result = examples(tmp_path, format="monthly", ask={"month": "2026-06"})
    settings = override(
        default(env={}, folder=tmp_path / "fresh"),
        sources=[str(JUNE)],
        model="none",
        format="monthly",
    )
    assert result.post
    with open_bot(settings, env={}) as bot:
        found = bot.rebuild_memory(result.post.path.parent)

    assert {each.edition for each in found} >= {"daily@month/2026-06-01"}
    urls = {each.url for each in found if each.edition == "daily@month/2026-06-01"}
    assert urls == {each.story.lead.url for each in result.summaries}
