"""``digestbot init`` and ``schedule``: setting up house."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from importlib import resources
from pathlib import Path

import click

from digestbot.cli.options import config_argument, emit, settings_at

STARTER = ("digest.toml", "feeds.opml")
"""What `init` writes."""

NEXT_STEPS = """\
Next:
  1. read {config} and take out the feeds that you do not want from feeds.opml
  2. for summaries by a model: export OPENAI_API_KEY=...   (without it: excerpts)
  3. digestbot doctor {config}
  4. digestbot run {config}
  5. digestbot schedule {config}   (every day, without you)
"""


class Hour(click.ParamType[time]):
    """An hour of the day such as ``08:00``."""

    name = "HH:MM"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> time:
        try:
            return datetime.strptime(str(value), "%H:%M").replace(tzinfo=UTC).time()
        except ValueError:
            self.fail(f"{value!r} is not an hour such as 08:00", param, ctx)


@click.command()
@click.argument("folder", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace files that are already there.")
def init(folder: Path, *, force: bool) -> None:
    """Write a commented digest.toml and a starter list of feeds into FOLDER (default: here)."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in STARTER:
        path = folder / name
        if path.exists() and not force:
            click.echo(f"kept {path}: it is already there (--force replaces it)", err=True)
            continue
        path.write_bytes(resources.files("digestbot").joinpath("starter", name).read_bytes())
        emit(f"{path}\n")
    click.echo(NEXT_STEPS.format(config=folder / STARTER[0]), err=True, nl=False)


@click.command()
@config_argument
@click.option("--at", type=Hour(), default="08:00", help="On the edition's clock. Default: 08:00.")
def schedule(config: Path | None, *, at: time) -> None:
    """Print how to run CONFIG every day: crontab line, systemd timer, GitHub workflow."""
    from digestbot.config import ModelSettings
    from digestbot.schedule import Job, plan
    from digestbot.wiring import key_variable

    settings = settings_at(config)
    assert settings.file is not None  # it names no feeds: a file was read
    job = Job(
        python=sys.executable,
        config=settings.file,
        posts=settings.output.dir,
        state=settings.output.state,
        at=at,
        timezone=settings.edition.timezone,
        key_variable=key_variable(settings.model or ModelSettings()),
    )
    now = datetime.now().astimezone()
    emit(plan(job, now=now, local=now.tzinfo or UTC))
