"""The noun of explaining: what became of something that a feed gave, or did not give."""

from __future__ import annotations

import html
from dataclasses import dataclass

from digestbot.model.stories import Candidate


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What became of an entry, a story or a feed in an edition, and why.

    ``candidate`` is the story that it is part of, if there is one. ``stage``
    left it out; it is empty for what was chosen, and for what no feed gave.
    ``facts`` are lines under short headings, for people.
    """

    edition: str
    subject: str
    answer: str
    stage: str = ""
    candidate: Candidate | None = None
    facts: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __str__(self) -> str:
        """Return all of it as plain text."""
        width = max((len(name) for name, _ in self.facts), default=0)
        rows = [
            f"{name if first else '':<{width}}  {line}".rstrip()
            for name, lines in self.facts
            for first, line in zip((True, *(False for _ in lines)), lines, strict=False)
        ]
        return "\n".join([self.subject, self.answer, *([""] if rows else []), *rows])

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left;vertical-align:top'>{html.escape(name)}</th>"
            f"<td style='text-align:left'>{'<br>'.join(map(_line, lines))}</td></tr>"
            for name, lines in self.facts
        )
        subject, answer = html.escape(self.subject), html.escape(self.answer)
        return f"<p><strong>{subject}</strong><br>{answer}</p><table>{rows}</table>"


def _line(text: str) -> str:
    escaped = html.escape(text)
    if text.startswith(("https://", "http://")) and " " not in text:
        return f'<a href="{escaped}" rel="noopener">{escaped}</a>'
    return escaped
