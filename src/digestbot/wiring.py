"""The only place that chooses adapters: settings in, a bot with its tools out."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from digestbot import config
from digestbot.adapters.executors import ThreadExecutor
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.feeds.sources import expand
from digestbot.adapters.store import SqlStore
from digestbot.bot import Bot
from digestbot.config import ModelSettings, Settings
from digestbot.editions import Plan
from digestbot.library import load_format, load_prompt
from digestbot.model import Feed
from digestbot.pipeline import Tools
from digestbot.ports import Model, Store

TASKS = ("triage", "summarize", "comment", "repair")


def settings_for(path: str | os.PathLike[str] | None = None) -> Settings:
    """Return the settings of the config at *path*, of ``./digest.toml``, or the defaults."""
    if path is not None:
        return config.load(Path(path))
    here = Path(config.DEFAULT_FILE)
    return config.load(here) if here.exists() else config.default()


def open_bot(
    settings: Settings, *, model: Any = None, env: Mapping[str, str] = os.environ
) -> Bot:
    """Return a bot for *settings*; *model* takes the place of the configured one.

    Raises ``ConfigError`` where a feed or a provider cannot be made sense of,
    ``FormatError`` for an unknown format, ``StoreError`` for an unusable state.
    """
    format = load_format(settings.edition.format)
    format.locale(settings.edition.language)
    feeds = _feeds(settings)
    store = SqlStore.open(settings.output.state)
    prompts = {task: load_prompt(task, settings.edition.language) for task in TASKS}
    concurrency = settings.model.concurrency if settings.model else ModelSettings().concurrency
    return Bot(
        plan=_plan(settings, feeds),
        tools=Tools(
            fetcher=_fetcher(settings),
            store=store,
            executor=ThreadExecutor(concurrency),
            format=format,
            prompts=prompts,
        ),
        open_model=_model_opener(settings.model, model, store=store, env=env),
        close=store.close,
        clock=lambda: datetime.now(UTC),
    )


def _feeds(settings: Settings) -> tuple[Feed, ...]:
    """The feeds named one by one, then those of the lists and folders; each address once."""
    listed = [*settings.feeds, *expand(settings.sources)]
    return tuple({feed.url: feed for feed in reversed(listed)}.values())[::-1]


def _plan(settings: Settings, feeds: tuple[Feed, ...]) -> Plan:
    edition = settings.edition
    return Plan(
        name=edition.name,
        language=edition.language,
        timezone=edition.timezone,
        window=edition.window,
        limit=edition.limit,
        per_source=edition.per_source,
        min_stories=edition.min_stories,
        topic=settings.topic,
        feeds=feeds,
        on_failure=settings.model.on_failure if settings.model else "excerpt",
        folder=settings.output.dir,
    )


def _fetcher(settings: Settings) -> AiohttpFetcher:
    return AiohttpFetcher(
        timeout=settings.fetch.timeout,
        concurrency=settings.fetch.concurrency,
        allow_private=settings.fetch.allow_private,
    )
