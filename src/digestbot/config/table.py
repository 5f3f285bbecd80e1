"""TOML tables read key by key, so that whatever nobody asked for is an error with a suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from digestbot.config.values import suggestion
from digestbot.errors import ConfigError

T = TypeVar("T")

_KEY_LIKE = re.compile(r"(api_?)?key|token|secret|password|apikey", re.IGNORECASE)
_KINDS: dict[type, str] = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a [table]",
}
_ASSIGNMENT = re.compile(r"""\s*("[^"]+"|'[^']+'|[\w-]+(?:\s*\.\s*[\w-]+)*)\s*=""")
_HEADER = re.compile(r"\s*\[{1,2}\s*([^\]]+?)\s*\]")


class Source:
    """One config file: it knows where a key stands, and which keys were ever asked for."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = path
        self._places = _places(text)
        self._tables: list[Table] = []

    def table(self, values: Mapping[str, Any], name: str = "", index: int = 0) -> Table:
        """Return *values* as the table *name*; *index* counts the tables of an array."""
        table = Table(values, source=self, name=name, index=index)
        self._tables.append(table)
        return table

    def error(self, key: str, reason: str, index: int = 0) -> ConfigError:
        """Return the error for *key*, with its place in the file if that can be found."""
        line = self._places.get((key, index)) or self._places.get((key.partition(".")[0], index))
        return ConfigError(key, reason, where=f"{self.path}:{line}" if line else str(self.path))

    def refuse_unknown(self) -> None:
        """Raise for the first key that no table was asked for."""
        for table in self._tables:
            for key in table.unknown():
                raise self.error(table.full(key), self._advice(table, key), table.index)

    def _advice(self, table: Table, key: str) -> str:
        if table.name == "model" and _KEY_LIKE.fullmatch(key):
            return (
                "a key does not belong into a file: put the key into the environment "
                "(OPENAI_API_KEY) and name the variable in model.api_key_env"
            )
        elsewhere = [other for other in self._tables if key in other.asked]
        if elsewhere:
            return f"unknown key here; {_home(elsewhere[0], key)}"
        if near := suggestion(key, table.asked):
            return f"unknown key{near}"
        everywhere = {name for other in self._tables for name in other.asked}
        return f"unknown key{suggestion(key, everywhere)}"


class Table:
    """One table of the file. Each reader gives the default where the key is absent."""

    def __init__(self, values: Mapping[str, Any], *, source: Source, name: str, index: int) -> None:
        self.name = name
        self.index = index
        self.asked: set[str] = set()
        self._values = values
        self._source = source

    def text(
        self,
        key: str,
        default: str = "",
        *,
        check: Callable[[str], str] = str,
        choices: Sequence[str] = (),
    ) -> str:
        """Return the text at *key*, one of *choices* if there are any, as *check* gives it."""
        value = self._value(key, str)
        if value is None:
            return default
        if choices and value not in choices:
            near = suggestion(value, choices) or f" (it is one of: {', '.join(choices)})"
            raise self.error(key, f"{value!r} is not known{near}")
        if not value.strip():
            raise self.error(key, "is empty; leave the line out for the default")
        return self.checked(key, value, check)

    def checked(self, key: str, value: str, check: Callable[[str], T]) -> T:
        """Return ``check(value)``; its ``ValueError`` becomes the error of *key*."""
        try:
            return check(value)
        except ValueError as error:
            raise self.error(key, str(error)) from None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at *key*, without repetition."""
        value = self._value(key, list) or []
        for text in value:
            if not isinstance(text, str) or not text.strip():
                raise self.error(key, 'must be a list of texts such as ["a", "b"]')
        return tuple(dict.fromkeys(text.strip() for text in value))

    def whole(self, key: str, default: T, *, least: int, most: int) -> int | T:
        """Return the whole number at *key*, from *least* to *most*."""
        value = self._value(key, int)
        if value is None:
            return default
        self._check_range(key, value, least=least, most=most)
        return int(value)

    def number(self, key: str, default: T, *, least: float, most: float) -> float | T:
        """Return the number at *key*, from *least* to *most*."""
        value = self._value(key, float)
        if value is None:
            return default
        self._check_range(key, value, least=least, most=most)
        return float(value)

    def switch(self, key: str, default: T) -> bool | T:
        """Return the true or false at *key*."""
        value = self._value(key, bool)
        return default if value is None else bool(value)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the table of texts at *key*, as pairs."""
        values = self._value(key, dict) or {}
        for text in values.values():
            if not isinstance(text, str):
                raise self.error(key, 'must be texts by name, such as { Accept = "text/xml" }')
        return tuple(values.items())

    def texts_by_name(self, key: str) -> dict[str, tuple[str, ...]]:
        """Return the table of lists of texts at *key*, by names that the file chooses."""
        values = self._value(key, dict) or {}
        names = Table(values, source=self._source, name=self.full(key), index=self.index)
        for name in values:
            if not name.strip() or not names.texts(name):
                raise names.error(name, 'must be a list of texts by name, such as "A" = ["B", "C"]')
        return {name.strip(): names.texts(name) for name in values}

    def tables(self, key: str) -> list[Table]:
        """Return the array of tables at *key*, one :class:`Table` each."""
        values = self._value(key, list) or []
        if not all(isinstance(value, dict) for value in values):
            raise self.error(key, f"must be written as [[{key}]] tables")
        return [self._source.table(v, self.full(key), index) for index, v in enumerate(values)]

    def table(self, key: str) -> Table:
        """Return the table at *key*; an empty one where it is absent."""
        return self._source.table(self._value(key, dict) or {}, self.full(key))

    def error(self, key: str, reason: str) -> ConfigError:
        """Return the error of *key* in this table."""
        return self._source.error(self.full(key), reason, self.index)

    def full(self, key: str) -> str:
        """Return the dotted name of *key*."""
        return f"{self.name}.{key}" if self.name else key

    def unknown(self) -> list[str]:
        """Return the keys that nobody asked for, in the order of the file."""
        return [key for key in self._values if key not in self.asked]

    def _value(self, key: str, kind: type) -> Any:
        self.asked.add(key)
        value = self._values.get(key)
        if value is None:
            return None
        fits = isinstance(value, (int, float) if kind is float else kind)
        if not fits or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"must be {_kind(kind)}, not {_kind(type(value))}")
        return value

    def _check_range(self, key: str, value: float, *, least: float, most: float) -> None:
        if not least <= value <= most:
            raise self.error(key, f"{value} is out of range: from {least} to {most}")


def _kind(kind: type) -> str:
    return _KINDS.get(kind, "a date or time")


def _home(table: Table, key: str) -> str:
    if table.name:
        return f"it belongs under [{table.name}]"
    return f"write {key} above the first [table] of the file"


def _places(text: str) -> dict[tuple[str, int], int]:
    """Map each (dotted key, index of its array's table) of TOML *text* to its line.

    A reading by lines, good enough for a message; the parser is tomllib.
    """
    places: dict[tuple[str, int], int] = {}
    counts: dict[str, int] = {}
    table, index, in_string = "", 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        if not in_string and (header := _HEADER.match(line)):
            table = _bare(header[1])
            index = counts.get(table, 0) if line.lstrip().startswith("[[") else 0
            counts[table] = counts.get(table, 0) + 1
            places.setdefault((table, index), number)
        elif not in_string and (assignment := _ASSIGNMENT.match(line)):
            key = _bare(assignment[1])
            places.setdefault((f"{table}.{key}" if table else key, index), number)
        if (line.count('"""') + line.count("'''")) % 2:
            in_string = not in_string
    return places


def _bare(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
