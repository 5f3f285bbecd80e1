"""What a chat gives for one request, whichever library asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from digestbot.model import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer. ``finish`` is OpenAI's word for how it ended.

    ``tokens`` are those given and those written; None where nobody counted.
    """

    text: str
    finish: str = "stop"
    refusal: str = ""
    tokens: tuple[int, int] | None = None


class Chat(Protocol):
    """One model at one endpoint. It raises whatever its library raises."""

    def send(self, messages: Sequence[Message], parameters: Mapping[str, Any]) -> Answer:
        """Return the answer to one request with these further *parameters*."""
