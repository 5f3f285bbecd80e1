"""Gives a model up for the run once it has failed often enough, or turned us down."""

from __future__ import annotations

from threading import Lock

from digestbot.errors import ModelError, ModelRejectedError, ModelUnavailableError

FAILURES = 3
"""Calls in a row, each after its retries, that make a model a lost cause."""


class Breaker:
    """Counts failed calls. A success, even of a call already under way, forgives them."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._turn = Lock()
        self._failures = 0
        self._last = ""
        self._rejection = ""

    @property
    def given_up(self) -> bool:
        """Whether calls are no longer made."""
        return bool(self._rejection) or self._failures >= FAILURES

    def check(self) -> None:
        """Raise at once if the model was given up."""
        with self._turn:
            if self._rejection:
                raise ModelRejectedError(self._rejection, model=self._model)
            if self._failures >= FAILURES:
                reason = (
                    f"given up after {self._failures} failures in a row; the last: {self._last}"
                )
                raise ModelUnavailableError(reason, model=self._model)

    def failed(self, error: ModelError) -> None:
        """Note a call that failed; what is wrong with one prompt or reply does not count."""
        with self._turn:
            if isinstance(error, ModelRejectedError):
                self._rejection = error.reason
            elif isinstance(error, ModelUnavailableError) and self._failures < FAILURES:
                self._failures += 1
                self._last = error.reason

    def succeeded(self) -> None:
        """Note a call that was answered."""
        with self._turn:
            self._failures = 0
