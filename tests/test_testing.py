from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from builders import edition, feed
from digestbot.errors import ModelUnavailableError
from digestbot.model import Fetched, FetchStatus, Message, Record, Reply, Report, Status
from digestbot.ports import Executor, Fetcher, Model, Store
from digestbot.testing import MemoryStore, ScriptedModel, SerialExecutor, StaticFetcher

ASK = (Message(role="user", text="Sum up."),)


def test_the_fakes_satisfy_the_ports() -> None:
    fakes: tuple[Model, Store, Fetcher, Executor] = (
        ScriptedModel(),
        MemoryStore(),
        StaticFetcher({}),
        SerialExecutor(),
    )

    assert fakes[0].name == "scripted"


def test_a_scripted_model_says_json_texts_and_replies_and_raises_errors_in_turn() -> None:
    cut = Reply(text="{", finish="length")
    model = ScriptedModel({"标题": 1}, "as it is", cut, ModelUnavailableError("busy"))

    assert model.complete(ASK).text == '{"标题": 1}'
    assert model.complete(ASK, schema={}, fresh=True) == Reply(text="as it is")
    assert model.complete(ASK) is cut
    with pytest.raises(ModelUnavailableError):
        model.complete(ASK)
    assert model.requests == [ASK] * 4
    assert model.usage().calls == 4


def test_a_scripted_model_can_think_for_itself_from_some_turn_on() -> None:
    model = ScriptedModel("first", lambda messages: {"asked": messages[-1].text})

    answers = [model.complete(ASK).text for _ in range(3)]

    assert answers == ["first", '{"asked": "Sum up."}', '{"asked": "Sum up."}']


def test_a_scripted_model_that_is_asked_too_often_says_what_it_was_asked() -> None:
    model = ScriptedModel(name="m")

    with pytest.raises(AssertionError, match=r"model 'm' has no answer left .* 'Sum up\.'"):
        model.complete(ASK)
    with pytest.raises(AssertionError, match="request 2"):
        model.complete(())


def test_a_scripted_model_answers_threads_once_each() -> None:
    model = ScriptedModel(*map(str, range(200)))

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(lambda _: model.complete(ASK).text, range(200)))

    assert sorted(said, key=int) == [str(number) for number in range(200)]


def test_a_static_fetcher_gives_answers_records_and_failures_in_order() -> None:
    record = Record(title="T", url="https://n.test/1")
    unchanged = Fetched(feed=feed("old"), status=FetchStatus.UNCHANGED)
    fetcher = StaticFetcher(
        {feed("a").url: [record], feed("b").url: "timeout", feed("c").url: unchanged}
    )
    feeds = [feed("c"), feed("a"), feed("b"), feed("d")]

    answers = fetcher.fetch(feeds, states={})

    assert [a.feed for a in answers] == feeds
    assert [a.status.value for a in answers] == ["unchanged", "fetched", "failed", "failed"]
    assert answers[1].records == (record,)
    assert [a.reason for a in answers[2:]] == ["timeout", "no such feed"]
    assert fetcher.visited == [f.url for f in feeds]


def test_a_serial_executor_keeps_the_order() -> None:
    assert SerialExecutor().map(str, [2, 1]) == ["2", "1"]


def test_a_memory_store_shows_the_reports_it_was_given() -> None:
    store = MemoryStore()
    report = Report(edition=edition(), status=Status.DRY_RUN, started=edition().until)

    store.save_report(report)

    assert store.reports == [report]
