"""Which ``response_format`` an endpoint takes: JSON by schema, any JSON, or none of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any, TypeVar

from digestbot.adapters.llm.failures import status_of

T = TypeVar("T")

TURNED_DOWN = frozenset({400, 415, 422})
"""What endpoints say to a ``response_format`` that they do not know."""

BROKE = frozenset({500, 501})
"""What some fall over with (llama.cpp's server, given a schema)."""


class Ladder:
    """Remembers, for all calls of a run, the rung that worked."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._rung = 0
        self._proven = False

    def descend(self, schema: Mapping[str, Any] | None) -> Descent:
        """Return what to try for one call, from the rung that is known to work."""
        rungs = _rungs(schema)
        with self._turn:
            if self._proven:
                return Descent(rungs[min(self._rung, len(rungs) - 1) :][:1], self)
            return Descent(rungs, self)

    def prove(self, kind: str) -> None:
        """Note that an answer came for a request that asked for *kind*."""
        with self._turn:
            self._rung, self._proven = _KINDS.index(kind), True


class Descent:
    """What one call asks for, retries included: one step down for each that fails."""

    def __init__(self, rungs: list[tuple[str, dict[str, Any]]], ladder: Ladder) -> None:
        self._rungs = rungs
        self._ladder = ladder

    def ask(self, send: Callable[[dict[str, Any]], T]) -> T:
        """Return what *send* gives for the first parameters that are not turned down.

        Where the endpoint broke, the failure is raised, and the next attempt
        asks for less.
        """
        while True:
            kind, parameters = self._rungs[0]
            try:
                answer = send(parameters)
            except Exception as error:
                if not self._step_down(error):
                    raise
            else:
                if kind:
                    self._ladder.prove(kind)
                return answer

    def _step_down(self, error: Exception) -> bool:
        """Take the next rung if there is one; say whether to ask again at once."""
        turned_down = status_of(error) in TURNED_DOWN or isinstance(
            error, TypeError | NotImplementedError
        )
        last = len(self._rungs) == 1
        if not last and (turned_down or status_of(error) in BROKE):
            self._rungs = self._rungs[1:]
        return turned_down and not last


_KINDS = ("json_schema", "json_object", "none")


def _rungs(schema: Mapping[str, Any] | None) -> list[tuple[str, dict[str, Any]]]:
    if schema is None:
        return [("", {})]
    by_schema = {
        "type": "json_schema",
        "json_schema": {"name": "reply", "strict": True, "schema": dict(schema)},
    }
    return [
        ("json_schema", {"response_format": by_schema}),
        ("json_object", {"response_format": {"type": "json_object"}}),
        ("none", {}),
    ]
