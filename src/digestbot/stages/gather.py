"""gather: the entries of a week or a month, from what earlier editions have kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digestbot.model import Edition, Entry, Feed
from digestbot.ports import Store
from digestbot.stages.collect import Collected
from digestbot.stages.keep import name_of


def gather(feeds: Sequence[Feed], *, edition: Edition, store: Store) -> Collected:
    """Return what is kept of *feeds* in *edition*'s window, newest first; nothing is visited."""
    states = store.feed_states()
    titles = {url: state.title for url, state in states.items()}
    named = [replace(feed, name=name_of(feed, titles.get(feed.url, ""))) for feed in feeds]
    entries = store.entries(named, since=edition.since, until=edition.until)
    return Collected(entries=tuple(sorted(entries, key=_order)), feeds=(), remarks=())


def _order(entry: Entry) -> tuple[float, str, str]:
    return (-entry.published.timestamp(), entry.url, entry.id)
