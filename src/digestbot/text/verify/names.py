"""Names: whether those of a text are in its sources, in another script, too.

A name that was translated cannot be looked up. The table of aliases knows the
common ones; of the others the writer has to tell the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from digestbot.text.aliases import Aliases, shipped
from digestbot.text.facts import Fact, Label, plain
from digestbot.text.identity.everyday import EVERYDAY_WORDS
from digestbot.text.identity.words import STEM
from digestbot.text.verify.agreement import Support
from digestbot.text.verify.evidence import Evidence, only_letters
from digestbot.text.verify.finding import Finding, Severity
from digestbot.text.verify.han_names import han_names
from digestbot.text.verify.wordings import of_name

SHORT = 3
"""Letters up to which a Latin name must stand in a source as a word: "Arm" is not in "army"."""

_HAN = re.compile("[\u4e00-\u9fff]")
_OPENER = re.compile(
    r"(?:^|(?<=[.!?”\"]\s)|(?<=\n))(?P<name>[A-Z][a-z]{2,}[A-Za-z]*)(?:['’]s)?(?=\s(?:said|says|told|will|has"
    r"|had|is|was|plans|announced|unveiled|launched|launches|released|releases|acquired|acquires|reported"
    r"|confirmed|declined|added|joined|joins|agreed|expects|raised|wants|called|warned)\b)"
)
_NO_NAME_ENDS = (
    "ly",
    "ing",
    "ed",
    "ness",
    "ment",
    "tion",
    "ity",
    "ists",
    "ers",
    "ors",
    "ians",
    "ees",
)
_ROLES = frozenset(
    "analysts officials experts researchers critics scientists executives authorities police"
    " prosecutors lawmakers regulators economists engineers doctors residents witnesses neither"
    " nobody everybody none nothing something somebody there this that these those here"
    " what which who sales revenue profits shares stocks".split()
)
"""Words that open sentences of news and do what names do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a text's names may rest on: the table, and the originals that its writer gave.

    ``originals`` is None where nobody was asked for them: then a name in
    another script than the sources' is a suspicion, and no more.
    """

    aliases: Aliases = field(default_factory=shipped)
    originals: Mapping[str, str] | None = None

    def findings(self, facts: Iterable[Fact], text: str, evidence: Evidence) -> Iterator[Finding]:
        """Give a finding for each name of *text* that the sources do not have.

        *facts* are its names in Latin letters; those in Han characters are looked for.
        """
        in_chinese = _HAN.search(text) is not None
        # Chinese texts leave Latin names as they are: no report in Chinese has them otherwise.
        translated = evidence.has_han_source and not in_chinese
        openers = () if in_chinese else openers_of(text, evidence)
        for fact in (*facts, *openers):
            if of_name(fact, evidence) is Support.NONE and not self._is_known(fact, evidence):
                yield self._finding(fact, translated=translated)
        if in_chinese:
            yield from self._of_han(text, evidence)

    def _of_han(self, text: str, evidence: Evidence) -> Iterator[Finding]:
        taken: list[tuple[int, int]] = []
        for name in self.aliases.in_han(text):
            taken.append((name.start, name.end))
            fact = Fact(
                kind="name",
                text=name.text,
                start=name.start,
                end=name.end,
                values=(Label(name=name.text),),
                soft=name.is_place,
            )
            if not self._is_known(fact, evidence):
                yield self._finding(fact, translated=evidence.has_latin_source)
        for fact in han_names(text):
            overlaps = any(fact.start < end and start < fact.end for start, end in taken)
            if not overlaps and not self._is_known(fact, evidence):
                yield self._finding(fact, translated=evidence.has_latin_source)

    def _is_known(self, fact: Fact, evidence: Evidence) -> bool:
        """Whether a source has the name, one of its other spellings, or its original."""
        name = fact.text
        said = (value.name for value in fact.values if isinstance(value, Label))
        spellings = (name, *said, *self.aliases.of_han(name), *self.aliases.of_latin(name))
        if any(has_name(each, evidence) for each in spellings):
            return True
        parts = re.split("[·•・]", name)
        if len(parts) > 1 and all(self._is_known_part(part, evidence) for part in parts):
            return True
        return any(has_name(original, evidence) for original in self._originals_of(name))

    def _is_known_part(self, part: str, evidence: Evidence) -> bool:
        return any(has_name(each, evidence) for each in (part, *self.aliases.of_han(part)))

    def _originals_of(self, name: str) -> list[str]:
        """What the writer gave as the original of a name, or of a longer one that holds it."""
        given = self.originals or {}
        folded = name.casefold()
        return [original for told, original in given.items() if folded in told.casefold()]

    def _finding(self, fact: Fact, *, translated: bool) -> Finding:
        """The finding of a name that may be *translated*: a source is in the other script."""
        given = next(iter(self._originals_of(fact.text)), "")
        if given:
            reason = f"`{fact.text}` is given as `{given}`, which is not in the source"
        elif translated:
            reason = f"`{fact.text}` is in no source, unless it is a translation of a name there"
        else:
            reason = f"`{fact.text}` is not in the source"
        return Finding(
            kind="name",
            severity=self._severity(fact, translated=translated),
            text=fact.text,
            start=fact.start,
            end=fact.end,
            reason=reason,
        )

    def _severity(self, fact: Fact, *, translated: bool) -> Severity:
        if fact.soft:
            return "suspect"
        asked = self.originals is not None or self.aliases.of_han(fact.text)
        return "hard" if asked or not translated else "suspect"


def openers_of(text: str, evidence: Evidence) -> Iterator[Fact]:
    """Give the words that open a sentence of an English *text* and do what only names do.

    Any word has a capital there: it is a name if it says or does something, no
    source has it, and it is none of the words that any text may have.
    """
    for match in _OPENER.finditer(text):
        word = match["name"].casefold()
        usual = word[:STEM] in EVERYDAY_WORDS or word.endswith(_NO_NAME_ENDS)
        if not usual and word not in _ROLES and word not in evidence.words:
            yield Fact(
                kind="name",
                text=match["name"],
                start=match.start("name"),
                end=match.end("name"),
                values=(Label(name=word),),
            )


def has_name(name: str, evidence: Evidence) -> bool:
    """Whether a source has *name*: as it stands, but a Latin one of few letters as a word."""
    said = plain(name).casefold().strip()
    if not said:
        return False
    if said.isascii() and len(only_letters(said)) <= SHORT:
        return said in evidence.words or _as_word(said, evidence)
    return only_letters(said) in evidence.letters


def _as_word(said: str, evidence: Evidence) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(said)}(?![a-z])", evidence.text.casefold()) is not None
