"""What a language model really replied to our prompts passes our checks as it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from builders import edition, entry, feed, story, summary
from digestbot.library import load_format, load_prompt
from digestbot.model import Commentary, Origin, Summary
from digestbot.stages.comment import comment
from digestbot.stages.compose import compose
from digestbot.stages.lint import lint
from digestbot.stages.render import render
from digestbot.stages.summarize import summarize
from digestbot.testing import ScriptedModel, SerialExecutor
from digestbot.text.replies import visible

REPLIES = Path(__file__).parents[1] / "replies"
DAILY = load_format("daily")
PROMPTS = {task: load_prompt(task, "zh") for task in ("summarize", "comment", "repair")}


def reply(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((REPLIES / f"{name}.zh.json").read_text(encoding="utf-8"))
    return found


def retold(name: str, *others: Any, **given: Any) -> Summary:
    summaries, remarks = summarize(
        [story("a", *others, **given)],
        edition=edition(),
        format=DAILY,
        model=ScriptedModel(reply(name)),
        prompts=PROMPTS,
        executor=SerialExecutor(),
    )
    assert remarks == []
    return summaries[0]


def commented() -> Commentary:
    said = visible("".join([reply("comment")["lead"], *reply("comment")["paragraphs"]]))
    written, remarks = comment(
        [summary(str(n), headline=f"软银与英伟达、MiniMax{n}", text=said) for n in range(10)],
        edition=edition(),
        format=DAILY,
        model=ScriptedModel(reply("comment")),
        prompts=PROMPTS,
    )
    assert remarks == []
    return written


def test_a_full_summary_is_taken_over_word_for_word() -> None:
    content = "软银承诺最高投入750亿欧元。" * 30 + visible(reply("summarize-full")["text"])

    written = retold("summarize-full", title=reply("summarize-full")["headline"], content=content)

    assert written.origin is Origin.LLM
    assert written.text == reply("summarize-full")["text"]


def test_a_headline_in_two_languages_may_be_retold_in_one_short_sentence() -> None:
    title = "美国采取措施，阻止英伟达向中国境外的中国企业发货AI芯片"
    english = "US takes step to halt Nvidia AI chip shipments to Chinese firms outside China"
    others = [
        entry(str(n), feed=feed(f"o{n}"), title=f"{title} - 第{n}家转载的同一条标题")
        for n in range(4)
    ]

    written = retold("summarize-headline-only", *others, title=title, excerpt=english)

    assert written.text == reply("summarize-headline-only")["text"]


def test_an_editorial_is_taken_over_and_its_bold_shows() -> None:
    written = commented()

    assert written.lead == reply("comment")["lead"]
    assert len(written.paragraphs) == 4
    stories = [summary(str(n), headline=f"题{n}", text="文。" * 40) for n in range(3)]
    digest = compose(edition(), stories, written, format=DAILY)
    text = render(digest, format=DAILY, language="zh")
    assert [f.reason for f in lint(text, format=DAILY) if f.code.startswith("E")] == []
    assert text.count("**") == 2 * (3 + 2)
