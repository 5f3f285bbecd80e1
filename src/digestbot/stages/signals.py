"""Signals: what a title says of the worth of its story, by kinds of titles.

The values are in the unit of the score, where one source more than one counts
for 0.4; a kind that tells no news of its own loses to any that does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digestbot.model import Reason
from digestbot.text.titles import folded

MAX_TITLE = 300
"""Characters of a title that are read; longer ones are posts without a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of titles: what it is worth, and how it is known."""

    name: str
    value: float
    pattern: re.Pattern[str]


def _kind(name: str, value: float, *patterns: str) -> Kind:
    return Kind(name=name, value=value, pattern=re.compile("|".join(patterns)))


KINDS = (
    _kind(
        "round-up",
        -2.5,
        "8点1氪|氪星晚报|[派钛晨]?[早晚午晨]报|日报[】|丨:：]|早知道|热点导览",
        "周[报刊](?![道告])|^.{0,12}(?:月报|早餐|日报)|[一本上]周(?:要闻|热点|回顾|速览|大事)",
        "今日(?:要闻|热点|看点)|(?:新闻|资讯|快讯)(?:汇总|速览|速递|合集)|[一-鿿][^;]*;[^;]{4,}(?:;|[|丨])|早财经",
        r"\b(?:weekly|newsletter|round-?up|digest|highlights|open thread)\b",
        r"\blive (?:updates|blog)\b",
        r"\bthis week in\b|\bweek in review\b|\blinks (?:for|of)\b|^links\b|\blist of key events\b",
        r"\b(?:daily|morning|evening) (?:brief|briefing|links|news|update)",
        r"\bin (?:pictures|photos)\b",
        r"\bwhat (?:to|we) know\b|^photos\b|\bthings to know\b",
    ),
    _kind(
        "advertising",
        -3.0,
        "推广|中转站|羊毛|优惠|折扣|特价|限时|秒杀|到手价|白菜价|好价|免费领|薅|赞助|招商|邀请码|拼车",
        r"\b(?:sponsored|advertorial|promoted|coupons?|discounts?|giveaway|buy now|price drop)\b",
        r"\bdeals? (?:of|on|alert)\b|\bbest deals?\b|\bpromo codes?\b|\b\d+% off\b|\$\d+ off\b",
        r"\bsave \$|\bfor just \$|\brecord-low\b|\blowest price\b|\bprime day\b|\bblack friday\b",
        r"\bbest .{3,40} (?:to buy|you can buy)\b|\bfor \$\d+\.\d\d\b|\blifetime (?:access|deal)",
    ),
    _kind(
        "job advertisement",
        -3.0,
        "招聘|诚聘|急招|内推|求职|寻找.{0,12}联合创始人",
        r"\bis hiring\b|\bwe.?re hiring\b|\bhiring an?\b",
    ),
    _kind(
        "pastime",
        -2.0,
        r"\b(?:wordle|crossword|quiz|horoscopes?|moon phase|how to watch|release date)\b",
        r"\bnyt (?:pips|strands|connections|mini)\b|\bhints(?: and|,) answers\b|\bepisode \d",
        "星座|运势|竞猜|段子|彩票",
    ),
    _kind(
        "forum",
        -0.9,
        r"^(?:show|ask|tell|launch) (?:hn|ih)\b|^\[[^\]]{1,10}\]|^\(?re:",
        "求助|请教|有没有|大家(?:觉得|怎么|都)|吐槽",
    ),
    _kind(
        "list or lesson",
        -0.8,
        r"^(?:top )?\d+ (?:best|ways|things|reasons|tips|tools|lessons|apps|books|stocks)\b",
        r"\b(?:how (?:to|i|we)|guide|tutorial|cheat ?sheet|explained|course)\b|\breview:",
        r"\bi (?:tested|tried|asked|gave|made|built|ditched)\b",
        "教程|指南|实战|入门|手把手|一文(?:读懂|看懂|搞懂|讲透)|万字长文|攻略|测评|实测|盘点|合集",
        "踩坑|从零|保姆级|必装|面试",
    ),
    _kind(
        "opinion",
        -0.7,
        r"^opinion\b|\b(?:opinion|editorial|analysis):|\bop-ed\b|^why\b|\bwhy (?:i|we|you|it)\b",
        r"\bmy (?:experience|thoughts|guess)\b|[?？]$|\bstocks? to\b|\bprediction",
        "评论员|杂谈|随想|感想|浅谈|思考|反思|启示|为什么|何以|凭什么|意味着什么",
        "只.{0,8}股票|概念股|股价预测",
    ),
    _kind(
        "release",
        0.5,
        "发布|推出|上线|亮相|问世|官宣|首发|融资|收购|起诉|裁员|量产|签署|上市(?![前公后])",
        "开源(?!.{0,3}(?:×|x|社区|中国|生态))",
        r"\b(?:launch|releas|unveil|announc|acquir|approv|open-?sourc)(?:e?s|ed|ing)\b(?! without)",
        r"\b(?:introducing|introduces|debuts|rolls? out|to acquire|buys|raises|raised|sues|bans)\b",
        r"\b(?:signs|cuts|lays off|layoffs)\b",
    ),
)


def title_signals(title: str) -> list[Reason]:
    """Return what *title* adds to or takes from its story, one reason a kind."""
    text = folded(title[:MAX_TITLE])
    found = ((kind, kind.pattern.search(text)) for kind in KINDS)
    return [
        Reason(name=kind.name, value=kind.value, text=match[0].strip()[:40])
        for kind, match in found
        if match
    ]
