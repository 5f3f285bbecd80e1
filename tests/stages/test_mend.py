"""What a model got wrong is cut at the clause, said in the publisher's words, or left out."""

from __future__ import annotations

import pytest

from builders import edition, story
from digestbot.model import Line
from digestbot.stages.drafts import Draft
from digestbot.stages.mend import cut, mend, prune
from digestbot.stages.sources import ground_of, sources_of
from digestbot.text.aliases import shipped
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.ground import Ground, Originals

TEXT = (
    "星河公司周一发布了新模型，参数规模为700亿。该模型已在官网开放下载，采用宽松许可证。"
    "开发者可以在单张显卡上运行它。"
)
ENGLISH = "Acme said it raised $1.5 billion. It plans a plant in Rome with 40 people."


def on(title: str = "星河公司发布开放模型", text: str = TEXT) -> Ground:
    told = story("a", title=title, content=text)
    return ground_of(told, sources_of(told), edition=edition(), aliases=shipped())


def draft(*lines: str, headline: str = "星河公司发布新模型", cited: int = 1) -> Draft:
    return Draft(
        headline=headline,
        lines=tuple(Line(text=each, cited=((0, cited),)) for each in lines),
        language="zh",
    )


def mended(given: Draft, ground: Ground | None = None, **more: object) -> tuple[list[str], str]:
    """The sentences that are left, and the headline."""
    left, _ = mend(given, ground or on(), longest=200, headline=30, **more)  # type: ignore[arg-type]
    return ([line.text for line in left.lines], left.headline) if left else ([], "")


GOOD = "星河公司周一发布了参数规模为700亿的新模型。"


def test_what_is_right_is_not_touched() -> None:
    given = draft("**星河公司**周一发布了新模型。")

    assert mend(given, on(), longest=200, headline=30) == (given, [])


def test_a_wrong_clause_at_the_end_is_cut_off() -> None:
    lines, _ = mended(draft("星河公司周一发布了新模型，参数规模为800亿。"))

    assert lines == ["星河公司周一发布了新模型。"]


@pytest.mark.parametrize(
    "text",
    [
        "据公司介绍，参数为800亿。",
        "它有800亿参数，可以下载。",
        "新模型发布（可下载，有800亿参数）。",
    ],
    ids=["leans", "first", "bracket"],
)
def test_what_cannot_be_cut_gives_way_to_the_publishers_sentence(text: str) -> None:
    left, repairs = mend(draft(text, cited=2), on(), longest=200, headline=30)

    assert left
    assert left.lines == (Line(text="该模型已在官网开放下载，采用宽松许可证。", cited=((0, 2),)),)
    assert "in the publisher's words: `800亿" in repairs[0]


def test_the_same_sentence_is_not_quoted_twice() -> None:
    lines, _ = mended(draft("它有800亿参数。", "它有900亿参数。", GOOD, cited=2))

    assert lines == ["该模型已在官网开放下载，采用宽松许可证。", GOOD]


def test_a_foreign_sentence_cannot_stand_in_and_the_wrong_one_goes() -> None:
    given = draft("该公司融资16亿美元。", "该公司计划在罗马建厂。", headline="该公司宣布完成融资")
    left, repairs = mend(given, on("Acme", ENGLISH), longest=200, headline=30)

    assert left
    assert [line.text for line in left.lines] == ["该公司计划在罗马建厂。"]
    assert "left out: `16亿美元` is not in the source" in repairs[0]


def test_where_no_sentence_is_left_nothing_is() -> None:
    left, repairs = mend(
        draft("该公司融资16亿美元。"), on("Acme", ENGLISH), longest=200, headline=30
    )

    assert left is None
    assert len(repairs) == 1


def test_a_wrong_headline_is_cut_or_gives_way_to_the_publishers() -> None:
    assert mended(draft(GOOD, headline="星河公司发布了新模型，参数800亿"))[1] == (
        "星河公司发布了新模型"
    )
    assert mended(draft(GOOD, headline="800亿参数新模型发布"))[1] == "星河公司发布开放模型"


def test_a_headline_with_no_title_in_its_language_comes_from_the_text() -> None:
    wrong = "该公司融资16亿美元"
    text = "该公司计划在罗马新建一座工厂，雇用40人。"
    longer = "该公司计划在罗马新建一座规模很大的现代化工厂，之后将雇用40人在那里工作。"
    ground = on("Acme", ENGLISH)

    assert mended(draft(text, headline=wrong), ground)[1] == text[:-1]
    assert mended(draft(longer, headline=wrong), ground)[1] == longer.partition("，")[0]
    assert mended(draft("雇用40人。", headline=wrong), ground) == ([], "")


def test_a_claim_that_is_not_supported_goes_as_a_whole() -> None:
    claim = Finding(kind="claim", severity="hard", text=GOOD, start=0, end=9, reason="no")
    other = "开发者可以在单张显卡上运行它。"

    assert mended(draft(GOOD, other, cited=0), claims={GOOD: claim})[0] == [other]


def test_a_number_is_not_cut_in_two() -> None:
    wrong = Finding(kind="name", severity="hard", text="X", start=40, end=41, reason="")

    text = "The company now employs some 12,000 people X"
    assert cut(text, [wrong], ending=".") == ""


def test_an_editors_text_loses_what_is_wrong_and_keeps_the_rest() -> None:
    text = "**星河**发布了模型。星河有800亿参数。它可以在官网开放下载，还有900个用户。"
    ground = on()

    def find(said: str) -> list[Finding]:
        return ground.findings(said, language="zh", originals=Originals())

    kept, repairs = prune(text, find, language="zh")

    assert kept == "**星河**发布了模型。它可以在官网开放下载。"
    assert len(repairs) == 2
    assert prune("星河发布了模型。", find, language="zh") == ("星河发布了模型。", [])


def test_boilerplate_is_no_publishers_sentence() -> None:
    text = "点击阅读原文，查看更多相关内容。" + TEXT
    assert mended(draft("它有800亿参数。", GOOD), on(text=text))[0] == [GOOD]
