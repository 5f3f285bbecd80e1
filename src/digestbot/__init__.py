"""digestbot turns a day of feeds into a post that can be published unread.

    import digestbot

    with digestbot.open("digest.toml") as bot:
        print(bot.run().post)

Importing this does nothing: no settings are read and no heavy library is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digestbot.errors import (
    BadReplyError,
    ConfigError,
    DigestbotError,
    EditionLockedError,
    FeedUnreachableError,
    FetchError,
    FormatError,
    ModelError,
    ModelRefusedError,
    ModelRejectedError,
    ModelUnavailableError,
    PromptError,
    PublishError,
    StoreError,
)
from digestbot.model import (
    Cluster,
    Commentary,
    Digest,
    Edition,
    Entry,
    Explanation,
    Feed,
    Finding,
    Post,
    Report,
    Status,
    Story,
    Summary,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from datetime import datetime

    from digestbot.bot import Bot
    from digestbot.reading import Reading
    from digestbot.stages.check import Checked

__version__ = "0.1.0"

__all__ = [
    "BadReplyError",
    "Cluster",
    "Commentary",
    "ConfigError",
    "Digest",
    "DigestbotError",
    "Edition",
    "EditionLockedError",
    "Entry",
    "Explanation",
    "Feed",
    "FeedUnreachableError",
    "FetchError",
    "Finding",
    "FormatError",
    "ModelError",
    "ModelRefusedError",
    "ModelRejectedError",
    "ModelUnavailableError",
    "Post",
    "PromptError",
    "PublishError",
    "Report",
    "Status",
    "StoreError",
    "Story",
    "Summary",
    "__version__",
    "check",
    "open",
    "read",
]


def open(config: str | os.PathLike[str] | None = None, /, *, model: Any = None) -> Bot:
    """Return a bot for *config* (default: ``./digest.toml``, or the defaults without one).

    *model* may be any LangChain chat model, or anything that satisfies
    ``digestbot.ports.Model``; it then takes the place of the configured one.
    Raises ``ConfigError`` that names the setting, ``StoreError`` where the
    state folder cannot be used.
    """
    from digestbot.wiring import open_bot, settings_for

    return open_bot(settings_for(config), model=model)


def check(
    post: str | os.PathLike[str] | Post,
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    timezone: str = "Asia/Shanghai",
    format: str = "daily",
    allow_private: Iterable[str] = (),
) -> Checked:
    """Return what *post*, a Markdown file or a post of ours, says that its *sources* do not.

    A source is a feed, a page, a text, a list of entries, a folder of such
    files, an OPML list or a config; an item's are the entries with its link and
    all that tell the same news. Only addresses among the *sources* are visited.
    Raises ``ConfigError`` for a source that does not exist, or if none says
    anything.
    """
    from digestbot import checking

    return checking.check(
        post, sources, timezone=timezone, format=format, allow_private=allow_private
    )


def read(
    source: str | os.PathLike[str],
    *,
    transcript: bool = False,
    language: str = "",
    model: Any = None,
    allow_private: Iterable[str] = (),
    now: datetime | None = None,
) -> Reading:
    """Return the article in sections that the page at *source*, an address or a file, makes.

    With *transcript* the page's own text follows it. *model* is the name of one,
    ``none``, a LangChain chat model or one of ours; without it the settings of
    ``./digest.toml`` and the environment decide. Raises ``FetchError`` where the
    page cannot be read, or is no article.
    """
    from digestbot import reading

    return reading.read(
        source,
        transcript=transcript,
        language=language,
        model=model,
        allow_private=allow_private,
        now=now,
    )
