"""comment: the editor's lead, commentary and categories, or a plain lead without them."""

from __future__ import annotations

from typing import Any

import pytest

from builders import edition, story, summary
from digestbot.errors import ModelUnavailableError
from digestbot.library import load_format, load_prompt
from digestbot.model import Commentary, Notice, Origin, Remark, Summary
from digestbot.ports import Model
from digestbot.stages.comment import comment
from digestbot.testing import ScriptedModel

DAILY = load_format("daily")
LIMITS = DAILY.locale("zh").limits
NAMES = [category.name for category in DAILY.locale("zh").categories]
LEAD = (
    "今日的消息集中在开放模型与部署门槛两条线上。**星河公司**公布了新的模型，蓝湾机器人完成了融资。"
    "从模型到机器人，各家都在把能力放到更多人手里，行业的注意力从规模转向可用。"
)
PARAGRAPH = (
    "把今天的几条消息放在一起看，方向是一致的：我更在意的不是谁又刷新了纪录，而是谁让普通团队用得起。"
    "**能用起来的模型，才算真正发布。**这句话听起来简单，做到的公司并不多，账也没有那么好算。"
)
GOOD: dict[str, Any] = {
    "lead": LEAD,
    "paragraphs": [PARAGRAPH] * 3,
    "categories": NAMES[:3],
}
ITEMS = [
    summary("a", headline="星河公司发布开放模型", text="星河公司发布了参数规模为700亿的模型。" * 9),
    summary("b", headline="蓝湾机器人完成三亿元融资", text="蓝湾机器人宣布完成三亿元融资。" * 9),
]


def commented(
    model: Model | None, items: list[Summary] | None = None
) -> tuple[Commentary, list[Remark]]:
    return comment(
        ITEMS if items is None else items,
        edition=edition(),
        format=DAILY,
        model=model,
        prompts={task: load_prompt(task, "zh") for task in ("comment", "repair")},
    )


def test_a_good_reply_becomes_the_commentary() -> None:
    model = ScriptedModel(GOOD)

    written, remarks = commented(model)

    assert written == Commentary(
        lead=LEAD, paragraphs=(PARAGRAPH,) * 3, categories=tuple(NAMES[:3]), origin=Origin.LLM
    )
    assert remarks == []
    assert len(model.requests) == 1


def test_the_prompt_shows_the_items_the_limits_and_the_closed_list() -> None:
    model = ScriptedModel(GOOD)

    commented(model)

    system, user = model.requests[0]
    assert " | ".join(NAMES) in system.text
    assert f"{LIMITS.lead.min}到{LIMITS.lead.max}个字" in system.text
    assert '"categories"' in system.text
    assert "1. 星河公司发布开放模型\n   星河公司发布了" in user.text
    assert "https://" not in user.text


def test_without_a_model_there_is_a_plain_lead_and_no_commentary() -> None:
    written, remarks = commented(None)

    assert written.origin is Origin.EXCERPT
    assert written.lead
    assert written.paragraphs == ()
    assert remarks == []


@pytest.mark.parametrize(
    ("bad", "flaw"),
    [
        ("nothing useful", "no JSON"),
        (GOOD | {"lead": ""}, "lead: It is empty"),
        (GOOD | {"lead": LEAD * 9}, "lead: It has"),
        (GOOD | {"lead": "The day was about open models."}, "not in simplified Chinese"),
        (GOOD | {"paragraphs": []}, "0 characters in all, far too few"),
        (GOOD | {"paragraphs": [PARAGRAPH[:40]]}, "middle of a sentence"),
        (GOOD | {"paragraphs": [PARAGRAPH * 2] * 8}, "in all, far too many"),
        (GOOD | {"paragraphs": ["我看好。" * 10] * 13}, "There are 13"),
        (GOOD | {"paragraphs": [f"### 点评 {PARAGRAPH}"]}, "a heading"),
    ],
)
def test_a_bad_reply_is_mended_once(bad: Any, flaw: str) -> None:
    model = ScriptedModel(bad, GOOD)

    written, remarks = commented(model)

    assert written.lead == LEAD
    assert remarks == []
    assert flaw in model.requests[1][-1].text


@pytest.mark.parametrize(
    "answers", [("no", "no"), (ModelUnavailableError("down"),)], ids=["bad twice", "down"]
)
def test_if_it_fails_the_post_goes_out_without_commentary_and_says_so(answers: Any) -> None:
    written, remarks = commented(ScriptedModel(*answers))

    assert written.origin is Origin.EXCERPT
    [notice] = remarks
    assert isinstance(notice, Notice)
    assert notice.stage == "comment"
    assert "without commentary" in notice.reason


def test_the_lead_marks_only_names_that_an_item_has() -> None:
    lead = LEAD.replace("部署门槛", "**部署门槛**").replace("蓝湾机器人", "**蓝湾 机器人**")

    written, _ = commented(ScriptedModel(GOOD | {"lead": lead}))

    assert "**部署门槛**" not in written.lead
    assert "**星河公司**" in written.lead
    assert "**蓝湾机器人**" in written.lead


def test_bold_in_the_commentary_is_counted_over_all_paragraphs() -> None:
    many = PARAGRAPH.replace("纪录", "**纪录**").replace("团队", "**团队**")

    written, _ = commented(ScriptedModel(GOOD | {"paragraphs": [many] * 3}))

    assert sum(text.count("**") for text in written.paragraphs) // 2 == LIMITS.commentary_bold.max
    assert written.paragraphs[0] == many


@pytest.mark.parametrize(
    ("chosen", "kept"),
    [
        (["大模型", "胡编的", "大模型"], ["大模型"]),
        (NAMES, NAMES[:3]),
        ("大模型", []),
        (None, []),
        ([3, {"a": 1}], []),
    ],
    ids=["unknown", "too many", "a text", "none", "odd"],
)
def test_categories_come_from_the_closed_list_and_are_filled_up(
    chosen: Any, kept: list[str]
) -> None:
    written, _ = commented(ScriptedModel(GOOD | {"categories": chosen}))

    assert list(written.categories[: len(kept)]) == kept
    assert set(written.categories) <= set(NAMES)
    assert 1 <= len(set(written.categories)) == len(written.categories) <= 3


def test_paragraphs_given_as_one_text_are_told_apart() -> None:
    written, _ = commented(ScriptedModel(GOOD | {"paragraphs": f"{PARAGRAPH}\n\n{PARAGRAPH}"}))

    assert written.paragraphs == (PARAGRAPH, PARAGRAPH)


def test_on_a_quiet_day_little_is_enough() -> None:
    short = {"lead": "今日只有一条消息。", "paragraphs": ["我看这事不大。"], "categories": []}
    items = [summary("a", story=story("a"), headline="星河公司发布模型", text="星河公司发布模型。")]

    written, remarks = commented(ScriptedModel(short), items)

    assert written.paragraphs == ("我看这事不大。",)
    assert remarks == []
