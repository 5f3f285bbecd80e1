"""What the commands share: exit codes, kinds of values, and the search for the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digestbot.errors import ConfigError, FormatError

if TYPE_CHECKING:
    from digestbot.bot import Bot
    from digestbot.config import Settings

C = TypeVar("C", bound=Callable[..., Any])

FAILED = 1
USAGE = 2
TOO_LITTLE_NEWS = 3
WARNINGS = 4
INTERRUPTED = 130
"""What a shell says of a command that was stopped with Ctrl-C."""

VERBOSE = "digestbot.verbose"
"""Where a context notes that tracebacks are wanted."""

TERMINAL_WIDTH = 80
"""Columns of a table where no terminal says how wide it is."""

DEFAULT_COMMAND = "list"
"""What a group of commands does when none of them is named."""

FOLDER = click.Path(file_okay=False, path_type=Path)
LANGUAGE = click.Choice(["zh", "en"])


class Window(click.ParamType[timedelta]):
    """A span of time such as ``24h``."""

    name = "24h"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        from digestbot.config.values import window

        try:
            return window(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class ListByDefault(click.Group):
    """A group that lists when no command of it is named: ``digestbot feeds digest.toml``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        named = bool(args) and (args[0] in self.commands or args[0] in ("-h", "--help"))
        return super().parse_args(ctx, args if named else [DEFAULT_COMMAND, *args])


def config_argument(command: C) -> C:
    """Add the optional CONFIG."""
    return click.argument("config", required=False, type=click.Path(path_type=Path))(command)


def feeds_option(command: C) -> C:
    """Add the repeatable ``--feeds``."""
    return click.option(
        "--feeds",
        "sources",
        multiple=True,
        metavar="PATH|URL",
        help="A feed, folder of feeds or OPML list, in place of the config's; repeatable.",
    )(command)


def settings_at(config: Path | None, sources: Sequence[str] = ()) -> Settings:
    """Return the settings of *config*, of ``./digest.toml``, or the defaults if feeds are named."""
    from digestbot.config import DEFAULT_FILE, default, load, override

    if config is None and Path(DEFAULT_FILE).exists():
        config = Path(DEFAULT_FILE)
    if config is None and not sources:
        raise ConfigError(
            "", f"there is no {DEFAULT_FILE} here; `digestbot init` writes one, or use --feeds"
        )
    settings = override(load(config) if config else default(), sources=sources)
    if not (settings.feeds or settings.sources):
        raise ConfigError(
            "sources", "no feeds are named; list some, or use --feeds", where=str(config)
        )
    return settings


def opened(settings: Settings) -> Bot:
    """Return a bot for *settings*; a format that is not there is a mistake in them."""
    from digestbot.wiring import open_bot

    try:
        return open_bot(settings)
    except FormatError as error:
        raise ConfigError("edition.format", str(error)) from error


def emit(text: str) -> None:
    """Write *text* to stdout as UTF-8, exactly, whatever the locale says."""
    click.echo(text.encode("utf-8", "surrogateescape"), nl=False)
