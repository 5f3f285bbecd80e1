"""Originals: all that a post may rest on, as entries, from feeds, pages, texts and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from digestbot.adapters.feeds.encoding import to_text
from digestbot.adapters.feeds.fetch import AiohttpFetcher
from digestbot.adapters.feeds.opml import merged
from digestbot.adapters.feeds.sources import FEED_SUFFIXES, expand
from digestbot.adapters.pages.local import read_files
from digestbot.errors import ConfigError
from digestbot.model import Entry, Feed, Page
from digestbot.ports import Store
from digestbot.stages.keep import NEVER_FRESH, all_entries, name_of
from digestbot.text.garbled import mended
from digestbot.text.jsonl import read_rows, text_at, utc_at
from digestbot.text.redaction import redacted
from digestbot.text.simplified import simplified
from digestbot.text.urls import canonical_url, same_page_key

TEXTS = frozenset({".txt", ".md", ".markdown"})
PAGES = frozenset({".html", ".htm", ".xhtml"})
LISTS = frozenset({".jsonl", ".ndjson"})
"""What files are called that hold no feed; any other is taken for one."""

FEEDS = FEED_SUFFIXES | {".opml"}

NO_FEED = "not a feed"
"""How the reason begins why an address that answered gave no entries: it may be a page."""

FOREVER = datetime.max.replace(tzinfo=UTC)

PAGES_AT_ONCE = 500
"""Pages that a store is asked for together: SQLite takes 999 values at least."""

MAX_TEXT = 15 * 1024 * 1024
"""Bytes of a text; as much as of a feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Originals:
    """What was read, and what was not: pairs of a place and a reason."""

    entries: tuple[Entry, ...]
    failures: tuple[tuple[str, str], ...] = ()


def kept_of(feeds: Sequence[Feed], store: Store) -> list[Entry]:
    """Return the entries that *store* has kept of *feeds*, each with its page's text, too."""
    states = store.feed_states()
    visited = [feed for feed in feeds if feed.url in states]
    named = [replace(feed, name=name_of(feed, states[feed.url].title)) for feed in visited]
    entries = store.entries(named, since=NEVER_FRESH, until=FOREVER)
    urls = [entry.url for entry in entries]
    texts: dict[str, str] = {}
    for start in range(0, len(urls), PAGES_AT_ONCE):
        pages = store.pages(urls[start : start + PAGES_AT_ONCE])
        texts |= {page.url: page.text for page in pages.values()}
    return [
        replace(entry, content=f"{entry.text}\n{texts[entry.url]}") if entry.url in texts else entry
        for entry in entries
    ]


def read_originals(
    sources: Sequence[str],
    *,
    feeds: Sequence[Feed] = (),
    kept: Sequence[Entry] = (),
    fetcher: AiohttpFetcher,
) -> Originals:
    """Return the entries of all *sources*, and of *feeds*, and what was *kept* of these.

    A source is an http(s) address of a feed or a page, a file with a feed, a
    page, a text, a list of feeds (OPML) or of entries (a JSON object a line), or
    a folder of such files. Raises ``ConfigError`` for one that does not exist,
    and for a line of a list that is no entry.
    """
    places = [place for source in sources for place in _unfolded(source)]
    by_kind: dict[str, list[str]] = {"feed": [], "page": [], "text": [], "list": []}
    for place in places:
        by_kind[_kind(place)].append(place)
    listed = merged([*feeds, *expand(by_kind["feed"])])
    fresh, failures = _of_feeds(listed, fetcher)
    known = {entry.id for entry in kept}
    pages = [
        *fetcher.read([url for url, reason in failures if _may_be_page(url, reason)]),
        *read_files([Path(place) for place in by_kind["page"]]),
    ]
    read = {page.url for page in pages}
    return Originals(
        entries=(
            *kept,
            *(entry for entry in fresh if entry.id not in known),
            *(entry for page in pages if not page.reason for entry in _of_page(page)),
            *(_of_text(Path(place)) for place in by_kind["text"]),
            *(entry for place in by_kind["list"] for entry in _of_list(Path(place))),
        ),
        failures=(
            *((redacted(url), reason) for url, reason in failures if url not in read),
            *((redacted(page.url), page.reason) for page in pages if page.reason),
        ),
    )


