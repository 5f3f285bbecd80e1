"""Tell a feature: a page's outline in, an article out: by a model, or in the page's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from digestbot.contract_feature import FeatureFormat, FeatureLocale
from digestbot.model import Feature, Notice, Remark, Theme
from digestbot.ports import Executor, Model
from digestbot.stages.feature.by_model import by_model
from digestbot.stages.feature.quote import (
    MIN_STATEMENTS,
    labelled,
    quoted_close,
    quoted_hook,
    quoted_theme,
)
from digestbot.stages.feature.write import Writer
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases, shipped
from digestbot.text.languages import language_of
from digestbot.text.outline import Outline, merged
from digestbot.text.telling import statements

NO_TRANSLATION = "no model was used: it is in the page's own language"


def is_enough(page: Outline) -> bool:
    """Whether *page* has the sentences that a feature needs: a hook, a section and a close."""
    told = [statements(part.text) for part in page.parts]
    return sum(map(len, told)) >= MIN_STATEMENTS


def tell(
    page: Outline,
    *,
    source: str,
    date: datetime,
    language: str,
    format: FeatureFormat,
    model: Model | None,
    prompts: Mapping[str, Prompt],
    executor: Executor,
    aliases: Aliases | None = None,
) -> tuple[Feature, list[Remark]]:
    """Return the feature that *page* makes, without its transcript: by *model* where it can.

    Each part is one call, and the whole another, and a second one where a reply
    has to be mended. What a model cannot tell is told in the page's own sentences,
    with a notice. Without a model all is, in the page's language. The page has enough.
    """
    spoken = language_of("\n".join(page.transcript))
    remarks: list[Remark] = []
    if model is None and spoken in format.locales and spoken != language:
        language = spoken
        remarks.append(Notice(stage="feature", subject=source, reason=NO_TRANSLATION))
    locale = format.locale(language)
    page = replace(page, parts=tuple(merged(page.parts, most=locale.limits.sections.max)))
    feature = _quoted(page, source=source, date=date, locale=locale)
    if model is None:
        return feature, remarks
    writer = Writer(
        model=model,
        prompts=prompts,
        locale=locale,
        day=date.date(),
        aliases=aliases or shipped(),
    )
    return by_model(feature, page, writer=writer, executor=executor)


def _quoted(page: Outline, *, source: str, date: datetime, locale: FeatureLocale) -> Feature:
    """The page in its own sentences; a label stands before what is in another language."""
    hook, body = quoted_hook(page, locale)
    close, body = quoted_close(body, locale)
    themes = _themes(body, locale) or _themes(page, locale)
    return Feature(
        title=page.title or themes[0].heading,
        date=date,
        hook=labelled(hook, locale),
        themes=themes,
        close=labelled(close, locale),
        language=locale.language,
        source=source,
        source_title=page.title,
    )


def _themes(page: Outline, locale: FeatureLocale) -> tuple[Theme, ...]:
    quoted = (
        quoted_theme(part, number, title=page.title, locale=locale)
        for number, part in enumerate(page.parts, 1)
    )
    return tuple(theme for theme in quoted if theme.paragraphs)
