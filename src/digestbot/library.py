"""Finds formats and prompts, and reads them into their types.

Formats stand inside the package, or in a folder of your own. Prompts stand
inside the package once it is installed, and two folders up in a checkout.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from digestbot.contract import Format, Site
from digestbot.contract_feature import FeatureFormat, read_feature
from digestbot.contract_file import PHRASES, read_format, read_sites
from digestbot.contract_table import Table
from digestbot.errors import FormatError, PromptError
from digestbot.templating import Prompt

__all__ = [
    "PHRASES",
    "feature_names",
    "folder_of",
    "format_names",
    "is_feature",
    "load_feature",
    "load_format",
    "load_prompt",
    "sites",
]

PACKAGE = Path(__file__).parent
FORMATS = PACKAGE / "formats"
PROMPTS = (PACKAGE / "prompts", PACKAGE.parents[1] / "prompts")
"""In the wheel, and in a checkout."""

CONTRACT = "format.toml"
TEMPLATE = "post.md.j2"
SITES = "sites.toml"


def format_names() -> list[str]:
    """Return the names of the formats for editions that come with digestbot."""
    every = sorted(path.parent.name for path in FORMATS.glob(f"*/{CONTRACT}"))
    return [name for name in every if not is_feature(name)]


def feature_names() -> list[str]:
    """Return the names of the formats for one long page that come with digestbot."""
    return sorted(
        path.parent.name for path in FORMATS.glob(f"*/{CONTRACT}") if is_feature(path.parent.name)
    )


def is_feature(name: str) -> bool:
    """Whether the format of that name is one for a long page, not for an edition."""
    try:
        values = tomllib.loads((folder_of(name) / CONTRACT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False  # what is wrong with it is told where it is loaded
    parts = values.get("parts")
    return isinstance(parts, list) and "sections" in parts


def folder_of(name: str) -> Path:
    """Return where the format of that name stands, or would; a path is its own folder."""
    return Path(name).expanduser() if re.search(r"[/\\]|^[.~]", name) else FORMATS / name


def sites() -> dict[str, Site]:
    """Return the sites that a format can be made for, by name."""
    text = (FORMATS / SITES).read_text(encoding="utf-8")
    return read_sites(Table(tomllib.loads(text), file=SITES))


def load_format(name: str, *, site: str = "") -> Format:
    """Return the format of that name, or the one in that folder if *name* is a path.

    With *site* its head and its file's name are those that this site wants.
    """
    format = _loaded(name)
    return format.at(_site(site)) if site else format


def _site(name: str) -> Site:
    known = sites()
    if name not in known:
        raise FormatError(f"no site {name!r} (we have: {', '.join(known)})")
    return known[name]


def load_feature(name: str, *, site: str = "") -> FeatureFormat:
    """Return the format of that name for one long page, its head as *site* wants it."""
    table, template = _files(name)
    format = read_feature(table, name=folder_of(name).name, template=template)
    return format.at(_site(site)) if site else format


def _loaded(name: str) -> Format:
    if is_feature(name):
        raise FormatError(f"format {name!r} is for one long page: `digestbot read` makes it")
    table, template = _files(name)
    return read_format(table, name=folder_of(name).name, template=template)


def _files(name: str) -> tuple[Table, str]:
    """The contract of the format of that name, and its template."""
    folder = folder_of(name)
    contract = folder / CONTRACT
    if not name or not contract.is_file():
        known = ", ".join(format_names())
        raise FormatError(f"no format {name!r}: there is no {contract} (we have: {known})")
    try:
        values = tomllib.loads(contract.read_text(encoding="utf-8"))
        template = (folder / TEMPLATE).read_text(encoding="utf-8")
    except tomllib.TOMLDecodeError as error:
        raise FormatError(f"{contract}: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FormatError(f"format {name!r} cannot be read: {error}") from error
    return Table(values, file=str(contract)), template


def load_prompt(task: str, language: str) -> Prompt:
    """Return the prompt for *task* in *language*."""
    root = next((folder for folder in PROMPTS if folder.is_dir()), None)
    if root is None:
        raise PromptError(
            f"the folder of prompts is missing: neither {PROMPTS[0]} nor {PROMPTS[1]}"
        )
    texts = []
    for part in ("system", "user"):
        path = root / task / language / f"{part}.md"
        try:
            texts.append(path.read_text(encoding="utf-8").strip())
        except (OSError, UnicodeDecodeError) as error:
            raise PromptError(f"prompt {task}/{language} cannot be read: {error}") from error
    return Prompt(name=task, language=language, system=texts[0], user=texts[1])
