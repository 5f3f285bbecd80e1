"""The model port against ``@copilotkit/aimock``, an endpoint that nobody here wrote."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from aimock import AIMock
from digestbot.adapters.llm import ModelSettings, RemoteModel, open_model
from digestbot.errors import ModelRejectedError, ModelUnavailableError
from digestbot.model import Message
from digestbot.testing import MemoryStore
from digestbot.text.replies import read_object

Start = Callable[..., AIMock]

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}
ERROR = {"message": "no", "type": "server_error"}


def model(server: AIMock, **given: Any) -> RemoteModel:
    settings = ModelSettings(**{"name": "m", "base_url": server.base_url, "api_key": "k"} | given)
    return open_model(settings, store=MemoryStore())


def prompt(text: str) -> tuple[Message, ...]:
    return (Message(role="system", text="Reply."), Message(role="user", text=text))


def says(content: str, **given: Any) -> dict[str, Any]:
    return {"match": {}, "response": {"content": content} | given}


def fails(status: int, *, turn: int, **given: Any) -> dict[str, Any]:
    response = {"error": ERROR, "status": status} | given
    return {"match": {"endpoint": "chat", "sequenceIndex": turn}, "response": response}


def test_an_honest_endpoint_answers(aimock: Start) -> None:
    server = aimock([says('{"a": 1}')])
    asked = model(server)

    reply = asked.complete(prompt("go"), schema=SCHEMA)

    assert read_object(reply.text) == {"a": 1}
    assert asked.usage().input_tokens > 0
    assert server.journal()[0]["body"]["response_format"]["type"] == "json_schema"


def test_a_slow_endpoint_answers_ten_calls(aimock: Start) -> None:
    asked = model(aimock([says("ok")], latency=0.5))
    asked.warm_up()

    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(lambda n: asked.complete(prompt(str(n))), range(10)))

    assert {reply.text for reply in replies} == {"ok"}


def test_a_busy_endpoint_is_asked_again_when_it_says(aimock: Start) -> None:
    server = aimock([fails(429, turn=0, retryAfter=1), says("ok")])
    begin = time.monotonic()

    assert model(server).complete(prompt("go")).text == "ok"
    assert time.monotonic() - begin >= 1
    assert [entry["response"]["status"] for entry in server.journal()] == [429, 200]


@pytest.mark.parametrize("status", [500, 503])
def test_a_failing_endpoint_is_asked_again(aimock: Start, status: int) -> None:
    server = aimock([fails(status, turn=0), says("ok")])

    assert model(server).complete(prompt("go")).text == "ok"


def test_a_rejected_key_is_said_at_once(aimock: Start) -> None:
    server = aimock([{"match": {}, "response": {"error": ERROR, "status": 401}}])

    with pytest.raises(ModelRejectedError):
        model(server).complete(prompt("go"))

    assert len(server.journal()) == 1


@pytest.mark.parametrize("chaos", ["disconnectRate", "malformedRate"])
def test_a_dropped_connection_and_broken_json_are_unavailable(aimock: Start, chaos: str) -> None:
    server = aimock([says("ok") | {"chaos": {chaos: 1}}])

    with pytest.raises(ModelUnavailableError):
        model(server, attempts=2).complete(prompt("go"))


def test_a_cut_answer_says_so(aimock: Start) -> None:
    reply = model(aimock([says("half", finishReason="length")])).complete(prompt("go"))

    assert (reply.text, reply.finish) == ("half", "length")


@pytest.mark.parametrize(
    "content",
    ['<think>{"a": 2}? No.</think>\n{"a": 1}', 'Sure:\n```json\n{"a": 1,}\n```'],
    ids=["think", "fence"],
)
def test_an_object_is_found_in_what_a_model_says(aimock: Start, content: str) -> None:
    reply = model(aimock([says(content)])).complete(prompt("go"), schema=SCHEMA)

    assert read_object(reply.text) == {"a": 1}


def test_an_endpoint_without_json_mode_is_asked_without(aimock: Start) -> None:
    turned_down = [
        {"match": {"responseFormat": format}, "response": {"error": ERROR, "status": 400}}
        for format in ("json_schema", "json_object")
    ]
    server = aimock([*turned_down, says('{"a": 1}')])
    asked = model(server)

    asked.complete(prompt("one"), schema=SCHEMA)
    asked.complete(prompt("two"), schema=SCHEMA)

    assert [entry["response"]["status"] for entry in server.journal()] == [400, 400, 200, 200]
