"""House Markdown: text escaped so that it reads as it is meant, bold mended so that it shows.

The house's prose is one line a paragraph, with bold and no other markup. What
shows is decided by a reader of CommonMark, not by patterns of our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it.common.utils import unescapeAll

from digestbot.text.bold import mend_bold, unrendered_bold
from digestbot.text.inline import bold_spans, is_paragraph, tokens_of, visible, visible_length
from digestbot.text.live_marks import (
    ESCAPE,
    inert,
    inert_title,
    is_settled,
    is_settled_but_bold,
    without_pipes,
)

__all__ = [
    "bold_spans",
    "destination",
    "escape_bold",
    "escape_heading",
    "escape_title",
    "is_paragraph",
    "literal",
    "mend_bold",
    "one_line",
    "prose",
    "unescape",
    "unrendered_bold",
    "visible",
    "visible_length",
    "without_pipes",
]

MAX_REDUCED = 40
"""Backslashes that are tried out one by one; a text with more keeps them all."""

_PROSE = {"text", "text_special", "strong_open", "strong_close"}
_SPECIAL = re.compile(r"[\\`*_\[\]<&!~$]")
_SPECIAL_BUT_BOLD = re.compile(
    r"\\[!-/:-@\[-`{-~]|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]{1,31});|\*{2,}"
    r"|[\\`*_\[\]<&!~$]"
)
_RUN = re.compile(r"\\.|\*{3,}")
_TILDE = re.compile(r"\\.|~")
_ENDS_NOWHERE = re.compile(r"(?:\\.|[^\\\]]|\](?!\())*")
"""A title in which no ``](`` could be taken for the end of it."""

_STAYS_BOLD = re.compile(r"(?:\\.|[^\\*]|\*(?!\*|$))*")
"""Bold words in which nothing could be taken for the end of them."""

_CLOSES_HEADING = re.compile(r"(?:(?<=\s)|^)#(?=#*$)")
"""The ``#`` at the end of a heading that would be taken for its end."""

_ENTITY = re.compile(r"&(?=#?\w+;)")

_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’…—"
_BREAK_IN_CHINESE = re.compile(rf"(?<=[{_WIDE}])\s*[\n\r\u2028\u2029]\s*(?=[{_WIDE}])")
_LITERAL_BREAK = re.compile(r"(?:\\r)?(?:\\n)+(?![A-Za-z])")
_HIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff0-\ufffc\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, marks that turn the direction of the text, halves of characters."""


# --- writing ------------------------------------------------------------------


def one_line(text: str) -> str:
    """Return *text* on one line: no breaks (written-out ``\\n`` neither), no hidden characters."""
    text = _LITERAL_BREAK.sub("\n", _HIDDEN.sub("", text)).strip()
    return _spaced(_BREAK_IN_CHINESE.sub("", text))


def literal(text: str) -> str:
    """Return Markdown of one line that shows *text* as it stands: nothing in it is markup."""
    line = one_line(text)

    def good(written: str) -> bool:
        return _is_prose(written) and not bold_spans(written) and visible(written) == line

    if good(line):
        return without_pipes(inert(line))
    escaped = _start_escaped(_SPECIAL.sub(r"\\\g<0>", line))
    return without_pipes(inert(_reduced(escaped, good)))


def prose(text: str) -> str:
    """Return *text* as one line of house Markdown: bold kept and mended, all else literal."""
    line = _RUN.sub(_evened, one_line(text))
    mended = _spaced(mend_bold(line))
    if _is_prose(mended):
        return without_pipes(inert(mended))
    escaped = _start_escaped(_spaced(mend_bold(_SPECIAL_BUT_BOLD.sub(_but_bold, line))))
    shown, bold = visible(escaped), bold_spans(escaped)
    reduced = _reduced(
        escaped,
        lambda written: (
            _is_prose(written) and visible(written) == shown and bold_spans(written) == bold
        ),
    )
    return without_pipes(inert(reduced))


def escape_title(title: str, *, mark: str = "") -> str:
    """Return Markdown that shows *title* as it stands between the brackets of a link.

    *mark* is the mark of bold around it, if any. Only what must be is escaped;
    :func:`unescape` undoes it.
    """
    edge = ["link_open", "strong_open"] if mark else ["link_open"]
    end = ["strong_close", "link_close"] if mark else ["link_close"]

    def good(written: str) -> bool:
        tokens = tokens_of(f"[{mark}{written}{mark}](x)")
        types = [token.type for token in tokens]
        inside = tokens[len(edge) : -len(end)]
        return (
            types[: len(edge)] == edge
            and types[-len(end) :] == end
            and all(token.type in {"text", "text_special"} for token in inside)
            and "".join(token.content for token in inside) == title
            and _ENDS_NOWHERE.fullmatch(written) is not None
            and is_settled(written)
            and not _strikes(written)
        )

    written = title if good(title) else _reduced(_SPECIAL.sub(r"\\\g<0>", title), good)
    return inert_title(written)


def escape_heading(title: str) -> str:
    """Return Markdown that shows *title* as it stands in a heading.

    Only what must be is escaped; :func:`unescape` undoes it.
    """

    def good(written: str) -> bool:
        tokens = tokens_of(written)
        return (
            all(token.type in {"text", "text_special"} for token in tokens)
            and "".join(token.content for token in tokens) == title
            and is_settled(written)
            and not _strikes(written)
        )

    written = title if good(title) else _reduced(_SPECIAL.sub(r"\\\g<0>", title), good)
    return inert(_CLOSES_HEADING.sub(r"\\\g<0>", written))


def escape_bold(title: str) -> str:
    """Return Markdown that shows *title* as it stands between two marks of bold.

    Only what must be is escaped; :func:`unescape` undoes it.
    """

    def good(written: str) -> bool:
        tokens = [token for token in tokens_of(f"**{written}**") if token.content or token.nesting]
        types = [token.type for token in tokens]
        return (
            types[:1] + types[-1:] == ["strong_open", "strong_close"]
            and set(types[1:-1]) <= {"text", "text_special"}
            and "".join(token.content for token in tokens) == title
            and _STAYS_BOLD.fullmatch(written) is not None
            and is_settled(written)
            and not _strikes(written)
        )

    written = title if good(title) else _reduced(_SPECIAL.sub(r"\\\g<0>", title), good)
    return inert(written)


def destination(url: str) -> str:
    """Return *url* between the parentheses of a link; :func:`unescape` undoes it.

    The URL has no blanks, angle brackets or backslashes.
    """
    url = _ENTITY.sub("&amp;", url)
    return url if _balanced(url) else re.sub(r"[()]", r"\\\g<0>", url)


def unescape(written: str) -> str:
    """Return what a title or destination says: backslashes and entities resolved."""
    return unescapeAll(written)


# --- reading and escaping, within -----------------------------------------------


def _is_prose(text: str) -> bool:
    if not is_paragraph(text) or not is_settled_but_bold(text) or _strikes(text):
        return False
    tokens = tokens_of(text)
    return (
        all(token.type in _PROSE for token in tokens)
        and all(token.markup == "**" for token in tokens if token.type == "strong_open")
        and not unrendered_bold(text)
    )


def _strikes(text: str) -> bool:
    """Whether two tildes stand open: GitHub strikes out what is between them, even single ones."""
    return sum(match[0] == "~" for match in _TILDE.finditer(text)) > 1


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _evened(match: re.Match[str]) -> str:
    """Two asterisks for a run of three; none for four, which close one span and open the next."""
    if match[0][0] == "\\":
        return match[0]
    return "" if len(match[0]) == 4 else "**"


def _but_bold(match: re.Match[str]) -> str:
    """Escape what is special, but keep marks of bold and what is escaped already."""
    return match[0] if len(match[0]) > 1 else f"\\{match[0]}"


def _start_escaped(text: str) -> str:
    """*text* with no mark at its start that would make it a block of another kind."""
    if text[:1] in set("#+-=>|:"):
        return f"\\{text}"
    return re.sub(r"^(\d{1,9})([.)])", r"\1\\\2", text)


def _reduced(escaped: str, good: Callable[[str], bool]) -> str:
    """*escaped* without the backslashes that are not needed for it to be good."""
    places = [match.start() for match in ESCAPE.finditer(escaped)]
    if len(places) > MAX_REDUCED:
        return escaped
    for place in reversed(places):
        shorter = escaped[:place] + escaped[place + 1 :]
        if good(shorter):
            escaped = shorter
    return escaped


def _balanced(url: str) -> bool:
    depth = 0
    for character in url:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0 and url.count("(") <= 8
