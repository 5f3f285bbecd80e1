"""Lines of a file are told apart by story; what is wrong with a line is said with its number."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestbot.errors import ConfigError
from digestbot.tellings import read_tellings, story_lines


def told(*lines: str | bytes | dict[str, Any]) -> list[tuple[Any, Any]]:
    """The id and the story of each line."""
    items = read_tellings(map(written, lines), name="x.jsonl")
    rows = [json.loads(line) for line in story_lines(items)]
    assert all(list(row) == ["id", "story"] for row in rows)
    return [(row["id"], row["story"]) for row in rows]


def written(line: str | bytes | dict[str, Any]) -> bytes:
    if isinstance(line, dict):
        line = json.dumps(line)
    return line.encode() if isinstance(line, str) else line


MINIMAX = "首个三项能力兼备的国产旗舰模型：MiniMax M3 发布，百万上下文"


def test_a_story_has_the_id_of_its_first_line() -> None:
    found = told(
        {"id": "b", "title": "软银承诺斥资750亿欧元在法国建设人工智能设施"},
        {"id": "z", "title": MINIMAX},
        {"id": "a", "title": f"【快讯】{MINIMAX}"},
    )

    assert found == [("b", "b"), ("z", "z"), ("a", "z")]


def test_an_item_without_a_title_is_told_by_its_text() -> None:
    text = "The central bank of Norway raised its policy rate to 4.75 percent on Thursday"

    found = told(
        {"id": 1, "title": "", "text": text},
        {"id": 2, "text": text},
        {"id": 3, "title": None, "text": "Rain ended a drought of eleven months in the Cape"},
    )

    assert found[1] == (2, 1)
    assert found[2] == (3, 3)


def test_blank_lines_a_byte_order_mark_and_missing_fields_are_no_trouble() -> None:
    found = told(
        b"\xef\xbb\xbf" + b'{"id": "1"}\r\n', "\n", "  \t\n", '{"id": 2, "title": "Rain"}', ""
    )

    assert found == [("1", "1"), (2, 2)]


def test_a_text_and_a_number_are_two_ids() -> None:
    assert told({"id": "1"}, {"id": 1}) == [("1", "1"), (1, 1)]


def test_half_a_character_stays_what_it_is_in_an_id() -> None:
    line = '{"id": "\\ud800", "title": "\\udfff half", "text": "\\ud800"}'

    assert told(line, {"id": "名"}) == [("\ud800", "\ud800"), ("名", "名")]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "this is no JSON object: Expecting"),
        ("[1]", "this is no JSON object"),
        (b"\xff\xfe", "this is no JSON object: 'utf-8'"),
        ("[" * 100_000, "this is no JSON object: nested too deeply"),
        ('{"title": "Rain"}', 'an item needs an "id"'),
        ('{"id": null}', 'an item needs an "id"'),
        ('{"id": 1.5}', '"id" must be a text or a whole number, not 1.5'),
        ('{"id": true}', '"id" must be a text or a whole number, not true'),
        ('{"id": "a"}', 'the id "a" was there before'),
        ('{"id": 1, "title": 7}', '"title" must be a text, not 7'),
        ('{"id": 1, "published": "yesterday"}', '"published" is "yesterday"; write 2026-06-01T'),
        ('{"id": 1, "published": 1780272000}', '"published" must be a text, not 1780272000'),
        ('{"id": 1, "published": "0001-01-01T00:00+14:00"}', '"published" is "0001-01-01'),
    ],
    ids=range(13),
)
def test_a_line_that_cannot_be_read_is_named(line: str | bytes, complaint: str) -> None:
    with pytest.raises(ConfigError) as caught:
        told({"id": "a"}, "", line)

    assert str(caught.value).startswith(f"x.jsonl:3: {complaint}")


@pytest.mark.parametrize(
    "moment",
    ["2026-06-01T08:00:00Z", "2026-06-01T16:00:00+08:00", "20260601T080000Z", "2026-06-01 08:00"],
)
def test_moments_come_in_many_forms(moment: str) -> None:
    (account,) = read_tellings(
        [json.dumps({"id": 1, "published": moment}).encode()], name="x"
    ).accounts

    assert account.published
    assert account.published.isoformat() == "2026-06-01T08:00:00+00:00"


@pytest.mark.parametrize(
    ("given", "language"), [("zho", "zh"), ("eng", "en"), ("zh-CN", "zh"), ("", ""), (None, "")]
)
def test_languages_have_two_letters(given: str | None, language: str) -> None:
    (account,) = read_tellings([json.dumps({"id": 1, "lang": given}).encode()], name="x").accounts

    assert account.language == language


TITLES = st.one_of(st.text(max_size=30), st.sampled_from([MINIMAX, f"{MINIMAX}！", "Rain in Oslo"]))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(TITLES, TITLES), max_size=8))
def test_nothing_is_lost_and_a_story_is_named_by_its_first(rows: list[tuple[str, str]]) -> None:
    items = [
        {"id": number, "title": title, "text": text} for number, (title, text) in enumerate(rows)
    ]

    found = told(*items)

    assert [id for id, _ in found] == list(range(len(rows)))
    assert all(story <= id and found[story] == (story, story) for id, story in found)
