"""``digestbot run``: make one edition and say what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digestbot.cli.options import (
    FAILED,
    FOLDER,
    LANGUAGE,
    TOO_LITTLE_NEWS,
    VERBOSE,
    WARNINGS,
    Window,
    config_argument,
    emit,
    feeds_option,
    opened,
    settings_at,
)
from digestbot.cli.progress import told
from digestbot.model import FetchStatus, Report, Status
from digestbot.text.redaction import redacted

if TYPE_CHECKING:
    from rich.console import Console

    from digestbot.results import Result

MAX_STORIES = 100

ASKED = ("date", "month", "week", "now", "force", "dry_run")
"""The flags that say which edition is wanted, and how; the others change the settings."""


@click.command()
@config_argument
@click.option("--date", metavar="DATE", help="The day of the edition, YYYY-MM-DD. Default: today.")
@click.option("--month", metavar="MONTH", help="The month of the edition, YYYY-MM.")
@click.option("--week", metavar="WEEK", help="The week of the edition, YYYY-Www.")
@click.option(
    "--now",
    metavar="ISO",
    help="The moment to work at; without an offset, on the edition's clock. Default: now.",
)
@feeds_option
@click.option("--out", type=FOLDER, help="The folder of the posts.")
@click.option("--state", type=FOLDER, help="The folder of the state.")
@click.option("--format", default="", metavar="NAME", help="The house format.")
@click.option("--model", default="", metavar="NAME|none", help="The model; none: go without.")
@click.option("--language", type=LANGUAGE, help="The language of the post.")
@click.option("--limit", type=click.IntRange(1, MAX_STORIES), help="How many stories at most.")
@click.option("--window", metavar="SPAN", type=Window(), help="The hours covered: 24h, 7d, 90m.")
@click.option(
    "--allow-private",
    multiple=True,
    metavar="HOST",
    help="Visit this host though its address is private or loopback; repeatable.",
)
@click.option("--dry-run", is_flag=True, help="Write no post: print it to stdout.")
@click.option("--force", is_flag=True, help="Replace the post if it is already there.")
@click.option("--strict", is_flag=True, help="Exit with 4 if the post goes out with warnings.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole report to stdout, as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Tell all that was left out, and tracebacks.")
@click.pass_context
def run(
    ctx: click.Context,
    /,
    config: Path | None,
    *,
    sources: tuple[str, ...],
    as_json: bool,
    strict: bool,
    verbose: bool,
    **given: Any,
) -> None:
    """Make the edition's post from the feeds of CONFIG (default: ./digest.toml).

    A format of a month or a week (--format monthly) is made of what the state has kept.

    Prints the post's path. Exit codes: 0 post written, or already there; 1 failed;
    2 usage or config; 3 too little news, nothing written; 4 post written, but too many
    feeds failed, or with warnings under --strict.
    """
    ctx.meta[VERBOSE] = verbose
    from rich.console import Console

    from digestbot.config import override

    asked = {name: given.pop(name) for name in ASKED}
    settings = override(settings_at(config, sources), **_given(given))
    console = Console(stderr=True)
    with told(console) as progress, opened(settings) as bot:
        result = bot.run(**asked, progress=progress)
    _print(result, console, as_json=as_json, verbose=verbose)
    ctx.exit(exit_code(result.report, strict=strict))


def exit_code(report: Report, *, strict: bool = False) -> int:
    """Return the exit code that tells how the run of *report* ended.

    That no model was used is no warning: none was set up. That too many feeds
    failed is one, strict or not.
    """
    from digestbot.pipeline import NO_MODEL

    if report.status is Status.FAILED:
        return FAILED
    if report.status is Status.TOO_LITTLE_NEWS:
        return TOO_LITTLE_NEWS
    if report.partial:
        return WARNINGS
    failed = any(feed.status is FetchStatus.FAILED for feed in report.feeds)
    doubts = [notice for notice in report.notices if notice != NO_MODEL]
    return WARNINGS if strict and (failed or doubts) else 0


def _given(changes: dict[str, Any]) -> dict[str, Any]:
    """The flags that were used; ``out`` and ``state`` are folders, the rest as click read them."""
    return {name: value for name, value in changes.items() if value}


def _print(result: Result, console: Console, *, as_json: bool, verbose: bool) -> None:
    from digestbot.report import print_report
    from digestbot.text.reports import to_json

    report = result.report
    print_report(report, console)
    for skipped in report.skipped if verbose else ():
        what = skipped.title or skipped.subject
        line = f"{skipped.stage} left out: {what}: {skipped.reason}"
        click.echo(redacted(line), err=True)
    if as_json:
        emit(to_json(report) + "\n")
    elif report.status is Status.DRY_RUN and result.post:
        emit(result.post.text)
    elif report.path and report.status in (Status.PUBLISHED, Status.ALREADY_THERE):
        emit(f"{report.path}\n")
