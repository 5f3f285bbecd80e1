"""Concepts: words of the news that Chinese and English say differently, by what they mean.

Names are in ``text.anchors``; these are what is done to them. Every list is of
words as headlines use them, Chinese | English; English words by their first
five letters, as ``words`` cuts them.
"""

from __future__ import annotations

import re

_TABLE = """
release     发布 推出 上线 亮相 面世 登场 | launch release unveil introduce announce debut rollout
acquire     收购 并购 买下 | acquire buy buys bought takeover acquisition
raise       融资 筹资 募资 投后 | raise funding round series
invest      投资 押注 注资 | invest stake bet
sue         起诉 诉讼 状告 控告 | sue sues lawsuit suing
court       法院 法官 裁定 判决 胜诉 | court judge ruling injunction
open        开源 | open-source opensource
model       模型 | model
agent       智能体 代理 | agent agentic
chip        芯片 | chip
code        代码 编程 编码 | code coding codebase
security    安全 | security secure safety
vulnerable  漏洞 | vulnerability bug flaw exploit
leak        泄露 泄漏 外泄 | leak exposed leaked
ban         禁止 封禁 禁令 | ban bans prohibit block
layoff      裁员 | layoff layoffs job cut
resign      离职 辞职 卸任 | resign leave departs quit exit
hire        聘请 招募 加入 入职 | hire join joins poach
partner     合作 联手 携手 | partner partnership team deal agreement collaborate
robot       机器人 | robot humanoid robotics
car         汽车 电动车 | car vehicle ev
autonomous  自动驾驶 无人驾驶 | autonomous self-driving robotaxi driverless
datacenter  数据中心 | datacenter data-center
data        数据 | data dataset
video       视频 | video
image       图像 图片 生图 | image picture
voice       语音 音频 | voice audio speech tts
music       音乐 歌曲 | music song track
chat        聊天 对话 | chat conversation chatbot
search      搜索 | search
browser     浏览器 | browser
phone       手机 | phone smartphone
laptop      笔记本 | laptop notebook
headset     眼镜 头显 | glasses headset
game        游戏 | game gaming
plugin      插件 扩展 | plugin extension add-on
user        用户 | user customer
subscribe   订阅 付费 | subscription subscriber plan billing
price       价格 降价 涨价 定价 | price pricing cost
limit       限额 额度 速率 限制 | limit quota usage rate restriction
update      更新 升级 优化 | update upgrade improve
test        测试 测评 内测 公测 | test testing beta
preview     预览 | preview
free        免费 | free
developer   开发者 开发 | developer developing development
research    研究 论文 报告 | research study paper report
government  政府 | government administration
school      学校 学生 教育 | school student education
war         战争 袭击 | war attack strike
president   总统 | president
minister    部长 首相 总理 | minister premier
election    选举 大选 | election vote
military    军方 军事 国防 | military defense pentagon army
health      健康 医疗 | health medical
stock       股价 股票 股市 | stock share
ipo         上市 招股 | ipo listing public
valuation   估值 | valuation valued worth
revenue     营收 收入 | revenue sales income
profit      利润 盈利 | profit earnings
cloud       云服务 云计算 | cloud
privacy     隐私 | privacy
copyright   版权 | copyright
outage      故障 宕机 中断 | outage down crash
ceo         首席执行官 总裁 | ceo chief
founder     创始人 联合创始 | founder co-founder cofounder
startup     初创 创业 | startup
desktop     桌面 | desktop mac
app         应用 客户端 | app application
tool        工具 | tool
memory      记忆 内存 | memory
language    语言 | language
translate   翻译 | translate translation
math        数学 | math mathematics conjecture
satellite   卫星 | satellite
rocket      火箭 | rocket
space       太空 航天 | space orbit
energy      能源 电力 | energy power electricity
nuclear     核电 核能 | nuclear
fine        罚款 | fine fined penalty
investigate 调查 | investigate probe investigation
approve     批准 获批 | approve approval cleared
delay       推迟 延期 延迟 | delay postpone
shut        关闭 停运 停止 下线 | shut discontinue retire sunset kill end
world       世界 全球 | world global
verify      验证 身份 | verify verification identity
watermark   水印 | watermark
team        团队 | team
student     大学生 高校 | college university
million     万用户 | million
"""


def _concepts() -> tuple[dict[str, str], dict[str, str]]:
    chinese: dict[str, str] = {}
    english: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        name, words = line.split(maxsplit=1)
        ours, theirs = words.split("|")
        chinese |= dict.fromkeys(ours.split(), name)
        english |= {word[:5]: name for word in theirs.split()}
    return chinese, english


_CHINESE, _ENGLISH = _concepts()
EVERYDAY = frozenset(_ENGLISH) | {
    word[place : place + 2] for word in _CHINESE for place in range(len(word) - 1)
}
"""The terms of these words, as ``words`` cuts them."""

_WORDS = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))
_LATIN = re.compile(r"[a-z][a-z-]*")


def concepts(folded: str) -> frozenset[str]:
    """Return the concepts that a text, folded, names in Chinese or English."""
    found = {_CHINESE[word] for word in _WORDS.findall(folded)}
    found |= {_ENGLISH[word[:5]] for word in _LATIN.findall(folded) if word[:5] in _ENGLISH}
    return frozenset(f"={name}" for name in found)
