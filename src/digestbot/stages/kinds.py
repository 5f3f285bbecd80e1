"""Kinds: what titles say of the worth of their story, by kinds of titles.

A kind is worth what ``learned`` says, which follows an editor's picks, or what
it says itself: a value set by hand for kinds of which the picks say nothing,
because their candidates had been filtered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digestbot.text.makers import ANY_MAKER
from digestbot.text.titles import folded

MAX_TITLE = 300
"""Characters of a title that are read; longer ones are posts without a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of titles: how it is known, and what it is worth if nothing was learned of it.

    What was learned of a kind ``of_field`` holds on days of that field only
    (:mod:`digestbot.stages.field`).
    """

    name: str
    pattern: re.Pattern[str]
    value: float | None = None
    of_field: bool = False


def _kind(name: str, *patterns: str, value: float | None = None, of_field: bool = False) -> Kind:
    pattern = re.compile("|".join(patterns))
    return Kind(name=name, pattern=pattern, value=value, of_field=of_field)


KINDS = (
    # --- no news of their own: worth less than any news, whoever picks ---------
    _kind(
        "round-up",
        "8点1氪|氪星晚报|[派钛晨]?[早晚午晨]报|日报[】丨:：|]|早知道|热点导览",
        "周[报刊](?![道告])|^.{0,12}(?:月报|早餐|日报)|[一本上]周(?:要闻|热点|回顾|速览|大事)",
        "今日(?:要闻|热点|看点)|(?:新闻|资讯|快讯)(?:汇总|速览|速递|合集)|[一-鿿][^;]*;[^;]{4,}(?:;|[|丨])|早财经",
        r"\b(?:weekly|newsletter|round-?up|digest|highlights|open thread)\b",
        r"\blive (?:updates|blog)\b",
        r"\bthis week in\b|\bweek in review\b|\blinks (?:for|of)\b|^links\b|\blist of key events\b",
        r"\b(?:daily|morning|evening) (?:brief|briefing|links|news|update)",
        r"\bin (?:pictures|photos)\b",
        r"\bwhat (?:to|we) know\b|^photos\b|\bthings to know\b",
        value=-2.5,
    ),
    _kind(
        "advertising",
        "推广|中转站|羊毛|优惠|折扣|特价|限时|秒杀|到手价|白菜价|好价|免费领|薅|赞助|招商|邀请码|拼车",
        r"\b(?:sponsored|advertorial|promoted|coupons?|discounts?|giveaway|buy now|price drop)\b",
        r"\bdeals? (?:of|on|alert)\b|\bbest deals?\b|\bpromo codes?\b|\b\d+% off\b|\$\d+ off\b",
        r"\bsave \$|\bfor just \$|\brecord-low\b|\blowest price\b|\bprime day\b|\bblack friday\b",
        r"\bbest .{3,40} (?:to buy|you can buy)\b|\bfor \$\d+\.\d\d\b|\blifetime (?:access|deal)",
        value=-3.0,
    ),
    _kind(
        "job advertisement",
        "招聘|诚聘|急招|内推|求职|寻找.{0,12}联合创始人",
        r"\bis hiring\b|\bwe.?re hiring\b|\bhiring an?\b",
        value=-3.0,
    ),
    _kind(
        "pastime",
        r"\b(?:wordle|crossword|quiz|horoscopes?|moon phase|how to watch|release date)\b",
        r"\bnyt (?:pips|strands|connections|mini)\b|\bhints(?: and|,) answers\b|\bepisode \d",
        "星座|运势|竞猜|段子|彩票",
        value=-2.0,
    ),
    _kind(
        "list or lesson",
        r"^(?:top )?\d+ (?:best|ways|things|reasons|tips|tools|lessons|apps|books|stocks)\b",
        r"\b(?:how (?:to|i|we)|guide|tutorial|cheat ?sheet|explained|course)\b|\breview:",
        r"\bi (?:tested|tried|asked|gave|made|built|ditched)\b",
        "教程|指南|实战|入门|手把手|一文(?:读懂|看懂|搞懂|讲透)|万字长文|攻略|测评|实测|盘点|合集",
        "踩坑|从零|保姆级|必装|面试",
        value=-0.8,
    ),
    _kind(
        "opinion",
        r"^opinion\b|\b(?:opinion|editorial|analysis):|\bop-ed\b|^why\b|\bwhy (?:i|we|you|it)\b",
        r"\bmy (?:experience|thoughts|guess)\b|\bstocks? to\b|\bprediction",
        "评论员|杂谈|随想|感想|浅谈|思考|反思|启示|为什么|何以|凭什么|意味着什么",
        "只.{0,8}股票|概念股|股价预测",
        value=-0.7,
    ),
    # --- who speaks, and how ------------------------------------------------------
    _kind(
        "forum",
        r"^(?:show|ask|tell|launch) (?:hn|ih)\b|^\[[^\]]{1,10}\]|^\(?re:",
        "求助|请教|有没有|大家(?:觉得|怎么|都)|吐槽",
    ),
    _kind("first person", r"\b(?:i|my|me|i['’](?:m|ve|d))\b|(?<!自)我(?!国|们的生活)"),
    _kind(
        "question",
        r"[?？]|^(?:how|why|what|when|who|is|are|can|do|does|should|will)\b|如何|怎么|什么",
    ),
    # --- what happened ------------------------------------------------------------
    _kind(
        "release",
        "发布|推出|亮相|问世|官宣|首发|裁员|量产|上市(?![前公后])",
        "开源(?!.{0,3}(?:×|x|社区|中国|生态))",
        r"\b(?:launch|releas|unveil|announc|approv|open-?sourc)(?:e?s|ed|ing)\b(?! without)",
        r"\b(?:introducing|introduces|debuts|cuts|lays off|layoffs)\b",
    ),
    _kind(
        "roll-out",
        "上线|正式|开放|内测|公测|灰度|全量|可用|登陆|现已|开启|接入",
        r"\bavailable\b|\broll(?:s|ing|ed)? out|\bnow in\b|\bpreview\b|\bbeta\b|\blive on\b",
        r"\bnow supports?\b|\bcoming to\b|\bis here\b",
    ),
    _kind(
        "funding",
        r"融资|估值|领投|募资|[a-z]\+?轮|种子轮|\braises?\b|\braised\b|\bfunding\b|\bvaluation\b",
        r"\bseries [a-e]\b|\b(?:funding|seed|financing) round\b",
    ),
    _kind("deal", r"收购|并购|签署|入股|\bacqui|\bto buy\b|\bbuys\b|\bsigns\b"),
    # --- what it is about -----------------------------------------------------------
    _kind(
        "for developers",
        r"插件|开发者|文档|\bapi\b|\bsdk\b|\bcli\b|\bdevelopers?\b|\bplugins?\b|\bmcp\b|\bskills?\b",
        of_field=True,
    ),
    _kind(
        "model",
        r"模型|多模态|语音|视频生成|\bmodels?\b|multimodal|embedding|\bvoice\b|\bvideo\b",
        of_field=True,
    ),
    Kind(name="laboratory", pattern=ANY_MAKER, of_field=True),
    _kind(
        "feature",
        r"功能|模式|升级|新增|支持|\bfeatures?\b|\bmode\b|\bupdate[sd]?\b|\bupgrade|\badds?\b|\bnow\b",
        of_field=True,
    ),
    _kind("version", r"[a-z][ ‑-]?\d+(?:\.\d+)+|\b[a-z]{2,}[‑-]?\d+[a-z]?\b"),
)
"""The values set by hand are in the unit of the score, in which twice the publishers are worth
about 0.7; a kind that tells no news of its own loses to any that does."""


def kinds_of(title: str) -> tuple[tuple[Kind, str], ...]:
    """Return the kinds of *title*, each with the words that show it."""
    return tuple(_found(folded(title[:MAX_TITLE])))


def _found(text: str) -> Iterator[tuple[Kind, str]]:
    for kind in KINDS:
        if match := kind.pattern.search(text):
            yield kind, match[0].strip()[:40]
