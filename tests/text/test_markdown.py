"""House Markdown: what is written reads as it was meant, for any text at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.inline import markup, tokens_of
from digestbot.text.markdown import (
    bold_spans,
    destination,
    escape_title,
    is_paragraph,
    literal,
    mend_bold,
    one_line,
    prose,
    unescape,
    unrendered_bold,
    visible,
    visible_length,
)

MARKS = '**** ab字“”（）*`[]()<>&;amp!~_#-1.\\\n\u3000\u2028x"|+=>: 中'
texts = st.text(alphabet=MARKS, max_size=24) | st.text(max_size=24)


# --- bold -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("发布**“深度搜索”**功能", "发布“**深度搜索**”功能"),
        ("的**“回音室攻击”（Echo）**方法", "的“**回音室攻击**”（Echo）方法"),
        ("的**代理系统（Agent）**开始", "的**代理系统**（Agent）开始"),
        ("**（甲）乙（丙）**丁", "**（甲）乙**（丙）丁"),
        ("字**：重点**字", "字：**重点**字"),
        ("售价**3999美元，**拥有", "售价**3999美元**，拥有"),
        ("字** 重点 **字", "字 **重点** 字"),
        ("**“X”**", "**“X”**"),
        ("**A**、**B**和**C**", "**A**、**B**和**C**"),
        ("半个**标记", "半个标记"),
        ("一 ** 二 **三** 四", "一  二 **三** 四"),
        ("**，**字", "，字"),
        ("字**\\*星\\***字", "字\\***星**\\*字"),
        ("字****字", "字字"),
        ("`**` 与 **粗**", "`**` 与 **粗**"),
        ("**甲 *乙** 丙*", "甲 *乙 丙*"),
    ],
)
def test_bold_that_would_not_show_is_mended(text: str, mended: str) -> None:
    assert mend_bold(text) == mended


def test_dropping_asterisks_never_makes_an_entity() -> None:
    assert visible(mend_bold("R&am**p;D")).replace("*", "") == "R&amp;D"


@given(texts)
def test_mended_bold_all_shows_and_nothing_else_changes(text: str) -> None:
    mended = mend_bold(text)

    assert unrendered_bold(mended) == []
    assert visible(mended).replace("*", "") == visible(text).replace("*", "")
    assert mend_bold(mended) == mended


def test_unrendered_bold_is_told_by_its_place() -> None:
    text = "一**粗**二**“三”**四 ** 五"

    assert [text[start:end] for start, end in unrendered_bold(text)] == ["**“三”**", "**"]


def test_bold_spans_are_the_words_that_show_in_bold() -> None:
    assert bold_spans("一**二\\*三**，**四 `五`**") == ["二*三", "四 五"]
    assert bold_spans("**一 **二** 三**") == ["一 二 三"]


def test_visible_text_has_no_marks() -> None:
    text = "**粗**\\* &amp; [链接](https://a.test) `码` ![图](x)<b>\n尾"

    assert visible(text) == "粗* & 链接 码 图\n尾"
    assert visible_length("**粗**字") == 2


# --- prose and literal text ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("**粗**体留下", "**粗**体留下"),
        ("的**“粗”**体", "的“**粗**”体"),
        ("***粗***", "**粗**"),
        ("**甲****乙**", "**甲乙**"),
        ("见[这里](https://a.test)。", "见\\[这里\\](https\\://a.test)。"),
        ("![图](https://a.test/a.png)", "!\\[图\\](https\\://a.test/a.png)"),
        ("# 标题", "\\# 标题"),
        ("- 项目", "\\- 项目"),
        ("2025. 年", "2025\\. 年"),
        ("> 引用", "\\> 引用"),
        ("```码```", "\\`\\`\\`码\\`\\`\\`"),
        ("a <b>c</b>", "a \\<b>c\\</b>"),
        ("*斜*体", "\\*斜\\*体"),
        ("3~5年，10~20人", "3\\~5年，10~20人"),
        ("AT&T，5*3*2，snake_case", "AT&T，5\\*3\\*2，snake_case"),
        ("2 * 3 = 6，_斜_ 与 __粗__", "2 * 3 = 6，\\_斜\\_ 与 \\_\\_粗\\_\\_"),
        ("见www.a.test和HTTP://b.test，**粗**", "见www\\.a.test和HTTP\\://b.test，**粗**"),
        ("甲 | 乙，: 丙，[丁]", "甲 \\| 乙，: 丙，[丁]"),
        (": 丙，$$x$$", "\\: 丙，\\$$x\\$$"),
        ("价<5，**粗**，量>3", "价\\<5，**粗**，量>3"),
        ("一\n\n二", "一二"),
        ("one\ntwo", "one two"),
        ("一\\n\\n二", "一二"),
        ("C:\\new", "C:\\new"),
        ("a\u200b\x00b\u202e", "ab"),
        ("**", ""),
    ],
)
def test_prose_keeps_bold_and_takes_all_else_literally(text: str, written: str) -> None:
    assert prose(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain text", "plain text"),
        ("2 ** 3 ** 4", "2 \\*\\* 3 \\*\\* 4"),
        ("R&amp;D", "R&amp;amp;D"),
        ("a\\*b", "a\\\\\\*b"),
        ("1) one", "1\\) one"),
    ],
)
def test_in_literal_text_nothing_is_markup(text: str, written: str) -> None:
    assert literal(text) == written
    assert visible(written) == text


@given(texts)
def test_prose_and_literal_text_are_one_safe_paragraph(text: str) -> None:
    line = one_line(text)
    for written in filter(None, (prose(text), literal(text))):
        assert "\n" not in written
        assert is_paragraph(written)
        assert markup(written) == []
        assert unrendered_bold(written) == []
    if line:
        assert visible(literal(text)) == line
        assert bold_spans(literal(text)) == []
    assert prose(prose(text)) == prose(text)


def test_a_text_of_many_marks_is_escaped_without_trying_each() -> None:
    text = "*a* " * 60

    assert visible(literal(text)) == text.strip()
    assert literal(text).count("\\") == 120


# --- titles and links ---------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("普通标题：“引号”、C++ 与 snake_case", "普通标题：“引号”、C++ 与 snake_case"),
        ("C++ [beta] a_b", "C++ [beta] a_b"),
        ("未闭合 [括号", "未闭合 &#91;括号"),
        ("a](b", "a&#93;(b"),
        ("*args 和 **kwargs", "\\*args 和 \\*\\*kwargs"),
        ("_强调_ 与 *强调*", "\\_强调\\_ 与 \\*强调\\*"),
        ("`code`", "\\`code\\`"),
        ("x<b>y", "x\\<b>y"),
        ("<https://a.test>", "\\<https\\://a.test>"),
        ("R&D &amp; AT&T", "R&D &amp;amp; AT&T"),
        ("尾\\", "尾\\\\"),
        ("3~4 与 5~6", "3\\~4 与 5~6"),
        ("5~10 年", "5~10 年"),
        ("Wow!", "Wow!"),
        ("T[](", "T&#91;&#93;("),
    ],
)
def test_titles_get_only_the_backslashes_they_need(title: str, written: str) -> None:
    assert escape_title(title) == written
    assert unescape(written) == title
    assert visible(f"[{escape_title(title)}](x)") == title


@given(texts.map(one_line).filter(bool))
def test_any_title_reads_as_it_stands_and_comes_back(title: str) -> None:
    for mark in ("", "**"):
        written = escape_title(title, mark=mark)
        line = f"[{mark}{written}{mark}](https://a.test/b)"
        links = [token for token in tokens_of(line) if token.type == "link_open"]
        assert [link.attrs["href"] for link in links] == ["https://a.test/b"]
        assert visible(line) == title
        assert unescape(written) == title


@pytest.mark.parametrize(
    "url",
    [
        "https://a.test/b_(c)",
        "https://a.test/b_(c",
        "https://a.test/)b(",
        "https://a.test/?a=1&copy;=2&lt=3",
        "https://[::1]/x",
        "https://a.test/*b*_c_~~d~~",
    ],
)
def test_any_link_leads_where_it_should(url: str) -> None:
    links = [token for token in tokens_of(f"[t]({destination(url)})") if token.attrs]

    assert len(links) == 1
    assert unescape(destination(url)) == url


def test_other_markup_is_told_with_its_place() -> None:
    text = "一 *斜* [链](https://a.test) <b>"

    assert [(what, text[at:][:1]) for what, at in markup(text)] == [
        ("italics", "*"),
        ("a link", "["),
        ("HTML", "<"),
    ]
