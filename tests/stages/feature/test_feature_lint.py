"""A feature is held to its contract: each rule finds what it is for, and a good one has none."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestbot.errors import FormatError
from digestbot.library import load_feature
from digestbot.model import Feature, Severity, Theme
from digestbot.posts import lint_post
from digestbot.stages.feature.lint import lint_feature
from digestbot.stages.feature.render import render
from digestbot.stages.feature.rules import RULES

FORMAT = load_feature("feature")
DATE = datetime(2026, 6, 1, 11, tzinfo=timezone(timedelta(hours=8)))
LINE = "这座工厂为数据中心生产**推理芯片**，每颗芯片功耗为25瓦，公司明年还要增加第三条生产线。"
URL = "https://n.test/a"


def feature(**given: object) -> Feature:
    values: dict[str, object] = {
        "title": "远山公司启用第二座工厂",
        "date": DATE,
        "hook": LINE,
        "themes": (Theme(heading="工厂生产什么", paragraphs=(LINE, LINE)),) * 2,
        "close": LINE,
        "language": "zh",
        "source": URL,
        "source_title": "远山公司 [第二座] 工厂",
        "transcript": ("工厂生产什么", "大家好，这是*原话*。"),
    }
    return Feature(**values | given)  # type: ignore[arg-type]


def printed(**given: object) -> str:
    return render(feature(**given), format=FORMAT, headings={"工厂生产什么"})


def codes(text: str) -> list[str]:
    return [found.code for found in lint_feature(text, format=FORMAT)]


def test_a_feature_is_printed_as_its_template_has_it() -> None:
    assert printed(themes=(Theme(heading="# 一", paragraphs=(LINE,)),)) == (
        '---\ntitle: "远山公司启用第二座工厂"\ndate: 2026-06-01T11:00:00+08:00\n'
        f'source: "{URL}"\n---\n\n{LINE}\n\n## # 一\n\n{LINE}\n\n## 尾声\n\n{LINE}\n\n'
        f"原文：[远山公司 [第二座] 工厂]({URL})\n\n## 完整实录\n\n"
        "### 工厂生产什么\n\n大家好，这是\\*原话\\*。\n"
    )


def test_a_good_one_has_no_finding() -> None:
    assert codes(printed()) == []
    assert codes(printed(source="", transcript=())) == []
    assert codes(printed(source="page.txt")) == ["E325"]


def test_a_transcript_is_set_as_its_page_has_it() -> None:
    loose = "公司 A 有 3 座工厂,都在海边。"

    assert codes(printed(transcript=(loose,))) == []
    assert {"W561", "W562"} <= set(codes(printed(hook=LINE + loose)))


CASES = [
    ("E101", printed(), ""),
    ("E102", "推理", "推\t理"),
    ("E103", "---\ntitle", "title"),
    ("E103", "\n---\n\n", "\n\n"),
    ("E104", "title:", "name:"),
    ("E104", f'source: "{URL}"\n', f'source: "{URL}"\nx: 1\n'),
    ("E105", '"远山公司启用第二座工厂"', "远山公司启用第二座工厂"),
    ("E105", '"远山公司启用第二座工厂"', "3"),
    ("E106", "2026-06-01T11:00:00+08:00", "yesterday"),
    ("E106", "+08:00", ""),
    ("E302", "这座工厂为数据", "抱歉，我无法完成，数据"),
    ("E304", "**推理芯片**，", "**推理芯片，"),
    ("E305", "公司明年", "[公司](https://n.test)明年"),
    ("E306", "公司明年", "<b>公司</b>明年"),
    ("E321", f"---\n\n{LINE}\n\n## 工", "---\n\n## 工"),
    ("E322", f"## 工厂生产什么\n\n{LINE}\n\n{LINE}\n\n", ""),
    ("E323", f"## 工厂生产什么\n\n{LINE}\n\n{LINE}", "## 工厂生产什么"),
    ("E324", f"## 尾声\n\n{LINE}\n\n", "## 尾声\n\n"),
    ("E324", f"## 尾声\n\n{LINE}\n\n", ""),
    ("E325", f'source: "{URL}"', 'source: "a.txt"'),
    ("W401", "。\n", "。"),
    ("W402", "## 尾声", "## 尾声 "),
    ("W541", "远山公司启用", "远山公司启用" * 9),
    ("W542", f"---\n\n{LINE}", f"---\n\n{LINE * 9}"),
    ("W543", "## 尾声", f"## 工厂生产什么\n\n{LINE}\n\n{LINE}\n\n" * 20 + "## 尾声"),
    ("W544", "## 工厂生产什么", "## " + "工厂" * 40),
    ("W545", f"{LINE}\n\n{LINE}", LINE),
    ("W546", f"{LINE}\n\n{LINE}", f"{LINE}\n\n{LINE * 9}"),
    ("W547", "每颗芯片功耗为25瓦", "**每颗芯片**功耗为**25瓦**"),
    ("W548", "\n\n原文：", f"{LINE * 9}\n\n原文："),
]


@pytest.mark.parametrize(
    ("code", "was", "becomes"), CASES, ids=[f"{n}-{code}" for n, (code, _, _) in enumerate(CASES)]
)
def test_each_rule_finds_what_it_is_for(code: str, was: str, becomes: str) -> None:
    text = printed()
    assert was in text

    assert code in codes(text.replace(was, becomes))


def test_every_rule_has_a_case() -> None:
    assert {code for code, _, _ in CASES} >= set(RULES)


def test_a_place_is_told_by_line_and_column() -> None:
    content = printed().replace("**推理芯片**，", "**推理芯片，").encode()

    first = lint_post(content, format="feature")[0]

    assert (first.line, first.column, first.finding.code) == (7, 12, "E304")
    assert first.finding.severity is Severity.ERROR


def test_without_a_heading_of_ours_the_text_tells_the_language() -> None:
    english = "The plant makes **inference chips**, of 25 watts each, and has hired 340 people."
    text = f"{english}\n\n## Oslo, again\n\n{english}\n\n{english}\n"

    assert codes(text) == ["E103", "W542", "E324"]
    assert codes("Une phrase.\n") != []


HEADS = {
    "hugo": ["title", "date", "description", "source"],
    "hexo": ["title", "date", "source"],
    "jekyll": ["layout", "title", "date", "source"],
    "astro": ["title", "description", "pubDate", "source"],
    "plain": ["title", "date", "source"],
}


@pytest.mark.parametrize("site", HEADS)
def test_a_site_has_the_head_that_it_wants(site: str) -> None:
    format = load_feature("feature", site=site)
    text = render(feature(title="Oslo --> Bergen"), format=format)

    opening, closing = format.head.fence
    lines = text.partition(f"\n{closing}\n")[0].removeprefix(f"{opening}\n").split("\n")
    assert [line.partition(":")[0] for line in lines] == HEADS[site]
    assert lint_feature(text, format=format) == []
    assert lint_post(text.encode(), format="feature", site=site) == []
    assert lint_post(text.replace("2026-06-01", "June 1").encode(), format="feature", site=site)
    if site == "plain":
        assert "\n# Oslo --> Bergen\n" in text
        assert "Oslo --\\u003e Bergen" in lines[0]


def test_an_unknown_site_is_told() -> None:
    with pytest.raises(FormatError, match="no site 'blog'"):
        load_feature("feature", site="blog")


dirt = st.text(alphabet="[]()*_`<>&;!~#\\\"':-+=|1. \nab中“”：，/?%\x00{", min_size=1, max_size=20)


@settings(deadline=None)
@given(texts=st.lists(dirt, min_size=8, max_size=8))
def test_whatever_a_page_says_its_feature_has_the_form(texts: list[str]) -> None:
    made = feature(
        title=f"a{texts[0]}",
        hook=f"a{texts[1]}",
        themes=(Theme(heading=f"a{texts[2]}", paragraphs=(f"a{texts[3]}", f"b{texts[4]}")),),
        close=f"a{texts[5]}",
        source_title=texts[6],
        transcript=(f"a{texts[7]}",),
    )

    found = lint_feature(render(made, format=FORMAT), format=FORMAT)

    assert [each.code for each in found if each.code.startswith("E") and each.code != "E303"] == []
