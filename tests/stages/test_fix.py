"""Fix: what needs no source is mended, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import SHARED
from digestbot.library import load_format
from digestbot.stages.fix import fix
from digestbot.stages.lint import lint
from digestbot.stages.lint_rules import MENDABLE
from digestbot.text.urls import same_page_key
from stages.test_lint import CASES, POST

DAILY = load_format("daily")
MENDED = [case for case in CASES if case[0] in MENDABLE]


def codes(text: str) -> set[str]:
    return {found.code for found in lint(text, format=DAILY)}


def test_a_post_of_the_house_stays_as_it_is() -> None:
    assert fix(POST, format=DAILY) == POST


@pytest.mark.parametrize(("code", "was", "becomes"), MENDED)
def test_what_can_be_mended_is_no_longer_found(code: str, was: str, becomes: str) -> None:
    broken = POST.replace(was, becomes, 1)
    assert code in codes(broken)

    mended = fix(broken, format=DAILY)

    assert not codes(mended) & MENDABLE
    assert len(lint(mended, format=DAILY)) <= len(lint(broken, format=DAILY)) - 1


@pytest.mark.parametrize(
    ("was", "becomes"),
    [(was, becomes) for code, was, becomes in MENDED if code not in {"E304", "W562", "W564"}],
)
def test_mending_gives_back_the_very_bytes_of_the_good_post(was: str, becomes: str) -> None:
    mended = fix(POST.replace(was, becomes, 1), format=DAILY)

    assert mended.replace("“方向”", "方向") == POST


@pytest.mark.parametrize(
    ("code", "was", "becomes"), [case for case in CASES if case[0] not in MENDABLE]
)
def test_what_needs_a_source_is_left_to_its_editor(code: str, was: str, becomes: str) -> None:
    broken = POST.replace(was, becomes, 1)

    mended = fix(broken, format=DAILY)

    assert code in codes(mended)
    if not codes(broken) & MENDABLE:
        assert mended == broken


def test_only_tracking_goes_from_an_address() -> None:
    url = "https://n.test/a?utm_source=rss&id=7&f=rss&q=%E4%B8%AD#part?f=rss"
    mended = fix(POST.replace("https://n.test/3", url), format=DAILY)

    assert mended == POST.replace(
        "https://n.test/3", "https://n.test/a?id=7&q=%E4%B8%AD#part?f=rss"
    )


def test_a_rule_never_turns_the_line_above_into_a_heading() -> None:
    close = POST.replace("\n\n---\n\n1.", "\n1.")

    assert fix(close, format=DAILY) == POST


MARKS = [
    "---\n",
    "\n",
    "1. ",
    "2.  ",
    "   ",
    "### 点评\n",
    "**",
    ",",
    "。",
    '"',
    "(",
    ")",
    "。。",
    "`",
]
WORDS = ["[题](https://n.test/a?f=rss)", "中文", "GPT-5 ", "a", "5"]
PIECES = st.lists(st.sampled_from([*MARKS, *WORDS]), max_size=30).map("".join)


@given(PIECES)
def test_to_fix_twice_changes_nothing_more(body: str) -> None:
    once = fix(POST[: POST.index("今日")] + body, format=DAILY)

    assert fix(once, format=DAILY) == once


def test_real_posts_keep_every_word_figure_and_page() -> None:
    paths = sorted(
        path for path in (SHARED / "data" / "posts").glob("*/*.md") if path.stat().st_size
    )
    if not paths:
        pytest.skip(f"no posts in {SHARED}")
    for path in paths[::5]:
        _holds(path)


def _holds(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    mended = fix(text, format=DAILY)

    assert not codes(mended) & MENDABLE, path
    assert fix(mended, format=DAILY) == mended, path
    assert _words(mended) == _words(text), path
    assert _pages(mended) == _pages(text), path


def _words(text: str) -> list[str]:
    """The letters and figures of a post, less its addresses."""
    return [each for each in re.sub(r"\]\([^\n]*\)", "](", text) if each.isalnum()]


def _pages(text: str) -> list[str]:
    return [same_page_key(url) for url in re.findall(r"\]\((https?://[^\s()]+)\)", text)]
