"""Posts to build sites of: hostile ones in every house format and language, and real ones."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import NOW, SHARED, commentary, edition, story, summary
from digestbot.config import default, override
from digestbot.contract import HEADLINE
from digestbot.library import load_format
from digestbot.model import Digest, Origin, Severity
from digestbot.stages.compose import compose
from digestbot.stages.lint import lint
from digestbot.stages.parse import parse
from digestbot.stages.render import render
from digestbot.text.markdown import bold_spans, visible
from digestbot.wiring import open_bot

TITLES = (
    "远山公司发布推理芯片",
    'He said: "yes" & it\'s [on] --> <b>#1</b>',
    "{{ site.title }} {% raw %} {# note #} {{< figure >}} {{% shortcode %}} {:.red}",
    "{% include x.html %} {%- endraw -%} {{ 7 * 7 }}{{{ x }}}",
    "<script>document.title = 'ran'</script> <img src=x onerror=alert(1)>",
    "🚀 火箭👩‍🚀：第#3次 —— 成功！",
    "# 标题 #",
    "--- - [x]: | > % @ ` ~ null 2026-06-01",
    "yes: no, *a* _b_ `c` ~~d~~ **e** \\ $E=mc^2$ ${x} :smile: [^1] ==m== ^u^ #tag @user",
    "很长的标题" * 80,
    "&lt;b&gt; &amp;nbsp; &#123;{ x }} <!-- more --> ![i](u) [a](b) https://n.test/a_b_c",
    "<Component /> {props.x} import x from 'y'; export const z = 1",
    "《深度》“引号”‘单’、AI|表格|: 100% C# F# C++ 1. 2) 3 * 4",
    "www.n.test a@n.test +1 :::note ```js '''",
)
_WORDS = (
    "{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "<", ">", "</", "<b>", "-->", "<!--", "&",
    "&amp;", '"', "'", "“", "”", "**", "*", "_", "__", "`", "~", "~~", "[", "]", "](", "!", "#",
    "\\", "|", "$", ":", "：", "，", "。", "芯片", "模型", "GPT-5", "发布", "25", "1.", "-", "+",
    "=", "@", "🤖", "é", "raw", "x",
)  # fmt: skip
_TEXTS = (
    "功耗降至**25瓦**，{0}。首批样品已交付。",
    "**“北斗”芯片**由{0}推出，售价{{{{ 99 }}}}元。",
    "据称{0}，**价格{{% if %}}**会动<i>吗</i>？",
)


IMAGE = "https://n.test/a?b=1&c=(2)"
HOUSE = (("daily", "zh"), ("magazine", "zh"), ("daily", "en"), ("magazine", "en"))
DAYS = (
    ("2026-08-19-ai", "2026-08-20T07:40:00+08:00", "zh"),
    ("2026-08-22-labs", "2026-08-22T20:00:00+08:00", "en"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A digest with the format and the language in which it is told."""

    digest: Digest
    format: str
    language: str

    def post(self, site: str) -> str:
        """The post that is made of it for *site*."""
        format = load_format(self.format, site=site)
        return render(self.digest, format=format, language=self.language)

    @property
    def links(self) -> list[tuple[str, str]]:
        """The words and the address of each link, in their order."""
        top = self.digest.top
        first = [(top.source, top.url)] if top else []
        return first + [(item.title, item.url) for item in self.digest.items]

    @property
    def bold(self) -> list[str]:
        """What is bold, in its order."""
        digest, title_is_bold = self.digest, self.digest.layout.titles != "plain"
        spans = bold_spans(digest.lead)
        for paragraph in digest.top.paragraphs if digest.top else ():
            spans += bold_spans(paragraph)
        for item in digest.items:
            spans += [item.title] * title_is_bold + bold_spans(item.text)
        if digest.commentary and digest.layout.heading in ("bold", "label"):
            spans += [self._heading("commentary", digest.commentary_title)]
        for paragraph in digest.commentary:
            spans += bold_spans(paragraph)
        return spans

    @property
    def text(self) -> str:
        """All that a reader sees below the head of the post."""
        digest, locale = self.digest, load_format(self.format).locale(self.language)
        parts = [visible(digest.lead)]
        if digest.top:
            parts += [self._heading("top", digest.top.title), *map(visible, digest.top.paragraphs)]
            parts += [locale.source_line.replace("{link}", digest.top.source)]
            parts += [self._heading("items")]
        for item in digest.items:
            parts += [item.title, locale.item_separator, visible(item.text)]
        if digest.commentary:
            parts += [self._heading("commentary", digest.commentary_title)]
            parts += map(visible, digest.commentary)
        return "\n".join(parts)

    def _heading(self, part: str, title: str = "") -> str:
        if self.digest.layout.heading == "none":
            return ""
        words = load_format(self.format).locale(self.language).headings.get(part, "")
        return words.replace(HEADLINE, title)


