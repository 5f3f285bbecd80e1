"""The store's contract, on SQLite and in memory alike, then what SQLite adds to it."""

from __future__ import annotations

import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Table
from sqlalchemy.exc import OperationalError

from builders import NOW, edition, entry, feed, story, told_by
from digestbot.adapters.store import SqlStore
from digestbot.adapters.store.engine import explain
from digestbot.adapters.store.tables import CHANGES, VERSION
from digestbot.errors import EditionLockedError, StoreError
from digestbot.model import (
    Candidate,
    Choice,
    Cluster,
    Entry,
    FeedFigures,
    FeedReport,
    FeedState,
    FetchStatus,
    Notice,
    Page,
    Post,
    Reason,
    Reply,
    Report,
    Skipped,
    Status,
    Story,
    Usage,
)
from digestbot.ports import Store
from digestbot.testing import MemoryStore

OTHER = edition(name="weekly")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "memory":
        yield MemoryStore()
    else:
        with SqlStore.open(tmp_path / "state") as opened:
            yield opened


def _told_urls(store: Store, **given: datetime) -> list[str]:
    return [t.url for t in store.told(**{"since": NOW - timedelta(days=30)} | given, but=OTHER)]


def _post(tmp_path: Path, text: str = "文\n") -> Post:
    return Post(path=tmp_path / "20260601.md", text=text)


# --- feeds and entries -------------------------------------------------------


def test_feed_states_are_kept_exactly_and_replaced(store: Store) -> None:
    state = FeedState(
        url="https://me:pw@n.test/feed",
        title="名",
        etag='W/"x"',
        last_modified="Mon, 01 Jun 2026 03:00:00 GMT",
        body_hash="ab",
        visits=3,
        kept_since=NOW,
        last_success=NOW + timedelta(microseconds=1),
        failures=2,
        last_error="HTTP 500",
    )
    store.save_feed_states([state, FeedState(url="b")])
    store.save_feed_states([replace(state, failures=0)])
    store.save_feed_states([])

    assert store.feed_states() == {
        state.url: replace(state, failures=0),
        "b": FeedState(url="b"),
    }


def test_pages_are_kept_and_replaced(store: Store) -> None:
    page = Page(url="https://a.test/1", title="题", text="文", canonical="https://a.test/one")

    store.save_pages([page, replace(page, url="https://a.test/2")])
    store.save_pages([replace(page, text="新")])

    kept = store.pages(["https://a.test/1", "https://a.test/9"])
    assert kept == {page.url: replace(page, text="新")}


def test_the_figures_of_a_feed_count_entries_a_day_and_those_that_were_told(
    store: Store, tmp_path: Path
) -> None:
    kept = [
        entry(f"a{day}", feed=feed("a"), published=NOW - timedelta(days=day)) for day in range(5)
    ]
    store.save_entries([*kept, entry("b", feed=feed("b"))])
    post = _post(tmp_path)
    store.record_post(post, edition=edition(), told=told_by(story("a0")))
    store.confirm_post(edition())

    figures = store.feed_figures(since=NOW - timedelta(days=30))

    assert figures[feed("a").url] == FeedFigures(entries_a_day=1.25, used=0.2)
    assert figures[feed("b").url] == FeedFigures(entries_a_day=1.0, used=0.0)
    assert store.feed_figures(since=NOW + timedelta(days=1)) == {}


def test_an_undated_record_keeps_the_moment_when_it_was_first_seen(store: Store) -> None:
    assert store.first_seen(["a", "b"], stamp=NOW) == {"a": NOW, "b": NOW}

    later = NOW + timedelta(days=1)
    assert store.first_seen(["b", "c", "c"], stamp=later) == {"b": NOW, "c": later}
    assert store.first_seen([], stamp=later) == {}


def test_the_first_moment_of_time_can_be_noted(store: Store) -> None:
    never = datetime(1, 1, 1, tzinfo=UTC)

    assert store.first_seen(["a"], stamp=never) == {"a": never}


