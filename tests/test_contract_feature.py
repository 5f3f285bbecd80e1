"""The contract of features is read key by key, and says what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from digestbot.errors import FormatError
from digestbot.library import FORMATS, feature_names, is_feature, load_feature, load_format

HOUSE = (FORMATS / "feature" / "format.toml").read_text(encoding="utf-8")


def written(folder: Path, contract: str) -> str:
    place = folder / "mine"
    place.mkdir()
    (place / "format.toml").write_text(contract, encoding="utf-8")
    (place / "post.md.j2").write_text("{{ hook }}", encoding="utf-8")
    return str(place)


def test_the_house_has_one_in_two_languages() -> None:
    format = load_feature("feature")

    assert feature_names() == ["feature"]
    assert sorted(format.locales) == ["en", "zh"]
    assert format.locale("zh").original("en") == "英文原文："
    assert format.locale("zh").original("xx") == "外文原文："
    assert format.mark == "## "


def test_it_is_no_format_of_editions_nor_they_of_it(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="`digestbot read` makes it"):
        load_format("feature")
    with pytest.raises(FormatError, match="of a feature must be"):
        load_feature("daily")
    with pytest.raises(FormatError, match="no format 'none'"):
        load_feature("none")
    assert not is_feature(written(tmp_path, "parts = 3"))


def test_a_language_that_it_does_not_speak_is_told() -> None:
    with pytest.raises(FormatError, match=r"no language 'fr' \(it has: en, zh\)"):
        load_feature("feature").locale("fr")


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [
        ('"close", "transcript"]', '"close"]', "parts of a feature must be"),
        ('source = "{source}"', 'source = "{cover}"', "names none of title, date, source"),
        ("heading_level = 2", "heading_level = 6", "heading_level must be one of"),
        ("原文：{link}", "原文", "source_line must hold {link} once"),
        ("第{number}部分", "部分", "numbered must hold {number} once"),
        ("hook = [40, 240]", "hook = [240, 40]", r"hook must be a pair"),
        ("close = [20, 240]\n", "", "close is missing"),
        ("close = [20, 240]\n", "close = [20, 240]\nclosing = [1, 2]\n", "is it 'close'?"),
        ('transcript = "完整实录"\n', 'transcript = "x"\nend = "y"\n', "headings.end is unknown"),
    ],
)
def test_a_key_that_is_wrong_is_named(was: str, becomes: str, reason: str, tmp_path: Path) -> None:
    assert was in HOUSE

    with pytest.raises(FormatError) as raised:
        load_feature(written(tmp_path, HOUSE.replace(was, becomes, 1)))

    assert reason in str(raised.value)