@dataclass(frozen=True, slots=True, kw_only=True)
class RealDay:
    """What a run on a real day leaves: the digest, its post and the page of its evidence."""

    digest: Digest
    post: str
    page: str


@cache
def samples() -> list[Sample]:
    """All posts, always the same ones in the same order."""
    return [*(each for house in HOUSE for each in hostile(*house)), *_real()]


def hostile(format: str, language: str) -> Iterator[Sample]:
    """Posts whose titles look like markup or like templates, each in its turn in each place."""
    titles = (*TITLES, *_random_titles(40))
    for number, _ in enumerate(titles):
        turned = titles[number:] + titles[:number]
        yield sample(turned[:6], format, language, days=number)


def _random_titles(count: int) -> Iterator[str]:
    chance = random.Random(20260601)
    for _ in range(count):
        words = chance.choices(_WORDS, k=chance.randint(1, 12))
        yield chance.choice(("", " ")).join(words)


def sample(titles: Sequence[str], format: str, language: str, *, days: int = 0) -> Sample:
    """A post of six stories with those titles, which stand in its texts, too."""
    told = [
        summary(
            str(n),
            story=story(str(n), image=IMAGE, url=f"https://n.test/a_(b)*_c?d=é&e={n}&copy;=%7C"),
            headline=title,
            text=_TEXTS[n % 3].format(title),
            paragraphs=(_TEXTS[n % 3].format(title), title),
            origin=(Origin.LLM, Origin.EXCERPT)[n % 2],
        )
        for n, title in enumerate(titles)
    ]
    editor = commentary(
        lead=_TEXTS[0].format(titles[0]),
        title=titles[1],
        paragraphs=tuple(text.format(titles[2]) for text in _TEXTS),
        categories=("AI芯片", titles[3]),
    )
    until = NOW + timedelta(days=days)
    issue = edition(until=until, date=until.date(), language=language)
    made = compose(issue, told, editor, format=load_format(format))
    return Sample(digest=made, format=format, language=language)


def _real() -> Iterator[Sample]:
    """Real posts that lint accepts, and posts of real days; none where they are not at hand."""
    format = load_format("daily")
    for path in sorted((SHARED / "data" / "posts" / "daily").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if any(finding.severity is Severity.ERROR for finding in lint(text, format=format)):
            continue
        digest = parse(text, format=format)
        if not digest.layout.loose:
            yield Sample(digest=digest, format="daily", language="zh")
    for (day, now, language), name in product(DAYS, ("daily", "magazine")):
        if (SHARED / "data" / "days" / day).is_dir():
            digest = of_day(day, now, language=language, format=name).digest
            yield Sample(digest=digest, format=name, language=language)


def of_day(day: str, now: str, *, language: str, format: str) -> RealDay:
    """A run on the feeds of a real day, without a model."""
    with TemporaryDirectory() as folder:
        settings = override(
            default(env={}, folder=Path(folder)),
            sources=[str(SHARED / "data" / "days" / day / "feeds")],
            model="none",
            window=timedelta(days=7),
            language=language,
            format=format,
        )
        with open_bot(settings, env={}) as bot:
            result = bot.run(now=now)
            assert result.digest
            assert result.post
            return RealDay(digest=result.digest, post=result.post.text, page=bot.evidence().page)
