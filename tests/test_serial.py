"""Digests as JSON: whole, and held to their shape on the way back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from digestbot.errors import FormatError
from digestbot.model import Digest, FrontMatter, Item, Layout
from digestbot.serial import from_json, to_json

MOMENT = datetime(2026, 6, 1, 9, 16, 14, 408000, tzinfo=timezone(timedelta(hours=8)))
DIGEST = Digest(
    front_matter=FrontMatter(
        title='2026.06.01 "全球"', date=MOMENT, categories=("大模型", "AI应用")
    ),
    lead="今日**要闻**。",
    items=(Item(title="标题 [x]", url="https://a.test/?a=1&b=2", text="一\u2028二。"),),
    commentary=("一", "二"),
    layout=Layout(milliseconds=True, heading="none", item_gap=2),
)


def test_a_digest_comes_back_whole() -> None:
    back = from_json(to_json(DIGEST))

    assert back == DIGEST
    assert back.front_matter.date.utcoffset() == timedelta(hours=8)


def test_the_json_is_for_people_too() -> None:
    assert '"title": "标题 [x]"' in to_json(DIGEST)
    assert list(json.loads(to_json(DIGEST))) == [
        "front_matter",
        "lead",
        "items",
        "commentary",
        "layout",
    ]


def test_without_a_layout_the_houses_own_is_meant() -> None:
    values = json.loads(to_json(DIGEST))
    del values["layout"]

    assert from_json(json.dumps(values)).layout == Layout()


def test_a_switch_of_the_layout_may_be_left_out() -> None:
    values = json.loads(to_json(DIGEST))
    values["layout"] = {"heading": "bold"}

    assert from_json(json.dumps(values)).layout == Layout(heading="bold")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("lead",), None, "lead of the digest must be a text, not null"),
        (("lead",), ..., "lead of the digest is missing"),
        (("leed",), "x", "the digest has an unknown key: 'leed'"),
        (("front_matter",), [], r"front_matter of the digest must be an object, not \[\]"),
        (("front_matter", "tags"), 1, "the front matter has an unknown key: 'tags'"),
        (("front_matter", "date"), "today", "date of the front matter is none: 'today'"),
        (("front_matter", "date"), "2026-06-01T09:00:00", "has no offset"),
        (("front_matter", "categories"), [1], "text of number 1 in categories of the front"),
        (("items",), {}, "items of the digest must be a list, not {}"),
        (("items", 0), "x" * 99, "number 1 in items of the digest must be an object"),
        (("items", 0, "text"), "\ud800", "text of number 1 in items of the digest holds half"),
        (("items", 0, "link"), "x", "number 1 in items of the digest has an unknown key"),
        (("commentary",), "x", "commentary of the digest must be a list of texts"),
        (("layout",), 1, "layout of the digest must be an object, not 1"),
        (("layout", "heading"), "big", "heading of the layout must be one of"),
        (("layout", "item_gap"), True, "item_gap of the layout must be of the kind int"),
        (("layout", "text_column"), 9**9, "text_column of the layout must be one of"),
        (("layout", "font"), "x", "the layout has an unknown key: 'font'"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(path: tuple[Any, ...], value: Any, said: str) -> None:
    values = json.loads(to_json(DIGEST))
    inner = values
    for step in path[:-1]:
        inner = inner[step]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value

    with pytest.raises(FormatError, match=said):
        from_json(json.dumps(values))


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '"x"', "[]", "NaN"])
def test_what_is_no_digest_is_an_error(text: str) -> None:
    with pytest.raises(FormatError):
        from_json(text)
