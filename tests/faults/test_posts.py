"""Lines 39 to 47 and 50 of the acceptance list: what may stand in a post, and where it goes."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

import digestbot
from digestbot.errors import FormatError
from digestbot.templating import quoted, render_template
from fault_doors import item, post_of, rss, run_cli
from fault_server import FaultServer, honest

HOUSE_LINK = "https://n.test/1"


def shown(post: str) -> str:
    """The post as a site shows it, without its front matter."""
    page: str = MarkdownIt().render(post.split("---\n", 2)[2])
    return page


class Seen(HTMLParser):
    """The tags, links and words of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


PLAIN = {"p", "a", "ol", "li", "hr", "strong", "h3", "em"}


@pytest.mark.parametrize(
    "title",
    [
        "&lt;script&gt;alert(1)&lt;/script&gt;新芯片今天发布",
        "<![CDATA[<script>alert(1)</script>新芯片今天发布]]>",
        "<![CDATA[<img src=x onerror=alert(1)>新芯片今天发布]]>",
        "新芯片今天发布 &amp;lt;b&amp;gt;粗&amp;lt;/b&amp;gt;",
        "<![CDATA[新芯片今天发布 &lt;b]]>",
    ],
)
def test_fault_39_markup_in_a_title_is_text_in_the_post(tmp_path: Path, title: str) -> None:
    seen = Seen(shown(post_of(tmp_path, rss(item("1", title=title)))))

    assert set(seen.tags) <= PLAIN
    assert "新芯片今天发布" in seen.words
    assert "alert(1)" not in seen.words  # what was a script or an attribute is no word
    assert seen.links == [HOUSE_LINK]


@pytest.mark.parametrize(
    "title",
    [
        "# 新芯片今天发布",
        "新芯片 | 今天 | 发布了吗",
        "`新芯片` ``今天发布",
        "[新芯片](http://evil.test)今天发布",
        "![新芯片](http://t.test/p.gif)今天发布",
        "新芯片今天\n---\n发布了吗",
        "*新芯片* _今天_ **发布",
        "1. 新芯片今天发布",
        "新芯片今天发布 <http://evil.test>",
        "新芯片今天发布\\",
    ],
)
def test_fault_40_marks_of_markdown_in_a_title_are_letters(tmp_path: Path, title: str) -> None:
    body = rss(
        item("1", title=f"<![CDATA[{title}]]>", text=f"<![CDATA[{title} {'很长的句子。' * 5}]]>")
    )

    seen = Seen(shown(post_of(tmp_path, body)))

    assert seen.links == [HOUSE_LINK]
    assert not set(seen.tags) & {"h1", "h2", "img", "code", "em", "table"}
    assert seen.tags.count("li") == 1


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://n.test/a_(b)", "https://n.test/a_(b)"),
        ("https://n.test/a)b", "https://n.test/a)b"),
        ("https://n.test/((a", "https://n.test/((a"),
        ("https://n.test/a b", "https://n.test/a%20b"),
        ("https://n.test/a<b>", "https://n.test/a%3Cb%3E"),
        ("https://n.test/a\nb", "https://n.test/ab"),  # as browsers read it
        ("https://n.test/?a=1&copy=2", "https://n.test/?a=1&copy=2"),
        ("https://n.test/a\\b", "https://n.test/a%5Cb"),
    ],
)
def test_fault_41_any_address_makes_one_link_with_one_target(
    tmp_path: Path, link: str, target: str
) -> None:
    body = rss(item("1")).decode().replace("https://n.test/1", f"<![CDATA[{link}]]>").encode()

    assert Seen(shown(post_of(tmp_path, body))).links == [target]


TEMPLATE_MARK = re.compile(r"\{[{%#:]")
"""Where Hugo, Jekyll (Liquid and kramdown), Eleventy and Hexo begin to compute."""


