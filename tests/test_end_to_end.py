"""Whole runs: real feeds on disk, a real client, a real state, and an endpoint that misbehaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tenacity

from aimock import AIMock
from digestbot.adapters.llm import remote
from digestbot.bot import Bot
from digestbot.config import Settings, StorySettings, default, load, override
from digestbot.library import load_format
from digestbot.model import Severity, Status
from digestbot.results import Result
from digestbot.stages.lint import lint
from digestbot.wiring import open_bot
from fault_server import (
    LEAD,
    PARAGRAPH,
    SUMMARY,
    Answer,
    FaultServer,
    Request,
    Script,
    honest,
    raw,
    refuse,
    say,
    say_json,
    status,
    web_page,
    without_formats,
)

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = "2026-06-01T12:00:00+08:00"
KEY = "sk-canary-1234567890abcdef"
Start = Callable[..., FaultServer]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own pauses between attempts are none here; ``test_model_calls`` looks at them."""
    monkeypatch.setattr(remote, "_backoff", tenacity.wait_none())


def settings(folder: Path, server: FaultServer | AIMock | None = None, **changes: Any) -> Settings:
    config = folder / "digest.toml"
    model = f'[model]\nname = "m"\nbase_url = "{server.base_url}"\n' if server else ""
    extra = "".join(f"{key} = {json.dumps(value)}\n" for key, value in changes.items())
    topic = '[topic]\nexclude = ["早班车", "晚报"]\n'
    config.write_text(model + extra + topic, encoding="utf-8")
    base = load(config, env={}) if server else default(env={}, folder=folder)
    return override(base, sources=[str(EXAMPLES / "feeds")], model="" if server else "none")


def opened(folder: Path, server: FaultServer | AIMock | None = None, **changes: Any) -> Bot:
    return open_bot(settings(folder, server, **changes), env={"OPENAI_API_KEY": KEY})


def made(folder: Path, server: FaultServer | AIMock | None = None, **changes: Any) -> Result:
    with opened(folder, server, **changes) as bot:
        return bot.run(now=NOW)


def errors_of(result: Result) -> list[str]:
    assert result.report.status is Status.PUBLISHED, result.report.error
    assert result.report.path
    text = result.report.path.read_bytes().decode()
    findings = lint(text, format=load_format("daily"), file_name=result.report.path.name)
    return [f"{f.code} {f.reason}" for f in findings if f.severity is Severity.ERROR]


def test_when_all_goes_well_n_stories_cost_n_plus_three_calls_all_summaries_in_flight_together(
    tmp_path: Path, fault_server: Start
) -> None:
    server = fault_server(honest, latency=0.4)

    result = made(tmp_path, server)

    assert errors_of(result) == []
    stories = len(result.summaries)
    assert stories >= 8
    assert len(server.requests) == stories + 3
    assert result.report.usage.calls == stories + 3
    assert result.report.by_model == stories
    assert server.max_in_flight == stories


def of_judge(answer: Script) -> Callable[[Request], Answer]:
    """Give *answer* where look-alikes are to be judged, and do all else honestly."""

    def respond(request: Request) -> Answer:
        if '"same"' not in request.text:
            return honest(request)
        return answer(request) if callable(answer) else answer

    return respond


def test_what_the_model_calls_one_event_is_one_story(tmp_path: Path, fault_server: Start) -> None:
    server = fault_server(of_judge(say_json({"same": [1]})))

    result = made(tmp_path, server)

    assert errors_of(result) == []
    (verdict,) = [each for each in result.report.notices if each.stage == "judge"]
    one, other = verdict.reason.removeprefix("one event, the model says: “")[:-1].split("” and “")
    (whole,) = [
        candidate
        for candidate in result.report.candidates
        if one in {entry.title for entry in candidate.story.cluster.entries}
    ]
    assert other in {entry.title for entry in whole.story.cluster.entries}


@pytest.mark.parametrize(
    "answer",
    [
        status(503),
        say("nonsense"),
        say_json({"same": [99]}),
        say_json({"same": list(range(1, 31))}),
        say_json({"order": [1]}),
        Answer(drop=True),
    ],
    ids=["503", "nonsense", "unknown pair", "all the same", "another question's", "dropped"],
)
def test_without_a_verdict_look_alikes_stay_apart(
    answer: Answer, tmp_path: Path, fault_server: Start
) -> None:
    for folder in ("judged", "alone"):
        (tmp_path / folder).mkdir()
    undecided = made(tmp_path / "judged", fault_server(of_judge(answer)))
    decided = made(tmp_path / "alone", fault_server(honest))

    assert errors_of(undecided) == []
    assert undecided.post
    assert decided.post
    assert undecided.post.text == decided.post.text
    assert [each.stage for each in undecided.report.notices] == ["judge"]


