"""Finds formats and prompts, and reads them into their types.

Formats stand inside the package, or in a folder of your own. Prompts stand
inside the package once it is installed, and two folders up in a checkout.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from digestbot.contract import Category, Format, Limits, Locale, Range
from digestbot.errors import FormatError, PromptError
from digestbot.model import HEADINGS, ITEM_GAPS, TEXT_COLUMNS, TITLES, Layout
from digestbot.templating import Prompt

T = TypeVar("T")

PACKAGE = Path(__file__).parent
FORMATS = PACKAGE / "formats"
PROMPTS = (PACKAGE / "prompts", PACKAGE.parents[1] / "prompts")
"""In the wheel, and in a checkout."""

CONTRACT = "format.toml"
TEMPLATE = "post.md.j2"

PHRASES = (
    "lead_open", "lead_stories", "lead_close", "headline_only", "also_reported", "also_titled",
    "list_separator", "headline_open", "headline_close",
)  # fmt: skip
"""The sentences, and parts of them, that code may have to write: a format has them all."""

_DAY_PARTS = {"%Y", "%m", "%d"}


def format_names() -> list[str]:
    """Return the names of the formats that come with digestbot."""
    return sorted(path.parent.name for path in FORMATS.glob(f"*/{CONTRACT}"))


def load_format(name: str) -> Format:
    """Return the format of that name, or the one in that folder if *name* is a path."""
    folder = Path(name).expanduser() if re.search(r"[/\\]|^[.~]", name) else FORMATS / name
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
    return _format(_Table(values, file=str(contract)), name=folder.name, template=template)


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


class _Table:
    """A table of format.toml, from which every key is taken once; what is left is unknown."""

    def __init__(self, values: Mapping[str, Any], *, file: str, path: str = "") -> None:
        self._left = dict(values)
        self._known: list[str] = []
        self._file = file
        self._path = path

    def take(self, key: str, kind: type[T], wanted: str) -> T:
        """Return the value of *key*; its type must be exactly *kind*."""
        self._known.append(key)
        if key not in self._left:
            raise self.wrong(key, "is missing")
        value = self._left.pop(key)
        if type(value) is not kind:
            raise self.wrong(key, f"must be {wanted}, not {value!r}")
        return value

    def text(self, key: str) -> str:
        return self.take(key, str, "a text")

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.take(key, list, "a list of texts")
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(key, f"must be a list of texts, not {values!r}")
        return tuple(values)

    def range(self, key: str) -> Range:
        pair = self.take(key, list, "a pair of numbers")
        if [type(bound) for bound in pair] != [int, int] or not 0 <= pair[0] <= pair[1]:
            raise self.wrong(key, f"must be a pair [least, most], not {pair!r}")
        return Range(min=pair[0], max=pair[1])

    def one_of(self, key: str, kind: type[T], choices: tuple[T, ...]) -> T:
        value = self.take(key, kind, f"one of {choices}")
        if value not in choices:
            raise self.wrong(key, f"must be one of {choices}, not {value!r}")
        return value

    def table(self, key: str) -> _Table:
        return self._inner(key, self.take(key, dict, "a table"))

    def tables(self, key: str) -> list[_Table]:
        """Return the tables of an array; each is named by its number, from 1."""
        values = self.take(key, list, "a list of tables")
        return [self._inner(f"{key}.{n}", value) for n, value in enumerate(values, 1)]

    @property
    def names(self) -> list[str]:
        """The keys not yet taken."""
        return list(self._left)

    def finished(self, made: Callable[[], T]) -> T:
        """Return what *made* makes, once no unknown key is left."""
        value = made()
        if self._left:
            key = next(iter(self._left))
            near = get_close_matches(key, self._known, n=1)
            raise self.wrong(key, f"is unknown{f'; is it {near[0]!r}?' if near else ''}")
        return value

    def wrong(self, key: str, reason: str) -> FormatError:
        return FormatError(f"{self._file}: {self._path}{key} {reason}")

    def _inner(self, key: str, values: Any) -> _Table:
        if not isinstance(values, dict):
            raise self.wrong(key, f"must be a table, not {values!r}")
        return _Table(values, file=self._file, path=f"{self._path}{key}.")


def _format(table: _Table, *, name: str, template: str) -> Format:
    return table.finished(
        lambda: Format(
            name=name,
            file_name=_day_pattern(table, "file_name"),
            final_newline=table.take("final_newline", bool, "true or false"),
            layout=_layout(table.table("layout")),
            locales=_locales(table.table("languages")),
            template=template,
            placeholder_hosts=table.texts("placeholder_hosts"),
        )
    )


def _layout(table: _Table) -> Layout:
    switches = {
        field.name: table.take(field.name, bool, "true or false")
        for field in fields(Layout)
        if isinstance(field.default, bool) and field.name != "loose"  # a post's, no format's
    }
    return table.finished(
        lambda: Layout(
            heading=table.one_of("heading", str, HEADINGS),
            titles=table.one_of("titles", str, TITLES),
            item_gap=table.one_of("item_gap", int, ITEM_GAPS),
            text_column=table.one_of("text_column", int, TEXT_COLUMNS),
            **switches,
        )
    )


def _locales(table: _Table) -> dict[str, Locale]:
    return {language: _locale(table.table(language), language) for language in table.names}


def _locale(table: _Table, language: str) -> Locale:
    categories = tuple(_category(inner) for inner in table.tables("categories"))
    return table.finished(
        lambda: Locale(
            language=language,
            title=_day_pattern(table, "title"),
            heading=table.text("heading"),
            limits=_limits(table.table("limits")),
            categories=categories,
            category_count=table.range("category_count"),
            default_category=table.one_of(
                "default_category", str, tuple(category.name for category in categories)
            ),
            utc_offset=table.text("utc_offset"),
            follow_up=table.text("follow_up"),
            refusals=table.texts("refusals"),
            phrases=_phrases(table.table("phrases")),
            originals=_originals(table.table("originals")),
        )
    )


def _category(table: _Table) -> Category:
    return table.finished(
        lambda: Category(name=table.text("name"), keywords=table.texts("keywords"))
    )


def _limits(table: _Table) -> Limits:
    return table.finished(
        lambda: Limits(**{field.name: table.range(field.name) for field in fields(Limits)})
    )


def _phrases(table: _Table) -> dict[str, str]:
    return table.finished(lambda: {name: table.text(name) for name in PHRASES})


def _originals(table: _Table) -> dict[str, str]:
    return table.finished(
        lambda: {"other": table.text("other")} | {name: table.text(name) for name in table.names}
    )


def _day_pattern(table: _Table, key: str) -> str:
    pattern = table.text(key)
    parts = re.findall("%.?", pattern)
    if set(parts) != _DAY_PARTS or len(parts) != len(_DAY_PARTS):
        raise table.wrong(key, f"must hold %Y, %m and %d once each, and no other %: {pattern!r}")
    return pattern
