"""Countries: one name of a country, or of its people, is as good as another."""

from __future__ import annotations

import re

from digestbot.text.facts.notation import any_of

_TABLE = """
US, U.S., U.S.A., USA, United States, America, American | 美国 美方 中美 美股
UK, U.K., United Kingdom, Great Britain, Britain, British, Briton | 英国 英方 中英
EU, E.U., European Union | 欧盟 中欧
UN, U.N., United Nations | 联合国
UAE, U.A.E., United Arab Emirates, Emirati | 阿联酋
China, Chinese, PRC | 中国 中方 中美 中英 中欧 中日 中俄
Japan, Japanese | 日本 日方 中日
South Korea, South Korean, Republic of Korea, Korean, Korea | 韩国 韩方
North Korea, North Korean, DPRK | 朝鲜
Taiwan, Taiwanese | 台湾
Hong Kong, Hongkonger | 香港
Germany, German | 德国 德方
France, French, Frenchman, Frenchwoman | 法国 法方
Italy, Italian | 意大利
Spain, Spanish, Spaniard | 西班牙
Portugal, Portuguese | 葡萄牙
Netherlands, Dutch, Holland | 荷兰
Belgium, Belgian | 比利时
Switzerland, Swiss | 瑞士
Austria, Austrian | 奥地利
Sweden, Swedish, Swede | 瑞典
Norway, Norwegian | 挪威
Denmark, Danish, Dane | 丹麦
Finland, Finnish, Finn | 芬兰
Iceland, Icelandic, Icelander | 冰岛
Ireland, Irish | 爱尔兰
Scotland, Scottish, Scot, Scots | 苏格兰
Wales, Welsh | 威尔士
England, English | 英格兰
Poland, Polish, Pole | 波兰
Czech Republic, Czechia, Czech | 捷克
Hungary, Hungarian | 匈牙利
Greece, Greek | 希腊
Turkey, Türkiye, Turkish, Turk | 土耳其
Russia, Russian | 俄罗斯 俄方 中俄
Ukraine, Ukrainian | 乌克兰
Israel, Israeli | 以色列
Palestine, Palestinian | 巴勒斯坦
Iran, Iranian | 伊朗
Iraq, Iraqi | 伊拉克
Saudi Arabia, Saudi | 沙特
Egypt, Egyptian | 埃及
South Africa, South African | 南非
Nigeria, Nigerian | 尼日利亚
India, Indian | 印度
Pakistan, Pakistani | 巴基斯坦
Bangladesh, Bangladeshi | 孟加拉国
Vietnam, Vietnamese | 越南
Thailand, Thai | 泰国
Philippines, Philippine, Filipino, Filipina | 菲律宾
Indonesia, Indonesian | 印度尼西亚 印尼
Malaysia, Malaysian | 马来西亚
Singapore, Singaporean | 新加坡
Australia, Australian | 澳大利亚 澳洲
New Zealand, New Zealander | 新西兰
Canada, Canadian | 加拿大
Mexico, Mexican | 墨西哥
Brazil, Brazilian | 巴西
Argentina, Argentine, Argentinian | 阿根廷
Europe, European | 欧洲
Asia, Asian | 亚洲
Africa, African | 非洲
"""


def _read_table() -> dict[str, frozenset[str]]:
    countries: dict[str, frozenset[str]] = {}
    for line in _TABLE.strip().splitlines():
        english, chinese = line.split(" | ")
        names = english.split(", ")
        for name in names + chinese.split():
            countries[name] = countries.get(name, frozenset()) | {names[0]}
    return countries


_COUNTRIES = _read_table()
_INITIALS = {name: each for name, each in _COUNTRIES.items() if name.isupper() and name.isalpha()}
_FOLDED = {name.casefold(): each for name, each in _COUNTRIES.items() if name not in _INITIALS}
_WORDS = {name: each for name, each in _FOLDED.items() if name.isascii() and name.isalpha()}
_PHRASES = {name: each for name, each in _FOLDED.items() if name not in _WORDS}
_INITIALS_IN = re.compile(rf"(?<![A-Za-z])(?:{any_of(_INITIALS)})(?![A-Za-z])")
_LATIN = any_of(name for name in _COUNTRIES if name.isascii())
_NAME = re.compile(rf"(?<![A-Za-z.])(?P<name>{_LATIN})(?:'?s)?(?![A-Za-z])")


def countries_in(text: str, words: frozenset[str]) -> frozenset[str]:
    """Return the countries that *text*, of those *words*, names in whatever letters.

    Initials must be capitals: "us" is no country.
    """
    folded = text.casefold()
    found = [_INITIALS[name] for name in set(_INITIALS_IN.findall(text))]
    found += [each for name, each in _WORDS.items() if name in words or name + "s" in words]
    found += [each for name, each in _PHRASES.items() if name in folded]
    return frozenset().union(*found)


def without_countries(name: str, known: frozenset[str]) -> str:
    """Return *name* without the countries in it that are *known*: "Dutch Prime Minister"."""
    return _NAME.sub(lambda match: "" if _COUNTRIES[match["name"]] & known else match[0], name)
