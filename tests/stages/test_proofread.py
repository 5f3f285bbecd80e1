"""A second look holds each sentence against its own evidence, where it is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from builders import edition, story
from digestbot.errors import ModelUnavailableError
from digestbot.library import load_format, load_prompt
from digestbot.model import Origin, Remark, Summary
from digestbot.stages.summarize import summarize
from digestbot.testing import ScriptedModel, SerialExecutor

TASKS = ("summarize", "repair", "proofread")
TEXT = (
    "星河公司周一宣布收购潮汐公司。交易仍需监管部门批准。星河公司成立于杭州。两家公司此前没有合作。"
)
SENTENCES = [
    "星河公司周一宣布收购潮汐公司。",
    "交易已经监管部门批准。",
    "星河公司成立于杭州，业务稳定。",
]
DRAFT = {
    "headline": "星河公司宣布收购潮汐公司",
    "sentences": [{"text": text, "evidence": [number]} for number, text in enumerate(SENTENCES, 2)],
    "names": [],
    "quotes": [],
}


def verdicts(*given: str) -> dict[str, Any]:
    return {
        "verdicts": [
            {
                "sentence": number,
                "verdict": verdict,
                "reason": "与依据不符" if verdict[0] != "s" else "",
            }
            for number, verdict in enumerate(given, 1)
        ]
    }


def told(*replies: Any, text: str = TEXT) -> tuple[Summary, list[Remark], ScriptedModel]:
    model = ScriptedModel(DRAFT, *replies)
    (written,), remarks = summarize(
        [story("a", title="星河公司收购潮汐公司", content=text)],
        edition=edition(),
        format=load_format("daily"),
        model=model,
        prompts={task: load_prompt(task, "zh") for task in TASKS},
        executor=SerialExecutor(),
    )
    return written, remarks, model


def test_what_is_supported_stays_and_costs_one_call() -> None:
    written, remarks, model = told(verdicts(*["supported"] * 4))

    assert written.text == "".join(SENTENCES)
    assert remarks == []
    assert len(model.requests) == 2


def test_each_sentence_is_shown_with_its_own_evidence() -> None:
    _, _, model = told(verdicts(*["supported"] * 4))

    asked = model.requests[1][-1].text
    assert "2. 星河公司周一宣布收购潮汐公司。\n   - 星河公司周一宣布收购潮汐公司。" in asked
    assert "3. 交易已经监管部门批准。\n   - 交易仍需监管部门批准。" in asked
    assert asked.count("两家公司此前没有合作") == 0


@pytest.mark.parametrize("verdict", ["contradicted", "not stated", "NOT_STATED"])
def test_what_is_not_gives_way_to_the_publishers_sentence(verdict: str) -> None:
    written, (notice,), _ = told(verdicts("supported", "supported", verdict, "supported"))

    assert written.origin is Origin.LLM
    assert written.text == f"{SENTENCES[0]}交易仍需监管部门批准。{SENTENCES[2]}"
    assert "by its evidence, the model says: 与依据不符" in notice.reason


def test_a_headline_that_is_not_supported_gives_way_too() -> None:
    written, _, _ = told(verdicts("contradicted", *["supported"] * 3))

    assert written.headline == "星河公司收购潮汐公司"


@pytest.mark.parametrize(
    "reply",
    [
        ModelUnavailableError("busy", model="m"),
        verdicts("supported"),
        {"verdicts": "all fine"},
        verdicts("supported", "maybe", "supported", "supported"),
        {"verdicts": [7, {"sentence": "x"}]},
        "nonsense",
    ],
    ids=["busy", "missing", "text", "unknown", "odd", "nonsense"],
)
def test_its_failure_harms_nothing_and_is_told(reply: Any) -> None:
    written, (notice,), _ = told(reply)

    assert written.text == "".join(SENTENCES)
    assert "not proofread" in notice.reason


def test_sentences_that_cite_nothing_are_held_against_all_that_is_cited() -> None:
    sentences = [{"text": SENTENCES[0], "evidence": []}, *DRAFT["sentences"][1:]]
    model = ScriptedModel(DRAFT | {"sentences": sentences}, verdicts(*["supported"] * 4))

    summarize(
        [story("a", title="星河公司收购潮汐公司", content=TEXT)],
        edition=edition(),
        format=load_format("daily"),
        model=model,
        prompts={task: load_prompt(task, "zh") for task in TASKS},
        executor=SerialExecutor(),
    )

    assert (
        f"2. {SENTENCES[0]}\n   - 星河公司收购潮汐公司\n   - 交易仍需" in model.requests[1][-1].text
    )
