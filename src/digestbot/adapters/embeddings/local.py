"""Embeddings of a model on this machine: model2vec's, or else sentence-transformers'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any

from digestbot.errors import ConfigError, ModelRejectedError
from digestbot.ports import Row

LIBRARIES = {
    "model2vec": ("StaticModel", "from_pretrained"),
    "sentence_transformers": ("SentenceTransformer", ""),
}
"""The libraries that can load a model, the small one first: its class, and what makes one."""


class LocalEmbedder:
    """Embeds with the model called *name*, which is loaded at the first call.

    Raises ``ConfigError`` at once where no library is there to load it.
    """

    def __init__(self, name: str) -> None:
        self.name = f"local:{name}"
        self._model_name = name
        self._make = _maker()
        self._model: Any = None
        self._loading = Lock()

    def embed(self, texts: Sequence[str]) -> list[Row | None]:
        """Return a row for each text; raises ``ModelRejectedError`` if the model cannot be had."""
        model = self._loaded()
        return [[float(value) for value in row] for row in model.encode(list(texts))]

    def _loaded(self) -> Any:
        with self._loading:
            if self._model is None:
                try:
                    self._model = self._make(self._model_name)
                except Exception as error:  # any library's failure to find or read its files
                    reason = f"the embedding model cannot be loaded: {error}"
                    raise ModelRejectedError(reason, model=self.name) from error
            return self._model


def _maker() -> Callable[[str], Any]:
    for library, (kind, maker) in LIBRARIES.items():
        if find_spec(library):
            loaded = getattr(import_module(library), kind)
            return getattr(loaded, maker) if maker else loaded  # type: ignore[no-any-return]
    raise ConfigError(
        "stories.embeddings",
        "a local model needs model2vec or sentence-transformers: pip install model2vec",
    )