def test_the_models_order_and_its_verdicts_are_asked_for_at_once(
    tmp_path: Path, fault_server: Start
) -> None:
    both = threading.Barrier(2, timeout=10)

    def respond(request: Request) -> Answer:
        if '"same"' in request.text or '"order"' in request.text:
            both.wait()
        return honest(request)

    result = made(tmp_path, fault_server(respond))

    assert errors_of(result) == []
    assert not both.broken


def embedding(answer: Script) -> Callable[[Request], Answer]:
    """Give *answer* where embeddings are asked for, and do all else honestly."""

    def respond(request: Request) -> Answer:
        if not request.path.endswith("/embeddings"):
            return honest(request)
        return answer(request) if callable(answer) else answer

    return respond


def rows(request: Request) -> Answer:
    texts = request.body["input"]
    found = [{"index": n, "embedding": [1.0, len(text) % 7]} for n, text in enumerate(texts)]
    return raw(json.dumps({"data": found}).encode(), type="application/json")


def with_embeddings(folder: Path, server: FaultServer) -> Result:
    given = replace(settings(folder, server), stories=StorySettings(embeddings="e"))
    with open_bot(given, env={"OPENAI_API_KEY": KEY}) as bot:
        return bot.run(now=NOW, force=True)


def test_entries_are_embedded_in_one_call_and_never_twice(
    tmp_path: Path, fault_server: Start
) -> None:
    server = fault_server(embedding(rows))

    results = [with_embeddings(tmp_path, server) for _ in range(2)]

    assert [errors_of(result) for result in results] == [[], []]
    (asked,) = [each for each in server.requests if each.path.endswith("/embeddings")]
    assert asked.body["model"] == "e"
    assert len(asked.body["input"]) > 20
    assert not [each for each in results[0].report.notices if each.stage == "embed"]


@pytest.mark.parametrize(
    "answer",
    [status(401), web_page(200), Answer(drop=True), raw(b'{"data": []}', type="application/json")],
    ids=["401", "web page", "dropped", "no rows"],
)
def test_without_embeddings_words_decide_and_a_notice_says_so(
    answer: Answer, tmp_path: Path, fault_server: Start
) -> None:
    for folder in ("failing", "without"):
        (tmp_path / folder).mkdir()
    failing = with_embeddings(tmp_path / "failing", fault_server(embedding(answer)))
    without = made(tmp_path / "without", fault_server(honest))

    assert errors_of(failing) == []
    assert failing.post
    assert without.post
    assert failing.post.text == without.post.text
    (notice,) = failing.report.notices
    assert (notice.stage, notice.subject) == ("embed", "e")


def first(answers: dict[int, Answer], then: Script = honest) -> Callable[[Request], Answer]:
    """Give *answers* by the number of the request, and *then* for all others."""
    count = iter(range(10_000))
    turn = threading.Lock()

    def respond(request: Request) -> Answer:
        with turn:
            number = next(count)
        if number in answers:
            return answers[number]
        return then(request) if callable(then) else then

    return respond


def wrapped(before: str, after: str = "") -> Callable[[Request], Answer]:
    """An honest endpoint whose content has something around it."""

    def respond(request: Request) -> Answer:
        body = json.loads(honest(request).body)
        return say(before + body["choices"][0]["message"]["content"] + after)

    return respond


def cut_off(request: Request) -> Answer:
    body = json.loads(honest(request).body)
    return say(body["choices"][0]["message"]["content"][:60], finish="length")


RETOLD: dict[str, Script] = {
    "fenced JSON": wrapped("```json\n", "\n```"),
    "JSON after words": wrapped("好的，以下是结果：\n"),
    "a think block": wrapped('<think>Let me see: {"a": 1}\n</think>\n'),
    "no JSON mode": without_formats(honest),
    "JSON mode without schemas": without_formats(honest, "json_object"),
    "429 with Retry-After, once": first(
        {1: status(429, "slow down", headers={"Retry-After": "0.1"})}
    ),
    "502 with a web page, once": first({2: web_page()}),
    "a dropped connection, once": first({3: Answer(drop=True)}),
    "a body cut short, once": first({3: raw(b'{"choices": [', cut=5)}),
}


@pytest.mark.parametrize("script", RETOLD.values(), ids=RETOLD.keys())
def test_every_story_is_retold_in_spite_of(
    script: Script, tmp_path: Path, fault_server: Start
) -> None:
    result = made(tmp_path, fault_server(script))

    assert errors_of(result) == []
    assert result.report.by_model == len(result.summaries)


