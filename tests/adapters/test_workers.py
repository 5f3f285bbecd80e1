"""What may hurt is parsed in a child that can be killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
from pathlib import Path

import pytest

from digestbot.adapters import worker, workers
from digestbot.adapters.workers import WorkerError, Workers

TASK = """
import os, signal, time

def answer(body, url=""):
    text = body.decode()
    if text == "sleep":
        time.sleep(60)
    if text == "alarm":
        return signal.alarm(0)
    if text == "die":
        os._exit(1)
    if text == "swell":
        return len(bytearray(8 << 30))
    if text == "huge":
        return "x" * 5_000_000
    if text == "raise":
        raise LookupError("no such thing")
    return {"text": text, "pid": os.getpid(), "environment": " ".join(os.environ)}
"""


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a module that children find as they find ours."""
    (tmp_path / "trial_task.py").write_text(TASK)
    monkeypatch.syspath_prepend(str(tmp_path))
    return "trial_task"


def test_a_task_is_done_in_a_child_that_is_used_again(task: str) -> None:
    async def twice() -> list[dict[str, object]]:
        async with Workers() as workers:
            return [await workers.run(task, text.encode(), url="") for text in ("一", "二")]

    first, second = asyncio.run(twice())

    assert (first["text"], second["text"]) == ("一", "二")
    assert first["pid"] == second["pid"] != os.getpid()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("sleep", "it takes more than 0.5 s"),
        ("die", "it brings its parser down"),
        ("swell", "its parser fails (MemoryError)"),
        ("raise", "its parser fails (LookupError)"),
    ],
)
def test_a_task_that_cannot_be_done_says_why_and_the_next_one_is_done(
    task: str, text: str, reason: str
) -> None:
    async def run() -> object:
        async with Workers(1, seconds=0.5) as workers:
            with pytest.raises(WorkerError) as caught:
                await workers.run(task, text.encode())
            assert str(caught.value) == reason
            return (await workers.run(task, b"next"))["text"]

    assert asyncio.run(run()) == "next"


def test_an_answer_that_is_too_long_is_not_taken(
    task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "MAX_LINE", 1_000_000)

    async def run() -> None:
        async with Workers() as group:
            await group.run(task, b"huge")

    with pytest.raises(WorkerError, match="it gives more than can be held"):
        asyncio.run(run())


def test_a_child_that_cannot_be_started_is_told() -> None:
    async def run() -> None:
        async with Workers() as group:
            await group.run("no_such_module", b"")

    with pytest.raises(WorkerError, match="brings its parser down"):
        asyncio.run(run())


def test_no_more_children_than_places(task: str) -> None:
    async def run() -> set[object]:
        async with Workers(2) as group:
            answers = await asyncio.gather(*(group.run(task, b"%d" % n) for n in range(8)))
        return {answer["pid"] for answer in answers}

    assert len(asyncio.run(run())) <= 2


def test_children_that_were_warmed_up_do_the_work(task: str) -> None:
    async def run() -> None:
        async with Workers(2) as group:
            await group.warm_up(task)
            children = {child._process.pid for child in group._idle[task]}
            answer = await group.run(task, b"x")
            assert answer["pid"] in children
            assert len(children) == 2

    asyncio.run(run())


def test_what_cannot_be_warmed_up_says_so_when_it_is_asked() -> None:
    async def run() -> None:
        async with Workers() as group:
            await group.warm_up("no_such_module")
            await group.run("no_such_module", b"")

    with pytest.raises(WorkerError):
        asyncio.run(run())


def test_a_child_is_told_no_secret(task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "s3cr3t")

    async def run() -> str:
        async with Workers(1) as group:
            environment: str = (await group.run(task, b"x"))["environment"]
        return environment

    assert "OPENAI_API_KEY" not in asyncio.run(run())


@pytest.mark.parametrize("moment", [0.0, 0.02, 0.1, 0.3, 0.6])
def test_work_that_is_cancelled_at_any_moment_leaves_no_child(task: str, moment: float) -> None:
    async def work(group: Workers) -> None:
        async with group:
            await group.warm_up(task)
            async with asyncio.TaskGroup() as tasks:
                for _ in range(2):
                    tasks.create_task(group.run(task, b"sleep"))

    async def run() -> list[int]:
        begun = asyncio.ensure_future(work(Workers(2, seconds=30)))
        await asyncio.sleep(moment)
        begun.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await begun
        return _children()

    assert asyncio.run(run()) == []


def _children() -> list[int]:
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        pytest.skip("only Linux tells which children a process has")
    listed: list[str] = []
    for each in tasks.iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread that ended meanwhile
            listed += (each / "children").read_text().split()
    return [int(pid) for pid in listed]


def test_a_child_whose_parent_is_no_more_ends_itself(task: str) -> None:
    async def run() -> int:
        async with Workers(1) as group:
            left: int = await group.run(task, b"alarm")
        return left

    assert 50 < asyncio.run(run()) <= worker.LAST_RESORT
