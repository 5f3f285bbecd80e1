"""Lint: what is broken is an error, where real posts vary is a warning."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from builders import SHARED
from digestbot.library import load_format
from digestbot.model import Finding, Severity
from digestbot.stages.lint import line_and_column, lint
from digestbot.stages.lint_rules import RULES

DAILY = load_format("daily")
SENTENCE = (
    "远山公司在周一发布了一款面向边缘设备的推理芯片，功耗降至25瓦，首批样品已经交付给三家客户。"
)
SUMMARY = (
    f"{SENTENCE}{SENTENCE}**这意味着边缘推理的门槛正在下降**，"
    "更多中小团队也可以在本地运行模型，而不必租用云端算力。"
)
LEAD = (
    "今日要闻集中在开放模型与部署门槛这两条线上，"
    "远山公司的芯片与北岸公司的模型互为呼应，值得放在一起看。"
) * 5
THOUGHT = "今天的几条新闻放在一起看，方向是一致的，我更在意的是部署门槛。"
COMMENT = f"**{THOUGHT[:-1]}**。{THOUGHT}{THOUGHT}{'接下来要看客户的反馈。' * 6}"
TITLE = "远山公司发布第{}代边缘推理芯片，功耗降低"
ITEMS = "".join(
    f"{f'{n}. ':<4}[{TITLE.format(n)}](https://n.test/{n})\n\n    {SUMMARY}\n\n"
    for n in range(1, 11)
)
POST = (
    '---\ntitle: "2026.06.01 全球AI新闻速递"\ndate: 2026-06-01T09:16:14+08:00\n'
    'categories: ["AI芯片", "大模型", "产业动态"]\n---\n\n'
    f"{LEAD}\n\n---\n\n{ITEMS}---\n\n### 点评\n\n{COMMENT}\n\n{COMMENT}\n\n{COMMENT}"
)
FIRST = f"[{TITLE.format(1)}](https://n.test/1)"


def findings(was: str, becomes: str, *, file_name: str = "20260601.md") -> list[Finding]:
    assert was in POST
    return lint(POST.replace(was, becomes, 1), format=DAILY, file_name=file_name)


def test_a_post_of_the_house_has_nothing_to_find() -> None:
    assert lint(POST, format=DAILY, file_name="20260601.md") == []


CASES = [
    ("E102", "今日要闻", "\ufeff今日要闻"),
    ("E102", "---\n\n今日", "---\r\n\n今日"),
    ("E103", "---\ntitle", "title"),
    ("E104", 'categories: ["AI芯片", "大模型", "产业动态"]\n', ""),
    ("E104", "date:", "day:"),
    ("E105", 'title: "2026.06.01 全球AI新闻速递"', "title: 2026.06.01 全球AI新闻速递"),
    ("E105", "2026.06.01", "2026.6.1"),
    ("E105", '"2026.06.01 全球AI新闻速递"', "[]"),
    ("E106", "2026-06-01T09:16:14+08:00", "2026-06-01"),
    ("E107", "2026-06-01T", "2026-06-02T"),
    ("E108", '["AI芯片", "大模型", "产业动态"]', "AI芯片"),
    ("E202", "3.  [", "4.  ["),
    ("E203", FIRST, "远山公司发布芯片"),
    ("E203", FIRST, f"{FIRST} / [又一](https://n.test/x)"),
    ("E203", FIRST, "[](https://n.test/1)"),
    ("E204", f"    {SUMMARY}\n\n2.", "2."),
    ("E205", f"    {SUMMARY}\n\n2.", f"    {SUMMARY}\n\n    又一段。\n\n2."),
    ("E206", "https://n.test/1)", "ftp://n.test/1)"),
    ("E206", "https://n.test/1)", "about:blank)"),
    ("E206", "https://n.test/1)", "https://n.test/1 2)"),
    ("E206", "https://n.test/1)", "https://)"),
    ("E207", "https://n.test/1)", "https://example.com/1)"),
    ("E207", "https://n.test/1)", "https://openai-simulate.com/1)"),
    ("E208", "https://n.test/2)", "https://n.test/1)"),
    ("E208", "https://n.test/2)", "http://www.n.test/1/)"),
    ("E209", "第1代边缘", "第1代`边缘`"),
    ("E209", "第1代边缘", "第1代**边缘**"),
    ("E301", LEAD, ""),
    ("E302", "方向是一致的", "抱歉，我无法提供摘要"),
    ("E302", "方向是一致的", "AS AN AI LANGUAGE MODEL"),
    ("E303", "这意味着", "\\n\\n这意味着"),
    ("E304", "接下来要看客户", "接**“下来”**要看客户"),
    ("E305", "方向是一致的", "[方向](https://n.test/x)是一致的"),
    ("E306", "方向是一致的", "方向<br>是一致的"),
    ("E306", "方向是一致的", "![方向](https://n.test/x.png)"),
    ("W401", COMMENT + "\n\n" + COMMENT + "\n\n" + COMMENT, "\n\n".join([COMMENT] * 3) + "\n"),
    ("W402", LEAD, LEAD + "  "),
    ("W403", "14+08:00", "14.408+08:00"),
    ("W404", "+08:00", "+09:00"),
    ("W406", "---\n\n今日", "---\n今日"),
    ("W407", "\n\n---\n\n1.", "\n\n1."),
    ("W408", "---\n\n### 点评", "### 点评"),
    ("W409", "### 点评\n\n", ""),
    ("W409", "### 点评", "### **点评**"),
    ("W410", "[远山公司发布第1代边缘推理芯片，功耗降低]", "[**远山公司发布第1代边缘推理芯片**]"),
    ("W411", LEAD, f"**概要**\n\n{LEAD}"),
    ("W412", "\n\n2.", "\n\n\n\n2."),
    ("W413", "1.  [", "1. ["),
    ("W413", f"    {SUMMARY}\n\n2.", f"   {SUMMARY}\n\n2."),
    ("W501", ITEMS, ITEMS.split("7.")[0]),
    ("W502", "第1代边缘推理芯片，功耗降低", ""),
    ("W503", SUMMARY, SENTENCE * 2),
    ("W504", SUMMARY, SUMMARY.replace("。", "，").rstrip("，") + "。"),
    ("W505", SUMMARY, SUMMARY.replace("功耗", "**功耗**").replace("样品", "**样品**")),
    ("W506", LEAD, LEAD * 2),
    ("W507", LEAD, LEAD.replace("上，", "上。")),
    ("W508", LEAD, LEAD.replace("芯片", "**芯片**")),
    ("W509", COMMENT, COMMENT.replace("*", "") * 3),
    ("W510", f"{COMMENT}\n\n{COMMENT}", "\n\n".join([COMMENT.replace("*", "")[:40]] * 6)),
    ("W511", COMMENT, COMMENT.replace("反馈", "**反馈**")),
    ("W512", f"\n\n---\n\n### 点评\n\n{COMMENT}\n\n{COMMENT}\n\n{COMMENT}", ""),
    ("W513", '"AI芯片", ', '"AI芯片", "AI应用", '),
    ("W514", "AI芯片", "体育"),
    ("W515", "https://n.test/1)", "https://n.test/1?f=rss)"),
    ("W516", "[远山公司发布第1代边缘推理芯片，功耗降低]", "[Farhill ships an edge chip]"),
    ("W517", "方向是一致的", "见https://n.test/x"),
    ("W518", "方向是一致的", "`方向`是*一致*的"),
    ("W518", f"\n\n{COMMENT}\n\n", f"\n\n1. {COMMENT}\n\n"),
    ("W519", "而不必租用云端算力。", "而不必租用云端算力"),
    ("W561", "芯片，功耗降至", "芯片,功耗降至"),
    ("W562", "降至25瓦", "降至 25 瓦"),
    ("W563", "方向是一致的", '"方向"是一致的'),
    ("W564", "方向是一致的，", "方向是一致的，，"),
    ("W551", "https://n.test/1)", "https://n.test/)"),
    ("W552", SENTENCE, f"**摘要**：{SENTENCE}"),
    ("W552", "方向是一致的，", "方向是一致的（注：此条为一般消息），"),
    ("W553", "远山公司的芯片与", "**北辰公司**的芯片与"),
    ("W555", "https://n.test/1)", "https://n.test/articles/s41586-025-01234-x)"),
    ("W555", "https://n.test/1)", "https://n.test/abs/2511.12345)"),
    ("W554", "远山公司发布第1代边缘推理芯片，功耗降低", "8点1氪：远山公司发布第1代边缘推理芯片"),
]


@pytest.mark.parametrize(("code", "was", "becomes"), CASES)
def test_each_rule_finds_what_it_is_for(code: str, was: str, becomes: str) -> None:
    found = findings(was, becomes)

    assert code in {finding.code for finding in found}
    if code.startswith("W"):
        assert [f for f in found if f.severity is Severity.ERROR] == []


def test_a_file_without_text_is_only_empty() -> None:
    assert [finding.code for finding in lint("\n \n", format=DAILY)] == ["E101"]


def test_a_post_without_items_is_none() -> None:
    assert "E201" in {found.code for found in findings(ITEMS, "")}


def test_the_files_name_is_held_to_the_title() -> None:
    odd = findings("今日", "今日", file_name="20260601-1.md")
    other = findings("今日", "今日", file_name="20260602.md")

    assert [found.code for found in odd] == ["W405"]
    assert [found.code for found in other] == ["E107"]


OF_THE_TOP_STORY = {"E311", "E312", "W531", "W532", "W533"}
"""Rules of a format that has one: see test_magazine."""


OF_SECTIONS = {"E211", "E212", "W521", "W522", "W523"}
"""And of one that has those: see test_monthly."""


@pytest.mark.parametrize(
    "url",
    [
        "https://n.test/2026/06/01/a-1234",
        "https://n.test/131408512345",
        "https://n.test/?zip=12345",
    ],
)
def test_a_number_that_only_holds_counting_digits_is_no_placeholder(url: str) -> None:
    assert findings("https://n.test/1)", f"{url})") == []


def test_a_name_of_an_item_may_be_bold_in_the_lead() -> None:
    assert findings("远山公司的芯片与", "**远山公司**的芯片与") == []


def test_every_rule_has_a_case() -> None:
    told = (
        {code for code, _, _ in CASES} | {"E101", "E201", "W405"} | OF_THE_TOP_STORY | OF_SECTIONS
    )

    assert set(RULES) == told


def test_a_finding_has_its_place_and_says_what_was_found() -> None:
    text = POST.replace("https://n.test/3)", "https://example.com/3)")

    [found] = [found for found in lint(text, format=DAILY) if found.code == "E207"]

    assert text[slice(*found.span)] == "https://example.com/3"
    assert found.reason == f"{RULES['E207']}: https://example.com/3"
    assert line_and_column(text, found.span[0]) == (19, 28)


def test_lines_and_columns_count_from_one() -> None:
    assert [line_and_column("ab\nc", offset) for offset in (0, 1, 3, 4)] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (2, 2),
    ]


def test_the_titles_language_chooses_the_limits() -> None:
    english = POST.replace("全球AI新闻速递", "Global AI News Brief").replace("点评", "Commentary")

    codes = {found.code for found in lint(english, format=DAILY)}

    assert "W506" in codes
    assert "W514" in codes
    assert "W409" not in codes


def test_a_format_without_refusals_finds_none() -> None:
    locale = replace(DAILY.locale("zh"), refusals=())
    format = replace(DAILY, locales={"zh": locale}, final_newline=True)

    codes = {found.code for found in lint(POST + "。抱歉，我无法提供。\n", format=format)}

    assert "E302" not in codes
    assert "W401" not in codes


@pytest.mark.parametrize("text", ["---", "---\n---", "1. x", "---\n:\n---\n", "# ", "![[((**`<"])
def test_whatever_is_no_post_has_errors_and_breaks_nothing(text: str) -> None:
    assert any(found.severity is Severity.ERROR for found in lint(text, format=DAILY))


# --- real posts ---------------------------------------------------------------


def _posts(*parts: str) -> list[Path]:
    posts = sorted(SHARED.joinpath(*parts).glob("2*.md"))
    if not posts:
        pytest.skip(f"the real posts are not here: {'/'.join(parts)}")
    return posts


def _errors(path: Path) -> set[str]:
    text = path.read_bytes().decode("utf-8")
    found = lint(text, format=DAILY, file_name=path.name)
    return {finding.code for finding in found if finding.severity is Severity.ERROR}


def test_every_defective_post_has_an_error() -> None:
    assert all(_errors(path) for path in _posts("data", "posts", "daily-defective"))


def test_the_posts_of_the_format_have_none() -> None:
    assert not any(_errors(path) for path in _posts("formats", "daily"))


def test_real_posts_have_errors_only_for_real_defects() -> None:
    counts = [_errors(path) for path in _posts("data", "posts", "daily")]

    assert sum(not codes for codes in counts) >= 50
    assert set().union(*counts) <= {
        "E104", "E203", "E204", "E205", "E206", "E207", "E208", "E302", "E303", "E304", "E305",
    }  # fmt: skip


def test_invented_posts_with_placeholder_links_have_errors() -> None:
    for path in _posts("data", "posts", "daily"):
        if "https://example.com" in path.read_text(encoding="utf-8"):
            assert "E207" in _errors(path)
