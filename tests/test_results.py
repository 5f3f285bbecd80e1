"""Results show themselves in a notebook and turn into frames."""

from __future__ import annotations

from pathlib import Path

from builders import cluster, edition, entry, feed, story, summary
from digestbot.model import Cluster, Entry, Post, Reason, Report, Skipped, Status, Story, Summary
from digestbot.results import SHOWN, Result, Results

HOSTILE = "<script>alert(1)</script>"


def test_results_are_a_tuple_that_knows_its_edition_and_what_was_left_out() -> None:
    left_out = Skipped(stage="dedupe", subject="https://n.test/b", reason="told before")

    results = Results.of([entry("a")], edition=edition(), remarks=[left_out])

    assert results[0].id == "a"
    assert len(results) == 1
    assert results.edition == edition()
    assert results.remarks == (left_out,)


def test_a_frame_has_a_row_a_noun() -> None:
    ranked = story("a", entry("b", feed=feed("other")))
    ranked = Story(
        cluster=ranked.cluster,
        score=1.23456,
        reasons=(Reason(name="coverage", value=0.7), Reason(name="round-up", value=-0.25)),
    )

    frame = Results[Story].of([ranked], edition=edition()).to_frame()

    assert frame.loc[0, "score"] == 1.235
    assert frame.loc[0, "reasons"] == "coverage +0.70, round-up -0.25"
    assert frame.loc[0, "sources"] == ("n", "other")
    assert frame.loc[0, "title"] == "Title a"


def test_every_stages_nouns_have_a_row_of_their_own() -> None:
    entries = Results[Entry].of([entry("a")], edition=edition()).to_frame()
    clusters = Results[Cluster].of([cluster("a")], edition=edition()).to_frame()
    summaries = Results[Summary].of([summary("a")], edition=edition()).to_frame()
    others = Results[str].of(["x"], edition=edition()).to_frame()

    assert list(entries.columns) == ["published", "source", "title", "text", "url"]
    assert clusters.loc[0, "entries"] == 1
    assert summaries.loc[0, "origin"] == "llm"
    assert others.loc[0, "value"] == "x"


def test_a_notebook_shows_feed_text_as_text_and_addresses_as_links() -> None:
    shown = Results[Entry].of([entry("a", title=HOSTILE)], edition=edition())._repr_html_()

    assert HOSTILE not in shown
    assert "&lt;script&gt;" in shown
    assert '<a href="https://n.test/a" rel="noopener">' in shown


def test_a_notebook_shows_long_results_in_part_and_says_so() -> None:
    many = Results[Entry].of([entry(str(n)) for n in range(SHOWN + 3)], edition=edition())

    assert many._repr_html_().endswith("<p>… and 3 more</p>")
    assert Results[Entry].of([], edition=edition())._repr_html_() == "<p><em>nothing</em></p>"


def test_a_run_shows_its_post_or_why_there_is_none() -> None:
    report = Report(
        edition=edition(), status=Status.TOO_LITTLE_NEWS, started=edition().until, error="0 stories"
    )
    post = Post(path=Path("x.md"), text="# Post")

    assert Result(report=report, post=post)._repr_markdown_() == "# Post"
    assert Result(report=report)._repr_markdown_() == "**too little news** 0 stories"
