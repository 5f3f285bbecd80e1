"""Quotations: whether a source has the words, or the original of what was translated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from digestbot.text.facts import Fact, plain
from digestbot.text.facts.names import quotations_of
from digestbot.text.verify.evidence import Evidence, only_letters
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.wordings import QUOTED, words_in

TERM = 8
"""Han characters from which what is quoted is more than a term or an emphasis."""

_HAN = re.compile("[\u4e00-\u9fff]")
_SAYS = re.compile(
    r"(?:[说称道问写示言调出露]|\b(?:said|says|told|wrote|asked|added))\W{0,2}\Z|[：:]\s?\Z"
)
_SPEAKER = 12
"""Characters in front of a quotation in which it stands who says it."""

MARKS = {"“": "”", "「": "」", "『": "』", '"': '"'}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotations:
    """The quotations of a text, with the ``originals`` that its writer gave of them."""

    originals: Mapping[str, str] = field(default_factory=dict)

    def findings(self, text: str, evidence: Evidence) -> Iterator[Finding]:
        """Give a finding for each quotation that neither a source nor an original has."""
        for fact in quotations_of(plain(text)):
            if _is_speech(fact, text) and self._is_invented(fact, evidence):
                yield Finding(
                    kind="quote",
                    severity="hard",
                    text=text[fact.start : fact.end],
                    start=fact.start,
                    end=fact.end,
                    reason=self._reason(text[fact.start : fact.end]),
                )

    def unmarked(self, text: str, evidence: Evidence) -> str:
        """Return *text* without the marks of quotations that are not word for word in a source.

        What was translated, or is no quotation, loses them: they promise the very words.
        """
        kept: list[str] = []
        end = 0
        for fact in quotations_of(plain(text)):
            quoted = text[fact.start : fact.end]
            inside = quoted[1:-1] if quoted[:1] in MARKS else quoted
            verbatim = only_letters(plain(inside)) in evidence.letters
            kept += [text[end : fact.start], quoted if verbatim else inside]
            end = fact.end
        return "".join(kept) + text[end:]

    def _is_invented(self, fact: Fact, evidence: Evidence) -> bool:
        if _has(fact.text, evidence):
            return False
        return not any(_has(original, evidence) for original in self._originals_of(fact.text))

    def _originals_of(self, quoted: str) -> list[str]:
        """What the writer gave as the original of what is quoted, or of more around it."""
        said = only_letters(plain(quoted))
        return [o for told, o in self.originals.items() if said in only_letters(plain(told))]

    def _reason(self, quoted: str) -> str:
        given = self._originals_of(quoted)
        if given:
            return f"{quoted} is given as `{given[0]}`, which no source says"
        return f"{quoted} is not word for word in the source"


def _is_speech(fact: Fact, text: str) -> bool:
    """Whether what is quoted passes for somebody's words: by its length, or who says it."""
    longest = TERM if _HAN.search(fact.text) else QUOTED
    return words_in(fact.text) >= longest or _says(text, fact.start)


def _says(text: str, place: int) -> bool:
    return _SAYS.search(text, max(0, place - _SPEAKER), place) is not None


def _has(original: str, evidence: Evidence) -> bool:
    """Whether a source says *original*, of which parts may be left out with an ellipsis."""
    parts = [only_letters(part) for part in re.split(r"\.{3}|…+|\[[^\]]*\]", plain(original))]
    said = [part for part in parts if part]
    return bool(said) and all(part in evidence.letters for part in said)
