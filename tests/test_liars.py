"""A model may lie as it likes: no post has a fact that is in none of its sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builders import SHARED
from digestbot.config import load, override
from digestbot.config.values import window as hours
from digestbot.library import load_format
from digestbot.model import Severity, Status
from digestbot.results import Result
from digestbot.stages.lint import lint
from digestbot.wiring import open_bot
from fault_server import FaultServer
from liars import INJECTED, LIARS, LIES

EXAMPLES = Path(__file__).parents[1] / "examples" / "feeds"
DAY = SHARED / "data" / "days" / "2026-08-19-ai" / "feeds"


def made(folder: Path, liar: str, language: str, feeds: Path, now: str) -> Result:
    config = folder / "digest.toml"
    with FaultServer(LIARS[liar]) as server:
        config.write_text(f'[model]\nname = "m"\nbase_url = "{server.base_url}"\n')
        settings = override(
            load(config, env={}), sources=[str(feeds)], language=language, window=hours("24h")
        )
        with open_bot(settings, env={"OPENAI_API_KEY": "k"}) as bot:
            return bot.run(now=now)


def lies_in(result: Result, liar: str) -> list[str]:
    """What a liar says that is in the post and in none of its sources."""
    assert result.post
    said = re.sub(r"\]\(https?://[^)]*\)", "]", result.post.text)  # the items' own links
    known = "".join(
        f"{entry.title}{entry.text}"
        for summary in result.summaries
        for entry in summary.story.cluster.entries
    )
    return [lie for lie in LIES[liar] if lie in said and lie not in known]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("liar", sorted(LIES))
def test_no_lie_reaches_the_post_of_the_example(liar: str, language: str, tmp_path: Path) -> None:
    result = made(tmp_path, liar, language, EXAMPLES, "2026-06-01T12:00:00+08:00")

    assert result.report.status is Status.PUBLISHED, result.report.error
    assert lies_in(result, liar) == []


@pytest.mark.skipif(not DAY.is_dir(), reason="the real feeds are not here")
@pytest.mark.parametrize(
    ("liar", "language"),
    [
        ("numbers", "zh"),
        ("names", "zh"),
        ("quotations", "zh"),
        ("originals", "zh"),
        ("names", "en"),
    ],
)
def test_the_post_of_a_real_day_still_has_ten_items_and_no_hard_doubt(
    liar: str, language: str, tmp_path: Path
) -> None:
    result = made(tmp_path, liar, language, DAY, "2026-08-20T07:40:00+08:00")

    assert len(result.summaries) == 10
    assert lies_in(result, liar) == []
    assert result.post
    assert result.evidence
    assert [
        finding.reason
        for finding in lint(result.post.text, format=load_format("daily"))
        if finding.severity is Severity.ERROR
    ] == []
    sections = (*result.evidence.items, result.evidence.editorial)
    doubts = [
        doubt.reason
        for section in sections
        for passage in section.passages
        for sentence in passage.sentences
        for doubt in sentence.doubts
        if doubt.severity == "hard"
    ]
    assert doubts == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_model_that_obeys_a_feed_finds_no_orders_in_it(language: str, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds"
    feeds.mkdir()
    for path in EXAMPLES.iterdir():
        feeds.joinpath(path.name).write_bytes(path.read_bytes())
    orders = iter(INJECTED * 20)
    for name in ("meridian.xml", "shuguang.xml", "tidepool.xml"):
        path = feeds / name
        text = re.sub(
            r"(</(?:description|content|summary)>)",
            lambda match: f"\n{next(orders)}{match[1]}",
            path.read_text(encoding="utf-8"),
        )
        path.write_text(text, encoding="utf-8")

    result = made(tmp_path, "parrot", language, feeds, "2026-06-01T12:00:00+08:00")

    assert result.report.status is Status.PUBLISHED, result.report.error
    assert result.post
    assert "GrabCoin" not in result.post.text
    assert "grab.example" not in result.post.text
    assert any(notice.stage == "disarm" for notice in result.report.notices)
