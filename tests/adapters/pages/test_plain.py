"""Plain text and Markdown are pages, too: paragraphs a line each, with their headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.pages.plain import text_fields
from digestbot.adapters.pages.whole import read_whole
from digestbot.adapters.web.http import Answer
from digestbot.errors import ConfigError, FetchError

FIRST = "The firm said on Monday that its plant in Oslo will open next spring."
SECOND = "It has hired 340 people for it, and is looking for as many again."
HTML = f"<html><head><title>Oslo</title></head><body><article><h2>H</h2>{f'<p>{FIRST}</p>' * 9}"


def fields(text: str, name: str = "page.txt", *, kind: str = "") -> dict[str, object]:
    return text_fields(Answer(body=text.encode(), kind=kind), name=name)


def test_a_text_has_its_paragraphs_and_no_title() -> None:
    assert fields(f"{FIRST}\r\n\r\n{SECOND}") == {
        "title": "",
        "text": f"{FIRST}\n{SECOND}",
        "headings": (),
        "reason": "",
    }


def test_markdown_is_read_as_its_readers_see_it() -> None:
    text = (
        f"# Oslo *again*\n\n{FIRST} See [the site](https://n.test).\n\n## The plant\n\n"
        f"- **one**\n- two\n\n![a picture](x.png)\n\n```\ncode\n```\n\nIt\nwent on. {SECOND}\n"
    )
    assert fields(text, "https://n.test/page.md?raw=1") == {
        "title": "Oslo again",
        "text": f"{FIRST} See the site.\nThe plant\none\ntwo\nIt went on. {SECOND}",
        "headings": ("The plant",),
        "reason": "",
    }


def test_a_second_heading_of_the_first_level_is_no_title() -> None:
    found = fields(f"# One\n\n{FIRST}\n\n# Two\n\n{SECOND}", kind="text/markdown")

    assert (found["title"], found["headings"]) == ("One", ("Two",))


def test_the_front_matter_gives_the_title() -> None:
    found = fields(f'---\ntags: [a]\ntitle: "Oslo"\n---\n\n# Plant\n\n{FIRST}', "a.markdown")

    assert (found["title"], found["text"]) == ("Oslo", f"Plant\n{FIRST}")
    assert fields(f"---\ntags: [a]\n---\n{FIRST}", "a.md")["title"] == ""


def test_lines_that_a_program_has_broken_are_joined() -> None:
    broken = "The firm said on Monday that its\nplant in Oslo will open\nnext spring."
    text = f"{broken}\n\n{broken}\n \nOslo\n"

    assert fields(text)["text"] == "\n".join([broken.replace("\n", " ")] * 2 + ["Oslo"])


@pytest.mark.parametrize("lines", [[FIRST, SECOND, FIRST], ["one", "two " * 60, "three" * 9]])
def test_lines_that_end_with_their_sentence_or_are_long_stay(lines: list[str]) -> None:
    text = "\n".join(lines)

    assert fields(text)["text"].split("\n") == [line.strip() for line in lines]  # type: ignore[attr-defined]


def test_chinese_lines_are_joined_without_a_blank() -> None:
    assert fields("远山公司周一在奥斯陆\n启用第二座工厂，并为它\n招聘了340名员工。" * 2)[
        "text"
    ] == ("远山公司周一在奥斯陆启用第二座工厂，并为它招聘了340名员工。" * 2)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no article on the page"),
        ("404 Not Found\n\nnginx", "an error page (404 Not Found)"),
        ("Just a moment...\nChecking your browser", "it wants proof that a person is reading"),
        (f"{FIRST}\nSubscribe to continue reading", "behind a paywall"),
        ("The plant is open.", "no article on the page"),
        (f"{FIRST} {SECOND}", ""),
    ],
)
def test_a_text_that_is_no_article_says_why(text: str, reason: str) -> None:
    assert fields(text)["reason"] == reason


def whole(path: Path | str) -> tuple[str, tuple[str, ...]]:
    page = read_whole(str(path), fetcher=AiohttpFetcher(env={}))
    return page.text.split("\n")[0], page.headings


@pytest.mark.parametrize("name", ["page.html", "page.txt", "page"])
def test_a_file_with_markup_is_a_web_page_whatever_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(f"\n {HTML}")

    assert whole(path) == ("H", ("H",))


def test_any_other_file_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(f"# T\n\n## H\n\n{FIRST} {SECOND}")

    assert whole(path) == ("H", ("H",))


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no file"):
        whole(tmp_path / "none")
    with pytest.raises(ConfigError, match="there is no file"):
        whole(tmp_path)
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(FetchError, match="no article"):
        whole(tmp_path / "empty.txt")
