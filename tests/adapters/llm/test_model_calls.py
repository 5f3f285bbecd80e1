"""The model port against real sockets: the real openai client, and an endpoint that misbehaves."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from digestbot.adapters.llm import ModelSettings, Prices, RemoteModel, open_model
from digestbot.errors import (
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
)
from digestbot.model import Message
from digestbot.testing import MemoryStore
from fault_server import (
    Answer,
    FaultServer,
    Request,
    raw,
    refuse,
    say,
    status,
    web_page,
    without_formats,
)

Start = Callable[..., FaultServer]

ASK = (Message(role="system", text="Be brief."), Message(role="user", text="你好"))
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}}
KEY = "sk-very-secret-key-0123456789"


class Clock:
    """A sleep that only notes how long it was to be."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)


def model(server: FaultServer | str, *, clock: Clock | None = None, **given: Any) -> RemoteModel:
    url = server if isinstance(server, str) else server.base_url
    store = given.pop("store", None) or MemoryStore()
    values: dict[str, Any] = {
        "name": "m",
        "base_url": url,
        "api_key": KEY,
        "key_variable": "MY_KEY",
    }
    return open_model(ModelSettings(**values | given), store=store, sleep=clock or Clock())


def test_an_answer_is_a_reply_with_its_tokens(fault_server: Start) -> None:
    server = fault_server(say("pong"))
    asked = model(server, prices=Prices(input=1.0, output=10.0))

    reply = asked.complete(ASK)

    assert (reply.text, reply.finish, reply.cached) == ("pong", "stop", False)
    usage = asked.usage()
    assert (usage.calls, usage.input_tokens, usage.output_tokens) == (1, 100, 20)
    assert usage.cost == pytest.approx(0.0003)
    assert not usage.estimated
    assert server.requests[0].body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "你好"},
    ]
    assert server.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_tokens_that_the_endpoint_does_not_count_are_estimated(fault_server: Start) -> None:
    asked = model(fault_server(say("四个汉字", usage=False)))

    asked.complete(ASK)

    usage = asked.usage()
    assert usage.estimated
    assert (usage.input_tokens, usage.output_tokens) == (5, 4)
    assert usage.cost is None


def test_counts_of_zero_are_no_counts(fault_server: Start) -> None:
    counts = b'{"prompt_tokens": 0, "completion_tokens": 0}'
    body = b'{"choices": [{"message": {"content": "ok"}}], "usage": %s}' % counts
    asked = model(fault_server(raw(body)))

    asked.complete(ASK)

    assert asked.usage().estimated


def test_a_second_call_with_the_same_prompt_is_served_from_the_store(fault_server: Start) -> None:
    server, store = fault_server(say("pong")), MemoryStore()
    model(server, store=store).complete(ASK, schema=SCHEMA)
    again = model(server, store=store)

    reply = again.complete(ASK, schema=SCHEMA)

    assert reply.cached
    assert reply.text == "pong"
    assert len(server.requests) == 1
    assert (again.usage().calls, again.usage().cached) == (0, 1)


@pytest.mark.parametrize(
    "other",
    [{"name": "n"}, {"temperature": 0.9}, {"max_tokens": 9}],
    ids=lambda other: next(iter(other)),
)
def test_another_model_or_setting_is_asked_afresh(fault_server: Start, other: Any) -> None:
    server, store = fault_server(say("pong")), MemoryStore()
    model(server, store=store).complete(ASK)

    assert not model(server, store=store, **other).complete(ASK).cached


def test_fresh_skips_the_kept_reply(fault_server: Start) -> None:
    asked = model(fault_server(say("one"), say("two")))
    asked.complete(ASK)

    assert asked.complete(ASK, fresh=True).text == "two"
    assert asked.complete(ASK).text == "two"


