"""The only place that chooses adapters: settings in, a bot with its tools out."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from digestbot import __version__, config
from digestbot.adapters import llm
from digestbot.adapters.embeddings import LocalEmbedder, RemoteEmbedder
from digestbot.adapters.executors import ThreadExecutor
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.feeds.find import Found, Visited, find_feed
from digestbot.adapters.feeds.opml import merged, read_opml, write_opml
from digestbot.adapters.feeds.parsed import ParsedFeed
from digestbot.adapters.feeds.sources import expand
from digestbot.adapters.originals import Originals, kept_of, read_originals
from digestbot.adapters.pages.whole import read_whole
from digestbot.adapters.store import SqlStore
from digestbot.adapters.store.engine import FILE as STATE_FILE
from digestbot.bot import Bot
from digestbot.config import ModelSettings, Settings
from digestbot.contract import Format
from digestbot.editions import Plan, name_of
from digestbot.errors import ConfigError
from digestbot.library import load_format, load_prompt
from digestbot.model import Entry, Feed, Page
from digestbot.pipeline import Tools
from digestbot.ports import Embedder, Executor, Model, Store
from digestbot.stages.rehearse import rehearse
from digestbot.stages.render import VALUES
from digestbot.text.aliases import Aliases, shipped

DEFAULT_PROVIDER = "openai"

LOCAL = "local:"
"""What stands before an embedding model on this machine."""

CONFIG = ".toml"
"""How the name of a config ends."""

TASKS = (
    "triage", "judge", "summarize", "follow_up", "section", "top", "comment", "insight", "overview",
    "repair",
)  # fmt: skip

PROOFREAD = "proofread"
"""The task that is done only where the settings ask for it."""


def settings_for(path: str | os.PathLike[str] | None = None) -> Settings:
    """Return the settings of the config at *path*, of ``./digest.toml``, or the defaults."""
    if path is not None:
        return config.load(Path(path))
    here = Path(config.DEFAULT_FILE)
    return config.load(here) if here.exists() else config.default()


def open_bot(settings: Settings, *, model: Any = None, env: Mapping[str, str] = os.environ) -> Bot:
    """Return a bot for *settings*; *model* takes the place of the configured one.

    Raises ``ConfigError`` where a feed or a provider cannot be made sense of,
    ``FormatError`` for an unknown format, ``StoreError`` for an unusable state.
    """
    format = load_format(settings.edition.format, site=settings.output.site)
    format.locale(settings.edition.language)
    rehearse(format, known=VALUES)
    feeds = _feeds(settings)
    store = SqlStore.open(settings.output.state, memory=timedelta(days=settings.memory.days))
    tasks = (*TASKS, PROOFREAD) if settings.model and settings.model.proofread else TASKS
    prompts = {task: load_prompt(task, settings.edition.language) for task in tasks}
    concurrency = settings.model.concurrency if settings.model else ModelSettings().concurrency
    return Bot(
        plan=_plan(settings, feeds, format),
        tools=Tools(
            fetcher=_fetcher(settings, env),
            store=store,
            executor=ThreadExecutor(concurrency),
            format=format,
            prompts=prompts,
            aliases=Aliases(settings.aliases) if settings.aliases else shipped(),
            embedder=_embedder(settings, env),
        ),
        open_model=_model_opener(settings.model, model, store=store, env=env),
        close=store.close,
        clock=lambda: datetime.now(UTC),
    )


def key_variable(settings: ModelSettings) -> str:
    """Return the environment variable that holds the model's key."""
    provider = llm.preset(settings.provider or DEFAULT_PROVIDER)
    return settings.api_key_env or provider.key_variable


def search_feed(address: str, *, settings: Settings, env: Mapping[str, str] = os.environ) -> Found:
    """Return the feed at *address*, or the best that the site there leads to.

    Raises ``FetchError`` that says what was tried.
    """
    fetcher = _fetcher(settings, env)

    def visit(url: str) -> Visited:
        answer = fetcher.visit(url)
        return Visited(body=answer.body, url=answer.url, charset=answer.charset)

    def parse(visited: Visited) -> ParsedFeed:
        return fetcher.parse(visited.body, url=visited.url, charset=visited.charset)

    return find_feed(address, visit=visit, parse=parse)


