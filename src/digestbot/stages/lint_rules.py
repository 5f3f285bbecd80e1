"""The rules that posts are held to: one code each, and what it means.

``E`` is an error: the post is broken, invented or not one, and does not go
out. ``W`` is a warning: real posts vary here, and readers live with it.
1xx is the file and its front matter, 2xx the items, 3xx the prose, 4xx the
layout, 5xx the house's style.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from digestbot.model import Finding, Severity
from digestbot.stages.anatomy import Line

RULES = MappingProxyType(
    {
        "E101": "the file is empty",
        "E102": "a byte order mark, a carriage return or a control character",
        "E103": "there is no front matter",
        "E104": "the front matter must have the format's keys, in their order, and no others",
        "E105": "the title must be in double quotes, in the format's pattern",
        "E106": "the date is not printed as the format prints it",
        "E107": "the date is not the day of the title, or of the file's name",
        "E108": "the categories must be a list of texts in double quotes",
        "E201": "there are no items",
        "E202": "items are numbered 1, 2, 3 without a gap",
        "E203": "an item's first line is one link and nothing else",
        "E204": "an item without a summary",
        "E205": "more below an item's title than one paragraph of one line",
        "E206": "the link is no well-formed http(s) address",
        "E207": "the link leads to a placeholder: it was invented",
        "E208": "the same link twice",
        "E209": "the title holds markup, and does not read as it is written",
        "E211": "the sections are numbered 1, 2, 3, each once, in the format's order",
        "E212": "a section that is not on the format's list",
        "E301": "there is no lead",
        "E302": "a refusal or an apology: the post was made without its news",
        "E303": "a written-out \\n",
        "E304": "bold that does not show",
        "E305": "a link outside of the items' titles",
        "E306": "HTML or an image in the text",
        "E311": "there is no top story",
        "E312": "the top story names no source",
        "W401": "the file's last line should end as the format says",
        "W402": "blanks at the end of the line",
        "W403": "the date has milliseconds",
        "W404": "the date's offset is not the house's",
        "W405": "the file's name is not in the format's pattern",
        "W406": "no empty line after the front matter",
        "W407": "no rule between lead and items",
        "W408": "no rule before the commentary",
        "W409": "the commentary has no heading, or not the house's",
        "W410": "a title in bold",
        "W411": "the lead is more than one paragraph",
        "W412": "the renderer would print this otherwise",
        "W413": "the item is not aligned as the format aligns items",
        "W501": "the number of items",
        "W502": "the length of the title",
        "W503": "the length of the summary",
        "W504": "the number of sentences in the summary",
        "W505": "the number of bold spans in the summary",
        "W506": "the length of the lead",
        "W507": "the number of sentences in the lead",
        "W508": "the number of bold spans in the lead",
        "W509": "the length of the commentary",
        "W510": "the number of paragraphs in the commentary",
        "W511": "the number of bold spans in the commentary",
        "W512": "there is no commentary",
        "W513": "the number of categories",
        "W514": "a category that is not on the list",
        "W515": "the link carries tracking parameters",
        "W516": "the title is not in the edition's language",
        "W517": "an address in the text",
        "W518": "markup other than bold",
        "W519": "the summary does not end with its sentence",
        "W521": "the number of stories in a section",
        "W522": "the number of paragraphs of a story",
        "W523": "the first paragraph of a story names no day",
        "W531": "the length of a paragraph of the top story",
        "W532": "the number of paragraphs of the top story",
        "W533": "the number of bold spans in the top story",
        "W561": "a narrow mark beside Chinese, or a wide one beside Latin",
        "W562": "blanks that the format does not set, or lacks, between Chinese and Latin",
        "W563": "straight quotation marks",
        "W564": "a mark twice, or two marks where one would do",
        "W551": "the link leads to a front page, not to a story",
        "W552": "a label or a note that belongs to no text",
        "W553": "the lead marks in bold what no item names",
        "W554": "a round-up as one item",
        "W555": "a number in the link counts up, as invented ones do",
    }
)

MENDABLE = frozenset(
    {"E304", "W401", "W402", "W406", "W407", "W408", "W413", "W515", "W561", "W562", "W563", "W564"}
)
"""The rules whose slips can be mended without a source (:mod:`digestbot.stages.fix`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of prose without its indent, and its offset in the post."""

    text: str
    start: int

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.start + len(self.text))


def finding(code: str, span: tuple[int, int], detail: str = "") -> Finding:
    """Return the finding of the rule *code*, with what was found."""
    severity = Severity.ERROR if code.startswith("E") else Severity.WARNING
    reason = f"{RULES[code]}: {detail}" if detail else RULES[code]
    return Finding(code=code, severity=severity, span=span, reason=reason)


def paragraph(line: Line) -> Paragraph:
    """Return the text of *line* without blanks around it."""
    text = line.text.strip()
    return Paragraph(text=text, start=line.start + line.text.index(text))
