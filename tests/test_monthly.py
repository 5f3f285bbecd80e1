"""The monthly and the weekly: stories in sections, made of what the store has kept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SHARED, commentary, edition, story, summary
from digestbot.errors import FormatError
from digestbot.library import load_format, load_prompt
from digestbot.model import Digest, Item, Origin, Summary
from digestbot.serial import from_json, to_json
from digestbot.stages.compose import compose
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.render import render

MONTHLY = load_format("monthly")
WEEKLY = load_format("weekly")
PLAIN = replace(MONTHLY, layout=replace(MONTHLY.layout, markup="plain"))
ZH = MONTHLY.locale("zh")
NAMES = [section.name for section in ZH.sections]
PROMPTS = {task: load_prompt(task, "zh") for task in ("summarize", "section", "overview", "repair")}

AUGUST = edition(
    name="daily@month",
    date=date(2026, 8, 1),
    since=datetime(2026, 7, 31, 15, 59, 59, tzinfo=UTC),
    until=datetime(2026, 8, 31, 15, 59, 59, tzinfo=UTC),
)
IN_AUGUST = datetime(2026, 8, 18, 3, tzinfo=UTC)


def told(id: str, headline: str, **given: Any) -> Summary:
    values = {
        "story": story(id, title=headline, published=IN_AUGUST),
        "headline": headline,
        "text": "远山公司宣布了这件事。首批客户已有三家。",
    }
    return summary(id, **values | given)


def issue() -> list[Summary]:
    return [
        told("a", "远山公司完成两亿元融资，估值翻倍"),
        told("b", "工信部发布算力监管办法征求意见稿"),
        told("c", "远山公司推出第三代推理模型北斗"),
        told("d", "世界机器人大会在北京开幕三天"),
        told("e", "霜河科技上线新版语音助手小霜"),
    ]


def made(summaries: list[Summary] | None = None, *, format: Any = MONTHLY) -> Digest:
    return compose(AUGUST, summaries or issue(), commentary(lead="本月算力吃紧。"), format=format)


def printed(digest: Digest, *, format: Any = MONTHLY) -> str:
    return render(digest, format=format, language="zh")


def codes(text: str, *, format: Any = MONTHLY) -> set[str]:
    return {found.code for found in lint(text, format=format)}


# --- the layout ------------------------------------------------------------------


def test_the_real_issue_comes_back_byte_for_byte_as_plain_text() -> None:
    path = SHARED / "formats" / "monthly" / "202504.txt"
    if not path.exists():
        pytest.skip(f"the real issue is not here: {path}")
    text = path.read_bytes().decode("utf-8")

    digest = parse(text, format=PLAIN)

    assert printed(digest, format=PLAIN) == text
    counts = Counter(item.section for item in digest.items)
    assert [counts[name] for name in NAMES] == [11, 11, 3, 7]
    assert digest.front_matter.date.date() == date(2025, 4, 1)
    assert "E105" in codes(text, format=PLAIN)  # its title


def test_a_digest_makes_the_whole_post() -> None:
    digest = made()

    text = printed(digest)

    assert text.startswith(
        '---\ntitle: "全球AI月刊（2026年8月）"\ndate: 2026-08-31T23:59:59+08:00\n'
        'categories: ["行业动态"]\n---\n\n## 导读\n\n本月算力吃紧。\n\n'
        "本期月刊汇集2026年8月的AI要闻，涵盖公司新闻、产品动态、政策发布、会议活动。\n\n"
        "## 1. 公司新闻\n\n### [远山公司完成两亿元融资，估值翻倍](https://n.test/a)\n\n"
        "8月18日消息，远山公司宣布了这件事。首批客户已有三家。\n\n## 2. 产品动态\n\n### [远山"
    )
    assert re.findall(r"^## \d\. (.*)$", text, re.MULTILINE) == NAMES
    assert [item.section for item in digest.items] == [NAMES[n] for n in (0, 1, 1, 2, 3)]
    assert parse(text, format=MONTHLY) == digest
    assert from_json(to_json(digest)) == digest
    assert [code for code in codes(text) if code.startswith("E")] == []


def test_a_section_without_stories_is_not_printed_and_the_numbers_go_on() -> None:
    digest = made(
        [told("b", "工信部发布算力监管办法征求意见稿"), told("d", "世界机器人大会在北京开幕")]
    )

    text = printed(digest)

    assert re.findall(r"^## (\d\..*)$", text, re.MULTILINE) == ["1. 政策发布", "2. 会议活动"]
    assert "涵盖政策发布、会议活动" in text


def test_without_markup_nothing_but_text_is_left() -> None:
    bold = told("a", "远山公司完成两亿元融资", text="**远山公司**宣布了这件事。")
    digest = made([bold, told("d", "世界机器人大会在北京开幕")], format=PLAIN)

    text = printed(digest, format=PLAIN)

    assert text == (
        "全球AI月刊（2026年8月）\n\n导读\n\n本月算力吃紧。\n\n"
        "本期月刊汇集2026年8月的AI要闻，涵盖公司新闻、会议活动。\n\n"
        "1\n\n公司新闻\n\n远山公司完成两亿元融资\n\n8月18日消息，远山公司宣布了这件事。\n\n"
        "https://n.test/a\n\n2\n\n会议活动\n\n世界机器人大会在北京开幕\n\n"
        "8月18日消息，远山公司宣布了这件事。首批客户已有三家。\n\nhttps://n.test/d"
    )
    assert parse(text, format=PLAIN) == digest
    assert [code for code in codes(text, format=PLAIN) if code.startswith("E")] == []


@pytest.mark.parametrize("links", [True, False])
def test_titles_are_links_or_plain_headings(links: bool) -> None:
    format = replace(MONTHLY, layout=replace(MONTHLY.layout, links=links))
    digest = made(format=format)

    text = printed(digest, format=format)

    assert ("](https://" in text) is links
    assert parse(text, format=format) == digest
    assert not {"E203", "E206", "W410"} & codes(text, format=format)


dirt = st.text(alphabet="[]()*_`<>&;!~#\\\"':-+=|1. \nab中“”：，/?%。\x00", min_size=1, max_size=20)


@given(
    texts=st.lists(dirt, min_size=8, max_size=8),
    origin=st.sampled_from(Origin),
    links=st.booleans(),
    sections=st.lists(st.sampled_from(NAMES), min_size=2, max_size=2),
)
def test_parse_undoes_render_whatever_feeds_and_models_write(
    texts: list[str], origin: Origin, links: bool, sections: list[str]
) -> None:
    format = replace(MONTHLY, layout=replace(MONTHLY.layout, links=links))
    stories = [
        told(
            str(n),
            f"T{texts[n]}",
            story=story(str(n), url=f"https://n.test/{texts[n + 2]}", published=IN_AUGUST),
            text=f"{texts[n + 4]}。{texts[6]}。{texts[7]}a",
            origin=origin,
            section=sections[n],
        )
        for n in range(2)
    ]
    digest = compose(AUGUST, stories, commentary(lead=f"{texts[3]}d", origin=origin), format=format)

    text = printed(digest, format=format)

    assert parse(text, format=format) == digest


@given(texts=st.lists(dirt, min_size=6, max_size=6), links=st.booleans())
def test_what_plain_text_cannot_say_is_not_printed_and_all_else_comes_back(
    texts: list[str], links: bool
) -> None:
    format = replace(PLAIN, layout=replace(PLAIN.layout, links=links))
    stories = [
        told(str(n), f"T{texts[n]}", text=f"{texts[n + 2]}。{texts[n + 3]}a") for n in range(2)
    ]
    digest = compose(AUGUST, stories, commentary(lead=f"{texts[5]}d"), format=format)

    try:
        text = printed(digest, format=format)
    except FormatError:
        return

    assert parse(text, format=format) == digest


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"items": (Item(title="T", url="https://n.test/a", text="一。"),)}, "not on the list"),
        (
            {
                "items": (
                    Item(title="T", url="https://n.test/a", text="一。", section=NAMES[2]),
                    Item(title="U", url="https://n.test/b", text="一。", section=NAMES[0]),
                )
            },
            "not in the order of their sections",
        ),
        (
            {
                "items": (
                    Item(title="T", url="https://n.test/a", text="一。\n\n# 二", section=NAMES[0]),
                )
            },
            "not one paragraph",
        ),
    ],
)
def test_what_would_not_read_as_it_is_is_not_printed(given: dict[str, Any], said: str) -> None:
    with pytest.raises(FormatError, match=said):
        printed(replace(made(), **given))


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("T" * 200, "一。", "taken for a paragraph"),
        ("T", "一。\n\n二", "taken for a title"),
        ("1", "一。", "a section's number"),
        ("T", "https://n.test/x", "for its address"),
        ("T", "一\x0b。", "not one plain line"),
    ],
)
def test_plain_text_holds_only_what_reads_back(title: str, text: str, said: str) -> None:
    item = Item(title=title, url="https://n.test/a", text=text, section=NAMES[0])

    with pytest.raises(FormatError, match=said):
        printed(replace(made(format=PLAIN), items=(item,)), format=PLAIN)


def test_plain_text_has_no_date_of_its_own_and_no_number_in_its_lead() -> None:
    digest = made(format=PLAIN)
    dated = replace(digest.front_matter, categories=("产业动态",))

    with pytest.raises(FormatError, match="no date but its title's"):
        printed(replace(digest, front_matter=dated), format=PLAIN)
    with pytest.raises(FormatError, match="a section's number"):
        printed(replace(digest, lead="1"), format=PLAIN)
    with pytest.raises(FormatError, match="says no month"):
        parse("无月\n\n导读\n\n一。\n\n1\n\n公司新闻\n\n题\n\n二。", format=PLAIN)


# --- lint --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("## 2. 产品动态", "## 3. 产品动态", "E211"),
        ("## 2. 产品动态", "## 2. 政策发布", "E211"),
        ("## 2. 产品动态", "## 2. 其他动态", "E212"),
        ("8月18日消息，", "", "W523"),
        ("远山公司宣布了这件事。", "\n\n".join(["一。"] * 5), "W522"),
        ("### [远山公司完成", "###[远山公司完成", "W521"),
        ("8月18日消息，远山公司宣布了这件事。首批客户已有三家。", "", "E204"),
        ("](https://n.test/a)", "](https://example.com/a)", "E207"),
        ("2026年8月）", "2026年7月）", "E107"),
        ("2026年8月）", "2026.8）", "E105"),
        ("本月算力吃紧。", "本月算力吃紧。\n\n又一段。", "W411"),
    ],
)
def test_what_breaks_the_contract_is_found(was: str, becomes: str, code: str) -> None:
    text = printed(made())
    assert was in text

    assert code in codes(text.replace(was, becomes, 1))


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("全球AI月刊（2026年8月）", "算力月刊(2026年8月)", "E105"),
        ("导读\n\n本月算力吃紧。\n\n本期月刊", "导读", "E301"),
        ("1\n\n公司新闻", "公司新闻", "E211"),
        ("8月18日消息，远山公司宣布了这件事。首批客户已有三家。\n\n", "", "E204"),
    ],
)
def test_a_plain_post_is_held_to_the_contract_too(was: str, becomes: str, code: str) -> None:
    text = printed(made(format=PLAIN), format=PLAIN)
    assert was in text
    if code == "E301":
        text = re.sub(r"导读.*?(?=1\n\n公司新闻)", "导读\n\n", text, flags=re.DOTALL)

    assert code in codes(text.replace(was, becomes, 1), format=PLAIN)


def test_a_plain_post_without_sections_has_no_stories() -> None:
    assert {"E201", "E301"} <= codes("全球AI月刊（2026年8月）", format=PLAIN)


def test_the_files_name_is_held_to_the_month() -> None:
    text = printed(made())

    other = lint(text, format=MONTHLY, file_name="202607.md")
    odd = lint(text, format=MONTHLY, file_name="2026-8.md")

    assert "E107" in {found.code for found in other}
    assert "W405" in {found.code for found in odd}
    assert lint(text, format=MONTHLY, file_name="202608.md") == lint(text, format=MONTHLY)
