"""The nouns of a post: front matter, items, layout, digest, post, findings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The head of a post. ``date`` keeps the offset that it is printed with."""

    title: str
    date: datetime
    categories: tuple[str, ...]
    cover: str = ""
    """The address of an image; empty: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Top:
    """The first story at length, as it will be printed: headline, paragraphs, source and link."""

    title: str
    paragraphs: tuple[str, ...]
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One place in a digest: headline, link, text, as they will be printed.

    In a format with sections the text may be of several paragraphs, with an empty
    line between two; in any other it is one.
    """

    title: str
    url: str
    text: str
    section: str = ""
    """The name of its section, where the format has sections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typography:
    """How a format sets the texts of one language; ``any``: as they are written."""

    punctuation: str = "any"
    """``wide``: as in Chinese; ``narrow``: as in English; or ``any``."""
    spacing: str = "any"
    """Blanks between Chinese and Latin: ``none``, ``one`` or ``any``."""
    quotes: str = "any"
    """``curly``, or ``any``."""


TYPOGRAPHY = {
    "punctuation": ("wide", "narrow", "any"),
    "spacing": ("none", "one", "any"),
    "quotes": ("curly", "any"),
}
"""What each switch of :class:`Typography` may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The switches of a format that vary between its posts."""

    links: bool = True
    """Whether titles and the top story's source are links."""
    milliseconds: bool = False
    heading: str = "plain"
    """How headings are set: one of :data:`HEADINGS`."""
    titles: str = "plain"
    """How the items' titles are set: one of :data:`TITLES`."""
    space_after_front_matter: bool = True
    space_after_title: bool = True
    rule_after_lead: bool = True
    rule_before_commentary: bool = True
    item_gap: int = 1
    """Empty lines between two items: one of :data:`ITEM_GAPS`."""
    text_column: int = 4
    """Where an item's text begins: one of :data:`TEXT_COLUMNS`."""
    markup: str = "markdown"
    """One of :data:`MARKUPS`."""
    loose: bool = False
    """The digest was read from a post that the house would not make (two links
    in an item, a list in the commentary): it is printed as it was read, unchecked."""


HEADINGS = ("plain", "bold", "label", "none")
"""``### 点评``, ``### **点评**``, ``**点评**``, or no heading."""

TITLES = ("plain", "bold", "bold link")
"""``[title](url)``, ``[**title**](url)``, or ``**[title](url)**``."""

MARKUPS = ("markdown", "plain")
"""Markdown with front matter, or plain text: a title, sections by number, no marks."""

ITEM_GAPS = (1, 2)
TEXT_COLUMNS = (3, 4)
"""A text in another column would not belong to its item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """All of a post before layout. ``parse`` and ``render`` undo each other on it.

    Lead, texts and commentary are Markdown as it is printed, one line each;
    titles and URLs are plain. What the format has no part for is empty.
    """

    front_matter: FrontMatter
    lead: str
    items: tuple[Item, ...]
    commentary: tuple[str, ...] = ()
    top: Top | None = None
    commentary_title: str = ""
    layout: Layout = field(default_factory=Layout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """The finished file: its exact text and the place where it belongs."""

    path: Path
    text: str

    def _repr_markdown_(self) -> str:
        return self.text


class Severity(StrEnum):
    """How bad a finding is: an error keeps a post from going out."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong in a text: a code, the span of characters, and why."""

    code: str
    severity: Severity
    span: tuple[int, int]
    reason: str
