"""Formats that are begun from example posts: measured, guessed, and tried on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from builders import SHARED
from digestbot.cli import main
from digestbot.contract import Range
from digestbot.drafts import draft
from digestbot.errors import FormatError
from digestbot.library import load_format
from digestbot.model import Severity
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.rehearse import rehearse
from digestbot.stages.render import VALUES, render

GOLDEN = Path(__file__).parent / "golden"
BRIEF = """---
title: "Weekly 2026-06-0{day}"
date: 2026-06-0{day} 09:00:00
layout: "post"
tags: ["Chips", "Models"]
image: "https://n.test/{day}.png"
---

![cover](https://n.test/{day}.png)

## The long read: Chip {day} ships

Far Hills ships chip {day}. It draws **25 watts**.

Three customers have it. A fourth follows.

Read it at [Far Hills](https://n.test/{day})!

## Also

1. [Harbor Labs opens a model](https://n.test/a{day}) — The weights are open. So is the code.

2. [Tidepool raises $40M](https://n.test/b{day}) — It is a Series B.

## What I think: Watts decide in {day}

Look at the watts.

The price moves first.
"""


def begun(posts: dict[str, str], folder: Path) -> tuple[list[str], Path]:
    made = draft(posts, name="mine")
    folder.mkdir(exist_ok=True)
    (folder / "format.toml").write_text(made.contract, encoding="utf-8")
    (folder / "post.md.j2").write_text(made.template, encoding="utf-8")
    return list(made.notes), folder


def weekly(*days: int) -> dict[str, str]:
    return {f"2026-06-0{day}-weekly.md": BRIEF.format(day=day) for day in days}


def test_all_that_posts_show_is_found(tmp_path: Path) -> None:
    notes, folder = begun(weekly(1, 2, 3), tmp_path)
    format = load_format(str(folder))
    locale = format.locale("en")

    assert format.file_name == "%Y-%m-%d-weekly.md"
    assert format.final_newline
    assert format.parts == ("top", "items", "commentary")
    assert format.head.values == {
        "title": "{title}", "date": "{date}", "layout": "post", "tags": "{categories}",
        "image": "{cover}",
    }  # fmt: skip
    assert format.head.date_form == "local"
    assert format.heading_level == 2
    assert format.cover_line == "![cover]({url})"
    assert format.layout.text_column == 3
    assert locale.title == "Weekly %Y-%m-%d"
    assert locale.headings == {
        "top": "The long read: Chip {headline}",
        "items": "Also",
        "commentary": "What I think: Watts decide in {headline}",
    }
    assert locale.item_separator == " — "
    assert locale.source_line == "Read it at {link}!"
    assert [category.name for category in locale.categories] == ["Chips", "Models"]
    assert locale.limits.items == Range(min=2, max=2)
    assert locale.limits.top_paragraphs == Range(min=2, max=2)
    assert locale.limits.summary_sentences == Range(min=1, max=2)
    assert [note.partition(":")[0] for note in notes] == ["limits", "categories"]


def test_the_posts_come_back_from_it_and_lint_accepts_them(tmp_path: Path) -> None:
    posts = weekly(1, 2)
    _, folder = begun(posts, tmp_path)
    format = load_format(str(folder))

    rehearse(format, known=VALUES)

    for name, text in posts.items():
        assert render(parse(text, format=format), format=format, language="en") == text
        found = lint(text, format=format, file_name=name)
        assert [each for each in found if each.severity is Severity.ERROR] == []


@pytest.mark.parametrize(("post", "language"), [("zh.md", "zh"), ("en.md", "en")])
def test_our_own_post_gives_our_own_parts_back(post: str, language: str, tmp_path: Path) -> None:
    text = (GOLDEN / post).read_bytes().decode("utf-8")

    _, folder = begun({"20260601.md": text}, tmp_path)
    format = load_format(str(folder))

    assert format.parts == ("lead", "items", "commentary")
    assert format.layout == load_format("daily").layout
    assert format.locale(language).title.startswith("%Y.%m.%d")
    assert render(parse(text, format=format), format=format, language=language) == text


def test_what_cannot_be_told_is_said(tmp_path: Path) -> None:
    posts = weekly(1, 2)
    posts["odd.md"] = (
        BRIEF.format(day=3).replace("Weekly 2026-06-03", "Best of June").replace(" — ", ": ")
    )
    posts["other.md"] = (
        BRIEF.format(day=4).partition("## What I think")[0].replace("Weekly 2026-06-04", "May")
    )

    notes, folder = begun(posts, tmp_path)

    said = "\n".join(notes)
    assert "parts: not all posts have top, items, commentary" in said
    assert "file_name: no day is seen" in said
    assert "title: it is taken to hold the first headline" in said
    assert "odd.md: " in said
    assert load_format(str(folder)).file_name == "%Y%m%d.md"


def test_slips_of_a_few_among_many_do_not_widen_the_limits(tmp_path: Path) -> None:
    posts = weekly(*range(1, 10))
    posts["slip.md"] = BRIEF.format(day=1).replace("Look at the watts.", "W" * 500)
    many = '["' + '", "'.join("abcdefghijklm") + '"]'
    posts["slip.md"] = posts["slip.md"].replace('["Chips", "Models"]', many)

    notes, folder = begun(posts, tmp_path)
    locale = load_format(str(folder)).locale("en")

    assert locale.limits.commentary.max < 100
    assert locale.category_count == Range(min=2, max=2)
    assert len(locale.categories) == 12
    assert "categories: the posts have 15, the most used are taken" in notes
    assert not any(note.startswith("limits") for note in notes)


def test_posts_that_name_no_sources_are_begun_without_links(tmp_path: Path) -> None:
    text = BRIEF.format(day=1).replace("Read it at [Far Hills](https://n.test/1)!\n\n", "")
    for link, title in (("a1", "Harbor Labs opens a model"), ("b1", "Tidepool raises $40M")):
        text = text.replace(f"[{title}](https://n.test/{link})", f"**{title}**")

    notes, folder = begun({"2026-06-01.md": text}, tmp_path)
    format = load_format(str(folder))

    assert not format.layout.links
    assert "links: the posts name no sources; links = true prints them" in notes
    assert render(parse(text, format=format), format=format, language="en") == text


@pytest.mark.parametrize(
    "text", ["", "# No front matter\n\n1. x", "---\ntitle: x\n---\n\nNo items."]
)
def test_what_is_no_post_is_told(text: str) -> None:
    with pytest.raises(FormatError, match=r"a\.md: a format is begun from posts with front matter"):
        draft({"a.md": text}, name="mine")


@pytest.mark.parametrize("name", ["daily", "magazine"])
def test_the_house_posts_give_formats_that_print_them_again(name: str, tmp_path: Path) -> None:
    paths = sorted((SHARED / "formats" / name).glob("2*.md"))
    if not paths:
        pytest.skip("the real posts are not here")
    posts = {path.name: path.read_bytes().decode("utf-8") for path in paths}

    notes, folder = begun(posts, tmp_path)

    assert load_format(str(folder)).parts == load_format(name).parts
    assert not [note for note in notes if note.startswith("2025")]


def test_a_new_format_is_written_and_an_old_one_never(tmp_path: Path) -> None:
    paths = []
    for name, text in weekly(1, 2).items():
        paths.append(tmp_path / name)
        paths[-1].write_text(text, encoding="utf-8")
    folder = tmp_path / "mine"
    arguments = ["formats", "new", str(folder), "--from", *map(str, paths)]

    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 0, result.stderr
    assert result.stdout.split() == [str(folder / "format.toml"), str(folder / "post.md.j2")]
    assert "digestbot: limits: they are what 2 posts happen to have" in result.stderr
    checked = CliRunner().invoke(main, ["lint", "--format", str(folder), *map(str, paths)])
    assert checked.exit_code == 0, checked.stdout
    again = CliRunner().invoke(main, arguments)
    assert again.exit_code == 2
    assert "is there already" in again.stderr


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xff\xfe")

    result = CliRunner().invoke(main, ["formats", "new", str(tmp_path / "m"), "--from", str(path)])

    assert result.exit_code == 1
    assert "is not UTF-8 text" in result.stderr
