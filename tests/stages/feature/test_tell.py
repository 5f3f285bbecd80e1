"""Any page that has enough is told: in its own words, in its order, in the form of its format."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digestbot.library import load_feature
from digestbot.model import Feature, Severity
from digestbot.stages.feature.lint import lint_feature
from digestbot.stages.feature.render import render
from digestbot.stages.feature.tell import is_enough, tell
from digestbot.testing import SerialExecutor
from digestbot.text.outline import outline

FORMAT = load_feature("feature")
DATE = datetime(2026, 6, 1, 3, tzinfo=UTC)

LINES = st.sampled_from([
    "The plant",
    "谁来出钱",
    "一、工厂",
    "Part 2",
    "Full transcript:",
    "完整实录如下：",
    "They are:",
    "- one of them",
    "(see below)",
    "But it did not say when. He said that he was “glad” of it, and left for Oslo.",
    "The firm opened its second plant in Oslo on Monday, and hired 340 people for it.",
    "The city lent the firm 40 million euros. It has to pay them back in ten years.",
    "In year one, the plant made 25 chips; in the second, 250",
    "远山公司周一启用第二座工厂，并为它招聘了340名员工。公司从2021年起就在筹划。",
    "因此，这座工厂的“**意义**”不在产量。市政府借给公司4000万欧元，十年内还清。",
    "他说：“没有谁像你们这么可爱。”现场还有多个机器人，它们来自三家公司。",
    "`code` <b>bold</b> [link](https://n.test) {{ template }} # mark * and _ too, it says.",
    "Комания открыла второй завод в Осло и наняла для него 340 новых работников.",
])  # fmt: skip


def told(lines: list[str], *, language: str, title: str = "") -> Feature:
    page = outline("\n".join(lines), title=title)
    assume(is_enough(page))
    feature, _ = tell(
        page,
        source="https://n.test/a",
        date=DATE,
        language=language,
        format=FORMAT,
        model=None,
        prompts={},
        executor=SerialExecutor(),
    )
    return feature


def plain(text: str) -> str:
    """*text* without marks of bold and blanks."""
    return "".join(text.replace("**", "").split())


@settings(deadline=None)
@given(
    lines=st.lists(LINES, min_size=3, max_size=40),
    language=st.sampled_from(["zh", "en"]),
    title=st.sampled_from(["", "The plant", "远山公司的第二座工厂"]),
)
def test_whatever_the_page_its_feature_has_the_form_and_its_own_words(
    lines: list[str], language: str, title: str
) -> None:
    feature = told(lines, language=language, title=title)

    post = render(feature, format=FORMAT)
    found = lint_feature(post, format=FORMAT)
    assert [each for each in found if each.severity is Severity.ERROR] == []
    page = plain("".join(lines))
    labels = FORMAT.locale(feature.language).originals.values()
    for theme in feature.themes:
        assert 1 <= len(theme.paragraphs) <= 5
        for paragraph in theme.paragraphs:
            said = plain(paragraph)
            for label in labels:
                said = said.removeprefix(plain(label))
            assert said[-13:-1] in page


@settings(deadline=None)
@given(lines=st.lists(LINES, min_size=8, max_size=30))
def test_the_same_page_gives_the_same_feature(lines: list[str]) -> None:
    assert told(lines, language="zh") == told(lines, language="zh")
