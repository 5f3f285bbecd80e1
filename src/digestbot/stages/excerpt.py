"""Excerpt: an edition without a model, in the publishers' own sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from digestbot.contract import Locale
from digestbot.model import Commentary, Edition, Entry, Origin, Story, Summary
from digestbot.text.languages import language_of
from digestbot.text.sentences import sentences
from digestbot.text.similarity import jaccard, shingles
from digestbot.text.titles import title_key, weight

READ = 4_000
"""Characters of a publisher's text in which sentences are looked for."""

SAME_AS_TITLE = 0.8
"""Jaccard of shingles from which a sentence only says the title again."""

MIN_SENTENCE = 16
"""Letters (a Han character counts as two) of a sentence that says anything."""

MIN_UNENDED = 40
"""The same where no full stop ends it: shorter ones are headings, captions, labels."""

LETTERS_PER_HAN = 2
"""How many times longer a quotation in Latin letters may be in a Chinese post."""

MAX_OTHERS = 3
"""Further publishers that are named."""

LONG_HEADLINE = 2
"""Times the limit for headlines, from which a title (a post without one) is cut; Latin
letters, of which it takes two to say what a Han character says, count half."""

CUT_OFF = ("…", "...")
"""How a publisher's excerpt ends in the middle of a sentence."""

STOPS = "。！？.!?…"
_CLOSERS = "”’」』）)】》\"'"
_UNSPACED = ("zh", "ja")
_STOP_BY_LANGUAGE = {"zh": "。", "ja": "。"}

_BOILERPLATE = re.compile(
    r"点击(?:查看|阅读|进入|下载|关注|上方|下方|蓝字)|阅读(?:全文|原文)|查看(?:全文|原文|更多)"
    r"|扫码|扫描二维码|(?:欢迎|敬请)?关注.{0,12}(?:公众号|微信)|^本文(?:来自|转自|首发|作者|为|由)|^(?:文|作者|编辑|来源|责编|图源|出品)\s*[|｜丨/:：]"
    r"|责任编辑|图片来源|图源[:：]|原文标题|版权(?:所有|归)|未经(?:授权|许可)|转载|免责声明|广告声明"
    r"|^(?:continue reading|read (?:more|the full|full)|click here|sign up|subscribe|follow us)\b"
    r"|^(?:photo|image|credit|illustration|advertisement|listen)\b.{0,60}$"
    r"|^(?:comments|points|article url)\b"
    r"|^by [A-Z].{0,80}[^.]$|\bgetty images\b|\ball rights reserved\b|\bappeared first on\b|^https?://\S+$"
    r"|^submitted by\b|^\d+ (?:points|comments)\b",
    re.IGNORECASE,
)
_ONLY_DATE = re.compile(
    r"[\d\s年月日时分:：/,.-]+|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}[\d\s:apmAPM.]*"
)
_LABELS = re.compile(r"^(?:[（(【\[][^）)】\]]{1,16}[）)】\]]\s*)+")
_DATE_BEFORE = re.compile(r"^[A-Z][a-z]{2} \d{1,2}, \d{4}\s*(?=\S)")
_TAG = re.compile(r"\s+[-–—|｜]\s+([^-–—|｜]{1,40})$|\s*[|｜_]\s*([^|｜_]{1,16})$")
_CLAUSE = re.compile(r"[，；：、,;:—]|\s[-–]\s")
_INNER = {"“": "‘", "”": "’", "《": "〈", "》": "〉"}
"""What a headline's own marks become between the same marks of ours."""

_HOSTS_WITH_TAGS = ("https://news.google.com/",)