@pytest.mark.parametrize(
    "answer",
    [say("half a sen", finish="length"), say(""), say(None), say("  \n")],
    ids=["cut", "empty", "null", "blank"],
)
def test_what_is_cut_or_empty_is_returned_but_not_kept(fault_server: Start, answer: Answer) -> None:
    asked = model(fault_server(answer, say("whole")))

    first = asked.complete(ASK)

    assert first.finish == "length" or not first.text.strip()
    assert asked.complete(ASK).text == "whole"


def test_content_in_parts_is_joined(fault_server: Start) -> None:
    parts = b'{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"text":"b"}]}}]}'

    assert model(fault_server(raw(parts))).complete(ASK).text == "ab"


@pytest.mark.parametrize(
    "fault",
    [
        status(429, "slow down"),
        status(500, "oops"),
        status(503),
        status(529, "overloaded"),
        web_page(502),
        web_page(200),
        raw(b'{"error": {"message": "upstream is down", "code": 502}}'),
        raw(b'{"error": "just words"}'),
        raw(b'{"choices": []}'),
        raw(b'{"choices": [{}]}'),
        raw(b"[]"),
        raw(b'{"error": {"x": 1}}'),
        raw(b""),
        raw(b'{"choices": [{"message": {"cont'),
        raw('{"choices":[{"message":{"content":"caf\u00e9"}}]}'.encode("latin-1")),
        raw(b"no gzip", headers={"Content-Encoding": "gzip"}),
        Answer(drop=True),
        Answer(body=b'{"choices": []}', cut=4),
    ],
    ids=[
        "429",
        "500",
        "503",
        "529",
        "502 page",
        "200 page",
        "200 error",
        "200 words",
        "no choices",
        "no message",
        "a list",
        "no reason",
        "nothing",
        "cut JSON",
        "Latin-1",
        "bad gzip",
        "dropped",
        "cut off",
    ],
)
def test_what_passes_is_retried_with_a_growing_wait(fault_server: Start, fault: Answer) -> None:
    server, clock = fault_server(fault, fault, say("pong")), Clock()

    assert model(server, clock=clock).complete(ASK).text == "pong"
    assert len(server.requests) == 3
    assert 0 < clock.waits[0] <= 1.0 < clock.waits[1] + 1.0


def test_after_three_attempts_the_call_has_failed(fault_server: Start) -> None:
    server = fault_server(status(503, "try later"))

    with pytest.raises(ModelUnavailableError, match="503: try later"):
        model(server).complete(ASK)

    assert len(server.requests) == 3


def test_retry_after_is_obeyed(fault_server: Start) -> None:
    clock = Clock()
    server = fault_server(status(429, headers={"Retry-After": "7"}), say("pong"))

    model(server, clock=clock).complete(ASK)

    assert clock.waits == [7.0]


@pytest.mark.parametrize("wait", ["3600", "Wed, 01 Jan 2200 00:00:00 GMT"])
def test_a_wait_beyond_our_patience_ends_the_call(fault_server: Start, wait: str) -> None:
    clock = Clock()
    server = fault_server(status(429, "busy", headers={"Retry-After": wait}))

    with pytest.raises(ModelUnavailableError, match="asks to wait") as caught:
        model(server, clock=clock).complete(ASK)

    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 30
    assert clock.waits == []
    assert len(server.requests) == 1


