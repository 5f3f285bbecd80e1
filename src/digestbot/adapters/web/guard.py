"""Private addresses are refused where the socket connects, whatever name led there.

A check of the URL or of a first look-up is not enough: ``127.1`` and
``2130706433`` are spellings of loopback, names change their address between
two look-ups, redirects lead anywhere. Here each address is seen that a
socket is about to connect to.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

Address = IPv4Address | IPv6Address

AddressInfo = tuple[int, int, int, str, tuple[Any, ...]]
"""As ``socket.getaddrinfo`` gives it."""

_REFUSED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
"""The IANA special-purpose registry, multicast and the reserved class E."""

_GLOBAL_V6 = IPv6Network("2000::/3")
"""The only part of IPv6 from which public addresses are given out."""

_REFUSED_V6 = tuple(
    IPv6Network(network) for network in ("2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16")
)
"""Protocol assignments (Teredo among them), documentation, segment routing."""

_METADATA = frozenset(
    ip_address(address)
    for address in (
        "169.254.169.254", "169.254.170.2", "169.254.170.23", "100.100.100.200",
        "fd00:ec2::254", "fd00:ec2::23",
    )
)  # fmt: skip
"""Where clouds hand out credentials: allowed only to who names the very address."""

_LOCAL_NAMES = ("localhost", ".localhost", ".local", ".internal", ".home.arpa")
"""Ends of names that a proxy would look up in a private network."""

_NAT64 = IPv6Network("64:ff9b::/96")
"""The public prefix; that for local use, 64:ff9b:1::/48, is no public address (RFC 8215)."""

_SIX_TO_FOUR = IPv6Network("2002::/16")


class PrivateAddressError(OSError):
    """A socket was about to connect to an address that is not public."""


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request on its way: the host as its URL writes it, and what was refused."""

    host: str
    port: int | None
    through_proxy: bool = False
    """The host is a proxy that the operator set up: trusted, wherever it is."""
    refused: str = ""

    @property
    def reason(self) -> str:
        what = f"private address refused ({self.refused})"
        return f"{what}; allow it with --allow-private {self.host}"


current_visit: ContextVar[Visit] = ContextVar("current_visit")
"""The request on whose behalf a socket is opened; each task has its own."""


class Guard:
    """Opens sockets, but none to a private address unless its host is allowed.

    *allowed* holds hosts, hosts with ports, addresses, and networks such as
    ``10.1.0.0/16``. A host name that is allowed does not open the addresses
    from which clouds hand out credentials: those must be named themselves.
    """

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self._allowed = frozenset(host.lower() for host in allowed)
        self._networks = tuple(_networks(self._allowed))

    def refuses(self, address: str, visit: Visit) -> bool:
        """Whether *visit* may not connect to *address*; notes it there."""
        ip = _parsed(address)
        if (ip and _is_public(ip)) or visit.through_proxy or self._allows(address, ip, visit):
            return False
        visit.refused = address
        return True

    def _allows(self, address: str, ip: Address | None, visit: Visit) -> bool:
        if address in self._allowed or f"[{address}]" in self._allowed:
            return True
        if ip is None or not _METADATA.isdisjoint(_meant(ip)):
            return False
        host = visit.host.lower()
        names = (host, f"[{host}]", f"{host}:{visit.port}", f"[{host}]:{visit.port}")
        if not self._allowed.isdisjoint(names):
            return True
        return any(ip in network for network in self._networks)

    def open_socket(self, address: AddressInfo) -> socket.socket:
        """Return a socket for *address*; raises ``PrivateAddressError`` where it is refused."""
        family, kind, protocol, _, target = address
        visit = current_visit.get()
        if self.refuses(str(target[0]), visit):
            raise PrivateAddressError(visit.reason)
        return socket.socket(family=family, type=kind, proto=protocol)

    def check_unseen(self, visit: Visit) -> None:
        """Refuse what a proxy would connect to for us, as far as its name tells."""
        address = _numeric(visit.host)
        if address:
            refused = self.refuses(address, visit)
        else:
            local = visit.host.lower().rstrip(".").endswith(_LOCAL_NAMES)
            refused = local and not self._allows("", None, visit)
            visit.refused = visit.host if refused else ""
        if refused:
            raise PrivateAddressError(visit.reason)


class GuardedResolver(AbstractResolver):
    """Looks names up, and refuses a name as a whole if one of its addresses is refused.

    Otherwise a name with a public and a private address would reach the
    private one whenever the public one does not answer.
    """

    def __init__(self, guard: Guard, resolver: AbstractResolver) -> None:
        self._guard = guard
        self._resolver = resolver

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of *host*; raises ``PrivateAddressError`` if one is refused."""
        found = await self._resolver.resolve(host, port, family)
        visit = current_visit.get()
        if any(self._guard.refuses(each["host"], visit) for each in found):
            raise PrivateAddressError(visit.reason)
        return found

    async def close(self) -> None:
        """Let go of the resolver."""
        await self._resolver.close()


def is_public(address: str) -> bool:
    """Whether *address* belongs to the public internet, and so does what it embeds.

    Stricter than ``ipaddress.is_global``, which takes NAT64, 6to4 and
    site-local addresses for public ones.
    """
    ip = _parsed(address)
    return ip is not None and _is_public(ip)


def _parsed(address: str) -> Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


def _is_public(ip: Address) -> bool:
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _REFUSED_V4)
    embedded = list(_embedded(ip))
    if embedded:
        return all(_is_public(inner) for inner in embedded)
    return ip in _GLOBAL_V6 and not any(ip in network for network in _REFUSED_V6)


def _meant(ip: Address) -> Iterator[Address]:
    """The address, without its zone, and those that a gateway would make of it."""
    if isinstance(ip, IPv4Address):
        yield ip
    else:
        yield IPv6Address(int(ip))
        yield from _embedded(ip)


def _embedded(ip: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 address that a gateway would make of *ip*."""
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFF_FFFF)
    if ip in _SIX_TO_FOUR:
        yield IPv4Address((int(ip) >> 80) & 0xFFFF_FFFF)


def _numeric(host: str) -> str:
    """The address that *host* spells, in any notation that C libraries read; "" for a name."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, ValueError):
        return ""


def _networks(names: Iterable[str]) -> Iterator[IPv4Network | IPv6Network]:
    for name in names:
        if "/" in name:
            with suppress(ValueError):
                yield ip_network(name, strict=False)
