"""Whatever a feed gave, or did not give, somebody can ask what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from builders import NOW, edition, entry, feed
from digestbot.errors import ConfigError
from digestbot.model import (
    Candidate,
    Cluster,
    Entry,
    Explanation,
    FeedReport,
    FetchStatus,
    Reason,
    Report,
    Skipped,
    Status,
    Story,
)
from digestbot.stages.explain import explain

TITLES = {
    "bank": "Norway's central bank raises its policy rate to 4.75 percent",
    "echo": "Norges Bank: policy rate raised to 4.75 percent by central bank of Norway",
    "copy": "Norway's central bank raises its policy rate to 4.75 percent - Reuters",
    "ship": "Ferry runs aground off Gotland, all 214 passengers are safe",
    "chip": "北渡半导体推理芯片BD200量产，首批交付四家云服务商",
    "rain": "Rain ends a drought of eleven months in the Cape",
}


def given(id: str, host: str = "n", **more: Any) -> Entry:
    return entry(id, feed=feed(host), title=TITLES.get(id, f"Title {id}"), **more)


def candidate(place: int, *entries: Entry, score: float = 1.0, **fate: Any) -> Candidate:
    story = Story(
        cluster=Cluster(lead=entries[0], others=entries[1:]),
        score=score,
        reasons=(Reason(name="coverage", value=score, text="told by many"),) if place else (),
    )
    return Candidate(edition=edition().key, story=story, place=place, **fate)


BEYOND: dict[str, Any] = {"stage": "choose", "reason": "beyond the best 2"}
LATE = given("late", published=NOW - timedelta(minutes=5))
OLD = given("old", published=NOW - timedelta(days=3))
TOLD = given("rain")
CANDIDATES = (
    candidate(1, given("bank"), given("copy", "m"), score=3.0, chosen=True),
    candidate(2, given("chip"), score=2.0, chosen=True),
    candidate(3, given("echo", "o"), score=1.5, **BEYOND),
    candidate(4, given("ship"), score=1.0, **BEYOND),
    candidate(0, given("off"), stage="rank", reason="off topic: no word of the topic"),
)
REPORT = Report(
    edition=edition(),
    status=Status.PUBLISHED,
    started=NOW,
    feeds=(
        FeedReport(url="https://n.test/feed", name="n", status=FetchStatus.FETCHED, seen=9, kept=6),
        FeedReport(
            url="https://down.test/feed",
            name="Down",
            status=FetchStatus.FAILED,
            reason="HTTP 500",
        ),
    ),
    entries_seen=20,
    entries_kept=8,
    candidates=CANDIDATES,
    skipped=(
        Skipped(stage="collect", subject="https://down.test/feed", reason="HTTP 500"),
        Skipped(stage="collect", subject="https://n.test/x", reason="no link", title="Linkless"),
        Skipped(stage="dedupe", subject=TOLD.url, reason="told on 2026-05-31", title=TOLD.title),
        Skipped(stage="rank", subject="https://n.test/off", reason="off topic", title="Title off"),
        *(
            Skipped(stage="choose", subject=each.url, reason=each.reason, title=each.title)
            for each in CANDIDATES[2:4]
        ),
    ),
)
KEPT = [e for c in CANDIDATES for e in c.story.cluster.entries] + [LATE, TOLD]


def asked(what: str, report: Report = REPORT) -> Explanation:
    return explain(report, what, kept=KEPT, older=lambda: [*KEPT, OLD])


def fact(explanation: Explanation, name: str) -> str:
    return "\n".join(dict(explanation.facts).get(name, ()))


# --- what is in the post -----------------------------------------------------------


def test_a_story_tells_its_number_its_score_and_its_company() -> None:
    found = asked("1")

    assert found.answer == "in the post: number 1 of 2"
    assert (found.stage, found.candidate) == ("", CANDIDATES[0])
    assert fact(found, "place") == "1 of 4 ranked"
    assert fact(found, "score") == "3.00\n+3.00 coverage: told by many"
    assert "m, 06-01 08:00: " + TITLES["copy"] in fact(found, "told by")
    assert "joined: likeness 1.00: both say" in fact(found, "told by")


def test_an_entry_that_another_leads_says_whose_story_it_is_in() -> None:
    found = asked("https://n.test/copy")

    assert found.subject == TITLES["copy"]
    assert found.answer == f"in the post: number 1 of 2, told with n's {TITLES['bank']!r}"


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (Status.DRY_RUN, "chosen: number 2 of 2 (a dry run: nothing was written)"),
        (Status.RANKED, "chosen: number 2 of 2 (only ranked: no post was asked for)"),
        (Status.FAILED, "chosen: number 2 of 2, but the run failed"),
        (Status.TOO_LITTLE_NEWS, "chosen: number 2 of 2, but there was too little news for a post"),
    ],
)
def test_a_chosen_story_is_not_said_to_be_in_a_post_that_there_is_not(
    status: Status, ending: str
) -> None:
    assert asked("2", replace(REPORT, status=status)).answer == ending


# --- what is not ------------------------------------------------------------------


def test_an_entry_that_is_left_out_has_its_stage_its_nearest_rival_and_the_cut() -> None:
    found = asked("https://n.test/echo")

    assert (found.stage, found.answer) == ("choose", "left out by choose: beyond the best 2")
    nearest = fact(found, "nearest")
    assert nearest.startswith(f"1. {TITLES['bank']} (score 3.00)\nlikeness ")
    assert "both say " in nearest
    assert fact(found, "the cut").startswith("the last one chosen, 0.50 more: 2. 北渡半导体")


def test_where_nothing_alike_was_chosen_that_is_said() -> None:
    assert fact(asked("4"), "nearest") == "no chosen story is like it"


@pytest.mark.parametrize(
    ("what", "stage", "answer"),
    [
        (TITLES["rain"], "dedupe", "left out by dedupe: told on 2026-05-31"),
        ("Linkless", "collect", "left out by collect: no link"),
        ("Title off", "rank", "left out by rank: off topic: no word of the topic"),
        (
            LATE.url,
            "collect",
            "left out by collect: it came later: `digestbot stories --fresh` or"
            " `digestbot run --force` takes it in",
        ),
        (OLD.url, "collect", "left out by collect: published before the edition's hours"),
    ],
    ids=["told before", "no link", "off topic", "late", "old"],
)
def test_each_stage_answers_for_what_it_left_out(what: str, stage: str, answer: str) -> None:
    found = asked(what)

    assert (found.stage, found.answer) == (stage, answer)


def test_what_no_feed_gave_is_said_to_be_that_with_the_nearest_titles() -> None:
    title = asked("Ferry runs out of coffee")
    link = asked("https://else.test/2026/ferry-runs-aground-off-oeland.html")
    number = asked("https://n.test/2026/4711.html")
    nothing = asked("Quokka")

    assert {each.answer for each in (title, link, number, nothing)} == {"no feed gave it"}
    assert fact(title, "nearest") == f"4. {TITLES['ship']} (n)"
    assert fact(link, "nearest") == f"4. {TITLES['ship']} (n)"
    assert fact(number, "nearest") == "nothing alike"
    assert f"1. {TITLES['bank']} (n)" in fact(number, "its site")
    assert fact(nothing, "nearest") == "nothing alike"


def test_a_number_that_no_story_has_is_an_error() -> None:
    with pytest.raises(ConfigError, match="there is no story 5: daily/2026-06-01 has 1 to 4"):
        asked("5")
    with pytest.raises(ConfigError, match="there is no story 0"):
        asked("0")
    with pytest.raises(ConfigError, match="daily/2026-06-01 has none"):
        asked("1", replace(REPORT, candidates=()))


# --- which one is meant --------------------------------------------------------------


def test_of_several_matches_the_nearest_is_explained_and_the_others_are_listed() -> None:
    found = asked("policy rate")

    assert found.subject == TITLES["bank"]
    assert found.answer.endswith("(the best match for 'policy rate'; 1 more)")
    assert fact(found, "also") == f"3. {TITLES['echo']} (o)"


def test_the_very_title_wins_over_a_better_story_that_has_it_too() -> None:
    short = candidate(5, entry("short", title="BD200量产"), **BEYOND)
    report = replace(REPORT, candidates=(*CANDIDATES, short))

    assert asked("bd200 量产", report).subject == "BD200量产"
    assert asked("BD200", report).subject == TITLES["chip"]


def test_an_address_is_found_however_it_is_written() -> None:
    assert asked("http://www.n.test/ship/?utm_source=x").subject == TITLES["ship"]


# --- feeds and the whole edition -----------------------------------------------------


@pytest.mark.parametrize("what", ["https://down.test/feed", "http://down.test/feed/", "down"])
def test_a_feed_is_known_by_its_address_and_its_name(what: str) -> None:
    found = asked(what)

    assert (found.subject, found.stage) == ("Down", "collect")
    assert found.answer == "a feed: failed, HTTP 500"


def test_a_feed_says_what_became_of_its_entries() -> None:
    found = asked("https://n.test/feed")

    assert fact(found, "records") == "9 seen, 6 in the edition's hours"
    assert fact(found, "left out") == "1 × choose\n1 × collect\n1 × dedupe\n1 × rank"
    assert fact(found, "chosen").splitlines() == [
        f"1. {TITLES['bank']} (n)",
        f"2. {TITLES['chip']} (n)",
    ]


def test_an_edition_is_explained_by_what_each_stage_left_out() -> None:
    found = asked("")

    assert (found.subject, found.answer) == ("daily/2026-06-01", "published")
    assert fact(found, "feeds") == "1 fetched, 1 failed\nDown: HTTP 500"
    assert fact(found, "entries") == "20 seen, 8 in the edition's hours"
    assert fact(found, "stories") == "5 told by 6 entries; 4 ranked, 2 chosen"
    assert fact(found, "choose") == "2 left out\n2 × beyond the best 2"
    assert fact(found, "collect") == "1 left out\n1 × no link"


def test_a_failed_run_says_why() -> None:
    failed = Report(
        edition=edition(), status=Status.FAILED, started=NOW, error="none of the 3 feeds"
    )

    assert asked("", failed).answer == "failed: none of the 3 feeds"


# --- how it is shown ------------------------------------------------------------------


def test_an_explanation_reads_as_text_and_in_a_notebook() -> None:
    hostile = replace(REPORT, candidates=(candidate(1, entry("a", title="<b>x</b>")),))
    found = asked("4")

    assert str(found).splitlines()[:4] == [
        TITLES["ship"],
        "left out by choose: beyond the best 2",
        "",
        "link     https://n.test/ship",
    ]
    shown = asked("1", hostile)._repr_html_()
    assert "<b>x</b>" not in shown
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert '<a href="https://n.test/a" rel="noopener">' in shown
