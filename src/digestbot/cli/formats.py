"""``digestbot formats``: which formats there are, and the beginning of a new one."""

from __future__ import annotations

from pathlib import Path

import click

from digestbot.cli.options import ListByDefault, config_argument, emit
from digestbot.errors import ConfigError, FormatError

POST = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(cls=ListByDefault)
def formats() -> None:
    """List the formats (`formats [CONFIG]`), or begin one from example posts (`formats new`)."""


@formats.command("list")
@config_argument
def list_formats(config: Path | None) -> None:
    """List the formats: name, languages, parts, and the folder to copy for one of your own.

    With CONFIG (default: ./digest.toml, if there is one) its own format, too.
    """
    from digestbot.config import DEFAULT_FILE, load
    from digestbot.library import (
        feature_names,
        folder_of,
        format_names,
        load_feature,
        load_format,
        sites,
    )

    if config is None and Path(DEFAULT_FILE).exists():
        config = Path(DEFAULT_FILE)
    named = [load(config).edition.format] if config else []
    try:
        for name in dict.fromkeys([*format_names(), *named]):
            format = load_format(name)
            spoken, parts = " ".join(format.locales), ", ".join(format.parts)
            emit(f"{format.name:<12} {spoken:<6} {parts:<26} {folder_of(name)}\n")
    except FormatError as error:
        raise ConfigError("edition.format", str(error)) from error
    for name in feature_names():
        spoken = " ".join(load_feature(name).locales)
        emit(f"{name:<12} {spoken:<6} {'one page: `digestbot read`':<26} {folder_of(name)}\n")
    emit(f"sites        {', '.join(sites())}\n")


@formats.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--from", "posts", multiple=True, required=True, type=POST, metavar="POST...")
@click.argument("more", nargs=-1, type=POST)
def new(folder: Path, *, posts: tuple[Path, ...], more: tuple[Path, ...]) -> None:
    """Begin a format in FOLDER from example posts: measure the limits, guess the parts.

    What could not be told, and where a post would be printed otherwise, is said on stderr.
    """
    from digestbot.drafts import draft
    from digestbot.library import CONTRACT, TEMPLATE

    if folder.exists():
        raise ConfigError("", f"{folder} is there already; choose another folder")
    made = draft({path.name: _text(path) for path in (*posts, *more)}, name=folder.name)
    folder.mkdir(parents=True)
    for name, text in ((CONTRACT, made.contract), (TEMPLATE, made.template)):
        (folder / name).write_text(text, encoding="utf-8")
        emit(f"{folder / name}\n")
    for note in made.notes:
        click.echo(f"digestbot: {note}", err=True)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(f"{path} is not UTF-8 text") from error