def read_list(path: Path) -> list[Feed]:
    """Return the feeds of the OPML list at *path*; raises ``ConfigError``."""
    try:
        return read_opml(path.read_bytes())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError("feeds", f"{path}: {reason}") from error


def missing_feeds(listed: Sequence[Feed], *, settings: Settings) -> list[Feed]:
    """Return those of *listed* that *settings* do not have yet, each once."""
    known = [*settings.feeds, *expand(settings.sources)]
    return merged([*known, *listed])[len(merged(known)) :]


def write_list(feeds: Sequence[Feed], *, title: str) -> bytes:
    """Return *feeds* as an OPML list."""
    return write_opml(feeds, title=title)


def open_originals(
    sources: Sequence[str],
    *,
    allow_private: Sequence[str] = (),
    env: Mapping[str, str] = os.environ,
) -> Originals:
    """Return what *sources* say: feeds, pages, texts, lists, and configs.

    A config stands for all its feeds and what its state has kept of them, pages
    included; hosts that it allows are visited, too. Raises ``ConfigError``.
    """
    configs = [source for source in sources if source.lower().endswith(CONFIG)]
    named = [config.load(Path(each).expanduser(), env=env) for each in configs]
    allowed = [*allow_private, *(host for each in named for host in each.fetch.allow_private)]
    settings = config.override(config.default(env=env), allow_private=allowed)
    return read_originals(
        [source for source in sources if source not in configs],
        feeds=[feed for each in named for feed in _feeds(each)],
        kept=[entry for each in named for entry in _kept(each)],
        fetcher=_fetcher(settings, env),
    )


def open_page(source: str, settings: Settings, *, env: Mapping[str, str] = os.environ) -> Page:
    """Return the page at *source*, an address or a file; raises ``FetchError``."""
    return read_whole(source, fetcher=_fetcher(settings, env))


@contextmanager
def lent(
    settings: Settings, *, model: Any = None, env: Mapping[str, str] = os.environ
) -> Iterator[tuple[Model | None, Executor]]:
    """Lend the model of *settings* (or *model*) and what its calls run in.

    Its replies are kept in the state, where there is one: a page makes none.
    """
    chosen = settings.model or ModelSettings()
    with ExitStack() as stack:
        folder = settings.output.state
        if not (folder / STATE_FILE).exists():
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="digestbot-")))
        store = stack.enter_context(SqlStore.open(folder))
        opened = _model_opener(settings.model, model, store=store, env=env)()
        yield opened, ThreadExecutor(chosen.concurrency)


def _kept(settings: Settings) -> list[Entry]:
    """What earlier runs have kept, if there were any: a check makes no state."""
    if not (settings.output.state / STATE_FILE).exists():
        return []
    with SqlStore.open(settings.output.state) as store:
        return kept_of(_feeds(settings), store)


def _feeds(settings: Settings) -> tuple[Feed, ...]:
    """The feeds named one by one, then those of the lists and folders; each address once."""
    listed = [*settings.feeds, *_of_lists(settings)]
    return tuple(merged(listed))


def _of_lists(settings: Settings) -> list[Feed]:
    """The feeds of lists, folders and addresses; files on disk have no pages to be read."""
    return [
        replace(feed, full_text=settings.fetch.full_text and not Path(feed.url).is_absolute())
        for feed in expand(settings.sources)
    ]


