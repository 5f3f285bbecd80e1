"""The settings: what ``digest.toml`` says, as frozen types with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from digestbot.model import Feed, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """What every edition is like: its readers, its hours, its length."""

    name: str = "daily"
    language: str = "zh"
    timezone: str = "Asia/Shanghai"
    window: timedelta = timedelta(hours=24)
    limit: int = 10
    per_source: int = 3
    min_stories: int = 1
    format: str = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """How to reach the model. Empty values are left to the provider's preset.

    The key itself is never here: ``api_key_env`` names the variable that holds it.
    """

    provider: str = ""
    name: str = ""
    base_url: str = ""
    api_key_env: str = ""
    timeout: float = 60.0
    """Seconds that one call may take."""
    concurrency: int = 16
    """Calls in flight together."""
    temperature: float | None = 0.3
    """Low: news is retold, not invented."""
    max_tokens: int | None = None
    on_failure: str = "excerpt"
    """``excerpt``: go out without the model where it fails; ``fail``: do not go out."""
    proofread: bool = False
    """Whether each sentence is held against its own evidence once more: a call a story."""
    input_price: float | None = None
    """What a million input tokens cost; None: the report names no cost."""
    output_price: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How feeds are visited."""

    timeout: float = 20.0
    """Seconds that one feed may take."""
    concurrency: int = 64
    """Feeds visited together."""
    allow_private: tuple[str, ...] = ()
    """Hosts and networks that may be visited though their addresses are private or loopback."""
    contact: str = ""
    """An address at which who runs this can be reached, told to every server."""
    full_text: bool = False
    """Whether pages of chosen stories are read, for every feed that does not say itself."""
    max_failed: float = 0.5
    """The share of feeds that may fail before an edition is called partial."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorySettings:
    """How long what was told is remembered."""

    days: int = 30
    """For so long a story is told once: only news brings it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySettings:
    """How stories are told apart."""

    embeddings: str = ""
    """The embedding model, if any: its name at the model's endpoint, or ``local:`` and the name
    or folder of one for model2vec or sentence-transformers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSettings:
    """Where posts and state are kept, as absolute folders."""

    dir: Path
    state: Path
    site: str = ""
    """The site generator that the posts are for; empty: the format's own front matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings of one config file, or of none."""

    output: OutputSettings
    edition: EditionSettings = field(default_factory=EditionSettings)
    topic: Topic = field(default_factory=Topic)
    feeds: tuple[Feed, ...] = ()
    sources: tuple[str, ...] = ()
    """URLs and absolute paths of feeds, feed folders and OPML lists."""
    model: ModelSettings | None = field(default_factory=ModelSettings)
    """None: the model is switched off."""
    fetch: FetchSettings = field(default_factory=FetchSettings)
    memory: MemorySettings = field(default_factory=MemorySettings)
    stories: StorySettings = field(default_factory=StorySettings)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names, and what else each is called, in other languages above all."""
    file: Path | None = None
    """The config file these settings were read from, if any."""
