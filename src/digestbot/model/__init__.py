"""Every noun of digestbot, in the order in which the pipeline meets them.

All are frozen, slotted and keyword-only; sequences inside them are tuples;
moments are aware and in UTC until they are printed.
"""

from digestbot.model.explanations import Explanation
from digestbot.model.feeds import (
    Edition,
    Entry,
    Feed,
    FeedFigures,
    FeedState,
    Fetched,
    FetchStatus,
    Page,
    Record,
    Topic,
)
from digestbot.model.posts import (
    HEADINGS,
    ITEM_GAPS,
    TEXT_COLUMNS,
    TITLES,
    Digest,
    Finding,
    FrontMatter,
    Item,
    Layout,
    Post,
    Severity,
)
from digestbot.model.runs import (
    FeedReport,
    Notice,
    Remark,
    Report,
    Skipped,
    Status,
)
from digestbot.model.stories import (
    Candidate,
    Cluster,
    Commentary,
    Message,
    Origin,
    Reason,
    Reply,
    Story,
    Summary,
    Told,
    Usage,
)
from digestbot.model.taste import Choice, Lesson, Taste

__all__ = [
    "HEADINGS",
    "ITEM_GAPS",
    "TEXT_COLUMNS",
    "TITLES",
    "Candidate",
    "Choice",
    "Cluster",
    "Commentary",
    "Digest",
    "Edition",
    "Entry",
    "Explanation",
    "Feed",
    "FeedFigures",
    "FeedReport",
    "FeedState",
    "FetchStatus",
    "Fetched",
    "Finding",
    "FrontMatter",
    "Item",
    "Layout",
    "Lesson",
    "Message",
    "Notice",
    "Origin",
    "Page",
    "Post",
    "Reason",
    "Record",
    "Remark",
    "Reply",
    "Report",
    "Severity",
    "Skipped",
    "Status",
    "Story",
    "Summary",
    "Taste",
    "Told",
    "Topic",
    "Usage",
]