@pytest.mark.parametrize("wait", ["soon", "-3", "Wed, 01 Jan 2020 00:00:00 GMT"])
def test_a_wait_that_makes_no_sense_is_our_own(fault_server: Start, wait: str) -> None:
    clock = Clock()
    server = fault_server(status(429, headers={"Retry-After": wait}), say("pong"))

    model(server, clock=clock).complete(ASK)

    assert 0 < clock.waits[0] <= 1.0


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        (status(401, "bad key", error="invalid_api_key"), "MY_KEY"),
        (status(403, "no"), "MY_KEY"),
        (status(400, "API key not valid"), "MY_KEY"),
        (status(404, "The model `m` does not exist", error="model_not_found"), "model.name"),
        (status(404, "no such page"), "model.base_url"),
        (status(400, "Model Not Exist"), "model.name"),
        (status(402, "Insufficient Balance"), "quota"),
        (status(429, "You exceeded your current quota", error="insufficient_quota"), "quota"),
        (status(403, "账户余额不足"), "quota"),
        (raw(b'{"error": {"message": "No auth credentials found", "code": 401}}'), "MY_KEY"),
    ],
    ids=str,
)
def test_a_rejection_is_said_at_once_with_advice(
    fault_server: Start, answer: Answer, advice: str
) -> None:
    server = fault_server(answer)
    asked = model(server)

    with pytest.raises(ModelRejectedError, match=advice):
        asked.complete(ASK)
    with pytest.raises(ModelRejectedError, match=advice):
        asked.complete(ASK)

    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "answer",
    [
        refuse(),
        say("", finish="content_filter"),
        status(400, "maximum context length is 8192 tokens"),
        status(413, "too large"),
        status(400, "flagged", error="content_filter"),
    ],
    ids=["refusal", "filter", "too long", "too large", "400 filter"],
)
def test_a_refusal_concerns_this_prompt_alone(fault_server: Start, answer: Answer) -> None:
    server = fault_server(answer, answer, answer, answer, say("pong"))
    asked = model(server)

    for _ in range(4):
        with pytest.raises(ModelRefusedError):
            asked.complete(ASK)

    assert asked.complete(ASK).text == "pong"


def test_the_key_is_in_no_error_and_no_repr(fault_server: Start) -> None:
    echo = status(401, f"Incorrect API key provided: {KEY} (Bearer abc.def, sk-other-key-123456)")
    settings = ModelSettings(name="m", base_url=fault_server(echo).base_url, api_key=KEY)
    asked = open_model(settings, store=MemoryStore())

    with pytest.raises(ModelRejectedError) as caught:
        asked.complete(ASK)

    told = "".join(traceback.format_exception(caught.value))
    for text in (told, repr(caught.value), repr(asked), repr(settings)):
        assert "secret" not in text
        assert "sk-other" not in text
        assert "abc.def" not in text


def test_a_key_echoed_in_an_answer_is_hidden_too(fault_server: Start) -> None:
    echo = raw(b'{"error": {"message": "the key %s is wrong"}}' % KEY.encode())

    with pytest.raises(ModelError) as caught:
        model(fault_server(echo)).complete(ASK)

    assert KEY not in str(caught.value)


def test_three_failures_in_a_row_give_the_model_up(fault_server: Start) -> None:
    server = fault_server(status(503))
    asked = model(server, attempts=1)
    for _ in range(3):
        with pytest.raises(ModelUnavailableError, match="503"):
            asked.complete(ASK)

    with pytest.raises(ModelUnavailableError, match="given up after 3 failures in a row"):
        asked.complete(ASK)

    assert len(server.requests) == 3


def test_a_success_forgives_earlier_failures(fault_server: Start) -> None:
    bad, good = status(503), say("pong")
    asked = model(fault_server(bad, bad, good, bad, bad, good), attempts=1)

    for fails in (True, True, False, True, True, False):
        if fails:
            with pytest.raises(ModelUnavailableError):
                asked.complete(ASK, fresh=True)
        else:
            assert asked.complete(ASK, fresh=True).text == "pong"


def test_a_dead_endpoint_is_given_up_by_ten_parallel_calls(fault_server: Start) -> None:
    server = fault_server()
    server.__exit__(None, None, None)
    store = MemoryStore()
    settings = ModelSettings(name="m", base_url=server.base_url)
    asked = open_model(settings, store=store)
    asked.warm_up()

    with ThreadPoolExecutor(10) as pool:
        errors = list(pool.map(lambda _: _error(asked), range(10)))
    late = _error(asked)

    assert all(isinstance(error, ModelUnavailableError) for error in errors)
    assert any("cannot be reached" in str(error) for error in errors)
    assert "given up" in str(late)


