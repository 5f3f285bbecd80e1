"""Short marks of records, to know them again without keeping them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

SIZE = 8
"""Bytes of a mark: of 5,000 in one feed two are alike once in a million million feeds."""


def fingerprint(guid: str, url: str) -> bytes:
    """Return the mark of the record with this guid and address."""
    return blake2b(f"{guid}\n{url}".encode("utf-8", "replace"), digest_size=SIZE).digest()


def cut(joined: bytes) -> list[bytes]:
    """Return the marks that were written one after the other."""
    return [joined[at : at + SIZE] for at in range(0, len(joined), SIZE)]


def joined(found: Iterable[bytes]) -> bytes:
    """Write marks one after the other, each once, in an order of their own."""
    return b"".join(sorted(set(found)))
