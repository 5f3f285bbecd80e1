"""The four things a pipeline needs from outside: a fetcher, a model, a store, an executor.

Adapters satisfy these by shape alone; :mod:`digestbot.testing` has public fakes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from digestbot.model import (
    Choice,
    Edition,
    Entry,
    Feed,
    FeedFigures,
    FeedState,
    Fetched,
    Message,
    Page,
    Post,
    Reply,
    Report,
    Told,
    Usage,
)

T = TypeVar("T")
R = TypeVar("R")


class Fetcher(Protocol):
    """Visits feeds, and the pages that their entries link to."""

    def fetch(
        self, feeds: Sequence[Feed], *, states: Mapping[str, FeedState], since: datetime
    ) -> Iterable[Fetched]:
        """Give one answer a feed, as they come in; never raises for a feed's sake.

        A feed's state, where there is one, holds the validators to send.
        Records dated *since* or before need not be given.
        """

    def read(self, urls: Sequence[str]) -> list[Page]:
        """Return one page for each address, in order; never raises for a page's sake."""


class Model(Protocol):
    """Answers prompts, from any thread."""

    @property
    def name(self) -> str:
        """The model's name, for reports."""

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Mapping[str, Any] | None = None,
        fresh: bool = False,
    ) -> Reply:
        """Return the model's answer; ask for JSON of *schema* (a JSON Schema) if given.

        A kept reply is served unless *fresh*. Raises a ``ModelError``; retries
        were made, and a model that was given up for this run raises at once.
        """

    def usage(self) -> Usage:
        """What has been used so far."""


class Store(Protocol):
    """Remembers feeds, entries, told stories, replies and runs."""

    def feed_states(self) -> dict[str, FeedState]: ...

    def save_feed_states(self, states: Iterable[FeedState]) -> None: ...

    def first_seen(self, keys: Collection[str], *, stamp: datetime) -> dict[str, datetime]:
        """Return when each undated record was first seen, noting new ones with *stamp*."""

    def save_entries(self, entries: Iterable[Entry]) -> None:
        """Keep entries; one seen before keeps its earliest ``published``."""

    def entries(self, feeds: Iterable[Feed], *, since: datetime, until: datetime) -> list[Entry]:
        """Return kept entries of *feeds*, each with its feed as given: ``since < … <= until``."""

    def feed_figures(self, *, since: datetime) -> dict[str, FeedFigures]:
        """Return what each feed brought since then, by its address."""

    def pages(self, urls: Collection[str]) -> dict[str, Page]:
        """Return the pages that are kept of these addresses, by address."""

    def save_pages(self, pages: Iterable[Page]) -> None: ...

    def told(self, *, since: datetime, but: Edition | None = None) -> list[Told]:
        """Return what editions other than *but* have told since then, and what is barred.

        The oldest edition comes first, each story's lead before its other entries.
        """

    def remember(self, told: Sequence[Told]) -> list[Told]:
        """Add what editions told of which nothing is known, and return it."""

    def forget(self, told: Iterable[Told]) -> None:
        """Forget that these were told; their editions stay known."""

    def bar(self, told: Iterable[Told]) -> None:
        """Never let these be told again."""

    def record_post(self, post: Post, *, edition: Edition, told: Sequence[Told]) -> None:
        """Note that *post* is about to be put in its place, and what it tells.

        Until :meth:`confirm_post` it counts only if the file is there with these bytes.
        """

    def confirm_post(self, edition: Edition) -> None: ...

    def wrote(self, path: Path, content: bytes) -> bool:
        """Whether *content* is what a recorded post put at *path*: nobody has edited it."""

    def vectors(self, model: str, keys: Sequence[str]) -> dict[str, Row]:
        """Return the rows of *model* kept under *keys*, those that are known."""

    def save_vectors(self, model: str, rows: Mapping[str, Row]) -> None:
        """Keep rows of *model* by key, in single precision, in place of earlier ones."""

    def reply(self, key: str) -> Reply | None: ...

    def save_reply(self, key: str, reply: Reply) -> None: ...

    def choices(self) -> list[Choice]:
        """Return an editor's choices, in the order in which they were made."""

    def save_choices(self, made: Iterable[Choice]) -> None:
        """Keep choices; one about the same story of the same edition takes the earlier's place."""

    def take_back(self, number: int) -> None:
        """Forget the choice with this number."""

    def forget_taste(self, subject: str, *, moment: datetime) -> None:
        """Note that choices up to *moment* are to teach nothing of *subject*."""

    def forgotten_taste(self) -> dict[str, datetime]:
        """Return what taste is to forget, with the moment up to which it is."""

    def save_report(self, report: Report) -> None:
        """Keep the record of a run; its candidates replace those of its edition, if it has any."""

    def report(self, name: str, *, day: date | None = None) -> Report | None:
        """Return the record of the edition called *name*, of *day*'s or of the last that was run.

        Of its runs that is the last one that had candidates, if any had.
        """

    def lock(self, *, timeout: float) -> AbstractContextManager[None]:
        """Hold the state folder for one run; after *timeout* seconds ``EditionLockedError``."""


Row = Sequence[float]
"""What a text means, as an embedding model says it."""


class Embedder(Protocol):
    """Gives texts rows of numbers that are alike where the texts mean alike."""

    name: str

    def embed(self, texts: Sequence[str]) -> Sequence[Row | None]:
        """Return a row for each text, None where it has none; raises a ``ModelError``."""


class Executor(Protocol):
    """Runs independent calls side by side."""

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Return ``function(item)`` for each item, in order; an exception is raised again here."""