@pytest.mark.parametrize(
    "words",
    [
        "{{ 7 * 7 }}",
        "{% raw %}",
        "{% include /etc/passwd %}",
        "{%- assign x = 49 -%}",
        "{# 新芯片 #}",
        '{{< figure src="http://t.test/p.gif" >}}',
        "{{< gist evil 49 >}}",
        "{{% 49 %}}",
        "{: .x onclick=alert(1)}",
        "{::nomarkdown}",
    ],
)
def test_fault_42_what_looks_like_a_template_is_words(tmp_path: Path, words: str) -> None:
    title = f"{words} 新芯片今天发布了"
    text = (
        f"厂商今天宣布 {words} 将于下月上市，价格没有公布，首批只供应十二家老客户，其余订单要等到"
        "明年春天才能交付，公司说产能会在年底前翻一番，同时向开发者开放全部文档和参考设计，并在三座城市设立"
        "实验室，供合作伙伴免费试用和调校，已经下单的客户可以按原价升级到新的型号。"
    )
    body = rss(item("1", title=f"<![CDATA[{title}]]>", text=f"<![CDATA[{text}]]>"))

    post = post_of(tmp_path, body)

    prose = post.split("---\n", 2)[2]
    assert not TEMPLATE_MARK.search(prose)
    assert jinja2.Template(prose, keep_trailing_newline=True).render() == prose  # as Hexo would
    seen = Seen(shown(post))
    assert title in seen.words
    # A sentence with a great share of such marks is taken for code, and not quoted.
    assert text in seen.words or (words.count("{") > 1 and "详情见原文" in seen.words)
    assert seen.links == [HOUSE_LINK]


def test_fault_42_what_looks_like_front_matter_is_words(tmp_path: Path) -> None:
    words = "---\ntitle: x\n---\n新芯片今天发布了"
    body = rss(
        item("1", title=f"<![CDATA[{words}]]>", text=f"<![CDATA[{words}。{'很长的话。' * 9}]]>")
    )

    post = post_of(tmp_path, body)

    assert post.count("\n---\n") == 2  # the front matter's end, and the rule of the house
    assert "新芯片今天发布了" in Seen(shown(post)).words.replace("\n", "")


ODD = [
    "no",
    "1e3",
    "0o17",
    "a: b",
    "# x",
    "@x",
    "'\"",
    "<<",
    "2026-11-22",
    "~",
    "- a",
    "[",
    "\u2028",
]


@pytest.mark.parametrize("text", ODD)
def test_fault_43_a_quoted_text_is_the_same_for_every_reader_of_yaml(text: str) -> None:
    _same_for_all(text)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_fault_43_any_text_is_the_same_for_every_reader_of_yaml(text: str) -> None:
    _same_for_all(text)


def _same_for_all(text: str) -> None:
    line = f"title: {quoted(text)}\n"
    for version in ("1.1", "1.2"):
        reader = YAML(typ="safe", pure=True)
        reader.version = version
        assert reader.load(line) == {"title": text}
    assert json.loads(quoted(text)) == text


@pytest.mark.parametrize("title", ["../../x", "con", "🙂", "x" * 400, "-rf", "/etc/passwd", "a\\b"])
def test_fault_44_no_title_moves_the_post(tmp_path: Path, title: str) -> None:
    post_of(tmp_path, rss(item("1", title=f"{title} 新芯片今天发布")))

    assert [path.name for path in (tmp_path / "posts").iterdir()] == ["20260601.md"]


@pytest.mark.parametrize("name", ["../x", "/abs", "a/b", "", "..", "-rf"])
def test_fault_44_nor_does_the_name_of_an_edition(tmp_path: Path, name: str) -> None:
    (tmp_path / "digest.toml").write_text(f'sources = ["a.xml"]\n[edition]\nname = "{name}"\n')
    (tmp_path / "a.xml").write_bytes(rss(item("1")))

    done = run_cli(tmp_path, "digest.toml")

    assert done.returncode == 2
    assert "edition.name" in done.stderr


