"""The forgiving road: feedparser, the authority on odd feeds, some thirty times slower.

Its time and memory have no bound that anybody knows: :func:`answer` is made to
be called in a child process (:mod:`digestbot.adapters.worker`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from digestbot.adapters.feeds.dates import read_date
from digestbot.adapters.feeds.hints import Hints, hints
from digestbot.adapters.feeds.parsed import (
    ParsedFeed,
    absolute,
    is_address,
    is_chinese,
    parsed_feed,
    printable,
    record_of,
    to_answer,
)
from digestbot.model import Record

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'

_BARE_AMPERSAND = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:#\d+|#x[\da-f]+|[a-z]\w*);)", re.DOTALL | re.IGNORECASE
)
"""One that begins no entity (the parser would make ``R&D;`` of ``R&D``), or a section to skip."""

_ENTITY = re.compile(r"<!ENTITY\b[^<>]*+>?", re.IGNORECASE)
_SMALL_ENTITY = re.compile(
    r"""<!ENTITY\s++\w++\s++(?:"(?:&\#\w{1,8};|[^&"%]{0,64})"|'(?:&\#\w{1,8};|[^&'%]{0,64})')\s*+>""",
    re.IGNORECASE | re.VERBOSE,
)
"""One that stands for a character or a few words, and for no other entity: all that feeds need."""

_DATES = ("published", "updated", "created")
"""In this order: when it came out, when it was last touched, when it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a feed says of all its records."""

    base: str
    language: str
    chinese: bool
    is_atom: bool


def answer(text: str, url: str) -> dict[str, Any]:
    """Return what :func:`read` gives as JSON can carry it; ``parsed.from_answer`` reads it."""
    return to_answer(read(text, url=url))


def read(text: str, *, url: str) -> ParsedFeed | None:
    """Return the feed, or None where there is no feed in *text*.

    The parser is given a stream of bytes and nothing else: bytes or text
    that happen to name a file would be opened. It is not told the address,
    so that relative links stay so and are resolved as on the fast road.
    """
    import feedparser  # 0.1 s, and most runs do without

    headers = {"content-type": "application/xml; charset=utf-8"}
    wishes = hints(text)
    text = _BARE_AMPERSAND.sub(_escaped, without_bombs(without_comments(text)))
    body = (_DECLARATION + text).encode("utf-8", "replace")
    try:
        result = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except MemoryError:  # says nothing of the feed
        raise
    except Exception:  # noqa: BLE001 - it has many ways to fail on garbage; each means: no feed
        return None
    if not (result.get("version") or result["entries"]):
        return None
    return _feed(result, url=url, wishes=wishes)


def without_bombs(text: str) -> str:
    """*text* without declarations of entities that could swell, or that lie elsewhere."""
    return _ENTITY.sub(lambda found: found[0] if _SMALL_ENTITY.fullmatch(found[0]) else "", text)


def without_comments(text: str) -> str:
    """*text* without comments: the parser's time is quadratic in ``<!--`` left open."""
    return "".join(_outside_comments(text))


def _outside_comments(text: str) -> Iterator[str]:
    position = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            yield text[position:].replace("<!--", "")
            return
        yield text[position:start]
        position = end + 3
    yield text[position:]


def _escaped(found: re.Match[str]) -> str:
    return "&amp;" if found[0] == "&" else found[0]


def _feed(result: dict[str, Any], *, url: str, wishes: Hints) -> ParsedFeed:
    site = result["feed"]
    title, language = _text(site, "title"), _text(site, "language")
    about = _About(
        base=absolute(_text(site, "link"), url) or url,
        language=language,
        chinese=is_chinese(language, title),
        is_atom=str(result.get("version") or "").startswith("atom"),
    )
    return parsed_feed(title, [_record(entry, about) for entry in result["entries"]], hints=wishes)


def _record(entry: dict[str, Any], about: _About) -> Record:
    dates = (read_date(_text(entry, name), chinese=about.chinese) for name in _DATES)
    contents = (_text(content, "value") for content in entry.get("content") or ())
    link = _link(entry) or ("" if about.is_atom else _recording(entry))
    return record_of(
        guid=_text(entry, "id"),
        url=absolute(link, about.base) if link else "",
        title=_text(entry, "title"),
        excerpt=_text(entry, "summary"),
        content=max(contents, key=len, default=""),
        published=next((date for date in dates if date), None),
        language=about.language,
    )


def _link(entry: dict[str, Any]) -> str:
    """The address of the page: the record's link, or the first one that is an alternate.

    A guid counts as a link where it is one: not every ``isPermaLink`` is meant.
    """
    link = _text(entry, "link")
    if link and (link != _text(entry, "id") or is_address(link)):
        return link
    return next(iter(_related(entry, "alternate")), "")


def _recording(entry: dict[str, Any]) -> str:
    """What a podcast without pages is made of."""
    return next(filter(is_address, _related(entry, "enclosure")), "")


def _related(entry: dict[str, Any], relation: str) -> list[str]:
    links = dict.get(entry, "links") or ()
    return [_text(each, "href") for each in links if each.get("rel") == relation]


def _text(found: dict[str, Any], key: str) -> str:
    """A value as it stands, past the vendor's own fallbacks and their warnings."""
    value = dict.get(found, key)
    return printable(value) if isinstance(value, str) else ""
