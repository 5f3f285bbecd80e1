"""The command line: parse, call, print. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import errno
import traceback
from typing import Any

import click

from digestbot import __version__
from digestbot.cli.check import check
from digestbot.cli.desk import lint, parse, render
from digestbot.cli.explain import explain
from digestbot.cli.feeds import feeds
from digestbot.cli.formats import formats
from digestbot.cli.health import doctor
from digestbot.cli.house import init, schedule
from digestbot.cli.memory import memory
from digestbot.cli.options import FAILED, INTERRUPTED, USAGE, VERBOSE
from digestbot.cli.preview import preview
from digestbot.cli.rank import rank
from digestbot.cli.read import read
from digestbot.cli.report import report
from digestbot.cli.run import run
from digestbot.cli.stories import stories
from digestbot.cli.taste import drop, pick, taste
from digestbot.errors import ConfigError, DigestbotError
from digestbot.text.redaction import redacted


class House(click.Group):
    """The commands, with our errors told in one line and given their exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except DigestbotError as error:
            _tell(ctx, str(error))
            ctx.exit(USAGE if isinstance(error, ConfigError) else FAILED)
        except KeyboardInterrupt:
            click.echo("digestbot: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # click leaves quietly when nobody reads on
            place = f"{error.filename}: " if error.filename else ""
            _tell(ctx, f"{place}{error.strerror or error}")
            ctx.exit(FAILED)


def _tell(ctx: click.Context, message: str) -> None:
    if ctx.meta.get(VERBOSE):
        click.echo(redacted(traceback.format_exc()), err=True, nl=False)
    click.echo(f"digestbot: {redacted(message)}", err=True)


@click.group(cls=House, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="digestbot")
def main() -> None:
    """Turn a day of feeds into one Markdown post that can be published unread.

    Begin with `digestbot init`, then `digestbot run`.
    """


for _command in (
    run,
    stories,
    explain,
    report,
    rank,
    check,
    pick,
    drop,
    taste,
    preview,
    read,
    lint,
    parse,
    render,
    formats,
    init,
    feeds,
    memory,
    schedule,
    doctor,
):
    main.add_command(_command)
