"""Posts for site generators: heads that a YAML reader understands, and that read back."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import lxml.html
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from builders import commentary, edition, story, summary
from digestbot import library
from digestbot.cli import main
from digestbot.errors import FormatError
from digestbot.library import load_format, sites
from digestbot.model import Digest, Severity
from digestbot.stages.compose import compose
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.render import render
from digestbot.text.markdown import one_line
from site_posts import HOUSE, Sample, hostile, sample

FEEDS = Path(__file__).parents[1] / "examples" / "feeds"
TITLES = (
    "远山公司发布推理芯片",
    'He said: "yes" & it\'s [on] --> <b>#1</b> {{ x }}',
    "- [x]: | > % @ ` ~ null 2026-06-01",
)
YAML_SITES = [name for name in sites() if name != "plain"]


def digest(format_name: str, site: str, title: str = TITLES[0]) -> Digest:
    told = [
        summary(
            str(n),
            story=story(str(n), image="https://n.test/a?b=1&c=2"),
            headline=f"{title} {n}",
            text="功耗降至25瓦。",
        )
        for n in range(3)
    ]
    editor = commentary(
        lead=f"今日看{title}。" if "#" not in title else "今日：“x”。",
        title=title,
        paragraphs=("先看头条。", "价格会先动。"),
        categories=("AI芯片", "A: #b"),
    )
    return compose(edition(), told, editor, format=load_format(format_name, site=site))


def printed(format_name: str, site: str, title: str = TITLES[0]) -> str:
    made, format = digest(format_name, site, title), load_format(format_name, site=site)
    return render(made, format=format, language="zh")


def head(text: str, version: str) -> dict[str, Any]:
    reader = YAML(typ="safe", pure=True)
    reader.version = version
    found = re.match(r"(?:---|<!--)\n(.*?\n)(?:---|-->)\n", text, re.DOTALL)
    assert found
    loaded: dict[str, Any] = reader.load(io.StringIO(found[1]))
    return loaded


KEYS = {
    "hugo": ["title", "date", "categories", "description", "cover"],
    "hexo": ["title", "date", "tags", "cover"],
    "jekyll": ["layout", "title", "date", "tags", "image"],
    "astro": ["title", "description", "pubDate", "tags", "heroImage"],
}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("site", YAML_SITES)
def test_a_yaml_reader_finds_what_the_site_wants(site: str, version: str) -> None:
    text = printed("magazine", site)

    found = head(text, version)

    assert list(found) == KEYS[site]
    assert found["title"] == "AI日报：远山公司发布推理芯片 0"
    moment = found.get("date", found.get("pubDate"))
    assert isinstance(moment, datetime)
    assert moment.replace(tzinfo=None) in (datetime(2026, 6, 1, 3), datetime(2026, 6, 1, 11))
    assert found.get("tags", found.get("categories")) == ["AI芯片"]
    assert found.get("description", "功耗降至25瓦。") == "功耗降至25瓦。"
    assert "https://n.test/a?b=1&c=2" in found.values()


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize("site", sites())
@settings(deadline=None, max_examples=25)
@given(titles=st.lists(st.text(max_size=40), min_size=6, max_size=6))
def test_whatever_the_titles_a_yaml_reader_finds_texts_lists_and_the_moment(
    site: str, version: str, titles: list[str]
) -> None:
    told = sample([one_line(f"{title}字") for title in titles], "magazine", "zh")

    found = head(told.post(site), version)

    front = told.digest.front_matter
    assert found["title"] == front.title
    assert found.get("tags", found.get("categories")) == list(front.categories)
    moment = found.get("date", found.get("pubDate"))
    assert isinstance(moment, datetime)
    local = load_format("daily", site=site).head.date_form == "local"
    zone = front.date.tzinfo if local else UTC  # the reader takes an offset off
    assert moment.replace(tzinfo=moment.tzinfo or zone) == front.date


@pytest.mark.parametrize(("name", "language"), HOUSE)
def test_a_reader_of_markdown_finds_every_link_and_all_that_is_bold_and_nothing_else(
    name: str, language: str
) -> None:
    for told in hostile(name, language):
        _holds_what_it_tells(told)


@pytest.mark.parametrize(("name", "language"), HOUSE)
@settings(deadline=None)
@given(titles=st.lists(st.text("ab字 \\`*_[]()<>!&#;~{%}:/", max_size=12), min_size=6, max_size=6))
def test_what_stands_in_one_title_or_text_changes_no_other(
    name: str, language: str, titles: list[str]
) -> None:
    _holds_what_it_tells(sample([one_line(f"{title}字") for title in titles], name, language))


def _holds_what_it_tells(told: Sample) -> None:
    body = told.post("hugo").split("\n---\n", 1)[1]
    page = MarkdownIt("commonmark").enable("strikethrough").render(body)
    article = lxml.html.fragment_fromstring(page, create_parent=True)
    links = [(a.text_content(), unquote(a.get("href"))) for a in article.iterfind(".//a")]
    assert links == [(words, unquote(url)) for words, url in told.links]
    assert [each.text_content() for each in article.iterfind(".//strong")] == told.bold


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("site", sites())
@pytest.mark.parametrize("name", ["daily", "magazine"])
def test_a_post_for_a_site_reads_back(name: str, site: str, title: str) -> None:
    format = load_format(name, site=site)
    made = digest(name, site, title)

    text = render(made, format=format, language="zh")
    back = parse(text, format=format)

    assert render(back, format=format, language="zh") == text
    assert (back.items, back.top, back.commentary) == (made.items, made.top, made.commentary)
    assert back.front_matter.title == made.front_matter.title
    assert back.front_matter.date == made.front_matter.date
    if title == TITLES[0]:
        errors = [each for each in lint(text, format=format) if each.severity is Severity.ERROR]
        assert errors == []


def test_plain_markdown_begins_with_its_title_and_hides_what_a_reader_need_not_see() -> None:
    text = printed("daily", "plain")

    assert text.startswith(
        '<!--\ntitle: "2026.06.01 全球AI新闻速递"\ndate: 2026-06-01T11:00:00+08:00\n'
        'categories: ["AI芯片", "A: #b"]\n-->\n\n# 2026.06.01 全球AI新闻速递\n\n今日看'
    )


def test_a_title_cannot_close_the_comment_that_it_stands_in() -> None:
    text = printed("magazine", "plain", TITLES[1])

    assert text.split("-->\n")[0].count("-->") == 0


def test_jekyll_finds_its_posts_by_their_names() -> None:
    assert load_format("daily", site="jekyll").file_name == "_posts/%Y-%m-%d-daily.md"
    assert load_format("daily", site="hugo").file_name == "%Y%m%d.md"


def test_an_unknown_site_is_an_error_that_lists_ours() -> None:
    with pytest.raises(FormatError, match=r"no site 'gatsby' \(we have: hugo, hexo, jekyll"):
        load_format("daily", site="gatsby")


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ('title = "{title}"', 'title = "{titel}"', "title names none of title, date"),
        ('title = "{title}"', "title = 1", "must be a text, true or false, not 1"),
        ('date = "{date}"', 'date = "today"', r"front_matter. has no \{date\}"),
        ('date_form = "iso"', 'date_form = "us"', "date_form must be one of"),
    ],
)
def test_a_broken_head_is_told_by_its_key(
    was: str, becomes: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (library.FORMATS / "sites.toml").read_text(encoding="utf-8")
    (tmp_path / "sites.toml").write_text(text.replace(was, becomes, 1), encoding="utf-8")
    monkeypatch.setattr(library, "FORMATS", tmp_path)

    with pytest.raises(FormatError, match=said):
        sites()


@pytest.mark.parametrize("site", sites())
def test_a_config_names_the_site_and_its_posts_are_linted_and_read_as_that_sites(
    site: str, tmp_path: Path
) -> None:
    config = tmp_path / "digest.toml"
    config.write_text(
        f'sources = ["{FEEDS.as_posix()}"]\n[model]\nname = "none"\n[output]\nsite = "{site}"\n',
        encoding="utf-8",
    )
    run = CliRunner().invoke(main, ["run", str(config), "--now", "2026-06-01T12:00+08:00"])
    post = Path(run.stdout.strip())

    assert run.exit_code == 0, run.stderr
    assert post.is_file()
    checked = CliRunner().invoke(main, ["lint", "--site", site, str(post)])
    assert checked.exit_code == 0, checked.stdout
    read = CliRunner().invoke(main, ["parse", "--site", site, str(post)])
    again = CliRunner().invoke(main, ["render", "--site", site, "-"], input=read.stdout)
    assert again.stdout_bytes == post.read_bytes()
