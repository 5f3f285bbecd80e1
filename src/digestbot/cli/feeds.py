"""``digestbot feeds``: how the feeds are, and how to add, check, import and export them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digestbot.cli.feed_table import feed_lines, print_feeds
from digestbot.cli.options import (
    DEFAULT_COMMAND,
    FAILED,
    ListByDefault,
    config_argument,
    emit,
    feeds_option,
    opened,
    settings_at,
)
from digestbot.errors import ConfigError
from digestbot.report import named
from digestbot.text.redaction import redacted

if TYPE_CHECKING:
    from digestbot.config import Settings
    from digestbot.model import Feed, FeedReport

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
CONFIG = click.option(
    "--config",
    default="digest.toml",
    type=click.Path(path_type=Path),
    help="The config to add to. Default: ./digest.toml.",
)


@click.group(cls=ListByDefault)
def feeds() -> None:
    """Show the feeds and their health; add, check, import or export them.

    Without a command: the table of `digestbot feeds list`.
    """


@feeds.command(DEFAULT_COMMAND)
@config_argument
@feeds_option
@JSON
def list_feeds(config: Path | None, *, sources: tuple[str, ...], as_json: bool) -> None:
    """List the feeds of CONFIG (default: ./digest.toml) with their health."""
    with opened(settings_at(config, sources)) as bot:
        lines = feed_lines(bot.feeds, bot.feed_states(), bot.feed_figures(), now=datetime.now(UTC))
    if as_json:
        _emit_json([asdict(line) for line in lines])
    else:
        print_feeds(lines)


@feeds.command()
@config_argument
@feeds_option
@click.option("--allow-private", multiple=True, metavar="HOST", help="As for `digestbot run`.")
@JSON
@click.pass_context
def check(
    ctx: click.Context,
    config: Path | None,
    *,
    sources: tuple[str, ...],
    allow_private: tuple[str, ...],
    as_json: bool,
) -> None:
    """Visit every feed now, retired and resting ones too. Exits with 1 if one fails."""
    from digestbot.model import FetchStatus

    with opened(_allowed(settings_at(config, sources), allow_private)) as bot:
        reports = bot.check_feeds().feeds
    if as_json:
        _emit_json([{**asdict(report), "status": report.status.value} for report in reports])
    else:
        emit("".join(f"{_checked(report)}\n" for report in reports))
    if any(report.status in (FetchStatus.FAILED, FetchStatus.RETIRED) for report in reports):
        ctx.exit(FAILED)


@feeds.command()
@click.argument("address")
@CONFIG
@click.option("--name", default="", help="The name for readers. Default: the feed's own.")
@click.option("--category", default="", help="A category, such as labs.")
@click.option("--allow-private", multiple=True, metavar="HOST", help="As for `digestbot run`.")
def add(
    address: str, *, config: Path, name: str, category: str, allow_private: tuple[str, ...]
) -> None:
    """Add the feed at ADDRESS, or the one of the site there, to the config."""
    from digestbot.wiring import search_feed

    settings = _allowed(_settings_to_add_to(config), allow_private)
    found = search_feed(address, settings=settings)
    feed = replace(found.feed, name=name or found.feed.name, category=category)
    if _add([feed], config):
        emit(f"added {feed.name or 'a feed'}: {redacted(feed.url)}\n")
    else:
        emit(f"already there: {redacted(feed.url)}\n")
    for other in found.others:
        click.echo(f"the site also has {other.name or 'a feed'}: {redacted(other.url)}", err=True)


@feeds.command("import")
@click.argument("opml", type=click.Path(path_type=Path))
@CONFIG
def import_feeds(opml: Path, *, config: Path) -> None:
    """Add the feeds of the list OPML to the config."""
    from digestbot.wiring import read_list

    _settings_to_add_to(config)
    listed = read_list(opml)
    added = _add(listed, config)
    emit(f"added {len(added)} feeds; {len(listed) - len(added)} were there already\n")


@feeds.command()
@config_argument
@feeds_option
def export(config: Path | None, *, sources: tuple[str, ...]) -> None:
    """Print the feeds as an OPML list. Files on disk and logins stay at home."""
    from digestbot.wiring import write_list

    with opened(settings_at(config, sources)) as bot:
        emit(write_list(bot.feeds, title=f"digestbot: {bot.plan.name}").decode())


def _settings_to_add_to(config: Path) -> Settings:
    from digestbot.config import load

    if not config.exists():
        reason = "there is no such file to add to; `digestbot init` writes one"
        raise ConfigError("", reason, where=str(config))
    return load(config)


def _add(listed: Sequence[Feed], config: Path) -> list[Feed]:
    """Add those that are not there yet, and return them."""
    from digestbot.config.append import append_feeds
    from digestbot.wiring import missing_feeds

    new = missing_feeds(listed, settings=_settings_to_add_to(config))
    if new:
        append_feeds(config, new)
    return new


def _allowed(settings: Settings, hosts: tuple[str, ...]) -> Settings:
    from digestbot.config import override

    return override(settings, allow_private=hosts) if hosts else settings


def _checked(report: FeedReport) -> str:
    told = report.reason or (f"{report.seen} records" if report.seen else "")
    place = "" if named(report) == report.url else f" ({report.url})"
    return f"{report.status:<9} {named(report)}{place}{': ' if told else ''}{told}"


def _emit_json(rows: list[dict[str, Any]]) -> None:
    emit(json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n")
