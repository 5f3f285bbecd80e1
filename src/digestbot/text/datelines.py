"""Datelines and labels: what stands before a report's first word, and tells no news."""

from __future__ import annotations

import re

MAX_DATELINE = 60
"""Characters of the longest dateline: a place, a date, an agency, a reporter."""

LOOKED_AT = 200
"""Characters of a sentence that are looked at: a second dash stands near the first."""

_LABELS = re.compile(
    r"(?:[（(【\[](?!(?:19|20)\d\d)[^）)】\]]{1,16}[）)】\]]\s*+(?![a-z])|[▲△▶►●■◆◇•·*☞👉#>-]+\s+)+"
)
_DATE = re.compile(
    r"[A-Z][a-z]{2} \d{1,2}, \d{4}\s*(?=\S)"
    r"|\d{1,2}:\d\d ?[AaPp]\.?[Mm]\.?(?: [A-Z]{2,3})?\s*[-–—:]+\s*"
)

_AGENCY = r"(?:AP|AFP|ANI|CNN|CNBC|BBC|DPA|IANS|PTI|TASS|UPI|Reuters|Bloomberg|Xinhua|Kyodo|Yonhap)"
_PLACE = r"[A-Z][\w.'’-]*(?:,? (?:[A-Z][\w.'’-]*|\d{1,4}|/[A-Z]\w+/|de|of|la|el)){0,6},?"
_AGENCY_LINE = re.compile(
    rf"(?:{_PLACE}\s*)?\({_AGENCY}(?: [A-Z]\w+)?\)\s*(?:[-–—]+\s*)?"
    rf"|{_PLACE}\s*[(/][A-Z][\w. -]{{1,28}}[)/]\s*[-–—]+\s+"
)
_CAPITALS = re.compile(
    r"(?:[A-Z]{4}[A-Z.'’-]*|[A-Z]{2,}(?: [A-Z]{2,})+)(?:[ ,]+[A-Z][\w.'’-]*){0,4}"
    r"(?:,? \d{1,2})?(?:, \d{4})?,?"
    r" (?:--|[-–—]) (?=[\"“'‘]?[A-Z\d])(?!.* [-–—]+ )"
)
"""WASHINGTON — with no second dash in the sentence: that would make it an aside."""

_DAY = r"(?:(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*)?\d{1,2}\s*日"
_WHO = r"[（(](?:记者|編輯|编辑|通讯员|文|作者|见习记者)[^）)]{0,40}[）)]"
_CHINESE = re.compile(
    rf"(?!据|有|记者)[^，。：:！？、“”（）()]{{2,20}}?{_DAY}"
    rf"(?:上午|下午|晚间?|早间|凌晨)?(?:消息|讯|电|快讯)\s*(?:{_WHO})?\s*[，,：:]?\s*"
    rf"|(?!据)[^，。：:！？、“”（）()的]{{0,10}}(?:综合|网|社|报|客|家|氪|视|刊|台|[Aa]pp|APP|媒体|财经|科技)\s?"
    rf"(?:消息|讯|快讯|获悉)\s*(?:{_WHO})?\s*[，：]\s*"
    r"|(?:本报|本刊|本网|本站|中新网|人民网)\S{0,8}?(?:讯|电|消息)\s*"
    r"(?:[（(][^）)]{0,40}[）)])?[，：\s]*"
    rf"|(?:{_WHO})\s*"
)


def without_dateline(sentence: str) -> str:
    """Return the rest of *sentence* behind labels, a date, and a dateline; all of it without.

    What follows 据 (according to) is no dateline: it says who knows.
    """
    before = None
    while sentence != before:
        before = sentence
        for pattern in (_LABELS, _DATE, _AGENCY_LINE, _CAPITALS, _CHINESE):
            found = pattern.match(sentence[:LOOKED_AT])
            if found and found.end() <= MAX_DATELINE and found.end() < len(sentence):
                sentence = sentence[found.end() :]
    return sentence