def test_fault_45_edits_are_kept_and_a_linked_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(rss(item("1")))
    (tmp_path / "site" / "posts").mkdir(parents=True)
    (tmp_path / "linked").symlink_to(tmp_path / "site")
    out = ("--feeds", "a.xml", "--out", "linked/../linked/posts")
    assert run_cli(tmp_path, *out).returncode == 0
    post = tmp_path / "site" / "posts" / "20260601.md"
    post.write_text(post.read_text() + "\nedited by hand\n")

    assert run_cli(tmp_path, *out).returncode == 0
    assert "edited by hand" in post.read_text()
    assert run_cli(tmp_path, *out, "--force").returncode == 0
    assert "edited by hand" not in post.read_text()
    kept = [path for path in post.parent.iterdir() if path != post]
    assert ["edited by hand" in path.read_text() for path in kept] == [True]


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ title.__init__.__globals__ }}",
        "{% for n in range(100000000) %}x{% endfor %}",
        "{{ 'a' * 1000000000 }}",
        "{{ 1000000000 * 'a' }}",
        "{{ 10 ** 10000000 }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ 'a'|center(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ cycler.__init__.__globals__.os.system('true') }}",
    ],
)
def test_fault_46_a_template_can_reach_nothing_and_fill_nothing(template: str) -> None:
    # A template is its operator's own file, no stranger's: what one slip can do is stopped;
    # two loops of 100,000 in each other, which the list would stop by time, are not.
    with pytest.raises(FormatError, match=r"mine\.j2:1"):
        render_template(template, name="mine.j2", title="t")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (None, "post.md.j2"),
        ("line one\n{% if %}", "post.md.j2:2"),
        ("line one\n{{ nobody }}", "post.md.j2:2"),
    ],
    ids=["missing", "broken", "unknown name"],
)
def test_fault_47_a_template_that_cannot_work_is_named_before_any_call(
    tmp_path: Path, fault_server: Callable[..., FaultServer], template: str | None, said: str
) -> None:
    model = fault_server(honest)
    _with_model(tmp_path, model)
    ours = tmp_path / "ours"
    shutil.copytree(DAILY, ours)
    (ours / "post.md.j2").unlink()
    if template is not None:
        (ours / "post.md.j2").write_text(template)

    done = run_cli(tmp_path, "digest.toml", "--model", "m", "--format", "./ours")

    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert not model.requests
    assert not (tmp_path / "posts").exists()


def test_fault_47_a_copy_of_the_shipped_template_works(
    tmp_path: Path, fault_server: Callable[..., FaultServer]
) -> None:
    model = fault_server(honest)
    _with_model(tmp_path, model)
    shutil.copytree(DAILY, tmp_path / "ours")

    done = run_cli(tmp_path, "digest.toml", "--model", "m", "--format", "./ours")

    assert done.returncode == 0, done.stderr
    assert model.requests


DAILY = Path(digestbot.__file__).parent / "formats" / "daily"


def _with_model(folder: Path, model: FaultServer) -> None:
    """Write a configuration with a feed and this model into *folder*."""
    (folder / "a.xml").write_bytes(rss(item("1")))
    (folder / "digest.toml").write_text(
        f'sources = ["a.xml"]\n[model]\nname = "m"\nbase_url = "{model.base_url}"\n'
    )


def test_fault_50_no_image_of_a_feed_reaches_the_post(tmp_path: Path) -> None:
    pictures = (
        '<![CDATA[<img src="http://t.test/p.gif" width=1><svg onload="x()"></svg>'
        '<object data="http://t.test/o"></object>公司今天发布了新的芯片，已经开始供货。]]>'
    )
    media = '<enclosure url="http://t.test/big.png" type="image/png"/>'

    post = post_of(tmp_path, rss(item("1", text=pictures) + media))

    assert "t.test" not in post
    assert Seen(shown(post)).links == [HOUSE_LINK]


def test_the_table_of_faults_has_a_test_for_each_line() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/faults.py", "--list"],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert len(re.findall(r"(?m)^ ?\d+ ", done.stdout)) == 50
    assert "no test" not in done.stdout