def test_a_silent_endpoint_costs_one_timeout_not_three(fault_server: Start) -> None:
    server, clock = fault_server(say("late", delay=1.0)), Clock()
    asked = model(server, clock=clock, timeout=0.2, patience=0.1)

    with pytest.raises(ModelUnavailableError, match="no answer in time"):
        asked.complete(ASK)

    assert len(server.requests) == 1
    assert clock.waits == []


def test_an_answer_that_trickles_does_not_outlive_the_timeout(fault_server: Start) -> None:
    drip = raw(b" " * 100, trickle=0.05)

    with pytest.raises(ModelUnavailableError, match="without an end"):
        model(fault_server(drip), timeout=0.3, attempts=1).complete(ASK)


def test_calls_are_in_flight_together(fault_server: Start) -> None:
    server = fault_server(say("pong"), latency=0.3)
    asked = model(server)
    asked.warm_up()
    prompts = [(Message(role="user", text=str(number)),) for number in range(10)]

    with ThreadPoolExecutor(10) as pool:
        replies = list(pool.map(asked.complete, prompts))

    assert [reply.text for reply in replies] == ["pong"] * 10
    assert server.max_in_flight == 10


@pytest.mark.parametrize("accepted", [("json_schema",), ("json_object",), ()], ids=str)
def test_the_response_format_that_works_is_remembered(
    fault_server: Start, accepted: tuple[str, ...]
) -> None:
    server = fault_server(without_formats(say('{"a": 1}'), *accepted))
    asked = model(server)

    asked.complete(ASK, schema=SCHEMA)
    discovery = len(server.requests)
    asked.complete(ASK, schema=SCHEMA, fresh=True)

    assert discovery == {"json_schema": 1, "json_object": 2}.get("".join(accepted), 3)
    assert len(server.requests) == discovery + 1
    assert server.requests[-1].format == "".join(accepted)


def test_a_bad_request_about_something_else_is_no_reason_to_ask_for_less(
    fault_server: Start,
) -> None:
    server = fault_server(say("{}"), status(400, "context too long"), say("{}"))
    asked = model(server)
    asked.complete(ASK, schema=SCHEMA)

    with pytest.raises(ModelRefusedError):
        asked.complete(ASK, schema=SCHEMA, fresh=True)

    asked.complete(ASK, schema=SCHEMA, fresh=True)
    assert [request.format for request in server.requests] == ["json_schema"] * 3


def test_a_server_that_breaks_on_a_schema_is_asked_for_less_next_time(fault_server: Start) -> None:
    def fragile(request: Request) -> Answer:
        return status(500) if request.format == "json_schema" else say("{}")

    server = fault_server(fragile)

    assert model(server).complete(ASK, schema=SCHEMA).text == "{}"
    assert [request.format for request in server.requests] == ["json_schema", "json_object"]


def test_a_dead_server_is_not_asked_more_often_for_its_formats(fault_server: Start) -> None:
    server = fault_server(status(500))

    with pytest.raises(ModelUnavailableError):
        model(server).complete(ASK, schema=SCHEMA)

    assert len(server.requests) == 3


def test_wishes_that_are_turned_down_are_dropped_for_good(fault_server: Start) -> None:
    def modern(request: Request) -> Answer:
        if "max_tokens" in request.body:
            return status(400, "Use 'max_completion_tokens' instead of 'max_tokens'.")
        if "temperature" in request.body:
            return status(400, "Unsupported value: 'temperature' does not support 0.3")
        return say("pong")

    server = fault_server(modern)
    asked = model(server, max_tokens=50)

    asked.complete(ASK)
    discovery = len(server.requests)
    asked.complete(ASK, fresh=True)

    assert discovery <= 3
    assert len(server.requests) == discovery + 1
    assert server.requests[-1].body["max_completion_tokens"] == 50
    assert "temperature" not in server.requests[-1].body


def _error(asked: RemoteModel) -> ModelError | None:
    try:
        asked.complete(ASK)
    except ModelError as error:
        return error
    return None
