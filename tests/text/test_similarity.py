"""How alike texts are, and how groups are made of pairs."""

from __future__ import annotations

import pytest

from digestbot.text.similarity import (
    cosine,
    cosines,
    rarity,
    terms,
    vector,
)


def test_terms_are_words_without_endings_and_pairs_of_han() -> None:
    assert terms("OpenAI launches GPT-5.5 for the 模型大") == [
        "openai",
        "launch",
        "gpt-5.5",
        "模型",
        "型大",
    ]
    assert terms("Nvidia's chips") == terms("nvidia chip")
    assert terms("一 is") == ["一"]


def test_rare_words_weigh_more() -> None:
    documents = [["ai", "stripe"], ["ai", "openrouter"], ["ai", "stripe"], ["ai", "else"]]
    idf = rarity(documents)
    vectors = [vector(document, idf) for document in documents]

    assert cosine(vectors[0], vectors[2]) == pytest.approx(1)
    assert 0 < cosine(vectors[0], vectors[1]) < 0.3
    assert set(cosines(vectors, least=0.5)) == {(0, 2)}
    assert vector([], idf) == {}