def test_entries_of_a_window_leave_out_its_start_and_take_in_its_end(store: Store) -> None:
    tick = timedelta(microseconds=1)
    since, until = NOW - timedelta(hours=1), NOW
    moments = {"start": since, "first": since + tick, "last": until, "after": until + tick}
    store.save_entries(entry(id, published=moment) for id, moment in moments.items())

    found = store.entries([feed()], since=since, until=until)

    assert [e.id for e in found] == ["first", "last"]


def test_entries_of_other_feeds_are_not_given(store: Store) -> None:
    store.save_entries([entry("a", feed=feed("x")), entry("b", feed=feed("y"))])

    found = store.entries([feed("y"), feed("z")], since=LONG_AGO, until=NOW)

    assert [e.id for e in found] == ["b"]


def test_an_entry_seen_again_has_its_new_text_and_its_earliest_moment(store: Store) -> None:
    first = entry("a", published=NOW - timedelta(hours=2), dated=False)
    store.save_entries([first])
    store.save_entries([replace(first, published=NOW, title="New", dated=True)])
    store.save_entries([])

    (found,) = store.entries([feed()], since=LONG_AGO, until=NOW)
    assert found == replace(first, title="New")


def test_an_entry_seen_again_with_an_earlier_moment_takes_it(store: Store) -> None:
    first, earlier = entry("a", dated=False), NOW - timedelta(days=1)
    store.save_entries([first])
    store.save_entries([replace(first, published=earlier, dated=True)])

    (found,) = store.entries([feed()], since=LONG_AGO, until=NOW)
    assert found == replace(first, published=earlier, dated=True)


# --- what was told -----------------------------------------------------------


def test_a_confirmed_post_has_told_every_entry_of_its_clusters(
    store: Store, tmp_path: Path
) -> None:
    stories = [story("a", entry("b", guid="g")), story("c")]
    store.record_post(_post(tmp_path), edition=edition(), told=told_by(*stories))
    store.confirm_post(edition())

    told = store.told(since=NOW - timedelta(days=1), but=OTHER)

    assert [t.url[-1] for t in told] == ["a", "b", "c"]
    assert (told[1].edition, told[1].guid, told[1].title) == ("daily/2026-06-01", "g", "Title b")
    assert told[1].published == NOW - timedelta(hours=3)


def test_what_is_told_comes_back_as_it_was_recorded(store: Store, tmp_path: Path) -> None:
    text = "融资15亿美元。" * 99
    lead = story("a", entry("b", guid="g"), title="甲", excerpt=text, language="zh")
    told = told_by(lead, story("c"))
    store.record_post(_post(tmp_path), edition=edition(), told=told)
    store.confirm_post(edition())

    assert store.told(since=LONG_AGO) == told
    assert told[0].figures == "15亿美元"
    assert len(told[0].text) == 400


def _published(store: Store, tmp_path: Path, *stories: Story, **given: Any) -> None:
    made = edition(**given)
    store.record_post(_post(tmp_path), edition=made, told=told_by(*stories, **given))
    store.confirm_post(made)


def test_what_is_forgotten_was_not_told_and_the_rest_was(store: Store, tmp_path: Path) -> None:
    _published(store, tmp_path, story("a", entry("b")), story("c"))
    told = store.told(since=LONG_AGO)

    store.forget(told[:2])
    store.forget([])

    assert _told_urls(store) == ["https://n.test/c"]


def test_what_is_barred_is_told_to_every_edition_and_never_too_old(
    store: Store, tmp_path: Path
) -> None:
    _published(store, tmp_path, story("a"), story("b"))
    store.bar(store.told(since=LONG_AGO)[:1])

    later = NOW + timedelta(days=900)
    assert [t.url[-1] for t in store.told(since=later)] == ["a"]
    assert [t.url[-1] for t in store.told(since=later, but=edition())] == ["a"]
    assert [t.barred for t in store.told(since=LONG_AGO)] == [True, False]


def test_what_is_barred_stays_so_when_its_post_is_made_again(store: Store, tmp_path: Path) -> None:
    _published(store, tmp_path, story("a"), story("b"))
    store.bar(store.told(since=LONG_AGO)[:1])

    _published(store, tmp_path, story("c"))

    assert [(t.url[-1], t.barred) for t in store.told(since=LONG_AGO)] == [
        ("a", True),
        ("c", False),
    ]


