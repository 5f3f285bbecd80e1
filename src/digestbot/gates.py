"""Gates: where an edition stops, because what there is would make no post to rely on."""

from __future__ import annotations

from collections.abc import Sequence

from digestbot.contract import Format
from digestbot.editions import Plan
from digestbot.errors import DigestbotError
from digestbot.model import (
    Commentary,
    FetchStatus,
    Origin,
    Post,
    Severity,
    Status,
    Story,
    Summary,
)
from digestbot.stages.collect import Collected
from digestbot.stages.lint import line_and_column, lint

_MADE_OF = (
    "a {} is made of what the state folder has kept of these feeds: run the daily edition with"
    " the same state folder and feeds on each of its days, or once with --window 31d"
)


class StopError(DigestbotError):
    """The edition ends here, without a post."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def is_partial(collected: Collected, *, plan: Plan) -> bool:
    """Whether more feeds failed than *plan* allows: the day may have had more news."""
    tried = [feed for feed in collected.feeds if feed.status is not FetchStatus.RETIRED]
    failed = sum(feed.status is FetchStatus.FAILED for feed in tried)
    return failed > plan.max_failed * len(tried)


def stop_if_too_little(
    stories: Sequence[Story | Summary], collected: Collected, *, plan: Plan
) -> None:
    """A day without news is one thing, a day without feeds another."""
    if len(stories) >= plan.min_stories and stories:
        return
    statuses = [feed.status for feed in collected.feeds]
    failed, retired = (statuses.count(s) for s in (FetchStatus.FAILED, FetchStatus.RETIRED))
    if failed and failed == len(statuses):
        raise StopError(Status.FAILED, f"none of the {failed} feeds could be read")
    found = f"{len(stories)} stories from {len(collected.entries)} entries in the window"
    feeds = f"{len(statuses) - failed - retired} of {len(statuses)} feeds read"
    if plan.period != "day":
        raise StopError(Status.TOO_LITTLE_NEWS, f"{found}; {_MADE_OF.format(plan.period)}")
    reason = f"{found} ({feeds}); at least {max(plan.min_stories, 1)} are needed for a post"
    if is_partial(collected, plan=plan):
        raise StopError(Status.FAILED, f"too many feeds failed: {reason}")
    raise StopError(Status.TOO_LITTLE_NEWS, reason)


def stop_if_model_failed(
    summaries: Sequence[Summary], commentary: Commentary, *, plan: Plan
) -> None:
    """An edition that wants a model does not go out in the publishers' words."""
    if plan.on_failure != "fail":
        return
    quoted = sum(summary.origin is Origin.EXCERPT for summary in summaries)
    if quoted or commentary.origin is Origin.EXCERPT:
        raise StopError(
            Status.FAILED,
            f"the model failed for {quoted} of {len(summaries)} stories"
            f"{' and the commentary' if commentary.origin is Origin.EXCERPT else ''},"
            ' and model.on_failure is "fail" (see the notices)',
        )


def check_form(post: Post, *, format: Format) -> None:
    """Hold the very bytes that would go out to the contract."""
    errors = [
        finding
        for finding in lint(post.text, format=format, file_name=post.path.name)
        if finding.severity is Severity.ERROR
    ]
    if errors:
        first = errors[0]
        line, column = line_and_column(post.text, first.span[0])
        raise StopError(
            Status.FAILED,
            f"the post breaks its format {len(errors)} times, first at"
            f" {line}:{column}: {first.code} {first.reason}",
        )
