"""A feature without a model: the page's own headings, and its own sentences in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from digestbot.contract_feature import NUMBER, FeatureLocale
from digestbot.model import Origin, Theme
from digestbot.stages.excerpt import UNSPACED, cut, joined
from digestbot.stages.mend import opening
from digestbot.text.extract import Room, Weights, extract
from digestbot.text.facts import find_facts
from digestbot.text.languages import language_of
from digestbot.text.outline import Outline, Part
from digestbot.text.telling import Statement, leans, statements
from digestbot.text.titles import weight

SHARE = 0.6
"""Of a part's characters, what is quoted of it at most: a feature is shorter than its page."""

MOST = 12
"""Sentences that are quoted of a part: five paragraphs hold no more of ordinary length."""

HOOK_SENTENCES = 4
"""Sentences of a hook, and of a close."""

MIN_STATEMENTS = 3
"""Sentences of a page that can be told as a feature: a hook, a section and a close."""

THROUGHOUT = Weights(place=0.6, fading=8.0, repetition=2.0, first_person=0.0, least=0.0)
"""A part of a page is no news report: its matter does not stand at its top, and its author may
speak of himself. By eye, on the pages of the corpus."""

LATIN_PER_HAN = 2
"""How many times longer a quotation in Latin letters may be in a Chinese article."""

BOLD = range(6, 33)
"""Letters (a Han character counts as two) of a phrase that is set in bold."""

_QUOTED = re.compile(r"[“「]([^“”「」*]+)[”」]")
_PERSON = re.compile(r"[他她]|(?:he|she|they)\b", re.IGNORECASE)
_SPEECH = re.compile('[“”‘’「」"]')
_TERMS = re.compile(
    r"[，。、；：！？,;:!?“”‘’\"「」『』（）()《》—/·]|\.(?=\s|$)|[的与和及]|以及"
    r"|\b(?:the|an?|and|or|of|in|on|at|to|for|from|by|with|as|is|are|was|were|how|why|what|when)\b",
    re.IGNORECASE,
)
"""What stands between the terms of a heading."""

_SMALL = re.compile(r"(?<![A-Za-z0-9])[a-z]")


def quoted_theme(part: Part, number: int, *, title: str, locale: FeatureLocale) -> Theme:
    """Return *part*, the one with that *number*, in its own sentences."""
    chosen = chosen_of(part, title=title, locale=locale)
    heading = part.heading or _opening(chosen, locale)
    limits = locale.limits
    groups = _paragraphs(part, chosen, most=limits.paragraphs.max, shortest=limits.paragraph.min)
    return Theme(
        heading=heading or locale.numbered.replace(NUMBER, str(number)),
        paragraphs=tuple(_labelled_first(_bold(groups, part.heading), locale)),
        origin=Origin.EXCERPT,
    )


def quoted_hook(page: Outline, locale: FeatureLocale) -> tuple[str, Outline]:
    """Return the sentences that open the page, and the page without them.

    They are of what stands before its first part, or of that.
    """
    told = statements("\n\n".join(page.opening), titles=(page.title,))
    apart = bool(told)
    told = told or statements(page.parts[0].text, titles=(page.title,))
    room = _room(locale.limits.hook.max, " ".join(each.text for each in told), locale)
    room = replace(room, statements=HOOK_SENTENCES if apart else _most(told))
    found = extract([told], title=page.title, room=room) or told[:1]
    chosen = [each.text for each in found]
    hook = joined([cut(text, room.characters) for text in chosen]) if chosen else ""
    if apart:
        return hook, page
    first, *parts = page.parts
    return hook, replace(page, parts=_filled([_without(first, chosen), *parts]))


def quoted_close(page: Outline, locale: FeatureLocale) -> tuple[str, Outline]:
    """Return the last sentences of the page, and the page without them."""
    *parts, last = page.parts
    told = statements(last.text, titles=(page.title, last.heading))
    room = _room(locale.limits.close.max, last.paragraphs[-1], locale)
    chosen: list[str] = []
    for each in reversed(told[-_most(told) :]):
        enough = room.used(chosen) >= locale.limits.close.min
        in_last = each.text in last.paragraphs[-1]
        fits = room.used([each.text, *chosen]) <= room.characters
        if chosen and (not fits or (enough and not in_last)):
            break
        chosen.insert(0, each.text)
    close = joined([cut(text, room.characters) for text in chosen]) if chosen else ""
    return close, replace(page, parts=_filled([*parts, _without(last, chosen)]))


