"""How groups are made of pairs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.identity.groups import average_link


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
