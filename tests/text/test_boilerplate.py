"""What stands in a report and is none of its story."""

from __future__ import annotations

import pytest

from digestbot.text.boilerplate import is_boilerplate


@pytest.mark.parametrize(
    "sentence",
    [
        "点击查看原文和更多图片内容请下载。",
        "本文来自微信公众号：环球旅讯，作者张三。",
        "责任编辑：李四，编辑部出品的内容。",
        "文｜张三",
        "关键词：自由女神像",
        "资料图：市民在寒冷天气中出行。",
        "图为恰戈战役纪念碑。",
        "（图片来源：新华社）",
        "觉得不错的话，欢迎点赞、转发、收藏。",
        "快来看看效果吧！",
        "各位 V 友好，花了两三周时间做了个网站。",
        "2026年6月1日 12:00",
        "Aug 18, 2026",
        "Read more about it on our site.",
        "Click here to sign up.",
        "By Jane Doe, Staff Writer",
        "Photo: a view of the office",
        "Image credit: Acme Inc.",
        "Scroll down for video.",
        "CNN's Dan Rivers contributed to this report.",
        "This story has been updated with a comment.",
        "Follow us on Twitter or Instagram.",
        "Please share your videos with us.",
        "Topics: cars, trains, planes",
        "A look back at a remarkable life.",
        "Here's what to know about the new model.",
        "Here’s everything we know.",
        "We earn an affiliate commission.",
        "submitted by /u/someone to r/news [link] [comments]",
    ],
)
def test_boilerplate_is_told_from_news(sentence: str) -> None:
    assert is_boilerplate(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "越南民众纷纷在社交媒体和网络上留言，欢呼黄春荣的夺冠。",
        "2014年，余德耀美术馆收藏了这件作品。",
        "本文演示如何用开源评测框架评估智能体技能。",
        "图形处理器公司发布了新的芯片，售价三千元。",
        "作者基于论坛上的帖子，自创了一个提示词。",
        "Watch sales rose 12% in May as Acme opened shops.",
        "Video games made by Acme sold well this year.",
        "Related companies were fined, the court said on Monday in Rome.",
        "Credit card firms raised their fees in May.",
        "Here is the news that the plant will open.",
    ],
)
def test_news_is_no_boilerplate(sentence: str) -> None:
    assert not is_boilerplate(sentence)
