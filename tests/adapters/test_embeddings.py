"""Embeddings from an endpoint on loopback, and from a library on this machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from digestbot.adapters.embeddings import LocalEmbedder, RemoteEmbedder
from digestbot.adapters.llm import ModelSettings
from digestbot.errors import ConfigError, ModelError, ModelRejectedError
from fault_server import Answer, FaultServer, raw, say, status, web_page

Start = Callable[..., FaultServer]
Install = Callable[[str, str], None]
KEY = "sk-canary-1234567890abcdef"


def rows(*data: Any) -> Answer:
    body = {"object": "list", "model": "e", "data": list(data)}
    return raw(json.dumps(body).encode(), type="application/json")


def row(index: int, *values: Any) -> dict[str, Any]:
    return {"object": "embedding", "index": index, "embedding": list(values)}


def remote(server: FaultServer) -> RemoteEmbedder:
    settings = ModelSettings(
        name="m", base_url=server.base_url, api_key=KEY, key_variable="KEY", timeout=5
    )
    return RemoteEmbedder("e", settings)


def test_rows_come_in_the_order_of_the_texts(fault_server: Start) -> None:
    server = fault_server(rows(row(1, 0.5, 1.5), row(0, 1, 2)))

    assert remote(server).embed(["a", "b"]) == [[1, 2], [0.5, 1.5]]
    (request,) = server.requests
    assert request.path == "/v1/embeddings"
    assert request.body["model"] == "e"
    assert request.body["input"] == ["a", "b"]


def test_a_row_that_is_missing_or_no_numbers_is_none(fault_server: Start) -> None:
    server = fault_server(rows(row(0, 1.0), row(2, "x"), {"index": 3, "embedding": "AAAA"}))

    assert remote(server).embed(["a", "b", "c", "d"]) == [[1.0], None, None, None]


@pytest.mark.parametrize(
    "answer",
    [
        status(401, f"Incorrect API key provided: {KEY}", error="invalid_api_key"),
        status(404, "no such model"),
        status(503),
        web_page(200),
        say("hello"),
        raw(b"[]", type="application/json"),
        Answer(drop=True),
    ],
    ids=["401", "404", "503", "web page", "chat", "list", "dropped"],
)
def test_a_failure_is_a_model_error_without_the_key(answer: Answer, fault_server: Start) -> None:
    with pytest.raises(ModelError) as caught:
        remote(fault_server(answer)).embed(["a"])

    assert caught.value.reason
    assert KEY not in str(caught.value)
    assert caught.value.__cause__ is None


def test_what_passes_is_asked_again(fault_server: Start) -> None:
    server = fault_server(status(503), rows(row(0, 1.0)))

    assert remote(server).embed(["a"]) == [[1.0]]
    assert len(server.requests) == 2


MODEL2VEC = """
class StaticModel:
    @classmethod
    def from_pretrained(cls, name):
        if name == "absent":
            raise OSError("no such folder")
        return cls()

    def encode(self, texts):
        return [(len(text), 1) for text in texts]
"""

SENTENCE_TRANSFORMERS = """
class SentenceTransformer:
    def __init__(self, name):
        self.size = len(name)

    def encode(self, texts):
        return [[self.size] for text in texts]
"""


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a library of this name where Python finds it."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(name: str, source: str) -> None:
        (tmp_path / f"{name}.py").write_text(source)
        monkeypatch.delitem(sys.modules, name, raising=False)

    yield install
    for name in ("model2vec", "sentence_transformers"):
        sys.modules.pop(name, None)


def test_a_local_model_is_loaded_once_by_the_library_that_is_there(
    installed: Install,
) -> None:
    installed("sentence_transformers", SENTENCE_TRANSFORMERS)
    assert LocalEmbedder("four").embed(["a"]) == [[4.0]]

    installed("model2vec", MODEL2VEC)
    embedder = LocalEmbedder("small")
    assert embedder.name == "local:small"
    assert embedder.embed(["a", "bb"]) == [[1.0, 1.0], [2.0, 1.0]]


def test_a_local_model_that_cannot_be_loaded_says_why(
    installed: Install,
) -> None:
    installed("model2vec", MODEL2VEC)

    with pytest.raises(ModelRejectedError, match="cannot be loaded: no such folder"):
        LocalEmbedder("absent").embed(["a"])


def test_without_a_library_a_local_model_is_refused_with_the_way_out() -> None:
    with pytest.raises(ConfigError, match="pip install model2vec"):
        LocalEmbedder("small")
