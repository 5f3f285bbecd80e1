"""How alike texts are, and how groups are made of pairs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.similarity import Index, terms


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


def test_the_texts_that_share_the_rarest_words_are_nearest() -> None:
    index = Index(
        [
            "Lantern Labs raises money for chips",
            "A ferry to Meridian is late",
            "Meridian raises money for a ferry",
            "灯笼实验室融资",
            *(f"Nothing is told here {number}" for number in range(40)),
        ]
    )

    assert index.nearest("The ferry of Meridian raises its flag", most=2) == [2, 1]
    assert index.nearest("灯笼又融资了", most=5) == [3]
    assert index.nearest("nothing told here", most=5) == []
    assert index.nearest("", most=5) == []


@given(texts=st.lists(st.text(alphabet="ab 模型12", max_size=12)), text=st.text())
def test_every_text_is_near_itself_and_to_none_with_which_it_shares_no_word(
    texts: list[str], text: str
) -> None:
    index = Index([*texts, text])

    for place in index.nearest(text, most=100):
        assert set(terms(text)) & set(terms([*texts, text][place]))
    assert (len(texts) in index.nearest(text, most=100)) is bool(terms(text))
