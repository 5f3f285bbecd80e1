"""Every noun of digestbot, in the order in which the pipeline meets them.

All are frozen, slotted and keyword-only; sequences inside them are tuples;
moments are aware and in UTC until they are printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

# --- what the configuration says -------------------------------------------


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


# --- collect ----------------------------------------------------------------


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

    @property
    def text(self) -> str:
        """The publisher's own words, the longer of content and excerpt."""
        return self.content if len(self.content) > len(self.excerpt) else self.excerpt

    @property
    def source(self) -> str:
        """The name of the publisher, for readers."""
        return self.feed.name or self.feed.url


# --- dedupe -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A story that an earlier edition has told: one row for each of its entries."""

    edition: str
    url: str
    guid: str
    title: str
    published: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Entries telling the same news; the lead is the one we link to."""

    lead: Entry
    others: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.lead, *self.others)

    @property
    def sources(self) -> tuple[str, ...]:
        """Distinct publishers, the lead's first."""
        return tuple(dict.fromkeys(entry.source for entry in self.entries))


# --- rank -------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One part of a story's score, in words a person can read."""

    name: str
    value: float
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A cluster we may tell, with its score (the sum of the reasons' values)."""

    cluster: Cluster
    score: float
    reasons: tuple[Reason, ...] = ()

    @property
    def lead(self) -> Entry:
        return self.cluster.lead


# --- the model --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a prompt; ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a model was asked for: calls made, replies from the cache, tokens, cost.

    ``cost`` is None where no prices are configured; ``estimated`` says that the
    endpoint gave no token counts for some calls and ours are a guess.
    """

    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    cost: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A model's answer, verbatim. ``finish`` is the endpoint's ``finish_reason``."""

    text: str
    finish: str = "stop"
    cached: bool = False


# --- summarize, comment -----------------------------------------------------


class Origin(StrEnum):
    """Who wrote a text: the model, or the publisher (quoted by code)."""

    LLM = "llm"
    EXCERPT = "excerpt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A story in our words. ``evidence`` holds the source sentences it rests on."""

    story: Story
    headline: str
    text: str
    evidence: tuple[str, ...] = ()
    origin: Origin = Origin.LLM


@dataclass(frozen=True, slots=True, kw_only=True)
class Commentary:
    """The editor's text: lead, paragraphs of commentary (may be none), categories."""

    lead: str
    paragraphs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    origin: Origin = Origin.LLM


# --- render, publish --------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The head of a post. ``date`` keeps the offset that it is printed with."""

    title: str
    date: datetime
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One numbered place in a digest: headline, link, text, as they will be printed."""

    title: str
    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The switches of a format that vary between its posts."""

    milliseconds: bool = False
    heading: str = "plain"
    """The commentary's heading: one of :data:`HEADINGS`."""
    titles: str = "plain"
    """How the items' titles are set: one of :data:`TITLES`."""
    space_after_front_matter: bool = True
    space_after_title: bool = True
    rule_after_lead: bool = True
    rule_before_commentary: bool = True
    item_gap: int = 1
    """Empty lines between two items: one of :data:`ITEM_GAPS`."""
    text_column: int = 4
    """Where an item's text begins: one of :data:`TEXT_COLUMNS`."""
    loose: bool = False
    """The digest was read from a post that the house would not make (two links
    in an item, a list in the commentary): it is printed as it was read, unchecked."""


HEADINGS = ("plain", "bold", "label", "none")
"""``### 点评``, ``### **点评**``, ``**点评**``, or no heading."""

TITLES = ("plain", "bold", "bold link")
"""``[title](url)``, ``[**title**](url)``, or ``**[title](url)**``."""

ITEM_GAPS = (1, 2)
TEXT_COLUMNS = (3, 4)
"""A text in another column would not belong to its item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All of a post before layout. ``parse`` and ``render`` undo each other on it.

    Lead, texts and commentary are Markdown as it is printed, one line each;
    titles and URLs are plain.
    """

    front_matter: FrontMatter
    lead: str
    items: tuple[Item, ...]
    commentary: tuple[str, ...] = ()
    layout: Layout = field(default_factory=Layout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The finished file: its exact text and the place where it belongs."""

    path: Path
    text: str

    def _repr_markdown_(self) -> str:
        return self.text


class Severity(StrEnum):
    """How bad a finding is: an error keeps a post from going out."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong in a text: a code, the span of characters, and why."""

    code: str
    severity: Severity
    span: tuple[int, int]
    reason: str


# --- the record of a run ----------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """What a stage left out, and why. ``subject`` is a URL, or a feed's address."""

    stage: str
    subject: str
    reason: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What a reader of the report should know, though nothing was left out."""

    stage: str
    subject: str
    reason: str


Remark = Skipped | Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReport:
    """One feed's part in a run: records seen, and entries inside the window."""

    url: str
    name: str
    status: FetchStatus
    reason: str = ""
    seen: int = 0
    kept: int = 0
    seconds: float = 0.0


class Status(StrEnum):
    """How a run ended."""

    PUBLISHED = "published"
    ALREADY_THERE = "already there"
    DRY_RUN = "dry run"
    TOO_LITTLE_NEWS = "too little news"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The machine-readable record of one run of one edition."""

    edition: Edition
    status: Status
    started: datetime
    path: Path | None = None
    error: str = ""
    model: str = ""
    """The model's name; empty where none was used."""
    feeds: tuple[FeedReport, ...] = ()
    entries_seen: int = 0
    entries_kept: int = 0
    clusters: int = 0
    stories: tuple[Story, ...] = ()
    by_model: int = 0
    """How many of the summaries the model wrote; the others are excerpts."""
    skipped: tuple[Skipped, ...] = ()
    notices: tuple[Notice, ...] = ()
    partial: bool = False
    """So many feeds failed that the edition may lack much of the day's news."""
    usage: Usage = field(default_factory=Usage)
    seconds: tuple[tuple[str, float], ...] = ()
    """Wall time by stage, in the order in which the stages ran."""
