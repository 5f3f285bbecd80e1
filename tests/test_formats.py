"""Formats of one's own: a folder beside the config, without a line of Python."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from builders import commentary, edition, story, summary
from digestbot import library
from digestbot.cli import main
from digestbot.config import load, override
from digestbot.errors import FormatError
from digestbot.library import load_format
from digestbot.model import Severity
from digestbot.stages.compose import compose
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.rehearse import rehearse
from digestbot.stages.render import VALUES, render
from digestbot.testing import ScriptedModel
from digestbot.wiring import open_bot

EXAMPLES = Path(__file__).parents[1] / "examples"
NOW = "2026-06-01T12:00:00+08:00"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The example's config, its feeds and its format, in a folder of their own."""
    shutil.copytree(EXAMPLES / "feeds", tmp_path / "feeds")
    shutil.copytree(EXAMPLES / "brief", tmp_path / "brief")
    shutil.copy(EXAMPLES / "brief.toml", tmp_path)
    return tmp_path


def change(path: Path, was: str, becomes: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")


def test_the_example_makes_a_post_that_lint_accepts_and_that_reads_back(house: Path) -> None:
    format = load_format(str(house / "brief"))

    with open_bot(load(house / "brief.toml"), env={}) as bot:
        result = bot.run(now=NOW)

    assert result.post
    assert result.post.path == house / "posts" / "2026-06-01-brief.md"
    text = result.post.text
    found = lint(text, format=format, file_name=result.post.path.name)
    assert [each for each in found if each.severity is Severity.ERROR] == []
    assert text.startswith('---\ntitle: "Qingluan AI releases')
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Today", "In short"]
    assert len(re.findall(r"^\d\.  \[.*\]\(https://\S+\) — \S", text, re.MULTILINE)) == 6
    assert text.endswith(".\n")
    back = parse(text, format=format)
    assert render(back, format=format, language="en") == text


def test_a_change_of_the_folder_changes_the_post(house: Path) -> None:
    change(house / "brief" / "format.toml", 'items = "Today"', 'items = "What happened"')
    change(house / "brief" / "format.toml", 'item_separator = " — "', 'item_separator = ""')
    change(house / "brief" / "format.toml", 'titles = "plain"', 'titles = "bold"')
    change(house / "brief" / "format.toml", "heading_level = 2", "heading_level = 4")
    change(
        house / "brief" / "post.md.j2",
        "{{ item.separator }}{{ item.text }}",
        "\n\n{{ item.text }}",
    )
    change(house / "brief" / "format.toml", "space_after_title = false", "space_after_title = true")

    with open_bot(load(house / "brief.toml"), env={}) as bot:
        result = bot.run(now=NOW)

    assert result.post
    assert "\n\n#### What happened\n\n1.  [**Qingluan" in result.post.text
    assert "\n\n    Qingluan AI has released" in result.post.text


def test_a_lead_alone_is_written_by_code(house: Path) -> None:
    settings = override(load(house / "brief.toml"), model="m")
    model = ScriptedModel()  # which has no answer

    with open_bot(settings, model=model, env={}) as bot:
        told = [summary("a"), summary("b")]
        written = bot.comment(told, edition=edition(language="en"))

    assert written.lead.startswith("Today's brief, June 1")
    assert model.requests == []


def test_a_format_is_found_from_the_configs_folder_and_not_from_ours(
    house: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))

    settings = load(house / "brief.toml")

    assert settings.edition.format == str(house / "brief")
    change(house / "brief.toml", 'format = "./brief"', 'format = "magazine"')
    assert load(house / "brief.toml").edition.format == "magazine"


# --- a template that does not do as the contract says ---------------------------------


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("{{ lead }}", "{{ leed }}", "'leed' is not known"),
        ("{{ lead }}", "{{ lead.nowhere }}", "has no attribute 'nowhere'"),
        ("{{ lead }}", "{% if %}", r"post\.md\.j2:\d+: Expected an expression"),
        ("{{ lead }}", "{{ lead }} Amen.", "does not print the lead as format.toml says"),
        ("{{ lead }}", "", "does not read back: .* there is no lead"),
        ("{{ item.text }}", "", "does not print the items"),
        ("{{ lead }}", "{{ ''.__class__ }}", "unsafe|access to attribute"),
        ("{{ front_matter }}", "---\ntitle: x\n---", "does not read back: .*matter has no date"),
        ('{{ headings["items"] }}', "---", "does not print the layout"),
    ],
)
def test_it_is_told_before_anything_is_fetched(
    was: str, becomes: str, said: str, house: Path
) -> None:
    change(house / "brief" / "post.md.j2", was, becomes)

    with pytest.raises(FormatError, match=said):
        open_bot(load(house / "brief.toml"), env={})


