"""The library: formats and prompts are found, read, and held to their shape."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from digestbot import library
from digestbot.contract import Range, day_printed, printed_day
from digestbot.errors import FormatError, PromptError
from digestbot.library import PHRASES, format_names, load_format, load_prompt


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the format, to be changed."""
    shutil.copytree(library.FORMATS / "daily", tmp_path / "mine")
    return tmp_path / "mine"


def change(folder: Path, was: str, becomes: str) -> None:
    path = folder / "format.toml"
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")


def test_the_daily_format_speaks_chinese_and_english() -> None:
    format = load_format("daily")

    assert format_names() == ["daily", "magazine", "monthly", "weekly"]
    assert sorted(format.locales) == ["en", "zh"]
    assert format.locale("zh").title_of(date(2026, 6, 1)) == "2026.06.01 全球AI新闻速递"
    assert format.locale("en").title_of(date(2026, 6, 1)) == "2026.06.01 Global AI News Brief"
    assert format.locale("zh").limits.items == Range(min=8, max=14)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_locale_has_every_phrase_and_a_default_among_its_categories(language: str) -> None:
    locale = load_format("daily").locale(language)

    assert set(locale.phrases) == set(PHRASES)
    assert locale.default_category in {category.name for category in locale.categories}
    assert 10 <= len(locale.categories) <= 12
    assert all(category.keywords for category in locale.categories)
    assert locale.phrase("headline_only", source="S", when=date(2026, 6, 1)).startswith("S")
    assert "3" in locale.phrase("lead_open", count=3, sources=2, date=date(2026, 6, 1))


def test_a_phrase_without_its_value_is_an_error() -> None:
    with pytest.raises(FormatError, match="no phrase or value 'sources' for 'also_reported'"):
        load_format("daily").locale("zh").phrase("also_reported")


def test_a_language_it_does_not_speak_is_an_error() -> None:
    with pytest.raises(FormatError, match=r"has no language 'fr' \(it has: en, zh\)"):
        load_format("daily").locale("fr")


def test_the_locale_of_a_title_is_told_by_its_pattern() -> None:
    format = load_format("daily")

    chinese = format.locale_of_title("2026.06.01 全球AI新闻速递")
    assert chinese is not None
    assert chinese.language == "zh"
    assert format.locale_of_title("2026.6.1 全球AI新闻速递") is None


@pytest.mark.parametrize("day", [date(1, 1, 1), date(2024, 2, 29), date(9999, 12, 31)])
def test_a_printed_day_is_read_back(day: date) -> None:
    assert day_printed("%d/%m %Y (x)", printed_day("%d/%m %Y (x)", day)) == day


def test_a_day_that_is_none_is_not_read() -> None:
    assert day_printed("%Y%m%d.md", "20250230.md") is None
    assert day_printed("%Y%m%d.md", "20250203xmd") is None


def test_a_format_of_your_own_is_a_folder(folder: Path) -> None:
    change(folder, 'commentary = "点评"', 'commentary = "编者按"')

    format = load_format(str(folder))

    assert (format.name, format.locale("zh").heading) == ("mine", "编者按")


@pytest.mark.parametrize("name", ["yearly", "", "./nowhere", "../formats"])
def test_a_format_that_is_not_there_is_an_error_that_lists_ours(name: str) -> None:
    with pytest.raises(
        FormatError, match=r"no format .*format\.toml \(we have: daily, magazine, monthly, weekly\)"
    ):
        load_format(name)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("final_newline = false", 'final_newline = "no"', "final_newline must be true or false"),
        ("final_newline = false", "final_newlin = false", "final_newline is missing"),
        ("item_gap = 1", "item_gap = 5", r"layout.item_gap must be one of \(1, 2\), not 5"),
        ("item_gap = 1", "item_gap = true", "layout.item_gap must be one of"),
        ("item_gap = 1", "item_gap = 1\nitem_gapp = 1", "item_gapp is unknown; is it 'item_gap'?"),
        ("item_gap = 1", "item_gap = 1\nzzz = 1", "layout.zzz is unknown$"),
        ("[8, 14]", "[14, 8]", r"languages.zh.limits.items must be a pair \[least, most\]"),
        ("[8, 14]", "[8]", "languages.zh.limits.items must be a pair"),
        ("[8, 14]", "8", "languages.zh.limits.items must be a list|must be a pair"),
        ("%Y%m%d.md", "%Y%m%d-%H.md", "file_name must hold %Y, %m and %d once each"),
        ('default_category = "产业动态"', 'default_category = "体育"', "default_category must be"),
        ("refusals = [\n", "refusals = [ 1,\n", "languages.zh.refusals must be a list of texts"),
        ('name = "大模型"', "name = 3", "languages.zh.categories.1.name must be a text, not 3"),
        ("[layout]", "[layou]", "layout is missing"),
        ("lead_close", "lead_clos", "languages.zh.phrases.lead_close is missing"),
        ("[languages.zh.phrases]", "[languages.zh]", "format.toml: "),
        ("other = ", "others = ", "languages.zh.originals.other is missing"),
        ("final_newline = false", "final_newline =", "format.toml: "),
    ],
)
def test_a_broken_contract_is_told_by_file_key_and_reason(
    folder: Path, was: str, becomes: str, said: str
) -> None:
    change(folder, was, becomes)

    with pytest.raises(FormatError, match=said) as raised:
        load_format(str(folder))

    assert str(raised.value).startswith(str(folder / "format.toml"))


def test_a_category_that_is_no_table_is_an_error(folder: Path) -> None:
    text = (folder / "format.toml").read_text(encoding="utf-8")
    head, _, tail = text.partition("[[languages.zh.categories]]")
    tail = tail[tail.index("[languages.zh.phrases]") :]
    head = head.replace('default_category = "产业动态"', 'default_category = ""\ncategories = [1]')
    (folder / "format.toml").write_text(head + tail, encoding="utf-8")

    with pytest.raises(FormatError, match=r"languages\.zh\.categories\.1 must be a table, not 1"):
        load_format(str(folder))


def test_a_format_without_its_template_is_an_error(folder: Path) -> None:
    (folder / "post.md.j2").unlink()

    with pytest.raises(FormatError, match="cannot be read"):
        load_format(str(folder))


def test_prompts_are_found_and_trimmed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "prompts" / "summarize" / "en"
    place.mkdir(parents=True)
    (place / "system.md").write_text("You are {who}.\n", encoding="utf-8")
    (place / "user.md").write_text("\nTell.\n", encoding="utf-8")
    monkeypatch.setattr(library, "PROMPTS", (tmp_path / "none", tmp_path / "prompts"))

    prompt = load_prompt("summarize", "en")

    assert (prompt.system, prompt.user) == ("You are {who}.", "Tell.")
    with pytest.raises(PromptError, match="prompt summarize/fr cannot be read"):
        load_prompt("summarize", "fr")


def test_without_a_folder_of_prompts_both_places_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "PROMPTS", (tmp_path / "a", tmp_path / "b"))

    with pytest.raises(PromptError, match=r"prompts is missing: neither .*a nor .*b"):
        load_prompt("summarize", "zh")
