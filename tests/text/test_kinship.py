"""Which news may tell the same event."""

from __future__ import annotations

import pytest

from digestbot.text.anchors import anchors
from digestbot.text.kinship import Kinship

NOISE = [
    [(f"{name} opens a new office in {town}", "")]
    for name, town in zip(
        "Acme Bolt Core Dash Echo Flux".split(),
        "Oslo Rome Lima Bern Nice Kyiv".split(),
        strict=True,
    )
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("软银承诺斥资750亿欧元", {"softbank", "7.5e+10"}),
        ("SoftBank to spend $75 billion", {"softbank", "spend", "7.5e+10"}),
        ("GPT-5.6 Sol 价格下调", {"gpt5.6", "sol"}),
        ("GPT 5.6 Sol", {"gpt5.6", "sol"}),
        ("MiniMax M3 https://x.test/a?b=c", {"minimax", "m3"}),
        ("版本 2.1.0", {"2.1.0"}),
    ],
)
def test_anchors_are_the_same_in_both_languages(text: str, found: set[str]) -> None:
    assert anchors(text) == found


def test_the_same_event_in_other_words_is_alike() -> None:
    news = [
        [("Stripe buys AI gateway OpenRouter for $7B", "")],
        [("Stripe will reportedly acquire OpenRouter for $7B", "")],
        *NOISE,
    ]
    kinship = Kinship(news)

    assert kinship.likeness(0, 1) > 0.24 > kinship.likeness(0, 2)
    assert (0, 1) in kinship.alike(least=0.24)


def test_one_common_word_is_chance() -> None:
    assert Kinship([[("Reddit", "")], [("Reddit tests video", "")]]).likeness(0, 1) == 0


def test_a_second_title_joins_two_languages() -> None:
    news = [
        [("亚马逊销毁珍本图书训练人工智能", ""), ("Amazon destroys rare books to train AI", "")],
        [("Tracking rare books leads to an Amazon AI facility", "")],
        *NOISE,
    ]

    assert Kinship(news).likeness(0, 1) > 0.24


def test_names_join_two_languages() -> None:
    news = [
        [("OpenAI 推出 ChatGPT for Teens：面向青少年", "")],
        [("OpenAI launches a safer ChatGPT for teens", "")],
        *NOISE,
    ]

    worth, shared = Kinship(news).anchored(0, 1)

    assert worth > 1.5
    assert shared == ("chatgpt", "openai", "teens")


def test_two_english_texts_share_words_by_chance() -> None:
    news = [[("Apple hires Jane Roe", "")], [("Jane Roe and Apple", "")], *NOISE]
    chinese = [[("Apple 聘用 Jane Roe", "")], *news[1:]]

    assert Kinship(news).anchored(0, 1)[0] < Kinship(chinese).anchored(0, 1)[0]


def test_a_name_alone_is_no_event() -> None:
    assert Kinship([[("谷歌发布新品", "")], [("Google", "")]]).anchored(0, 1) == (0.0, ())
