"""Sites built by their own generators show all that our posts say, and run nothing.

``make sites`` installs Hexo and Astro; Hugo and Jekyll are used where they are installed.
Without its generator a site's tests are skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest

from site_posts import Sample, samples

FOLDER = Path(__file__).parent / "sites"
ELSEWHERE = "America/St_Johns"
"""A zone that is neither the posts' nor a whole number of hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A generator: the command that builds a site with it, where its posts and pages are."""

    command: tuple[str, ...]
    posts: str
    pages: str
    post_name: str = "{name}.md"


SITES = {
    "hexo": Site(
        command=("node", "node_modules/hexo/bin/hexo", "generate"),
        posts="source/_posts",
        pages="public",
    ),
    "astro": Site(
        command=("node", "node_modules/astro/astro.js", "build"),
        posts="src/content/posts",
        pages="dist",
    ),
    "hugo": Site(command=("hugo",), posts="content/posts", pages="public"),
    "jekyll": Site(
        command=("jekyll", "build"),
        posts="_posts",
        pages="_site",
        post_name="2026-06-01-{name}.md",
    ),
}

_TYPOGRAPHY = re.compile(r"[\s\"'`“”‘’.…–—-]+")
"""What both generators set anew: blanks, quotes, dots and dashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One post and the page that a generator made of it."""

    name: str
    sample: Sample
    page: lxml.html.HtmlElement

    @property
    def article(self) -> lxml.html.HtmlElement:
        return self.page.find(".//article")

    def texts(self, path: str) -> list[str]:
        return [element.text_content() for element in self.page.iterfind(f".//{path}")]


@pytest.fixture(scope="module", params=list(SITES))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """A site of all the posts, built."""
    name: str = request.param
    kind, folder = SITES[name], tmp_path_factory.mktemp(name) / "site"
    _lay_out(name, folder)
    told = {f"post{n:03}": sample for n, sample in enumerate(samples())}
    for stem, sample in told.items():
        path = folder / kind.posts / kind.post_name.format(name=stem)
        path.write_text(sample.post(name), encoding="utf-8")
    _build(kind, folder)
    return [
        Built(name=stem, sample=sample, page=_page(folder / kind.pages / stem / "index.html"))
        for stem, sample in told.items()
    ]


def test_every_post_has_its_title(site: list[Built]) -> None:
    wanted = {post.name: [post.sample.digest.front_matter.title] * 2 for post in site}

    assert {post.name: post.texts("title") + post.texts("h1") for post in site} == wanted


def test_every_post_has_its_moment(site: list[Built]) -> None:
    for post in site:
        shown = datetime.fromisoformat(post.texts("time")[0])
        date = post.sample.digest.front_matter.date
        assert shown in (date, date.replace(microsecond=0)), post.name


def test_every_post_has_its_tags(site: list[Built]) -> None:
    wanted = {post.name: set(post.sample.digest.front_matter.categories) for post in site}

    assert {post.name: set(post.texts("ul/li")) for post in site} == wanted


def test_a_cover_is_shown_and_no_other_picture(site: list[Built]) -> None:
    for post in site:
        cover = post.sample.digest.front_matter.cover
        pictures = {_same(each) for each in post.page.xpath("//img/@src")}
        assert pictures == ({_same(cover)} if cover else set()), post.name


def test_every_link_has_its_words_and_its_address(site: list[Built]) -> None:
    for post in site:
        links = [(_folded(a.text_content()), _same(a.get("href"))) for a in _links(post)]
        wanted = [(_folded(words), _same(url)) for words, url in post.sample.links]
        assert links == wanted, post.name


def test_all_that_is_bold_shows_in_bold_and_nothing_else(site: list[Built]) -> None:
    for post in site:
        bold = [_folded(each.text_content()) for each in post.article.iterfind(".//strong")]
        assert bold == [_folded(span) for span in post.sample.bold], post.name


def test_the_text_is_all_there_and_nothing_else_is(site: list[Built]) -> None:
    for post in site:
        assert _folded(post.article.text_content()) == _folded(post.sample.text), post.name


def test_nothing_in_a_post_is_markup_that_is_not_ours(site: list[Built]) -> None:
    ours = {"article", "p", "ol", "li", "a", "strong", "hr", "h2", "h3", "img", "br"}

    for post in site:
        tags = {str(each.tag) for each in post.article.iter()}
        assert tags <= ours, post.name
        assert post.page.xpath("//script|//@*[starts-with(name(), 'on')]") == [], post.name


def _lay_out(name: str, folder: Path) -> None:
    """Copy the site's own files, with the packages that are installed beside them."""
    kind, packages = SITES[name], FOLDER / name / "node_modules"
    if not shutil.which(kind.command[0]):
        pytest.skip(f"there is no {kind.command[0]} here")
    if kind.command[0] == "node" and not packages.is_dir():
        pytest.skip(f"{name} is not installed: make sites")
    shutil.copytree(FOLDER / name, folder, ignore=shutil.ignore_patterns("node_modules"))
    if packages.is_dir():
        (folder / "node_modules").symlink_to(packages, target_is_directory=True)
    (folder / kind.posts).mkdir(parents=True)


def _build(kind: Site, folder: Path) -> None:
    done = subprocess.run(
        kind.command,
        cwd=folder,
        env=os.environ | {"TZ": ELSEWHERE, "ASTRO_TELEMETRY_DISABLED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def _page(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_text(encoding="utf-8"))


def _links(post: Built) -> list[lxml.html.HtmlElement]:
    """The links of an article but those that the generator adds: to headings and bare addresses."""
    every = post.article.xpath(".//a[not(@class='headerlink')]")
    added = {f"{scheme}{a.text_content()}" for a in every for scheme in ("", "http://", "mailto:")}
    return [a for a in every if unquote(a.get("href")) not in added]


def _folded(text: str) -> str:
    return _TYPOGRAPHY.sub("", text)


def _same(url: str) -> str:
    return unquote(url).rstrip("/")
