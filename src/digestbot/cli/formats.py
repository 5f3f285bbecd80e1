"""``digestbot formats``: which formats there are."""

from __future__ import annotations

from pathlib import Path

import click

from digestbot.cli.options import config_argument, emit
from digestbot.errors import ConfigError, FormatError


@click.command()
@config_argument
def formats(config: Path | None) -> None:
    """List the formats: name, languages, parts, and the folder to copy for one of your own.

    With CONFIG (default: ./digest.toml, if there is one) its own format, too.
    """
    from digestbot.config import DEFAULT_FILE, load
    from digestbot.library import folder_of, format_names, load_format, sites

    if config is None and Path(DEFAULT_FILE).exists():
        config = Path(DEFAULT_FILE)
    names = format_names()
    named = load(config).edition.format if config else ""
    try:
        for name in dict.fromkeys([*names, *([named] if named else [])]):
            format = load_format(name)
            spoken, parts = " ".join(format.locales), ", ".join(format.parts)
            emit(f"{format.name:<12} {spoken:<6} {parts:<26} {folder_of(name)}\n")
    except FormatError as error:
        raise ConfigError("edition.format", str(error)) from error
    emit(f"sites        {', '.join(sites())}\n")
