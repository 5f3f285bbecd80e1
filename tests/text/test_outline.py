"""A long text has a title, parts at its own headings or by its length, and a transcript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.outline import Part, merged, outline, pieces, without_site

FIRST = "The firm opened its second plant in Oslo on Monday, and hired 340 people for it."
SECOND = "The city lent the firm 40 million euros, which it has to pay back in ten years."
CHINESE = "远山公司周一在奥斯陆启用第二座工厂，并为它招聘了340名员工。"


def headings(*lines: str, **given: list[str]) -> list[str]:
    return [part.heading for part in outline("\n".join(lines), title="T", **given).parts]


def test_what_stands_before_the_first_heading_opens_the_text() -> None:
    found = outline(f"A title\n{FIRST}\nThe plant\n{FIRST}\n{SECOND}\nThe money\n{SECOND}")

    assert found.title == "A title"
    assert found.opening == (FIRST,)
    assert found.parts == (
        Part(heading="The plant", paragraphs=(FIRST, SECOND)),
        Part(heading="The money", paragraphs=(SECOND,)),
    )
    assert found.headings == {"The plant", "The money"}
    assert found.transcript == (FIRST, "The plant", FIRST, SECOND, "The money", SECOND)


def test_known_headings_are_found_by_their_words_alone() -> None:
    lines = ["Looks like one", FIRST, "One.", FIRST, "Two!", SECOND]

    assert headings(*lines, headings=["One.", "two"]) == ["One.", "Two!"]


def test_where_hardly_any_known_heading_is_in_the_text_their_look_decides() -> None:
    lines = ["The plant", FIRST, "The money", SECOND]

    assert headings(*lines, headings=["The plant", "Elsewhere"]) == ["The plant", "The money"]


@pytest.mark.parametrize(
    "line",
    [
        "一、平台重置。",
        "第二章 平台重置",
        "（三）平台重置",
        "Part 2: the plant",
        "Chapter three",
        "每 10 年一次平台重置：AI 让“软件本身”变了",
    ],
)
def test_numbered_lines_and_lines_without_a_full_stop_are_headings(line: str) -> None:
    assert headings("工厂的来历", CHINESE, line, CHINESE) == ["工厂的来历", line]


@pytest.mark.parametrize(
    "line",
    [
        "而今天发生的变化更彻底：应用的构建方式也在变",
        "他讲到了吞吐与精度平衡",
        "(完整实录见文末)",
        "这句话没有写完，",
        "因为",
        "这一行没有句号，" + "却写得很长" * 10,
    ],
)
def test_a_sentence_that_lost_its_stop_is_no_heading(line: str) -> None:
    found = headings("工厂的来历", CHINESE, "谁来出钱", CHINESE, line, CHINESE)

    assert found == ["工厂的来历", "谁来出钱"]


def test_a_list_has_no_headings() -> None:
    items = ["One thing", "Another thing", "A third thing"]

    assert headings("The plant", FIRST, "The money", SECOND, *items, SECOND) == [
        "The plant",
        "The money",
    ]


def test_of_two_lines_in_a_row_the_second_is_the_heading() -> None:
    assert headings("Oslo", "The plant", FIRST, "Bergen", "The money", SECOND) == [
        "The plant",
        "The money",
    ]


def test_a_text_that_ends_with_a_heading_has_nothing_below_it() -> None:
    assert headings("The plant", FIRST, "The money", SECOND, "The end") == [
        "The plant",
        "The money",
    ]


def test_without_headings_a_text_is_parted_between_its_paragraphs() -> None:
    lines = [f"{FIRST} {n}." for n in range(60)]
    found = outline("\n".join(lines), title="T")

    assert len(found.parts) == 3
    assert [line for part in found.parts for line in part.paragraphs] == lines
    assert max(part.length for part in found.parts) < 2 * min(part.length for part in found.parts)
    assert found.opening == ()


def test_asides_go_and_a_line_that_goes_on_is_joined() -> None:
    lines = [
        "他回顾了几个节点：",
        "2015年，语言模型出现；",
        "2017年，Transformer出现。",
        "（见图）",
    ]
    found = outline("\n".join(lines), title="题")

    assert found.parts[0].paragraphs == (
        "他回顾了几个节点：2015年，语言模型出现；2017年，Transformer出现。",
    )


def test_a_list_behind_a_colon_is_not_joined_and_latin_lines_meet_with_a_blank() -> None:
    lines = ["They are:", "- one, which", "is the first.", "It said,", "no more."]
    found = outline("\n".join(lines), title="T")

    assert found.parts[0].paragraphs == (
        "They are:",
        "- one, which",
        "is the first.",
        "It said, no more.",
    )


@pytest.mark.parametrize(
    "line",
    [
        "完整实录如下：",
        "以下为演讲全文实录",
        "完整實錄如下：",
        "演讲实录",
        "附：黄仁勋演讲全文实录",
        "Full transcript",
        "Here is the full transcript:",
        "Transcript of the talk in Oslo",
    ],
)
def test_the_words_behind_the_line_that_announces_them_are_the_transcript(line: str) -> None:
    found = outline(f"T\n{FIRST}\n{SECOND}\n{line}\nHello.\nBye.", title="T")

    assert found.transcript == ("Hello.", "Bye.")
    assert [each for part in found.parts for each in part.paragraphs] == [FIRST, SECOND]
    assert found.headings == frozenset()


@pytest.mark.parametrize(
    "line", ["会议记录显示，公司早已知情。", "The transcript shows that they knew of it early on."]
)
def test_a_sentence_about_a_transcript_announces_none(line: str) -> None:
    found = outline(f"{FIRST}\n{SECOND}\n{line}\nHello.", title="T")

    assert len(found.transcript) == 4


@pytest.mark.parametrize("lines", [["完整实录", FIRST, SECOND], [FIRST, SECOND, "完整实录"]])
def test_what_is_nothing_but_a_transcript_is_all_there_is(lines: list[str]) -> None:
    found = outline("\n".join(lines), title="T")

    assert FIRST in found.transcript
    assert FIRST in found.parts[0].paragraphs


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("物理AI进入倒计时 | 前沿在线", "物理AI进入倒计时"),
        ("京沪高速江阴大桥段封闭_网易订阅", "京沪高速江阴大桥段封闭"),
        ("AI | Oslo", "AI | Oslo"),
        ("棱镜|数据业大整顿：爬虫与现金贷共生共荣，用户信息几元不等", None),
    ],
)
def test_a_title_goes_without_its_site(title: str, bare: str | None) -> None:
    assert without_site(title) == (title if bare is None else bare)


def test_the_title_is_not_told_again() -> None:
    title = "A second plant for Oslo"
    assert outline(f"{title} | Site\n{FIRST}", title=title).transcript == (FIRST,)
    assert outline(f"{FIRST}\n{SECOND}").title == ""
    assert outline("").title == ""
    assert outline("A title").title == ""


def test_the_shortest_neighbours_are_joined() -> None:
    parts = [Part(heading=str(n), paragraphs=("x" * n,)) for n in (9, 1, 2, 9)]

    found = merged(parts, most=3)

    assert [part.heading for part in found] == ["9", "1", "9"]
    assert found[1].paragraphs == ("x", "xx")


texts = st.text(alphabet="aé文。. ！：x，", max_size=40)


@given(paragraphs=st.lists(texts, max_size=8), longest=st.integers(1, 30))
def test_pieces_are_short_and_lose_nothing_but_blanks(paragraphs: list[str], longest: int) -> None:
    found = pieces(Part(heading="H", paragraphs=tuple(paragraphs)), longest=longest)

    assert all(piece.length <= longest and piece.heading == "H" for piece in found)
    said = "".join(text for piece in found for text in piece.paragraphs)
    assert "".join(said.split()) == "".join("".join(paragraphs).split())


@given(lines=st.lists(texts, max_size=30), known=st.lists(texts, max_size=3))
def test_any_text_has_an_outline_that_loses_no_line(lines: list[str], known: list[str]) -> None:
    found = outline("\n".join(lines), headings=known)

    kept = "".join([found.title, *found.transcript])
    assert all(part.paragraphs for part in found.parts)
    assert (
        sum(line in kept for line in lines if line.strip()) >= len([*filter(str.strip, lines)]) - 1
    )
    assert found.headings <= set(found.transcript)
