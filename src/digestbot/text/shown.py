"""Shown: what readers see of a Markdown text, each character with its place, and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from markdown_it.token import Token

from digestbot.text.inline import placed, tokens_of

_ADDRESS = re.compile(
    r"(?i)(?:https?://|(?<![\w@./-])www\.)[^\s<>\"'`\u2e80-\u9fff\uff00-\uffef“”]+"
)
_TRAILING = ".,;:!?*_~|\\"
"""What ends a sentence or a mark, not the address before it."""

MAX_WORDS = 2_000
"""Characters of a link's words behind which its address is looked for."""

_ANCHOR = re.compile(r"(?is)<a\s[^>]*?href\s*=\s*[\"']?([^\"'\s>]+)")
_BEFORE_ADDRESS = re.compile(r"\]\(\s*<?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address in a text, and its place there."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What readers see: ``text[n]`` stands at ``places[n]`` of the whole. Addresses are blanks."""

    text: str
    places: tuple[int, ...]
    links: tuple[Link, ...]


def shown(raw: str, places: Sequence[int], *, tokens: Sequence[Token] | None = None) -> Shown:
    """Return what shows of *raw*, inline Markdown whose characters stand at *places*.

    *tokens* are those of *raw*, where they are known.
    """
    pieces: list[tuple[str, int]] = []
    links: list[Link] = []
    for token, at in placed(tokens_of(raw) if tokens is None else tokens, raw):
        if token.type == "link_open":
            links += _link(token, raw, at)
        elif token.type == "html_inline":
            links += _anchors(token.content, at)
        else:
            pieces += _pieces(token, at)
    text = "".join(character for character, _ in pieces)
    bare = [_moved(each, [at for _, at in pieces]) for each in _addresses(text)]
    return Shown(
        text=_ADDRESS.sub(lambda match: " " * len(match[0]), text),
        places=tuple(places[at] for _, at in pieces),
        links=tuple(_moved(each, places) for each in _each_once(links, bare)),
    )


def joined(parts: Sequence[Shown]) -> Shown:
    """Return *parts* as one, a line each."""
    texts: list[str] = []
    places: list[int] = []
    for part in (each for each in parts if each.text.strip()):
        texts.append(part.text)
        places += [*part.places, part.places[-1]]
    return Shown(
        text="\n".join(texts),
        places=tuple(places[:-1]),
        links=tuple(chain.from_iterable(part.links for part in parts)),
    )


def addresses(text: str) -> list[str]:
    """Return the addresses that are written out in *text*."""
    return [link.url for link in _addresses(text)]


def _pieces(token: Token, at: int) -> Iterator[tuple[str, int]]:
    if token.type in {"text", "code_inline"}:
        yield from ((character, at + n) for n, character in enumerate(token.content))
    elif token.type == "text_special":
        yield from ((character, at) for character in token.content)
    elif token.type in {"softbreak", "hardbreak"}:
        yield "\n", at


def _link(token: Token, raw: str, at: int) -> Iterator[Link]:
    """The address of a link that opens at *at*: where it is written, or where its words are."""
    url = str(token.attrs.get("href", ""))
    if token.info == "auto":
        return  # its words are the address
    opened = _BEFORE_ADDRESS.search(raw, at, at + MAX_WORDS)
    start = opened.end() if opened else at
    yield Link(url=url, start=start, end=min(len(raw), start + max(1, len(url))))


def _anchors(html: str, at: int) -> Iterator[Link]:
    for match in _ANCHOR.finditer(html):
        yield Link(url=match[1], start=at + match.start(1), end=at + match.end(1))


def _addresses(text: str) -> Iterator[Link]:
    for match in _ADDRESS.finditer(text):
        url = _without_end(match[0].rstrip(_TRAILING))
        yield Link(url=url, start=match.start(), end=match.start() + len(url))


def _without_end(url: str) -> str:
    """*url* without the closing brackets that were opened before it."""
    bare = url.rstrip(")")
    own = len(url) - len(bare) - max(0, url.count(")") - url.count("("))
    return bare + ")" * own if own > 0 else bare.rstrip(_TRAILING)


def _moved(link: Link, places: Sequence[int]) -> Link:
    """*link* where its characters stand in the whole."""
    return Link(url=link.url, start=places[link.start], end=places[link.end - 1] + 1)


def _each_once(links: Sequence[Link], bare: Sequence[Link]) -> list[Link]:
    """*links*, and those that are written out without being a link's words."""
    known = {link.url for link in links}
    return sorted([*links, *(link for link in bare if link.url not in known)], key=_start)


def _start(link: Link) -> int:
    return link.start
