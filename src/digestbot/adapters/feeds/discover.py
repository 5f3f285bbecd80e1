"""Where a site keeps its feeds: what its page says, then what sites of its make do. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin, urlsplit

from digestbot.text.html import plain_line

MAX_PAGE = 1_000_000
"""Characters of a page that are looked at: links to feeds stand in its head."""

MAX_CANDIDATES = 12
"""Addresses that are tried at most; the likeliest come first."""

FEED_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/xml", "text/xml", "application/json",
})  # fmt: skip

COMMON_PLACES = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss", "/feed.json")
"""Where feeds are when nothing says so, the most usual place first."""

KNOWN_SITES = (
    (r"(?:www\.)?youtube\.com/channel/([\w-]+)", "https://www.youtube.com/feeds/videos.xml?channel_id={0}"),
    (r"(?:www\.)?youtube\.com/playlist\?list=([\w-]+)", "https://www.youtube.com/feeds/videos.xml?playlist_id={0}"),
    (r"github\.com/([\w.-]+/[\w.-]+)/?$", "https://github.com/{0}/releases.atom"),
    (r"(?:www\.|old\.)?reddit\.com/r/(\w+)/?", "https://www.reddit.com/r/{0}/.rss"),
    (r"medium\.com/(@?[\w.-]+)/?$", "https://medium.com/feed/{0}"),
    (r"([\w-]+)\.substack\.com/?", "https://{0}.substack.com/feed"),
    (r"arxiv\.org/list/([\w.-]+)/", "https://rss.arxiv.org/rss/{0}"),
    (r"news\.ycombinator\.com/?$", "https://news.ycombinator.com/rss"),
)  # fmt: skip
"""Addresses that tell where their feed is: a pattern after ``https://``, and the feed."""

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(link|a|base)(?=[\s/])((?:[^<>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+)>?",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"([a-z-]+)\s*=\s*(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++))", re.IGNORECASE
)
_LOOKS_LIKE_FEED = re.compile(
    r"(?:^|[/._-])(?:rss|atom|feeds?)(?:$|[/._?-])|\.(?:rss|atom)$", re.IGNORECASE
)
_COMMENTS = re.compile(r"comment|评论|replies", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may be a feed's; ``title`` is what the page calls it."""

    url: str
    title: str = ""
    declared: bool = False
    """The page itself says that this is a feed of it."""


def candidates(page: str, *, url: str) -> list[Candidate]:
    """Return where the feeds of the site at *url*, whose page is *page*, may be, likeliest first.

    First what the page declares, then what the address itself tells, links
    that look like feeds, and the usual places; feeds of comments come last.
    """
    links = list(_links(page[:MAX_PAGE], url))
    declared = [found for found in links if found.declared]
    linked = [found for found in links if not found.declared]
    guessed = [Candidate(url=urljoin(url, place)) for place in COMMON_PLACES]
    found: dict[str, Candidate] = {}
    for each in (*declared, *known(url), *linked, *guessed):
        found.setdefault(each.url, each)
    return sorted(found.values(), key=_is_about_comments)[:MAX_CANDIDATES]


def known(url: str) -> list[Candidate]:
    """Return the feed of a site whose addresses tell where it is."""
    address = url.split("://", 1)[-1]
    for pattern, feed in KNOWN_SITES:
        if match := re.match(pattern, address, re.IGNORECASE):
            return [Candidate(url=feed.format(*match.groups()))]
    return []


def _links(page: str, url: str) -> Iterator[Candidate]:
    """The links to feeds in the page's order."""
    base = url
    for tag in _TAG.finditer(page):
        kind, attributes = (tag[1] or "").lower(), _attributes(tag[2] or "")
        href = attributes.get("href", "").strip()
        if not href:
            continue
        target = urljoin(base, href)
        if kind == "base":
            base = target
        elif _is_feed(kind, attributes, target) and target.startswith(("http://", "https://")):
            title = plain_line(attributes.get("title", ""))
            yield Candidate(url=target, title=title, declared=kind == "link")


def _attributes(text: str) -> dict[str, str]:
    found = (
        (each[1].lower(), each[2] or each[3] or each[4] or "") for each in _ATTRIBUTE.finditer(text)
    )
    return {name: unescape(value) for name, value in found}


def _is_feed(kind: str, attributes: dict[str, str], target: str) -> bool:
    if kind == "link":
        is_alternate = "alternate" in attributes.get("rel", "").lower().split()
        return is_alternate and attributes.get("type", "").lower().strip() in FEED_TYPES
    parts = urlsplit(target)
    return bool(_LOOKS_LIKE_FEED.search(f"{parts.path}?{parts.query}"))


def _is_about_comments(candidate: Candidate) -> bool:
    return bool(_COMMENTS.search(f"{candidate.title} {candidate.url}"))