def _most(told: Sequence[Statement]) -> int:
    """Of a text's sentences, how many a hook or a close may take: half of a short one stays."""
    return min(HOOK_SENTENCES, max(1, len(told) // 2))


def _without(part: Part, chosen: Sequence[str]) -> Part:
    """*part* without the sentences that are *chosen*."""
    paragraphs: list[str] = []
    for paragraph in part.paragraphs:
        for text in chosen:
            paragraph = paragraph.replace(text, "", 1)
        paragraphs += [paragraph.strip()] if paragraph.strip() else []
    return replace(part, paragraphs=tuple(paragraphs))


def _filled(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Those of *parts* that have anything left to tell."""
    return tuple(part for part in parts if statements(part.text))


def labelled(text: str, locale: FeatureLocale) -> str:
    """Return *text*, with a label before it where it is in another language."""
    spoken = language_of(text)
    return text if spoken in ("", locale.language) else locale.original(spoken) + text


def _labelled_first(paragraphs: Iterable[str], locale: FeatureLocale) -> Iterable[str]:
    for place, paragraph in enumerate(paragraphs):
        yield paragraph if place else labelled(paragraph, locale)


def chosen_of(part: Part, *, title: str, locale: FeatureLocale) -> list[Statement]:
    """Return the sentences that stand for *part*, in its order."""
    text = part.text
    told = _from_its_own(statements(text, titles=(title, part.heading)))
    most = locale.limits.paragraphs.max * locale.limits.paragraph.max // 2
    room = _room(most, text, locale)
    middle = (locale.limits.paragraph.min + locale.limits.paragraph.max) // 2
    wanted = max(int(SHARE * part.length), locale.limits.paragraphs.min * middle)
    room = replace(room, characters=min(room.characters, wanted), enough=wanted, statements=MOST)
    return extract([told], title=part.heading or title, room=room, weights=THROUGHOUT)


def _from_its_own(told: Sequence[Statement]) -> Sequence[Statement]:
    """*told* from the first that needs none before it; a person is known from the page."""
    for place, each in enumerate(told):
        if not leans(each.text) or _PERSON.match(each.text):
            return [replace(each, leans=False), *told[place + 1 :]]
    return told


def _room(characters: int, text: str, locale: FeatureLocale) -> Room:
    spaced = language_of(text) not in UNSPACED
    times = LATIN_PER_HAN if spaced and locale.language in UNSPACED else 1
    most = characters * times
    return Room(characters=most, enough=most * 2 // 3, statements=MOST, gap=int(spaced))


def _opening(chosen: Sequence[Statement], locale: FeatureLocale) -> str:
    """The first sentence that can stand as a heading, or the first clauses that can."""
    fitting = locale.limits.heading
    alone = [each.text for each in chosen if not (_SPEECH.search(each.text) or leans(each.text))]
    whole = (text.rstrip("。.!！") for text in alone)
    clauses = (opening(text, fitting.max) for text in alone)
    for words in (*whole, *clauses):
        if len(words) in fitting:
            return words
    return ""


def _paragraphs(part: Part, chosen: Sequence[Statement], *, most: int, shortest: int) -> list[str]:
    """*chosen* as they stand together in the part, in at most *most* paragraphs."""
    groups: list[list[str]] = []
    places: list[int] = []
    for each in chosen:
        place = next(n for n, text in enumerate(part.paragraphs) if each.text in text)
        if places and places[-1] == place:
            groups[-1].append(each.text)
        else:
            groups.append([each.text])
            places.append(place)
    while len(groups) > 1 and (len(groups) > most or min(map(_size, groups)) < shortest):
        sizes = [_size(one) + _size(two) for one, two in pairwise(groups)]
        n = sizes.index(min(sizes))
        groups[n : n + 2] = [groups[n] + groups[n + 1]]
    return [joined(group) for group in groups]


def _size(group: Iterable[str]) -> int:
    return sum(map(len, group))


def _bold(paragraphs: Sequence[str], heading: str) -> Iterable[str]:
    """*paragraphs*, each with the phrase in bold that it quotes, or that the heading has."""
    said: set[str] = set()
    for paragraph in paragraphs:
        plain = paragraph.replace("**", "")
        phrase = next((each for each in _phrases(plain, heading) if _is_key(each, said)), "")
        said.add(phrase)
        yield plain.replace(phrase, f"**{phrase}**", 1) if phrase else plain


def _phrases(text: str, heading: str) -> Iterator[str]:
    """What may be in bold: what is quoted, names and Chinese terms of the heading, figures."""
    yield from (match[1] for match in _QUOTED.finditer(text))
    yield from (term for term in map(str.strip, _TERMS.split(heading)) if _has(text, term))
    for fact in find_facts(text):
        if fact.kind not in ("date", "link") and not fact.soft:
            yield fact.text.strip()


def _has(text: str, term: str) -> bool:
    """Whether *text* has *term*, and not within a longer Latin word."""
    ends = r"(?<![A-Za-z0-9]){}(?![A-Za-z0-9])"
    is_name = bool(term) and not _SMALL.search(term)
    return is_name and re.search(ends.format(re.escape(term)), text) is not None


def _is_key(phrase: str, said: set[str]) -> bool:
    return weight(phrase) in BOLD and phrase == phrase.strip() and phrase not in said
