from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from digestbot.errors import ConfigError
from digestbot.text.jsonl import moment_at, read_rows, text_at, whole


def title(row: Mapping[str, Any]) -> str:
    return text_at(row, "title")


def test_blank_lines_are_none_and_a_mark_of_byte_order_is_no_trouble() -> None:
    lines = ['\ufeff{"title": "a"}\n'.encode(), b"\n", b"  \n", b'{"title": null}', b"{}"]

    assert list(read_rows(lines, title, name="x")) == ["a", "", ""]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"\xff", "x:2: this is no JSON object: 'utf-8' codec"),
        (b"[]", "x:2: this is no JSON object"),
        (b"[" * 100_000, "x:2: this is no JSON object: nested too deeply"),
        (b'{"title": 5}', 'x:2: "title" must be a text, not 5'),
        (b'{"title": [' + b"0," * 99 + b"0]}", "…"),
    ],
    ids=["bytes", "list", "deep", "number", "long"],
)
def test_what_is_wrong_is_told_with_its_line_when_that_is_reached(
    line: bytes, complaint: str
) -> None:
    rows = read_rows([b'{"title": "a"}', line], title, name="x")

    assert next(rows) == "a"
    with pytest.raises(ConfigError) as caught:
        next(rows)
    assert complaint in str(caught.value)


def test_a_moment_keeps_the_zone_that_it_is_written_in() -> None:
    assert moment_at({"at": "2026-06-01T08:00Z"}, "at") == datetime(2026, 6, 1, 8, tzinfo=UTC)
    assert moment_at({"at": " 2026-06-01 "}, "at") == datetime(2026, 6, 1)
    assert moment_at({"at": ""}, "at") is None
    assert moment_at({}, "at") is None
    with pytest.raises(ValueError, match='"at" is 7; write 2026-06-01T08:00:00Z'):
        moment_at({"at": 7}, "at")


def test_halves_of_characters_are_replaced_one_for_one() -> None:
    assert whole("a\ud800b") == "a?b"
