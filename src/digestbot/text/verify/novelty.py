"""Novelty: sentences of an English text most of whose matter no source has a word of.

Facts are looked up one by one; what somebody adds without a figure or a name
shows only in its words. Compared within one language: a translation has other
words throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from digestbot.text.identity.everyday import EVERYDAY_WORDS
from digestbot.text.identity.words import STEM
from digestbot.text.sentences import sentences
from digestbot.text.verify.evidence import STEM as SHARED
from digestbot.text.verify.evidence import Evidence
from digestbot.text.verify.finding import Finding

FEWEST = 3
"""New words from which a sentence says something that its sources may not."""

MOST = 0.5
"""... if they are this share of its matter. Of the summaries that language models wrote for
FaithBench 9 of 100 unfaithful ones have such a sentence, and 2 of 100 faithful ones; of
abstracts by people, who paraphrase more, 10 of 100. Names are looked up by themselves."""

_WORD = re.compile(r"[A-Za-z][a-z'’-]{3,}")
_NO_MATTER = frozenset(
    "this that with from over which they their there have been were also while after before where"
    " when what into about than then them these those such some more most other only both each"
    " between during through against under until since because although though however despite"
    " additionally will would could should being having does doing himself herself itself"
    " themselves former latter including include includes included according several various"
    " additional upcoming previous currently recently overall instead whose whom upon within"
    " without across among along toward towards whether either neither rather very much many well"
    " even just like make made makes making used using uses take takes taken came come comes give"
    " given gives help helps show shows shown become becomes became states stated mentions"
    " mentioned noted notes describes described provides provided summary passage text article"
    " information concise following core details main points pieces covering based unspecified"
    " specific specifically".split()
)
"""Words that link, point, or speak of the text itself."""


def novel_sentences(text: str, evidence: Evidence) -> Iterator[Finding]:
    """Give a finding for each sentence of an English *text* whose matter is mostly new."""
    end = 0
    for sentence in sentences(text):
        start = text.find(sentence, end)
        end = start + len(sentence)
        matter = [word for word in _WORD.findall(sentence) if _is_matter(word.casefold())]
        new = [word for word in matter if word.islower() and _is_new(word, evidence)]
        if len(new) >= FEWEST and len(new) >= MOST * len(matter):
            yield Finding(
                kind="claim",
                severity="hard",
                text=sentence,
                start=start,
                end=end,
                reason=f"hardly a word of it is in a source: {', '.join(dict.fromkeys(new))}",
            )


def _is_matter(word: str) -> bool:
    return word not in _NO_MATTER and word[:STEM] not in EVERYDAY_WORDS


def _is_new(word: str, evidence: Evidence) -> bool:
    return word[:SHARED] not in evidence.stems and not word.endswith("ly")
