"""Names of the field are known in both scripts."""

from __future__ import annotations

import pytest

from digestbot.text.aliases import Aliases, shipped


def test_a_chinese_name_knows_its_latin_ones_and_the_other_way_round() -> None:
    assert "Nvidia" in shipped().of_han("英伟达")
    assert "辉达" in shipped().of_han("英伟达")
    assert "英伟达" in shipped().of_latin("NVIDIA")
    assert shipped().of_latin("Nobody") == ()


def test_names_are_found_where_they_stand_the_longest_first() -> None:
    text = "印度尼西亚与苹果公司谈妥，马斯克未出席"

    found = [(name.text, text[name.start : name.end]) for name in shipped().in_han(text)]

    assert found == [(each, each) for each in ("印度尼西亚", "苹果公司", "马斯克")]


@pytest.mark.parametrize("text", ["提高通过率", "北京东城区", "升华为一种信念", "三星级酒店"])
def test_a_word_in_which_a_name_stands_by_chance_is_none(text: str) -> None:
    assert list(shipped().in_han(text)) == []


def test_countries_are_told_apart_for_a_report_may_imply_them() -> None:
    assert [name.is_place for name in shipped().in_han("美国的微软")] == [True, False]


def test_a_users_names_are_added_whichever_script_comes_first() -> None:
    known = Aliases({"潮汐智能": ["Tidal AI"], "Lantern": ["灯塔实验室"], "英伟达": ["NVDA"]})

    assert known.of_han("潮汐智能") == ("Tidal AI",)
    assert known.of_latin("lantern") == ("灯塔实验室",)
    assert {"Nvidia", "NVDA"} <= set(known.of_han("英伟达"))
    assert Aliases({"Tidal": ["Tidal AI"]}).of_latin("Tidal") == ()
