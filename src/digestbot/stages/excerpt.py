"""Excerpt: an edition without a model, in the publishers' own sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from zoneinfo import ZoneInfo

from digestbot.contract import Locale
from digestbot.model import Commentary, Edition, Entry, Origin, Story, Summary
from digestbot.stages.coverage import distinct_publishers, one_name_each
from digestbot.text.extract import Room, Weights, extract
from digestbot.text.identity.concepts import EVERYDAY
from digestbot.text.identity.words import terms
from digestbot.text.languages import language_of
from digestbot.text.telling import Statement, is_ended, statements
from digestbot.text.titles import title_key, weight

READ = 4_000
"""Characters of a publisher's text in which sentences are looked for."""

MAX_REPORTS = 8
"""Reports of a story that are read: more say little that these do not."""

AT_LENGTH = Weights(repetition=2.0)
"""Where there is room for all, what a second report says again must be kept out: by eye, on
the tops of seven days."""

MIN_SENTENCE = 16
"""Letters (a Han character counts as two) of a title that is left without its source's name."""

LETTERS_PER_HAN = 2
"""How many times longer a quotation in Latin letters may be in a Chinese post."""

MAX_OTHERS = 3
"""Further publishers that are named."""

MAX_HEADLINES = 2
"""Further headlines that are quoted of a story of which there is no text."""

MIN_SHARED = 2
"""Words that such a headline has in common with the lead's: with one it may be another story."""

LONG_HEADLINE = 2
"""Times the limit for headlines, from which a title (a post without one) is cut; Latin
letters, of which it takes two to say what a Han character says, count half."""

UNSPACED = ("zh", "ja")
"""Languages without blanks between words."""
_STOP_BY_LANGUAGE = {"zh": "。", "ja": "。"}

_DATE_BEFORE = re.compile(r"^[A-Z][a-z]{2} \d{1,2}, \d{4}\s*(?=\S)")
_TAG = re.compile(r"\s+[-–—|｜]\s+([^-–—|｜]{1,40})$|\s*[|｜_]\s*([^|｜_]{1,16})$")
_CLAUSE = re.compile(r"[，；：、,;:—]|\s[-–]\s")
_INNER = {"“": "‘", "”": "’", "《": "〈", "》": "〉"}
"""What a headline's own marks become between the same marks of ours."""

_HOSTS_WITH_TAGS = ("https://news.google.com/",)


def excerpt(story: Story, *, edition: Edition, locale: Locale) -> Summary:
    """Return *story* in its publishers' own sentences, as they stand and in their order.

    They are the ones that stand for all its reports in the edition's language;
    where there is none, for those in another, which a label names, for there is
    nobody to translate them. Whole, as long as the format's limits let them.
    Where nobody gives a text, that is said, with who told it and when, and other
    headlines that say more.
    """
    quotation = _quotation(story, locale) or _headline_only(story, edition, locale)
    return Summary(
        story=story,
        headline=_headline(story.lead, locale),
        text=quotation.text,
        evidence=quotation.sentences,
        origin=Origin.EXCERPT,
    )


def plain_commentary(
    summaries: Sequence[Summary], *, edition: Edition, locale: Locale
) -> Commentary:
    """Return a lead that names the first stories, and categories by their keywords.

    Nothing here pretends to be an editor: there are no paragraphs. Categories
    of which no story speaks are only taken where the format wants at least so
    many.
    """
    return Commentary(
        lead=_lead(summaries, edition, locale),
        categories=_categories(summaries, locale),
        origin=Origin.EXCERPT,
    )


# --- a story ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quotation:
    """What is printed of a story, and the publishers' sentences that it rests on."""

    text: str
    sentences: tuple[str, ...]


def _quotation(story: Story, locale: Locale) -> _Quotation | None:
    """The story's best sentences in the edition's language, or else in its reports' first."""
    reports = reports_of(story)
    languages = [locale.language, *(language for language, _ in reports)]
    for language in dict.fromkeys(languages):
        told = [report for spoken, report in reports if spoken == language]
        label = "" if language == locale.language else locale.original(language)
        chosen = _chosen(told, story.lead.title, label=label, locale=locale)
        if chosen:
            return _Quotation(text=label + joined(chosen), sentences=chosen)
    return None


