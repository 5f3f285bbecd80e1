"""Specimens: what one example post shows of the format that it was made in."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from pathlib import PurePath

from digestbot.contract import HEADLINE, printed_day
from digestbot.errors import FormatError
from digestbot.library import load_format
from digestbot.stages import anatomy
from digestbot.stages.anatomy import Anatomy, Item, Line
from digestbot.stages.numbered import TITLED
from digestbot.text.languages import language_of
from digestbot.text.markdown import unescape

DAYS = ("%Y.%m.%d", "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d")
"""How a day may stand in a title or a file's name."""

DATES = (
    ("iso", re.compile(r"(?P<day>\d{4}-\d\d-\d\d)T[\d:.]+(?P<offset>[+-]\d\d:\d\d)")),
    ("local", re.compile(r"(?P<day>\d{4}-\d\d-\d\d) [\d:]+(?P<offset>)")),
    ("local with offset", re.compile(r"(?P<day>\d{4}-\d\d-\d\d) [\d:]+(?P<offset>[+-]\d\d:\d\d)")),
)

_HEADING = re.compile(r"(?P<level>#{1,6}) (?P<words>.+)")
_IMAGE = re.compile(r"(?P<before>!\[[^\]]*\]\(<?)(?P<url>https?://[^>)]+)(?P<after>>?\))")
_SOURCE = re.compile(
    r"(?P<before>[^\[\]]{1,20})\[[^\]]*\]\(https?://[^)]*\)(?P<after>[^\[\]]{0,20})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One post, as far as it can be understood without its format."""

    file_name: str
    title: str
    day: date | None
    head: Mapping[str, str]
    """The keys of the front matter, with what they hold, as a contract writes it."""
    date_form: str
    offset: str
    categories: tuple[str, ...]
    cover_line: str
    source_line: str
    heading_level: int
    headings: Mapping[str, str]
    texts: Mapping[str, tuple[str, ...]]
    """The paragraphs of the parts that are not items."""
    items: tuple[tuple[str, str], ...]
    """Titles and texts."""
    separator: str
    final_newline: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts in their order."""
        order = [part for part in ("lead", "top") if part in self.texts]
        return (*order, "items", *(["commentary"] if "commentary" in self.texts else []))

    @property
    def language(self) -> str:
        """What it is written in."""
        return "zh" if language_of(" ".join(text for _, text in self.items)) == "zh" else "en"


def seen(text: str, *, file_name: str) -> Example:
    """Return what a post shows; raises ``FormatError`` for one without front matter or items."""
    parts = anatomy.dissect(text, format=load_format("daily"))
    if parts.head is None or not parts.items:
        raise FormatError(f"{file_name}: a format is begun from posts with front matter and items")
    values = _keys(parts.head)
    head, form, dated = _head(values)
    before, cover, source = _before(parts)
    headings, texts, level = _sections(before, parts)
    titled = [_titled(item) for item in parts.items]
    return Example(
        file_name=PurePath(file_name).name,
        title=_value_of(values, head, "{title}"),
        day=date.fromisoformat(dated["day"]) if dated else None,
        head=head,
        date_form=form,
        offset=dated["offset"] if dated else "",
        categories=tuple(_list(_written_of(values, head, "{categories}"))),
        cover_line=cover,
        source_line=source,
        heading_level=level,
        headings=headings,
        texts=texts,
        items=tuple((title, text) for title, _, text in titled),
        separator=Counter(separator for _, separator, _ in titled).most_common(1)[0][0],
        final_newline=text.endswith("\n"),
    )


def pattern_of(texts: Sequence[tuple[str, date | None]]) -> str:
    """Return the pattern in which most *texts* are written: of their days, or of a headline."""
    patterns = Counter(_with_day(text, day) for text, day in texts)
    pattern, count = patterns.most_common(1)[0]
    if "%" in pattern and count > len(texts) / 2:
        return pattern
    return headline_pattern([text for text, _ in texts])


def headline_pattern(texts: Sequence[str]) -> str:
    """Return what *texts* begin with, and a gap for a headline; a single one up to its colon."""
    if len(set(texts)) > 1:
        low, high = min(texts), max(texts)
        pairs = zip(low, high, strict=False)
        same = takewhile(lambda pair: pair[0] == pair[1], pairs)
        return "".join(character for character, _ in same) + HEADLINE
    found = re.match(r"[^：:]{1,20}(?:：|: )", texts[0])
    return (found[0] if found else "") + HEADLINE


def _with_day(text: str, day: date | None) -> str:
    for pattern in DAYS:
        if day and (printed := printed_day(pattern, day)) in text:
            return text.replace(printed, pattern, 1)
    return text


def _keys(head: Sequence[Line]) -> dict[str, str]:
    pairs = (line.text.partition(":") for line in head)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _head(values: Mapping[str, str]) -> tuple[dict[str, str], str, re.Match[str] | None]:
    """The keys as a contract lists them, the form of the date, and the date as it stands."""
    head: dict[str, str] = {}
    form, dated = "iso", None
    for key, value in values.items():
        found = next(
            ((name, m) for name, pattern in DATES if (m := pattern.fullmatch(value))), None
        )
        if found and "{date}" not in head.values():
            head[key], (form, dated) = "{date}", found
        elif value.startswith("["):
            head[key] = "{categories}"
        elif _text(value).startswith(("http://", "https://")):
            head[key] = "{cover}"
        elif "{title}" not in head.values() and "title" in key.lower():
            head[key] = "{title}"
        else:
            head[key] = _text(value)
    return head, form, dated


def _dated(value: str) -> tuple[str, re.Match[str]] | None:
    for name, pattern in DATES:
        if found := pattern.fullmatch(value):
            return name, found
    return None


def _value_of(values: Mapping[str, str], head: Mapping[str, str], gap: str) -> str:
    return _text(_written_of(values, head, gap))


def _written_of(values: Mapping[str, str], head: Mapping[str, str], gap: str) -> str:
    return next((values[key] for key, held in head.items() if held == gap), "")


def _text(written: str) -> str:
    try:
        value = json.loads(written)
    except ValueError:
        return written
    return value if isinstance(value, str) else written


def _list(written: str) -> list[str]:
    try:
        value = json.loads(written)
    except ValueError:
        return []
    return [each for each in value if isinstance(each, str)]


Blocks = list[tuple[str, ...]]


def _before(parts: Anatomy) -> tuple[Blocks, str, str]:
    """What stands above the items, without the lines of the cover and of the source."""
    blocks = [tuple(line.text for line in block) for block in anatomy.blocks(parts.lead)]
    cover = source = ""
    for block in list(blocks):
        image, link = _IMAGE.fullmatch(block[0]), _SOURCE.fullmatch(block[0])
        if image and block is blocks[0]:
            cover = f"{image['before']}{{url}}{image['after']}"
            blocks.remove(block)
        elif link:
            source = f"{link['before']}{{link}}{link['after']}"
            blocks.remove(block)
    return blocks, cover, source


def _sections(
    before: Blocks, parts: Anatomy
) -> tuple[dict[str, str], dict[str, tuple[str, ...]], int]:
    """Headings and paragraphs of the parts, and the level of the headings."""
    headings: dict[str, str] = {}
    texts: dict[str, tuple[str, ...]] = {}
    levels: list[int] = []
    heading = ""
    paragraphs: list[str] = []
    for words in [block[0] for block in before]:
        if found := _HEADING.fullmatch(words):
            _put(headings, texts, heading=heading, paragraphs=paragraphs)
            levels.append(len(found["level"]))
            heading, paragraphs = found["words"], []
        else:
            paragraphs.append(words)
    if paragraphs:
        _put(headings, texts, heading=heading, paragraphs=paragraphs)
    elif heading:
        headings["items"] = heading
    after = [block[0].text for block in anatomy.blocks(parts.commentary)]
    after = [parts.heading.text, *after] if parts.heading else after
    if after and (found := _HEADING.fullmatch(after[0])):
        levels.append(len(found["level"]))
        headings["commentary"] = found["words"].strip("*")
        after = after[1:]
    if after:
        texts["commentary"] = tuple(after)
    return headings, texts, Counter(levels).most_common(1)[0][0] if levels else 3


def _put(
    headings: dict[str, str],
    texts: dict[str, tuple[str, ...]],
    *,
    heading: str,
    paragraphs: Sequence[str],
) -> None:
    """Several paragraphs under a heading are a story at length; anything else is a lead."""
    if paragraphs:
        part = "top" if heading and len(paragraphs) > 1 else "lead"
        texts[part] = tuple(paragraphs)
        if heading:
            headings[part] = heading


def _titled(item: Item) -> tuple[str, str, str]:
    """An item's title, what stands between it and a text on its line, and its text."""
    below = " ".join(line.text.strip() for line in item.below)
    if item.link:
        return unescape(item.link.title), "", below
    written = item.line.text[item.text_column :]
    found = TITLED.match(written)
    if not found:
        return written, "", below
    rest = written[found.end() :]
    between = re.match(r"\s*[：:—–-]\s*", rest)
    separator = between[0] if between else ""
    title = re.sub(r"^\[(.*)\]\(.*\)$", r"\1", found[0].strip("*"))
    return title, separator, rest[len(separator) :]
