"""Publish: put the post in its place, at once or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

from digestbot.errors import PublishError
from digestbot.model import Edition, Post, Status, Told
from digestbot.ports import Store

DRAFT = ".draft"
"""The ending of a file that is not whole yet: never one that a site would show."""

DRAFT_LIFE = timedelta(hours=1)
"""A draft older than this belongs to a run that was killed; writing one takes milliseconds."""

BACKUP = ".bak"
"""The ending of a file that holds somebody's edits of a post that was made again."""


def keep(text: str, place: Path) -> None:
    """Put *text*, what a post rests on, at *place*, at once or not at all."""
    with _explained(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = _write_draft(place, text.encode("utf-8"))
        try:
            _put(draft, place)
        finally:
            draft.unlink(missing_ok=True)


def already_published(path: Path) -> bool:
    """Whether there is a post at *path*; raises ``PublishError`` if something else is."""
    with _explained(path):
        if path.is_dir():
            raise PublishError(f"{path} is a folder, and a post belongs there: move it away")
        return path.exists()


def publish(
    post: Post, *, edition: Edition, told: Sequence[Told], store: Store, force: bool
) -> Status:
    """Put *post* in its place and note what it *told*; a post that is there stays, unless *force*.

    A run that is killed leaves no post (or the earlier one) or the whole post,
    and the store's memory agrees with the file. When *force* replaces a file
    that we did not write as it is, that file is kept beside it, as ``.bak``.
    """
    if already_published(post.path) and not force:
        return Status.ALREADY_THERE
    with _explained(post.path):
        content = post.text.encode("utf-8")
        place = Path(os.path.realpath(post.path))  # a link stays a link
        place.parent.mkdir(parents=True, exist_ok=True)
        _keep_edits(place, content, store)
        draft = _write_draft(place, content)
        try:
            _sweep(draft, place)
            store.record_post(post, edition=edition, told=told)
            _put(draft, place)
        finally:
            draft.unlink(missing_ok=True)
    store.confirm_post(edition)
    return Status.PUBLISHED


def _keep_edits(place: Path, content: bytes, store: Store) -> None:
    """Copy what is at *place* aside if it is not ours, so that it is not lost."""
    if not place.exists():
        return
    found = place.read_bytes()
    if found == content or store.wrote(place, found):
        return
    backup = _backup_place(place, found)
    if not backup.exists():
        _put(_write_draft(backup, found), backup)


def _backup_place(place: Path, found: bytes) -> Path:
    """The first name that is free, or that holds just this already."""
    backup, number = place.with_name(place.name + BACKUP), 2
    while backup.exists() and backup.read_bytes() != found:
        backup, number = place.with_name(f"{place.name}{BACKUP}{number}"), number + 1
    return backup


def _write_draft(place: Path, content: bytes) -> Path:
    """Write *content* beside *place*, down to the disk."""
    draft = place.with_name(f".{place.name}.{secrets.token_hex(4)}{DRAFT}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _sweep(draft: Path, place: Path) -> None:
    """Remove drafts that killed runs left: those of this post, and all old ones."""
    now = draft.stat().st_mtime
    for leftover in draft.parent.glob(f".*{DRAFT}"):
        if leftover == draft:
            continue
        ours = leftover.name.startswith(f".{place.name}.")
        with suppress(FileNotFoundError):  # another run was faster
            if ours or now - leftover.stat().st_mtime > DRAFT_LIFE.total_seconds():
                leftover.unlink()


def _put(draft: Path, place: Path) -> None:
    draft.replace(place)
    # The rename itself reaches the disk with its folder; not every system can be asked to.
    with suppress(OSError):
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeError as error:
        raise PublishError(f"cannot write {path}: its text is not valid Unicode") from error
    except OSError as error:
        raise PublishError(
            f"cannot write {path}: {error.strerror or error};"
            " mend that, or choose another folder for posts"
        ) from error
