"""Any LangChain chat model as ours: its errors, its words for things, its ignorance of JSON."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from langchain_core.language_models.chat_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from digestbot.adapters.llm import Prices, open_langchain
from digestbot.errors import (
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
)
from digestbot.model import Message
from digestbot.testing import MemoryStore

ASK = (Message(role="user", text="hi"),)
SCHEMA = {"type": "object"}

Behaviour = Callable[[list[BaseMessage], dict[str, Any]], AIMessage]


class Chat(BaseChatModel):
    """A chat model of somebody else's."""

    model: str = "claude-x"
    temperature: float = 0.5
    behaviour: Any

    @property
    def _llm_type(self) -> str:
        return "elsewhere"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: Any = None,
        **kwargs: Any,
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=self.behaviour(messages, kwargs))])


class VendorError(Exception):
    """An error with whatever attributes a vendor gives it."""

    def __init__(self, text: str = "", **facts: Any) -> None:
        super().__init__(text)
        self.__dict__.update(facts)


class ReadTimeoutError(Exception):
    """Named like every vendor's."""


class APIConnectionError(Exception):
    """The same."""


def says(answer: AIMessage) -> Behaviour:
    return lambda messages, parameters: answer


def raises(error: Exception) -> Behaviour:
    def behave(messages: list[BaseMessage], parameters: dict[str, Any]) -> AIMessage:
        raise error

    return behave


def ask(behaviour: Behaviour, **given: Any) -> Any:
    asked = open_langchain(
        Chat(behaviour=behaviour), store=MemoryStore(), sleep=lambda seconds: None
    )
    return asked.complete(ASK, **given)


def test_its_name_and_its_token_counts_are_used() -> None:
    counts = {"input_tokens": 1_000_000, "output_tokens": 500_000, "total_tokens": 1_500_000}
    answer = AIMessage("hello", usage_metadata=counts)
    asked = open_langchain(
        Chat(behaviour=says(answer)), store=MemoryStore(), prices=Prices(input=2.0, output=4.0)
    )

    assert asked.complete(ASK).text == "hello"
    assert asked.name == "claude-x"
    assert asked.usage().cost == pytest.approx(4.0)
    assert repr(asked) == "RemoteModel('claude-x')"


def test_replies_are_kept_by_model_and_setting() -> None:
    store = MemoryStore()

    def opened(**given: Any) -> Any:
        return open_langchain(Chat(behaviour=says(AIMessage("hello")), **given), store=store)

    opened().complete(ASK)

    assert opened().complete(ASK).cached
    assert not opened(temperature=0.9).complete(ASK).cached


@pytest.mark.parametrize(
    ("facts", "finish"),
    [
        ({"stop_reason": "end_turn"}, "stop"),
        ({"stop_reason": "max_tokens"}, "length"),
        ({"finish_reason": "MAX_TOKENS"}, "length"),
        ({"finish_reason": "STOP"}, "stop"),
        ({"finish_reason": "tool_calls"}, "tool_calls"),
        ({}, "stop"),
    ],
    ids=str,
)
def test_other_words_for_the_end_are_understood(facts: dict[str, str], finish: str) -> None:
    assert ask(says(AIMessage("x", response_metadata=facts))).finish == finish


def test_content_in_blocks_is_text() -> None:
    blocks: list[str | dict[Any, Any]] = [
        {"type": "text", "text": "a"},
        {"type": "text", "text": "b"},
    ]

    assert ask(says(AIMessage(blocks))).text == "ab"


@pytest.mark.parametrize("reason", ["SAFETY", "refusal", "content_filter"])
def test_a_filter_is_a_refusal(reason: str) -> None:
    with pytest.raises(ModelRefusedError, match="filter"):
        ask(says(AIMessage("", response_metadata={"finish_reason": reason})))


def test_a_model_that_does_not_know_response_format_is_asked_without() -> None:
    seen: list[dict[str, Any]] = []

    def strict(messages: list[BaseMessage], parameters: dict[str, Any]) -> AIMessage:
        seen.append(parameters)
        if parameters:
            raise TypeError("create() got an unexpected keyword argument 'response_format'")
        return AIMessage("{}")

    assert ask(strict, schema=SCHEMA).text == "{}"
    assert [len(parameters) for parameters in seen] == [1, 1, 0]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (VendorError("busy", status_code=529), ModelUnavailableError),
        (VendorError("busy", code=503), ModelUnavailableError),
        (VendorError("no", http_status=401), ModelRejectedError),
        (VendorError("no", response=SimpleNamespace(status_code=401)), ModelRejectedError),
        (VendorError("long", status_code=413), ModelRefusedError),
        (VendorError("odd", code="E42"), ModelUnavailableError),
        (ReadTimeoutError(), ModelUnavailableError),
        (APIConnectionError("refused"), ModelUnavailableError),
        (ConnectionResetError("gone"), ModelUnavailableError),
        (ModelRefusedError("ours already"), ModelRefusedError),
        (ZeroDivisionError("a bug"), ModelUnavailableError),
    ],
    ids=str,
)
def test_any_vendors_failure_becomes_one_of_ours(error: Exception, kind: type[ModelError]) -> None:
    with pytest.raises(kind):
        ask(raises(error))


def test_a_rejection_names_the_key_the_model_was_built_with() -> None:
    with pytest.raises(ModelRejectedError, match="built with"):
        ask(raises(VendorError("no", status_code=401)))


def test_a_long_complaint_is_cut() -> None:
    with pytest.raises(ModelUnavailableError) as caught:
        ask(raises(VendorError("very " * 100)))

    assert len(str(caught.value)) < 300