def test_only_editions_of_which_nothing_is_known_are_remembered(
    store: Store, tmp_path: Path
) -> None:
    _published(store, tmp_path, story("a"))
    store.forget(store.told(since=LONG_AGO))
    other = told_by(story("x"), story("y"), name="weekly")

    learnt = store.remember([*told_by(story("a")), *other])

    assert learnt == other
    assert store.told(since=LONG_AGO) == other
    assert store.remember(other) == []
    assert not store.wrote(tmp_path / "20260601.md", b"")


def test_an_edition_is_not_told_its_own_stories(store: Store, tmp_path: Path) -> None:
    store.record_post(_post(tmp_path), edition=edition(), told=told_by(story()))
    store.confirm_post(edition())

    assert store.told(since=LONG_AGO, but=edition()) == []


def test_what_was_told_before_the_given_time_is_left_out(store: Store, tmp_path: Path) -> None:
    store.record_post(_post(tmp_path), edition=edition(), told=told_by(story()))
    store.confirm_post(edition())

    assert _told_urls(store, since=NOW - timedelta(seconds=1)) == ["https://n.test/a"]
    assert _told_urls(store, since=NOW) == []


def test_a_recorded_post_that_is_not_in_its_place_has_told_nothing(
    store: Store, tmp_path: Path
) -> None:
    post = _post(tmp_path)
    store.record_post(post, edition=edition(), told=told_by(story()))
    assert _told_urls(store) == []

    post.path.write_text("somebody else's", encoding="utf-8")
    assert _told_urls(store) == []


def test_a_recorded_post_that_is_in_its_place_counts_without_a_word(
    store: Store, tmp_path: Path
) -> None:
    post = _post(tmp_path)
    store.record_post(post, edition=edition(), told=told_by(story()))
    post.path.write_bytes(post.text.encode())

    assert _told_urls(store) == ["https://n.test/a"]


def test_the_earlier_post_counts_until_its_successor_is_in_place(
    store: Store, tmp_path: Path
) -> None:
    old, new = _post(tmp_path, "old"), _post(tmp_path, "new")
    store.record_post(old, edition=edition(), told=told_by(story("old")))
    old.path.write_text("old", encoding="utf-8")  # killed before it could confirm
    store.record_post(_post(tmp_path, "lost"), edition=edition(), told=told_by(story("lost")))
    store.record_post(new, edition=edition(), told=told_by(story("new")))
    assert _told_urls(store) == ["https://n.test/old"]

    new.path.write_text("new", encoding="utf-8")
    assert _told_urls(store) == ["https://n.test/new"]
    store.confirm_post(edition())
    assert _told_urls(store) == ["https://n.test/new"]


def test_confirming_what_nobody_recorded_changes_nothing(store: Store) -> None:
    store.confirm_post(edition())

    assert _told_urls(store) == []


def test_a_post_without_stories_tells_nothing(store: Store, tmp_path: Path) -> None:
    store.record_post(_post(tmp_path), edition=edition(), told=[])
    store.confirm_post(edition())

    assert _told_urls(store) == []


def test_the_store_knows_the_bytes_it_recorded_from_edited_ones(
    store: Store, tmp_path: Path
) -> None:
    post = _post(tmp_path)
    assert not store.wrote(post.path, b"")

    store.record_post(post, edition=edition(), told=[])

    assert store.wrote(post.path, post.text.encode())
    assert store.wrote(tmp_path / "x" / ".." / post.path.name, post.text.encode())
    assert not store.wrote(post.path, b"edited")
    assert not store.wrote(tmp_path / "other.md", post.text.encode())


# --- an editor's choices ------------------------------------------------------


def _choice(url: str, **given: Any) -> Choice:
    values: dict[str, Any] = {
        "edition": "daily/2026-06-01",
        "url": url,
        "title": "名",
        "sources": ("机器之心", "N"),
        "picked": True,
        "made": NOW,
    }
    return Choice(**values | given)


