from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SHARED
from digestbot.library import load_format
from digestbot.stages.parse import parse
from digestbot.stages.parts import Part, Parts, parts_of

DAILY = load_format("daily")
POSTS = SHARED / "data" / "posts"

HOUSE = """\
---
title: "2026.06.01 全球AI新闻速递"
date: 2026-06-01T12:00:00+08:00
categories: ["AI芯片"]
---

**两条**要闻。

---

1.  [甲融资1.5亿](https://n.test/a)

    它融资**1.5亿**美元。

2.  [乙](https://n.test/b)

    它发布了4.1版。

---

### 点评

> 今天很忙。

明天也忙。
"""


def split(text: str, file_name: str = "") -> Parts:
    return parts_of(text, format=DAILY, file_name=file_name)


def texts(parts: tuple[Part, ...]) -> list[str]:
    return [part.shown.text for part in parts]


def urls(part: Part) -> list[str]:
    return [link.url for link in part.shown.links]


def test_a_post_of_the_house_has_its_lead_its_items_and_its_commentary() -> None:
    parts = split(HOUSE)

    assert texts(parts.items) == ["甲融资1.5亿\n它融资1.5亿美元。", "乙\n它发布了4.1版。"]
    assert [part.name for part in parts.items] == ["item 1", "item 2"]
    assert urls(parts.items[0]) == ["https://n.test/a"]
    assert [(part.name, part.shown.text) for part in parts.editorial] == [
        ("lead", "两条要闻。"),
        ("commentary", "今天很忙。\n明天也忙。"),
    ]
    assert parts.day == date(2026, 6, 1)
    assert any("详情见原文" in phrase and "{" not in phrase for phrase in parts.phrases)


@pytest.mark.parametrize(
    ("lead", "publishers"),
    [
        ("今日速递（6月1日）共收录2条要闻，来自17个来源。其中包括：《甲》。", "17"),
        ("Today's brief, June 1: 2 of the day's stories, from 3 of our sources.", "3"),
        ("**两条**要闻。", ""),
    ],
)
def test_how_many_publishers_there_were_is_what_a_plain_lead_says(
    lead: str, publishers: str
) -> None:
    assert split(HOUSE.replace("**两条**要闻。", lead)).publishers == publishers


def test_a_post_of_the_house_without_commentary_has_none() -> None:
    parts = split(HOUSE.partition("---\n\n### 点评")[0])

    assert [part.name for part in parts.editorial] == ["lead"]


def test_entries_of_a_list_are_items_and_the_rest_is_the_editors() -> None:
    parts = split(
        "# Daily 2026-06-01\n\nTwo stories.\n\n"
        "- [A raises 5](https://n.test/a)\n  and spends 4\n- B ships 2 https://n.test/b\n- none\n"
    )

    assert texts(parts.items) == ["A raises 5\nand spends 4", "B ships 2 " + " " * 16]
    assert texts(parts.editorial) == ["Daily 2026-06-01\nTwo stories.", "none"]
    assert parts.phrases == ()


def test_a_list_in_a_list_is_its_entries_if_these_have_links() -> None:
    parts = split(
        "- Models\n  - [A](https://n.test/a)\n  - [B](https://n.test/b)\n"
        "- [C](https://n.test/c)\n  - why\n  - [more](https://n.test/more)\n"
    )

    assert texts(parts.items) == ["A", "B", "C\nwhy\nmore"]
    assert texts(parts.editorial) == ["Models"]


def test_the_title_of_a_post_heads_no_item() -> None:
    listed = split("# Daily\n\n- [A raises 5](https://n.test/a)\n")
    told = split("# Daily\n\nA raised 5 ([N](https://n.test/a)).\n\nBye.\n")

    assert texts(listed.items) == ["A raises 5"]
    assert texts(told.items) == ["A raised 5 (N)."]
    assert texts(told.editorial) == ["Daily", "Bye."]


def test_a_section_with_a_link_is_an_item() -> None:
    parts = split(
        "Hello.\n\n## A raises 5\n\n- source: N\n- url: https://n.test/a\n\nIt raised 5.\n\n"
        "## [B](https://n.test/b)\n\n- one\n- https://n.test/c\n- https://n.test/d\n\n"
        "## Bye\n\nFive.\n"
    )

    assert [text.split("\n")[0] for text in texts(parts.items)] == ["A raises 5", "B"]
    assert "It raised 5." in texts(parts.items)[0]
    assert urls(parts.items[1]) == ["https://n.test/b", "https://n.test/c", "https://n.test/d"]
    assert texts(parts.editorial) == ["Hello.", "Bye\nFive."]


def test_where_there_are_neither_lists_nor_headings_a_paragraph_with_a_link_is_an_item() -> None:
    parts = split("Hi.\n\nA raised 5 ([N](https://n.test/a)).\n\nBye.\n")

    assert texts(parts.items) == ["A raised 5 (N)."]
    assert texts(parts.editorial) == ["Hi.", "Bye."]


def test_html_is_text_code_is_not_and_the_head_is_no_part() -> None:
    parts = split(
        "---\ntitle: 7\ndate: 2026-05-31\n---\n\n<p>It is <b>8</b>: "
        '<a href="https://n.test/a">a</a></p>\n\n```\n9\n```\n\n    10\n'
    )

    assert texts(parts.items) == ["It is 8: a"]
    assert texts(parts.editorial) == ["10"]
    assert parts.day == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("20260601.md", date(2026, 6, 1)),
        ("2026-06-01-news.md", date(2026, 6, 1)),
        ("日报2026年06月01日.md", date(2026, 6, 1)),
        ("20260231.md", None),
        ("issue-204.md", None),
    ],
)
def test_a_posts_day_is_in_its_files_name(name: str, day: date | None) -> None:
    assert split("Hi.\n", name).day == day


@given(
    st.lists(st.sampled_from(["# ", "- ", "  ", "> ", "1. ", "\n", "[a](https://n.test/)", "5"]))
)
def test_any_text_has_parts_and_each_character_its_place(pieces: list[str]) -> None:
    text = "".join(pieces)
    parts = split(text)

    for part in (*parts.items, *parts.editorial):
        for character, place in zip(part.shown.text, part.shown.places, strict=True):
            assert character in ("\n", " ", text[place])
    assert all(urls(part) for part in parts.items)


@pytest.mark.skipif(not POSTS.is_dir(), reason="the real posts are not here")
def test_real_digests_of_other_makes_are_split_and_keep_their_places() -> None:
    wrong = found = 0
    for path in sorted((POSTS / "siblings").iterdir()):
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
        parts = split(text, path.name)
        found += len(parts.items)
        for part in (*parts.items, *parts.editorial):
            pairs = zip(part.shown.text, part.shown.places, strict=True)
            wrong += sum(text[place] != c for c, place in pairs if c not in "\n ")

    assert found > 500
    assert wrong <= 5


@pytest.mark.skipif(not POSTS.is_dir(), reason="the real posts are not here")
def test_every_real_post_of_the_house_is_split_as_it_is_parsed() -> None:
    for path in sorted((POSTS / "daily").iterdir()):
        text = path.read_text(encoding="utf-8")
        links = [urls(part)[:1] for part in split(text, path.name).items]

        assert len(links) == len(parse(text, format=DAILY).items), path.name
        assert all(links), path.name
