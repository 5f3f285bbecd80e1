"""Words: what of an account is compared, in any script, without a dictionary."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from digestbot.text.identity.accounts import Account
from digestbot.text.titles import core, folded, says_nothing, title_key

LEAD_LENGTH = 400
"""Characters of text read beside the title: five points better than the title alone, and
beyond that a text turns to background."""

TITLE_TIMES = 2
"""How often a title's words count beside those of its text."""

STEM = 5
"""Letters of a word that count. Cutting words is the one stemmer for every language with
endings: it made character n-grams superfluous on English, and costs a fifth of them."""

_WORD = re.compile(
    r"[^\W_\u2e80-\u9fff\uac00-\ud7a3]+(?:[.+#'’-]+[^\W_\u2e80-\u9fff\uac00-\ud7a3]+)*"
)
_HAN_RUN = re.compile("[\u2e80-\u9fff\uac00-\ud7a3]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_DIGIT = re.compile(r"\d")
_STOPWORDS = frozenset(
    "a about after all also amid an and any are as ask at be been being but by can could did do"
    " does for from get had has have he her here him his hn how i if in into is it its just may"
    " me might more must my new no not now of off on one or our out over said says she should"
    " show so sources than that the their them then there these they this those to up us via was"
    " we were what when where which who why will with would you your".split()
)


def words(account: Account) -> list[str]:
    """Return the terms of *account*, a title's as often as they count.

    A term is the beginning of a word, a whole name with a number in it
    (``gpt-5.4``), or a pair of Han characters. A title that is a column's, not
    a story's, has none.
    """
    title = "" if says_nothing(title_key(account.title)) else core(account.title)
    return terms(title) * TITLE_TIMES + terms(account.text[:LEAD_LENGTH])


def terms(text: str) -> list[str]:
    """Return the terms of *text*, in order."""
    text = _ADDRESS.sub(" ", folded(text))
    found = [_cut(word) for word in _WORD.findall(text) if word not in _STOPWORDS]
    for run in _HAN_RUN.findall(text):
        found += [run[i : i + 2] for i in range(len(run) - 1)] or [run]
    return found


def _cut(word: str) -> str:
    if _DIGIT.search(word):
        return word
    return word.replace("’", "'").removesuffix("'s")[:STEM]


def as_written(shared: Sequence[str], text: str) -> list[str]:
    """Return the words and Han runs of *text* that *shared* terms stand for, the first first.

    What two accounts share only by its meaning is said by its name.
    """
    wanted = set(shared)
    latin = _WORD.findall(_ADDRESS.sub(" ", text))
    found = {form(word.casefold()): word for form in (str, _cut) for word in reversed(latin)}
    said = {term: found[term] for term in shared if term in found}
    for run in _HAN_RUN.findall(text):
        for piece in _pieces(run, wanted):
            said[piece[:2]] = piece
    said |= {term: term.lstrip("=") for term in shared if term.startswith("=")}
    return [said[term] for term in dict.fromkeys((*shared, *said)) if term in said]


def _pieces(run: str, wanted: Collection[str]) -> list[str]:
    """The longest pieces of *run* all of whose pairs are wanted."""
    pieces: list[str] = []
    start = None
    for place in range(len(run)):
        inside = run[place : place + 2] in wanted
        if inside and start is None:
            start = place
        if not inside and start is not None:
            pieces.append(run[start : place + 1])
            start = None
    return pieces
