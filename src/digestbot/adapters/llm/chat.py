"""A chat over the ``openai`` client, for every OpenAI-compatible endpoint.

It reads the answer's bytes itself: the client takes an HTML page for a text,
raises errors of three libraries for a cut body, and lets an endpoint that
trickles keep a call open for as long as it likes.
"""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Mapping, Sequence
from typing import Any

import openai

from digestbot.adapters.llm.answer import Answer
from digestbot.adapters.llm.failures import from_status, words_of
from digestbot.adapters.llm.settings import ModelSettings
from digestbot.errors import ModelUnavailableError
from digestbot.model import Message

CONNECT_TIMEOUT = 5.0
"""Seconds to reach the endpoint: a dead address costs seconds, whatever an answer may take."""

ANSWER_BYTES = 4_000_000
"""The largest answer that is read: a thousand times what is asked for."""

UNUSED_KEY = "none"
"""What is sent where an endpoint needs no key: the client insists on one."""


class OpenAIChat:
    """Asks one model at one endpoint; never retries, never streams.

    A temperature or a token limit that the endpoint turns down is left out,
    or sent under its newer name, from then on.
    """

    def __init__(self, client: openai.OpenAI, settings: ModelSettings) -> None:
        self._client = client
        self._settings = settings
        self._unwelcome: set[str] = set()

    def send(self, messages: Sequence[Message], parameters: Mapping[str, Any]) -> Answer:
        """Return the answer to one request; wishes that are None are left to the endpoint."""
        request: dict[str, Any] = {
            "model": self._settings.name,
            "messages": [{"role": each.role, "content": each.text} for each in messages],
            "temperature": self._settings.temperature,
            "max_tokens": self._settings.max_tokens,
            **parameters,
        }
        wishes = {name: value for name, value in request.items() if value is not None}
        return self._answer(self._send(wishes))

    def _send(self, request: dict[str, Any]) -> bytes:
        try:
            return self._receive(self._adapted(request))
        except openai.BadRequestError as error:
            unwelcome = _turned_down(error, request) - self._unwelcome
            if not unwelcome:
                raise
            self._unwelcome |= unwelcome
            return self._send(request)

    def _adapted(self, request: Mapping[str, Any]) -> dict[str, Any]:
        welcome = {name: value for name, value in request.items() if name not in self._unwelcome}
        if "max_tokens" in request and "max_tokens" in self._unwelcome:
            welcome["max_completion_tokens"] = request["max_tokens"]
        return welcome

    def _receive(self, request: dict[str, Any]) -> bytes:
        """The body of the answer, within the time and the size that an answer may take."""
        deadline = time.monotonic() + self._settings.timeout
        content = bytearray()
        create = self._client.chat.completions.with_streaming_response.create
        with create(**request) as response:
            for chunk in response.iter_bytes():
                content += chunk
                if time.monotonic() > deadline or len(content) > ANSWER_BYTES:
                    raise self._malformed("an answer without an end")
        return bytes(content)

    def _answer(self, content: bytes) -> Answer:
        body = self._body(content)
        try:
            choice = body["choices"][0]
            message = choice["message"]
            text = _text(message.get("content"))
        except (KeyError, IndexError, TypeError, AttributeError):
            raise self._malformed("JSON without a message") from None
        return Answer(
            text=text,
            finish=str(choice.get("finish_reason") or "stop").lower(),
            refusal=str(message.get("refusal") or ""),
            tokens=_tokens(body.get("usage")),
        )

    def _body(self, content: bytes) -> dict[str, Any]:
        try:
            body = json.loads(content)
        except ValueError:
            raise self._malformed(_what_it_is(content)) from None
        if not isinstance(body, dict):
            raise self._malformed("JSON that is no object")
        if body.get("error"):
            raise self._said_no(body["error"])
        return body

    def _said_no(self, error: Any) -> Exception:
        """The failure that an endpoint put into an answer with status 200."""
        facts = error if isinstance(error, dict) else {"message": error}
        code = facts.get("code")
        status = code if isinstance(code, int) and 400 <= code < 600 else None
        return from_status(
            status,
            words_of(facts),
            model=self._settings.name,
            key_variable=self._settings.key_variable,
            secret=self._settings.api_key,
        )

    def _malformed(self, what: str) -> ModelUnavailableError:
        return ModelUnavailableError(
            f"answered with {what}; is model.base_url right?", model=self._settings.name
        )


def openai_chat(settings: ModelSettings) -> OpenAIChat:
    """Return the chat for *settings*; its connections are closed when it is let go."""
    client = openai.OpenAI(
        api_key=settings.api_key or UNUSED_KEY,
        base_url=settings.base_url,
        timeout=openai.Timeout(settings.timeout, connect=min(CONNECT_TIMEOUT, settings.timeout)),
        max_retries=0,
    )
    _ = client.chat.completions  # loaded on first touch: now, not with the first call
    chat = OpenAIChat(client, settings)
    weakref.finalize(chat, client.close)
    return chat


def _turned_down(error: openai.BadRequestError, request: Mapping[str, Any]) -> set[str]:
    """Which wishes of *request* the endpoint's complaint is about."""
    said = f"{error.param} {error.message}"
    return {name for name in ("temperature", "max_tokens") if name in request and name in said}


def _text(content: Any) -> str:
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return content or ""


def _tokens(counts: Any) -> tuple[int, int] | None:
    """Token counts, where the endpoint gives some: zero is what those say that do not count."""
    if not isinstance(counts, dict):
        return None
    given, written = counts.get("prompt_tokens"), counts.get("completion_tokens")
    if not (isinstance(given, int) and isinstance(written, int) and given > 0):
        return None
    return given, written


def _what_it_is(content: bytes) -> str:
    if not content.strip():
        return "nothing at all"
    return (
        "a web page" if content.lstrip()[:1] == b"<" else "something that is not JSON, or was cut"
    )
