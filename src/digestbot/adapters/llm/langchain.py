"""Any LangChain chat model as a chat of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from digestbot.adapters.llm.answer import Answer
from digestbot.model import Message

if TYPE_CHECKING:
    from langchain_core.language_models.chat_models import BaseChatModel
    from langchain_core.messages import AIMessage

FINISHES = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "eos": "stop",
    "completed": "stop",
    "max_tokens": "length",
    "safety": "content_filter",
    "refusal": "content_filter",
}
"""Other vendors' words for OpenAI's ``finish_reason``."""


class LangChainChat:
    """Asks *model*, whatever vendor's it is."""

    def __init__(self, model: BaseChatModel) -> None:
        self._model = model

    def send(self, messages: Sequence[Message], parameters: Mapping[str, Any]) -> Answer:
        """Return the answer to one request; raises ``TypeError`` where parameters are unknown."""
        answer = self._model.invoke([(each.role, each.text) for each in messages], **parameters)
        counts = answer.usage_metadata
        return Answer(
            text=str(answer.text),
            finish=_finish(answer),
            refusal=str(answer.additional_kwargs.get("refusal") or ""),
            tokens=(counts["input_tokens"], counts["output_tokens"]) if counts else None,
        )


def _finish(answer: AIMessage) -> str:
    facts = answer.response_metadata
    said = str(facts.get("finish_reason") or facts.get("stop_reason") or "stop").lower()
    return FINISHES.get(said, said)
