from __future__ import annotations

from builders import cluster, edition, entry, story
from digestbot.model import Remark, Skipped
from digestbot.stages.record import record


def left_out(id: str, stage: str, reason: str = "r") -> Skipped:
    return Skipped(stage=stage, subject=f"https://n.test/{id}", reason=reason, title=f"Title {id}")


def test_ranked_stories_have_places_and_are_chosen_unless_a_stage_left_them_out() -> None:
    ranked = [story("a"), story("b"), story("c")]
    remarks: list[Remark] = [left_out("b", "choose"), left_out("c", "admit", "E301")]

    found = record([each.cluster for each in ranked], ranked, remarks=remarks, edition=edition())

    assert [(each.title, each.place, each.chosen) for each in found] == [
        ("Title a", 1, True),
        ("Title b", 2, False),
        ("Title c", 3, False),
    ]
    assert (found[2].stage, found[2].reason) == ("admit", "E301")
    assert {each.edition for each in found} == {"daily/2026-06-01"}


def test_what_the_model_took_out_of_the_ranking_has_a_score_and_no_place() -> None:
    ranked = [story("a"), story("b"), story("off", score=3.0)]

    *_, last = record(
        [each.cluster for each in ranked],
        ranked,
        remarks=[left_out("off", "triage")],
        edition=edition(),
    )

    assert (last.title, last.place, last.story.score) == ("Title off", 0, 3.0)


def test_a_cluster_that_was_not_ranked_is_found_by_any_of_its_entries() -> None:
    # Where nobody translates, rank lets another entry lead.
    off_topic = cluster("a", entry("b"))

    (found,) = record([off_topic], [], remarks=[left_out("b", "rank")], edition=edition())

    assert (found.place, found.chosen, found.stage) == (0, False, "rank")
    assert [each.id for each in found.story.cluster.entries] == ["a", "b"]


def test_a_record_that_another_feed_gave_anew_does_not_unmake_a_choice() -> None:
    remarks: list[Remark] = [left_out("a", "collect"), left_out("a", "dedupe")]

    (found,) = record([cluster("a")], [story("a")], remarks=remarks, edition=edition())

    assert found.chosen
