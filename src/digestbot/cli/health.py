"""``digestbot doctor``: is everything in place?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digestbot.cli.options import (
    FAILED,
    config_argument,
    emit,
    feeds_option,
    opened,
    settings_at,
)
from digestbot.errors import DigestbotError, StoreError

if TYPE_CHECKING:
    from digestbot.doctor import Check


@click.command()
@config_argument
@feeds_option
@click.option("--json", "as_json", is_flag=True, help="Print the checks as JSON.")
@click.pass_context
def doctor(
    ctx: click.Context, config: Path | None, *, sources: tuple[str, ...], as_json: bool
) -> None:
    """Check config, folders, model, feeds and clock; say what to do. Exits with 1 if broken."""
    from digestbot.doctor import Health

    checks = []
    for check in _checks(config, sources):
        checks.append(check)
        if not as_json:
            _print_check(check)
    if as_json:
        emit(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2) + "\n")
    if any(check.health is Health.BROKEN for check in checks):
        ctx.exit(FAILED)


def _checks(config: Path | None, sources: tuple[str, ...]) -> Iterator[Check]:
    from digestbot.doctor import Check, Health, examine

    try:
        settings = settings_at(config, sources)
        bot = opened(settings)
    except DigestbotError as error:
        subject = "state" if isinstance(error, StoreError) else "config"
        advice = "mend this first; the other checks need it"
        yield Check(subject=subject, health=Health.BROKEN, finding=str(error), advice=advice)
        return
    with bot:
        read = str(settings.file or "none needed")
        yield Check(subject="config", health=Health.OK, finding=read)
        folders = {"posts": settings.output.dir, "state": settings.output.state}
        yield from examine(bot, folders=folders)


def _print_check(check: Check) -> None:
    emit(f"{check.health:<8} {check.subject}: {check.finding}\n")
    if check.advice:
        emit(f"{'':<8} -> {check.advice}\n")
