"""The three stages that ask a model, over a real endpoint: how many calls, and how long."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from builders import edition, story
from digestbot.adapters.executors import ThreadExecutor
from digestbot.adapters.llm import ModelSettings, open_model
from digestbot.library import load_format, load_prompt
from digestbot.model import Commentary, Origin, Remark, Summary, Topic
from digestbot.ports import Model, Store
from digestbot.stages.comment import comment
from digestbot.stages.summarize import summarize
from digestbot.stages.triage import blend, triage
from digestbot.testing import MemoryStore
from fault_server import Answer, FaultServer, Request, honest, refuse, say, status, without_formats

Start = Callable[..., FaultServer]

STORIES = 10
PROMPTS = {task: load_prompt(task, "zh") for task in ("triage", "summarize", "comment", "repair")}
TEXT = "星河公司周一发布了新模型。该模型已在官网开放下载。开发者可以在单张显卡上运行它。"


def opened(server: FaultServer, store: Store | None = None) -> Model:
    settings = ModelSettings(name="m", base_url=server.base_url)
    model = open_model(settings, store=store or MemoryStore(), sleep=lambda seconds: None)
    model.warm_up()
    return model


def written(model: Model) -> tuple[list[Summary], Commentary, list[Remark]]:
    stories = [
        story(str(n), title=f"第{n}条新闻", content=TEXT, score=float(n)) for n in range(STORIES)
    ]
    format, issue = load_format("daily"), edition()
    advice, remarks = triage(stories, model=model, prompts=PROMPTS, edition=issue, topic=Topic())
    chosen, _ = blend(stories, advice)
    summaries, more = summarize(
        chosen,
        edition=issue,
        format=format,
        model=model,
        prompts=PROMPTS,
        executor=ThreadExecutor(16),
    )
    commentary, last = comment(
        summaries, edition=issue, format=format, model=model, prompts=PROMPTS
    )
    return summaries, commentary, [*remarks, *more, *last]


def test_an_edition_costs_n_plus_two_calls_and_n_of_them_at_once(
    fault_server: Start,
) -> None:
    server = fault_server(honest, latency=0.4)
    model = opened(server)

    summaries, commentary, remarks = written(model)

    assert len(server.requests) == STORIES + 2
    assert server.max_in_flight == STORIES
    assert remarks == []
    assert {summary.origin for summary in summaries} == {Origin.LLM}
    assert commentary.origin is Origin.LLM


def test_a_second_time_costs_nothing_and_says_the_same(fault_server: Start) -> None:
    server, store = fault_server(honest), MemoryStore()
    first = written(opened(server, store))

    again = opened(server, store)

    assert written(again) == first
    assert len(server.requests) == STORIES + 2
    assert again.usage().cached == STORIES + 2


def test_an_endpoint_without_json_mode_costs_two_calls_more(fault_server: Start) -> None:
    server = fault_server(without_formats(honest))

    _, _, remarks = written(opened(server))

    assert remarks == []
    assert len(server.requests) == STORIES + 4


def test_a_thinking_fenced_and_prefixed_model_is_understood(fault_server: Start) -> None:
    def chatty(request: Request) -> Answer:
        body = honest(request).body.decode()
        content = body.split('"content": "', 1)[1].split('"}, "finish', 1)[0]
        wrapped = f'<think>{{\\"x\\": 1}}</think>好的：\\n```json\\n{content}\\n```'
        return Answer(
            body=body.replace(content, wrapped).encode(),
            headers={"Content-Type": "application/json"},
        )

    _, commentary, remarks = written(opened(fault_server(chatty)))

    assert remarks == []
    assert commentary.origin is Origin.LLM


@pytest.mark.parametrize(
    ("answer", "most"),
    [
        (status(401), 1),
        (status(429, error="insufficient_quota"), 1),
        (status(503), 3 + 3 * STORIES),
        (Answer(drop=True), 3 + 3 * STORIES),
        (refuse(), 2 + STORIES),
        (say("抱歉，我无法完成您的请求。"), 3 + 2 * STORIES),
        (say('{"headline": "半句', finish="length"), 3 + 2 * STORIES),
        (say("nonsense"), 3 + 2 * STORIES),
    ],
    ids=["key", "quota", "503", "dropped", "refusal", "refusal as text", "cut", "nonsense"],
)
def test_whatever_goes_wrong_the_edition_is_told_and_the_calls_are_few(
    fault_server: Start, answer: Answer, most: int
) -> None:
    server = fault_server(answer)

    summaries, commentary, remarks = written(opened(server))

    assert {summary.origin for summary in summaries} == {Origin.EXCERPT}
    assert all(summary.text for summary in summaries)
    assert commentary.origin is Origin.EXCERPT
    assert remarks
    assert len(server.requests) <= most