def test_our_own_formats_print_what_their_contracts_say() -> None:
    for name in library.format_names():
        for site in ("", *library.sites()):
            rehearse(load_format(name, site=site), known=VALUES)


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('["items", "lead"]', '["lead"]', "parts must be some of lead, top, items, commentary"),
        ('["items", "lead"]', '["items", "items"]', "parts must be some of"),
        ('["items", "lead"]', '["items", "leed"]', "parts must be some of"),
        ('["items", "lead"]', '["lead", "top", "items"]', "top is missing: it would be one with"),
        ('cover_line = ""', 'cover_line = "![x]"', r"cover_line must hold \{url\} once"),
        ("{headline}, and more", "and more", "title must hold %Y, %m and %d once each"),
        ("heading_level = 2", "heading_level = 7", "heading_level must be one of"),
        ('lead = "In short"', 'leed = "In short"', "headings.leed is unknown"),
        ('items = "Today"', 'items = "{headline}"', "items has no headline of its own"),
        ("milliseconds = false", "milliseconds = true", "cannot be printed by the date_form"),
        ("lead = [80, 500]\n", "", "limits.lead is missing"),
        ("lead_bold = [0, 3]", "lead_bold = [0, 3]\ntop = [1, 2]", "limits.top is unknown"),
    ],
)
def test_a_contract_that_cannot_be_is_told_by_its_key(
    was: str, becomes: str, said: str, house: Path
) -> None:
    change(house / "brief" / "format.toml", was, becomes)

    with pytest.raises(FormatError, match=said):
        load_format(str(house / "brief"))


# --- feed text is only ever a value ---------------------------------------------------

hostile = st.text(alphabet="{}%#[]()*_`<>&;!~\\\"':-+=|1. \nab—中", min_size=1, max_size=20).map(
    lambda text: f"T{text}"
)


@given(titles=st.lists(hostile, min_size=2, max_size=2), texts=st.lists(hostile, min_size=3))
def test_nothing_that_a_feed_says_is_run_or_breaks_the_post(
    titles: list[str], texts: list[str]
) -> None:
    format = load_format(str(EXAMPLES / "brief"))
    told = [
        summary(str(n), story=story(str(n)), headline=title, text=f"{text}a")
        for n, (title, text) in enumerate(zip(titles, texts, strict=False))
    ]

    digest = compose(
        edition(language="en", timezone="UTC"),
        told,
        commentary(lead=f"{texts[2]}b", categories=("News",)),
        format=format,
    )
    text = render(digest, format=format, language="en")

    assert parse(text, format=format) == digest


def test_a_title_with_the_marks_of_a_template_stays_what_it_says() -> None:
    format = load_format(str(EXAMPLES / "brief"))
    told = [summary("a", headline="{{ 7 * 7 }} and {headline}", text="{% raw %} stays.")]

    digest = compose(edition(language="en"), told, commentary(), format=format)
    text = render(digest, format=format, language="en")

    assert "49" not in text.split("---")[2]
    assert parse(text, format=format).items[0].title == "{{ 7 * 7 }} and {headline}"


# --- the list -------------------------------------------------------------------------


def test_the_formats_are_listed_with_ones_own(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = CliRunner().invoke(main, ["formats", str(house / "brief.toml")])

    assert result.exit_code == 0, result.stderr
    rows = [line.split(maxsplit=1) for line in result.stdout.splitlines()]
    assert [name for name, _ in rows] == [
        "daily",
        "magazine",
        "monthly",
        "weekly",
        "brief",
        "feature",
        "sites",
    ]
    assert str(house / "brief") in rows[4][1]
    assert "items, lead" in rows[4][1]
    assert rows[6][1] == "hugo, hexo, jekyll, astro, plain"

    monkeypatch.chdir(house)
    (house / "digest.toml").write_text('[edition]\nformat = "./none"\n')
    failed = CliRunner().invoke(main, ["formats"])
    assert failed.exit_code == 2
    assert "edition.format" in failed.stderr


def test_without_a_config_ours_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, ["formats"])

    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "daily",
        "magazine",
        "monthly",
        "weekly",
        "feature",
        "sites",
    ]


def test_an_unknown_site_is_a_mistake_in_the_config(house: Path) -> None:
    change(house / "brief.toml", "[output]", '[output]\nsite = "gatsby"')

    result = CliRunner().invoke(main, ["run", str(house / "brief.toml"), "--now", NOW])

    assert result.exit_code == 2
    assert "no site 'gatsby'" in result.stderr
