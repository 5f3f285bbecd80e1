from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from digestbot.adapters.lock import hold
from digestbot.errors import EditionLockedError, StoreError

HOLD_AND_WAIT = """
import sys
from pathlib import Path
from digestbot.adapters.lock import hold
with hold(Path(sys.argv[1]), timeout=0):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_WAIT, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_is_told_who_holds_the_folder_and_a_killed_run_holds_nothing(
    tmp_path: Path,
) -> None:
    with _holder(tmp_path) as process:
        with pytest.raises(EditionLockedError) as caught, hold(tmp_path, timeout=0):
            pass
        process.kill()

    assert f"process {process.pid}, since 20" in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    with hold(tmp_path, timeout=0):
        pass


def test_a_second_run_waits_for_the_first_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    held = threading.Event()

    def first() -> None:
        with hold(tmp_path, timeout=0):
            held.set()
            time.sleep(0.15)

    thread = threading.Thread(target=first)
    thread.start()
    held.wait()
    with hold(tmp_path, timeout=10):
        thread.join(5)

    assert "waiting up to 10 s" in caplog.text


def test_a_wait_ends_with_a_clear_message(tmp_path: Path) -> None:
    with (
        hold(tmp_path, timeout=0),
        pytest.raises(EditionLockedError, match=r"waited 0\.1 s: run again when it is done"),
        hold(tmp_path, timeout=0.1),
    ):
        pass


def test_the_message_does_without_a_name_where_the_holder_left_none(tmp_path: Path) -> None:
    with hold(tmp_path, timeout=0):
        (tmp_path / "run.holder").unlink()
        with (
            pytest.raises(EditionLockedError, match="another digestbot run is at work"),
            hold(tmp_path, timeout=0),
        ):
            pass


def test_the_lock_is_free_after_an_exception(tmp_path: Path) -> None:
    with pytest.raises(KeyError), hold(tmp_path, timeout=0):
        raise KeyError

    with hold(tmp_path, timeout=0):
        assert (tmp_path / "run.holder").exists()
    assert not (tmp_path / "run.holder").exists()


def test_a_folder_that_cannot_be_locked_is_a_store_error(tmp_path: Path) -> None:
    (tmp_path / "run.lock").mkdir()

    with pytest.raises(StoreError, match="cannot lock"), hold(tmp_path, timeout=0):
        pass
