"""Private addresses are refused where the socket connects, whatever name led there.

A check of the URL or of a first look-up is not enough: ``127.1`` and
``2130706433`` are spellings of loopback, names change their address between
two look-ups, redirects lead anywhere. Here each address is seen that a
socket is about to connect to.
"""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

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

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_SIX_TO_FOUR = IPv6Network("2002::/16")


class PrivateAddressError(OSError):
    """A socket was about to connect to an address that is not public."""


@dataclass(slots=True, kw_only=True)
class Visit:
    """One request on its way: the host as its URL writes it, and what was refused."""

    host: str
    port: int | None
    refused: str = ""

    @property
    def reason(self) -> str:
        what = f"private address refused ({self.refused})"
        return f"{what}; allow it with --allow-private {self.host}"


current_visit: ContextVar[Visit] = ContextVar("current_visit")
"""The request on whose behalf a socket is opened; each task has its own."""


class Guard:
    """Opens sockets, but none to a private address unless its host is allowed."""

    def __init__(self, allowed: Collection[str] = ()) -> None:
        self._allowed = frozenset(host.lower() for host in allowed)

    def allows(self, visit: Visit) -> bool:
        """Whether the operator named this host, or this host and port."""
        host = visit.host.lower()
        names = {host, f"[{host}]", f"{host}:{visit.port}", f"[{host}]:{visit.port}"}
        return not self._allowed.isdisjoint(names)

    def open_socket(self, address: AddressInfo) -> socket.socket:
        """Return a socket for *address*; raises ``PrivateAddressError`` where it is refused."""
        family, kind, protocol, _, target = address
        visit = current_visit.get()
        if not is_public(str(target[0])) and not self.allows(visit):
            visit.refused = str(target[0])
            raise PrivateAddressError(visit.reason)
        return socket.socket(family=family, type=kind, proto=protocol)


def is_public(address: str) -> bool:
    """Whether *address* belongs to the public internet, and so does what it embeds.

    Stricter than ``ipaddress.is_global``, which takes NAT64, 6to4 and
    site-local addresses for public ones.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in _REFUSED_V4)
    embedded = list(_embedded(ip))
    if embedded:
        return all(is_public(str(inner)) for inner in embedded)
    return ip in _GLOBAL_V6 and not any(ip in network for network in _REFUSED_V6)


def _embedded(ip: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 address that a gateway would make of *ip*."""
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if any(ip in network for network in _NAT64):
        yield IPv4Address(int(ip) & 0xFFFF_FFFF)
    if ip in _SIX_TO_FOUR:
        yield IPv4Address((int(ip) >> 80) & 0xFFFF_FFFF)
