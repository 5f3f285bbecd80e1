"""By model: the parts of a page told side by side, then the whole; quoted where that fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from digestbot.errors import ModelError, ModelRejectedError, ModelUnavailableError
from digestbot.model import Feature, Notice, Origin, Remark, Theme
from digestbot.ports import Executor
from digestbot.stages.feature.quote import quoted_theme
from digestbot.stages.feature.write import CALL_LIMIT, Told, Whole, Writer
from digestbot.text.outline import Outline, Part, pieces
from digestbot.text.replies import one_line

AROUND = "title, hook and close"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """As much of a section's part as one call reads, and how many paragraphs it may have."""

    number: int
    part: Part
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Attempt:
    """What came of one call: a text, or why there is none."""

    piece: _Piece
    told: Told | None = None
    error: ModelError | None = None


def by_model(
    quoted: Feature, page: Outline, *, writer: Writer, executor: Executor
) -> tuple[Feature, list[Remark]]:
    """Return *quoted*, which is *page* in its own sentences, told by *writer* where it can."""

    def attempt(piece: _Piece) -> _Attempt:
        try:
            told = writer.part(piece.part, title=page.title, most=piece.most)
        except ModelError as error:
            return _Attempt(piece=piece, error=error)
        return _Attempt(piece=piece, told=told)

    attempts = executor.map(attempt, list(_pieces(page, writer)))
    remarks = list(_remarks(attempts, writer))
    if not any(each.told for each in attempts):
        return quoted, remarks
    themes = [
        _theme(list(tries), page, writer)
        for _, tries in groupby(attempts, key=lambda each: each.piece.number)
    ]
    themes = [theme for theme in themes if theme.paragraphs]
    try:
        whole = writer.whole(themes, page)
    except ModelError as error:
        whole = Whole(title="", hook="", close="")
        remarks.append(_quoted_instead(AROUND, error))
    if whole.repairs:
        remarks.append(_cut(AROUND, whole.repairs))
    feature = replace(
        quoted,
        title=whole.title or quoted.title,
        hook=whole.hook or quoted.hook,
        themes=tuple(themes),
        close=whole.close or quoted.close,
    )
    return feature, remarks


def _pieces(page: Outline, writer: Writer) -> Iterator[_Piece]:
    limits = writer.locale.limits
    for number, part in enumerate(page.parts, 1):
        parted = pieces(part, longest=CALL_LIMIT)
        most = max(1, limits.paragraphs.max // len(parted))
        for piece in parted:
            yield _Piece(number=number, part=piece, most=most)


def _theme(tries: Sequence[_Attempt], page: Outline, writer: Writer) -> Theme:
    """The section that the pieces of one part make, each told or quoted."""
    number, part = tries[0].piece.number, tries[0].piece.part
    paragraphs: list[str] = []
    heading = next((each.told.heading for each in tries if each.told and each.told.heading), "")
    for each in tries:
        if each.told:
            paragraphs += each.told.paragraphs
        else:
            own = quoted_theme(each.piece.part, number, title=page.title, locale=writer.locale)
            paragraphs += own.paragraphs[: each.piece.most]
    if not heading:
        heading = quoted_theme(part, number, title=page.title, locale=writer.locale).heading
    origin = Origin.LLM if any(each.told for each in tries) else Origin.EXCERPT
    return Theme(heading=heading, paragraphs=tuple(paragraphs), origin=origin)


def _remarks(attempts: Sequence[_Attempt], writer: Writer) -> Iterator[Remark]:
    """A notice for each part that was cut or quoted, and one in all for an absent model."""
    absent: list[str] = []
    for each in attempts:
        subject = each.piece.part.heading or f"part {each.piece.number}"
        if isinstance(each.error, ModelUnavailableError | ModelRejectedError):
            absent.append(each.error.reason)
        elif each.error:
            yield _quoted_instead(subject, each.error)
        elif each.told and each.told.repairs:
            yield _cut(subject, each.told.repairs)
    if absent:
        reasons = "; ".join(dict.fromkeys(absent))
        parts = f"{len(absent)} of {len(attempts)} parts are told in the page's own sentences"
        yield Notice(stage="feature", subject=writer.model.name, reason=f"{reasons}: {parts}")


def _quoted_instead(subject: str, error: ModelError) -> Notice:
    reason = f"told in the page's own sentences: {one_line(error.reason, '')}"
    return Notice(stage="feature", subject=subject, reason=reason)


def _cut(subject: str, repairs: Sequence[str]) -> Notice:
    return Notice(stage="verify", subject=subject, reason="; ".join(repairs))
