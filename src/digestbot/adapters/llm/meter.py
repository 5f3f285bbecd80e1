"""Counts calls, tokens and cost, from any thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from threading import Lock

from digestbot.adapters.llm.settings import Prices
from digestbot.model import Message, Usage

MILLION = 1_000_000

LETTERS_A_TOKEN = 4
"""Latin letters to a token; a Han character is about one. Good to a quarter either way."""

_WIDE = re.compile("[\u2e80-\ud7a3\uf900-\uffef]")


class Meter:
    """The running count of one model. Tokens that an endpoint does not count are estimated."""

    def __init__(self, prices: Prices | None) -> None:
        self._prices = prices
        self._turn = Lock()
        self._calls = 0
        self._cached = 0
        self._input = 0
        self._output = 0
        self._estimated = False

    def request(self) -> None:
        """Count a request sent."""
        with self._turn:
            self._calls += 1

    def kept(self) -> None:
        """Count a reply that was served from the store."""
        with self._turn:
            self._cached += 1

    def answer(
        self, messages: Sequence[Message], text: str, *, counted: tuple[int, int] | None
    ) -> None:
        """Add the tokens of an answer, as the endpoint *counted* them, or as we guess."""
        given, written = counted or (sum(tokens(m.text) for m in messages), tokens(text))
        with self._turn:
            self._input += given
            self._output += written
            self._estimated = self._estimated or counted is None

    def usage(self) -> Usage:
        """Return the count so far."""
        with self._turn:
            cost = None
            if self._prices:
                paid = self._input * self._prices.input + self._output * self._prices.output
                cost = paid / MILLION
            return Usage(
                calls=self._calls,
                cached=self._cached,
                input_tokens=self._input,
                output_tokens=self._output,
                estimated=self._estimated,
                cost=cost,
            )


def tokens(text: str) -> int:
    """Return about how many tokens *text* has."""
    wide = len(_WIDE.findall(text))
    return wide + -(-(len(text) - wide) // LETTERS_A_TOKEN)
