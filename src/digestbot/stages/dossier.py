"""Dossier: what each printed sentence rests on, for those who want to look."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from digestbot.model import (
    Commentary,
    Digest,
    Dossier,
    Doubt,
    Edition,
    Line,
    Origin,
    Passage,
    Post,
    Section,
    Sentence,
    Summary,
)
from digestbot.stages.sources import editorial_ground, ground_of, originals_of, sources_of
from digestbot.templating import Prompt
from digestbot.text.aliases import Aliases
from digestbot.text.facts import plain
from digestbot.text.replies import visible
from digestbot.text.sentences import sentences
from digestbot.text.verify.evidence import only_letters
from digestbot.text.verify.finding import Finding
from digestbot.text.verify.ground import Ground, Originals


def dossier(
    post: Post,
    digest: Digest,
    summaries: Sequence[Summary],
    commentary: Commentary,
    *,
    edition: Edition,
    model: str,
    prompts: Mapping[str, Prompt],
    aliases: Aliases,
) -> Dossier:
    """Return what *post*, which *digest* made of *summaries* and *commentary*, rests on."""
    titles = [*([digest.top.title] if digest.top else []), *(item.title for item in digest.items)]
    items = [
        _item(summary, title, edition=edition, aliases=aliases)
        for summary, title in zip(summaries, titles, strict=True)
    ]
    return Dossier(
        edition=edition,
        post=post.path.name,
        sha256=hashlib.sha256(post.text.encode("utf-8")).hexdigest(),
        model=model,
        prompts=tuple((name, _hash(prompts[name])) for name in sorted(prompts)) if model else (),
        items=tuple(items),
        editorial=_editorial(summaries, commentary, edition=edition, aliases=aliases),
    )


def _hash(prompt: Prompt) -> str:
    return hashlib.sha256(f"{prompt.system}\0{prompt.user}".encode()).hexdigest()


def _item(summary: Summary, title: str, *, edition: Edition, aliases: Aliases) -> Section:
    sources = sources_of(summary.story)
    ground = ground_of(summary.story, sources, edition=edition, aliases=aliases)
    desk = _Desk(ground, edition.language, _originals(summary), summary.origin)
    told = () if summary.paragraphs else summary.lines
    return Section(
        title=title,
        url=summary.story.lead.url,
        passages=(
            desk.passage("headline", [Line(text=visible(summary.headline))]),
            desk.passage("text", told or _cited(summary, ground)),
        ),
        sources=sources,
        repairs=summary.repairs,
    )


def _editorial(
    summaries: Sequence[Summary], commentary: Commentary, *, edition: Edition, aliases: Aliases
) -> Section:
    ground = editorial_ground(summaries, edition=edition, aliases=aliases)
    desk = _Desk(ground, edition.language, originals_of(summaries), commentary.origin)
    texts = {"lead": [commentary.lead], "commentary": commentary.paragraphs}
    return Section(
        passages=tuple(
            desk.passage(
                name,
                [Line(text=said) for text in written for said in sentences(visible(text))],
            )
            for name, written in texts.items()
            if written
        ),
        sources=ground.sources,
        repairs=commentary.repairs,
    )


class _Desk:
    """Where the sentences of one section are looked up."""

    def __init__(self, ground: Ground, language: str, originals: Originals, origin: Origin) -> None:
        self._ground = ground
        self._language = language
        self._originals = originals
        self._origin = origin

    def passage(self, name: str, lines: Sequence[Line]) -> Passage:
        return Passage(name=name, origin=self._origin, sentences=tuple(map(self._sentence, lines)))

    def _sentence(self, line: Line) -> Sentence:
        matches = self._ground.matches(
            line.text, language=self._language, cited=line.cited, originals=self._originals
        )
        quoted = self._origin is Origin.EXCERPT
        return Sentence(
            text=line.text,
            evidence=line.cited,
            # What is in no source of what was quoted is said by the format's own phrases.
            matches=tuple(each for each in matches if each.place or not quoted),
            doubts=tuple(map(_doubt, self._findings(line))),
        )

    def _findings(self, line: Line) -> list[Finding]:
        """What is doubtful in what a model wrote; publishers are quoted, not judged."""
        if self._origin is not Origin.LLM:
            return []
        found = self._ground.findings(line.text, language=self._language, originals=self._originals)
        return [*found, *self._ground.elsewhere(line.text, line.cited)]


def _doubt(finding: Finding) -> Doubt:
    return Doubt(
        kind=finding.kind,
        severity=finding.severity,
        text=finding.text,
        start=finding.start,
        end=finding.end,
        reason=finding.reason,
    )


def _originals(summary: Summary) -> Originals:
    pairs = dict(summary.originals)
    return Originals(names=pairs, quotations=pairs)


def _cited(summary: Summary, ground: Ground) -> list[Line]:
    """The sentences of a text whose writer cited nothing, each with where it stands."""
    places = {
        only_letters(plain(sentence)): (number, place)
        for number, source in reversed(list(enumerate(ground.sources)))
        for place, sentence in enumerate(source.sentences)
    }
    lines = []
    for said in sentences(visible("\n".join(summary.paragraphs) or summary.text)):
        letters = only_letters(plain(said))
        cited = places.get(letters) or next(
            (places[each] for each in places if letters and letters in each), None
        )
        lines.append(Line(text=said, cited=(cited,) if cited else ()))
    return lines
