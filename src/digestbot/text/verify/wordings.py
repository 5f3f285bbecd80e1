"""Wordings: whether names and quotations are in the sources, word by word."""

from __future__ import annotations

import re

from digestbot.text.facts import Fact, plain
from digestbot.text.verify.agreement import Support
from digestbot.text.verify.countries import without_countries
from digestbot.text.verify.evidence import STEM, Evidence, only_letters

QUOTED = 4
"""Words, or Han characters, from which what is quoted is somebody's words."""

NO_NAMES = frozenset(
    "a an the of and or for to in on at by as is with from into after before during since while"
    " when where why how this that these those it its he she they we i you his her their our my"
    " your not no yes but if so then than also however despite although though because both each"
    " all some many most more other another such overall"
    " mr mrs ms dr sir lord lady prof st jr sr mt vs inc ltd llc co corp plc university company"
    " yoy qoq ai ceo cfo cto app api it pc tv vr ar gdp url id ok".split()
)
"""Words with capital letters that name nobody, or that everybody may say of what a source says."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_HAN = re.compile("[\u4e00-\u9fff]")


def of_name(fact: Fact, evidence: Evidence) -> Support:
    """Return how well the sources support a name: each word of it, or its initials."""
    name = without_countries(plain(fact.text), evidence.countries)
    words = [_bare(word) for word in _WORD.findall(name)]
    missing = [word for word in words if not _is_known(word, evidence)]
    if not missing:
        return Support.FULL
    initials = "".join(word[0] for word in words if word not in NO_NAMES)
    if len(initials) > 1 and initials in evidence.words:
        return Support.FULL
    near = all(word[:STEM] in evidence.stems and len(word) >= STEM for word in missing)
    return Support.NEAR if near or _spelled_out(missing, evidence) else Support.NONE


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.casefold())


def _is_known(word: str, evidence: Evidence) -> bool:
    return word in NO_NAMES or word in evidence.words or word.rstrip("s") in evidence.words


def _spelled_out(missing: list[str], evidence: Evidence) -> bool:
    """Whether a missing word is the initials of words that follow each other in a source."""
    return all(1 < len(word) <= 5 and evidence.spells_out(word) for word in missing)


def of_quotation(fact: Fact, evidence: Evidence) -> Support:
    """Return whether a source has what is quoted.

    What is short may be a title or irony; what was translated cannot be word for word.
    """
    said = plain(fact.text)
    parts = [only_letters(part) for part in re.split(r"\.{3}|…+|\[[^\]]*\]", said)]
    if all(part in evidence.letters for part in parts):
        return Support.FULL
    short = words_in(said) < QUOTED
    if bool(_HAN.search(said)) == bool(_HAN.search(evidence.text)):
        return Support.NEAR if short else Support.NONE
    return Support.FULL if short else Support.NEAR


def words_in(text: str) -> int:
    """Return how many Han characters or, where there are none, words a text has."""
    return len(_HAN.findall(text)) or len(_WORD.findall(text))
