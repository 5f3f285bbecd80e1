"""The nouns of collecting: feeds, their states and answers, records, pages, entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A subscription: an http(s) address, or the absolute path of a file."""

    url: str
    name: str = ""
    weight: float = 1.0
    category: str = ""
    full_text: bool = False
    """Whether the pages of its chosen stories are read where the feed gives little text."""
    headers: tuple[tuple[str, str], ...] = ()
    """Extra request headers; a value ``$NAME`` stands for that environment variable's."""
    login_env: str = ""
    """The environment variable that holds ``user:password`` for basic authentication."""
    verify_tls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an edition is about. An empty topic takes everything."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which issue this is, and which hours it covers: ``since < published <= until``."""

    name: str
    date: date
    since: datetime
    until: datetime
    timezone: str
    language: str

    @property
    def key(self) -> str:
        """The edition's identity in the store: one post per key."""
        return f"{self.name}/{self.date.isoformat()}"

    @property
    def closes(self) -> datetime:
        """The end of the window on the readers' clock."""
        return self.until.astimezone(ZoneInfo(self.timezone))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a feed as its parser found it, before any rule of ours.

    ``url`` is absolute or empty, ``html`` may hold markup, ``published`` is
    None where the feed gives no date that can be read.
    """

    guid: str = ""
    url: str = ""
    title: str = ""
    excerpt_html: str = ""
    content_html: str = ""
    published: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the store knows of a feed: validators exactly as sent, and its health."""

    url: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    visits: int = 0
    """Successful visits so far (an answer of 304 is one)."""
    kept_since: datetime | None = None
    """Records older than this were not kept at the last parse."""
    older: bytes = b""
    """The marks of those records (:mod:`digestbot.text.fingerprint`)."""
    last_success: datetime | None = None
    failures: int = 0
    """Failures in a row."""
    failing_since: datetime | None = None
    last_error: str = ""
    not_before: datetime | None = None
    """When the next visit is due: the server's wish, or our back-off."""
    quiet_hours: tuple[int, ...] = ()
    """Hours of the week (0 is Monday 00:00 UTC) in which the feed asks for no visits."""
    moved_to: str = ""
    """Where the feed moved for good; visited there from then on."""
    retired: datetime | None = None
    """When the server said that the feed is gone for good."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFigures:
    """What a feed brought of late: entries a day, and the share of them that a post told."""

    entries_a_day: float
    used: float


class FetchStatus(StrEnum):
    """How a visit to a feed ended, or why there was none."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    RESTING = "resting"
    """Not visited: it asked to be left alone until later."""
    RETIRED = "retired"
    """Gone for good, as its server said: not visited any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The answer of one feed. A failure is a value: ``status`` and ``reason`` say so."""

    feed: Feed
    status: FetchStatus
    title: str = ""
    records: tuple[Record, ...] = ()
    seen: int = 0
    """Records in the feed, those that were too old to be given included."""
    left_out: int = 0
    """Records that were too many to be read; the newest were."""
    older: bytes = b""
    """The marks of the records that were too old (:mod:`digestbot.text.fingerprint`)."""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    rest: timedelta = timedelta()
    """How long the server asks to be left alone."""
    quiet_hours: tuple[int, ...] = ()
    """As in :class:`FeedState`."""
    moved_to: str = ""
    """Where every redirect was a permanent one: the address that answered."""
    silent: bool = False
    """Nobody answered at all: no connection, or nothing in time."""
    reason: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The page that an entry links to, as plain text. Without text, ``reason`` says why."""

    url: str
    """The address that was asked for."""
    title: str = ""
    text: str = ""
    canonical: str = ""
    """The address that the page gives as its own, absolute."""
    image: str = ""
    site: str = ""
    language: str = ""
    headings: tuple[str, ...] = ()
    """Lines of the text that its tags call headings; a store does not keep them."""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record of a feed that an edition may use; plain text, canonical URL, a moment.

    ``dated`` is False where the publisher gave no date and ``published`` is
    the moment when the entry was first seen.
    """

    id: str
    feed: Feed
    url: str
    title: str
    published: datetime
    excerpt: str = ""
    content: str = ""
    guid: str = ""
    language: str = ""
    dated: bool = True
    image: str = ""
    """The picture that its page gives for it; known only where that was read."""

    @property
    def text(self) -> str:
        """The publisher's own words, the longer of content and excerpt."""
        return self.content if len(self.content) > len(self.excerpt) else self.excerpt

    @property
    def source(self) -> str:
        """The name of the publisher, for readers."""
        return self.feed.name or self.feed.url
