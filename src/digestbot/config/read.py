"""Read ``digest.toml`` and the environment into settings."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from digestbot.config import values
from digestbot.config.settings import (
    EditionSettings,
    FetchSettings,
    MemorySettings,
    ModelSettings,
    OutputSettings,
    Settings,
    StorySettings,
)
from digestbot.config.table import Source, Table
from digestbot.errors import ConfigError
from digestbot.model import Feed, Topic

DEFAULT_FILE = "digest.toml"
POSTS = "posts"
STATE = ".digestbot"
LANGUAGES = ("zh", "en")
ON_FAILURE = ("excerpt", "fail")
DEFAULT_KEY_VARIABLE = "OPENAI_API_KEY"

MAX_STORIES = 100
MAX_WEIGHT = 100.0
MAX_TIMEOUT = 3600.0
"""Seconds; whoever waits longer than an hour waits for nothing."""
MAX_CONCURRENCY = 1000
MAX_TEMPERATURE = 2.0
"""The highest that the OpenAI interface takes."""
MAX_TOKENS = 1_000_000
MAX_PRICE = 1_000_000.0
MAX_MEMORY = 366
"""Days; longer ago, hardly a reader remembers either."""

_TOML_LINE = re.compile(r"\s*\(at line (\d+), column (\d+)\)|\s*\(at end of document\)")
_FOLDER = re.compile(r"[/\\]|^[.~]")
"""What a folder has, and no name of a format."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def load(path: str | Path, *, env: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of the config file at *path*, with the environment's over them.

    Paths in the file are relative to the file's folder. Raises ``ConfigError``.
    """
    file = Path(path).absolute()
    text = _text(file)
    source = Source(text, Path(path))
    top = source.table(_parsed(text, Path(path)))
    settings = _settings(top, file)
    source.refuse_unknown()
    return _with_environment(settings, env)


def default(*, env: Mapping[str, str] = os.environ, folder: Path | None = None) -> Settings:
    """Return the settings where there is no config file; posts and state go into *folder*."""
    folder = (folder or Path.cwd()).absolute()
    output = OutputSettings(dir=folder / POSTS, state=folder / STATE)
    return _with_environment(Settings(output=output), env)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError("", "is not UTF-8 text", where=str(file)) from error
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise ConfigError("", f"{reason}; `digestbot init` writes one", where=str(file)) from error


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_LINE.search(str(error))
        line = place[1] if place and place[1] else str(text.count("\n") + 1)
        reason = _TOML_LINE.sub("", str(error))
        raise ConfigError("", f"not valid TOML: {reason}", where=f"{path}:{line}") from error


def _settings(top: Table, file: Path) -> Settings:
    folder = file.parent
    sources = tuple(_place(top, "sources", text, folder) for text in top.texts("sources"))
    fetch = _fetch(top.table("fetch"))
    feeds = tuple(_feed(table, folder, fetch) for table in top.tables("feeds"))
    output = top.table("output")
    return Settings(
        edition=_edition(top.table("edition"), folder),
        topic=_topic(top.table("topic")),
        feeds=feeds,
        sources=sources,
        model=_model(top.table("model")),
        fetch=fetch,
        memory=_memory(top.table("memory")),
        stories=StorySettings(embeddings=top.table("stories").text("embeddings")),
        aliases=top.texts_by_name("aliases"),
        output=OutputSettings(
            dir=folder / Path(output.text("dir", POSTS)).expanduser(),
            state=folder / Path(output.text("state", STATE)).expanduser(),
            site=output.text("site"),
        ),
        file=file,
    )


def _edition(table: Table, folder: Path) -> EditionSettings:
    usual = EditionSettings()
    window = table.text("window")
    edition = EditionSettings(
        name=table.text("name", usual.name, check=values.edition_name),
        language=table.text("language", usual.language, choices=LANGUAGES),
        timezone=table.text("timezone", usual.timezone, check=values.timezone),
        window=table.checked("window", window, values.window) if window else usual.window,
        limit=table.whole("limit", usual.limit, least=1, most=MAX_STORIES),
        per_source=table.whole("per_source", usual.per_source, least=1, most=MAX_STORIES),
        min_stories=table.whole("min_stories", usual.min_stories, least=1, most=MAX_STORIES),
        format=_format(table.text("format", usual.format), folder),
    )
    if edition.min_stories > edition.limit:
        raise table.error("min_stories", f"is more than edition.limit ({edition.limit})")
    return edition


def _format(name: str, folder: Path) -> str:
    """The name of a format of ours as it is; the folder of one's own as an absolute path."""
    return str(folder / Path(name).expanduser()) if _FOLDER.search(name) else name