def reports_of(story: Story) -> list[tuple[str, list[Statement]]]:
    """Return what each of the story's reports tells, and in which language."""
    told = (
        statements(entry.text[:READ], titles=(story.lead.title, entry.title))
        for entry in story.cluster.entries
    )
    reports = islice(filter(None, told), MAX_REPORTS)
    return [(language_of(" ".join(each.text for each in report)), report) for report in reports]


def _chosen(
    reports: Sequence[Sequence[Statement]], title: str, *, label: str, locale: Locale
) -> tuple[str, ...]:
    """The sentences that fit; one that is too long for itself is cut."""
    room = _room(reports, label, locale)
    weights = AT_LENGTH if locale.limits.paragraphs.max > 1 else Weights()
    found = extract(reports, title=title, room=room, weights=weights)
    chosen = [each.text for each in found]
    return tuple(cut(text, room.characters) for text in chosen)


def _room(reports: Sequence[Sequence[Statement]], label: str, locale: Locale) -> Room:
    """The format's limits; there is more room in letters for what is said in letters."""
    limits = locale.limits
    spaced = any(language_of(each.text) not in UNSPACED for told in reports for each in told[:1])
    times = LETTERS_PER_HAN if spaced and locale.language in UNSPACED else 1
    return Room(
        characters=limits.summary.max * times - len(label),
        enough=(limits.summary.min + limits.summary.max) // 2 * times,
        statements=limits.summary_sentences.max,
        fewest=limits.summary_sentences.min,
        gap=int(spaced),
    )


def joined(chosen: Sequence[str]) -> str:
    """Return sentences as a text; each gets a full stop if its publisher left it out."""
    language = language_of("".join(chosen))
    stop = _STOP_BY_LANGUAGE.get(language, ".")
    ended = (each if is_ended(each) else each.rstrip("，、；：,;: ") + stop for each in chosen)
    return ("" if language in UNSPACED else " ").join(ended)


