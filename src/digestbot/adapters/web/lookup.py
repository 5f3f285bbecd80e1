"""Names become addresses, each in a thread of its own: a dead name server holds up nobody else.

The loop's own threads are six on two cores, and whoever ends the loop waits
for the last of them: two dozen names that take their time would take every
other feed with them.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

Infos = list[tuple[Any, ...]]


class Lookup(AbstractResolver):
    """Asks the system. A visit that gives up leaves its thread behind, and nobody waits for it."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of *host*; raises ``OSError`` where it has none."""
        found: asyncio.Future[Infos] = asyncio.get_running_loop().create_future()
        arguments = (host, port, family, found)
        threading.Thread(target=_look_up, args=arguments, name="look up", daemon=True).start()
        return [
            ResolveResult(
                hostname=host,
                host=str(address[0]),
                port=int(address[1]),
                family=kind,
                proto=protocol,
                flags=int(socket.AI_NUMERICHOST | socket.AI_NUMERICSERV),
            )
            for kind, _, protocol, _, address in await found
        ]

    async def close(self) -> None:
        """Nothing is held open."""


def _look_up(
    host: str, port: int, family: socket.AddressFamily, found: asyncio.Future[Infos]
) -> None:
    infos: Infos = []
    failure: Exception | None = None
    try:
        infos = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, family=family, flags=socket.AI_ADDRCONFIG
        )
    except (OSError, UnicodeError) as error:  # the second: no name at all
        failure = error
    with suppress(RuntimeError):  # the loop is closed: nobody waits any more
        found.get_loop().call_soon_threadsafe(_settle, found, infos, failure)


def _settle(found: asyncio.Future[Infos], infos: Infos, failure: Exception | None) -> None:
    if found.done():
        return
    if failure:
        found.set_exception(failure)
    else:
        found.set_result(infos)
