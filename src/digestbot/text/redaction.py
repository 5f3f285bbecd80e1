"""Redaction: what may be shown of an address that holds a secret."""

from __future__ import annotations

import re

HIDDEN = "***"
"""What stands where a secret stood."""

_TELLING_NAMES = (
    r"[\w.-]*(?:token|secret|signature|password|passwd|credentials?|(?:api|auth|access)key)"
    r"|(?:[\w.-]*[-_.])?(?:key|auth|pass|pwd|sig|jwt|sid|session|sessionid)"
)
"""Names of parameters whose value gives access: ``api_key``, ``token``, ``X-Amz-Signature``."""

_MAY_HIDE = "@?&;#"
"""Without any of these there is no place for a secret in an address."""

_USER = re.compile(r"(?<=://)[^/?#\s]*@")
_VALUE_END = r"&;#\s\"'<>)\]"
_NAMED_SECRET = re.compile(rf"([?&;#](?:{_TELLING_NAMES})=)[^{_VALUE_END}]+", re.IGNORECASE)
_LONG_HEX = re.compile(r"([?&;#][\w.-]+=)[0-9a-f]{32,}(?![\w.-])", re.IGNORECASE)
"""A value of 128 bits in hex is a token, whatever its name."""


def redacted(text: str) -> str:
    """Return an address, or a text that holds some, fit to be shown.

    User and password go, and so do the values of parameters that are named
    like a secret or look like one (32 hexadecimal digits and more). The rest
    stays, so that the feed can still be told from the others.
    """
    if not any(mark in text for mark in _MAY_HIDE):
        return text
    text = _USER.sub(f"{HIDDEN}@", text)
    text = _NAMED_SECRET.sub(rf"\1{HIDDEN}", text)
    return _LONG_HEX.sub(rf"\1{HIDDEN}", text)