def cut(text: str, limit: int) -> str:
    """Return *text* within *limit* characters, cut behind a clause or else between words, with …"""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    clauses = [match.start() for match in _CLAUSE.finditer(head) if match.start() > limit // 3]
    if clauses and not _splits_number(text, clauses[-1]):
        return f"{head[: clauses[-1]].rstrip()}…"
    return f"{_whole_words(text, limit - 1)}…"


def _splits_number(text: str, place: int) -> bool:
    return text[place - 1].isdigit() and text[place + 1 : place + 2].isdigit()


def _whole_words(text: str, limit: int) -> str:
    """The first *limit* characters of *text*, less a Latin word or number that they split."""
    end = limit
    while end and _joins(text[end - 1]) and _joins(text[end]):
        end -= 1
    return text[: end or limit].rstrip()


def _joins(character: str) -> bool:
    return (character.isascii() and character.isalnum()) or character in ".,%$€£-'’"


def _headline(lead: Entry, locale: Locale) -> str:
    """The lead's title without its source's name, cut only where it is no title at all."""
    title = _DATE_BEFORE.sub("", lead.title)
    tag = _TAG.search(title)
    if tag and weight(title[: tag.start()]) >= MIN_SENTENCE and _names_source(tag, lead):
        title = title[: tag.start()]
    limit = LONG_HEADLINE * locale.limits.headline.max
    return cut(title, limit) if weight(title) > 2 * limit else title


def _names_source(tag: re.Match[str], lead: Entry) -> bool:
    name = title_key(tag[1] or tag[2])
    source = title_key(f"{lead.source} {lead.feed.url}")
    return lead.url.startswith(_HOSTS_WITH_TAGS) or (bool(name) and name in source)


def _headline_only(story: Story, edition: Edition, locale: Locale) -> _Quotation:
    """Who published it and when, what other headlines add to its own, and who else told it."""
    lead = story.lead
    when = lead.published.astimezone(ZoneInfo(edition.timezone)).date()
    parts = [locale.phrase("headline_only", source=lead.source, when=when)]
    adding = _adding(story, locale)
    for entry in adding:
        headline = _in_marks(_headline(entry, locale), locale)
        parts.append(locale.phrase("also_titled", source=entry.source, headline=headline))
    named = title_key(" ".join(entry.source for entry in (lead, *adding)))
    publishers = one_name_each(story.cluster.sources)
    others = [other for other in publishers[1:] if title_key(other) not in named]
    if others:
        sources = locale.phrase("list_separator").join(others[:MAX_OTHERS])
        parts.append(locale.phrase("also_reported", sources=sources))
    text = ("" if locale.language in UNSPACED else " ").join(parts)
    return _Quotation(text=text, sentences=tuple(entry.title for entry in (lead, *adding)))


def _adding(story: Story, locale: Locale) -> list[Entry]:
    """Other reports whose headlines, in the edition's language, say more than the lead's does."""
    most = locale.limits.summary.max // 2
    matter = set(terms(story.lead.title)) - EVERYDAY
    by_source = {
        entry.source: entry
        for entry in reversed(story.cluster.others)
        if language_of(entry.title) == locale.language
        and weight(entry.title) >= MIN_SENTENCE
        and len(entry.title) <= most
        and len(matter.intersection(terms(entry.title))) >= MIN_SHARED
    }
    by_source.pop(story.lead.source, None)
    by_title = {entry.title: entry for entry in by_source.values()}
    titles = [[Statement(text=title)] for title in reversed(by_title)]
    room = Room(characters=most, enough=most, statements=MAX_HEADLINES)
    return [by_title[each.text] for each in extract(titles, title=story.lead.title, room=room)]


def _in_marks(headline: str, locale: Locale) -> str:
    before, after = locale.phrase("headline_open"), locale.phrase("headline_close")
    inner = str.maketrans({mark: _INNER.get(mark, mark) for mark in before + after})
    return f"{before}{headline.rstrip('。.').translate(inner)}{after}"


# --- the edition ------------------------------------------------------------


def _lead(summaries: Sequence[Summary], edition: Edition, locale: Locale) -> str:
    """The lead with as many headlines as the format's limit lets in, one at least."""
    sources = distinct_publishers(
        source for each in summaries for source in each.story.cluster.sources
    )
    opening = locale.phrase(
        "lead_open", count=len(summaries), sources=len(sources), date=edition.date
    )
    lead = opening
    for count in range(1, len(summaries) + 1):
        longer = _lead_with(opening, summaries[:count], locale)
        if count > 1 and len(longer) > locale.limits.lead.max:
            break
        lead = longer
    return lead


def _lead_with(opening: str, summaries: Sequence[Summary], locale: Locale) -> str:
    headlines = [_in_marks(each.headline, locale) for each in summaries]
    named = locale.phrase("lead_stories", headlines=locale.phrase("list_separator").join(headlines))
    parts = (opening, named, locale.phrase("lead_close"))
    return ("" if locale.language in UNSPACED else " ").join(part for part in parts if part)


def _categories(summaries: Sequence[Summary], locale: Locale) -> tuple[str, ...]:
    texts = [f"{each.headline} {each.text}".casefold() for each in summaries]
    counts = Counter(
        {
            category.name: sum(speaks(word, text) for text in texts for word in category.keywords)
            for category in locale.categories
        }
    )
    spoken = [name for name, count in counts.most_common(locale.category_count.max) if count]
    names = (category.name for category in locale.categories)
    filling = [name for name in (locale.default_category, *names) if name and name not in spoken]
    missing = max(0, locale.category_count.min - len(spoken))
    return (*spoken, *dict.fromkeys(filling[:missing]))


def speaks(word: str, text: str) -> bool:
    """Whether *text*, in small letters, has *word*: a Latin one whole, any other anywhere."""
    word = word.casefold()
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
