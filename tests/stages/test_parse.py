"""Parse: real posts vary; what is no post is told by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import SHARED
from digestbot.errors import FormatError
from digestbot.library import load_format
from digestbot.model import Layout
from digestbot.stages.parse import parse
from digestbot.stages.render import render

DAILY = load_format("daily")
HEAD = '---\ntitle: "2026.06.01 全球AI新闻速递"\ndate: 2026-06-01T09:16:14+08:00\n'
CATEGORIES = 'categories: ["A", "B"]\n'
ITEMS = "1.  [甲](https://n.test/a)\n\n    一。\n\n2.  [乙](https://n.test/b)\n\n    二。\n\n"
POST = f"{HEAD}{CATEGORIES}---\n\n导语。\n\n---\n\n{ITEMS}---\n\n### 点评\n\n三。\n\n四。"

CANONICAL = {
    "plain": (POST, Layout()),
    "no heading": (POST.replace("### 点评\n\n", ""), Layout(heading="none")),
    "bold heading": (POST.replace("### 点评", "### **点评**"), Layout(heading="bold")),
    "label": (POST.replace("### 点评", "**点评**"), Layout(heading="label")),
    "milliseconds": (POST.replace("14+08", "14.408+08"), Layout(milliseconds=True)),
    "bold titles": (
        POST.replace("[甲]", "[**甲**]").replace("[乙]", "[**乙**]"),
        Layout(titles="bold"),
    ),
    "bold links": (
        POST.replace("[", "**[")
        .replace("/a)", "/a)**")
        .replace("/b)", "/b)**")
        .replace('**["', '["'),
        Layout(titles="bold link"),
    ),
    "no rule after the lead": (
        POST.replace("导语。\n\n---\n", "导语。\n"),
        Layout(rule_after_lead=False),
    ),
    "no rule before the commentary": (
        POST.replace("二。\n\n---\n", "二。\n"),
        Layout(rule_before_commentary=False),
    ),
    "no space after the front matter": (
        POST.replace("---\n\n导", "---\n导"),
        Layout(space_after_front_matter=False),
    ),
    "no space after titles": (
        POST.replace("/a)\n", "/a)").replace("/b)\n", "/b)"),
        Layout(space_after_title=False),
    ),
    "two lines between items": (POST.replace("一。\n\n", "一。\n\n\n"), Layout(item_gap=2)),
    "three columns": (
        POST.replace(".  [", ". [").replace("    ", "   "),
        Layout(text_column=3),
    ),
    "no categories": (POST.replace(CATEGORIES, ""), Layout()),
    "no commentary": (POST.split("\n\n---\n\n### ")[0], Layout()),
    "two paragraphs of lead": (POST.replace("导语。", "**概要**\n\n导语。"), Layout(loose=True)),
    "two links in a line": (
        POST.replace("n.test/a)", "n.test/a) / [丙](https://n.test/c)"),
        Layout(loose=True),
    ),
    "a list in the commentary": (
        POST.replace("四。", "1.  **四**。\n2.  五。"),
        Layout(loose=True),
    ),
}


@pytest.mark.parametrize("name", CANONICAL)
def test_each_variant_of_real_posts_comes_back_byte_for_byte(name: str) -> None:
    text, layout = CANONICAL[name]

    digest = parse(text, format=DAILY)

    assert render(digest, format=DAILY, language="zh") == text
    assert digest.layout == layout


def test_all_of_a_post_is_read() -> None:
    digest = parse(POST, format=DAILY)

    assert digest.front_matter.title == "2026.06.01 全球AI新闻速递"
    assert digest.front_matter.date.isoformat() == "2026-06-01T09:16:14+08:00"
    assert digest.front_matter.categories == ("A", "B")
    assert digest.lead == "导语。"
    assert [(i.title, i.url, i.text) for i in digest.items] == [
        ("甲", "https://n.test/a", "一。"),
        ("乙", "https://n.test/b", "二。"),
    ]
    assert digest.commentary == ("三。", "四。")


@pytest.mark.parametrize(
    "variant",
    [
        POST.replace("### 点评", "## 点评"),
        POST.replace("### 点评", "**点评：**"),
        POST.replace("### 点评\n\n三。\n\n四。", "> **点评**\n>\n> 三。\n>\n> 四。"),
        POST.replace("\n---\n\n1.", "\n---\n1."),
        POST.replace("    一。", "  一。"),
        POST + "\n\n",
    ],
)
def test_other_dress_is_read_as_the_same_commentary(variant: str) -> None:
    digest = parse(variant, format=DAILY)

    assert digest.commentary == ("三。", "四。")
    assert [item.text for item in digest.items] == ["一。", "二。"]


def test_a_single_item_has_the_usual_gap() -> None:
    digest = parse(POST.replace(ITEMS.split("2.")[1], "").replace("2.", ""), format=DAILY)

    assert len(digest.items) == 1
    assert digest.layout.item_gap == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the file is empty"),
        (" \n", "line 1: the file is empty"),
        ("抱歉，我无法处理。", "line 1: there is no front matter"),
        ("---\ntitle: 1\n", "line 1: there is no front matter"),
        (POST.replace("date:", "day:"), "line 1: the front matter has no date"),
        (POST.replace('title: "2026', "title: 2026"), "line 2: the title must be a text in double"),
        (POST.replace('"2026.06.01 全球AI新闻速递"', "[]"), "line 2: the title must be a text"),
        (POST.replace("2026-06-01T", "2026-06-01 "), "line 3: the date must be like"),
        (POST.replace("2026-06-01T", "2026-06-99T"), "line 3: the date is none"),
        (POST.replace('["A", "B"]', "A, B"), "line 4: the categories must be a list"),
        (POST.replace('["A", "B"]', "[1]"), "line 4: the categories must be a list"),
        (POST.replace("categories:", "- categories"), "line 4: not a line of front matter"),
        (POST.replace("导语。", ""), "line 25: there is no lead"),
        (POST.replace(ITEMS, ""), "there are no items"),
        (POST.replace("[乙](https://n.test/b)", "乙"), "line 15: item 2 is not one link"),
        (POST.replace("[乙](https://n.test/b)", "**[乙](https://n.test/b)"), "line 15: item 2"),
    ],
)
def test_what_is_no_post_is_told_by_its_line(text: str, said: str) -> None:
    with pytest.raises(FormatError) as raised:
        parse(text, format=DAILY)

    assert said in str(raised.value)


def _real(folder: Path) -> list[Path]:
    posts = sorted(path for path in folder.glob("2*.md"))
    if not posts:
        pytest.skip(f"the real posts are not here: {folder}")
    return posts


def _comes_back(path: Path) -> bool:
    text = path.read_bytes().decode("utf-8")
    return render(parse(text, format=DAILY), format=DAILY, language="zh") == text


def test_the_posts_of_the_format_come_back_byte_for_byte() -> None:
    assert all(_comes_back(path) for path in _real(SHARED / "formats" / "daily"))


def test_all_real_posts_parse_and_nine_in_ten_come_back_byte_for_byte() -> None:
    posts = _real(SHARED / "data" / "posts" / "daily")

    assert sum(_comes_back(path) for path in posts) >= 0.9 * len(posts)
