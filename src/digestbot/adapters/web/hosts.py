"""Manners towards hosts: few visits at once, not too fast, none in vain."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from operator import itemgetter

from digestbot.errors import FeedUnreachableError, HostSilentError
from digestbot.model import Feed

SPACING = 0.1
"""Seconds between the beginnings of two visits to one host: ten a second at most."""

GIVE_UP_AFTER = 3
"""Visits to a host that are not answered, in a row, before the others are not tried."""


class Hosts:
    """The hosts of one round of visits, each with its places."""

    def __init__(self, *, per_host: int, spacing: float = SPACING) -> None:
        self._per_host = per_host
        self._spacing = spacing
        self._hosts: dict[str, _Host] = {}

    def place(self, url: str, *, pause: float = 0.0) -> _Place:
        """Give a place at the host of *url* for the time of an ``async with``.

        Whoever enters waits for it; visits begin at least *pause* seconds
        apart, where the host wants that. Entering raises
        ``FeedUnreachableError`` at once where the host asked to be left
        alone, or did not answer others of this round.
        """
        name = host_of(url)
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(self._per_host)
        return _Place(host, url, max(self._spacing, pause))


class _Place:
    # No generator: this is entered for every feed, and a generator costs as much as the rest of it.
    __slots__ = ("_host", "_pause", "_url")

    def __init__(self, host: _Host, url: str, pause: float) -> None:
        self._host, self._url, self._pause = host, url, pause

    async def __aenter__(self) -> None:
        await self._host.places.acquire()
        try:
            self._host.check(self._url)
            await self._host.turn(self._pause)
        except BaseException:
            self._host.places.release()
            raise

    async def __aexit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._host.places.release()
        if isinstance(error, FeedUnreachableError):
            self._host.note_failure(error)
        elif error is None:
            self._host.silences = 0


class _Host:
    __slots__ = ("next_start", "places", "rests_until", "silences")

    def __init__(self, places: int) -> None:
        self.places = asyncio.Semaphore(places)
        self.next_start = 0.0
        self.rests_until = 0.0
        self.silences = 0

    def check(self, url: str) -> None:
        if self.silences >= GIVE_UP_AFTER:
            raise HostSilentError(
                url, f"not tried: its host did not answer {self.silences} other visits"
            )
        left = self.rests_until - asyncio.get_running_loop().time()
        if left > 0:
            reason = f"not tried: its host asked for a pause of {left:.0f} s"
            raise FeedUnreachableError(url, reason, retry_after=left)

    async def turn(self, spacing: float) -> None:
        """Wait until the last visit's beginning is *spacing* seconds past."""
        now = asyncio.get_running_loop().time()
        wait = self.next_start - now
        self.next_start = max(now, self.next_start) + spacing
        if wait > 0:
            await asyncio.sleep(wait)

    def note_failure(self, error: FeedUnreachableError) -> None:
        self.silences = self.silences + 1 if isinstance(error, HostSilentError) else 0
        if error.retry_after:
            now = asyncio.get_running_loop().time()
            self.rests_until = max(self.rests_until, now + error.retry_after)


def host_of(url: str) -> str:
    """Return the host and port of *url* as they are written, in lower case."""
    authority = url.split("://", 1)[-1].split("/", 1)[0]
    return authority.rpartition("@")[2].lower()


def interleaved(feeds: Sequence[Feed]) -> list[Feed]:
    """Return *feeds* with those of one host spread evenly, beginning with its first.

    Who takes them in this order seldom waits for a host: the feeds that are
    alone with theirs fill the gaps.
    """
    hosts = [host_of(feed.url) for feed in feeds]
    total, seen = Counter(hosts), Counter[str]()
    turns = []
    for place, (feed, host) in enumerate(zip(feeds, hosts, strict=True)):
        alone = total[host] == 1
        turns.append((place / len(feeds) if alone else seen[host] / total[host], feed))
        seen[host] += 1
    return [feed for _, feed in sorted(turns, key=itemgetter(0))]