QUOTED: dict[str, Script] = {
    "always 500": status(500),
    "always a web page": web_page(200),
    "200 with an error": raw(b'{"error": {"message": "overloaded"}}'),
    "no choices": raw(b'{"id": "x", "object": "chat.completion", "choices": []}'),
    "no content": say(None),
    "nothing": say(""),
    "nonsense": say("lorem ipsum dolor"),
    "always cut off": cut_off,
    "the refusal field": refuse(),
    "a refusal in words": say("抱歉，作为AI语言模型，我无法完成您的请求。"),
    "the wrong language": say(
        json.dumps({"headline": "A model", "text": "The company released a model today. " * 5})
    ),
    "bytes that are not UTF-8": raw('{"choices": "é"}'.encode("latin-1")),
    "an unclosed think block": say("<think>hmm"),
    "an empty body": raw(b""),
}


@pytest.mark.parametrize("script", QUOTED.values(), ids=QUOTED.keys())
def test_a_valid_post_of_the_publishers_sentences_goes_out_in_spite_of(
    script: Script, tmp_path: Path, fault_server: Start
) -> None:
    result = made(tmp_path, fault_server(script))

    assert errors_of(result) == []
    assert result.report.by_model == 0
    assert result.report.notices


def test_a_rejected_key_is_said_at_once_and_asked_only_once(
    tmp_path: Path, fault_server: Start
) -> None:
    server = fault_server(
        status(401, f"Incorrect API key provided: {KEY}", error="invalid_api_key")
    )

    result = made(tmp_path, server)

    assert errors_of(result) == []
    assert len(server.requests) == 1
    said = " ".join(notice.reason for notice in result.report.notices)
    assert "OPENAI_API_KEY" in said


def test_on_failure_fail_publishes_nothing(tmp_path: Path, fault_server: Start) -> None:
    result = made(tmp_path, fault_server(status(500)), on_failure="fail")

    assert result.report.status is Status.FAILED
    assert not list((tmp_path / "posts").glob("*"))


def test_a_dead_endpoint_is_done_without(tmp_path: Path, fault_server: Start) -> None:
    server = fault_server()
    config = settings(tmp_path, server)
    server.__exit__(None, None, None)

    with open_bot(config, env={"OPENAI_API_KEY": KEY}) as bot:
        result = bot.run(now=NOW)

    assert errors_of(result) == []
    assert result.report.by_model == 0


def test_a_second_run_makes_no_call_and_leaves_the_bytes_as_they_are(
    tmp_path: Path, fault_server: Start
) -> None:
    server = fault_server(honest)
    path = made(tmp_path, server).report.path
    assert path
    before, calls = path.read_bytes(), len(server.requests)

    again = made(tmp_path, server)

    assert again.report.status is Status.ALREADY_THERE
    assert again.report.path == path
    assert path.read_bytes() == before
    assert len(server.requests) == calls


def test_a_forced_run_pays_nothing_again_and_gives_the_same_bytes(
    tmp_path: Path, fault_server: Start
) -> None:
    server = fault_server(honest)
    path = made(tmp_path, server).report.path
    assert path
    before, calls = path.read_bytes(), len(server.requests)

    with opened(tmp_path, server) as bot:
        again = bot.run(now=NOW, force=True)

    assert again.report.status is Status.PUBLISHED
    assert path.read_bytes() == before
    assert len(server.requests) == calls
    assert again.report.usage.cached == len(again.summaries) + 3


# --- the same against an endpoint that nobody here wrote ------------------------------


def told(content: dict[str, Any] | str, asked: str, **given: Any) -> dict[str, Any]:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return {"match": {"userMessage": asked}, "response": {"content": text} | given}


ORDER = told({"order": list(range(1, 11)), "off_topic": []}, "order、off_topic")
VERDICTS = told({"same": []}, "JSON：same")
RETELL = told(
    {"headline": "新模型今日上线", "text": SUMMARY, "evidence": [1]}, "headline、sentences"
)
EDITORIAL = told(
    {"lead": LEAD, "paragraphs": [PARAGRAPH] * 3, "categories": ["大模型"]}, "lead、paragraphs"
)
ERROR = {"error": {"message": "no", "type": "server_error"}}
REFUSAL = told("抱歉，我无法完成您的请求。", "headline、sentences")


def once(status: int, **given: Any) -> dict[str, Any]:
    """The first request of the run fails."""
    match = {"endpoint": "chat", "sequenceIndex": 0}
    return {"match": match, "response": ERROR | {"status": status} | given}


def broken(chaos: str) -> list[dict[str, Any]]:
    return [each | {"chaos": {chaos: 1}} for each in (ORDER, VERDICTS, RETELL, EDITORIAL)]


def wordy(before: str, after: str) -> list[dict[str, Any]]:
    return [
        {
            "match": each["match"],
            "response": {"content": before + each["response"]["content"] + after},
        }
        for each in (ORDER, VERDICTS, RETELL, EDITORIAL)
    ]


