"""What the command line's flags change in the settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from digestbot.config.settings import EditionSettings, ModelSettings, Settings
from digestbot.config.values import NO_MODEL


def override(
    settings: Settings,
    *,
    sources: Sequence[str] = (),
    out: Path | None = None,
    state: Path | None = None,
    format: str = "",
    model: str = "",
    language: str = "",
    limit: int | None = None,
    window: timedelta | None = None,
    allow_private: Sequence[str] = (),
) -> Settings:
    """Return *settings* with the given values in place of theirs.

    *sources* take the place of all feeds; *allow_private* adds to the hosts
    allowed; the model ``none`` switches the model off.
    """
    if sources:
        settings = replace(settings, sources=tuple(map(_absolute, sources)), feeds=())
    return replace(
        settings,
        edition=_edition(settings.edition, format, language, limit=limit, window=window),
        model=_model(settings.model, model),
        output=replace(
            settings.output,
            dir=out.absolute() if out else settings.output.dir,
            state=state.absolute() if state else settings.output.state,
        ),
        fetch=replace(
            settings.fetch,
            allow_private=tuple(dict.fromkeys([*settings.fetch.allow_private, *allow_private])),
        ),
    )


def _absolute(source: str) -> str:
    if source.lower().startswith(("http://", "https://")):
        return source
    return str(Path(source).expanduser().absolute())


def _edition(
    edition: EditionSettings,
    format: str,
    language: str,
    *,
    limit: int | None,
    window: timedelta | None,
) -> EditionSettings:
    limit = limit or edition.limit
    return replace(
        edition,
        format=format or edition.format,
        language=language or edition.language,
        limit=limit,
        min_stories=min(edition.min_stories, limit),
        window=window or edition.window,
    )


def _model(model: ModelSettings | None, name: str) -> ModelSettings | None:
    if name.lower() == NO_MODEL:
        return None
    return replace(model or ModelSettings(), name=name) if name else model
