"""Particulars: figures, days and quotations, which two accounts of one event do not have apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digestbot.text.anchors import COUNTRIES, anchors
from digestbot.text.identity.accounts import Account
from digestbot.text.identity.concepts import EVERYDAY
from digestbot.text.identity.everyday import EVERYDAY_WORDS
from digestbot.text.identity.words import LEAD_LENGTH, STEM
from digestbot.text.makers import makers_in
from digestbot.text.similarity import jaccard, shingles
from digestbot.text.titles import (
    core,
    difference,
    folded,
    numbers,
    numbers_agree,
    title_key,
    weight,
)

TEMPLATE = 0.5
"""Jaccard of shingles from which two titles are set alike: what differs then is the news."""

LEAST_WORDS = 3
"""Words of a title that can be a template for other names."""

SHORT = 24
"""Letters (a Han character counts as two) below which one more word makes another product:
"Gemini 3.1 Flash" and "Gemini 3.1 Flash-Lite"."""

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_DIGITS = re.compile(r"\d+")
_QUOTED = re.compile('[《「『“"]([^》」』”"]{2,20})[》」』”"]')
_DAY = re.compile(r"(?:(\d{1,2})月)?(\d{1,2})日")


COUNTRY_NAMES = frozenset(COUNTRIES.values())

_HAN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")

_MARKS = ".,:;!?'\"“”‘’()"

_ASKS = re.compile(r"\s*Ask (?:HN|Lobsters|Slashdot)\b", re.IGNORECASE)

_RELEASE = re.compile(r"(?:release )?v?(\d+(?:\.\d+)+)(?:[-+.]?[a-z]+\.?\d*)?", re.IGNORECASE)
_VERSION = re.compile(
    r"\b([A-Za-z]*[A-Z][A-Za-z]*)[ -]?(?!(?:19|20)\d\d\b)(\d+(?:\.\d+)*)(?![\d%])"
)
_NO_PRODUCTS = frozenset(
    "january february march april may june july august september october november december jan"
    " feb mar apr jun jul aug sep sept oct nov dec top over under day days part week season round"
    " at in on for to of by from the a with and all about up nearly almost only just another first"
    " last next no issue episode chapter volume vol act phase stage tokyo paris covid page".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What an account has of these; days as month and day, the month "" where unsaid.

    ``versions`` are products with their numbers, as its title has them: ``gpt5.5``;
    ``subjects`` are the makers that its title names, or whose own site it is of, ``makers``
    those that its text names, too; ``release`` the number that
    is all of its title, or "".
    """

    figures: frozenset[str]
    days: frozenset[tuple[str, str]]
    quoted: frozenset[str]
    versions: frozenset[str]
    names: frozenset[str]
    subjects: frozenset[str]
    makers: frozenset[str]
    release: str


def particulars(account: Account) -> Particulars:
    """Return the particulars of *account*'s title and lead."""
    text = folded(f"{account.title} {account.text[:LEAD_LENGTH]}")
    release = _RELEASE.fullmatch(account.title.strip())
    subjects = makers_in(account.title) or makers_in(account.source)
    return Particulars(
        figures=frozenset(_FIGURE.findall(text)),
        days=frozenset((month, day) for month, day in _DAY.findall(text)),
        quoted=frozenset(_QUOTED.findall(text)),
        versions=frozenset(
            f"{name}{number}".casefold()
            for name, number in _VERSION.findall(account.title[:LEAD_LENGTH])
            if name.casefold() not in _NO_PRODUCTS
        ),
        names=names_in(account.title[:LEAD_LENGTH]),
        subjects=subjects,
        makers=subjects | makers_in(f"{account.source} {account.text[:LEAD_LENGTH]}"),
        release=release[1] if release else "",
    )


def names_in(title: str) -> frozenset[str]:
    """Return the names in a *title* of Han characters: all that is in Latin letters, and aliases.

    In a title of Latin letters nothing tells names from other words.
    """
    return anchors(title) - COUNTRY_NAMES if _HAN.search(title) else frozenset()


def on_other_names(one: Particulars, other: Particulars) -> bool:
    """Whether both titles have names, and none that both have."""
    return bool(one.names and other.names) and not one.names & other.names


def on_other_makers(one: Particulars, other: Particulars) -> bool:
    """Whether both tell of makers of the field, each of its own.

    "Nvidia cuts its guarantee for OpenAI" and "OpenAI loses a guarantee" may be one event if
    the second's text names Nvidia; if it does not, that is in doubt.
    """
    if not (one.makers and other.makers) or one.subjects & other.subjects:
        return False
    if one.subjects and other.subjects:
        return not (one.subjects & other.makers and other.subjects & one.makers)
    return not one.makers & other.makers


def is_another_release(one: Particulars, other: Particulars) -> bool:
    """Whether the title of one is a release's number alone, which the other does not have.

    Its text is a list of changes, with words for many an article about the product.
    """
    return any(
        release and release not in figures
        for release, figures in ((one.release, other.figures), (other.release, one.figures))
    )


def apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each has something that the other has not."""
    return bool(one - other and other - one)


def on_other_days(one: Particulars, other: Particulars) -> bool:
    """Whether both say a day, and no day of theirs can be the same.

    As Chinese news does in its first line; English news names the weekday.
    """
    return bool(one.days and other.days) and not any(
        day == their_day and (not month or not their_month or month == their_month)
        for month, day in one.days
        for their_month, their_day in other.days
    )


def on_other_works(one: Particulars, other: Particulars) -> bool:
    """Whether both quote something, and nothing that both quote."""
    return bool(one.quoted and other.quoted) and not one.quoted & other.quoted


def on_other_versions(one: Particulars, other: Particulars) -> bool:
    """Whether both titles name a product with its number, and not the same."""
    return bool(one.versions and other.versions) and not one.versions & other.versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What of a title is compared letter by letter; the shingles without its figures."""

    key: str
    words: tuple[str, ...]
    shingles: frozenset[str]
    numbers: frozenset[str]
    asks: bool


def title_of(account: Account) -> Title:
    """Return *account*'s title as ``contradiction`` compares it."""
    key = title_key(account.title)
    return Title(
        key=key,
        words=tuple(core(account.title).split()),
        shingles=shingles(_DIGITS.sub("", key)),
        numbers=numbers(account.title),
        asks=bool(_ASKS.match(account.title)),
    )


def _other_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two titles have the same words, in one order, but for one that is a name in both."""
    if len(one) != len(other) or len(one) < LEAST_WORDS:
        return False
    swapped = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    if len(swapped) != 1:
        return False
    names = [word.strip(_MARKS) for word in swapped[0]]
    terms = [name.casefold()[:STEM] for name in names]
    known = any(term in EVERYDAY or term in EVERYDAY_WORDS for term in terms)
    return terms[0] != terms[1] and not known and all(name[:1].isupper() for name in names)


def contradiction(one: Title, other: Title) -> str:
    """Return why two titles tell of two things though they are set alike, or ""."""
    if not one.key or not other.key or one.key == other.key:
        return ""
    if one.asks != other.asks:
        return "a question to readers, and no such question"
    short, long = sorted((one.key, other.key), key=len)
    if long.startswith(short) and weight(long) < SHORT:
        return "a short title that says more than the other"
    if _other_name(one.words, other.words):
        return "the same words but for a name"
    if jaccard(one.shingles, other.shingles) < TEMPLATE:
        return ""
    if not numbers_agree(one.numbers, other.numbers):
        return "the same words with other figures"
    differing = difference(one.key, other.key)
    if differing.is_negation:
        return "the same words but for a “not”"
    return "the same words but for one" if differing.is_swapped_word else ""
