"""The magazine: its one real post comes back, and whole runs make posts that lint accepts."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, SHARED, commentary, edition, story, summary
from digestbot.config import default, override
from digestbot.config.values import window as hours
from digestbot.errors import FormatError, ModelUnavailableError
from digestbot.library import load_format, load_prompt
from digestbot.model import (
    Commentary,
    Digest,
    FrontMatter,
    Item,
    Origin,
    Remark,
    Reply,
    Severity,
    Summary,
    Top,
    Usage,
)
from digestbot.ports import Model
from digestbot.results import Result
from digestbot.serial import from_json, to_json
from digestbot.stages.compose import compose
from digestbot.stages.expand import expand
from digestbot.stages.insight import insight
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.render import render
from digestbot.stages.tellings import tellings_of_post
from digestbot.testing import ScriptedModel
from digestbot.wiring import open_bot

MAGAZINE = load_format("magazine")
PROMPTS = {task: load_prompt(task, "zh") for task in ("top", "insight", "repair")}
IMAGE = "https://n.test/picture.png"
NO_LINKS = replace(MAGAZINE.layout, links=False)

TEXT = "远山公司发布推理芯片，功耗降至25瓦。首批样品已交付三家客户。"
TOP = ["远山公司周一发布推理芯片。", "**功耗更低**。功耗降至25瓦。"]
INSIGHT = {
    "title": "省下来的瓦数归谁",
    "paragraphs": ["先看头条。", "**省电是最硬的竞争力**。我看客户先得利。"],
    "closing": "在我看来，价格会先动。",
}


def told(count: int = 3, **given: Any) -> list[Summary]:
    return [
        summary(
            str(n),
            story=story(str(n), title=f"远山公司发布第{n}代芯片", excerpt=TEXT, image=IMAGE),
            headline=f"远山公司发布第{n}代“北斗”推理芯片",
            text="远山公司发布推理芯片，**功耗降至25瓦**。首批样品已交付三家客户。",
            **given,
        )
        for n in range(1, count + 1)
    ]


def made(summaries: list[Summary] | None = None, **given: Any) -> Digest:
    first, *others = summaries or told()
    editor = commentary(
        title="省下来的瓦数归谁", paragraphs=("先看头条。", "价格会先动。"), categories=()
    )
    return compose(
        edition(), [replace(first, paragraphs=tuple(TOP)), *others], editor, format=MAGAZINE
    )


def printed(digest: Digest) -> str:
    return render(digest, format=MAGAZINE, language="zh")


def codes(text: str) -> set[str]:
    return {found.code for found in lint(text, format=MAGAZINE)}


# --- the layout -------------------------------------------------------------------


def test_the_real_post_comes_back_byte_for_byte_without_links() -> None:
    path = SHARED / "formats" / "magazine" / "20251207.md"
    if not path.exists():
        pytest.skip(f"the real post is not here: {path}")
    text = path.read_bytes().decode("utf-8")

    digest = parse(text, format=MAGAZINE)

    assert printed(digest) == text
    assert not digest.layout.links
    assert not digest.layout.loose
    assert digest.top is not None
    assert (len(digest.top.paragraphs), len(digest.items), len(digest.commentary)) == (4, 5, 5)
    assert digest.front_matter.cover.endswith("Google_Gemini_logo.svg.png")
    assert {"E105", "E203", "E312"} <= codes(text)  # its title, and its missing sources


def test_a_digest_makes_the_whole_post() -> None:
    digest = made()

    text = printed(digest)

    assert text == (
        '---\ntitle: "AI日报：远山公司发布第1代“北斗”推理芯片"\ndate: 2026-06-01 11:00:00\n'
        f'categories: ["AI Daily"]\ncover_image: "{IMAGE}"\n---\n\n![Cover Image](<{IMAGE}>)\n\n'
        "## 🔥 今日头条：远山公司发布第1代“北斗”推理芯片\n\n"
        "远山公司周一发布推理芯片。\n\n**功耗更低**。功耗降至25瓦。\n\n"
        "来源：[n](https://n.test/1)\n\n## 🌍 全球速览\n\n"
        "1.  **[🔧 远山公司发布第2代“北斗”推理芯片](https://n.test/2)**："
        "远山公司发布推理芯片，**功耗降至25瓦**。首批样品已交付三家客户。\n\n"
        "2.  **[🔧 远山公司发布第3代“北斗”推理芯片](https://n.test/3)**："
        "远山公司发布推理芯片，**功耗降至25瓦**。首批样品已交付三家客户。\n\n"
        "## 🚀 前沿洞察：省下来的瓦数归谁\n\n先看头条。\n\n**主编点评**：价格会先动。"
    )
    assert parse(text, format=MAGAZINE) == digest


def test_without_links_the_skeleton_is_left() -> None:
    format = replace(MAGAZINE, layout=NO_LINKS)
    editor = commentary(title="题", paragraphs=("先看头条。", "价格会先动。"), categories=())

    digest = compose(edition(), told(), editor, format=format)
    text = render(digest, format=format, language="zh")

    assert "](https://" not in text
    assert "来源" not in text
    assert "1.  **🔧 远山公司发布第2代“北斗”推理芯片**：远山公司" in text
    assert parse(text, format=format) == digest
    assert [each for each in lint(text, format=format) if each.severity is Severity.ERROR] == []


def test_without_a_picture_or_commentary_both_are_left_out() -> None:
    stories = [replace(each, story=story(str(n))) for n, each in enumerate(told())]
    digest = compose(edition(), stories, commentary(), format=MAGAZINE)

    text = printed(digest)

    assert "cover" not in text.lower()
    assert "前沿洞察" not in text
    assert "主编点评" not in text
    assert parse(text, format=MAGAZINE) == digest


@pytest.mark.parametrize(
    "image", ["", "/logo.png", "data:x", "https://n.test/a b", "https://n.test/<"]
)
def test_a_picture_that_is_no_plain_address_is_left_out(image: str) -> None:
    first = replace(told(1)[0], story=story("1", image=image))

    assert made([first, *told()]).front_matter.cover == ""


def test_a_story_for_which_no_word_speaks_has_the_usual_mark() -> None:
    stories = [*told(1), summary("b", headline="无关的事", text="没有。")]

    digest = compose(edition(), stories, commentary(), format=MAGAZINE)

    assert digest.items[0].title == "📰 无关的事"


dirt = st.text(alphabet="[]()*_`<>&;!~#\\\"':-+=|1. \nab中“”：，/?%\x00", min_size=1, max_size=20)


@given(
    texts=st.lists(dirt, min_size=8, max_size=8),
    origin=st.sampled_from(Origin),
    links=st.booleans(),
    titles=st.sampled_from(["bold", "bold link"]),
    heading=st.sampled_from(["plain", "bold", "label"]),
)
def test_parse_undoes_render_whatever_feeds_and_models_write(
    texts: list[str], origin: Origin, links: bool, titles: str, heading: str
) -> None:
    layout = replace(MAGAZINE.layout, links=links, titles=titles, heading=heading)
    format = replace(MAGAZINE, layout=layout)
    stories = [
        summary(
            str(n),
            story=story(str(n), url=f"https://n.test/{texts[n + 2]}"),
            headline=f"T{texts[n]}",
            text=f"{texts[n + 4]}a",
            origin=origin,
            paragraphs=(f"{texts[6]}b", f"{texts[7]}c"),
        )
        for n in range(2)
    ]
    editor = commentary(title=f"t{texts[5]}", paragraphs=(f"{texts[3]}d",), origin=origin)
    digest = compose(edition(), stories, editor, format=format)

    text = render(digest, format=format, language="zh")

    assert parse(text, format=format) == digest


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"top": None}, "the top story has no text"),
        ({"top": Top(title="", paragraphs=("一。",))}, "the title of the top story is empty"),
        ({"top": Top(title="T", paragraphs=("一。",))}, "the title of the top story is empty"),
        (
            {"top": Top(title="T", paragraphs=("一。",), source="S", url="about:x")},
            "the link of the top story is no plain",
        ),
        (
            {"top": Top(title="T", paragraphs=("# 一",), source="S", url=IMAGE)},
            "paragraph 1 of the top story is not one paragraph",
        ),
        ({"commentary_title": ""}, "the commentary has no title"),
        (
            {"items": (Item(title="", url="", text="一。"),), "layout": NO_LINKS},
            "the title of item 1 is empty",
        ),
        (
            {
                "front_matter": FrontMatter(
                    title="t", date=NOW, categories=(), cover="https://n.test/a b"
                )
            },
            "the cover is no plain address",
        ),
    ],
)
def test_what_would_not_read_as_it_is_is_not_printed(given: dict[str, Any], said: str) -> None:
    with pytest.raises(FormatError, match=said):
        printed(replace(made(), **given))


def test_the_json_of_a_digest_holds_its_top_story_too() -> None:
    assert from_json(to_json(made())) == made()


# --- lint ---------------------------------------------------------------------------


def test_our_own_post_has_no_error() -> None:
    assert [code for code in codes(printed(made())) if code.startswith("E")] == []


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("来源：[n](https://n.test/1)\n\n", "", "E312"),
        ("来源：[n](https://n.test/1)", "来源：[n](https://example.com/1)", "E207"),
        ("\n\n".join(TOP) + "\n\n来源：[n](https://n.test/1)\n\n", "", "E311"),
        ("[🔧 远山公司发布第2代“北斗”推理芯片](https://n.test/2)", "🔧 远山公司第2代芯片", "E203"),
        (TOP[0], "短。", "W531"),
        (TOP[0], "\n\n".join(["一。"] * 5), "W532"),
        (TOP[0], "**一**二**三**四**五**六**七**八**九**。", "W533"),
        ("date: 2026-06-01 11:00:00", "date: 2026-06-01T11:00:00+08:00", "E106"),
        ("AI日报：", "# AI日报：", "E105"),
        ("## 🚀 前沿洞察：", "### 🚀 前沿洞察：", "W409"),
    ],
)
def test_what_breaks_the_contract_is_found(was: str, becomes: str, code: str) -> None:
    text = printed(made())
    assert was in text

    assert code in codes(text.replace(was, becomes, 1))


def test_the_top_story_is_remembered_with_the_others() -> None:
    rows = list(tellings_of_post(made(), edition="m/2026-06-01", format=MAGAZINE))

    assert [row.url for row in rows] == [f"https://n.test/{n}" for n in (1, 2, 3)]
    assert rows[1].headline == "远山公司发布第2代“北斗”推理芯片"
    assert not any(row.follow_up for row in rows)


# --- the top story --------------------------------------------------------------------


def expanded(model: Model | None, items: list[Summary]) -> tuple[list[Summary], list[Remark]]:
    return expand(items, edition=edition(), format=MAGAZINE, model=model, prompts=PROMPTS)


def test_a_model_tells_the_first_story_at_length_within_the_formats_limits() -> None:
    model = ScriptedModel({"paragraphs": TOP})

    summaries, remarks = expanded(model, told())

    assert summaries[0].paragraphs == tuple(TOP)
    assert [each.paragraphs for each in summaries[1:]] == [(), ()]
    assert remarks == []
    system, user = model.requests[0]
    top = MAGAZINE.locale("zh").limits.top
    assert f"每段{top.min}到{top.max}个字" in system.text
    assert TEXT[:10] in user.text


@pytest.mark.parametrize(
    "bad",
    [
        {"paragraphs": []},
        {"paragraphs": ["一句。"] * 9},
        {"paragraphs": ["功耗降至99瓦。"]},
        {"paragraphs": ["没有说完"]},
    ],
)
def test_what_the_model_gets_wrong_is_sent_back_once_and_then_told_in_short(
    bad: dict[str, Any],
) -> None:
    model = ScriptedModel(bad, bad)

    summaries, remarks = expanded(model, told())

    assert summaries == told()
    assert len(model.requests) == 2
    assert "told in short" in remarks[0].reason


def test_a_model_that_is_away_leaves_the_story_short() -> None:
    summaries, remarks = expanded(ScriptedModel(ModelUnavailableError("busy", model="m")), told())

    assert summaries == told()
    assert remarks[0].stage == "expand"


def test_a_text_that_cannot_be_printed_leaves_the_story_short() -> None:
    model = ScriptedModel({"paragraphs": ["远山公司很抱歉，作为大语言模型，我不评论。"]})
    quiet = replace(MAGAZINE.locale("zh"), refusals=())
    format = replace(MAGAZINE, locales={"zh": quiet, "en": MAGAZINE.locale("zh")})

    summaries, remarks = expand(
        told(), edition=edition(), format=format, model=model, prompts=PROMPTS
    )

    assert summaries == told()
    assert "E302" in remarks[0].reason


def test_without_a_model_it_is_told_in_its_publishers_sentences() -> None:
    sentences = [
        f"第{n}家客户在{n}月收到了{n}千片芯片并完成了全部的验收测试工作。" for n in range(1, 9)
    ]
    lead = story("1", title="远山公司交付芯片", content="".join(sentences))
    first = summary("1", story=lead, origin=Origin.EXCERPT)

    summaries, _ = expanded(None, [first, *told()])

    limits = MAGAZINE.locale("zh").limits
    assert summaries[0].paragraphs
    assert len(summaries[0].paragraphs) <= limits.top_paragraphs.max
    assert all(len(text) <= limits.top.max for text in summaries[0].paragraphs)
    said = re.findall("[^。]+。", "".join(summaries[0].paragraphs))
    assert set(said) <= set(sentences)


def test_a_story_in_another_language_is_quoted_with_its_label() -> None:
    lead = story(
        "1",
        title="Far Hills ships chips",
        content="Three customers get the first 900 wafers in May. Each draws 25 watts of power.",
    )

    summaries, _ = expanded(None, [summary("1", story=lead, origin=Origin.EXCERPT)])

    assert summaries[0].paragraphs[0].startswith("英文原文：Three customers")


def test_a_story_of_which_nobody_gives_a_text_stays_as_it_is() -> None:
    first = summary("1", story=story("1"), origin=Origin.EXCERPT)

    assert expanded(None, [first])[0] == [first]


def test_where_no_story_has_a_text_the_most_important_stays_first() -> None:
    short = summary(
        "b", story=story("b", content="新芯片的功耗降到了二十五瓦。"), origin=Origin.EXCERPT
    )
    bare = summary("a", story=story("a"), origin=Origin.EXCERPT)

    assert expanded(None, [bare, short])[0] == [bare, short]


def test_the_first_story_that_has_a_text_is_the_top_story() -> None:
    text = (
        "远山公司周一在上海发布了面向数据中心的第三代推理芯片。新芯片的功耗从四十瓦降到了二十五瓦。"
        "首批九百片样品五月已经交给三家云服务商试用。公司计划明年春天在两座工厂同时量产。"
        "分析师估计它会先用在语音助手和搜索这两类业务里。竞争对手霜河科技拒绝评论这次发布。"
    )
    told = summary("b", story=story("b", content=text), origin=Origin.EXCERPT)
    bare = [summary(id, story=story(id), origin=Origin.EXCERPT) for id in "acd"]

    summaries, _ = expanded(None, [bare[0], told, *bare[1:]])

    assert [each.story.lead.id for each in summaries] == ["b", "a", "c", "d"]
    assert sum(map(len, summaries[0].paragraphs)) >= MAGAZINE.locale("zh").limits.top.min


def test_a_format_without_a_top_story_and_a_day_without_stories_change_nothing() -> None:
    daily = load_format("daily")

    assert expand(told(), edition=edition(), format=daily, model=None, prompts={})[0] == told()
    assert expanded(None, []) == ([], [])


# --- the insight ------------------------------------------------------------------------


def written(model: Model | None) -> tuple[Commentary, list[Remark]]:
    return insight(told(), edition=edition(), format=MAGAZINE, model=model, prompts=PROMPTS)


def test_the_editors_view_has_a_title_and_ends_with_the_closing() -> None:
    given = INSIGHT | {"closing": "**主编点评**：在我看来，价格会先动。"}

    view, remarks = written(ScriptedModel(given))

    assert view.title == "省下来的瓦数归谁"
    assert view.paragraphs == (*INSIGHT["paragraphs"], "在我看来，价格会先动。")
    assert view.categories == ("AI Daily",)
    assert remarks == []


@pytest.mark.parametrize(
    "bad",
    [
        {"title": ""},
        {"paragraphs": []},
        {"closing": ""},
        {"closing": "价格会降四成，降到88元。"},
        {"paragraphs": ["一句。"] * 11},
        {"paragraphs": ["长" * 1999 + "。"] * 2},
    ],
)
def test_a_view_that_is_none_is_left_out_with_a_notice(bad: dict[str, Any]) -> None:
    model = ScriptedModel(INSIGHT | bad, INSIGHT | bad)

    view, remarks = written(model)

    assert view.paragraphs == ()
    assert view.origin is Origin.EXCERPT
    assert "without commentary" in remarks[0].reason


def test_without_a_model_there_is_no_view() -> None:
    view, remarks = written(None)

    assert (view.paragraphs, remarks) == ((), [])


def test_the_magazine_speaks_english_too() -> None:
    english = edition(language="en", timezone="UTC")
    prompts = {task: load_prompt(task, "en") for task in ("top", "insight", "repair")}
    items = [
        summary(
            id,
            story=story(id, title="Far Hills ships a chip", excerpt="It draws 25 watts."),
            headline="Far Hills ships a chip that draws 25 watts",
            text="Far Hills ships a chip. It draws 25 watts.",
        )
        for id in "ab"
    ]
    top = ScriptedModel(
        {"paragraphs": ["Far Hills ships a chip.", "**Less power.** It draws 25 watts."]}
    )
    view = ScriptedModel(
        {
            "title": "Who gets the watts",
            "paragraphs": ["Look at the chip."],
            "closing": "I say prices move.",
        }
    )

    told, _ = expand(items, edition=english, format=MAGAZINE, model=top, prompts=prompts)
    editor, _ = insight(told, edition=english, format=MAGAZINE, model=view, prompts=prompts)
    digest = compose(english, told, editor, format=MAGAZINE)
    text = render(digest, format=MAGAZINE, language="en")

    assert "## 🔥 Top Story: Far Hills ships a chip that draws 25 watts\n" in text
    assert "\nSource: [n](https://n.test/a)\n" in text
    assert "**[🔧 Far Hills ships a chip that draws 25 watts](https://n.test/b)**: Far" in text
    assert text.endswith("**The editor's view**: I say prices move.")
    assert parse(text, format=MAGAZINE) == digest
    assert not [code for code in codes(text) if code.startswith("E")]


# --- whole runs ----------------------------------------------------------------------------


RUNS = {
    "2026-08-16-ai": ("2026-08-17T07:40:00+08:00", "24h"),
    "2026-08-19-ai": ("2026-08-20T07:40:00+08:00", "24h"),
    "2026-08-22-labs": ("2026-08-22T20:00:00+08:00", "7d"),
}


class Editor:
    """A model that tells each story by its own headline, and answers whatever it is asked."""

    name = "editor"

    def complete(self, messages: Any, *, schema: Any = None, fresh: bool = False) -> Reply:
        asked = set(schema["properties"])
        reply: dict[str, Any] = {name: [] for name in asked}
        if "headline" in asked:
            reply = {
                "headline": "一家公司发布了新的模型",
                "text": "一家公司发布了新的模型。",
                "evidence": [1],
            }
        elif asked == {"paragraphs"}:
            reply = {"paragraphs": ["一家公司发布了新的模型。", "**谁会用**。客户会用。"]}
        elif "closing" in asked:
            reply = INSIGHT
        return Reply(text=json.dumps(reply, ensure_ascii=False))

    def usage(self) -> Usage:
        return Usage()


def run(folder: Path, sources: str, now: str, *, model: Any = None, **given: Any) -> Result:
    settings = override(
        default(env={}, folder=folder),
        sources=[sources],
        format="magazine",
        model="" if model else "none",
        **given,
    )
    with open_bot(settings, model=model, env={}) as bot:
        return bot.run(now=now)


def errors(result: Result) -> list[str]:
    assert result.post, result.report.error
    found = lint(result.post.text, format=MAGAZINE, file_name=result.post.path.name)
    return [each.reason for each in found if each.severity is Severity.ERROR]


@pytest.mark.parametrize("model", [None, Editor()], ids=["quoted", "model"])
@pytest.mark.parametrize("day", RUNS)
def test_a_real_day_gives_a_post_without_an_error(day: str, model: Any, tmp_path: Path) -> None:
    feeds = SHARED / "data" / "days" / day / "feeds"
    if not feeds.exists():
        pytest.skip(f"the real day is not here: {feeds}")
    now, span = RUNS[day]

    result = run(tmp_path, str(feeds), now, model=model, window=hours(span))

    assert errors(result) == []
    assert result.digest
    assert len(result.digest.items) == 5
    assert bool(result.digest.commentary) == (model is not None)
    assert result.digest.top
    assert result.digest.top.url == result.summaries[0].story.lead.url


def test_the_shipped_feeds_make_a_magazine_and_a_cover_that_is_missing_is_told(
    tmp_path: Path,
) -> None:
    feeds = Path(__file__).parents[1] / "examples" / "feeds"

    result = run(tmp_path, str(feeds), "2026-06-01T12:00:00+08:00", limit=100)

    assert errors(result) == []
    assert result.digest
    assert len(result.digest.items) == 5
    notices = [remark.reason for remark in result.report.notices]
    assert any("no cover" in reason for reason in notices)
