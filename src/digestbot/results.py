"""What the Python API returns: sequences of nouns that show themselves in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from digestbot.model import (
    Cluster,
    Digest,
    Dossier,
    Edition,
    Entry,
    Post,
    Remark,
    Report,
    Skipped,
    Story,
    Summary,
    Told,
)

if TYPE_CHECKING:
    import pandas as pd

N = TypeVar("N")

SHOWN = 50
"""How many rows a notebook shows before it says how many more there are."""

_LEFT = ' style="text-align:left;vertical-align:top"'
"""Notebooks set the cells of a table to the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a run made. ``post`` is None where nothing was written, nor would be."""

    report: Report
    post: Post | None = None
    digest: Digest | None = None
    summaries: tuple[Summary, ...] = ()
    evidence: Dossier | None = None
    """What each sentence of the post rests on, as it is kept in the state folder."""

    def _repr_markdown_(self) -> str:
        if self.post:
            return self.post._repr_markdown_()
        return f"**{self.report.status}** {self.report.error or self.report.path or ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a post rests on, with the record of its run; ``edited``: the post is another now."""

    dossier: Dossier
    report: Report | None
    edited: bool

    @property
    def page(self) -> str:
        """The post beside its sources, fact by fact: one file of HTML that needs no other."""
        from digestbot.pages.evidence import evidence_page

        return evidence_page(self.dossier, self.report, edited=self.edited)

    def _repr_html_(self) -> str:
        frame = html.escape(self.page, quote=True)
        return f'<iframe srcdoc="{frame}" sandbox style="width:100%;height:40em"></iframe>'


class Results(tuple[N, ...], Generic[N]):
    """A stage's results: a tuple that knows its edition and what was left out on the way."""

    edition: Edition
    remarks: tuple[Remark, ...]

    @classmethod
    def of(
        cls, nouns: Iterable[N], *, edition: Edition, remarks: Iterable[Remark] = ()
    ) -> Results[N]:
        """Return *nouns* with the edition they belong to."""
        results = cls(nouns)
        results.edition = edition
        results.remarks = tuple(remarks)
        return results

    def to_frame(self) -> pd.DataFrame:
        """Return a pandas frame, a row a noun; needs pandas (``digestbot[notebook]``)."""
        import pandas as pd

        return pd.DataFrame([_row(noun) for noun in self])

    def _repr_html_(self) -> str:
        if not self:
            return "<p><em>nothing</em></p>"
        rows = [
            self._story_cells(noun, number)
            if isinstance(noun, Story)
            else {name: _cell(value) for name, value in _row(noun).items()}
            for number, noun in enumerate(self[:SHOWN], 1)
        ]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in rows[0])
        body = "".join(
            "<tr>" + "".join(f"<td{_LEFT}>{cell}</td>" for cell in row.values()) + "</tr>"
            for row in rows
        )
        more = f"<p>… and {len(self) - SHOWN} more</p>" if len(self) > SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"

    def _story_cells(self, story: Story, number: int) -> dict[str, str]:
        """*story* as a reader of a notebook wants it: its number, a link, why it stands there."""
        lead = story.lead
        left_out = any(
            isinstance(each, Skipped) and (each.subject, each.title) == (lead.url, lead.title)
            for each in self.remarks
        )
        title, address = html.escape(lead.title), html.escape(lead.url, quote=True)
        sources = html.escape(", ".join(story.cluster.sources))
        published = lead.published.astimezone(ZoneInfo(self.edition.timezone))
        parts = (f"{each.value:+.2f} {each.name}: {each.text}" for each in story.reasons)
        reasons = "<br>".join(map(html.escape, parts))
        return {
            "#": str(number),
            "chosen": "" if left_out else "✓",
            "story": f'<a href="{address}" rel="noopener">{title}</a><br>{sources}',
            "published": f"{published:%m-%d %H:%M}",
            "score": f"<details><summary>{story.score:.2f}</summary>{reasons}</details>",
        }


def _row(noun: object) -> dict[str, Any]:
    """*noun* as one flat row for a table."""
    match noun:
        case Entry():
            return {
                "published": noun.published,
                "source": noun.source,
                "title": noun.title,
                "text": noun.text,
                "url": noun.url,
            }
        case Cluster():
            follows = noun.follows.reason if noun.follows else ""
            counts = {"entries": len(noun.entries), "sources": noun.sources, "follows": follows}
            return counts | _row(noun.lead)
        case Story():
            reasons = ", ".join(f"{r.name} {r.value:+.2f}" for r in noun.reasons)
            return {"score": round(noun.score, 3), "reasons": reasons} | _row(noun.cluster)
        case Summary():
            return {
                "headline": noun.headline,
                "text": noun.text,
                "origin": str(noun.origin),
                "url": noun.story.lead.url,
            }
        case Told():
            return {
                "edition": noun.edition,
                "story": noun.story,
                "headline": noun.headline or noun.title,
                "follow_up": noun.follow_up,
                "barred": noun.barred,
                "url": noun.url,
            }
        case _:
            return {"value": noun}


def _cell(value: object) -> str:
    text = ", ".join(value) if isinstance(value, tuple) else str(value)
    if text.startswith(("https://", "http://")):
        address = html.escape(text, quote=True)
        return f'<a href="{address}" rel="noopener">{address}</a>'
    return html.escape(text if len(text) <= 200 else text[:199] + "…")
