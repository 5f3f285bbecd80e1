"""Public fakes for people who build on digestbot: they satisfy the ports, in memory.

model = ScriptedModel({"headline": "H", "text": "T."}, ModelUnavailableError("busy"))
fetcher = StaticFetcher({"https://n.test/feed": [Record(title="T", url="https://n.test/1")]})
"""

from __future__ import annotations

import itertools
import json
import os
import threading
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from digestbot.errors import EditionLockedError
from digestbot.model import (
    Choice,
    Edition,
    Entry,
    Feed,
    FeedFigures,
    FeedState,
    Fetched,
    FetchStatus,
    Message,
    Page,
    Post,
    Record,
    Reply,
    Report,
    Told,
    Usage,
)
from digestbot.ports import Row

T = TypeVar("T")
R = TypeVar("R")

Answer = Mapping[str, Any] | str | Reply | Exception
"""What a scripted model says: JSON, a text as it stands, a whole reply, or an error to raise."""

Script = Answer | Callable[[tuple[Message, ...]], Answer]


class ScriptedModel:
    """A model that gives *answers* in turn, from any thread.

    A callable among them is asked for every answer from its turn on. What was
    asked is kept in ``requests``. A request too many is an ``AssertionError``.
    """

    def __init__(self, *answers: Script, name: str = "scripted") -> None:
        self.name = name
        self.requests: list[tuple[Message, ...]] = []
        self._answers = list(answers)
        self._turn = threading.Lock()

    def complete(
        self,
        messages: Sequence[Message],
        *,
        schema: Mapping[str, Any] | None = None,  # noqa: ARG002 - the port's; a script needs none
        fresh: bool = False,  # noqa: ARG002 - the same: every answer is fresh
    ) -> Reply:
        """Return the next answer; an exception among the answers is raised."""
        request = tuple(messages)
        with self._turn:
            self.requests.append(request)
            answer = self._next()
        if callable(answer):
            answer = answer(request)
        if isinstance(answer, Exception):
            raise answer
        return _reply(answer)

    def usage(self) -> Usage:
        """How many calls were made; a script has no tokens and no price."""
        with self._turn:
            return Usage(calls=len(self.requests))

    def _next(self) -> Script:
        if not self._answers:
            asked = self.requests[-1][-1].text[:200] if self.requests[-1] else ""
            raise AssertionError(
                f"model {self.name!r} has no answer left for request"
                f" {len(self.requests)}, which ends: {asked!r}"
            )
        return self._answers[0] if callable(self._answers[0]) else self._answers.pop(0)


def _reply(answer: Mapping[str, Any] | str | Reply) -> Reply:
    if isinstance(answer, Reply):
        return answer
    if isinstance(answer, str):
        return Reply(text=answer)
    return Reply(text=json.dumps(answer, ensure_ascii=False))


class StaticFetcher:
    """A fetcher whose feeds always give the same: an answer, records, or a reason to fail.

    The addresses visited are kept in ``visited``, and the states that came with
    each call in ``states_seen``. An unknown feed fails. *pages* are what the
    pages of entries say, by address; those read are kept in ``read_urls``.
    """

    def __init__(
        self,
        answers: Mapping[str, Fetched | Sequence[Record] | str],
        *,
        pages: Mapping[str, str | Page] | None = None,
    ) -> None:
        self.visited: list[str] = []
        self.read_urls: list[str] = []
        self._pages = dict(pages or {})
        self.states_seen: list[Mapping[str, FeedState]] = []
        self._answers = dict(answers)

    def fetch(
        self,
        feeds: Sequence[Feed],
        *,
        states: Mapping[str, FeedState],
        since: datetime | None = None,  # noqa: ARG002 - the port's; old records are given, too
    ) -> list[Fetched]:
        """Return each feed's answer, in order."""
        self.visited += [feed.url for feed in feeds]
        self.states_seen.append(dict(states))
        return [self._answer(feed) for feed in feeds]

    def read(self, urls: Sequence[str]) -> list[Page]:
        """Return each address's page; one that is not known has a reason and no text."""
        self.read_urls += urls
        return [self._page(url) for url in urls]

    def _page(self, url: str) -> Page:
        page = self._pages.get(url)
        if page is None:
            return Page(url=url, reason="no such page")
        return page if isinstance(page, Page) else Page(url=url, text=page)

    def _answer(self, feed: Feed) -> Fetched:
        answer = self._answers.get(feed.url, "no such feed")
        if isinstance(answer, Fetched):
            return replace(answer, feed=feed)
        if isinstance(answer, str):
            return Fetched(feed=feed, status=FetchStatus.FAILED, reason=answer)
        return Fetched(feed=feed, status=FetchStatus.FETCHED, records=tuple(answer))


