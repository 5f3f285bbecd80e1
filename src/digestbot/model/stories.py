"""The nouns of telling: clusters, stories, a model's messages, summaries, commentary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from digestbot.model.feeds import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of a story that an edition has told, as the memory keeps it.

    Of a post that was read back there is one for each item, in the post's own
    words. Those of one edition with one ``story`` and ``thread`` are one story.
    """

    edition: str
    """The edition's key."""
    closed: datetime
    """When that edition closed."""
    story: int
    """The story's number in the post."""
    thread: str
    """The link under which the story was first told: its follow-ups have the same."""
    follow_up: bool = False
    url: str
    guid: str = ""
    title: str
    published: datetime
    text: str = ""
    """How the entry's text begins."""
    figures: str = ""
    """The figures of all of its text, as it writes them."""
    language: str = ""
    headline: str = ""
    """What was printed, without marks; so is the summary."""
    summary: str = ""
    barred: bool = False
    """Never to be told again, however long ago it was told."""

    @property
    def day(self) -> str:
        """The day of the edition, as 2026-06-01."""
        return self.edition.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What makes a cluster news though its story was told: the last telling, and what is new."""

    told: Told
    news: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What decides, in words."""
        headline = self.told.headline or self.told.title
        return f"told on {self.told.day} as “{headline}”; new: {', '.join(self.news)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Entries telling the same news; the lead is the one we link to."""

    lead: Entry
    others: tuple[Entry, ...] = ()
    follows: FollowUp | None = None
    """Where its story was told before: why it may be told again."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        return (self.lead, *self.others)

    @property
    def sources(self) -> tuple[str, ...]:
        """Distinct publishers, the lead's first."""
        return tuple(dict.fromkeys(entry.source for entry in self.entries))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A story that an edition might tell, and what became of it.

    ``place`` counts from 1 among those that were ranked, and is 0 for one that
    was not. One that was not chosen was left out by ``stage``, for ``reason``.
    """

    edition: str
    story: Story
    place: int = 0
    chosen: bool = False
    stage: str = ""
    reason: str = ""

    @property
    def url(self) -> str:
        return self.story.lead.url

    @property
    def title(self) -> str:
        return self.story.lead.title

    @property
    def sources(self) -> tuple[str, ...]:
        return self.story.cluster.sources


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


class Origin(StrEnum):
    """Who wrote a text: the model, or the publisher (quoted by code)."""

    LLM = "llm"
    EXCERPT = "excerpt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence that was written, and the source sentences that it rests on.

    ``cited`` are pairs, from 0: the number of an entry of the story's cluster,
    and of a sentence of it, the title being its first.
    """

    text: str
    cited: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A story in our words. ``evidence`` holds the source sentences it rests on."""

    story: Story
    headline: str
    text: str
    evidence: tuple[str, ...] = ()
    origin: Origin = Origin.LLM
    lines: tuple[Line, ...] = ()
    """The text, sentence by sentence, where its writer told what each rests on."""
    originals: tuple[tuple[str, str], ...] = ()
    """Names and quotations of the text that were translated, each with its original."""
    repairs: tuple[str, ...] = ()
    """What was sent back, replaced or cut until it could be printed, in words."""
    paragraphs: tuple[str, ...] = ()
    """The story at length, where the format tells it so."""
    section: str = ""
    """The section that it is in, where the format has sections and it was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commentary:
    """The editor's text: lead, paragraphs of commentary (may be none), categories."""

    lead: str
    title: str = ""
    """The commentary's own, where the format gives it one."""
    paragraphs: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    origin: Origin = Origin.LLM
    repairs: tuple[str, ...] = ()
    """What was sent back or cut until it could be printed, in words."""
