from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from digestbot.text.shown import Shown, addresses, joined, shown


def seen(raw: str) -> Shown:
    return shown(raw, range(100, 100 + len(raw)))


def urls(raw: str) -> list[str]:
    return [link.url for link in seen(raw).links]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**融资**1.5亿", "融资1.5亿"),
        ("[**A** & B](https://n.test/a) said", "A & B said"),
        (r"5 \* 3 &amp; 2", "5 * 3 & 2"),
        ("`code` 4<br>5", "code 45"),
        ("![chart 7](https://n.test/7.png)up", "up"),
        ("one\ntwo", "one\ntwo"),
    ],
)
def test_marks_and_addresses_are_not_shown(raw: str, text: str) -> None:
    assert seen(raw).text == text


def test_each_character_keeps_its_place() -> None:
    raw = "a **1.5** [b](https://n.test/1.5) c"
    found = seen(raw)

    assert "".join(raw[place - 100] for place in found.places) == found.text == "a 1.5 b c"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("[a](https://n.test/a)", "https://n.test/a"),
        ("[a](<https://n.test/a b>)", "https://n.test/a%20b"),
        ("<https://n.test/a>", "https://n.test/a"),
        ("看 https://n.test/a。", "https://n.test/a"),
        ("(see https://n.test/a_(b)).", "https://n.test/a_(b)"),
        ("www.n.test发布", "www.n.test"),
        ('<a class="x" href="https://n.test/a">a</a>', "https://n.test/a"),
        ("[https://n.test/a](https://n.test/a)", "https://n.test/a"),
    ],
)
def test_a_link_is_found_however_it_is_written(raw: str, found: str) -> None:
    assert urls(raw) == [found]


def test_a_link_stands_where_its_address_is_written() -> None:
    raw = "[n.test/a](https://n.test/a)"
    (link,) = seen(raw).links

    assert raw[link.start - 100 : link.end - 100] == link.url


def test_what_looks_like_a_link_to_nobody_but_a_pattern_is_none() -> None:
    assert urls("`](https://` mail@www.n.test x") == []


def test_texts_are_joined_line_by_line_without_the_empty_ones() -> None:
    both = joined([seen("a [b](https://n.test/b)"), seen("  "), shown("c", range(1, 2))])

    assert both.text == "a b\nc"
    assert len(both.places) == len(both.text)
    assert [link.url for link in both.links] == ["https://n.test/b"]
    assert joined([]).text == ""


def test_addresses_of_a_text_are_found() -> None:
    assert addresses("a https://n.test/a, b www.n.test/b.") == ["https://n.test/a", "www.n.test/b"]


@given(st.text(alphabet="ab1 *_`[]()<>!&;#\\\n-~:/.wht中，"))
@example("[a][b]\n\n[b]: https://n.test/b")
@example("[a](<>)")
@example("[](https://)")
def test_any_markdown_can_be_looked_at(raw: str) -> None:
    found = seen(raw)

    assert len(found.text) == len(found.places)
    assert all(100 <= place < 100 + len(raw) for place in found.places)
    assert list(found.places) == sorted(found.places)
    assert all(100 <= link.start < link.end <= 100 + len(raw) for link in found.links)
