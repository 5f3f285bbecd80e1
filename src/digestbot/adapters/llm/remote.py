"""The model port over an endpoint: cache, retries, circuit breaker, usage."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

import tenacity

from digestbot.adapters.llm.answer import Answer, Chat
from digestbot.adapters.llm.breaker import Breaker
from digestbot.adapters.llm.failures import as_model_error
from digestbot.adapters.llm.ladder import Descent, Ladder
from digestbot.adapters.llm.meter import Meter
from digestbot.adapters.llm.settings import Prices
from digestbot.errors import ModelError, ModelRefusedError, ModelUnavailableError
from digestbot.model import Message, Reply, Usage
from digestbot.ports import Store

CACHE_VERSION = "1"
"""Part of each reply's key: a change here makes every kept reply unknown."""

FIRST_WAIT = 0.5
LONGEST_WAIT = 8.0
"""Seconds before a retry where the endpoint names none; doubled each time, with jitter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a model is asked: how often, how patiently, and what errors may advise."""

    attempts: int = 3
    patience: float = 30.0
    prices: Prices | None = None
    key_variable: str = ""
    secret: str = field(default="", repr=False)
    """The key, so that it can be taken out of what endpoints say."""
    sleep: Callable[[float], None] = time.sleep


class RemoteModel:
    """Asks the chat that *make* returns, which is built at the first call.

    Every reply that is complete is kept in the store under a hash of
    *identity* (which model, where, how it is set), messages and schema.
    """

    def __init__(
        self,
        make: Callable[[], Chat],
        *,
        name: str,
        identity: str,
        store: Store,
        manners: Manners | None = None,
    ) -> None:
        self.name = name
        self._make = make
        self._identity = identity
        self._store = store
        self._manners = manners or Manners()
        self._chat: Chat | None = None
        self._building = Lock()
        self._ladder = Ladder()
        self._breaker = Breaker(name)
        self._meter = Meter(self._manners.prices)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"

    def warm_up(self) -> None:
        """Load the libraries and build the chat model now, for example beside the fetching."""
        import langchain_core.prompts  # noqa: F401 - what the prompts will be filled with

        self._built()

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Mapping[str, Any] | None = None,
        fresh: bool = False,
    ) -> Reply:
        """Return the kept reply, or the model's; raises a ``ModelError`` after the retries."""
        key = self._key(messages, schema)
        kept = None if fresh else self._store.reply(key)
        if kept:
            self._meter.kept()
            return replace(kept, cached=True)
        reply = self._asked(messages, schema)
        if reply.finish == "stop" and reply.text.strip():
            self._store.save_reply(key, reply)
        return reply

    def usage(self) -> Usage:
        """Return what has been used so far; every request sent is a call."""
        return self._meter.usage()

    # --- one call -------------------------------------------------------------

    def _asked(self, messages: Sequence[Message], schema: Mapping[str, Any] | None) -> Reply:
        self._breaker.check()
        descent = self._ladder.descend(schema)
        try:
            reply = self._retrying()(self._attempt, messages, descent)
        except ModelError as error:
            self._breaker.failed(error)
            raise
        self._breaker.succeeded()
        return reply

    def _retrying(self) -> tenacity.Retrying:
        return tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self._manners.attempts)
            | tenacity.stop_before_delay(self._manners.patience),
            wait=_wait,
            retry=tenacity.retry_if_exception(self._worth_retrying),
            sleep=self._manners.sleep,
            reraise=True,
        )

    def _worth_retrying(self, error: BaseException) -> bool:
        return isinstance(error, ModelError) and error.retryable and not self._breaker.given_up

    def _attempt(self, messages: Sequence[Message], descent: Descent) -> Reply:
        self._breaker.check()
        try:
            answer = descent.ask(lambda parameters: self._sent(messages, parameters))
        except Exception as error:  # noqa: BLE001 - any vendor's failure becomes one of ours
            # Not `from error`: what an endpoint echoes there may hold the key.
            raise self._ours(error) from None
        return self._reply(messages, answer)

    def _sent(self, messages: Sequence[Message], parameters: dict[str, Any]) -> Answer:
        chat = self._built()
        self._meter.request()
        return chat.send(messages, parameters)

    def _built(self) -> Chat:
        with self._building:
            if self._chat is None:
                self._chat = self._make()
            return self._chat

    def _ours(self, error: Exception) -> ModelError:
        return as_model_error(
            error,
            model=self.name,
            key_variable=self._manners.key_variable,
            secret=self._manners.secret,
        )

    def _reply(self, messages: Sequence[Message], answer: Answer) -> Reply:
        self._meter.answer(messages, answer.text, counted=answer.tokens)
        declined = answer.refusal and not answer.text.strip()
        if answer.finish == "content_filter" or declined:
            said = answer.refusal or "stopped by the endpoint's filter"
            raise ModelRefusedError(f"the model declined: {said[:200]}", model=self.name)
        return Reply(text=answer.text, finish=answer.finish)

    def _key(self, messages: Sequence[Message], schema: Mapping[str, Any] | None) -> str:
        facts = [
            CACHE_VERSION,
            self._identity,
            [[message.role, message.text] for message in messages],
            schema and dict(schema),
        ]
        line = json.dumps(facts, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()


_backoff = tenacity.wait_exponential(
    multiplier=FIRST_WAIT, max=LONGEST_WAIT
) + tenacity.wait_random(0, FIRST_WAIT)


def _wait(state: tenacity.RetryCallState) -> float:
    """What the endpoint asked for if that is longer than our own backoff."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ModelUnavailableError) else None
    return max(_backoff(state), asked or 0.0)
