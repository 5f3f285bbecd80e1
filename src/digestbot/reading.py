"""Reading: one long page made into a feature, an article in sections."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from digestbot.config import Settings, override
from digestbot.contract_feature import FeatureFormat
from digestbot.errors import FetchError
from digestbot.library import load_feature, load_prompt
from digestbot.model import Feature, Notice, Origin, Page, Remark
from digestbot.stages.feature.render import VALUES, render
from digestbot.stages.feature.tell import is_enough, tell
from digestbot.stages.feature.write import PART_TASK, WHOLE_TASK
from digestbot.stages.publish import keep
from digestbot.templating import check_template
from digestbot.text.aliases import Aliases, shipped
from digestbot.text.instructions import is_instruction, without_instructions
from digestbot.text.languages import language_of
from digestbot.text.outline import Outline, outline
from digestbot.text.redaction import redacted
from digestbot.text.simplified import simplified
from digestbot.wiring import lent, open_page, settings_for

FORMAT = "feature"
TASKS = (PART_TASK, WHOLE_TASK, "repair")

TOO_SHORT = "too little text for a feature"

SHOWN = 120
"""Characters of a sentence that was taken out, as a notice quotes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page made: the feature, its post, and what was left out or cut on the way."""

    feature: Feature
    text: str
    remarks: tuple[Remark, ...]
    model: str = ""
    """The model that was asked; empty for none."""

    @property
    def failed(self) -> bool:
        """Whether a model was asked and nothing of it could be printed."""
        by_model = any(theme.origin is Origin.LLM for theme in self.feature.themes)
        return bool(self.model) and not by_model

    def save(self, path: str | os.PathLike[str]) -> None:
        """Put the post at *path*, at once or not at all."""
        keep(self.text, Path(path))

    def _repr_markdown_(self) -> str:
        return self.text


def read(
    source: str | os.PathLike[str],
    *,
    transcript: bool = False,
    language: str = "",
    model: Any = None,
    allow_private: Iterable[str] = (),
    now: datetime | None = None,
) -> Reading:
    """Return the feature that the page at *source*, an address or a file, makes.

    *model* is the name of one, ``none``, or a model itself; the settings are those
    of ``./digest.toml``, if there is one. Raises ``FetchError`` where the page
    cannot be read or is no article.
    """
    named = model if isinstance(model, str) else ""
    settings = override(settings_for(), model=named, allow_private=[*allow_private])
    format = load_feature(FORMAT, site=settings.output.site)
    check_template(format.template, name=f"{FORMAT}/post.md.j2", known=VALUES)
    page = open_page(os.fspath(source), settings)
    cleaned, remarks = _cleaned(page)
    structure = outline(cleaned.text, title=cleaned.title, headings=cleaned.headings)
    if not is_enough(structure):
        raise FetchError(redacted(os.fspath(source)), TOO_SHORT)
    language = language or _language(structure, settings, format)
    format.locale(language)
    zone = ZoneInfo(settings.edition.timezone)
    moment = (now or datetime.now(UTC)).astimezone(zone).replace(microsecond=0)
    with lent(settings, model=None if named else model) as (writer, executor):
        feature, more = tell(
            structure,
            source=page.url if "://" in page.url else page.canonical,
            date=moment,
            language=language,
            format=format,
            model=writer,
            prompts={task: load_prompt(task, language) for task in TASKS},
            executor=executor,
            aliases=Aliases(settings.aliases) if settings.aliases else shipped(),
        )
        name = writer.name if writer else ""
    if transcript:
        feature = replace(feature, transcript=structure.transcript)
    text = render(feature, format=format, headings=structure.headings)
    return Reading(feature=feature, text=text, remarks=(*remarks, *more), model=name)


def _cleaned(page: Page) -> tuple[Page, list[Remark]]:
    """*page* in simplified characters, without what it says to models instead of readers."""
    text, found = without_instructions(simplified(page.text))
    title = simplified(page.title)
    if is_instruction(title):
        found = [title, *found]
        title = ""
    remarks: list[Remark] = [
        Notice(
            stage="disarm",
            subject=page.url,
            reason=f"speaks to a model, and was taken out: “{said[:SHOWN]}”",
        )
        for said in dict.fromkeys(found)
    ]
    headings = tuple(map(simplified, page.headings))
    return replace(page, title=title, text=text, headings=headings), remarks


def _language(page: Outline, settings: Settings, format: FeatureFormat) -> str:
    """The page's own language, where the format speaks it."""
    spoken = language_of("\n".join(page.transcript))
    return spoken if spoken in format.locales else settings.edition.language