def excerpt(story: Story, *, edition: Edition, locale: Locale) -> Summary:
    """Return *story* in its publisher's first sentences, as they stand.

    They come from the lead, or from another entry of the story where the lead
    has no text in the edition's language; where none has, from a text in another
    language, for there is nobody to translate it. Whole, as long as the format's
    limits let them. Where nobody gives a text, that is said, with who told it
    and when.
    """
    readable_first = sorted(story.cluster.entries, key=lambda entry: _foreign(entry, locale))
    chosen = next(filter(None, (_quoted(entry, locale) for entry in readable_first)), ())
    text = _joined(chosen) if chosen else _headline_only(story, edition, locale)
    return Summary(
        story=story,
        headline=_headline(story.lead, locale),
        text=text,
        evidence=chosen or (story.lead.title,),
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


def _foreign(entry: Entry, locale: Locale) -> bool:
    return language_of(entry.text[:READ]) != locale.language


def _quoted(entry: Entry, locale: Locale) -> tuple[str, ...]:
    """The first sentences of an entry's text that fit."""
    text = entry.text[:READ]
    limits = locale.limits
    room = limits.summary.max
    if locale.language in _UNSPACED and language_of(text) not in _UNSPACED:
        room *= LETTERS_PER_HAN
    chosen: list[str] = []
    for sentence in _telling(text, entry.title):
        whole = _joined([*chosen, sentence])
        if chosen and len(whole) > room:
            break
        chosen.append(_cut(sentence, room))
        if len(chosen) == limits.summary_sentences.max or chosen[-1] != sentence:
            break
    if len(chosen) > 1 and chosen[-1].endswith(CUT_OFF):
        chosen.pop()
    return tuple(chosen)


def _telling(text: str, title: str) -> Iterator[str]:
    """The sentences of *text* that tell something, without labels before them."""
    seen = {title_key(title)}
    for sentence in sentences(text):
        bare = _LABELS.sub("", sentence)
        key = title_key(bare)
        if _tells(bare) and not any(_same(key, other) for other in seen):
            seen.add(key)
            yield bare


def _tells(sentence: str) -> bool:
    if _BOILERPLATE.search(sentence) or _ONLY_DATE.fullmatch(sentence):
        return False
    ended = sentence.rstrip(_CLOSERS).endswith(tuple(STOPS))
    return weight(sentence) >= (MIN_SENTENCE if ended else MIN_UNENDED)


def _same(key: str, other: str) -> bool:
    return key == other or jaccard(shingles(key), shingles(other)) >= SAME_AS_TITLE


def _joined(chosen: Sequence[str]) -> str:
    """Sentences as a text; the last one gets a full stop if its publisher left it out."""
    language = language_of("".join(chosen))
    text = ("" if language in _UNSPACED else " ").join(chosen)
    if text.rstrip(_CLOSERS).endswith(tuple(STOPS)):
        return text
    return text.rstrip("，、；：,;: ") + _STOP_BY_LANGUAGE.get(language, ".")


def _cut(text: str, limit: int) -> str:
    """*text* within *limit* characters, cut behind a clause or else between words, with …"""
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
    return _cut(title, limit) if weight(title) > 2 * limit else title


def _names_source(tag: re.Match[str], lead: Entry) -> bool:
    name = title_key(tag[1] or tag[2])
    source = title_key(f"{lead.source} {lead.feed.url}")
    return lead.url.startswith(_HOSTS_WITH_TAGS) or (bool(name) and name in source)


def _headline_only(story: Story, edition: Edition, locale: Locale) -> str:
    lead = story.lead
    when = lead.published.astimezone(ZoneInfo(edition.timezone)).date()
    text = locale.phrase("headline_only", source=lead.source, when=when)
    name = title_key(lead.source)
    others = [other for other in story.cluster.sources[1:] if title_key(other) not in name]
    if not others:
        return text
    named = locale.phrase("list_separator").join(others[:MAX_OTHERS])
    also = locale.phrase("also_reported", sources=named)
    return text + ("" if locale.language in _UNSPACED else " ") + also


# --- the edition ------------------------------------------------------------


def _lead(summaries: Sequence[Summary], edition: Edition, locale: Locale) -> str:
    """The lead with as many headlines as the format's limit lets in, one at least."""
    sources = {source for each in summaries for source in each.story.cluster.sources}
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
    before, after = locale.phrase("headline_open"), locale.phrase("headline_close")
    inner = str.maketrans({mark: _INNER.get(mark, mark) for mark in before + after})
    headlines = [f"{before}{each.headline.translate(inner)}{after}" for each in summaries]
    named = locale.phrase("lead_stories", headlines=locale.phrase("list_separator").join(headlines))
    parts = (opening, named, locale.phrase("lead_close"))
    return ("" if locale.language in _UNSPACED else " ").join(part for part in parts if part)


def _categories(summaries: Sequence[Summary], locale: Locale) -> tuple[str, ...]:
    texts = [f"{each.headline} {each.text}".casefold() for each in summaries]
    counts = Counter(
        {
            category.name: sum(_speaks(word, text) for text in texts for word in category.keywords)
            for category in locale.categories
        }
    )
    spoken = [name for name, count in counts.most_common(locale.category_count.max) if count]
    names = (category.name for category in locale.categories)
    filling = [name for name in (locale.default_category, *names) if name and name not in spoken]
    missing = max(0, locale.category_count.min - len(spoken))
    return (*spoken, *dict.fromkeys(filling[:missing]))


def _speaks(word: str, text: str) -> bool:
    """Whether *text* has *word*: a Latin one as a whole word, any other anywhere."""
    word = word.casefold()
    if not word.isascii():
        return word in text
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
