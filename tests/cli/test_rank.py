"""``digestbot rank``: items in, stories out, best first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from digestbot.cli import main

NOW = "2026-06-01T04:00:00Z"


def item(id: str, title: str, **given: Any) -> dict[str, Any]:
    values = {"source": "alpha", "url": f"https://n.test/{id}", "published": "2026-06-01T01:00:00Z"}
    return {"id": id, "title": title, **values} | given


def lines(*items: Any) -> str:
    return "".join(f"{each if isinstance(each, str) else json.dumps(each)}\n" for each in items)


def rank(text: str | bytes) -> Result:
    return CliRunner().invoke(main, ["rank", "--jsonl", "-", "--now", NOW], input=text)


def rows(*items: Any) -> list[dict[str, Any]]:
    result = rank(lines(*items))
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_stories_come_best_first_with_their_reasons(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(
        lines(
            item("lone", "Show HN: My little desk"),
            item("a", "Stripe buys AI gateway OpenRouter for $7B"),
            item("b", "Stripe buys AI gateway OpenRouter for $7B", source="bravo"),
        )
    )

    result = CliRunner().invoke(main, ["rank", "--jsonl", str(path), "--now", NOW])
    first, second = (json.loads(line) for line in result.stdout.splitlines())

    assert (sorted(first["ids"]), second["ids"]) == (["a", "b"], ["lone"])
    assert first["story"] in first["ids"]
    assert first["score"] > second["score"]
    assert sum(each["value"] for each in first["reasons"]) == pytest.approx(
        first["score"], abs=0.01
    )
    assert "told by 2: alpha, bravo" in {each["text"] for each in first["reasons"]}


def test_items_of_any_age_are_ranked() -> None:
    ranked = rows(
        item("future", "Whales return to the fjord", published="2036-01-01T00:00:00Z"),
        item("past", "Grain prices fall again", published="1999-01-01"),
        item("undated", "Rivers freeze in Finland", published=None),
        item("seen", "Snow closes schools", published=None, first_seen="2026-06-01T03:00:00+08:00"),
        item("number", "Prices of salt rise sharply") | {"id": 7},
    )

    assert {id for row in ranked for id in row["ids"]} == {"future", "past", "undated", "seen", 7}


def test_an_item_needs_no_link() -> None:
    assert len(rows(item("a", "Whales return", url=""), item("b", "Grain falls", url=None))) == 2


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("nonsense", "is not JSON"),
        ("[1]", "is no JSON object but list"),
        ('{"title": "T", "source": "s", "url": "u"}', "has no id"),
        ('{"id": "a", "source": "s", "url": "u"}', "has no title"),
        ('{"id": "a", "title": " ", "source": "s", "url": "u"}', "its title is empty"),
        ('{"id": "a", "title": "T", "url": "u"}', "has no source"),
        ('{"id": "a", "title": 3, "source": "s", "url": "u"}', "its title is no text"),
        ('{"id": "a", "title": "T", "source": "s", "published": "soon"}', "'soon' is no moment"),
        ("[" * 100_000, "is not JSON"),
        ("\\xff", "is not JSON"),
    ],
    ids=str,
)
def test_a_bad_line_is_named_and_the_others_are_ranked(line: str, complaint: str) -> None:
    result = rank(lines(item("a", "Whales return"), "", line, item("b", "Grain prices fall")))

    assert result.exit_code == 1
    assert f"digestbot: -:3: {complaint}" in result.stderr
    assert len(result.stdout.splitlines()) == 2


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    result = rank(b'{"id": "a", "title": "\xff\xfe"}\n')

    assert (result.exit_code, result.stdout) == (1, "")
    assert "-:1: is not JSON" in result.stderr


def test_half_a_surrogate_in_a_title_is_printed_as_a_question_mark() -> None:
    (row,) = rows(r'{"id": "a", "title": "Whales \ud800 return", "source": "s\udfff", "url": ""}')

    assert row["ids"] == ["a"]


def test_a_moment_that_is_none_is_a_mistake_in_the_command() -> None:
    result = CliRunner().invoke(main, ["rank", "--jsonl", "-", "--now", "noon"], input="")

    assert result.exit_code == 2
    assert "now: 'noon' is no moment" in result.stderr


def test_without_a_moment_it_is_now() -> None:
    given = lines(item("a", "Whales return"))

    assert CliRunner().invoke(main, ["rank", "--jsonl", "-"], input=given).exit_code == 0


def test_an_empty_file_has_no_stories() -> None:
    assert rows() == []


ITEMS = st.lists(
    st.builds(
        item,
        st.integers(0, 99).map(str),
        st.sampled_from(["OpenAI 发布 GPT-6", "Stripe buys OpenRouter", "Rain in Oslo", "8点1氪"]),
        source=st.sampled_from(["alpha", "36氪"]),
        url=st.sampled_from(["https://n.test/1", "https://openai.com/2", ""]),
        published=st.sampled_from([None, "2026-06-01T01:00:00Z", "2001-01-01"]),
    ),
    max_size=8,
    unique_by=lambda each: each["id"],
)


@settings(deadline=None)
@given(ITEMS, st.randoms(use_true_random=False))
def test_each_item_is_in_one_story_whatever_the_order_of_lines(
    items: list[dict[str, Any]], random: Any
) -> None:
    ranked = rows(*items)

    assert sorted(id for row in ranked for id in row["ids"]) == sorted(i["id"] for i in items)
    assert [row["score"] for row in ranked] == sorted((r["score"] for r in ranked), reverse=True)
    shuffled = rows(*random.sample(items, len(items)))
    assert [(sorted(r["ids"]), r["score"]) for r in shuffled] == [
        (sorted(r["ids"]), r["score"]) for r in ranked
    ]