def test_choices_are_kept_in_order_with_a_number_each(store: Store) -> None:
    store.save_choices([_choice("https://n.test/1"), _choice("https://n.test/2", picked=False)])

    assert store.choices() == [
        _choice("https://n.test/1", number=1),
        _choice("https://n.test/2", picked=False, number=2),
    ]


def test_the_last_choice_about_a_story_of_an_edition_counts(store: Store) -> None:
    store.save_choices([_choice("https://n.test/1"), _choice("https://n.test/1", picked=False)])
    store.save_choices([_choice("https://n.test/1", edition="daily/2026-06-02")])

    assert [(each.edition[-1], each.picked) for each in store.choices()] == [
        ("1", False),
        ("2", True),
    ]


def test_a_number_that_was_taken_back_is_not_given_again(store: Store) -> None:
    store.save_choices([_choice("https://n.test/1")])
    store.take_back(1)
    store.save_choices([_choice("https://n.test/2")])

    assert [choice.number for choice in store.choices()] == [2]


def test_what_taste_forgets_has_its_latest_moment(store: Store) -> None:
    store.forget_taste("n", moment=LONG_AGO)
    store.forget_taste("n", moment=NOW)

    assert store.forgotten_taste() == {"n": NOW}


# --- replies, runs, the lock -------------------------------------------------


def test_a_reply_is_kept_under_its_key_and_comes_back_as_a_kept_one(store: Store) -> None:
    store.save_reply("k", Reply(text="old"))
    store.save_reply("k", Reply(text="{\n}\x00", finish="length"))

    assert store.reply("k") == Reply(text="{\n}\x00", finish="length", cached=True)
    assert store.reply("none") is None


def test_vectors_are_kept_by_model_and_key_in_single_precision(store: Store) -> None:
    many = {f"k{n}": [float(n), 0.1] for n in range(1_001)}
    store.save_vectors("m", many)
    store.save_vectors("m", {"k1": [7.0]})
    store.save_vectors("other", {"k1": [8.0]})
    store.save_vectors("m", {})

    assert store.vectors("m", ["k1", "absent"]) == {"k1": [7.0]}
    assert store.vectors("other", ["k1"]) == {"k1": [8.0]}
    assert store.vectors("m", []) == {}
    assert store.vectors("m", ["k2"])["k2"] == pytest.approx([2.0, 0.1])
    assert set(store.vectors("m", list(many))) == set(many)


def test_a_store_is_held_by_one_run_at_a_time(store: Store) -> None:
    with (
        store.lock(timeout=0),
        pytest.raises(EditionLockedError, match="another"),
        store.lock(timeout=0.01),
    ):
        pass
    with store.lock(timeout=0):
        pass


# --- what SQLite adds --------------------------------------------------------


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "state"


def test_the_state_outlives_the_process(state: Path, tmp_path: Path) -> None:
    with SqlStore.open(state) as store:
        store.save_entries([entry("a", content="长" * 5000)])
        store.record_post(_post(tmp_path), edition=edition(), told=told_by(story()))
        store.confirm_post(edition())

    with SqlStore.open(state) as store:
        (found,) = store.entries([feed()], since=LONG_AGO, until=NOW)
        assert found == entry("a", content="长" * 5000)
        assert _told_urls(store) == ["https://n.test/a"]


def test_opening_the_state_confirms_a_post_whose_run_was_killed_too_early(
    state: Path, tmp_path: Path
) -> None:
    post = _post(tmp_path)
    with SqlStore.open(state) as store:
        store.record_post(post, edition=edition(), told=told_by(story()))
    post.path.write_bytes(post.text.encode())
    SqlStore.open(state).close()
    post.path.write_text("edited by hand", encoding="utf-8")

    with SqlStore.open(state) as store:
        assert _told_urls(store) == ["https://n.test/a"]


def test_a_new_state_file_is_its_owners_only(state: Path) -> None:
    SqlStore.open(state).close()

    assert stat.S_IMODE((state / "state.db").stat().st_mode) == 0o600


TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@settings(max_examples=30, deadline=None)
@given(
    entries=st.lists(
        st.builds(
            lambda id, **given: entry(id, **given),
            TEXTS,
            url=TEXTS,
            title=TEXTS,
            excerpt=TEXTS,
            content=TEXTS,
            guid=TEXTS,
            dated=st.booleans(),
            published=st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=st.just(UTC)),
        ),
        unique_by=lambda e: e.id,
        max_size=5,
    )
)
def test_whatever_text_entries_hold_it_comes_back_as_it_was(
    entries: list[Entry], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with SqlStore.open(tmp_path_factory.mktemp("state")) as store:
        store.save_entries(entries)
        found = store.entries(
            [feed()],
            since=datetime(1, 1, 1, tzinfo=UTC),
            until=datetime(9999, 1, 1, tzinfo=UTC),
        )

    assert {e.id: e for e in found} == {e.id: e for e in entries}


def test_a_text_that_is_no_unicode_is_a_store_error_and_harms_nothing(state: Path) -> None:
    with SqlStore.open(state) as store:
        with pytest.raises(StoreError, match="not valid Unicode"):
            store.save_entries([entry("a"), entry("b", title="\ud800")])

        assert store.entries([feed()], since=LONG_AGO, until=NOW) == []


def test_ten_thousand_entries_are_kept_quickly(state: Path) -> None:
    many = [entry(str(number), content="x" * 500) for number in range(10_000)]
    with SqlStore.open(state) as store:
        store.save_entries(many)

        assert len(store.first_seen([e.id for e in many], stamp=NOW)) == 10_000
        assert len(store.entries([feed()], since=LONG_AGO, until=NOW)) == 10_000


def test_replies_are_saved_from_many_threads_at_once(state: Path) -> None:
    with SqlStore.open(state) as store, ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: store.save_reply(str(n), Reply(text=str(n))), range(100)))
        found = list(pool.map(lambda n: store.reply(str(n)), range(100)))

    assert [reply.text for reply in found if reply] == [str(n) for n in range(100)]


def test_several_stores_can_be_opened_on_a_new_folder_at_once(state: Path) -> None:
    together = threading.Barrier(6, timeout=20)

    def use(number: int) -> None:
        together.wait()
        with SqlStore.open(state) as store:
            store.save_reply(str(number), Reply(text="x"))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(use, range(6)))

    with SqlStore.open(state) as store:
        assert all(store.reply(str(number)) for number in range(6))


# --- what is forgotten -------------------------------------------------------


def _report(started: datetime) -> Report:
    return Report(edition=edition(), status=Status.PUBLISHED, started=started)


def test_runs_are_given_newest_first(state: Path) -> None:
    with SqlStore.open(state) as store:
        for hour in range(3):
            store.save_report(_report(LONG_AGO + timedelta(hours=hour)))

        found = store.runs(2)

    assert [run["started"] for run in found] == [
        "2020-01-01T02:00:00+00:00",
        "2020-01-01T01:00:00+00:00",
    ]


def test_what_is_old_is_forgotten_and_the_rest_is_kept(state: Path, tmp_path: Path) -> None:
    now = LONG_AGO
    old, new = now - timedelta(days=61), now - timedelta(days=1)
    with SqlStore.open(state) as store:
        store.save_entries([entry("old", published=old), entry("new", published=new)])
        for name, until in (("old", old), ("new", new)):
            made = edition(name=name, until=until)
            told = told_by(story(name), name=name, until=until)
            store.record_post(_post(tmp_path), edition=made, told=told)
            store.confirm_post(made)
        store.first_seen(["a"], stamp=old)
        store.save_report(_report(now - timedelta(days=91)))

        store.save_report(_report(now))

        kept = store.entries([feed()], since=datetime(2019, 1, 1, tzinfo=UTC), until=now)
        assert [e.id for e in kept] == ["new"]
        assert _told_urls(store, since=datetime(2019, 1, 1, tzinfo=UTC)) == ["https://n.test/new"]
        assert len(store.runs(10)) == 1
        assert store.first_seen(["a"], stamp=now) == {"a": old}


