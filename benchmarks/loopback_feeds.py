"""A fast server of made feeds on loopback: bare asyncio, every answer laid out beforehand.

    python benchmarks/loopback_feeds.py FEEDS ITEMS NOW

Prints their addresses as one line of JSON, and serves until its standard input ends. The feeds are
spread over many hosts as in real life: each address of 127.0.0.0/8 is one.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial

HOURLY = 10
"""One feed in so many brings an entry an hour, the others one a day: three a day and feed, as on
the real days that we know."""

CHINESE = 4
"""One feed in so many is in Chinese."""

CROWDED = 10
"""One feed in so many shares its host ..."""

CROWD = 5
"""... with this many feeds in all."""

MARKED_UP = 2
"""One feed in so many writes its descriptions in HTML."""

LETTERS = 500
"""Characters of an entry's description."""

TITLE = {"en": 60, "zh": 24}
"""And of its title."""

BACKLOG = 4096
POOL = 60_000
"""Characters from which the texts are cut."""

SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu".split()
HAN = "今日公司宣布开放新的模型与工具并给出参数规模和使用条件硬件资本两端也有动作"

RSS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{title}</title>'
    "<link>http://{host}/</link><description>{title}</description>\n{entries}</channel></rss>\n"
)
RSS_ENTRY = (
    "<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
    "<pubDate>{date}</pubDate><description>{text}</description></item>\n"
)
MARKUP = (
    "&lt;p&gt;{text}&lt;/p&gt;&lt;p&gt;&lt;a href=&quot;{link}&quot; rel=&quot;nofollow&quot;&gt;"
    "More&lt;/a&gt; &amp;amp; comments&lt;/p&gt;"
)
ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
    '<title>{title}</title><id>http://{host}/</id><link href="http://{host}/"/>'
    "<updated>2026-01-01T00:00:00Z</updated>\n{entries}</feed>\n"
)
ATOM_ENTRY = (
    '<entry><title>{title}</title><link href="{link}"/><id>{link}</id>'
    '<published>{date}</published><summary type="html">{text}</summary></entry>\n'
)


class Feeds:
    """All feeds as answers ready to be sent, by path."""

    def __init__(self, feeds: int, items: int, now: datetime) -> None:
        self._draw = random.Random(1)  # the same feeds each time
        self._pools = {"en": self._english(), "zh": self._chinese()}
        self._items = items
        self._now = now
        self.full: dict[bytes, bytes] = {}
        self.unchanged: dict[bytes, tuple[bytes, bytes]] = {}
        self.places = _places(feeds)
        for index, (host, path) in enumerate(self.places):
            self._lay_out(path.encode(), self._document(index, host))

    def _lay_out(self, path: bytes, body: bytes) -> None:
        etag = b'"%08x"' % zlib.crc32(body)
        common = b"ETag: " + etag + b"\r\nLast-Modified: Mon, 01 Jun 2026 00:00:00 GMT\r\n"
        self.full[path] = (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/xml; charset=utf-8\r\n"
            + common
            + b"Content-Length: %d\r\n\r\n" % len(body)
            + body
        )
        self.unchanged[path] = (etag, b"HTTP/1.1 304 Not Modified\r\n" + common + b"\r\n")

    def _document(self, index: int, host: str) -> bytes:
        whole = RSS if index % 3 else ATOM
        entries = "".join(self._entry(index, number, host) for number in range(self._items))
        return whole.format(title=f"Feed {index}", host=host, entries=entries).encode()

    def _entry(self, index: int, number: int, host: str) -> str:
        language = "en" if index % CHINESE else "zh"
        shape = RSS_ENTRY if index % 3 else ATOM_ENTRY
        step = timedelta(hours=1) if index % HOURLY == 0 else timedelta(days=1)
        link = f"http://{host}/news/{index}/{number}"
        text = self._cut(language, LETTERS)
        return shape.format(
            title=self._cut(language, TITLE[language]),
            link=link,
            date=_written(self._now - step * (number + 0.5), rfc822=shape is RSS_ENTRY),
            text=MARKUP.format(text=text, link=link) if index % MARKED_UP else text,
        )

    def _cut(self, language: str, letters: int) -> str:
        pool = self._pools[language]
        start = self._draw.randrange(len(pool) - letters)
        return pool[start : start + letters].strip()

    def _english(self) -> str:
        syllables = self._draw.choices([*SYLLABLES, " "], k=POOL // 2)
        return " ".join("".join(syllables).split())

    def _chinese(self) -> str:
        return "".join(self._draw.choices(HAN + "，。", k=POOL))


def _places(feeds: int) -> list[tuple[str, str]]:
    """The host and the path of each feed."""
    alone = feeds - feeds // CROWDED
    numbers = [*range(alone), *(alone + extra // CROWD for extra in range(feeds - alone))]
    return [(_host(number), f"/feed/{index}.xml") for index, number in enumerate(numbers)]


def _host(number: int) -> str:
    """The address of host *number*; 127.0.0.1 is left to others."""
    number += 256
    return f"127.{number >> 16}.{number >> 8 & 255}.{number & 255}"


def _written(moment: datetime, *, rfc822: bool) -> str:
    moment = moment.replace(microsecond=0)
    return format_datetime(moment, usegmt=True) if rfc822 else moment.isoformat()


class Connection(asyncio.Protocol):
    """Answers one request after another; ``/hang/...`` never."""

    def __init__(self, feeds: Feeds) -> None:
        self._feeds = feeds
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, self._received = self._received.split(b"\r\n\r\n", 1)
            path = head.split(b" ", 2)[1]
            if not path.startswith(b"/hang/"):
                self._transport.write(self._answer(path, head))

    def _answer(self, path: bytes, head: bytes) -> bytes:
        if path not in self._feeds.full:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        etag, unchanged = self._feeds.unchanged[path]
        asked = b"\r\nif-none-match: " + etag in head.lower()
        return unchanged if asked else self._feeds.full[path]


async def serve(feeds: Feeds) -> None:
    """Serve until standard input ends."""
    loop = asyncio.get_running_loop()
    made = partial(Connection, feeds)
    server = await loop.create_server(made, "0.0.0.0", 0, backlog=BACKLOG)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps([f"http://{host}:{port}{path}" for host, path in feeds.places]), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    moment = datetime.fromisoformat(sys.argv[3]).astimezone(UTC)
    asyncio.run(serve(Feeds(int(sys.argv[1]), int(sys.argv[2]), moment)))
