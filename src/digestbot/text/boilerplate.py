"""Boilerplate: sentences that stand in a report and are none of its story."""

from __future__ import annotations

import re

from digestbot.text.cleaning_lines import (
    is_button,
    is_byline,
    is_crumb,
    is_date,
    is_notice,
    is_pointer,
    is_spam,
)

MAX_CALL = 48
"""Characters of a call to do something (to like, to share): in a longer sentence the same
words are news of somebody else's likes."""

_LINE_RULES = (is_button, is_byline, is_crumb, is_date, is_notice, is_pointer, is_spam)
_ONLY_DATE = re.compile(
    r"[\d\s年月日时分:：/,.-]+|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}[\d\s:apmAPM.]*"
)

_ANYWHERE = re.compile(
    r"点击(?:查看|阅读|进入|下载|关注|上方|下方|蓝字|链接|这里|此处)|阅读(?:全文|原文)|查看(?:全文|原文|更多)"
    r"|戳(?:这里|图|下方|链接)|扫码(?:关注|加|进|下载)|扫描二维码|长按识别"
    r"|(?:欢迎|敬请|记得)?关注.{0,12}(?:公众号|微信)"
    r"|责任编辑|图片来源|图源[:：]|原文标题|原文链接|未经(?:授权|许可)|免责声明|广告声明"
    r"|不构成投资建议|未完待续"
    r"|\b(?:click|tap) (?:here|the link|below)\b|\bsubscribe (?:to our|now|here)\b"
    r"|\bsign up (?:for|to) our\b|\b(?:our|your) (?:inbox|newsletters?)\b"
    r"|\bthis (?:article|story|post) (?:was|is|has been|originally|first)\b"
    r"|\bgetty images\b|\ball rights reserved\b|\bappeared first on\b"
    r"|\baffiliate (?:links?|commission)\b|\bcontributed to this (?:report|story)\b"
    r"|\[(?:link|comments)\]",
    re.IGNORECASE,
)

_AT_START = re.compile(
    r"(?:题|关键词|正文|标签|摘要|导读|标题|资料图)[：:]|以下(?:为|是)|(?:来源|责编)[|｜丨/:：]"
    r"|本文(?:来自|转自|首发|作者|由|系|仅|约|共|不构成|为)"
    r"|(?:文|图|作者|编辑|图源|出品|编译|撰文|题图|监制|校对|排版|审校|采写|策划)\s*[|｜丨/:：]"
    r"|(?:continue reading|read (?:more|the full|full)|click here|sign up|subscribe|follow us"
    r"|learn more|scroll down|submitted by|article url|follow (?:along|live)|live updates?"
    r"|a look (?:back )?at|in pictures|(?:what|everything) (?:you need )?to know"
    r"|please (?:share|send|e-?mail|contact|note|visit|read|sign|check|see|enable|subscribe)"
    r"|(?:topics?|tags?|categor(?:y|ies)|keywords?|filed under|document|(?:community )?links)(?=:)"
    r"|here[’'](?:s|re) (?:what|how|why|who|where|a look|everything|the)|find out)(?!\w)"
    r"|(?:comments|points)\b\W|\d+ (?:points|comments)\b|by [A-Z].{0,80}[^.]$"
    r"|(?:image|photo|photograph|picture|video|illustration)s? (?:credit|by|via|courtesy)\b",
    re.IGNORECASE,
)

_CALL = re.compile(
    r"版权(?:所有|归)|转载|(?:一起|快)来?(?:看看|试试)|小编|投资有风险"
    r"|(?:欢迎|记得|别忘|评论区|下方|文末).{0,8}(?:点赞|留言|转发|收藏|分享|评论|讨论)"
    r"|(?:点赞|收藏|转发|在看)(?:[、，和]|关注|支持)|(?:添加|加入).{0,6}(?:微信|群)"
    r"|(?:感谢|谢谢)(?:阅读|大家|各位)|各位.{0,4}(?:友|大佬|读者|同学)|大家好"
    r"|\bread more\b|\bstay tuned\b|\bthanks? (?:you )?for\b|\blet (?:me|us) know\b",
    re.IGNORECASE,
)

_CAPTION = re.compile(
    r"[（(]?(?:(?:图|图片|题图|配图|封面图?)(?:[:：/／｜|]|\s*(?:来源|源自|源于|由|via))|图为|[上下如左右]图)"
    r".{0,40}"
    r"|(?:photo|image|credit|illustration|advertisement|listen|watch|video|caption|source|related"
    r")s?\b(?=[^.!?]*$|\s*[:/|]).{0,60}",
    re.IGNORECASE,
)


def is_boilerplate(sentence: str) -> bool:
    """Whether *sentence* is a byline, a caption, a notice, a call, a button or a date."""
    if _ANYWHERE.search(sentence) or _AT_START.match(sentence):
        return True
    if len(sentence) <= MAX_CALL and _CALL.search(sentence):
        return True
    if _ONLY_DATE.fullmatch(sentence) or _CAPTION.fullmatch(sentence):
        return True
    return any(rule(sentence) for rule in _LINE_RULES)
