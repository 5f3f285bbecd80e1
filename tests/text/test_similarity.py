"""How alike texts are, and how groups are made of pairs."""

from __future__ import annotations

from digestbot.text.similarity import (
    terms,
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
