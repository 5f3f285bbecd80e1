"""What a host's robots.txt lets us read, as RFC 9309 says; no I/O in here."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

TOKEN = "digestbot"  # noqa: S105 - RFC 9309's "product token"
"""The name by which a robots.txt calls us."""

MAX_LENGTH = 500 * 1024
"""Bytes that are read of a robots.txt (RFC 9309, 2.5); what follows counts for nothing."""

MAX_DELAY = 60.0
"""Seconds: a longer pause between two pages would outlast a run, and is cut to this."""

TOO_MANY_REQUESTS = 429
"""The one refusal that says "not now" rather than "there are no rules"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one host lets us read. Without a file of rules, all of it or nothing."""

    open: bool = True
    """Whether pages that no rule speaks of may be read."""
    parsed: Protego | None = field(default=None, repr=False, compare=False)

    def allows(self, url: str) -> bool:
        """Whether *url*, an address of this host, may be read."""
        if self.parsed is None:
            return self.open
        return self.parsed.can_fetch(url, TOKEN)

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two visits; 0 where it does not say."""
        delay = self.parsed.crawl_delay(TOKEN) if self.parsed else None
        return min(delay or 0.0, MAX_DELAY)


EVERYTHING = Rules(open=True)
NOTHING = Rules(open=False)


def rules(status: int, text: str) -> Rules:
    """Return the rules that a request for robots.txt brought.

    *status* is that of the last answer, after redirects; 0 where there was
    none. A file that is not there forbids nothing, and one that cannot be had
    (a server in trouble, or asking for peace) forbids all, for now.
    """
    if 200 <= status < 300:
        return Rules(parsed=Protego.parse(_read(text)))
    if 300 <= status < 500 and status != TOO_MANY_REQUESTS:
        return EVERYTHING
    return NOTHING


def robots_url(url: str) -> str:
    """Return where the host of *url*, an absolute http(s) address, keeps its rules."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"


def _read(text: str) -> str:
    """The part of the file that counts: whole lines of its first 500 KiB."""
    body = text.removeprefix("\ufeff").encode("utf-8", "replace")
    if len(body) <= MAX_LENGTH:
        return body.decode("utf-8", "replace")
    return body[:MAX_LENGTH].decode("utf-8", "ignore").rpartition("\n")[0]
