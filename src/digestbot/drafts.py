"""Drafts: a format of one's own, begun from example posts: measured, guessed, and tried on them."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import zip_longest
from typing import Any

from digestbot.contract import PARTS, Format, Range
from digestbot.contract_file import read_format
from digestbot.contract_table import Table
from digestbot.errors import FormatError
from digestbot.library import load_format
from digestbot.model import Layout
from digestbot.specimens import Example, headline_pattern, pattern_of, seen
from digestbot.stages.parse import parse
from digestbot.stages.render import render
from digestbot.templating import render_template
from digestbot.text.inline import bold_spans, visible, visible_length
from digestbot.text.sentences import sentences

BASE = "magazine"
"""The format that gives what no post shows: refusals, phrases, hosts that are no hosts."""

FEW = 10
"""Measures from which a tenth at either end is taken for slips, and not for the house's taste."""

MAX_CATEGORIES = 12
"""Of a closed list that is begun: as many as our own formats have."""

ROOM = Range(min=1, max=100)
"""How many stories an edition may have, where nobody said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A format's two files, and what could not be told from the posts."""

    contract: str
    template: str
    notes: tuple[str, ...]


def draft(posts: Mapping[str, str], *, name: str) -> Draft:
    """Return a format that *posts* (by file name) seem to be made in.

    Raises ``FormatError`` for a post without front matter or numbered items.
    """
    examples = [seen(text, file_name=file) for file, text in sorted(posts.items())]
    notes: list[str] = []
    values = _values(examples, notes)
    template = _template(values["parts"], on_one_line=bool(values["item_separator"]))
    format = _format({**values, "layout": _switches(Layout())}, name=name, template=template)
    layout = _commonest([*_layouts(posts, format), Layout()])
    values["layout"] = _switches(replace(layout, loose=False))
    if not layout.links:
        notes.append("links: the posts name no sources; links = true prints them")
    contract = _contract(values)
    format = _format(values, name=name, template=template)
    return Draft(contract=contract, template=template, notes=(*notes, *_misprints(posts, format)))


def _values(examples: Sequence[Example], notes: list[str]) -> dict[str, Any]:
    """What ``format.toml`` says, as far as the examples show it."""
    first = examples[0]
    base = load_format(BASE)
    language = _commonest(example.language for example in examples)
    locale = base.locale(language)
    parts = _commonest(example.parts for example in examples)
    if any(example.parts != parts for example in examples):
        notes.append(f"parts: not all posts have {', '.join(parts)}")
    title = pattern_of([(each.title, each.day) for each in examples])
    if "{" in title:
        notes.append(f"title: it is taken to hold the first headline: {title!r}")
    file_name = pattern_of([(each.file_name, each.day) for each in examples])
    if "%" not in file_name:
        notes.append(f"file_name: no day is seen in {first.file_name!r}: %Y%m%d.md is taken")
        file_name = "%Y%m%d.md"
    if len(examples) < FEW:
        notes.append(f"limits: they are what {len(examples)} posts happen to have; widen them")
    notes.append("categories: the posts do not show which words speak for which; add keywords")
    categories = Counter(name for each in examples for name in each.categories)
    if len(categories) > MAX_CATEGORIES:
        notes.append(f"categories: the posts have {len(categories)}, the most used are taken")
    return {
        "count": len(examples),
        "file_name": file_name,
        "final_newline": str(_commonest(each.final_newline for each in examples)).lower(),
        "parts": parts,
        "stories": ROOM,
        "heading_level": _commonest(each.heading_level for each in examples),
        "cover_line": _commonest(each.cover_line for each in examples),
        "date_form": _commonest(each.date_form for each in examples),
        "placeholder_hosts": base.placeholder_hosts,
        "front_matter": _commonest(tuple(each.head.items()) for each in examples),
        "language": language,
        "title": title,
        "item_separator": _commonest(each.separator for each in examples),
        "utc_offset": _commonest(each.offset for each in examples),
        "follow_up": locale.follow_up,
        "category_count": _span([len(each.categories) for each in examples]),
        "categories": [name for name, _ in categories.most_common(MAX_CATEGORIES)] or ["News"],
        "source_line": _commonest(each.source_line for each in examples) or locale.source_line,
        "refusals": locale.refusals,
        "headings": _headings(examples, parts),
        "limits": _limits(examples, parts),
        "phrases": list(locale.phrases.items()),
        "originals": list(locale.originals.items()),
    }


