from __future__ import annotations

import threading
import time

import pytest

from digestbot.adapters.executors import ThreadExecutor
from digestbot.ports import Executor


def test_results_come_in_the_order_of_the_items_whoever_is_first() -> None:
    executor: Executor = ThreadExecutor(3)

    def call(number: int) -> int:
        time.sleep(0.01 * (3 - number))
        return number

    assert executor.map(call, [0, 1, 2]) == [0, 1, 2]


def test_calls_run_side_by_side_up_to_the_limit() -> None:
    together = threading.Barrier(3, timeout=5)

    assert sorted(ThreadExecutor(3).map(lambda _: together.wait(), range(3))) == [0, 1, 2]


def test_never_more_calls_than_workers_run_at_once() -> None:
    running: list[int] = []
    peaks: list[int] = []

    def call(number: int) -> None:
        running.append(number)
        peaks.append(len(running))
        time.sleep(0.005)
        running.remove(number)

    ThreadExecutor(2).map(call, range(8))

    assert max(peaks) <= 2


def test_the_first_exception_in_the_order_of_the_items_is_raised() -> None:
    def call(number: int) -> int:
        if number:
            raise ValueError(str(number))
        return number

    with pytest.raises(ValueError, match="1"):
        ThreadExecutor(2).map(call, range(4))


def test_calls_that_had_not_begun_when_one_failed_are_not_made() -> None:
    made: list[int] = []

    def call(number: int) -> None:
        made.append(number)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - ours, without a message
        ThreadExecutor(1).map(call, range(500))

    assert len(made) < 500


def test_no_items_need_no_thread() -> None:
    assert ThreadExecutor(0).map(str, []) == []


def test_there_is_always_one_worker() -> None:
    assert ThreadExecutor(0).map(str, [1]) == ["1"]