HONEST = [ORDER, VERDICTS, RETELL, EDITORIAL]
WITHOUT_JSON_MODE = [
    {"match": {"responseFormat": kind}, "response": ERROR | {"status": 400}}
    for kind in ("json_schema", "json_object")
]


@pytest.mark.parametrize(
    ("fixtures", "latency", "retold"),
    [
        (HONEST, 0.0, True),
        (HONEST, 0.5, True),
        ([once(429, retryAfter=1), *HONEST], 0.0, True),
        ([once(503), *HONEST], 0.0, True),
        (wordy("<think>嗯……{}</think>", ""), 0.0, True),
        (wordy("```json\n", "\n```"), 0.0, True),
        ([*WITHOUT_JSON_MODE, *HONEST], 0.0, True),
        (broken("disconnectRate"), 0.0, False),
        (broken("malformedRate"), 0.0, False),
        (
            [
                ORDER,
                VERDICTS,
                told("新模型", "headline、sentences", finishReason="length"),
                EDITORIAL,
            ],
            0.0,
            False,
        ),
        ([ORDER, VERDICTS, REFUSAL, EDITORIAL], 0.0, False),
        ([told("lorem ipsum", "JSON")], 0.0, False),
    ],
    ids=[
        "honest",
        "slow",
        "429 with Retry-After",
        "503",
        "think",
        "fenced",
        "no JSON mode",
        "dropped connections",
        "broken JSON",
        "cut off",
        "refusal",
        "nonsense",
    ],
)
def test_aimock_gets_a_valid_post_out_of_us(
    fixtures: list[dict[str, Any]],
    latency: float,
    retold: bool,
    tmp_path: Path,
    aimock: Callable[..., Any],
) -> None:
    server = aimock(fixtures, latency=latency)

    result = made(tmp_path, server)

    assert errors_of(result) == []
    assert result.report.by_model == (len(result.summaries) if retold else 0)
    if fixtures is HONEST:
        assert len(server.journal()) == len(result.summaries) + 3


# --- several runs ---------------------------------------------------------------------


def command(folder: Path, config: Path, *more: str) -> list[str]:
    run = [sys.executable, "-m", "digestbot", "run", str(config), "--now", NOW]
    return [*run, "--feeds", str(EXAMPLES / "feeds"), *more]


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI", "DIGESTBOT"))}
    return kept | {"OPENAI_API_KEY": KEY}


def test_of_two_runs_at_once_one_works_and_both_end_well(
    tmp_path: Path, fault_server: Start
) -> None:
    server = fault_server(honest, latency=0.3)
    config = settings(tmp_path, server).file
    assert config

    runs = [
        subprocess.Popen(
            command(tmp_path, config),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        for _ in range(2)
    ]
    ends = [run.communicate(timeout=60) for run in runs]

    assert [run.returncode for run in runs] == [0, 0], ends
    assert ends[0][0] == ends[1][0]
    posts = list((tmp_path / "posts").glob("*.md"))
    assert len(posts) == 1
    assert len(server.requests) <= 13


@pytest.mark.parametrize("after", [1, 4, 11])
def test_a_run_that_is_killed_leaves_no_post_and_the_next_carries_on(
    after: int, tmp_path: Path, fault_server: Start
) -> None:
    slow = threading.Event()

    def respond(request: Request) -> Answer:
        if len(server.requests) > after and not slow.is_set():
            return Answer(delay=20, drop=True)
        return honest(request)

    server = fault_server(respond)
    config = settings(tmp_path, server, concurrency=3).file
    assert config
    run = subprocess.Popen(
        command(tmp_path, config),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    deadline = time.monotonic() + 30
    while len(server.requests) <= after and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.3)
    run.send_signal(signal.SIGKILL)
    run.wait(timeout=10)
    slow.set()
    assert not list((tmp_path / "posts").glob("*.md"))
    paid = len(server.requests)

    done = subprocess.run(
        command(tmp_path, config), capture_output=True, text=True, env=environment(), check=False
    )

    assert done.returncode == 0, done.stderr
    (post,) = (tmp_path / "posts").glob("*.md")
    alone = tmp_path / "alone"
    alone.mkdir()
    undisturbed = made(alone, fault_server(honest)).report.path
    assert undisturbed
    assert post.read_bytes() == undisturbed.read_bytes()
    in_flight = 3
    assert len(server.requests) <= paid + 13 - after + in_flight


def test_the_key_is_in_no_report_log_or_file(tmp_path: Path, fault_server: Start) -> None:
    server = fault_server(
        status(401, f"Incorrect API key provided: {KEY}", error="invalid_api_key")
    )
    config = settings(tmp_path, server).file
    assert config

    done = subprocess.run(
        command(tmp_path, config, "--json", "-v"),
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert KEY not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert KEY.encode() not in file.read_bytes(), file