class SerialExecutor:
    """Runs calls one after the other, here."""

    def map(self, function: Callable[[T], R], items: Sequence[T]) -> list[R]:
        """Return ``function(item)`` for each item, in order."""
        return [function(item) for item in items]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Publication:
    """What an edition tells, and its post unless that was read back."""

    told: tuple[Told, ...]
    post: Post | None = None

    def is_in_place(self) -> bool:
        return bool(self.post and _holds(self.post.path, self.post.text.encode()))

    def put(self, place: str, content: bytes) -> bool:
        """Whether its post is *content* at *place*."""
        post = self.post
        return bool(post and os.path.realpath(post.path) == place and post.text.encode() == content)


class MemoryStore:
    """A store that forgets everything with the process. ``reports`` holds those saved."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self._states: dict[str, FeedState] = {}
        self._seen: dict[str, datetime] = {}
        self._entries: dict[str, Entry] = {}
        self._pending: dict[str, _Publication] = {}
        self._published: dict[str, _Publication] = {}
        self._replies: dict[str, Reply] = {}
        self._vectors: dict[tuple[str, str], Row] = {}
        self._pages: dict[str, Page] = {}
        self._choices: list[Choice] = []
        self._numbers = itertools.count(1)
        self._forgotten: dict[str, datetime] = {}
        self._run = threading.Lock()

    def feed_states(self) -> dict[str, FeedState]:
        """Return what is known of each feed, by its address."""
        return dict(self._states)

    def save_feed_states(self, states: Iterable[FeedState]) -> None:
        """Keep the feeds' states, replacing earlier ones."""
        self._states |= {state.url: state for state in states}

    def first_seen(self, keys: Collection[str], *, stamp: datetime) -> dict[str, datetime]:
        """Return when each undated record was first seen, noting new ones with *stamp*."""
        return {key: self._seen.setdefault(key, stamp) for key in keys}

    def save_entries(self, entries: Iterable[Entry]) -> None:
        """Keep entries; one seen before keeps its earliest ``published``."""
        for entry in entries:
            kept = self._entries.get(entry.id, entry)
            if kept.published <= entry.published:
                entry = replace(entry, published=kept.published, dated=kept.dated)
            self._entries[entry.id] = entry

    def entries(self, feeds: Iterable[Feed], *, since: datetime, until: datetime) -> list[Entry]:
        """Return kept entries of *feeds* with ``since < published <= until``."""
        wanted = {feed.url: feed for feed in feeds}
        return [
            replace(entry, feed=wanted[entry.feed.url])
            for entry in self._entries.values()
            if entry.feed.url in wanted and since < entry.published <= until
        ]

    def feed_figures(self, *, since: datetime) -> dict[str, FeedFigures]:
        """Return what each feed brought since then, by its address."""
        told = {told.url for p in self._published.values() for told in p.told}
        by_feed: dict[str, list[Entry]] = {}
        for entry in self._entries.values():
            if entry.published > since:
                by_feed.setdefault(entry.feed.url, []).append(entry)
        return {url: _figures(entries, told) for url, entries in by_feed.items()}

    def pages(self, urls: Collection[str]) -> dict[str, Page]:
        """Return the pages that are kept of these addresses."""
        return {url: self._pages[url] for url in urls if url in self._pages}

    def save_pages(self, pages: Iterable[Page]) -> None:
        """Keep pages."""
        self._pages |= {page.url: page for page in pages}

    def told(self, *, since: datetime, but: Edition | None = None) -> list[Told]:
        """Return what editions other than *but* have told since then, and what is barred."""
        for key in [key for key, pending in self._pending.items() if pending.is_in_place()]:
            self._confirm(key)
        tellings = [told for publication in self._published.values() for told in publication.told]
        own = but.key if but else ""
        found = [t for t in tellings if t.barred or (t.closed > since and t.edition != own)]
        return sorted(found, key=lambda told: told.closed)

    def remember(self, told: Sequence[Told]) -> list[Told]:
        """Add what editions told of which nothing is known, and return it."""
        new = [each for each in told if each.edition not in self._published]
        for key in dict.fromkeys(each.edition for each in new):
            tellings = tuple(each for each in new if each.edition == key)
            self._published[key] = _Publication(told=tellings)
        return new

    def forget(self, told: Iterable[Told]) -> None:
        """Forget that these were told; their editions stay known."""
        self._change(told, lambda _: None)

    def bar(self, told: Iterable[Told]) -> None:
        """Never let these be told again."""
        self._change(told, lambda each: replace(each, barred=True))

    def _change(self, told: Iterable[Told], change: Callable[[Told], Told | None]) -> None:
        places = {(each.edition, each.thread, each.url) for each in told}
        for key, publication in self._published.items():
            changed = (
                change(t) if (t.edition, t.thread, t.url) in places else t for t in publication.told
            )
            kept = tuple(each for each in changed if each)
            self._published[key] = replace(publication, told=kept)

    def record_post(self, post: Post, *, edition: Edition, told: Sequence[Told]) -> None:
        """Note that *post* is about to be put in its place, and what it tells."""
        earlier = self._pending.get(edition.key)
        if earlier and earlier.is_in_place():
            self._confirm(edition.key)
        self._pending[edition.key] = _Publication(post=post, told=tuple(told))

    def confirm_post(self, edition: Edition) -> None:
        """Note that the recorded post of *edition* is in its place."""
        if edition.key in self._pending:
            self._confirm(edition.key)

    def _confirm(self, key: str) -> None:
        old = self._published.get(key, _Publication(told=()))
        new = self._pending.pop(key)
        barred = tuple(each for each in old.told if each.barred)
        self._published[key] = replace(new, told=(*barred, *new.told))

    def wrote(self, path: Path, content: bytes) -> bool:
        """Whether *content* is what a recorded post put at *path*."""
        recorded = [*self._published.values(), *self._pending.values()]
        place = os.path.realpath(path)
        return any(publication.put(place, content) for publication in recorded)

    def vectors(self, model: str, keys: Sequence[str]) -> dict[str, Row]:
        """Return the rows of *model* kept under *keys*, those that are known."""
        return {key: self._vectors[model, key] for key in keys if (model, key) in self._vectors}

    def save_vectors(self, model: str, rows: Mapping[str, Row]) -> None:
        """Keep rows of *model* by key, in single precision, in place of earlier ones."""
        self._vectors |= {(model, key): list(array("f", row)) for key, row in rows.items()}

    def reply(self, key: str) -> Reply | None:
        """Return the reply kept under *key*."""
        return self._replies.get(key)

    def save_reply(self, key: str, reply: Reply) -> None:
        """Keep *reply* under *key*."""
        self._replies[key] = replace(reply, cached=True)

    def choices(self) -> list[Choice]:
        """Return an editor's choices, in the order in which they were made."""
        return list(self._choices)

    def save_choices(self, made: Iterable[Choice]) -> None:
        """Keep choices; one about the same story of the same edition takes the earlier's place."""
        for each in made:
            story = (each.edition, each.url)
            self._choices = [c for c in self._choices if (c.edition, c.url) != story]
            self._choices.append(replace(each, number=next(self._numbers)))

    def take_back(self, number: int) -> None:
        """Forget the choice with this number."""
        self._choices = [choice for choice in self._choices if choice.number != number]

    def forget_taste(self, subject: str, *, moment: datetime) -> None:
        """Note that choices up to *moment* are to teach nothing of *subject*."""
        self._forgotten[subject] = moment

    def forgotten_taste(self) -> dict[str, datetime]:
        """Return what taste is to forget, with the moment up to which it is."""
        return dict(self._forgotten)

    def save_report(self, report: Report) -> None:
        """Keep the record of a run."""
        self.reports.append(report)

    def report(self, name: str, *, day: date | None = None) -> Report | None:
        """Return the record of the edition called *name*: of *day*'s, or of the last one run."""
        days = [each.edition.date for each in self.reports if each.edition.name == name]
        day = day or (days[-1] if days else None)
        saved = [r for r in self.reports if (r.edition.name, r.edition.date) == (name, day)]
        ranked = [report for report in saved if report.candidates] or saved
        return ranked[-1] if ranked else None

    @contextmanager
    def lock(self, *, timeout: float) -> Iterator[None]:
        """Hold the store for one run; raises ``EditionLockedError`` after *timeout* seconds."""
        if not self._run.acquire(timeout=timeout):
            raise EditionLockedError("another run holds this store")
        try:
            yield
        finally:
            self._run.release()


def _figures(entries: Sequence[Entry], told: Collection[str]) -> FeedFigures:
    moments = [entry.published for entry in entries]
    days = max((max(moments) - min(moments)) / timedelta(days=1), 1.0)
    used = sum(entry.url in told for entry in entries)
    return FeedFigures(entries_a_day=len(entries) / days, used=used / len(entries))


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
