"""Whether a day is of the field whose editors we learned from."""

from __future__ import annotations

import pytest

from builders import cluster
from digestbot.stages.field import of_field, share_of_field


@pytest.mark.parametrize(
    ("title", "share"),
    [
        ("A new AI model", 1.0),
        ("国产AI芯片", 1.0),
        ("智能体平台上线", 1.0),
        ("Floods reach Rome", 0.0),
        ("Paid in full in Dubai", 0.0),
        ("央行下调利率", 0.0),
    ],
)
def test_a_title_names_the_field_in_either_language(title: str, share: float) -> None:
    assert share_of_field([cluster("a", title=title)]) == share


def test_a_few_titles_do_not_make_a_day_of_the_field() -> None:
    world = [cluster(str(n), title=f"Floods reach town {n}") for n in range(8)]
    ai = [cluster(f"ai{n}", title="A new AI model") for n in range(8)]

    assert of_field(ai + world)
    assert not of_field(ai[:2] + world)
    assert not of_field([])
