"""The fast road: a feed whose XML is plain and whose records hold no surprises.

What feedparser would have to think about is not read here, but left to it:
markup inside a text, records in one another, base addresses, base64.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from digestbot.adapters.feeds.hints import hints_of
from digestbot.adapters.feeds.parsed import (
    MAX_RECORDS,
    ParsedFeed,
    absolute,
    is_chinese,
    mark_of,
    newest,
    parsed_feed,
)
from digestbot.adapters.feeds.plain import NotPlainError, Piece, attributes_of, pieces, text_of
from digestbot.adapters.feeds.records import Said, guid_of, link_of, published_of, record_from
from digestbot.adapters.feeds.shape import MAX_DEPTH
from digestbot.adapters.feeds.vocabulary import Names
from digestbot.model import Record


def read(
    text: str,
    *,
    url: str,
    tidy: Callable[[str], str] | None = None,
    since: datetime | None = None,
) -> ParsedFeed | None:
    """Return the feed, or None where the forgiving parser should have a look.

    *tidy* is what every text has to go through. Of records dated *since* or
    before only their marks are made: nine of ten.
    """
    reader = _Reader(url, tidy=tidy, since=since)
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

    def __init__(
        self, url: str, *, tidy: Callable[[str], str] | None, since: datetime | None
    ) -> None:
        self._url = url
        self._tidy = tidy
        self._since = since
        self._names = Names()
        self._site = Said()
        self._said = self._site
        """What the pieces tell of now: the feed, a record, or something aside."""
        self._open: list[tuple[str, str, Said]] = []
        self._found: list[Said] = []
        self._records: list[Record] = []
        self._older: list[bytes] = []
        self._left_out = 0
        self._is_feed = False
        self._has_base = False

    def take(self, window: list[Piece]) -> None:
        """Note what the pieces say; raises ``NotPlainError`` where they need thought."""
        fields, holders, texts = self._names.fields, self._names.holders, self._said.texts
        for name, attributes, section, text, opens, end, rest in window:
            if opens:
                self._enter(name, attributes)
                texts = self._said.texts
            elif name:
                if attributes and "xml" in attributes:
                    self._bind(attributes)
                if field := fields[name]:
                    said = section or (text_of(text) if "&" in text or "<" in text else text)
                    if attributes or field in texts:
                        self._said.note(field, said.strip(), attributes)
                    else:
                        texts[field] = said.strip()
                elif holders[name] == "record":
                    self._note_empty_record(text)
            elif end:
                self._leave(end)
                texts = self._said.texts
            elif rest:
                raise NotPlainError

    def settle(self) -> None:
        """Make records of what was found so far."""
        if self._tidy:
            self._site.change(self._tidy)
        site, facts = self._site.texts, self._site.facts
        language = site.get("language") or facts.get("language", "")
        chinese = is_chinese(language, site.get("title", ""))
        base = absolute(link_of(site, facts), self._url) or self._url
        for said in self._found:
            if self._tidy:
                said.change(self._tidy)
            link = link_of(said.texts, said.facts)
            url = absolute(link, base) if link else ""
            if self._has_base and not absolute(link):
                raise NotPlainError
            published = published_of(said, chinese=chinese)
            if self._since and published and published <= self._since:
                self._older.append(mark_of(guid_of(said), url))
            else:
                record = record_from(said, url=url, published=published, language=language)
                self._records.append(record)
        self._found.clear()
        if len(self._records) > 2 * MAX_RECORDS:
            kept = list(newest(self._records))
            self._left_out += len(self._records) - len(kept)
            self._records = kept

    def feed(self) -> ParsedFeed:
        """Return the feed, now that all was taken."""
        if self._open or not self._is_feed:
            raise NotPlainError
        site = self._site.texts
        hints = hints_of(
            ttl=site.get("ttl", ""),
            period=site.get("period", ""),
            frequency=site.get("frequency", ""),
            hours=site.get("hours", "").split(),
            days=site.get("days", "").split(),
        )
        return parsed_feed(
            site.get("title", ""),
            self._records,
            hints=hints,
            older=self._older,
            left_out=self._left_out,
        )

    def _note_empty_record(self, text: str) -> None:
        if text.strip() or self._said is not self._site:
            raise NotPlainError
        self._found.append(Said())

    def _enter(self, name: str, attributes: str) -> None:
        """Go into an element that holds others."""
        if attributes and "xml" in attributes:
            self._bind(attributes)
        holder = self._names.holders[name]
        self._open.append((name, holder, self._said))
        if holder == "record":
            self._begin_record(attributes)
        elif holder == "feed":
            self._begin(attributes)
        elif not self._is_feed or self._names.fields[name] or len(self._open) > MAX_DEPTH:
            raise NotPlainError
        elif holder != "group":
            self._said = Said()

    def _begin(self, attributes: str) -> None:
        if self._is_feed:
            raise NotPlainError
        self._is_feed = True
        self._site.facts["language"] = attributes_of(attributes).get("xml:lang", "")

    def _begin_record(self, attributes: str) -> None:
        if self._said is not self._site or not self._is_feed:
            raise NotPlainError
        self._said = said = Said()
        if attributes and "about" in attributes:
            named = attributes_of(attributes).items()
            about = (value for name, value in named if name.rpartition(":")[2] == "about")
            said.facts["about"] = next(about, "")

    def _leave(self, end: str) -> None:
        if not self._open:
            raise NotPlainError
        name, holder, outer = self._open.pop()
        if name != end:
            raise NotPlainError
        if holder == "record":
            self._found.append(self._said)
        elif not holder and outer is not self._site and self._said.texts:
            raise NotPlainError  # a title of what?
        self._said = outer

    def _bind(self, attributes: str) -> None:
        for name, value in attributes_of(attributes).items():
            prefix, _, local = name.partition(":")
            if prefix == "xmlns" and not self._names.bind(local, value):
                raise NotPlainError
            if name == "xml:base" and value:
                self._has_base = True
