"""Turns whatever a chat model raises, or an endpoint says, into one of our model errors.

Vendors are told apart by what their errors have in common (a status, a
response, the names of their classes), so any LangChain chat model is served
and none of their libraries is imported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from digestbot.errors import (
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
)

SAID = 200
"""Characters of an endpoint's own words that an error repeats."""

HIDDEN = "***"

RETRY_LATER = frozenset({408, 409, 425, 429})
"""Client errors that pass; so do all of 500 and above."""

_SECRETS = re.compile(
    r"(?i)\b(?:bearer\s+\S+|(?:sk|pk|key|gsk|xai)-[\w*.-]{6,}|[\da-f]{32,}(?:\.\w+)?)"
)
_QUOTA = re.compile(
    r"(?i)insufficient[_ ](?:quota|balance|credit|funds)|exceeded[_ ](?:your[_ ])?current[_ ]quota"
    r"|arrearage|out of credits|余额不足|欠费|额度已用"
)
_KEY = re.compile(r"(?i)api[_ -]?key|unauthori[sz]ed|invalid[_ ]token|令牌|身份验证")
_NAME = re.compile(
    r"(?i)model[_ ]not[_ ]found|model\b.{0,80}\b(?:not (?:exist|found)|does ?n[o']t exist"
    r"|not a valid)|no such model|模型不存在"
)
_FILTERED = re.compile(r"(?i)content[_ ](?:filter|policy)|inappropriate|敏感|data_inspection")
_SLOW = ("Timeout",)
_UNREACHED = ("Connection", "Connect", "Transport", "Protocol", "Network")


def as_model_error(error: Exception, *, model: str, key_variable: str, secret: str) -> ModelError:
    """Return *error*, raised by a chat model, as one of ours; the *secret* is not in it."""
    if isinstance(error, ModelError):
        return error
    status = status_of(error)
    if status is not None:
        return from_status(
            status,
            _words(error),
            model=model,
            key_variable=key_variable,
            secret=secret,
            retry_after=_retry_after(error),
        )
    names = " ".join(kind.__name__ for kind in type(error).__mro__)
    if any(name in names for name in _SLOW):
        return ModelUnavailableError("no answer in time", model=model)
    if any(name in names for name in _UNREACHED):
        why = _shown(str(error.__cause__ or error), secret)
        return ModelUnavailableError(f"cannot be reached: {why}", model=model)
    said = _shown(str(error), secret)
    return ModelUnavailableError(f"failed: {type(error).__name__}: {said}", model=model)


def from_status(
    status: int | None,
    said: str,
    *,
    model: str,
    key_variable: str,
    secret: str,
    retry_after: float | None = None,
) -> ModelError:
    """Return the error that an HTTP *status* and the endpoint's words stand for.

    The words count for more than the number: a used-up quota comes as 402,
    403 or 429, an unknown model as 400 or 404, a wrong key even as 400.
    """
    said = _shown(said, secret)
    facts = ": ".join(part for part in (str(status or ""), said) if part) or "no reason given"
    rejection = _rejection(status, said, key_variable)
    if rejection:
        return ModelRejectedError(f"{rejection} ({facts})", model=model)
    if status is None or status in RETRY_LATER or status >= 500:
        asked = f", and asks to wait {retry_after:.0f} s" if retry_after else ""
        reason = f"the endpoint is unavailable ({facts}){asked}"
        return ModelUnavailableError(reason, model=model, retry_after=retry_after)
    if _FILTERED.search(said):
        return ModelRefusedError(
            f"the endpoint's filter declined the prompt ({facts})", model=model
        )
    return ModelRefusedError(f"the endpoint turned this request down ({facts})", model=model)


def status_of(error: Exception) -> int | None:
    """Return the HTTP status that *error* speaks of, if any."""
    response = getattr(error, "response", None)
    for holder, name in (
        (error, "status_code"),
        (response, "status_code"),
        (error, "http_status"),
        (error, "code"),
    ):
        number = getattr(holder, name, None)
        if isinstance(number, int) and 400 <= number < 600:
            return int(number)
    return None


def words_of(body: Mapping[str, object]) -> str:
    """Return what the error object *body* says, with its code and type."""
    parts = (body.get("message"), body.get("code"), body.get("type"))
    return " ".join(str(part) for part in parts if part)


def _rejection(status: int | None, said: str, key_variable: str) -> str:
    """Why asking again is no use, with what to do; empty where it may be of use."""
    if status == 402 or _QUOTA.search(said):
        return "the account's quota is used up; top it up, or name another model"
    if status in (401, 403) or (status in (400, None) and _KEY.search(said)):
        named = key_variable or "the key that the chat model was built with"
        return f"the key was turned down; check {named} and run `digestbot doctor`"
    if status == 404 or (status in (400, 422, None) and _NAME.search(said)):
        return "the model or the address is unknown there; check model.name and model.base_url"
    return ""


def _words(error: Exception) -> str:
    """The endpoint's own message with its code, or what the exception says."""
    body = getattr(error, "body", None)
    if isinstance(body, Mapping):
        return words_of(body)
    return str(error)


def _shown(text: str, secret: str) -> str:
    """*text* on one line, short, and without anything that may be a key."""
    if text.lstrip()[:1] == "<":
        return "a web page"
    if secret:
        text = text.replace(secret, HIDDEN)
    text = " ".join(_SECRETS.sub(HIDDEN, text).split())
    return text if len(text) <= SAID else f"{text[:SAID]}…"


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    if not isinstance(headers, Mapping):
        return None
    value = str(headers.get("retry-after", "")).strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        return _seconds_until(value)


def _seconds_until(date: str) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())
