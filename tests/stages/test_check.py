from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import NOW, entry, feed
from digestbot.library import load_format
from digestbot.model import Entry
from digestbot.stages.check import Checked, check
from digestbot.stages.parts import parts_of

A = entry(
    "a",
    title="Lantern raises $1.5 billion for its chips",
    content="Lantern Labs raised $1.5 billion yesterday, led by Harbor. It has 320 employees.",
)
OTHER = entry(
    "b",
    feed=feed("m"),
    url="https://m.test/b",
    title="Lantern raises $1.5 billion for its chips, led by Harbor",
    content="Lantern Labs raised $1.5 billion, led by Harbor, at a value of $9 billion.",
)
FERRY = entry("c", title="A ferry is late", content="The ferry to Meridian was 40 minutes late.")
HERALD = entry("h", feed=feed("h", name="Meridian Herald"), title="Rain", content="It rains.")


def checked(post: str, *entries: Entry, timezone: str = "UTC", name: str = "") -> Checked:
    parts = parts_of(post, format=load_format("daily"), file_name=name)
    return check(parts, entries or (A, OTHER, FERRY), timezone=timezone)


def found(result: Checked, severity: str = "hard") -> list[tuple[str, str]]:
    findings = [each.finding for each in result.found]
    return [(each.kind, each.text) for each in findings if each.severity == severity]


def test_what_an_items_entry_says_is_no_finding() -> None:
    result = checked("- [Lantern raises $1.5bn](https://n.test/a): 15亿美元, 320 employees.\n")

    assert result.found == ()
    assert (result.items, result.matched) == (1, 1)
    assert result.facts >= 3


def test_a_link_is_matched_as_dedupe_matches_it() -> None:
    assert checked("- [Lantern](http://www.n.test/a/?utm_source=x)\n").matched == 1


def test_other_reports_of_the_same_news_are_sources_too() -> None:
    post = "- [Lantern is worth $9 billion](https://n.test/a)\n"

    assert found(checked(post)) == []
    assert found(checked(post, A, FERRY)) == [("amount", "$9 billion")]


def test_a_number_that_no_source_has_is_told_with_its_place() -> None:
    post = "- [Lantern](https://n.test/a) raised **$1.8 billion**.\n"
    (only,) = checked(post).found

    assert only.finding.severity == "hard"
    assert only.part == "item 1"
    assert post[only.finding.start : only.finding.end] == only.finding.text == "$1.8 billion"
    assert only.finding.reason == "`$1.8 billion` is not in the source; it has `$1.5 billion`"


def test_what_only_reports_of_like_words_have_is_suspect() -> None:
    stranger = replace(
        FERRY, title="Lantern once more", content="Its new plant has 77 rooms, says Lantern."
    )

    result = checked("- [Lantern](https://n.test/a) has 77 rooms.\n", A, stranger)

    assert found(result) == []
    assert found(result, "suspect") == [("number", "77")]
    assert "only in others that are most like it" in result.found[0].finding.reason


def test_a_link_that_no_source_has_is_a_finding_and_its_facts_are_held_against_the_likeliest() -> (
    None
):
    post = "- [Lantern raises $1.5 billion](https://evil.test/x), 7777 of it at once\n"
    result = checked(post)

    assert found(result) == [("link", "https://evil.test/x"), ("number", "7777")]
    assert post[result.found[0].finding.start :].startswith("https://evil.test/x")
    assert result.matched == 0
    assert "held against the 2 entries most like it" in result.found[1].finding.reason


def test_an_item_that_is_like_nothing_is_held_against_everything() -> None:
    result = checked("- [新](https://evil.test/x) 7777\n")

    assert found(result) == [("link", "https://evil.test/x"), ("number", "7777")]
    assert "held against all entries" in result.found[1].finding.reason


def test_a_text_that_names_an_address_is_a_source_of_it() -> None:
    note = entry("n", url="", title="", content="See https://n.test/z: it was 5,150 tons.")
    result = checked("- [Tons](https://n.test/z): 5150\n", note)

    assert result.found == ()
    assert result.matched == 1


@pytest.mark.parametrize(
    "link", ["https://n.test/", "www.n.test", "#top", "mailto:a@n.test", "/about"]
)
def test_front_pages_and_what_leads_to_no_page_are_no_findings(link: str) -> None:
    assert checked(f"- [Lantern](https://n.test/a), [more]({link})\n").found == ()


def test_lead_and_commentary_are_held_against_all_items_and_their_sources() -> None:
    post = "Two stories: {}.\n\n- [Lantern](https://n.test/a)\n- [A ferry](https://n.test/c)\n"

    assert found(checked(post.format("40 minutes, 320 employees, 2 items"))) == []
    assert found(checked(post.format("44 minutes"))) == [("number", "44 minutes")]
    assert found(checked(post.format("[x](https://evil.test/)"))) == [
        ("link", "https://evil.test/")
    ]


def test_a_post_without_items_is_held_against_all_entries() -> None:
    assert found(checked("The ferry was 40 minutes late, Lantern raised $2 billion.\n")) == [
        ("amount", "$2 billion")
    ]


@pytest.mark.parametrize(("timezone", "day"), [("UTC", 1), ("Asia/Shanghai", 2)])
def test_days_are_told_on_the_readers_clock(timezone: str, day: int) -> None:
    late = replace(A, published=datetime(2026, 6, 1, 20, tzinfo=UTC))

    right = checked(f"- [L](https://n.test/a), June {day}, 2026\n", late, timezone=timezone)
    wrong = checked(f"- [L](https://n.test/a), June {day + 2}, 2026\n", late, timezone=timezone)

    assert right.found == ()
    assert [kind for kind, _ in found(wrong)] == ["date"]


def test_a_posts_own_day_is_known_to_its_editor() -> None:
    post = "# News of 2026-06-07\n\n- [Lantern](https://n.test/a)\n"

    assert found(checked(post)) == [("date", "2026-06-07")]
    assert found(checked(post, name="20260607.md")) == []


def test_entries_of_another_time_are_not_the_same_news() -> None:
    years_ago = replace(OTHER, published=NOW - timedelta(days=900))
    result = checked("- [Lantern at $9 billion](https://n.test/a)\n", A, years_ago, FERRY)

    assert found(result) == []
    assert found(result, "suspect") == [("amount", "$9 billion")]


def test_a_publisher_that_tells_something_else_is_suspect_not_hard() -> None:
    result = checked("- [Lantern](https://n.test/a), says Meridian Herald\n", A, OTHER, HERALD)

    assert found(result) == []
    assert found(result, "suspect") == [("name", "Meridian Herald")]


def test_an_entry_without_a_date_may_tell_the_same_news() -> None:
    undated = replace(OTHER, published=datetime(1, 1, 1, tzinfo=UTC), dated=False)

    assert checked("- [At $9 billion](https://n.test/a)\n", A, undated, FERRY).found == ()


def test_the_last_day_of_all_is_no_trouble() -> None:
    last = replace(A, published=datetime.max.replace(tzinfo=UTC))

    assert checked("- [L](https://n.test/a)\n", last, timezone="Asia/Shanghai").found == ()


@given(order=st.permutations([A, OTHER, FERRY]))
def test_the_order_of_entries_changes_nothing(order: Sequence[Entry]) -> None:
    post = "Hi 9.\n\n- [At $9 billion, 7](https://n.test/a)\n- [Lantern 8](https://evil.test/a)\n"

    assert checked(post, *order) == checked(post, A, OTHER, FERRY)
