"""Near-equal strings among many: exact where it says so, and linear whatever comes."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.identity.copies import copy_groups, near_identical
from digestbot.text.identity.shingling import Shingled
from digestbot.text.similarity import jaccard, shingles

KEYS = st.lists(st.text(alphabet="abcd", max_size=12), max_size=12)


@given(KEYS, st.sampled_from([0.3, 0.5, 0.6, 0.8]))
def test_what_is_found_has_the_jaccard_it_is_said_to_have(keys: list[str], least: float) -> None:
    a, b, alike = Shingled(keys).near(least=least)

    for x, y, said in zip(a.tolist(), b.tolist(), alike.tolist(), strict=True):
        one, other = (shingles(keys[place].ljust(3, "_")) for place in (x, y))
        assert said == pytest.approx(jaccard(one, other))
        assert said >= least
        assert x < y


def test_nearly_all_near_copies_are_found() -> None:
    words = [f"word{number * 7919 % 10007}" for number in range(2000)]
    titles = [" ".join(words[at : at + 8]) for at in range(0, 1992, 8)]
    copies = [title[:-3] for title in titles]

    a, b, _ = Shingled([*titles, *copies]).near(least=0.6)

    found = set(zip(a.tolist(), b.tolist(), strict=True))
    wanted = {(place, place + len(titles)) for place in range(len(titles))}
    assert len(wanted & found) >= 0.99 * len(wanted)


def test_a_thousand_copies_make_no_million_pairs() -> None:
    keys = ["the same words again and again"] * 1000

    a, _, _ = Shingled(keys).near(least=0.6)

    assert 999 <= len(a) <= 2000


@pytest.mark.parametrize("keys", [[], [""], ["", ""], ["a"], ["\ud800x"], ["x" * 100_000, "x"]])
def test_odd_strings_are_no_trouble(keys: list[str]) -> None:
    Shingled(keys).near(least=0.6)


def test_copies_are_one_group_however_they_are_set() -> None:
    titles = [
        "Acme opens a plant for electric ferries in Ohio - Reuters",
        "Harbour seals return to the river after forty years",
        "ACME opens a plant for electric ferries in Ohio!",
        "Acme opens a plant for electric ferries in Ohio next year",
        "今日最佳",
        "今日最佳",
    ]

    assert copy_groups(titles) == [[0, 2, 3], [1], [4], [5]]


@given(
    st.lists(st.sampled_from(["Acme buys Beta", "Acme sells Beta", "今日", "x", ""]), max_size=9)
)
def test_every_title_is_in_just_one_group(titles: list[str]) -> None:
    groups = copy_groups(titles)

    assert sorted(place for group in groups for place in group) == list(range(len(titles)))
    assert all(a < b for a, b in near_identical(titles))
    joined = {pair for group in groups for pair in combinations(group, 2)}
    assert {pair for pair, likeness in near_identical(titles).items() if likeness == 1} <= joined


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("石家庄一确诊病例曾在神木拉煤，神木市回应", "石家庄确一诊病例曾在神木拉煤，神木市回应"),
        ("她是53岁的清纯玉女，至今未婚，00后也为她心动", "她是53岁的清纯玉女，至今未婚…"),
        ("Meridian pulls out of merger talks with Acme", "Meridian pulls out of merger ta..."),
    ],
    ids=["letters exchanged", "cut off before a figure", "cut off"],
)
def test_a_slip_or_a_title_that_says_it_is_cut_is_a_copy(one: str, other: str) -> None:
    assert set(near_identical([one, other])) == {(0, 1)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("雷鸟夺冠：国内消费级市场销量增幅109%", "雷鸟夺冠：国内消费级市场销量增幅10…"),
        ("公司称产品今年不会涨价，请用户放心", "公司称产品今年会涨价，请用户放心"),
        ("Acme to cut 15 posts in its Paris office", "Acme to cut 51 posts in its Paris office"),
        ("Meridian pulls out of merger talks with Acme", "Meridian pulls out"),
    ],
    ids=["cut inside a figure", "not", "digits exchanged", "another title"],
)
def test_a_title_that_may_say_another_thing_is_no_copy(one: str, other: str) -> None:
    assert not near_identical([one, other])
