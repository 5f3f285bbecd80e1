"""How alike texts are, and how groups are made of pairs."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.similarity import (
    average_link,
    cosine,
    cosines,
    jaccard,
    near_copies,
    rarity,
    shingles,
    terms,
    vector,
)

KEYS = st.lists(st.text(alphabet="abcd", max_size=9), max_size=12)


@given(KEYS, st.sampled_from([0.3, 0.5, 0.6, 0.8]))
def test_the_index_finds_every_pair_that_comparing_all_would_find(
    keys: list[str], least: float
) -> None:
    found = near_copies(keys, least=least)

    sets = [shingles(key) for key in keys]
    expected = {
        (a, b) for a, b in combinations(range(len(keys)), 2) if jaccard(sets[a], sets[b]) >= least
    }
    assert set(found) == expected


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


def test_a_chain_of_links_joins_nothing() -> None:
    chain = {(0, 1): 0.6, (1, 2): 0.6, (2, 3): 0.6}

    assert average_link(4, chain, least=0.5) == [[0, 1], [2, 3]]


def test_what_is_alike_all_round_becomes_one_group() -> None:
    links = {(0, 1): 0.9, (0, 2): 0.7, (1, 2): 0.5, (3, 4): 0.4}

    assert average_link(5, links, least=0.5) == [[0, 1, 2], [3], [4]]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
        st.floats(0.1, 1),
    )
)
def test_every_place_is_in_one_group(links: dict[tuple[int, int], float]) -> None:
    groups = average_link(8, links, least=0.5)

    assert sorted(place for group in groups for place in group) == list(range(8))
