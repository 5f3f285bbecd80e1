"""Kills a publishing process before every line of ours that it runs; see test_crash.py.

Run as ``python crashing.py BEFORE FOLDER``, where BEFORE is the text of a post
that is there already, or empty. For each n, a child process dies before its
n-th line in the store or in publish; then the post and the memory are looked
at, and the run is made again. Prints the number of kills.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from builders import edition, story, told_by
from digestbot.adapters.store import SqlStore
from digestbot.model import Post, Status
from digestbot.stages.publish import publish

TRACED = ("publish.py", "store.py", "memory.py", "tellings.py")
KILLED = 137
OTHER = edition(name="other")


def main(before: str, folder: Path) -> int:
    """Make runs that die ever later, until one comes through; return how many died."""
    kills = 0
    while _killed_run(folder / str(kills), before, line=kills + 1):
        kills += 1
    return kills


def _killed_run(place: Path, before: str, *, line: int) -> bool:
    if before:
        with SqlStore.open(place / "state") as store:
            _publish(store, before, force=False)
    killed = _publish_in_a_child(place, force=bool(before), line=line)
    text = _text(place)
    assert text in (before, "new"), text
    with SqlStore.open(place / "state") as store:
        assert _told(store) == ([f"https://n.test/{text}"] if text else []), (text, _told(store))
        there = text == "new" and not before
        again = _publish(store, "new", force=bool(before))
        assert again is (Status.ALREADY_THERE if there else Status.PUBLISHED)
        assert (_text(place), _told(store)) == ("new", ["https://n.test/new"])
    left = [file.name for file in (place / "posts").iterdir()]
    assert there or left == ["post.md"], left
    return killed


def _publish(store: SqlStore, name: str, *, force: bool) -> Status:
    post = Post(path=store.folder.parent / "posts" / "post.md", text=name)
    with store.lock(timeout=0):
        return publish(post, edition=edition(), told=told_by(story(name)), store=store, force=force)


def _publish_in_a_child(place: Path, *, force: bool, line: int) -> bool:
    """Publish in a child that dies before the given line of ours; return whether it did."""
    child = os.fork()
    if child == 0:
        sys.settrace(_Killer(line))
        with SqlStore.open(place / "state") as store:
            _publish(store, "new", force=force)
        os._exit(0)
    ending = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert ending in (0, KILLED), ending
    return ending == KILLED


class _Killer:
    """A trace function that ends the process, without a word, before a line is run."""

    def __init__(self, lines: int) -> None:
        self.left = lines

    def __call__(self, frame: FrameType, event: str, _: Any) -> _Killer | None:
        file = frame.f_code.co_filename
        if "digestbot" not in file or not file.endswith(TRACED):
            return None
        self.left -= event == "line"
        if self.left == 0:
            os._exit(KILLED)
        return self


def _text(place: Path) -> str:
    post = place / "posts" / "post.md"
    return post.read_text(encoding="utf-8") if post.exists() else ""


def _told(store: SqlStore) -> list[str]:
    return [told.url for told in store.told(since=OTHER.since, but=OTHER)]


if __name__ == "__main__":
    print(main(sys.argv[1], Path(sys.argv[2])))