def _headings(examples: Sequence[Example], parts: Sequence[str]) -> list[tuple[str, str]]:
    """The headings by part; a story at length, or a commentary without a lead, may have its own."""
    found = []
    titled = {"top"} if "lead" in parts else {"top", "commentary"}
    for part in parts:
        words = [each.headings[part] for each in examples if part in each.headings]
        if words and part in titled and (len(set(words)) > 1 or len(examples) == 1):
            found.append((part, headline_pattern(words)))
        elif words:
            found.append((part, _commonest(words)))
    return found


def _limits(examples: Sequence[Example], parts: Sequence[str]) -> list[tuple[str, Range]]:
    """What each measure spans."""
    measures: dict[str, list[int]] = {}
    for example in examples:
        for name, number in _measured(example):
            measures.setdefault(name, []).append(number)
    wanted = [name for part in parts for name in PARTS[part]]
    wanted += ["closing"] if "commentary" in parts and "lead" not in parts else []
    spans = {name: measures.get(name) or [0] for name in wanted}
    return [(name, _span(numbers)) for name, numbers in spans.items()]


def _span(numbers: Sequence[int]) -> Range:
    """The least and the most; of many, without a tenth at either end."""
    ordered = sorted(numbers)
    slips = len(ordered) // 10 if len(ordered) >= FEW else 0
    return Range(min=ordered[slips], max=ordered[-1 - slips])


def _measured(example: Example) -> Iterable[tuple[str, int]]:
    yield "items", len(example.items)
    for title, text in example.items:
        yield "headline", visible_length(title)
        yield from _of_prose("summary", text)
    for text in example.texts.get("lead", ())[:1]:
        yield from _of_prose("lead", text)
    for part, total in (("top", False), ("commentary", True)):
        texts = example.texts.get(part, ())
        if texts:
            lengths = [visible_length(text) for text in texts]
            yield from ((part, number) for number in ([sum(lengths)] if total else lengths))
            yield f"{part}_paragraphs", len(texts)
            yield f"{part}_bold", sum(len(bold_spans(text)) for text in texts)
            yield "closing", lengths[-1]


def _of_prose(name: str, text: str) -> Iterable[tuple[str, int]]:
    yield name, visible_length(text)
    yield f"{name}_sentences", len(sentences(visible(text)))
    yield f"{name}_bold", len(bold_spans(text))


def _switches(layout: Layout) -> list[tuple[str, str]]:
    """The layout as TOML writes it."""
    names = [name for name in Layout.__slots__ if name != "loose"]
    shown = ((name, getattr(layout, name)) for name in names)
    return [
        (name, f'"{value}"' if isinstance(value, str) else str(value).lower())
        for name, value in shown
    ]


def _template(parts: Sequence[str], *, on_one_line: bool) -> str:
    names = ["items-one-line" if on_one_line and part == "items" else part for part in parts]
    return "".join(_piece(f"{name}.md.j2") for name in ("front", *names))


def _piece(name: str) -> str:
    place = resources.files("digestbot").joinpath("starter", "format", name)
    return place.read_text(encoding="utf-8")


def _contract(values: Mapping[str, Any]) -> str:
    return render_template(_piece("format.toml.j2"), name="format.toml", **values)


def _format(values: Mapping[str, Any], *, name: str, template: str) -> Format:
    table = Table(tomllib.loads(_contract(values)), file=f"{name}/format.toml")
    return read_format(table, name=name, template=template)


def _layouts(posts: Mapping[str, str], format: Format) -> Iterable[Layout]:
    for text in posts.values():
        try:
            yield parse(text, format=format).layout
        except FormatError:
            continue  # it is told among the misprints


def _misprints(posts: Mapping[str, str], format: Format) -> Iterable[str]:
    """Which posts do not come back, and where they first differ."""
    language = next(iter(format.locales))
    for name, text in sorted(posts.items()):
        try:
            printed = render(parse(text, format=format), format=format, language=language)
        except FormatError as error:
            yield f"{name}: {error}"
            continue
        pairs = zip_longest(text.split("\n"), printed.split("\n"), fillvalue="")
        for number, (was, is_now) in enumerate(pairs, 1):
            if was != is_now:
                yield f"{name}:{number}: {was[:60]!r} would be printed as {is_now[:60]!r}"
                break


def _commonest(values: Iterable[Any]) -> Any:
    counts = Counter(values)
    return counts.most_common(1)[0][0]
