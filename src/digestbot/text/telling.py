"""Statements: the sentences of a report that tell something, each as it stands there."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from digestbot.text.boilerplate import is_boilerplate
from digestbot.text.datelines import without_dateline
from digestbot.text.sentences import sentences
from digestbot.text.similarity import jaccard, shingles
from digestbot.text.titles import title_key, weight

SAME = 0.8
"""Jaccard of shingles from which a sentence only says the title again."""

MIN_SENTENCE = 16
"""Letters (a Han character counts as two) of a sentence that says anything."""

MIN_UNENDED = 40
"""The same where no full stop ends it: shorter ones are headings, captions, labels."""

MAX_SYMBOLS = 0.03
"""Share of the characters of code, formulas and tables in prose; in 9,999 of 10,000
sentences of news it is under 0.02."""

MAX_GAPS = 2
"""Blanks between Han characters: in a line without a full stop, more are a row of headings."""

CUT_OFF = ("…", "...")
"""How a publisher's excerpt ends in the middle of a sentence."""

STOPS = "。！？.!?…"
CLOSERS = "”’」』）)】》\"'"

_HARD_WRAP = re.compile(r"(?<=[^\s.!?…:;。！？：；]) ?\n(?=[a-z])")
_ADDRESS = re.compile(r"https?://|\bt\.co/")
_SYMBOL = re.compile(r"[{}<>=\\|;~^_`@#]|\(\)|::|->|//")
_GAP = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_PAIRS = ("“”", "「」", "『』", "《》", "（）", "()", "【】", "[]")
_INCHES = re.compile(r'(?<=\d)"')
_SPEECH = re.compile(r"""[“「"][^“「”」"]*[”」"]""")

_LEANS = re.compile(
    r"(?:he|she|it|they|his|her|its|their|him|them|these|those|but|and|or|so|yet|nor|however|also"
    r"|instead|moreover|furthermore|meanwhile|then|such|both|neither|another|others|though|still"
    r"|as a result|as such|for (?:example|instance)|in (?:addition|contrast|other words|turn)"
    r"|rather|therefore|thus|hence|because of (?:this|that)|the (?:former|latter|same|two|pair)"
    r"|this(?! (?:week|month|year|morning|evening|spring|summer|autumn|fall|winter|quarter))"
    r"|that|which|whose)(?![\w-])"
    r"|[^,]{1,40}, (?:on the other hand|however|though|too|meanwhile|in turn"
    r"|for (?:example|instance)),"
    r"|(?:他|她|它|其(?![他它实余])|该|此(?!前)|这|那|但|然而|不过|而|并|且|因此|所以|于是|同时|与此同时"
    r"|另外|另一|随后|之后|再次|最后|最终|相比|对此|为此|上述|也|还|后者|前者|例如|比如|换句话说"
    r"|总之|可见|两者|二者|双方|前述|以上|当时)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence as it stands in its report, without the dateline before it.

    ``leans`` where it is only understood behind the statement before it: it
    begins with a pronoun or a connective, or is a quotation without a speaker.
    """

    text: str
    leans: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether its publisher broke it off."""
        return self.text.endswith(CUT_OFF)


def statements(text: str, *, titles: Sequence[str] = ()) -> list[Statement]:
    """Return what *text* tells beyond its *titles*, in order, nothing twice.

    Boilerplate, captions, questions, headings, code and halves of quotations are
    left out, and with a sentence those that lean on it. What has no full stop
    is a heading where other sentences have one.
    """
    known = [shingles(title_key(title)) for title in titles]
    said = {title_key(title) for title in titles}
    pieces = [piece for piece in _pieces(text) if not is_boilerplate(piece)]
    prose = any(_is_whole(piece) and weight(piece) >= MIN_SENTENCE for piece in pieces)
    found: list[Statement] = []
    lost = False
    for piece in pieces:
        leaning = leans(piece) or _is_bare_quotation(piece)
        key = title_key(piece)
        if key in said or any(jaccard(shingles(key), title) >= SAME for title in known):
            lost = False
        elif (leaning and lost) or not _tells(piece, MIN_UNENDED if not prose else sys.maxsize):
            lost = True
        else:
            said.add(key)
            found.append(Statement(text=piece, leans=leaning and bool(found)))
            lost = False
    return found


def _pieces(text: str) -> list[str]:
    """The sentences of *text*, over its line ends where they are set hard, without datelines."""
    return [without_dateline(sentence) for sentence in sentences(_HARD_WRAP.sub(" ", text))]


def is_ended(sentence: str) -> bool:
    """Whether a full stop, or what closes behind one, ends *sentence*."""
    return sentence.rstrip(CLOSERS).endswith(tuple(STOPS))


def leans(sentence: str) -> bool:
    """Whether *sentence* begins with what is only understood behind another."""
    return _LEANS.match(sentence) is not None


def unquoted(sentence: str) -> str:
    """Return *sentence* without what is quoted in it."""
    return _SPEECH.sub(" ", sentence)


def _tells(sentence: str, unended: int) -> bool:
    """Whether *sentence* says something; without a full stop, if it has *unended* letters."""
    ended = _is_whole(sentence)
    if weight(sentence) < (MIN_SENTENCE if ended else unended):
        return False
    if sentence.rstrip(CLOSERS).endswith(("?", "？")) or sentence.endswith((":", "：")):
        return False
    if not ended and len(_GAP.findall(sentence)) > MAX_GAPS:
        return False
    return not (_ADDRESS.search(sentence) or _is_code(sentence) or _is_half_quoted(sentence))


def _is_whole(sentence: str) -> bool:
    return is_ended(sentence) and not sentence.endswith(CUT_OFF)


def _is_code(sentence: str) -> bool:
    return len(_SYMBOL.findall(sentence)) > MAX_SYMBOLS * len(sentence)


def _is_half_quoted(sentence: str) -> bool:
    """Whether a quotation or bracket is opened and not closed, or the other way round."""
    if any(sentence.count(pair[0]) != sentence.count(pair[1]) for pair in _PAIRS):
        return True
    return len(_INCHES.sub("", sentence).split('"')) % 2 == 0 and sentence.count('"') % 2 == 1


def _is_bare_quotation(sentence: str) -> bool:
    """Whether all of *sentence* is quoted, so that nobody says who said it."""
    return weight(unquoted(sentence)) == 0 and weight(sentence) > 0
