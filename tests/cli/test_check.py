"""``digestbot check``: what texts say that their sources do not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from digestbot.cli import main


def check(text: str | bytes) -> Result:
    return CliRunner().invoke(main, ["check", "--jsonl", "-"], input=text)


def line(**row: Any) -> str:
    return json.dumps({"id": "a", "text": "", "sources": []} | row) + "\n"


def test_each_text_has_its_findings_in_order(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(
        line(id="a", text="融资1.5亿美元", sources=["It raised $1.5 billion."])
        + "\n"
        + line(id=7, text="two", sources=["融资15亿美元", "and 2"])
    )

    result = CliRunner().invoke(main, ["check", "--jsonl", str(path)])

    assert result.exit_code == 0
    assert [json.loads(each) for each in result.stdout.splitlines()] == [
        {
            "id": "a",
            "findings": [
                {
                    "kind": "amount",
                    "severity": "hard",
                    "text": "1.5亿美元",
                    "start": 2,
                    "end": 8,
                    "reason": "`1.5亿美元` is not in the source; it has `$1.5 billion` = 15亿",
                }
            ],
        },
        {"id": 7, "findings": []},
    ]


@pytest.mark.parametrize("published", ["2026-06-01", "2026-06-01T08:00:00Z"])
def test_the_day_of_publication_counts(published: str) -> None:
    row = {"text": "5月31日", "sources": ["It was yesterday."]}

    assert json.loads(check(line(**row, published=published)).stdout)["findings"] == []
    assert json.loads(check(line(**row, published="")).stdout)["findings"] != []
    assert json.loads(check(line(**row, published=None)).stdout)["findings"] != []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("nonsense", "-:2: this is no JSON object"),
        ("[1]", "-:2: this is no JSON object"),
        ("[" * 100_000, "-:2: this is no JSON object: nested too deeply"),
        ('{"id": 1.5}', '-:2: "id" must be a text or a whole number'),
        ('{"text": "a", "sources": []}', '-:2: "id" must be a text or a whole number'),
        ('{"id": 1, "text": "a"}', '-:2: "sources" must be a list of texts'),
        ('{"id": 1, "text": "a", "sources": [1]}', '-:2: "sources" must be a list of texts'),
        ('{"id": 1, "text": 3, "sources": []}', '-:2: "text" must be a text'),
        (
            '{"id": 1, "text": "", "sources": [], "published": "June"}',
            '-:2: "published" is "June"; write 2026-06-01T08:00:00Z',
        ),
    ],
)
def test_a_bad_line_is_named(text: str, complaint: str) -> None:
    result = check(line() + text + "\n" + line())

    assert result.exit_code == 2
    assert complaint in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_halves_of_characters_are_no_trouble() -> None:
    result = check('{"id": "\\ud800", "text": "5\\ud800%", "sources": ["\\udfff"]}\n')

    assert result.exit_code == 0
    assert json.loads(result.stdout)["id"] == "?"


@given(text=st.text(), source=st.text())
def test_any_line_has_an_answer(text: str, source: str) -> None:
    result = check(line(text=text, sources=[source]))

    assert result.exit_code == 0
    for finding in json.loads(result.stdout)["findings"]:
        assert text[finding["start"] : finding["end"]] == finding["text"]
