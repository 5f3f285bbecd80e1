"""Single values and their rules: windows, time zones, names of variables, addresses."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

NO_MODEL = "none"
"""The model's name that switches the model off."""

MAX_WINDOW = timedelta(days=31)
"""The longest edition, a month: nothing older is kept of a feed."""

MIN_WINDOW = timedelta(minutes=1)

_WINDOW = re.compile(r"(\d{1,6})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""What the name of a header is made of (RFC 9110, 5.6.2)."""

_SECRET_HEADER = re.compile(r"authorization|cookie|.*(key|token|secret|auth).*", re.IGNORECASE)

_EDITION_NAME = re.compile(r"\w[\w.-]*")


def window(text: str) -> timedelta:
    """Return the span that *text* such as ``24h``, ``7d`` or ``90m`` names; else ``ValueError``."""
    found = _WINDOW.fullmatch(text.strip().lower())
    if not found:
        raise ValueError(f"{text!r} is not a span of time such as 24h, 7d or 90m")
    span = timedelta(**{_UNITS[found[2]]: int(found[1])})
    if not MIN_WINDOW <= span <= MAX_WINDOW:
        raise ValueError(f"{text!r} is out of range: a window lasts from 1m to 31d")
    return span


def timezone(text: str) -> str:
    """Return *text* if it names a time zone; else ``ValueError`` with a suggestion."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        near = suggestion(text, available_timezones())
        raise ValueError(
            f"{text!r} is not a time zone{near or ' (they look like Asia/Shanghai)'}"
        ) from None
    return text


def variable(text: str) -> str:
    """Return *text* if it can name an environment variable; a ``ValueError`` never repeats it."""
    if not _VARIABLE.fullmatch(text):
        raise ValueError(
            "this is not the name of an environment variable; "
            "put the key into the environment and its variable's name here"
        )
    return text


def base_url(text: str) -> str:
    """Return *text* if it is an http(s) address without a key in it; else ``ValueError``."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must start with http:// or https://")
    if parts.username or parts.password or parts.query:
        raise ValueError("must hold no key; put the key into the environment")
    return text


def header(name: str, value: str) -> None:
    """Raise ``ValueError`` for what cannot be a header, or for a secret written out in it."""
    if not _TOKEN.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a header")
    if value.startswith("$"):
        variable(value[1:])
    elif _SECRET_HEADER.fullmatch(name):
        raise ValueError(
            f"{name} holds a secret: put it into the environment and write {name} = "
            '"$NAME", with the name of the variable'
        )
    elif not value.isprintable():
        raise ValueError(f"the value of {name} cannot be sent")


def contact(text: str) -> str:
    """Return *text* if it can be a contact: an http(s) address or a mail address."""
    if not text.isascii() or not text.isprintable() or not ("://" in text or "@" in text):
        raise ValueError(f"{text!r} is neither an http(s) address nor a mail address")
    return text


def edition_name(text: str) -> str:
    """Return *text* if it can name an edition: letters, digits, ``.``, ``-`` and ``_``."""
    if not _EDITION_NAME.fullmatch(text):
        raise ValueError(f"{text!r} must be letters, digits, '.', '-' or '_'")
    return text


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``, did you mean "x"?`` for the known word nearest to *word*; empty if none is."""
    by_lower = {name.lower(): name for name in sorted(known)}
    near = difflib.get_close_matches(word.lower(), by_lower, n=1)
    return f', did you mean "{by_lower[near[0]]}"?' if near else ""
