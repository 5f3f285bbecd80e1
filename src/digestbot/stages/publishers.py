"""Publishers: by what name one is known, whatever its feed is called, and how it stands."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from digestbot.model import Cluster, Entry, Reason
from digestbot.stages.coverage import letters
from digestbot.stages.learned import PUBLISHERS

MAX_STANDING = 2.0
"""How much a story's publishers together may add or take: no more than six times the coverage."""

_POST = re.compile(r"https?://(?:www\.|mobile\.)?(?:x|twitter)\.com/(\w{1,15})/status/")
_HANDLE = re.compile(r"\(@(\w{1,15})\)")
_HOST = re.compile(r"(?:www\.)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)")


def account(entry: Entry) -> str:
    """Return the account whose own post *entry* links to, such as ``@openai``, or ""."""
    post = _POST.match(entry.url)
    return f"@{post[1].casefold()}" if post else ""


def names_of(entry: Entry) -> tuple[str, ...]:
    """Return by what names *entry*'s publisher may be known, the best first.

    That is the account that speaks, or the feed's name, and then the site it
    leads to.
    """
    source = entry.source.casefold()
    if own := account(entry):
        return (own,)
    if handle := _HANDLE.search(source):
        return (f"@{handle[1]}",)
    host = _HOST.fullmatch(source)
    site = (urlsplit(entry.url).hostname or "").removeprefix("www.")
    return (host[1] if host else letters(source), site)


def known_by(entry: Entry, known: Collection[str]) -> str:
    """Return the first of *entry*'s names that is in *known*, or ""."""
    return next((name for name in names_of(entry) if name in known), "")


def standing(cluster: Cluster) -> list[Reason]:
    """Return what was learned of the publishers of *cluster*, as one reason if there is any.

    A feed to which the user gave a weight is judged by that alone.
    """
    known = {
        name: PUBLISHERS[name]
        for entry in cluster.entries
        if entry.feed.weight == 1 and (name := known_by(entry, PUBLISHERS))
    }
    if not known:
        return []
    value = math.fsum(worth for worth, _, _ in known.values())
    told = sorted(known.items(), key=lambda each: (-abs(each[1][0]), each[0]))
    text = ", ".join(f"{name}: {picked} of {of} picked" for name, (_, picked, of) in told[:3])
    return [Reason(name="publisher", value=max(-MAX_STANDING, min(MAX_STANDING, value)), text=text)]
