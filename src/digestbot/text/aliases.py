"""Aliases: the names of the field that Chinese translates, with what they are in Latin letters.

A name in Han characters cannot be looked up in an English report, nor the
other way round; of these it can. An edition's settings may add more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

_TABLE = """
英伟达, 辉达 | Nvidia
谷歌 | Google, Alphabet
微软 | Microsoft
苹果公司, 苹果 | Apple, iPhone, iOS
亚马逊 | Amazon, AWS
脸书 | Facebook, Meta
特斯拉 | Tesla
甲骨文 | Oracle
英特尔 | Intel
高通 | Qualcomm
博通 | Broadcom
超威 | AMD, Advanced Micro Devices
安谋 | Arm
美光 | Micron
台积电 | TSMC, Taiwan Semiconductor
联发科 | MediaTek
富士康, 鸿海 | Foxconn, Hon Hai
阿斯麦 | ASML
三星电子, 三星 | Samsung
海力士, SK海力士 | Hynix
软银 | SoftBank
索尼 | Sony
任天堂 | Nintendo
丰田 | Toyota
本田 | Honda
日产汽车 | Nissan
松下 | Panasonic
东芝 | Toshiba
日立 | Hitachi
富士通 | Fujitsu
佳能 | Canon
西门子 | Siemens
思爱普 | SAP
博世 | Bosch
宝马 | BMW
奔驰, 梅赛德斯 | Mercedes, Benz
大众汽车 | Volkswagen, VW
福特 | Ford
通用汽车 | General Motors, GM
波音 | Boeing
空客, 空中客车 | Airbus
洛克希德 | Lockheed
沃尔玛 | Walmart
可口可乐 | Coca-Cola, Coke
麦当劳 | McDonald
星巴克 | Starbucks
迪士尼 | Disney
网飞, 奈飞 | Netflix
华纳兄弟 | Warner Bros, Warner
派拉蒙 | Paramount
康卡斯特 | Comcast
高盛 | Goldman Sachs, Goldman
摩根士丹利 | Morgan Stanley
摩根大通 | JPMorgan, JP Morgan
花旗 | Citi, Citigroup, Citibank
美国银行 | Bank of America, BofA
富国银行 | Wells Fargo
汇丰 | HSBC
瑞银 | UBS
德意志银行 | Deutsche Bank
贝莱德 | BlackRock
黑石 | Blackstone
红杉 | Sequoia
伯克希尔 | Berkshire
桥水 | Bridgewater
麦肯锡 | McKinsey
德勤 | Deloitte
埃森哲 | Accenture
普华永道 | PwC, PricewaterhouseCoopers
毕马威 | KPMG
安永 | EY, Ernst
赛富时 | Salesforce
奥多比 | Adobe
思科 | Cisco
戴尔 | Dell
惠普 | HP, Hewlett
国际商业机器 | IBM
优步 | Uber
爱彼迎 | Airbnb
贝宝 | PayPal
领英 | LinkedIn
推特 | Twitter, X
红迪 | Reddit
油管 | YouTube
声田 | Spotify
优兔 | YouTube
维基百科 | Wikipedia
火狐 | Firefox, Mozilla
安卓 | Android
安森美 | onsemi
德州仪器 | Texas Instruments
意法半导体 | STMicroelectronics
英飞凌 | Infineon
恩智浦 | NXP
瑞萨 | Renesas
应用材料 | Applied Materials
泛林 | Lam Research
科磊 | KLA
辉瑞 | Pfizer
强生 | Johnson & Johnson
默沙东 | Merck
诺和诺德 | Novo Nordisk
礼来 | Eli Lilly, Lilly
罗氏 | Roche
诺华 | Novartis
阿斯利康 | AstraZeneca
拜耳 | Bayer
葛兰素史克 | GSK, GlaxoSmithKline
赛诺菲 | Sanofi
壳牌 | Shell
埃克森美孚, 埃克森 | Exxon, ExxonMobil
雪佛龙 | Chevron
沙特阿美 | Aramco
嘉能可 | Glencore
联合利华 | Unilever
雀巢 | Nestle, Nestlé
路易威登 | Louis Vuitton, LVMH
耐克 | Nike
阿迪达斯 | Adidas
宜家 | IKEA
乐高 | Lego
诺基亚 | Nokia
爱立信 | Ericsson
飞利浦 | Philips
沃达丰 | Vodafone
威瑞森 | Verizon
阿里巴巴, 阿里云, 阿里 | Alibaba, Aliyun
腾讯 | Tencent
字节跳动 | ByteDance
百度 | Baidu
华为 | Huawei
小米 | Xiaomi
京东 | JD.com, JD
美团 | Meituan
拼多多 | Pinduoduo, PDD, Temu
网易 | NetEase
快手 | Kuaishou
哔哩哔哩 | Bilibili
滴滴 | Didi
比亚迪 | BYD
蔚来 | Nio
理想汽车 | Li Auto
小鹏 | Xpeng, XPeng
吉利 | Geely
宁德时代 | CATL
中芯国际 | SMIC
寒武纪 | Cambricon
大疆 | DJI
联想集团 | Lenovo
中兴 | ZTE
海光 | Hygon
摩尔线程 | Moore Threads
商汤 | SenseTime
旷视 | Megvii
科大讯飞, 讯飞 | iFlytek
深度求索 | DeepSeek
月之暗面 | Moonshot, Kimi
智谱 | Zhipu, Z.ai
稀宇, 稀宇科技 | MiniMax
阶跃星辰 | StepFun
百川智能 | Baichuan
零一万物 | 01.AI
宇树 | Unitree
抖音 | TikTok, Douyin
微信 | WeChat, Weixin
微博 | Weibo
小红书 | RedNote, Xiaohongshu
通义千问, 千问, 通义 | Qwen, Tongyi
豆包 | Doubao
混元 | Hunyuan
文心一言, 文心 | Ernie, Wenxin
可灵 | Kling
即梦 | Jimeng, Dreamina
昇腾 | Ascend
鸿蒙 | HarmonyOS, Harmony
马斯克 | Musk
奥特曼, 奥尔特曼, 阿尔特曼 | Altman
黄仁勋 | Jensen, Huang
扎克伯格 | Zuckerberg
纳德拉 | Nadella
皮查伊 | Pichai
库克 | Cook
贝索斯, 贝佐斯 | Bezos
盖茨 | Gates
巴菲特 | Buffett
孙正义 | Masayoshi Son, Son
苏姿丰 | Lisa Su, Su
陈立武 | Lip-Bu Tan, Tan
辛顿 | Hinton
杨立昆, 勒昆 | LeCun
本吉奥 | Bengio
李飞飞 | Fei-Fei Li
吴恩达 | Andrew Ng, Ng
卡帕西 | Karpathy
苏茨克维 | Sutskever
哈萨比斯 | Hassabis
阿莫迪 | Amodei
穆拉蒂 | Murati
布罗克曼 | Brockman
苏莱曼 | Suleyman
马云 | Jack Ma, Ma
马化腾 | Pony Ma, Ma
雷军 | Lei Jun
任正非 | Ren Zhengfei
梁文锋 | Liang Wenfeng
杨植麟 | Yang Zhilin
王兴兴 | Wang Xingxing
特朗普, 川普 | Trump
拜登 | Biden
哈里斯 | Harris
万斯 | Vance
卢比奥 | Rubio
奥巴马 | Obama
希拉里, 克林顿 | Clinton
布什 | Bush
鲍威尔 | Powell
耶伦 | Yellen
贝森特 | Bessent
普京 | Putin
泽连斯基 | Zelensky, Zelenskyy
内塔尼亚胡 | Netanyahu
马克龙 | Macron
默茨 | Merz
朔尔茨 | Scholz
默克尔 | Merkel
斯塔默 | Starmer
苏纳克 | Sunak
约翰逊 | Johnson
冯德莱恩 | von der Leyen, Leyen
莫迪 | Modi
石破茂 | Ishiba
岸田文雄 | Kishida
高市早苗 | Takaichi
尹锡悦 | Yoon
李在明 | Lee Jae-myung, Lee
金正恩 | Kim Jong Un, Kim
埃尔多安 | Erdogan, Erdoğan
哈梅内伊 | Khamenei
卢拉 | Lula
米莱 | Milei
马杜罗 | Maduro
特鲁多 | Trudeau
卡尼 | Carney
哈马斯 | Hamas
真主党 | Hezbollah
胡塞 | Houthi
塔利班 | Taliban
五角大楼 | Pentagon
白宫 | White House
克里姆林宫 | Kremlin
北约 | NATO
美联储 | Fed, Federal Reserve
联邦通信委员会 | FCC, Federal Communications Commission
联邦贸易委员会 | FTC, Federal Trade Commission
路透社, 路透 | Reuters
彭博社, 彭博 | Bloomberg
法新社 | AFP
美联社 | AP, Associated Press
纽约时报 | New York Times, NYT
华尔街日报 | Wall Street Journal, WSJ
华盛顿邮报 | Washington Post
金融时报 | Financial Times, FT
经济学人 | Economist
卫报 | Guardian
福布斯 | Forbes
财富杂志 | Fortune
连线杂志 | Wired
斯坦福 | Stanford
麻省理工 | MIT, Massachusetts Institute of Technology
哈佛 | Harvard
耶鲁 | Yale
普林斯顿 | Princeton
伯克利 | Berkeley
卡内基梅隆 | Carnegie Mellon, CMU
牛津 | Oxford
剑桥 | Cambridge
清华大学, 清华 | Tsinghua
北京大学 | Peking University, PKU
复旦 | Fudan
浙江大学, 浙大 | Zhejiang University
香港大学 | University of Hong Kong, HKU
南洋理工 | Nanyang
"""

_PLACES = """
美国, 美方, 美军, 美政府 | US, USA, U.S, United States, America, American, Americans
中国, 中方 | China, Chinese
日本, 日方 | Japan, Japanese
韩国 | Korea, South Korea, Korean
朝鲜 | North Korea, DPRK
法国 | France, French
德国 | Germany, German
英国 | UK, Britain, British, United Kingdom, England
意大利 | Italy, Italian
西班牙 | Spain, Spanish
荷兰 | Netherlands, Dutch
瑞典 | Sweden, Swedish
挪威 | Norway, Norwegian
瑞士 | Switzerland, Swiss
波兰 | Poland, Polish
俄罗斯, 俄方 | Russia, Russian
乌克兰 | Ukraine, Ukrainian
伊朗 | Iran, Iranian
伊拉克 | Iraq, Iraqi
以色列 | Israel, Israeli
巴勒斯坦 | Palestine, Palestinian
加沙 | Gaza
沙特 | Saudi
阿联酋 | UAE, Emirates, Emirati
卡塔尔 | Qatar, Qatari
土耳其 | Turkey, Türkiye, Turkish
埃及 | Egypt, Egyptian
印度 | India, Indian
巴基斯坦 | Pakistan, Pakistani
越南 | Vietnam, Vietnamese
泰国 | Thailand, Thai
新加坡 | Singapore
马来西亚 | Malaysia, Malaysian
印度尼西亚, 印尼 | Indonesia, Indonesian
菲律宾 | Philippines, Filipino, Philippine
澳大利亚, 澳洲 | Australia, Australian
新西兰 | New Zealand
加拿大 | Canada, Canadian
墨西哥 | Mexico, Mexican
巴西 | Brazil, Brazilian
阿根廷 | Argentina, Argentine
委内瑞拉 | Venezuela, Venezuelan
南非 | South Africa, South African
欧盟 | EU, European Union, European Commission
"""


_NO_NAMES = "提高通 北京东 南京东 升华为 中华为 三星级 五三星 一百度 数百度 几百度".split()
"""Words in which a name stands by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it stands in a text, and all that it may be called in a source."""

    text: str
    start: int
    end: int
    spellings: tuple[str, ...]
    is_place: bool = False
    """A country that a report does not name may still be known from what it says."""


class Aliases:
    """Names in two scripts: the table's and *more*, each Chinese one with its Latin ones."""

    def __init__(self, more: Mapping[str, Sequence[str]] | None = None) -> None:
        self._latin: dict[str, tuple[str, ...]] = {}
        self._han: dict[str, tuple[str, ...]] = {}
        for han, latin in (*_rows(_TABLE), *_rows(_PLACES), *_own(more or {})):
            self._add(han, latin)
        self._places = {name for han, _ in _rows(_PLACES) for name in han}

    def _add(self, han: Sequence[str], latin: Sequence[str]) -> None:
        for name in han:
            others = tuple(each for each in han if each != name)
            known = self._latin.get(name, ())
            self._latin[name] = tuple(dict.fromkeys((*known, *latin, *others)))
        for name in latin:
            folded = name.casefold()
            self._han[folded] = tuple(dict.fromkeys((*self._han.get(folded, ()), *han)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = sorted([*self._latin, *_NO_NAMES], key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names)))

    def in_han(self, text: str) -> Iterator[Name]:
        """Give the names of *text* in Han characters, with what else they are called."""
        for match in self._pattern.finditer(text):
            if match[0] in self._latin:
                yield Name(
                    text=match[0],
                    start=match.start(),
                    end=match.end(),
                    spellings=self._latin[match[0]],
                    is_place=match[0] in self._places,
                )

    def of_latin(self, name: str) -> tuple[str, ...]:
        """Return what a *name* in Latin letters is called in Han characters."""
        return self._han.get(name.casefold(), ())

    def of_han(self, name: str) -> tuple[str, ...]:
        """Return what else a *name* in Han characters is called."""
        return self._latin.get(name, ())


@lru_cache(maxsize=1)
def shipped() -> Aliases:
    """Return the table as it is shipped."""
    return Aliases()


def _rows(table: str) -> Iterator[tuple[list[str], list[str]]]:
    for line in table.strip().splitlines():
        han, latin = line.split("|")
        yield [name.strip() for name in han.split(",")], [name.strip() for name in latin.split(",")]


def _own(more: Mapping[str, Sequence[str]]) -> Iterator[tuple[list[str], list[str]]]:
    """A user's rows; either side may be the Chinese one."""
    for name, others in more.items():
        every = [name, *others]
        han = [each for each in every if re.search("[\u4e00-\u9fff]", each)]
        latin = [each for each in every if each not in han]
        if han:
            yield han, latin
