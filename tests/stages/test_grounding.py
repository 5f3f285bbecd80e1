"""A model's figure, date, version or link that no source has is sent back, and never printed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builders import edition, story, summary
from digestbot.library import load_format, load_prompt
from digestbot.model import Commentary, Origin, Remark, Summary
from digestbot.stages.comment import comment
from digestbot.stages.summarize import summarize
from digestbot.testing import ScriptedModel, SerialExecutor

DAILY = load_format("daily")
PROMPTS = {task: load_prompt(task, "zh") for task in ("summarize", "comment", "repair")}
SOURCE = (
    "Acme said on October 14 that it raised $1.5 billion. Acme plans to build 10 gigawatts of"
    " data centres, and its model GPT-5.4 is out today. The company has offices in Paris and Rome."
)
TRUE = (
    "该公司10月14日宣布融资15亿美元，计划建设10吉瓦的数据中心。GPT-5.4也已上线，"
    "公司在巴黎和罗马设有办公室。"
)
FALSE = {
    "amount": TRUE.replace("15亿", "16亿"),
    "number": TRUE.replace("10吉瓦", "100吉瓦"),
    "date": TRUE.replace("14日", "24日"),
    "version": TRUE.replace("GPT-5.4", "GPT-5.5"),
}


def told(text: str) -> dict[str, Any]:
    return {"headline": "该公司完成新一轮融资", "text": text, "evidence": [1]}


def retold(*texts: str) -> tuple[Summary, list[Remark], ScriptedModel]:
    model = ScriptedModel(*map(told, texts))
    (written,), remarks = summarize(
        [story("a", title="Acme raises money", content=SOURCE)],
        edition=edition(),
        format=DAILY,
        model=model,
        prompts=PROMPTS,
        executor=SerialExecutor(),
    )
    return written, remarks, model


def test_facts_in_another_language_and_notation_pass() -> None:
    written, remarks, model = retold(TRUE)

    assert written.origin is Origin.LLM
    assert remarks == []
    assert len(model.requests) == 1


@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE)
def test_another_fact_is_sent_back_with_what_the_source_has(text: str) -> None:
    written, remarks, model = retold(text, TRUE)

    assert written.origin is Origin.LLM
    asked = model.requests[1][-1].text
    assert re.search(r"- sentence [12]: (amount|number|date|version): `.+` is not in the", asked)
    assert "(its evidence: “Acme raises money”)" in asked
    assert written.text == TRUE
    assert remarks == []


@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE)
def test_a_clause_or_sentence_whose_fact_stays_wrong_is_left_out(text: str) -> None:
    written, (notice,), _ = retold(text, text)

    first, second = "该公司10月14日宣布融资15亿美元", "GPT-5.4也已上线，公司在巴黎和罗马设有办公室"
    kept = [each for each in (first, second) if each in text]
    assert written.origin is Origin.LLM
    assert written.text in {"".join(f"{each}。" for each in kept), TRUE.replace(second + "。", "")}
    assert notice.stage == "verify"
    assert "is not in the source" in notice.reason


def test_where_no_sentence_holds_the_publishers_words_are_printed() -> None:
    false = "该公司10月24日宣布融资16亿美元。GPT-5.5也已上线，公司在巴黎和罗马设有办公室。"

    written, (notice,), _ = retold(false, false)

    assert written.origin is Origin.EXCERPT
    assert "told in the publisher's words" in notice.reason
    assert "is not in the source" in notice.reason


def commented(lead: str, *more: str) -> tuple[Commentary, list[Remark]]:
    paragraph = "把今天的消息放在一起看，方向是一致的：算力越来越贵，也越来越像一门地缘生意。" * 4
    replies = [
        {"lead": each, "paragraphs": [paragraph] * 3, "categories": ["行业动态"]}
        for each in (lead, *more)
    ]
    return comment(
        [summary("a", headline="该公司完成融资", text=TRUE)],
        edition=edition(),
        format=DAILY,
        model=ScriptedModel(*replies),
        prompts=PROMPTS,
    )


def test_the_editors_lead_may_repeat_the_items_facts_and_add_none() -> None:
    true = f"今日1条要闻：{TRUE}" * 2
    false = true.replace("15亿", "18亿")

    kept, remarks = commented(true)
    left, (notice,) = commented(false, false)

    assert kept.paragraphs
    assert remarks == []
    assert "18亿" not in left.lead
    assert "GPT-5.4" in left.lead
    assert left.paragraphs == kept.paragraphs
    assert "18亿" in notice.reason
