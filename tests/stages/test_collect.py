"""Collect: what the feeds gave becomes entries that an edition may use."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from builders import NOW, edition, feed
from digestbot.model import Feed, FeedState, Fetched, FetchStatus, Notice, Record, Skipped
from digestbot.stages import collect as collect_stage
from digestbot.stages.collect import Collected, collect
from digestbot.stages.keep import DATED_ANEW
from digestbot.testing import MemoryStore, StaticFetcher

A = feed("a")
HOUR = timedelta(hours=1)


def record(name: str = "x", **given: object) -> Record:
    values: dict[str, object] = {
        "guid": name,
        "url": f"https://a.test/{name}",
        "title": f"Title {name}",
        "published": NOW - HOUR,
    }
    return Record(**(values | given))  # type: ignore[arg-type]


def visit(
    *records: Record,
    store: MemoryStore | None = None,
    feeds: tuple[Feed, ...] = (A,),
    **given: object,
) -> Collected:
    answer = Fetched(feed=A, status=FetchStatus.FETCHED, title="Feed A", records=records)
    return collect(
        feeds,
        edition=edition(),
        fetcher=StaticFetcher({A.url: answer}),
        store=store or MemoryStore(),
        now=NOW,
    )


def test_entries_inside_the_window_are_kept_newest_first() -> None:
    collected = visit(
        record("old", published=NOW - 25 * HOUR),
        record("morning", published=NOW - 5 * HOUR),
        record("noon", published=NOW - HOUR),
    )

    assert [entry.guid for entry in collected.entries] == ["noon", "morning"]
    assert (collected.feeds[0].seen, collected.feeds[0].kept) == (3, 2)


def test_markup_is_gone_and_addresses_are_canonical_once_for_all() -> None:
    collected = visit(
        record(
            title="A &amp; B <b>win</b>",
            url="https://a.test/x?utm_source=rss&id=7#top",
            excerpt_html="<p>One.</p><script>alert(1)</script><p>Two.</p>",
        )
    )

    (entry,) = collected.entries
    assert entry.title == "A & B win"
    assert entry.url == "https://a.test/x?id=7"
    assert entry.excerpt == "One.\nTwo."


@pytest.mark.parametrize(
    ("given", "reason"),
    [({"title": " "}, "no title"), ({"url": ""}, "no link"), ({"url": "javascript:x"}, "no link")],
)
def test_an_entry_without_title_or_link_is_left_out_and_named(
    given: dict[str, str], reason: str
) -> None:
    collected = visit(record(**given))

    assert collected.entries == ()
    (remark,) = collected.remarks
    assert isinstance(remark, Skipped)
    assert remark.reason == reason


def test_undated_entries_are_never_fresh_on_the_first_visit_of_their_feed() -> None:
    store = MemoryStore()

    assert visit(record("a", published=None), store=store).entries == ()
    assert visit(record("a", published=None), store=store).entries == ()


def test_an_undated_entry_that_appears_later_counts_from_when_it_was_first_seen() -> None:
    store = MemoryStore()
    visit(record("a", published=None), store=store)

    collected = visit(record("a", published=None), record("b", published=None), store=store)

    (entry,) = collected.entries
    assert (entry.guid, entry.published, entry.dated) == ("b", NOW, False)


def test_a_date_in_the_future_becomes_now_and_is_reported() -> None:
    collected = visit(record(published=NOW + 48 * HOUR))

    assert collected.entries[0].published == NOW
    (remark,) = collected.remarks
    assert isinstance(remark, Notice)
    assert "2026-06-03" in remark.reason


def test_an_unchanged_feed_gives_what_was_kept_of_it() -> None:
    store = MemoryStore()
    visit(record("x"), store=store)

    collected = collect(
        [A],
        edition=edition(),
        fetcher=StaticFetcher({A.url: Fetched(feed=A, status=FetchStatus.UNCHANGED)}),
        store=store,
        now=NOW,
    )

    assert [entry.guid for entry in collected.entries] == ["x"]
    assert collected.entries[0].source == "a"


def test_an_entry_that_rolled_off_its_feed_is_not_lost() -> None:
    store = MemoryStore()
    visit(record("x"), store=store)

    collected = visit(record("y"), store=store)

    assert {entry.guid for entry in collected.entries} == {"x", "y"}


def test_a_publisher_cannot_make_old_news_fresh_by_dating_it_anew() -> None:
    store = MemoryStore()
    visit(record("x", published=NOW - 30 * HOUR), store=store)

    assert visit(record("x", published=NOW - HOUR), store=store).entries == ()


def test_a_failed_feed_is_reported_and_the_others_are_used() -> None:
    bad = feed("bad")
    store = MemoryStore()
    fetcher = StaticFetcher(
        {
            A.url: Fetched(feed=A, status=FetchStatus.FETCHED, records=(record(),)),
            bad.url: "the server did not answer within 20 s",
        }
    )

    collected = collect([bad, A], edition=edition(), fetcher=fetcher, store=store, now=NOW)

    assert len(collected.entries) == 1
    assert [feed.status for feed in collected.feeds] == [FetchStatus.FAILED, FetchStatus.FETCHED]
    assert store.feed_states()[bad.url].failures == 1
    assert [r.reason for r in collected.remarks] == ["the server did not answer within 20 s"]


def test_validators_are_not_sent_when_less_was_kept_than_the_window_needs() -> None:
    store = MemoryStore()
    answer = Fetched(feed=A, status=FetchStatus.FETCHED, etag='"1"', records=())
    fetcher = StaticFetcher({A.url: answer})
    collect([A], edition=edition(), fetcher=fetcher, store=store, now=NOW)
    assert store.feed_states()[A.url].etag == '"1"'

    wide = edition(since=NOW - timedelta(days=60))
    collect([A], edition=wide, fetcher=fetcher, store=store, now=NOW)
    collect([A], edition=edition(), fetcher=fetcher, store=store, now=NOW)

    etags = [{state.etag for state in states.values()} for states in fetcher.states_seen]
    assert etags == [set(), {""}, {'"1"'}]


def test_a_feed_without_a_name_goes_by_its_own_title() -> None:
    nameless = feed("a", name="")
    answer = Fetched(
        feed=nameless, status=FetchStatus.FETCHED, title="The <b>A</b>", records=(record(),)
    )

    collected = collect(
        [nameless],
        edition=edition(),
        fetcher=StaticFetcher({nameless.url: answer}),
        store=MemoryStore(),
        now=NOW,
    )

    assert collected.entries[0].source == "The A"
    assert collected.feeds[0].name == "The A"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("NYT > World News", "NYT"),
        ("Al Jazeera – Breaking News from Al Jazeera", "Al Jazeera"),
        ("Readhub · AI", "Readhub"),
        ("社区更新 · 2026-08-17", "社区更新"),
        ("ABC News: International", "ABC News"),
        ("www.bundesamt.example", "bundesamt.example"),
        ("Techno-Babble", "Techno-Babble"),
        ("C | A", "C | A"),
    ],
)
def test_a_publisher_goes_by_its_name_without_tagline_or_section(title: str, name: str) -> None:
    answer = Fetched(
        feed=feed("a", name=""), status=FetchStatus.FETCHED, title=title, records=(record(),)
    )

    collected = collect(
        [answer.feed],
        edition=edition(),
        fetcher=StaticFetcher({answer.feed.url: answer}),
        store=MemoryStore(),
        now=NOW,
    )

    assert collected.entries[0].source == name


# --- feeds that are left alone ----------------------------------------------------------------


def _later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def _collect_at(moment: datetime, fetcher: StaticFetcher, store: MemoryStore) -> Collected:
    return collect([A], edition=edition(until=moment), fetcher=fetcher, store=store, now=moment)


def test_a_feed_that_rests_gives_what_is_kept_of_it() -> None:
    store = MemoryStore()
    answer = Fetched(
        feed=A,
        status=FetchStatus.FETCHED,
        records=(record(published=NOW - timedelta(hours=1)),),
        rest=timedelta(hours=3),
    )
    fetcher = StaticFetcher({A.url: answer})
    _collect_at(NOW, fetcher, store)

    collected = _collect_at(_later(1), fetcher, store)

    assert len(fetcher.visited) == 1
    assert len(collected.entries) == 1
    assert collected.feeds[0].status is FetchStatus.RESTING
    assert "asks for no visit before" in collected.feeds[0].reason
    assert collected.remarks == ()


def test_a_feed_that_rests_is_visited_where_the_window_needs_more_than_is_kept() -> None:
    store = MemoryStore()
    answer = Fetched(feed=A, status=FetchStatus.FETCHED, rest=timedelta(days=9))
    fetcher = StaticFetcher({A.url: answer})
    _collect_at(NOW, fetcher, store)

    wide = edition(since=NOW - timedelta(days=60), until=_later(1))
    collect([A], edition=wide, fetcher=fetcher, store=store, now=_later(1))

    assert len(fetcher.visited) == 2


def test_a_feed_that_keeps_failing_is_left_alone_and_still_counts_as_failed() -> None:
    store, fetcher = MemoryStore(), StaticFetcher({A.url: "the server answered 500"})
    for _ in range(3):
        _collect_at(NOW, fetcher, store)

    collected = _collect_at(_later(0.2), fetcher, store)

    assert len(fetcher.visited) == 3
    assert collected.feeds[0].status is FetchStatus.FAILED
    assert "failed 3 times in a row: the server answered 500" in collected.feeds[0].reason
    assert isinstance(collected.remarks[0], Skipped)


def test_a_retired_feed_is_told_once_and_visited_no_more() -> None:
    store = MemoryStore()
    gone = Fetched(feed=A, status=FetchStatus.RETIRED, reason="gone for good (410)")
    fetcher = StaticFetcher({A.url: gone})

    first, second = (_collect_at(moment, fetcher, store) for moment in (NOW, _later(30)))

    assert [type(remark) for remark in first.remarks] == [Notice]
    assert second.remarks == ()
    assert len(fetcher.visited) == 1
    assert {c.feeds[0].status for c in (first, second)} == {FetchStatus.RETIRED}


def test_visit_asks_feeds_that_rest_or_are_retired_too() -> None:
    store, fetcher = MemoryStore(), StaticFetcher({A.url: [record(published=NOW)]})
    store.save_feed_states([FeedState(url=A.url, retired=NOW, last_error="gone")])

    visited = collect_stage.visit([A], edition=edition(), fetcher=fetcher, store=store, now=NOW)

    assert visited.feeds[0].status is FetchStatus.FETCHED
    assert store.feed_states()[A.url].retired is None


@pytest.mark.parametrize(("silent", "blamed"), [(3, 0), (2, 3)])
def test_where_nobody_answers_for_any_feed_none_is_blamed(silent: int, blamed: int) -> None:
    store = MemoryStore()
    feeds = [feed(url=f"https://{name}.test/feed") for name in "abc"]
    answers = {
        each.url: Fetched(feed=each, status=FetchStatus.FAILED, reason="no", silent=number < silent)
        for number, each in enumerate(feeds)
    }

    collected = collect(
        feeds, edition=edition(), fetcher=StaticFetcher(answers), store=store, now=NOW
    )

    assert {report.status for report in collected.feeds} == {FetchStatus.FAILED}
    assert len(store.feed_states()) == blamed


def test_one_of_many_that_fails_is_blamed() -> None:
    store = MemoryStore()
    feeds = [feed(url=f"https://{name}.test/feed") for name in "abc"]
    fetcher = StaticFetcher({feeds[0].url: []})

    collect(feeds, edition=edition(), fetcher=fetcher, store=store, now=NOW)

    assert [store.feed_states()[each.url].failures for each in feeds] == [0, 1, 1]


def test_files_on_disk_are_read_each_time() -> None:
    store, local = MemoryStore(), feed(url="/feeds/a.xml")
    answer = Fetched(feed=local, status=FetchStatus.FETCHED, rest=timedelta(hours=9))
    fetcher = StaticFetcher({local.url: answer})

    for _ in range(2):
        collect([local], edition=edition(), fetcher=fetcher, store=store, now=NOW)

    assert len(fetcher.visited) == 2


def test_a_record_dated_anew_is_told_of_and_a_new_one_beside_it_is_used() -> None:
    store = MemoryStore()
    visit(record("x", published=NOW - 30 * HOUR), store=store)

    collected = visit(record("x"), record("y"), store=store)

    assert [entry.guid for entry in collected.entries] == ["y"]
    assert [remark.reason for remark in collected.remarks] == [DATED_ANEW]


def test_a_longer_window_takes_what_a_shorter_one_found_too_old() -> None:
    store = MemoryStore()
    old = record("x", published=NOW - 30 * HOUR)
    visit(old, store=store)

    collected = collect(
        [A],
        edition=edition(since=NOW - 48 * HOUR),
        fetcher=StaticFetcher({A.url: [old]}),
        store=store,
        now=NOW,
    )

    assert [entry.guid for entry in collected.entries] == ["x"]


def test_a_feed_that_is_empty_for_a_day_does_not_forget_what_was_old() -> None:
    store = MemoryStore()
    visit(record("x", published=NOW - 30 * HOUR), store=store)
    visit(store=store)

    assert visit(record("x"), store=store).entries == ()
