"""Units and currencies: what is counted, and how many of the base unit one of it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digestbot.text.facts.notation import any_of

_TABLE = """
ratio        0.01      | percent pct per-cent percentage | % |
ratio        1         | | |
point        1         | percentage-point(s) percent-point(s) pct-point(s) | pp | 个百分点 百分点
point        0.01      | basis-point(s) | bps bp | 个基点 基点
times        1         | times fold | x | 倍
second       86400     | day(s) | | 天 日
second       604800    | week(s) | | 个星期 星期 周 个礼拜 礼拜
second       1209600   | fortnight(s) | |
month        1         | month(s) | | 个月 个多月
month        3         | quarter(s) | | 个季度
month        12        | year(s) yr(s) | | 年 年期 周年 岁 周岁 个年头 载
month        120       | decade(s) | |
month        1200      | century centuries | | 个世纪
second       1         | second(s) sec(s) | | 秒 秒钟
second       60        | minute(s) min(s) | | 分钟
second       3600      | hour(s) hr(s) | h | 小时 个小时 个钟头 多小时
second       0.001     | millisecond(s) | ms | 毫秒
metre        1         | metre(s) meter(s) | m | 米
metre        1000      | kilometre(s) kilometer(s) km(s) | | 公里 千米
metre        1609.344  | mile(s) | mi | 英里
metre        0.3048    | foot feet ft | | 英尺
metre        0.0254    | inch(es) | | 英寸 吋 寸
metre        0.9144    | yard(s) | | 码
metre        0.01      | centimetre(s) centimeter(s) cm | | 厘米 公分
metre        0.001     | millimetre(s) millimeter(s) mm | | 毫米
metre        1e-9      | nanometre(s) nanometer(s) nm | | 纳米
metre        500       | | | 里地
area         1         | square-metre(s) square-meter(s) sq-m sqm | m² | 平方米 平米
area         1e6       | square-kilometre(s) square-kilometer(s) sq-km | km² | 平方公里 平方千米
area         2589988   | square-mile(s) sq-mile(s) | | 平方英里
area         0.092903  | square-foot square-feet sq-ft sqft | | 平方英尺 平方呎
area         10000     | hectare(s) | ha | 公顷
area         4046.856  | acre(s) | | 英亩
area         666.667   | | | 亩
litre        1         | litre(s) liter(s) | L | 升
litre        0.001     | millilitre(s) milliliter(s) ml | mL | 毫升
litre        3.785412  | gallon(s) | | 加仑
litre        158.987   | barrel(s) bbl(s) | | 桶
litre        1000      | cubic-metre(s) cubic-meter(s) | m³ | 立方米
gram         1         | gram(s) | g | 克
gram         1000      | kilogram(s) kilo(s) kg(s) | | 公斤 千克
gram         500       | | | 斤
gram         0.001     | milligram(s) mg | | 毫克
gram         453.592   | pound(s) lb(s) | | 磅
gram         28.3495   | ounce(s) oz | | 盎司
gram         1e6       | tonne(s) ton(s) | t | 吨 公吨
gram         6350.29   | stone | st | 英石
watt         1         | watt(s) | W | 瓦 瓦特
watt         1e3       | kilowatt(s) | kW KW | 千瓦
watt         1e6       | megawatt(s) | MW | 兆瓦
watt         1e9       | gigawatt(s) | GW | 吉瓦
watt         1e12      | terawatt(s) | TW | 太瓦
watthour     1e3       | kilowatt-hour(s) kwh | kWh | 千瓦时 度电
watthour     1e6       | megawatt-hour(s) mwh | MWh | 兆瓦时
watthour     1e9       | gigawatt-hour(s) gwh | GWh | 吉瓦时
watthour     1e12      | terawatt-hour(s) twh | TWh | 太瓦时
amphour      0.001     | milliamp-hour(s) mah | mAh | 毫安时 毫安
hertz        1         | hertz | Hz | 赫兹
hertz        1e3       | kilohertz khz | kHz | 千赫
hertz        1e6       | megahertz mhz | MHz | 兆赫
hertz        1e9       | gigahertz ghz | GHz | 吉赫
byte         1e3       | kilobyte(s) | KB kB | 千字节
byte         1e6       | megabyte(s) | MB | 兆字节
byte         1e9       | gigabyte(s) | GB | 吉字节
byte         1e12      | terabyte(s) | TB | 太字节
byte         1e15      | petabyte(s) | PB | 拍字节
token        1         | token(s) | | 个词元 词元 个令牌
parameter    1         | parameter(s) params | | 个参数 参数
degree       1         | degree(s) | ° °C ℃ C | 度 摄氏度
speed        1         | mph miles-per-hour | | 英里每小时
speed        0.621371  | kph kmh | km/h | 公里每小时
person       1         | people person(s) men women | | 人 名 位 人次 口人
group        1         | | | 家 户 所 间
piece        1         | | | 个 只 条 件 项 种 款 部 次 支 台 辆 架 艘 座 张 份 起 例 枚 本 篇
piece        1         | | | 处 届 场 轮 局 分 票 股 根 颗 片 套 幅 笔 批 层 道 级 站 头 匹 棵 株
piece        1         | | | 箱 瓶 杯 粒 声 句 字 页 章 节 课 门 队 对 双 组 类 步 环 板 盘 拍 杆 球
piece        1         | | | 宗 桩 盒 袋 点
USD          1         | us-dollar(s) u.s.-dollar(s) usd | | 美元 美金
USD          0.01      | | | 美分
dollar       1         | dollar(s) buck(s) | |
dollar       0.01      | cent(s) | ¢ |
CNY          1         | yuan rmb renminbi cny | | 元 元人民币 人民币 块钱 块
CNY          0.1       | | | 角 毛钱
EUR          1         | euro(s) eur | | 欧元
EUR          0.01      | euro-cent(s) | | 欧分
GBP          1         | pound(s) sterling gbp quid | | 英镑
GBP          0.01      | pence | p | 便士
JPY          1         | yen jpy | | 日元 日圆 円
KRW          1         | won krw | | 韩元
INR          1         | rupee(s) inr | | 卢比 印度卢比
RUB          1         | rouble(s) ruble(s) | | 卢布
AUD          1         | australian-dollar(s) aud | | 澳元 澳大利亚元 澳币
CAD          1         | canadian-dollar(s) cad | | 加元 加拿大元 加币
HKD          1         | hong-kong-dollar(s) hkd | | 港元 港币
TWD          1         | | | 新台币 台币
SGD          1         | | | 新加坡元 新元
NZD          1         | | | 新西兰元 纽元
CHF          1         | swiss-franc(s) francs | | 瑞士法郎 瑞郎 法郎
"""

_SYMBOLS = {
    "USD": "us$ u.s.$ usd",
    "dollar": "$",
    "AUD": "a$ au$ aud",
    "CAD": "c$ cad",
    "HKD": "hk$ hkd",
    "TWD": "nt$",
    "SGD": "s$",
    "NZD": "nz$",
    "EUR": "€ eur",
    "GBP": "£ gbp",
    "CNY": "¥ ￥ rmb cny 人民币",
    "JPY": "¥ ￥ jpy",
    "INR": "₹ rs rs. inr",
    "KRW": "₩ krw",
    "RUB": "₽",
    "CHF": "chf",
}

DOLLARS = frozenset({"USD", "AUD", "CAD", "HKD", "TWD", "SGD", "NZD"})
"""What "$" and "dollars" may stand for."""

CURRENCIES = frozenset(_SYMBOLS)

COUNTED = frozenset({"person", "group", "piece"})
"""What Chinese says of things and English leaves out: it tells nothing apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit: ``factor`` of the base unit of its ``dimension``; its ``name`` is its first one."""

    name: str
    dimension: str
    factor: float


_LATIN_PAIR = re.compile("[a-z]{2}")

BARE = Unit(name="", dimension="", factor=1.0)


def _spellings(word: str) -> list[str]:
    stem, bracket, ending = word.partition("(")
    stem = stem.replace("-", " ")
    return [stem, stem + ending.rstrip(")")] if bracket else [stem]


def _read_table() -> tuple[dict[str, tuple[Unit, ...]], dict[str, tuple[Unit, ...]]]:
    words: dict[str, tuple[Unit, ...]] = {}
    signs: dict[str, tuple[Unit, ...]] = {}
    for line in _TABLE.strip().splitlines():
        head, english, latin, chinese = line.split("|")
        dimension, factor = head.split()
        names = [name for each in english.split() for name in _spellings(each)]
        first = (names + latin.split() + chinese.split() + [dimension])[0]
        unit = Unit(name=first, dimension=dimension, factor=float(factor))
        for name in names:
            words[name] = (*words.get(name, ()), unit)
        for name in latin.split() + chinese.split():
            signs[name] = (*signs.get(name, ()), unit)
    return words, signs


_WORDS, _SIGNS = _read_table()


def _read_symbols() -> dict[str, tuple[Unit, ...]]:
    symbols: dict[str, tuple[Unit, ...]] = {}
    for dimension, names in _SYMBOLS.items():
        for name in names.split():
            unit = Unit(name=dimension, dimension=dimension, factor=1.0)
            symbols[name] = (*symbols.get(name, ()), unit)
    return symbols


SYMBOLS = _read_symbols()
"""What stands before an amount, and the currencies that it may mean."""

_LONGEST_SYMBOL = max(map(len, SYMBOLS))

_UNIT = re.compile(
    rf"[\s-]?(?:(?P<word>(?i:{any_of(_WORDS).replace(chr(92) + ' ', '[ -]')}))(?!'?[A-Za-z])"
    rf"|(?P<sign>{any_of(_SIGNS)})(?:(?<=[^A-Za-z])|(?!'?[A-Za-z])))"
)


def unit_after(text: str, place: int) -> tuple[tuple[Unit, ...], int]:
    """Return the units that ``text[place:]`` may begin with, and where they end."""
    found = _UNIT.match(text, place)
    if not found:
        return (), place
    if found["word"]:
        return _WORDS[found["word"].lower().replace("-", " ")], found.end()
    return _SIGNS[found["sign"]], found.end()


def symbol_before(text: str, place: int) -> tuple[tuple[Unit, ...], int]:
    """Return the currencies whose symbol may end at *place* of *text*, and where it begins."""
    before = text[max(0, place - _LONGEST_SYMBOL - 2) : place]
    bare = before.rstrip(" -").lower()
    for length in range(min(_LONGEST_SYMBOL, len(bare)), 0, -1):
        symbol = bare[-length:]
        if symbol in SYMBOLS and not _LATIN_PAIR.match(bare[-length - 1 : 1 - length or None]):
            return SYMBOLS[symbol], place - len(before) + len(bare) - length
    return (), place