def _unfolded(source: str) -> list[str]:
    """*source*, or the files of the folder that it is and of its ``feeds`` folder, by name."""
    path = Path(source).expanduser()
    if "://" in source or not path.is_dir():
        return [source]
    known = FEEDS | TEXTS | PAGES | LISTS
    folders = [folder for folder in (path, path / "feeds") if folder.is_dir()]
    files = [
        str(file)
        for folder in folders
        for file in sorted(folder.iterdir())
        if file.suffix.lower() in known and file.is_file()
    ]
    if not files:
        kinds = ", ".join(sorted(known))
        raise ConfigError("sources", f"{source}: nothing to read in this folder (of {kinds})")
    return files


def _kind(place: str) -> str:
    suffix = Path(place).suffix.lower()
    if "://" in place or not Path(place).expanduser().is_file():
        return "feed"  # or a page: its answer tells
    kinds = (("text", TEXTS), ("page", PAGES), ("list", LISTS))
    return next((kind for kind, suffixes in kinds if suffix in suffixes), "feed")


def _of_feeds(
    feeds: Sequence[Feed], fetcher: AiohttpFetcher
) -> tuple[list[Entry], list[tuple[str, str]]]:
    """All that *feeds* hold, and why some of them gave nothing."""
    answers = {answer.feed.url: answer for answer in fetcher.fetch(feeds, states={})}
    in_order = [answers[feed.url] for feed in feeds]
    entries = [entry for answer in in_order for entry in all_entries(answer)]
    return entries, [(answer.feed.url, answer.reason) for answer in in_order if answer.reason]


def _may_be_page(url: str, reason: str) -> bool:
    return url.startswith("http") and reason.startswith(NO_FEED)


def _of_page(page: Page) -> Iterator[Entry]:
    """A page as an entry under each of its addresses; a file may have none."""
    urls = {same_page_key(url): url for url in (page.canonical, page.url)}
    urls.pop("", None)
    for url in urls.values() or [""]:
        yield _entry(
            Feed(url=page.url, name=page.site),
            title=page.title,
            text=_also_simplified(page.text),
            url=url,
        )


def _of_text(path: Path) -> Entry:
    return _entry(Feed(url=str(path)), title="", text=_also_simplified(to_text(_body(path))))


def _also_simplified(text: str) -> str:
    """*text*, and as our readers have it where a converter has spoilt it, or it is traditional."""
    ours = simplified(mended(text))
    return text if ours == text else f"{text}\n{ours}"


def _of_list(path: Path) -> Iterator[Entry]:
    feed = Feed(url=str(path))
    yield from read_rows(_body(path).split(b"\n"), partial(_of_row, feed), name=str(path))


def _of_row(feed: Feed, row: Mapping[str, Any]) -> Entry:
    title, text = text_at(row, "title"), text_at(row, "text")
    if not (title or text):
        raise ValueError('an entry needs a "title" or a "text"')
    url, published = text_at(row, "url"), utc_at(row, "published")
    return _entry(feed, title=title, text=text, url=url, published=published)


def _entry(
    feed: Feed, *, title: str, text: str, url: str = "", published: datetime | None = None
) -> Entry:
    return Entry(
        id=feed.url,
        feed=feed,
        url=canonical_url(url),
        title=title,
        published=published or NEVER_FRESH,
        content=text,
        dated=published is not None,
    )


def _body(path: Path) -> bytes:
    try:
        with path.expanduser().open("rb") as file:
            body = file.read(MAX_TEXT + 1)
    except OSError as error:
        raise ConfigError("sources", f"{path}: cannot be read ({error.strerror})") from error
    if len(body) > MAX_TEXT:
        raise ConfigError("sources", f"{path}: larger than {MAX_TEXT >> 20} MiB")
    return body