def test_a_feed_whose_entries_were_forgotten_no_longer_claims_to_have_them(state: Path) -> None:
    with SqlStore.open(state) as store:
        store.save_feed_states(
            [
                FeedState(url="long", kept_since=LONG_AGO - timedelta(days=100)),
                FeedState(url="short", kept_since=LONG_AGO - timedelta(days=35)),
                FeedState(url="never"),
            ]
        )
        store.save_report(_report(LONG_AGO))

        kept = {url: state.kept_since for url, state in store.feed_states().items()}

    assert kept == {
        "long": LONG_AGO - timedelta(days=40),
        "short": LONG_AGO - timedelta(days=35),
        "never": None,
    }


def test_what_was_told_is_kept_for_twice_the_memory_and_what_is_barred_for_good(
    state: Path, tmp_path: Path
) -> None:
    ever = datetime(2019, 1, 1, tzinfo=UTC)
    with SqlStore.open(state, memory=timedelta(days=5)) as store:
        for name, days in (("old", 11), ("barred", 11), ("new", 9)):
            until = LONG_AGO - timedelta(days=days)
            _published(store, tmp_path, story(name), name=name, until=until)
        store.bar(told for told in store.told(since=ever) if "barred" in told.url)

        store.save_report(_report(LONG_AGO))

        assert [t.title for t in store.told(since=ever)] == ["Title barred", "Title new"]


def test_a_run_with_a_clock_in_the_future_does_not_empty_the_memory(state: Path) -> None:
    with SqlStore.open(state) as store:
        store.save_reply("k", Reply(text="kept today"))
        store.save_report(_report(datetime(2999, 1, 1, tzinfo=UTC)))

        assert store.reply("k")


# --- the record of an edition --------------------------------------------------


def test_a_record_comes_back_as_it_was_kept(store: Store) -> None:
    lead, other = entry("a", excerpt="文" * 80), entry("b", feed=feed("other"), guid="g")
    told = Candidate(
        edition=edition().key,
        story=Story(
            cluster=Cluster(lead=lead, others=(other,)),
            score=1.25,
            reasons=(Reason(name="coverage", value=1.5, text="told by 2"),),
        ),
        place=1,
        chosen=True,
    )
    left_out = Candidate(
        edition=edition().key, story=story("c", score=0.0), stage="rank", reason="off topic"
    )
    report = Report(
        edition=edition(),
        status=Status.DRY_RUN,
        started=NOW,
        path=Path("20260601.md"),
        feeds=(FeedReport(url="u", name="n", status=FetchStatus.FAILED, reason="HTTP 500"),),
        entries_kept=3,
        stories=(told.story,),
        candidates=(told, left_out),
        skipped=(Skipped(stage="rank", subject="s", reason="off topic", title="题"),),
        notices=(Notice(stage="collect", subject="s", reason="r"),),
        usage=Usage(calls=2, cost=0.5),
        seconds=(("collect", 0.5),),
    )

    store.save_entries([lead, other, left_out.story.lead])
    store.save_report(report)

    assert store.report("daily", day=report.edition.date) == report
    assert store.report("daily") == report
    assert store.report("weekly") is None
    assert store.report("dail%") is None
    assert store.report("daily", day=date(2026, 6, 2)) is None


def test_the_last_run_that_ranked_anything_is_an_editions_record(store: Store) -> None:
    store.save_report(_recorded("a", "b"))
    store.save_report(_recorded("b", "c"))
    store.save_report(_recorded())

    assert _places(store) == [("b", 1), ("c", 2)]


def test_a_run_that_ranked_nothing_is_the_record_where_there_is_no_other(store: Store) -> None:
    store.save_report(replace(_recorded(), error="none of the feeds could be read"))

    report = store.report("daily")

    assert report
    assert report.error == "none of the feeds could be read"


def test_the_last_record_is_that_of_the_last_run_whichever_day_it_was(store: Store) -> None:
    yesterday = edition(date=date(2026, 5, 31))
    store.save_report(_recorded("a"))
    store.save_report(replace(_recorded(), edition=yesterday))

    last, today = store.report("daily"), store.report("daily", day=date(2026, 6, 1))

    assert last
    assert last.edition == yesterday
    assert today
    assert today.edition == edition()


