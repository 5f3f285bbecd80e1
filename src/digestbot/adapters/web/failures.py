"""What went wrong with a GET, in words that a person understands."""

from __future__ import annotations

import os
import ssl
from http import HTTPStatus

import aiohttp

from digestbot.adapters.web.guard import PrivateAddressError, current_visit
from digestbot.errors import FeedGoneError, FeedUnreachableError, FetchError, HostSilentError

BUSY = frozenset({429, 500, 502, 503, 504})
"""Answers of a server that may do better later."""


def refusal(url: str, status: int, *, retry_after: float) -> FetchError:
    """Return the error for an answer that is no success; *retry_after* in seconds."""
    if status == HTTPStatus.GONE:
        return FeedGoneError(url, "the server says that it is gone for good (410)", status=status)
    phrase = HTTPStatus(status).phrase if status in list(HTTPStatus) else ""
    reason = f"the server answered {status} {phrase}".rstrip()
    if status not in BUSY:
        return FetchError(url, reason, status=status)
    return FeedUnreachableError(url, reason, status=status, retry_after=retry_after)


def in_words(url: str, error: Exception) -> FetchError:
    """Return what *error*, met on the way to *url*, means; the words never hold the address."""
    if refused := _refused(error):
        return FetchError(url, refused)
    match error:
        case aiohttp.ClientConnectorDNSError():
            return HostSilentError(url, "the host name is not known")
        case aiohttp.ClientConnectorCertificateError():
            return FetchError(url, f"no secure connection: {_flaw(error)}")
        case aiohttp.ClientSSLError() | ssl.SSLError():
            return FeedUnreachableError(url, "no secure connection can be made")
        case aiohttp.ClientHttpProxyError():
            return HostSilentError(url, f"the proxy answered {error.status}")
        case aiohttp.ClientProxyConnectionError():
            return HostSilentError(url, f"the proxy cannot be reached: {_why(error)}")
        case aiohttp.ClientConnectorError():
            return HostSilentError(url, f"cannot connect: {_why(error)}")
        case aiohttp.InvalidURL() | ValueError():
            return FetchError(url, "not a valid address")
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | OSError():
            return FeedUnreachableError(url, "the connection broke off")
        case _:
            return FetchError(url, f"the answer cannot be understood ({type(error).__name__})")


def _refused(error: Exception) -> str:
    """The guard's words, where it is the guard that stopped the visit."""
    visit = current_visit.get(None)
    if visit and visit.refused:
        return visit.reason
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    return str(cause) if isinstance(cause, PrivateAddressError) else ""


def _flaw(error: aiohttp.ClientConnectorCertificateError) -> str:
    """What is wrong with a certificate, in OpenSSL's words."""
    flaw = getattr(error.certificate_error, "verify_message", "")
    return f"the certificate is not valid ({flaw})" if flaw else "the certificate is not valid"


def _why(error: aiohttp.ClientConnectorError) -> str:
    """The operating system's words, or ours where several addresses failed in several ways."""
    code = error.os_error.errno
    return os.strerror(code).lower() if code else "no address answers"
