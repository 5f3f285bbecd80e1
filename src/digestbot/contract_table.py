"""A table of ``format.toml``, read key by key: what is unknown or missing is never passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, TypeVar

from digestbot.contract import Range
from digestbot.errors import FormatError

T = TypeVar("T")


class Table:
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

    def text_if_any(self, key: str) -> str:
        """Return the text of a key that may be left out."""
        self._known.append(key)
        return self.text(key) if key in self._left else ""

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

    def table(self, key: str) -> Table:
        return self._inner(key, self.take(key, dict, "a table"))

    def table_if_any(self, key: str) -> Table | None:
        """Return a table that may be left out."""
        self._known.append(key)
        return self.table(key) if key in self._left else None

    def tables(self, key: str) -> list[Table]:
        """Return the tables of an array; each is named by its number, from 1."""
        values = self.take(key, list, "a list of tables")
        return [self._inner(f"{key}.{n}", value) for n, value in enumerate(values, 1)]

    def tables_if_any(self, key: str) -> list[Table]:
        """Return the tables of an array that may be left out."""
        self._known.append(key)
        return self.tables(key) if key in self._left else []

    def value(self, key: str) -> Any:
        """Return the value of *key*, of whatever type."""
        return self._left.pop(key)

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

    def _inner(self, key: str, values: Any) -> Table:
        if not isinstance(values, dict):
            raise self.wrong(key, f"must be a table, not {values!r}")
        return Table(values, file=self._file, path=f"{self._path}{key}.")