def test_an_entrys_text_is_gone_from_the_record_when_it_is_no_longer_kept(state: Path) -> None:
    with SqlStore.open(state) as store:
        told = Candidate(edition=edition().key, story=story("a", excerpt="文" * 80), place=1)
        store.save_report(replace(_recorded(), candidates=(told,)))

        report = store.report("daily")

    assert report
    assert report.candidates[0].story.lead == entry("a")


def test_candidates_are_forgotten_with_their_run(state: Path) -> None:
    with SqlStore.open(state) as store:
        store.save_report(replace(_recorded("a"), started=NOW - timedelta(days=120)))
        store.save_report(replace(_recorded("b"), edition=OTHER))

        assert store.report("daily") is None
        with closing(sqlite3.connect(state / "state.db")) as connection:
            assert connection.execute("SELECT story FROM candidates").fetchall() == [("b",)]


def _recorded(*ids: str) -> Report:
    candidates = tuple(
        Candidate(edition=edition().key, story=story(id), place=place, chosen=True)
        for place, id in enumerate(ids, 1)
    )
    return Report(edition=edition(), status=Status.RANKED, started=NOW, candidates=candidates)


def _places(store: Store) -> list[tuple[str, int]]:
    report = store.report("daily")
    return [(each.story.lead.id, each.place) for each in report.candidates] if report else []


# --- what can go wrong -------------------------------------------------------


def test_a_file_that_is_no_database_is_named_with_the_way_out(state: Path) -> None:
    state.mkdir(parents=True)
    (state / "state.db").write_bytes(b"not a database at all, " * 100)

    with pytest.raises(StoreError, match=r"state\.db is not a database: move it away"):
        SqlStore.open(state)


def test_a_damaged_database_is_named_with_the_way_out(state: Path) -> None:
    with SqlStore.open(state) as store:
        store.save_entries([entry(str(n), content="x" * 3000) for n in range(50)])
    file = state / "state.db"
    pages = bytearray(file.read_bytes())
    pages[4096:] = b"\xff" * (len(pages) - 4096)
    file.write_bytes(pages)

    with pytest.raises(StoreError, match=r"state\.db is damaged: move it away"):
        SqlStore.open(state)


_SINCE_THE_SECOND = (
    *(
        f"ALTER TABLE told DROP COLUMN {name}"
        for name in (
            *("story", "thread", "follow_up", "text", "figures"),
            *("language", "headline", "summary", "barred"),
        )
    ),
    "DROP TABLE choices",
    "DROP TABLE forgotten",
    "DROP TABLE candidates",
    "DROP TABLE vectors",
)
"""What a state of the second version does not have."""


@pytest.mark.parametrize("version", [1, 2])
def test_what_an_older_state_told_is_still_told_entry_by_entry(
    version: int, state: Path, tmp_path: Path
) -> None:
    with SqlStore.open(state) as store:
        _published(store, tmp_path, story("a", entry("b", guid="g")), story("c"))
    earlier = ("failing_since", "not_before", "quiet_hours", "moved_to", "retired", "older")
    first = (*(f"ALTER TABLE feeds DROP COLUMN {name}" for name in earlier), "DROP TABLE pages")
    lacking = (*(first if version == 1 else ()), *_SINCE_THE_SECOND)
    _run(state / "state.db", *lacking, f"PRAGMA user_version = {version}")

    with SqlStore.open(state) as store:
        told = store.told(since=LONG_AGO)

    assert [(t.story, t.thread, t.title) for t in told] == [
        (1, "https://n.test/a", "Title a"),
        (2, "https://n.test/b", "Title b"),
        (3, "https://n.test/c", "Title c"),
    ]
    assert (told[1].guid, told[1].headline, told[1].closed) == ("g", "", NOW)


