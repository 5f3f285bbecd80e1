"""What two copies of a title share, and what keeps two titles apart."""

from __future__ import annotations

import pytest

from digestbot.text.titles import (
    core,
    difference,
    numbers,
    numbers_agree,
    says_nothing,
    tag_of,
    title_key,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("软银承诺斥资750亿欧元在法国建设AI", "软银承诺斥资 750 亿欧元在法国建设 ＡＩ"),
        (
            "Meta faces a reckoning over social media - The Verge",
            "Meta Faces a Reckoning over Social Media",
        ),
        ("三星发布全新折叠屏手机产品线 | 36氪", "【快讯】三星发布全新折叠屏手机产品线"),
        ("「全华班」撑起全球 AI 编程估值", "“全华班”撑起全球AI编程估值"),
    ],
)
def test_copies_of_a_title_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    "title",
    [
        "Python 3.14 – the new and good parts of the release you will love",
        "【重磅】发布",
        "Odysseus – self-hosted AI workspace",
        "A title without any tag",
    ],
)
def test_what_may_be_the_title_itself_stays(title: str) -> None:
    assert core(title) == title


@pytest.mark.parametrize(
    "title",
    [
        "Show HN",
        "今日最佳",
        "Weekly links",
        "Links for today",
        "v2.1.239",
        "GPT-5",
        "每日新闻速递",
        "Open thread",
    ],
)
def test_some_titles_say_nothing(title: str) -> None:
    assert says_nothing(title_key(title))


@pytest.mark.parametrize("title", ["苹果发布 iOS 27 正式版", "Stripe buys OpenRouter"])
def test_others_do(title: str) -> None:
    assert not says_nothing(title_key(title))


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("GPT-5.5 is out", "GPT-5.4 is out", False),
        ("Issue #66", "Issue #8", False),
        ("第二个 macOS Beta", "第四个 macOS Beta", False),
        ("第十二届", "第12届", False),
        ("第二十届", "第十届", False),
        ("The second beta", "The fourth beta", False),
        ("1,000 jobs cut", "1000 jobs cut", True),
        ("Rules (2013)", "Rules", True),
        ("GPT-4o", "GPT-4", False),
        ("No numbers", "None here", True),
    ],
)
def test_numbers_tell_titles_apart(one: str, other: str, agree: bool) -> None:
    assert numbers_agree(numbers(one), numbers(other)) is agree


@pytest.mark.parametrize(
    ("one", "other", "swapped"),
    [
        ("Apple seeds watchOS 27", "Apple seeds tvOS 27", True),
        ("小米汽车7月交付量超3万辆", "理想汽车7月交付量超3万辆", True),
        ("Composable tests", "Kent Beck: Composable tests", False),
        ("The same title", "The same title", False),
        (
            "Something long at the very beginning, then news",
            "Another opening altogether, then news",
            False,
        ),
    ],
)
def test_one_exchanged_word_makes_another_story(one: str, other: str, swapped: bool) -> None:
    assert difference(title_key(one), title_key(other)).is_swapped_word is swapped


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("乌克兰无人机袭击莫斯科州，造成一人死亡 - Reuters", "Reuters"),
        ("Stripe finishes a deal to acquire OpenRouter | The Verge", "The Verge"),
        ("Stripe finishes a deal to acquire OpenRouter", ""),
        ("A - B", ""),
        ("", ""),
    ],
)
def test_the_source_at_a_titles_end_is_told(title: str, source: str) -> None:
    assert tag_of(title) == source
