"""What titles say of the worth of their story."""

from __future__ import annotations

import pytest

from digestbot.stages.kinds import KINDS, kinds_of
from digestbot.stages.learned import SIGNALS


def names(title: str) -> set[str]:
    return {kind.name for kind, _ in kinds_of(title)}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("8点1氪丨停服三年后，天涯社区正式恢复访问", "round-up"),
        ("派早报：Anthropic 估值超过 OpenAI", "round-up"),
        ("何夕2077 AI 深度信号周报 (2026-W33)", "round-up"),
        ("The Weekly Newsletter, 12", "round-up"),
        ("[推广] [FK Claude] Claude 中转站", "advertising"),
        ("The DJI Mini 3 is $100 off right now", "advertising"),
        ("Gooseworks (YC W23) Is Hiring a Founding Builder", "job advertisement"),
        ("NYT Strands hints, answers for August 17, 2026", "pastime"),
        ("Show HN: A thing I made", "forum"),
        ("Show HN: A thing I made", "first person"),
        ("我用一周写了个工具", "first person"),
        ("Top 7 tools for your desk", "list or lesson"),
        ("万字长文｜GitHub 从入门到精通", "list or lesson"),
        ("Opinion: the end of the desk", "opinion"),
        ("旅游AI这辆车，再不上真就来不及了？", "question"),
        ("How banks count", "question"),
        ("MiniMax M3 发布，百万上下文", "release"),
        ("Meta launches subscriptions", "release"),
        ("Claude Code 官方语音模式上线", "roll-out"),
        ("Gemini 3.1 Flash-Lite is rolling out today", "roll-out"),
        ("开源平台 Dify 宣布完成 3000 万美元融资", "funding"),
        ("Acme raises $20M in a Series A", "funding"),
        ("Meta acquires Moltbook", "deal"),
        ("火山引擎开放插件", "for developers"),
        ("谷歌首款全多模态嵌入模型", "model"),
        ("英伟达发布平台", "laboratory"),
        ("GPT-5.4 is out", "version"),
    ],
)
def test_titles_of_a_kind_are_known(title: str, kind: str) -> None:
    assert kind in names(title)


@pytest.mark.parametrize(
    "title", ["Man released without charge", "Anthropic上市前内幕", "软银在法国建设人工智能设施"]
)
def test_plain_titles_are_no_release(title: str) -> None:
    assert "release" not in names(title)


@pytest.mark.parametrize("title", ["Floods reach Rome", "软银在法国建设人工智能设施"])
def test_a_plain_title_is_of_no_kind(title: str) -> None:
    assert names(title) == set()


def test_what_shows_a_kind_is_told_in_the_titles_words() -> None:
    assert ("release", "发布") in {(k.name, words) for k, words in kinds_of("某公司发布新车")}


def test_every_kind_has_a_worth_and_only_one() -> None:
    learned = {kind.name for kind in KINDS if kind.name in SIGNALS}
    by_hand = {kind.name for kind in KINDS if kind.value is not None}

    assert learned | by_hand == {kind.name for kind in KINDS}
    assert not learned & by_hand


def test_no_kind_is_slow_on_a_long_title() -> None:
    assert kinds_of("a;" * 500_000) is not None
