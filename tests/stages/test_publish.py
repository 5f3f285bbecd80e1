from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from builders import NOW, edition, story, told_by
from digestbot.errors import PublishError, StoreError
from digestbot.model import Edition, Post, Status, Told
from digestbot.stages.publish import already_published, publish
from digestbot.testing import MemoryStore


def _publish(
    path: Path, text: str = "文\n", *, store: MemoryStore | None = None, force: bool = False
) -> Status:
    return publish(
        Post(path=path, text=text),
        edition=edition(),
        told=told_by(story()),
        store=store or MemoryStore(),
        force=force,
    )


def _told(store: MemoryStore) -> list[str]:
    other = edition(name="other")
    return [told.url for told in store.told(since=other.since, but=other)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "posts" / "20260601.md"


def test_a_post_is_written_byte_for_byte_in_folders_made_for_it(path: Path) -> None:
    store = MemoryStore()

    assert _publish(path, "一\r\n二", store=store) is Status.PUBLISHED

    assert path.read_bytes() == "一\r\n二".encode()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert _told(store) == ["https://n.test/a"]


def test_a_post_that_is_there_is_left_as_it_is(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("mine", encoding="utf-8")
    before, store = path.stat(), MemoryStore()

    assert _publish(path, store=store) is Status.ALREADY_THERE

    assert path.read_text(encoding="utf-8") == "mine"
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert _told(store) == []


def test_force_replaces_our_own_post_and_keeps_no_copy(path: Path) -> None:
    store = MemoryStore()
    _publish(path, "old", store=store)

    assert _publish(path, "new", store=store, force=True) is Status.PUBLISHED

    assert path.read_text(encoding="utf-8") == "new"
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_force_keeps_edits_of_a_post_beside_it(path: Path) -> None:
    store = MemoryStore()
    for edit in ("first edit", "second edit", "second edit"):
        _publish(path, "generated", store=store, force=True)
        path.write_text(edit, encoding="utf-8")
    _publish(path, "generated", store=store, force=True)

    kept = {file.name: file.read_text(encoding="utf-8") for file in path.parent.iterdir()}
    assert kept == {
        "20260601.md": "generated",
        "20260601.md.bak": "first edit",
        "20260601.md.bak2": "second edit",
    }


def test_force_over_the_same_bytes_keeps_no_copy(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("same", encoding="utf-8")

    assert _publish(path, "same", force=True) is Status.PUBLISHED

    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_link_stays_a_link_and_its_target_gets_the_post(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir()
    target = tmp_path / "site" / "today.md"
    path.symlink_to(target)

    assert _publish(path, "text") is Status.PUBLISHED

    assert path.is_symlink()
    assert target.read_text(encoding="utf-8") == "text"


def test_the_post_can_be_read_by_those_whom_the_umask_lets(path: Path) -> None:
    umask = os.umask(0o022)
    try:
        _publish(path)
    finally:
        os.umask(umask)

    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_drafts_of_killed_runs_are_swept_and_others_work_is_not(path: Path) -> None:
    path.parent.mkdir()
    ours = path.parent / f".{path.name}.0badcafe.draft"
    old = path.parent / ".20260501.md.0badcafe.draft"
    fresh = path.parent / ".20260602.md.0badcafe.draft"
    for draft in (ours, old, fresh):
        draft.write_text("half a po", encoding="utf-8")
    os.utime(old, (NOW.timestamp() - 10**8, NOW.timestamp() - 10**8))

    _publish(path)

    assert {file.name for file in path.parent.iterdir()} == {path.name, fresh.name}


def test_a_folder_in_the_place_of_the_post_is_an_error(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(PublishError, match=r"20260601\.md is a folder"):
        already_published(path)
    with pytest.raises(PublishError, match=r"20260601\.md is a folder"):
        _publish(path, force=True)


def test_a_folder_that_cannot_be_made_is_an_error_that_names_the_path(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(PublishError, match=r"cannot write .*file/p\.md: File exists; mend"):
        _publish(tmp_path / "file" / "p.md")


def test_a_text_that_is_no_unicode_is_an_error_and_writes_nothing(path: Path) -> None:
    with pytest.raises(PublishError, match="not valid Unicode"):
        _publish(path, "\ud800")

    assert not path.parent.exists()


def test_a_full_disk_leaves_no_post_and_no_draft(path: Path) -> None:
    resource = pytest.importorskip("resource", reason="limits of file size are POSIX's")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(PublishError, match="File too large"):
            _publish(path, "x" * 200_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert list(path.parent.iterdir()) == []


def test_a_store_that_cannot_take_note_leaves_no_post_and_no_draft(path: Path) -> None:
    class FullStore(MemoryStore):
        def record_post(self, post: Post, *, edition: Edition, told: object) -> None:
            raise StoreError("full")

    with pytest.raises(StoreError):
        _publish(path, store=FullStore())

    assert list(path.parent.iterdir()) == []


def test_a_reader_sees_the_old_post_or_the_new_one_and_nothing_else(path: Path) -> None:
    texts = ["a" * 200_000, "b" * 200_000]
    store, seen, done = MemoryStore(), set[bytes](), threading.Event()

    def read() -> None:
        while not done.is_set():
            if path.exists():
                seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(40):
        _publish(path, texts[number % 2], store=store, force=True)
    done.set()
    reader.join(10)

    assert seen
    assert seen <= {text.encode() for text in texts}


def test_a_draft_swept_by_another_run_meanwhile_does_no_harm(path: Path) -> None:
    class Racing(MemoryStore):
        def record_post(self, post: Post, *, edition: Edition, told: list[Told] | object) -> None:
            leftovers = [f for f in path.parent.iterdir() if f.name.endswith(".draft")]
            assert len(leftovers) == 1  # its own: the killed run's is gone by now

    path.parent.mkdir()
    (path.parent / f".{path.name}.0badcafe.draft").symlink_to("nowhere")

    assert _publish(path, store=Racing()) is Status.PUBLISHED
