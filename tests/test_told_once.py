"""A story is told once: whole runs day after day with one state, on a real SQLite file."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import NOW, edition, feed
from digestbot import memory, pipeline
from digestbot.adapters.store import SqlStore
from digestbot.editions import Plan
from digestbot.errors import ConfigError
from digestbot.ledger import Ledger
from digestbot.library import load_format, load_prompt
from digestbot.model import Message, Record, Severity, Status
from digestbot.ports import Model
from digestbot.results import Result
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.render import render
from digestbot.testing import ScriptedModel, SerialExecutor, StaticFetcher
from digestbot.wiring import TASKS

A, B = feed("a"), feed("b")
DAILY = load_format("daily")
DAY = timedelta(days=1)

PLAN = "北渡半导体计划下月发布推理芯片BD200"
LAUNCH = "北渡半导体正式发布推理芯片BD200，售价2999美元"
TEXTS = {
    PLAN: "北渡半导体表示，推理芯片BD200的样品已经送到三家客户手里，量产的日期还没有定下来。",
    LAUNCH: "北渡半导体周一在发布会上介绍了推理芯片BD200，并公布了供货的渠道和保修的条款。",
    "蓝湾机器人完成三亿元B轮融资": "蓝湾机器人完成B轮融资，由远山资本领投，资金用于双足机器人。",
    "澜海市公布生成内容标识办法": "澜海市数据局要求人工智能生成的图片带有可见标识和隐式水印。",
    "南溟机器人在澄江物流园上岗": "南溟机器人把人形机器人部署到物流园，承担夜间的拣货与码垛。",
}
QUIET = tuple(TEXTS)[2:]


def record(title: str, *, day: int = 0, **given: Any) -> Record:
    """What a feed says of *title* three hours before the edition of that day closes."""
    name = f"{title[:6]}-{day}"
    values: dict[str, Any] = {
        "guid": f"guid-{name}",
        "url": f"https://a.test/{name}",
        "title": title,
        "excerpt_html": TEXTS.get(title, ""),
        "published": NOW + day * DAY - timedelta(hours=3),
    }
    return Record(**values | given)


def make(
    folder: Path,
    *records: Record,
    day: int = 0,
    others: Sequence[Record] = (),
    model: Model | None = None,
    hours: int = 0,
    language: str = "zh",
    force: bool = False,
    **plan: Any,
) -> Result:
    """Make the edition of a day with the state in *folder*; *hours* later than the usual one."""
    shift = day * DAY + timedelta(hours=hours)
    name = plan.setdefault("name", "daily")
    issue = edition(
        name=name,
        language=language,
        date=edition().date + day * DAY,
        since=edition().since + shift,
        until=NOW + shift,
    )
    plan = {"folder": folder / name, "feeds": (A, B), "language": language} | plan
    with SqlStore.open(folder / "state") as store:
        tools = pipeline.Tools(
            fetcher=StaticFetcher({A.url: records, B.url: others}),
            store=store,
            executor=SerialExecutor(),
            format=DAILY,
            prompts={task: load_prompt(task, language) for task in TASKS},
            model=model,
        )
        ledger = Ledger(edition=issue, started=NOW + shift, model=model)
        return pipeline.run(plan=Plan(**plan), tools=tools, ledger=ledger, force=force)


def headlines(result: Result) -> list[str]:
    return [item.title for item in result.digest.items] if result.digest else []


def left_out(result: Result) -> list[str]:
    return [each.reason for each in result.report.skipped if each.stage == "recall"]


# --- told once ------------------------------------------------------------------


def test_a_story_told_yesterday_and_reworded_by_another_feed_is_left_out(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))

    reworded = record("推理芯片BD200下月问世：北渡半导体已定计划", day=1)
    result = make(tmp_path, record(QUIET[1], day=1), others=[reworded], day=1)

    assert headlines(result) == [QUIET[1]]
    (reason,) = left_out(result)
    assert reason.startswith(f"told on 2026-06-01 as “{PLAN}”: likeness ")


@pytest.mark.parametrize(
    "again",
    [
        {"title": LAUNCH},
        {"published": NOW + DAY - timedelta(hours=1)},
        {"title": LAUNCH, "url": "https://a.test/moved"},
        {"guid": "guid-new", "url": "http://www.a.test/old/?utm_source=rss"},
    ],
    ids=["edited", "dated anew", "edited and moved", "a new guid"],
)
def test_what_its_publisher_edits_or_dates_anew_is_not_news(
    again: dict[str, Any], tmp_path: Path
) -> None:
    first = record(PLAN, guid="guid-old", url="https://a.test/old")
    make(tmp_path, first, record(QUIET[0]))

    values = {"guid": "guid-old", "url": "https://a.test/old"} | again
    edited = record(values.pop("title", PLAN), day=1, **values)
    result = make(tmp_path, edited, record(QUIET[1], day=1), day=1)

    assert headlines(result) == [QUIET[1]]


def test_what_was_told_long_ago_may_be_told_again(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    shutil.copytree(tmp_path, tmp_path / "longer")

    after = make(tmp_path, record(PLAN, day=31), day=31)
    longer = make(tmp_path / "longer", record(PLAN, day=31), day=31, memory=40 * DAY)

    assert headlines(after) == [PLAN]
    assert longer.report.status is Status.TOO_LITTLE_NEWS


def test_what_the_morning_told_the_evening_does_not(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]), name="morning")

    evening = make(tmp_path, record(PLAN), record(QUIET[1]), name="evening", hours=8)

    assert headlines(evening) == [QUIET[1]]
    assert left_out(evening)[0].startswith("told on morning/2026-06-01 as")


# --- follow-ups -----------------------------------------------------------------


@pytest.mark.parametrize(("language", "mark"), [("zh", "后续："), ("en", "Follow-up: ")])
def test_a_development_comes_back_marked_and_explained(
    language: str, mark: str, tmp_path: Path
) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]), language=language)

    result = make(
        tmp_path, record(LAUNCH, day=1), record(QUIET[1], day=1), day=1, language=language
    )

    assert sorted(headlines(result)) == sorted([f"{mark}{LAUNCH}", QUIET[1]])
    reasons = [s.cluster.follows.reason for s in result.report.stories if s.cluster.follows]
    assert reasons == [f"told on 2026-06-01 as “{PLAN}”; new: 2999美元, 正式发布"]


def test_a_marked_post_keeps_its_format_and_reads_back(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    result = make(tmp_path, record(LAUNCH, day=1), day=1)
    assert result.post

    digest = parse(result.post.text, format=DAILY)

    assert digest == result.digest
    assert render(digest, format=DAILY, language="zh") == result.post.text
    found = lint(result.post.text, format=DAILY, file_name=result.post.path.name)
    assert [f for f in found if f.severity is Severity.ERROR or f.code == "W502"] == []


def test_a_follow_up_comes_once(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    first = make(tmp_path, record(LAUNCH, day=1), record(QUIET[1], day=1), day=1)
    assert first.post
    bytes_before = first.post.path.read_bytes()

    again = make(tmp_path, record(LAUNCH, day=1), record(QUIET[1], day=1), day=1, force=True)
    later = NOW + DAY + timedelta(hours=2)
    more = record("北渡半导体召回推理芯片BD200，涉及3万片", day=1, published=later)
    evening = make(tmp_path, more, record(QUIET[2], day=1), day=1, hours=8, name="evening")
    retold = record("北渡半导体推出2999美元的推理芯片BD200", day=2)
    tomorrow = make(tmp_path, others=[retold], day=2)

    assert again.post
    assert again.post.path.read_bytes() == bytes_before
    assert headlines(evening) == [QUIET[2]]
    assert left_out(evening)[0].endswith("it had a follow-up today")
    assert headlines(tomorrow) == [f"后续：{more.title}"]


def test_a_second_development_may_follow_on_another_day(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    make(tmp_path, record(LAUNCH, day=1), record(QUIET[1], day=1), day=1)

    recall = record("北渡半导体召回推理芯片BD200，涉及3万片", day=2)
    result = make(tmp_path, recall, record(QUIET[2], day=2), day=2)

    assert f"后续：{recall.title}" in headlines(result)
    with SqlStore.open(tmp_path / "state") as store:
        threads = {t.thread for t in store.told(since=memory.EVER) if "BD200" in t.title}
    assert threads == {record(PLAN).url}


def test_the_model_is_told_what_readers_know_and_never_writes_the_mark(tmp_path: Path) -> None:
    def editor(messages: tuple[Message, ...]) -> dict[str, Any]:
        asked = messages[0].text + messages[-1].text
        if '"order"' in asked:
            return {"order": [1, 2]}
        if '"categories"' in asked:
            return {
                "lead": "今日要闻。" * 50,
                "paragraphs": ["我更在意供货。" * 20],
                "categories": [],
            }
        text = "北渡半导体在周一的发布会上介绍了推理芯片BD200，并公布了供货的渠道和保修的条款。"
        return {"headline": "后续：北渡半导体发布推理芯片BD200", "text": text, "evidence": [1]}

    make(tmp_path, record(PLAN), record(QUIET[0]))
    model = ScriptedModel(editor)
    result = make(tmp_path, record(LAUNCH, day=1), day=1, model=model)

    assert headlines(result) == ["后续：北渡半导体发布推理芯片BD200"]
    (asked,) = [r for r in model.requests if "以前的报道" in r[0].text or "我们" in r[-1].text]
    assert "新在：2999美元, 正式发布。我们2026-06-01的报道" in asked[-1].text
    assert f"{PLAN} {TEXTS[PLAN]}" in asked[-1].text
    assert asked[-1].text.count("只回复 JSON") == 2


# --- rebuilt from posts -----------------------------------------------------------


def rebuilt(folder: Path) -> Path:
    """A folder whose state was lost, and made again from the posts in *folder*."""
    lost = folder.with_name(f"{folder.name}-lost")
    shutil.copytree(folder / "daily", lost / "daily", dirs_exist_ok=True)
    with SqlStore.open(lost / "state") as store:
        plan = Plan(folder=lost / "daily")
        memory.rebuild(lost / "daily", plan=plan, format=DAILY, store=store)
    return lost


TODAY = (
    record(LAUNCH, day=1),
    record(PLAN, day=1),
    record("推理芯片BD200下月问世：北渡半导体已定计划", day=1),
    record(QUIET[0], day=1, url=record(QUIET[0]).url),
    record(f"【快讯】{QUIET[1]}", day=1),
    record(QUIET[2], day=1),
    record(
        "敦煌新发现一批唐代文书", day=1, excerpt_html="敦煌的考古队在一处石窟里发现了一批唐代文书。"
    ),
)


@settings(max_examples=15, deadline=None)
@given(
    told=st.sets(st.sampled_from((PLAN, *QUIET)), min_size=1),
    found=st.sets(st.integers(0, 6), min_size=1),
)
def test_a_memory_rebuilt_from_posts_decides_as_the_one_that_was_lost(
    told: set[str], found: set[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("told")
    make(folder, *(record(title) for title in sorted(told)))
    lost = rebuilt(folder)
    records = [TODAY[number] for number in sorted(found)]

    as_was, as_rebuilt = (make(each, *records, day=1) for each in (folder, lost))

    assert headlines(as_rebuilt) == headlines(as_was)
    assert len(left_out(as_rebuilt)) == len(left_out(as_was))


def test_to_rebuild_twice_changes_nothing_and_what_is_known_stays(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    plan = Plan(folder=tmp_path / "daily")
    with SqlStore.open(tmp_path / "state") as store:
        before = store.told(since=memory.EVER)
        learnt, remarks = memory.rebuild(plan.folder, plan=plan, format=DAILY, store=store)
        assert (learnt, store.told(since=memory.EVER)) == ([], before)
        assert [remark.subject for remark in remarks] == ["daily/2026-06-01"]

    with SqlStore.open(rebuilt(tmp_path) / "state") as store:
        first = store.told(since=memory.EVER)
        assert memory.rebuild(plan.folder, plan=plan, format=DAILY, store=store)[0] == []
        assert store.told(since=memory.EVER) == first

    assert [(t.edition, t.story, t.url, t.headline) for t in first] == [
        ("daily/2026-06-01", t.story, t.url, t.headline) for t in before
    ]
    assert all(t.summary and t.closed == NOW for t in first)


def test_a_follow_up_is_known_as_one_when_it_is_read_back(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    make(tmp_path, record(LAUNCH, day=1), record(QUIET[1], day=1), day=1)

    with SqlStore.open(rebuilt(tmp_path) / "state") as store:
        told = {t.headline: t.follow_up for t in store.told(since=memory.EVER)}

    assert told == {PLAN: False, QUIET[0]: False, LAUNCH: True, QUIET[1]: False}


def test_files_that_are_no_posts_are_named_and_the_others_read(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    posts = tmp_path / "daily"
    whole = (posts / "20260601.md").read_bytes()
    (posts / "cut.md").write_bytes(whole[:200])
    (posts / "gbk.md").write_bytes(whole.decode().encode("gbk", "replace"))
    (posts / "empty.md").write_bytes(b"")
    (posts / "notes.txt").write_bytes(whole)
    (posts / "deep").mkdir()
    (posts / "deep" / "weekly.md").write_bytes(whole.replace(b"2026-06-01T", b"2026-05-30T"))

    plan = Plan(folder=posts)
    with SqlStore.open(tmp_path / "new") as store:
        learnt, remarks = memory.rebuild(posts, plan=plan, format=DAILY, store=store)

    assert {t.edition for t in learnt} == {"daily/2026-06-01", "weekly/2026-05-30"}
    assert [Path(r.subject).name for r in remarks] == ["cut.md", "empty.md", "gbk.md"]
    assert all(remark.reason for remark in remarks)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with (
        SqlStore.open(tmp_path / "state") as store,
        pytest.raises(ConfigError, match="is no folder of posts"),
    ):
        memory.rebuild(tmp_path / "none", plan=Plan(), format=DAILY, store=store)


# --- forgotten and barred ---------------------------------------------------------


def named(folder: Path, what: str) -> list[str]:
    with SqlStore.open(folder / "state") as store:
        found = memory.matching(store.told(since=memory.EVER), what)
    return [lead.headline for lead in memory.stories_of(found)]


def test_stories_are_named_by_link_by_day_or_by_words(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    make(tmp_path, record(LAUNCH, day=1), record(QUIET[1], day=1), day=1)

    assert named(tmp_path, record(PLAN).url.replace("https", "http")) == [LAUNCH, PLAN]
    assert named(tmp_path, "bd200") == [LAUNCH, PLAN]
    assert sorted(named(tmp_path, "2026-06-01")) == sorted([PLAN, QUIET[0]])
    assert named(tmp_path, "2026-06-09") == []
    assert named(tmp_path, "https://a.test/none") == []
    assert named(tmp_path, " ") == []


def test_what_was_forgotten_may_be_told_again_and_a_rebuild_does_not_bring_it_back(
    tmp_path: Path,
) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    with SqlStore.open(tmp_path / "state") as store:
        store.forget(memory.matching(store.told(since=memory.EVER), "BD200"))
        plan = Plan(folder=tmp_path / "daily")
        memory.rebuild(plan.folder, plan=plan, format=DAILY, store=store)

    result = make(tmp_path, record(PLAN, day=1), record(QUIET[0], day=1), day=1)

    assert headlines(result) == [PLAN]


def test_what_is_barred_never_comes_back(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))
    with SqlStore.open(tmp_path / "state") as store:
        store.bar(memory.matching(store.told(since=memory.EVER), "BD200"))

    forced = make(tmp_path, record(PLAN), record(QUIET[0]), force=True)
    later = make(tmp_path, record(LAUNCH, day=1), record(QUIET[1], day=1), day=1)
    much_later = make(tmp_path, record(PLAN, day=99), record(QUIET[2], day=99), day=99)

    assert headlines(forced) == [QUIET[0]]
    assert headlines(later) == [QUIET[1]]
    assert headlines(much_later) == [QUIET[2]]


def test_the_day_of_an_edition_is_its_readers(tmp_path: Path) -> None:
    make(tmp_path, record(PLAN), record(QUIET[0]))

    with SqlStore.open(tmp_path / "state") as store:
        (told, *_) = store.told(since=datetime(2020, 1, 1, tzinfo=UTC))

    assert date.fromisoformat(told.day) == edition().date