def _plan(settings: Settings, feeds: tuple[Feed, ...], format: Format) -> Plan:
    edition = settings.edition
    stories, period = format.stories, format.period
    sections = format.locale(edition.language).sections
    per_section = min(edition.limit, format.locale(edition.language).limits.section.max)
    limit = edition.limit * max(1, len(sections))
    return Plan(
        name=name_of(edition.name, period=period),
        period=period,
        per_section=per_section,
        language=edition.language,
        timezone=edition.timezone,
        window=edition.window,
        limit=max(stories.min, min(limit, stories.max)),
        per_source=edition.per_source * max(1, len(sections)),
        min_stories=max(stories.min, min(edition.min_stories, stories.max)),
        topic=settings.topic,
        feeds=feeds,
        on_failure=settings.model.on_failure if settings.model else "excerpt",
        max_failed=settings.fetch.max_failed,
        folder=settings.output.dir,
        state=settings.output.state,
        memory=timedelta(days=settings.memory.days),
    )


def _fetcher(settings: Settings, env: Mapping[str, str]) -> AiohttpFetcher:
    return AiohttpFetcher(
        env=env,
        user_agent=_user_agent(settings.fetch.contact),
        timeout=settings.fetch.timeout,
        concurrency=settings.fetch.concurrency,
        allow_private=settings.fetch.allow_private,
    )


def _user_agent(contact: str) -> str:
    """Who we are, in the form that servers expect of robots (RFC 9110, 10.1.5)."""
    who = f"digestbot/{__version__}"
    return f"Mozilla/5.0 (compatible; {who}; +{contact})" if contact else f"{who} (feed reader)"


def _model_opener(
    settings: ModelSettings | None, given: Any, *, store: Store, env: Mapping[str, str]
) -> Callable[[], Model | None]:
    """What gives each run a model of its own: its usage, and whether it was given up.

    A provider that cannot be made sense of is said here, before any work.
    """
    if given is not None:
        return lambda: _adopt(given, store)
    reached = _reached(settings, env) if settings else None
    if reached is None:
        return lambda: None
    return lambda: _warm(llm.open_model(reached, store=store))


def _adopt(given: Any, store: Store) -> Model:
    if hasattr(given, "complete"):
        model: Model = given
        return model
    if hasattr(given, "invoke"):
        return llm.open_langchain(given, store=store)
    raise ConfigError("model", f"{type(given).__name__} is neither a LangChain chat model nor ours")


def _warm(model: llm.RemoteModel) -> Model:
    """Begin to load the libraries at once: they take a second, and so do the feeds."""

    def load() -> None:
        with suppress(Exception):  # the first call meets the same failure, and reports it
            model.warm_up()

    # No daemon: an interpreter that ends in the middle of an import may crash.
    threading.Thread(target=load, name="digestbot-warm-up").start()
    return model


def _reached(settings: ModelSettings, env: Mapping[str, str]) -> llm.ModelSettings | None:
    """Where and as whom the model is asked; None where nothing is set up to ask."""
    provider = llm.preset(settings.provider or DEFAULT_PROVIDER)
    variable = key_variable(settings)
    key = env.get(variable, "").strip()
    if not key and not (settings.base_url or settings.provider or settings.name):
        return None
    if not key and provider.needs_key and not settings.base_url:
        reason = f"no key in {variable}; set it, or pass --model none for a digest without a model"
        raise ConfigError("model", reason)
    name = settings.name or provider.model
    if not name:
        raise ConfigError("model.name", f"is needed for {settings.provider or settings.base_url}")
    return llm.ModelSettings(
        name=name,
        base_url=settings.base_url or provider.base_url,
        api_key=key,
        key_variable=variable,
        timeout=settings.timeout,
        temperature=settings.temperature,
        max_tokens=settings.max_tokens,
        prices=_prices(settings),
    )


def _embedder(settings: Settings, env: Mapping[str, str]) -> Embedder | None:
    """What embeds entries; None where none is named, or where its endpoint's model is off."""
    name = settings.stories.embeddings
    if name.startswith(LOCAL):
        return LocalEmbedder(name.removeprefix(LOCAL))
    reached = _reached(settings.model, env) if name and settings.model else None
    return RemoteEmbedder(name, reached) if reached else None


def _prices(settings: ModelSettings) -> llm.Prices | None:
    if settings.input_price is None or settings.output_price is None:
        return None
    return llm.Prices(input=settings.input_price, output=settings.output_price)
