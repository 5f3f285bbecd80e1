"""Compose: what goes into a digest is safe to print, and stays in its order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from builders import commentary, edition, story, summary
from digestbot.library import load_format
from digestbot.model import Layout, Origin
from digestbot.stages.compose import compose

DAILY = load_format("daily")


def test_the_front_matter_has_the_days_title_and_the_readers_clock() -> None:
    until = datetime(2026, 6, 1, 1, 16, 14, 408_531, tzinfo=UTC)

    digest = compose(edition(until=until), [summary()], commentary(), format=DAILY)

    assert digest.front_matter.title == "2026.06.01 全球AI新闻速递"
    assert digest.front_matter.date.isoformat() == "2026-06-01T09:16:14+08:00"
    assert digest.front_matter.date.utcoffset() == timedelta(hours=8)


def test_milliseconds_are_kept_where_the_layout_prints_them() -> None:
    until = datetime(2026, 6, 1, 1, 16, 14, 408_531, tzinfo=UTC)
    format = replace(DAILY, layout=Layout(milliseconds=True))

    digest = compose(edition(until=until), [summary()], commentary(), format=format)

    assert digest.front_matter.date.microsecond == 408_000


def test_categories_are_told_once_and_no_more_than_the_format_has() -> None:
    named = commentary(categories=("大模型", "AI应用", "大模型", "AI芯片", "投融资"))

    digest = compose(edition(), [summary()], named, format=DAILY)

    assert digest.front_matter.categories == ("大模型", "AI应用", "AI芯片")


def test_without_categories_the_default_one_stands() -> None:
    digest = compose(edition(), [summary()], commentary(categories=("\n",)), format=DAILY)

    assert digest.front_matter.categories == ("产业动态",)


def test_a_models_bold_is_kept_and_a_publishers_asterisks_are_text() -> None:
    told = [
        summary("a", text="发布**“新模型”**了。"),
        summary("b", text="2**3**4 是多少。", origin=Origin.EXCERPT),
    ]

    digest = compose(edition(), told, commentary(), format=DAILY)

    assert [item.text for item in digest.items] == [
        "发布“**新模型**”了。",
        "2\\*\\*3\\*\\*4 是多少。",
    ]


def test_a_models_bold_in_a_headline_goes_and_a_publishers_asterisks_stay() -> None:
    told = [
        summary("a", headline="**新模型**发布"),
        summary("b", headline="2**3", origin=Origin.EXCERPT),
    ]

    digest = compose(edition(), told, commentary(), format=DAILY)

    assert [item.title for item in digest.items] == ["新模型发布", "2**3"]


def test_lead_and_commentary_are_one_line_each_and_empty_ones_go() -> None:
    told = commentary(lead="# 今日\n要闻。", paragraphs=("**点评：**", "一\n二", "**", "三"))

    digest = compose(edition(), [summary()], told, format=DAILY)

    assert digest.lead == "\\# 今日要闻。"
    assert digest.commentary == ("一二", "三")


def test_items_stand_in_the_order_given_with_plain_titles_and_canonical_links() -> None:
    told = [
        summary("b", story=story("b", url="https://n.test/b c?f=rss"), headline="二\n[x]  y"),
        summary("a"),
    ]

    digest = compose(edition(), told, commentary(), format=DAILY)

    assert [(item.title, item.url) for item in digest.items] == [
        ("二 [x] y", "https://n.test/b%20c"),
        ("Headline a", "https://n.test/a"),
    ]
    assert digest.layout == DAILY.layout
