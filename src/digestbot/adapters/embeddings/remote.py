"""Embeddings of an OpenAI-compatible endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

from digestbot.adapters.llm.failures import as_model_error
from digestbot.adapters.llm.settings import ModelSettings
from digestbot.errors import ModelUnavailableError
from digestbot.ports import Row

if TYPE_CHECKING:
    import openai

CONNECT_TIMEOUT = 5.0
"""Seconds to reach the endpoint."""

RETRIES = 2
"""Further attempts at what may pass, with the client's own back-off."""


class RemoteEmbedder:
    """Embeds with the model called *name* where and as whom *settings* say.

    A row that the endpoint does not give is None.
    """

    def __init__(self, name: str, settings: ModelSettings) -> None:
        self.name = name
        self._settings = settings
        self._client: openai.OpenAI | None = None
        self._building = Lock()

    def embed(self, texts: Sequence[str]) -> list[Row | None]:
        """Return a row for each text; raises a ``ModelError``."""
        try:
            answer = self._built().embeddings.create(
                model=self.name, input=list(texts), encoding_format="float"
            )
            found = {each.index: each.embedding for each in answer.data}
        except Exception as error:  # noqa: BLE001 - any failure of the client becomes one of ours
            # Not `from error`: what an endpoint echoes there may hold the key.
            raise self._ours(error) from None
        return [_row(found.get(place)) for place in range(len(texts))]

    def _built(self) -> openai.OpenAI:
        with self._building:
            if self._client is None:
                import openai

                timeout = self._settings.timeout
                self._client = openai.OpenAI(
                    api_key=self._settings.api_key or "none",
                    base_url=self._settings.base_url,
                    timeout=openai.Timeout(timeout, connect=min(CONNECT_TIMEOUT, timeout)),
                    max_retries=RETRIES,
                )
            return self._client

    def _ours(self, error: Exception) -> Exception:
        if isinstance(error, (AttributeError, TypeError, ValueError)):
            # The client hands over whatever it was sent.
            return ModelUnavailableError("answered with no embeddings", model=self.name)
        return as_model_error(
            error,
            model=self.name,
            key_variable=self._settings.key_variable,
            secret=self._settings.api_key,
        )


def _row(values: Any) -> Row | None:
    """*values* as they came, if they are a row of numbers at all."""
    if not isinstance(values, list):
        return None
    numbers = [value for value in values if isinstance(value, int | float)]
    return numbers if numbers and len(numbers) == len(values) else None