def _topic(table: Table) -> Topic:
    return Topic(
        include=table.texts("include"),
        exclude=table.texts("exclude"),
        description=table.text("description"),
    )


def _feed(table: Table, folder: Path, fetch: FetchSettings) -> Feed:
    address = table.text("url")
    if not address:
        raise table.error("url", "is missing: every [[feeds]] table needs one")
    url = _place(table, "url", address, folder)
    has_pages = fetch.full_text and not Path(url).is_absolute()
    return Feed(
        url=url,
        name=table.text("name"),
        weight=table.number("weight", 1.0, least=0.0, most=MAX_WEIGHT),
        category=table.text("category"),
        full_text=table.switch("full_text", has_pages),
        headers=_headers(table),
        login_env=table.text("login_env", check=values.variable),
        verify_tls=table.switch("verify_tls", True),
    )


def _headers(table: Table) -> tuple[tuple[str, str], ...]:
    """Extra headers; those that hold a secret must name the variable that holds it."""
    pairs = table.pairs("headers")
    for name, value in pairs:
        try:
            values.header(name, value)
        except ValueError as error:
            raise table.error("headers", str(error)) from None
    return pairs


def _place(table: Table, key: str, text: str, folder: Path) -> str:
    """An http(s) address as it is; anything else as an absolute path."""
    if text.lower().startswith(("http://", "https://")):
        return text
    if _SCHEME.match(text):
        raise table.error(key, f"{text!r} is neither an http(s) address nor a path")
    return str(folder / Path(text).expanduser())


def _model(table: Table) -> ModelSettings | None:
    usual = ModelSettings()
    model = ModelSettings(
        provider=table.text("provider"),
        name=table.text("name"),
        base_url=table.text("base_url", check=values.base_url),
        api_key_env=table.text("api_key_env", check=values.variable),
        timeout=table.number("timeout", usual.timeout, least=1, most=MAX_TIMEOUT),
        concurrency=table.whole("concurrency", usual.concurrency, least=1, most=MAX_CONCURRENCY),
        temperature=table.number("temperature", usual.temperature, least=0, most=MAX_TEMPERATURE),
        max_tokens=table.whole("max_tokens", None, least=1, most=MAX_TOKENS),
        on_failure=table.text("on_failure", usual.on_failure, choices=ON_FAILURE),
        proofread=table.switch("proofread", usual.proofread),
        input_price=table.number("input_price", None, least=0, most=MAX_PRICE),
        output_price=table.number("output_price", None, least=0, most=MAX_PRICE),
    )
    return None if model.name.lower() == values.NO_MODEL else model


def _fetch(table: Table) -> FetchSettings:
    usual = FetchSettings()
    return FetchSettings(
        timeout=table.number("timeout", usual.timeout, least=0.1, most=MAX_TIMEOUT),
        concurrency=table.whole("concurrency", usual.concurrency, least=1, most=MAX_CONCURRENCY),
        allow_private=table.texts("allow_private"),
        contact=table.text("contact", check=values.contact),
        full_text=table.switch("full_text", usual.full_text),
        max_failed=table.number("max_failed", usual.max_failed, least=0.0, most=1.0),
    )


def _memory(table: Table) -> MemorySettings:
    usual = MemorySettings()
    return MemorySettings(days=table.whole("days", usual.days, least=1, most=MAX_MEMORY))


def _with_environment(settings: Settings, env: Mapping[str, str]) -> Settings:
    """The settings with the variables for the model's name and address over the file's."""
    name = env.get("DIGESTBOT_MODEL", "").strip()
    if name.lower() == values.NO_MODEL:
        return replace(settings, model=None)
    if settings.model is None and not name:
        return settings
    model = settings.model or ModelSettings()
    model = replace(model, name=name or model.name)
    return replace(settings, model=_with_openai_address(model, env))


def _with_openai_address(model: ModelSettings, env: Mapping[str, str]) -> ModelSettings:
    """OPENAI_BASE_URL goes with OPENAI_API_KEY: another provider's key is not sent there."""
    address = env.get("OPENAI_BASE_URL", "").strip()
    ours = model.provider in ("", "openai") and model.api_key_env in ("", DEFAULT_KEY_VARIABLE)
    if not (address and ours):
        return model
    try:
        return replace(model, base_url=values.base_url(address))
    except ValueError as error:
        raise ConfigError("OPENAI_BASE_URL", str(error)) from None
