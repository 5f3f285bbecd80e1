"""Anchors: what of a headline is the same in every language — names, versions, amounts."""

from __future__ import annotations

import re

from digestbot.text.titles import folded

COUNTRIES = {
    "美国": "us",
    "中国": "china",
    "日本": "japan",
    "韩国": "korea",
    "法国": "france",
    "德国": "germany",
    "英国": "uk",
    "印度": "india",
    "俄罗斯": "russia",
    "乌克兰": "ukraine",
    "伊朗": "iran",
    "以色列": "israel",
    "加沙": "gaza",
    "欧盟": "eu",
}
"""Countries and the like: many events of a day are in one of them."""

ALIASES = {
    "谷歌": "google",
    "英伟达": "nvidia",
    "辉达": "nvidia",
    "苹果": "apple",
    "微软": "microsoft",
    "亚马逊": "amazon",
    "特斯拉": "tesla",
    "马斯克": "musk",
    "奥特曼": "altman",
    "阿尔特曼": "altman",
    "黄仁勋": "jensen",
    "软银": "softbank",
    "三星": "samsung",
    "英特尔": "intel",
    "高通": "qualcomm",
    "台积电": "tsmc",
    "甲骨文": "oracle",
    "阿里": "alibaba",
    "腾讯": "tencent",
    "字节跳动": "bytedance",
    "百度": "baidu",
    "华为": "huawei",
    "小米": "xiaomi",
    "月之暗面": "moonshot",
    "智谱": "zhipu",
    "通义千问": "qwen",
    "特朗普": "trump",
    "普京": "putin",
    "泽连斯基": "zelenskyy",
    "哈马斯": "hamas",
    "五角大楼": "pentagon",
} | COUNTRIES
"""Names that Chinese headlines translate, by the word that English ones use."""

SCALES = {
    "万": 1e4,
    "亿": 1e8,
    "万亿": 1e12,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
    "t": 1e12,
    "tn": 1e12,
    "trillion": 1e12,
}

_ALIAS = re.compile("|".join(sorted(ALIASES, key=len, reverse=True)))
_AMOUNT = re.compile(
    r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*(万亿|亿|万|(?:million|billion|trillion|bn|mn|tn|[kmbt])\b)"
)
_VERSION = re.compile(r"([a-z]+)?[ -]?(\d+(?:\.\d+)+)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_NAME = re.compile(r"[a-z][a-z0-9]+")
_COMMON = frozenset(
    "ai app api llm the a an and or of in on at to for with by from as is are was how why what"
    " when who new show ask tell hn ceo ipo it its this that these your my our we i you he she"
    " they his her their not no now says say said will can could has have had be been up out"
    " over after before more most than just into about via gpu cpu pc tv amid first one two"
    " report reports sources source makes make get gets using use used pdf video launches"
    " launch releases release announces introducing introduces update times york"
    " news media face via com www during talks".split()
)


def anchors(text: str) -> frozenset[str]:
    """Return the names, versions and amounts of *text* as they are compared.

    In Chinese every Latin word is a name; in English any word may be one. So
    anchors only compare texts of which one is not English, and how rare an
    anchor is has to tell. A version is one with its name: ``gpt5.6``.
    """
    plain = _ADDRESS.sub(" ", folded(text))
    found = {ALIASES[name] for name in _ALIAS.findall(plain)}
    found |= {_amount(digits, scale) for digits, scale in _AMOUNT.findall(plain)}
    plain = _AMOUNT.sub(" ", plain)
    found |= {f"{name}{version}" for name, version in _VERSION.findall(plain)}
    found |= set(_NAME.findall(_VERSION.sub(" ", plain)))
    return frozenset(found - _COMMON)


def _amount(digits: str, scale: str) -> str:
    return f"{float(digits.replace(',', '')) * SCALES[scale]:.4g}"
