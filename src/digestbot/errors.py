"""Everything digestbot raises.

    DigestbotError
    ├── ConfigError            digest.toml, an option or an environment variable is wrong
    ├── FetchError             one feed, or one page, cannot be read
    │   ├── FeedGoneError          its server says that it is gone for good
    │   └── FeedUnreachableError   its server is busy or down (retryable)
    │       └── HostSilentError        no connection, or no answer in time
    ├── ModelError             a call of the model failed
    │   ├── ModelUnavailableError  busy, down or too slow (retryable)
    │   ├── ModelRejectedError     the key, the quota or the model's name was turned down
    │   ├── ModelRefusedError      the model declined to answer
    │   └── BadReplyError          the reply is not what was asked for
    ├── PromptError            a prompt is missing, or names an unknown variable
    ├── FormatError            a format, template or post breaks its contract
    ├── StoreError             the state folder cannot be read or written
    └── PublishError           the post cannot be put in its place
        └── EditionLockedError     another run is at work on this edition

``retryable`` says whether the same call may work later; only adapters retry.
Messages never hold a key: adapters build them from parts they know.
"""

from __future__ import annotations


class DigestbotError(Exception):
    """The root of all errors that digestbot raises on purpose."""

    retryable = False


class ConfigError(DigestbotError):
    """A setting is missing, unknown or of the wrong kind; ``key`` names it.

    ``where`` is the place of it, as ``file:line``, if there is one.
    """

    def __init__(self, key: str, reason: str, *, where: str = "") -> None:
        super().__init__(": ".join(part for part in (where, key, reason) if part))
        self.key = key
        self.reason = reason
        self.where = where


class FetchError(DigestbotError):
    """A feed or a page cannot be read; ``status`` is the answer of its server, 0 for none."""

    def __init__(self, url: str, reason: str, *, status: int = 0) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason
        self.status = status


class FeedGoneError(FetchError):
    """The server says that the feed is gone for good: asking again is no use."""


class FeedUnreachableError(FetchError):
    """The server did not give it; it may later. ``retry_after`` in seconds if it said when."""

    retryable = True

    def __init__(self, url: str, reason: str, *, status: int = 0, retry_after: float = 0.0) -> None:
        super().__init__(url, reason, status=status)
        self.retry_after = retry_after


class HostSilentError(FeedUnreachableError):
    """No connection, or no answer in time: the host's fault, not this feed's."""


class ModelError(DigestbotError):
    """A call of the model failed; ``model`` names it."""

    def __init__(self, reason: str, *, model: str = "") -> None:
        super().__init__(f"{model}: {reason}" if model else reason)
        self.reason = reason
        self.model = model


class ModelUnavailableError(ModelError):
    """The endpoint is busy, down or too slow; ``retry_after`` in seconds if it said so."""

    retryable = True

    def __init__(self, reason: str, *, model: str = "", retry_after: float | None = None) -> None:
        super().__init__(reason, model=model)
        self.retry_after = retry_after


class ModelRejectedError(ModelError):
    """The key, the quota or the model's name was turned down: asking again is no use."""


class ModelRefusedError(ModelError):
    """The model declined to answer this prompt."""


class BadReplyError(ModelError):
    """The reply is not what was asked for: empty, cut, not JSON, the wrong shape."""


class PromptError(DigestbotError):
    """A prompt is missing, or names a variable that nobody fills in."""


class FormatError(DigestbotError):
    """A format's files, or a post, break the format's contract."""


class StoreError(DigestbotError):
    """The state folder cannot be read or written."""


class PublishError(DigestbotError):
    """The post cannot be put in its place."""


class EditionLockedError(PublishError):
    """Another run is at work in the same state folder."""
