"""The tables of the state, and how a moment is written in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    text,
)

VERSION = 3
"""The schema's number; raise it with every change of a table, and convert the older state."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime as whole microseconds since 1970 in UTC: exact, and in order."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        return None if value is None else (value - _EPOCH) // _TICK

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else _EPOCH + value * _TICK


class Hours(TypeDecorator[tuple[int, ...]]):
    """Whole numbers as text, with commas between them."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str:  # noqa: ARG002
        return ",".join(map(str, value or ()))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[int, ...]:  # noqa: ARG002
        return tuple(int(hour) for hour in value.split(",")) if value else ()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


metadata = MetaData()

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    _text("title"),
    _text("etag"),
    _text("last_modified"),
    _text("body_hash"),
    Column("visits", Integer, nullable=False),
    Column("kept_since", Moment),
    Column("last_success", Moment),
    Column("failures", Integer, nullable=False),
    _text("last_error"),
    Column("failing_since", Moment),
    Column("not_before", Moment),
    Column("quiet_hours", Hours, nullable=False, server_default=""),
    Column("moved_to", Text, nullable=False, server_default=""),
    Column("retired", Moment),
    Column("older", LargeBinary, nullable=False, server_default=text("x''")),
)

# Never pruned: a record forgotten while its feed still lists it would come back as news.
first_seen = Table(
    "first_seen",
    metadata,
    Column("key", Text, primary_key=True),
    Column("moment", Moment, nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("feed_url", Text, nullable=False),
    _text("feed_name"),
    _text("url"),
    _text("title"),
    Column("published", Moment, nullable=False),
    _text("excerpt"),
    _text("content"),
    _text("guid"),
    _text("language"),
    Column("dated", Boolean, nullable=False),
    Index("entries_by_moment", "published"),
)

# At most two an edition: the confirmed post, and one about to take its place.
posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition", Text, nullable=False),
    Column("until", Moment, nullable=False),
    Column("path", LargeBinary, nullable=False),  # bytes: not every name is valid Unicode
    Column("sha256", Text, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Index("posts_by_edition", "edition"),
)

told = Table(
    "told",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("post", Integer, nullable=False),
    _text("url"),
    _text("guid"),
    _text("title"),
    Column("published", Moment, nullable=False),
    Column("story", Integer, nullable=False, server_default="0"),
    Column("thread", Text, nullable=False, server_default=""),
    Column("follow_up", Boolean, nullable=False, server_default="0"),
    Column("text", Text, nullable=False, server_default=""),
    Column("figures", Text, nullable=False, server_default=""),
    Column("language", Text, nullable=False, server_default=""),
    Column("headline", Text, nullable=False, server_default=""),
    Column("summary", Text, nullable=False, server_default=""),
    Column("barred", Boolean, nullable=False, server_default="0"),
    Index("told_by_post", "post"),
)

replies = Table(
    "replies",
    metadata,
    Column("key", Text, primary_key=True),
    _text("text"),
    _text("finish"),
    Column("saved", Moment, nullable=False),
    Index("replies_by_moment", "saved"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("model", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("row", LargeBinary, nullable=False),
    Column("saved", Moment, nullable=False),
    Index("vectors_by_moment", "saved"),
)

pages = Table(
    "pages",
    metadata,
    Column("url", Text, primary_key=True),
    _text("title"),
    _text("text"),
    _text("canonical"),
    _text("image"),
    _text("site"),
    _text("language"),
    Column("saved", Moment, nullable=False),
    Index("pages_by_moment", "saved"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("edition", Text, nullable=False),
    Column("started", Moment, nullable=False),
    Column("report", Text, nullable=False),
    Index("runs_by_moment", "started"),
)

# sqlite_autoincrement: a number that was taken back is not given to another choice.
choices = Table(
    "choices",
    metadata,
    Column("number", Integer, primary_key=True),
    _text("edition"),
    _text("url"),
    _text("title"),
    _text("sources"),  # JSON: a list of names
    Column("picked", Boolean, nullable=False),
    Column("made", Moment, nullable=False),
    sqlite_autoincrement=True,
)

forgotten = Table(
    "forgotten",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("moment", Moment, nullable=False),
)

# Of the last run of each edition that had any.
candidates = Table(
    "candidates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    _text("story"),  # the id of its lead
    _text("url"),
    _text("title"),
    Column("score", Float, nullable=False),
    _text("reasons"),  # JSON: name, value and text of each
    _text("entries"),  # JSON: id, feed, source, url, title and moment of each, the lead first
    Column("chosen", Boolean, nullable=False),
    _text("stage"),
    _text("reason"),
    Index("candidates_by_run", "run"),
)

CHANGES: dict[int, tuple[Any, ...]] = {
    1: (
        feeds.c.failing_since,
        feeds.c.not_before,
        feeds.c.quiet_hours,
        feeds.c.moved_to,
        feeds.c.retired,
        feeds.c.older,
        pages,
    ),
    2: (
        choices,
        forgotten,
        candidates,
        vectors,
        told.c.story,
        told.c.thread,
        told.c.follow_up,
        told.c.text,
        told.c.figures,
        told.c.language,
        told.c.headline,
        told.c.summary,
        told.c.barred,
        # Which entries were one story is not known any more: each is one of its own.
        text(
            "UPDATE told SET thread = url, story ="
            " (SELECT COUNT(*) FROM told AS t WHERE t.post = told.post AND t.id <= told.id)"
        ),
    ),
}
"""What each older state lacks: columns and tables that came after its version, and statements
that fill them."""
