"""Names in Han characters: what in a Chinese text is somebody's name, by its make alone.

No dictionary knows them all. What is found here is one in all likelihood: a
name with a middle dot, one that is written with the characters of
transliteration, a surname beside a post or before what was said, a company
that does something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from digestbot.text.facts import Fact, Label

_HAN = "\u4e00-\u9fff"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻柏章苏潘葛范彭郎"
    "鲁韦马苗凤花方俞任袁柳史唐费薛雷贺倪汤滕殷罗毕郝安常乐于傅齐康伍余顾孟黄穆萧尹姚邵"
    "汪祁毛狄戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田胡凌霍虞"
    "万柯管卢莫房解应丁邓洪包左石崔龚程邢裴陆荣翁曲侯全班仇宁刘景叶詹龙黎薄白蒲邰赖卓蔺屠"
    "池乔温柴瞿阎连艾容向古易廖庾终耿文寇广欧殳沃利蔚越师巩聂晁敖冷辛那简饶曾沙关相查游权"
    "闫肖付代涂佟"
)
_COMPOUND = "欧阳|司马|诸葛|上官|司徒|东方|夏侯|慕容|令狐|皇甫|尉迟|长孙"
_GIVEN = rf"(?:(?:{_COMPOUND})[{_HAN}]{{1,2}}|[{_SURNAMES}][{_HAN}]{{1,2}}?)"
_POST = (
    "首席[^，。；：]{0,4}官|创始人|董事长|总裁|总经理|合伙人|经理|主管|负责人|发言人|教授|博士|院士|院长"
    "|校长|研究员|分析师|科学家|工程师|设计师|总统|总理|首相|部长|主席|书记|省长|市长|局长|议员|律师"
    "|法官|记者|作家|导演|演员|歌手|球员|教练|CEO|CTO|CFO|COO"
)
_SAID = "|".join(
    "表示 称 说 指出 认为 透露 强调 坦言 宣布 回应 介绍 告诉 解释 补充 警告 承认 否认 写道 预计"
    " 呼吁".split()
)
_ADDRESSED = "先生|女士|教授|博士|院士|同志"

_SOUNDS = (
    "阿埃艾安奥巴班鲍贝本比彼毕宾波伯勃博布蔡查达戴丹道德登邓迪蒂丁顿敦多厄恩尔法凡范菲费丰冯佛夫弗福盖甘"
    "冈戈格葛古顾哈海汉豪赫黑亨胡华怀惠霍基吉季加贾简杰金卡凯坎康考柯科可克肯孔库拉莱兰朗劳勒雷李里理丽利"
    "莉连列林琳卢鲁路伦罗洛吕马玛迈麦曼芒毛梅门蒙孟米密敏明缪摩莫默姆木穆娜纳南内尼妮涅宁牛纽努诺帕潘庞佩"
    "蓬皮平珀普奇齐恰钱乔切琼热仁日荣儒瑞萨塞赛桑森莎沙山尚绍舍申圣施什史思斯丝松苏索塔泰坦汤唐陶特提廷图"
    "托瓦万旺威韦维魏温文翁沃乌伍武西希锡席夏香肖谢欣辛休许雅亚延扬耶叶伊依因英尤于约扎泽詹张哲珍治朱卓兹"
    "佐茨翰娅芙露琪逊姬茜薇荻舒"
)
"""Characters that transliterated names are written with."""

_DOTTED = re.compile(rf"[{_SOUNDS}]{{0,7}}[{_HAN}](?:[·•・][{_HAN}][{_SOUNDS}]{{0,7}})+")
_TRANSLITERATED = re.compile(
    "[阿埃艾奥巴贝伯布查戴德蒂厄恩尔法菲费弗夫盖戈哈赫亨霍吉杰卡凯科克拉莱劳勒雷利卢鲁罗洛马迈麦曼"
    "摩莫姆纳内尼诺帕佩皮普奇乔瑞萨塞桑沙舍什史斯索塔泰坦特托瓦威韦维沃乌希谢雅亚耶伊尤泽扎兹]{3,}"
)
_TITLED = re.compile(
    rf"(?:{_POST})(?P<name>{_GIVEN})(?=(?:{_SAID}|{_ADDRESSED})|[，、。；：（(“在于对将和与也就曾于]|$)"
)
_SPOKEN = re.compile(
    rf"(?:^|(?<=[，。；：、！？“”（）()\s据和与由对向]))(?P<name>{_GIVEN})(?=(?:{_ADDRESSED})?(?:也|还|则|曾|随后)?"
    rf"(?:{_SAID})|{_ADDRESSED})"
)
_HOUSE = (
    "公司|集团|科技|智能|大学|学院|研究院|研究所|实验室|银行|基金会|基金|资本|证券|律所|协会|工作室|药业"
    "|汽车|电子|医院|出版社|通讯社"
)
_DID = (
    f"{_SAID}|发布|推出|上线|开源|收购|完成|获得|计划|将|已|正|正在|拟|起诉|裁员|任命|签署|启动|公布|披露|融资|投资"
    "|与|向|和"
)
_GENERIC = re.compile(
    "(?:[该这此其两三四五几多某各每一家所间本母子分总新老大小中外前]|上市|科技|初创|创业|人工智能|互联网|软件"
    "|硬件|芯片|半导体|汽车|新能源|电动|自动驾驶|云|云计算|模型|大模型|机器人|数据|安全|网络|游戏|金融|支付|医疗"
    "|制药|生物|能源|电力|电信|通信|航空|航天|物流|零售|电商|媒体|社交|广告|咨询|风险|风投|投资|私募|对冲|主权"
    "|中央|商业|国有|民营|私营|跨国|美国|中国|英国|法国|德国|日本|韩国|印度|欧洲|以色列|加拿大|俄罗斯|当地"
    "|本地|海外|国内|国外|全球|知名|大型|小型|顶尖|独立|竞争|合作|科研|公立|私立|开发|运营|管理|研究|母公司"
    "|子公司|旗下|团队|AI|今[天日年]|昨[天日]|近[日期]|当[天日月]|本[周月期年]|[上下]周|上月)+"
)

_HOUSED = re.compile(
    rf"(?:^|(?<=[，。；：、！？“”（）()\s据和与由对向]))(?P<name>(?P<stem>[{_HAN}]{{2,8}}?)(?:{_HOUSE}))"
    rf"(?:有限公司|公司|集团)?(?={_DID})"
)
_NO_NAMES = frozenset(
    "高管 方面 双方 单位 许多 任何 金融 安全 白宫 江苏 石油 常务 路透 路透社 华为 何人 温和"
    " 连日 项目 关于 车企 党委 应该 相关 相应 全球 全国 全文 文章 文件 文中 广告 广州 利润"
    " 师生 简单 容易 权威 查看 游戏 向来 古代 代表 代码 付费 终于 那么 那些 那位 解释 包括"
    " 左右 管理 管理层 程序 程序员 曲线 容量 温度 易于 文献 关键 关联 连续 连同 向外 路径"
    " 马上 于是 白皮书 高层 高校 高官 石墨 金额 金管局 万人 万家 项目方 方案 安防 安保 安卓"
    " 任务 成都 田间 毛利 明确 余下 常用 常见 席位 季度 班级 班主任 石化 龙头 房企 房东 包装"
    " 管委会 利好 全员 全体 全部 全家 应用 卫生部 卫健委 国防 国会 江西 江南 陆军 空军 海军"
    " 花旗 蓝厂 广东 广西 广电 广汽 宁波 宁夏 安徽 安永 金山 金沙 高盛 高通 温州 洪水 相比"
    " 相反 相信 冷静 范围 华尔街 华盛顿 华泰 华创 华中 华南 华北 华东 汤森 柏林 马来 罗马"
    " 雷达 齐鲁 康奈尔 利物浦 艾媒 中方 宁德 路边 文旅部 文旅局 文化部 交通部 史料 史学 白人"
    " 黑人 曾经 乐观 乐视 常委 常委会 关税 关注 严格 严重 严肃 越来越 越南 越方 章程 祝贺"
    " 祝福 应对 应当 房地产 沙特 沙方 查询 广发 卓越 卓创 包含 连锁 连夜 雷军 倪萍 万斯 向量"
    " 向外界 向媒体 向记者 管理者 管理员 师傅 文字 文本 左翼 右翼 游客 游泳 温馨 程度 顾客"
    " 顾问 易车 曲谱 白天 高级 高端 高度 高中 高考 何时 何况 何以 常年 常识 常规 项链 金价"
    " 金属 金牌 黄金 黄色 万亿 万元 钟表 钟头 石头 路人 路线 路上 江湖 花费 花园 田野 龙舟"
    " 鲁迅 安装 安排 乐队 乐园 齐全 康复 余额 余年 孟买 毛病 盛大 盛会 盛世 夏天 夏季 夏普"
    " 胡同 霍尔 凌晨 解决 应急 古巴 欧洲 欧盟 欧元 欧美 欧方 沃尔沃 沃尔玛 巩固 辛苦 简称"
    " 简介 饶有 关系 关闭 相当 游说 权利 权力 权益 周一 周二 周三 周四 周五 周六 周日 高调"
    " 时任 全称 单独 公开 相继".split()
)
"""Words that begin as a surname does, and are none."""


def han_names(text: str) -> Iterator[Fact]:
    """Give the names of people and places in *text* that show by their make, in its order."""
    found: dict[tuple[int, int], Fact] = {}
    for match in chain(_DOTTED.finditer(text), _TRANSLITERATED.finditer(text)):
        found.setdefault(match.span(), _name(text, *match.span()))
    for match in chain(_TITLED.finditer(text), _SPOKEN.finditer(text)):
        if match["name"] not in _NO_NAMES:
            found.setdefault(match.span("name"), _name(text, *match.span("name")))
    for match in _HOUSED.finditer(text):
        if not _GENERIC.fullmatch(match["stem"]):
            whole = _name(text, *match.span("name"))
            values = (*whole.values, Label(name=match["stem"]))
            found.setdefault(match.span("name"), replace(whole, values=values))
    taken = -1
    for (start, end), fact in sorted(found.items(), key=lambda each: (each[0][0], -each[0][1])):
        if start >= taken:
            taken = end
            yield fact


def _name(text: str, start: int, end: int) -> Fact:
    name = text[start:end]
    return Fact(kind="name", text=name, start=start, end=end, values=(Label(name=name),))
