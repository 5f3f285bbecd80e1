"""Render: exact bytes, whatever the titles; golden posts are reviewed like code."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from builders import commentary, edition, story, summary
from digestbot.errors import FormatError
from digestbot.library import load_format
from digestbot.model import Digest, FrontMatter, Item, Layout, Origin, Severity
from digestbot.stages.compose import compose
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.render import render

DAILY = load_format("daily")
GOLDEN = Path(__file__).parents[1] / "golden"
MOMENT = datetime(2026, 6, 1, 9, 16, 14, tzinfo=timezone(timedelta(hours=8)))


def digest(**given: Any) -> Digest:
    values: dict[str, Any] = {
        "front_matter": FrontMatter(
            title="2026.06.01 全球AI新闻速递", date=MOMENT, categories=("大模型",)
        ),
        "lead": "今日要闻。",
        "items": (Item(title="标题", url="https://n.test/a", text="正文。"),),
    }
    return Digest(**values | given)


def chinese() -> Digest:
    told = [
        summary(
            str(n),
            story=story(str(n)),
            headline=f"远山公司发布第{n}代“北斗”推理芯片",
            text=f"远山公司发布第{n}代推理芯片，**功耗降至25瓦**。首批样品已交付三家客户。",
        )
        for n in range(1, 12)
    ]
    editor = commentary(
        lead="今日焦点是**推理成本**的下降。远山公司的芯片功耗降至25瓦。部署正走向边缘。",
        paragraphs=("今天的消息指向一处：**算力在变便宜**。", "下一步看客户。"),
        categories=("AI芯片", "大模型", "产业动态"),
    )
    return compose(edition(), told, editor, format=DAILY)


def english() -> Digest:
    told = [
        summary(
            "a",
            headline='Harbor Labs opens "Tern", a 7B model',
            text="Harbor Labs released **Tern**, a 7B model. Its weights are open.",
        ),
        summary("b", headline="Tidepool raises $40M", text="Tidepool raised $40M in a Series B."),
    ]
    editor = commentary(
        lead="Small models lead the day.",
        paragraphs=("I read these two together.",),
        categories=("Models", "Funding", "Industry"),
    )
    return compose(edition(language="en", timezone="UTC"), told, editor, format=DAILY)


HOSTILE = (
    ("[RFC] a [b](c) ](https://evil.test) title", "https://n.test/a(b)c"),
    ("`code` and <script>alert(1)</script> & &copy; &amp;", "https://n.test/<b>?q=[x] y"),
    ("*args, **kwargs, __init__ and ~~gone~~ ![img](x)", "https://n.test/?a=1&copy;=2"),
    ('"quoted": \\ back\\slash \\[esc\\]', 'https://n.test/%E4%B8%AD?x="`|'),
    ("# 1. - > heading\nline two\u2028three\x00", "https://n.test/路径"),
)


def hostile() -> Digest:
    told = [
        summary(
            str(n),
            story=story(str(n), url=url),
            headline=title,
            text=f"1. {title}",
            origin=Origin.EXCERPT if n % 2 else Origin.LLM,
        )
        for n, (title, url) in enumerate(HOSTILE)
    ]
    lead = "---\n### 点评\n1.  [x](https://evil.test)"
    editor = commentary(lead=lead, paragraphs=("> **“X”**字", "***"), categories=('A"B\\: #\n',))
    return compose(edition(), told, editor, format=DAILY)


POSTS = {"zh": chinese, "en": english, "hostile": hostile}


@pytest.mark.parametrize("name", POSTS)
def test_a_digest_makes_the_golden_post(name: str) -> None:
    made = POSTS[name]()
    language = "en" if name == "en" else "zh"

    text = render(made, format=DAILY, language=language)

    assert text == (GOLDEN / f"{name}.md").read_bytes().decode("utf-8")
    assert parse(text, format=DAILY) == made
    errors = [found for found in lint(text, format=DAILY) if found.severity is Severity.ERROR]
    assert errors == []


@pytest.mark.parametrize("name", POSTS)
def test_what_readers_see_has_the_digests_links_and_titles_and_no_others(name: str) -> None:
    made = POSTS[name]()
    text = render(made, format=DAILY, language="zh")

    body = text.split("\n---\n", 1)[1]
    inlines = [token for token in MarkdownIt("commonmark").parse(body) if token.children]
    children = [child for inline in inlines for child in inline.children or ()]

    assert sum(child.type == "link_open" for child in children) == len(made.items)
    titles = [
        "".join(child.content for child in inline.children or ())
        for inline in inlines
        if inline.children and inline.children[0].type == "link_open"
    ]
    assert titles == [item.title for item in made.items]
    assert not any(child.type in {"html_inline", "image", "code_inline"} for child in children)


layouts = st.builds(
    Layout,
    milliseconds=st.booleans(),
    heading=st.sampled_from(["plain", "bold", "label", "none"]),
    titles=st.sampled_from(["plain", "bold", "bold link"]),
    space_after_front_matter=st.booleans(),
    space_after_title=st.booleans(),
    rule_after_lead=st.booleans(),
    rule_before_commentary=st.booleans(),
    item_gap=st.sampled_from([1, 2]),
    text_column=st.sampled_from([3, 4]),
)
dirt = st.text(
    alphabet="[]()*_`<>&;!~#\\\"':-+=|1. \nab中“”，/?%\u2028\x00\ufeff", min_size=1, max_size=20
)
words = dirt | st.text(min_size=1, max_size=20)


@given(
    titles=st.lists(words, min_size=2, max_size=3),
    texts=st.lists(words, min_size=5, max_size=5),
    paths=st.lists(words, min_size=3, max_size=3),
    categories=st.lists(words, max_size=3),
    layout=layouts,
    origin=st.sampled_from(Origin),
)
def test_parse_undoes_render_for_whatever_feeds_and_models_write(
    titles: list[str],
    texts: list[str],
    paths: list[str],
    categories: list[str],
    layout: Layout,
    origin: Origin,
) -> None:
    told = [
        summary(
            str(n),
            story=story(str(n), url=f"https://n.test/{path}"),
            headline=f"T{title}",
            text=f"{text}a",
            origin=origin,
        )
        for n, (title, text, path) in enumerate(zip(titles, texts, paths, strict=False))
    ]
    editor = commentary(
        lead=f"{texts[3]}b", paragraphs=(f"{texts[4]}c",), categories=tuple(categories)
    )
    made = compose(edition(), told, replace(editor, origin=origin), format=DAILY)
    made = replace(made, layout=layout)

    text = render(made, format=DAILY, language="zh")

    assert parse(text, format=DAILY) == made
    assert render(parse(text, format=DAILY), format=DAILY, language="zh") == text


def test_a_digest_without_commentary_ends_with_its_last_item() -> None:
    text = render(digest(), format=DAILY, language="zh")

    assert parse(text, format=DAILY) == digest()
    assert text == (
        '---\ntitle: "2026.06.01 全球AI新闻速递"\ndate: 2026-06-01T09:16:14+08:00\n'
        'categories: ["大模型"]\n---\n\n今日要闻。\n\n---\n\n'
        "1.  [标题](https://n.test/a)\n\n    正文。"
    )


def test_a_format_may_want_a_line_break_at_the_end() -> None:
    format = replace(DAILY, final_newline=True)

    assert render(digest(), format=format, language="zh").endswith("正文。\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"lead": ""}, "the lead is empty"),
        ({"lead": "一\n二"}, "the lead is not one paragraph of one line"),
        ({"lead": " 一"}, "the lead is not one paragraph"),
        ({"lead": "# 一"}, "the lead is not one paragraph"),
        ({"lead": "[x]: https://a.test"}, "the lead is not one paragraph"),
        ({"items": ()}, "a post without items is none"),
        ({"items": (Item(title="", url="https://a.test", text="x"),)}, "the title of item 1"),
        ({"items": (Item(title="a\nb", url="https://a.test", text="x"),)}, "the title of item 1"),
        ({"items": (Item(title="a", url="about:blank", text="x"),)}, "the link of item 1"),
        ({"items": (Item(title="a", url="https://a.test/ b", text="x"),)}, "the link of item 1"),
        ({"items": (Item(title="a", url="https://a.test", text="- x"),)}, "the text of item 1"),
        ({"items": (Item(title="a", url="https://a.test", text=""),)}, "the text of item 1 is em"),
        ({"commentary": ("一", "1. 二")}, "paragraph 2 of the commentary"),
        ({"commentary": ("**点评**",)}, "begins with its own heading"),
        (
            {"front_matter": FrontMatter(title="t", date=datetime(2026, 6, 1), categories=())},
            "the date has no offset",
        ),
        (
            {
                "front_matter": FrontMatter(
                    title="t", date=datetime(2026, 6, 1, 0, 0, 0, 5, tzinfo=UTC), categories=()
                )
            },
            "finer than the layout prints it",
        ),
    ],
)
def test_what_would_not_read_as_it_is_is_not_printed(given: dict[str, Any], said: str) -> None:
    with pytest.raises(FormatError, match=said):
        render(digest(**given), format=DAILY, language="zh")


def test_a_loose_digest_is_printed_as_it_was_read() -> None:
    text = render(digest(lead="# 一\n\n二", layout=Layout(loose=True)), format=DAILY, language="zh")

    assert "\n\n# 一\n\n二\n\n---\n" in text
