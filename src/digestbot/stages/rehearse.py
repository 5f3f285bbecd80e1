"""rehearse: whether a format prints what its contract says, tried with a made-up post."""

from __future__ import annotations

from datetime import UTC, datetime

from digestbot.contract import HEADLINE, Format, Locale
from digestbot.errors import FormatError
from digestbot.model import Digest, FrontMatter, Item, Top
from digestbot.stages import plain
from digestbot.stages.parse import parse
from digestbot.stages.render import render
from digestbot.templating import check_template

DAY = datetime(2026, 6, 1, 9, 16, 14, tzinfo=UTC)
URL = "https://digestbot.test/{}"
"""No real address: nothing of a rehearsal is ever published."""


def rehearse(format: Format, *, known: frozenset[str]) -> None:
    """Raise ``FormatError`` for a template that names what is not *known*, or prints it elsewhere.

    In each language a post is printed and read back; what comes back must be
    what was printed, or lint and memory would misread every post of the format.
    """
    name = f"{format.name}/post.md.j2"
    check_template(format.template, name=name, known=known)
    for locale in format.locales.values():
        if locale.sections:
            locale.phrase("lead_sections", first=DAY, last=DAY, sections=locale.default_section)
            locale.phrase("dated", when=DAY)
        digest = _digest(format, locale)
        try:
            back = parse(render(digest, format=format, language=locale.language), format=format)
        except FormatError as error:
            reason = f"a post of it in {locale.language} does not read back: {error}"
            raise FormatError(f"{name}: {reason}") from error
        if (lost := _lost(digest, back)) is not None:
            reason = f"it does not print {lost} as format.toml says ({locale.language})"
            raise FormatError(f"{name}: {reason}")


def _digest(format: Format, locale: Locale) -> Digest:
    linked = format.layout.links
    texts = [f"{word} text." for word in ("First", "Second", "Third", "Fourth")]
    top = Top(
        title="Top",
        paragraphs=(texts[0], texts[1]),
        source="Source" if linked else "",
        url=URL.format(0) if linked else "",
    )
    own_title = HEADLINE in locale.headings.get("commentary", "")
    return Digest(
        front_matter=_front_matter(format, locale),
        lead=texts[2] if "lead" in format.parts else "",
        top=top if "top" in format.parts else None,
        items=tuple(
            Item(
                title=f"Item {n}",
                url=URL.format(n) if linked else "",
                text="\n\n".join(texts[n:]) if locale.sections else texts[n],
                section=section,
            )
            for n, section in zip((1, 2, 3), _sections(locale), strict=True)
        ),
        commentary=(texts[0], texts[3]) if "commentary" in format.parts else (),
        commentary_title="View" if own_title else "",
        layout=format.layout,
    )


def _front_matter(format: Format, locale: Locale) -> FrontMatter:
    title = locale.title_of(DAY.date(), "Title")
    if format.layout.markup == "plain":
        return plain.front_of(title, format)
    return FrontMatter(title=title, date=DAY, categories=(locale.default_category,))


def _sections(locale: Locale) -> tuple[str, str, str]:
    """The sections of three stories: two in the first, one in the last."""
    names = [section.name for section in locale.sections] or [""]
    return names[0], names[0], names[-1]


def _lost(digest: Digest, back: Digest) -> str | None:
    """The first part that is not what it was."""
    parts = {
        "the title": (digest.front_matter.title, back.front_matter.title),
        "the lead": (digest.lead, back.lead),
        "the top story": (digest.top, back.top),
        "the items": (digest.items, back.items),
        "the commentary": (digest.commentary, back.commentary),
        "the commentary's title": (digest.commentary_title, back.commentary_title),
        "the layout": (digest.layout, back.layout),
    }
    return next((name for name, (was, is_now) in parts.items() if was != is_now), None)