@pytest.mark.parametrize("version", sorted(CHANGES))
def test_an_older_state_is_brought_up_to_date(state: Path, version: int) -> None:
    known = FeedState(url="https://a.test/feed", etag='"1"', visits=4)
    with SqlStore.open(state) as store:
        store.save_feed_states([known])
    lacking = [change for older in range(version, VERSION) for change in CHANGES[older]]
    undone = [_undone(change) for change in lacking if isinstance(change, Column | Table)]
    _run(state / "state.db", *undone, f"PRAGMA user_version = {version}")

    with SqlStore.open(state) as store:
        assert store.feed_states() == {known.url: known}
        after = replace(known, quiet_hours=(1, 2), retired=NOW, moved_to="https://b.test")
        store.save_feed_states([after])
        store.save_pages([Page(url="https://a.test/1", text="文")])
        store.save_report(_recorded("a"))
        assert store.feed_states() == {known.url: after}
        assert _places(store) == [("a", 1)]
        store.save_choices([_choice("https://n.test/1")])
        store.forget_taste("n", moment=NOW)
        assert len(store.choices()) == len(store.forgotten_taste()) == 1


def _undone(change: object) -> str:
    if isinstance(change, Column):
        return f"ALTER TABLE {change.table.name} DROP COLUMN {change.name}"
    return f"DROP TABLE {change}"


def test_a_newer_state_is_refused_and_left_alone(state: Path) -> None:
    SqlStore.open(state).close()
    _run(state / "state.db", "PRAGMA user_version = 99")

    with pytest.raises(StoreError, match=r"newer digestbot \(state 99, .* upgrade digestbot"):
        SqlStore.open(state)


def test_a_folder_that_cannot_be_made_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreError, match=r"state\.db cannot be used .*Not a directory"):
        SqlStore.open(tmp_path / "file" / "state")


def test_a_state_that_another_run_is_making_at_this_moment_is_waited_for(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    maker = sqlite3.connect(state / "state.db", isolation_level=None, check_same_thread=False)
    maker.execute("BEGIN IMMEDIATE")
    done = threading.Timer(0.2, maker.execute, ["COMMIT"])
    done.start()

    with SqlStore.open(state) as store:
        assert store.feed_states() == {}
    done.join()
    maker.close()


def _run(database: Path | str, *statements: str, uri: bool = False) -> None:
    with closing(sqlite3.connect(database, timeout=0, uri=uri)) as connection:
        for statement in statements:
            connection.execute(statement)


def _full(file: Path) -> None:
    _run(file, "PRAGMA max_page_count = 2", "CREATE TABLE a (x)", "CREATE TABLE b (x)")


def _read_only(file: Path) -> None:
    file.touch()
    _run(f"file:{file}?mode=ro", "CREATE TABLE a (x)", uri=True)


def _busy(file: Path) -> None:
    with closing(sqlite3.connect(file)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        _run(file, "BEGIN IMMEDIATE")


def _cannot_open(file: Path) -> None:
    _run(file / "none")


def _no_table(file: Path) -> None:
    _run(file, "SELECT * FROM absent")


@pytest.mark.parametrize(
    ("fail", "words"),
    [
        (_full, "the disk is full: make room"),
        (_read_only, "cannot be written: check who owns it"),
        (_busy, "held by another program for too long"),
        (_cannot_open, "cannot be opened"),
        (_no_table, "cannot be used as digestbot's state: no such table: absent"),
    ],
)
def test_a_failure_of_the_database_says_what_to_do(
    fail: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    file = tmp_path / "x.db"

    with pytest.raises(sqlite3.Error) as caught:
        fail(file)
    wrapped = OperationalError("INSERT INTO secrets", {}, caught.value)

    assert words in str(explain(wrapped, file))
    assert "secrets" not in str(explain(wrapped, file))


def test_a_disk_that_takes_no_more_is_a_store_error_and_the_state_stays_whole(
    state: Path,
) -> None:
    resource = pytest.importorskip("resource", reason="limits of file size are POSIX's")
    with SqlStore.open(state) as store:
        store.save_reply("before", Reply(text="kept"))
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, limits[1]))
        try:
            with pytest.raises(StoreError, match=r"state\.db cannot "):
                store.save_reply("big", Reply(text="x" * 1_000_000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    with SqlStore.open(state) as store:
        assert store.reply("before")
        assert store.reply("big") is None


def test_a_state_that_went_bad_while_in_use_is_a_store_error(state: Path) -> None:
    with SqlStore.open(state) as store:
        _run(state / "state.db", "DROP TABLE replies")

        with pytest.raises(StoreError, match="no such table: replies"):
            store.reply("k")
