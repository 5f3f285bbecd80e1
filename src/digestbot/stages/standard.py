"""Standard: what an editor's texts are held to: the facts of a post's stories, and no others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digestbot.stages.mend import prune
from digestbot.text.replies import visible
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.ground import Ground, Originals
from digestbot.text.verify.quotations import Quotations


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """A ground, and what the writers of its texts translated; texts may have bold marks."""

    ground: Ground
    language: str
    originals: Originals

    def findings(self, text: str) -> list[Finding]:
        """Return what no source says in *text*."""
        found = self.ground.findings(
            visible(text), language=self.language, originals=self.originals
        )
        return [each for each in found if each.severity == "hard"]

    def doubts(self, texts: Iterable[tuple[str, str]]) -> list[str]:
        """Return a sentence for each finding in *texts*, which go by their names."""
        return [
            f"{name}: {each.kind}: {each.reason}"
            for name, text in texts
            for each in self.findings(text)
        ]

    def pruned(self, texts: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return *texts* without what no source says, and what was cut, in words.

        A text of which nothing is left is empty; quotation marks stay around
        the very words of a source.
        """
        unmarked = Quotations().unmarked
        kept: list[str] = []
        repairs: list[str] = []
        for text in texts:
            left, done = prune(text, self.findings, language=self.language)
            kept.append(unmarked(left, self.ground.evidence))
            repairs += done
        return kept, repairs
