"""The fast road: a feed whose XML is plain and whose records hold no surprises.

What feedparser would have to think about is not read here, but left to it:
markup inside a text, records in one another, base addresses, base64.
"""

from __future__ import annotations

from digestbot.adapters.feeds.hints import hints_of
from digestbot.adapters.feeds.parsed import (
    MAX_RECORDS,
    ParsedFeed,
    absolute,
    is_chinese,
    newest,
    parsed_feed,
)
from digestbot.adapters.feeds.plain import NotPlainError, Piece, attributes_of, pieces, text_of
from digestbot.adapters.feeds.records import Values, link_of, note, record_from
from digestbot.adapters.feeds.vocabulary import FIELDS, Vocabulary
from digestbot.model import Record

MAX_DEPTH = 200
"""Elements in one another; the deepest real feed has 16."""


def read(text: str, *, url: str) -> ParsedFeed | None:
    """Return the feed, or None where the forgiving parser should have a look."""
    reader = _Reader(url)
    try:
        for window in pieces(text):
            reader.take(window)
            reader.settle()
        return reader.feed()
    except NotPlainError:
        return None


_SAID = ("title", "ttl", "period", "frequency", "hours", "days")
"""What a feed says of itself, besides its link and its language."""


class _Reader:
    """Takes a document piece by piece; makes records of what it holds window by window."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._words = Vocabulary()
        self._site: Values = {}
        self._values = self._site
        """What the pieces tell of now: the feed, a record, or something aside."""
        self._open: list[tuple[str, str, Values]] = []
        self._found: list[Values] = []
        self._records: list[Record] = []
        self._is_feed = False
        self._has_base = False

    def take(self, window: list[Piece]) -> None:
        """Note what the pieces say; raises ``NotPlainError`` where they need thought."""
        words, values = self._words, self._values
        for name, attributes, text, leaf, empty, end, rest in window:
            if leaf or empty:
                if attributes and "xml" in attributes:
                    self._bind(attributes)
                if meaning := words[name]:
                    if attributes or meaning in values or meaning not in FIELDS:
                        self._note(meaning, attributes, text)
                    else:
                        values[meaning] = text
            elif name:
                self._enter(name, attributes)
                values = self._values
            elif end:
                self._leave(end)
                values = self._values
            elif rest:
                raise NotPlainError

    def settle(self) -> None:
        """Make records of what was found so far."""
        title, language = text_of(self._site.get("title", "")), self._language()
        chinese = is_chinese(language, title)
        base = absolute(link_of(self._site), self._url) or self._url
        for values in self._found:
            link = link_of(values)
            if self._has_base and not absolute(link):
                raise NotPlainError
            address = absolute(link, base) if link else ""
            self._records.append(
                record_from(values, url=address, chinese=chinese, language=language)
            )
        self._found.clear()
        if len(self._records) > 2 * MAX_RECORDS:
            self._records = list(newest(self._records))

    def feed(self) -> ParsedFeed:
        """Return the feed, now that all was taken."""
        if self._open or not self._is_feed:
            raise NotPlainError
        said = {name: text_of(self._site.get(name, "")) for name in _SAID}
        hints = hints_of(
            ttl=said["ttl"],
            period=said["period"],
            frequency=said["frequency"],
            hours=said["hours"].split(),
            days=said["days"].split(),
        )
        return parsed_feed(said["title"], self._records, hints=hints)

    def _language(self) -> str:
        return text_of(self._site.get("language", "")) or str(self._site.get("root language", ""))

    def _note(self, meaning: str, attributes: str, text: str) -> None:
        if meaning == "<record>":
            if text.strip() or self._values is not self._site:
                raise NotPlainError
            self._found.append({})
        elif meaning in FIELDS:
            note(self._values, meaning, text, attributes_of(attributes))

    def _enter(self, name: str, attributes: str) -> None:
        """Go into an element that holds others."""
        if attributes and "xml" in attributes:
            self._bind(attributes)
        meaning = self._words[name]
        if meaning in FIELDS or len(self._open) > MAX_DEPTH or bool(self._open) != self._is_feed:
            raise NotPlainError
        self._open.append((name, meaning, self._values))
        if meaning == "<feed>":
            self._begin(attributes)
        elif meaning == "<record>":
            self._begin_record(attributes)
        elif meaning != "<group>":
            self._values = {}

    def _begin(self, attributes: str) -> None:
        if self._is_feed:
            raise NotPlainError
        self._is_feed = True
        self._site["root language"] = attributes_of(attributes).get("xml:lang", "")

    def _begin_record(self, attributes: str) -> None:
        if self._values is not self._site:
            raise NotPlainError
        self._values = {}
        if "about" in attributes:
            self._values["about"] = attributes_of(attributes).get("rdf:about", "")

    def _leave(self, end: str) -> None:
        if not self._open:
            raise NotPlainError
        name, meaning, outer = self._open.pop()
        if name != end:
            raise NotPlainError
        if meaning == "<record>":
            self._found.append(self._values)
        elif not meaning and outer is not self._site and self._values:
            raise NotPlainError  # a title of what?
        self._values = outer

    def _bind(self, attributes: str) -> None:
        for name, value in attributes_of(attributes).items():
            prefix, _, local = name.partition(":")
            if prefix == "xmlns" and not self._words.bind(local, value):
                raise NotPlainError
            if name == "xml:base" and value:
                self._has_base = True
