"""Developments: the figures and turns of events that a later headline adds to what was told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from digestbot.text.anchors import SCALES, anchors
from digestbot.text.languages import language_of

ROUNDED = 0.1
"""Share of an amount by which two reports of it may differ: "over $7B" is $7.4 billion."""

FEWEST_COUNTED = 10
"""Of people or things from which a number of them is news; below, it is how a story is told."""

MOST_CAPITAL = 0.5
"""Share of words with a capital, above which a headline is set in capitals throughout."""

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_FIGURE = re.compile(
    r"(?<![a-z\d.])(?P<money>(?:us|hk|nt|a|c)?[$€£¥]|\brmb ?)?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?!\d)[ -]?(?P<scale>万亿|千亿|百亿|亿|千万|百万|万"
    r"|(?:trillion|billion|million|bn|mn|tn|[kmbt])\b)?"
    r" ?(?P<unit>%|个百分点|per ?cent\b|美元|欧元|英镑|日元|韩元|港元|元"
    r"|(?:dollars|euros|pounds|yuan|yen)\b)?"
    r"(?:余|多)?(?P<counted> ?(?:人|名|家|国|辆|台|架|艘|枚|颗|吨)"
    r"| (?:people|workers|employees|jobs|staff|users|dead|killed|deaths|injured|customers"
    r"|companies|countries|states|cases)\b)?",
    re.IGNORECASE,
)
_HAN_SCALES = SCALES | {"千亿": 1e11, "百亿": 1e10, "千万": 1e7, "百万": 1e6}
_PERCENT = re.compile("%|个百分点|per ?cent", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？!?;；\n]+|(?<=[A-Za-z\d])\. ")


def news(title: str, *, headlines: str, known: str) -> tuple[str, ...]:
    """Return what *title* adds to what was told, as it says it: figures, then turns of events.

    *headlines* are those under which it was told, one a line: they say how far
    the story had come. *known* is all that was told, headlines and texts.
    """
    return (*_new_figures(title, known), *_new_turns(title, headlines, known))


def figures(text: str) -> str:
    """Return the amounts, shares and counts of *text*, as it writes them."""
    return "; ".join(dict.fromkeys(each.written for each in _figures(text)))


def names(title: str) -> frozenset[str]:
    """Return the names in *title*, as far as its letters show them: none where all are capital.

    In Chinese every Latin word is a name, in English a word with a capital.
    """
    found = anchors(title)
    if language_of(title) != "en":
        return found
    words = _WORD.findall(title)
    capital = {word.casefold() for word in words if not word.islower()}
    shown = capital if len(capital) <= MOST_CAPITAL * len(words) else set()
    return found & shown


# --- figures ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    value: float
    kind: str
    written: str

    def is_told_by(self, other: _Figure) -> bool:
        """Whether *other* gives the same, rounded at most: a share is no amount."""
        if self.kind != other.kind:
            return False
        room = ROUNDED * self.value if self.kind == "amount" else 0.0
        return abs(self.value - other.value) <= room


def _new_figures(title: str, known: str) -> Iterator[str]:
    told = list(_figures(known))
    for figure in _figures(title):
        if not any(figure.is_told_by(other) for other in told):
            yield figure.written


def _figures(text: str) -> Iterator[_Figure]:
    """The figures of *text* that can be news. What counts as a figure is decided here alone."""
    for match in _FIGURE.finditer(_plain(text)):
        value = float(match["digits"].replace(",", ""))
        value *= _HAN_SCALES.get((match["scale"] or "").lower(), 1.0)
        written = match[0].strip(" -")
        if match["unit"] and _PERCENT.match(match["unit"]):
            yield _Figure(value=value, kind="share", written=written)
        elif match["money"] or match["scale"] or match["unit"]:
            yield _Figure(value=value, kind="amount", written=written)
        elif match["counted"] and value >= FEWEST_COUNTED:
            yield _Figure(value=value, kind="count", written=written)


# --- turns ------------------------------------------------------------------

_RUMOURED = (
    "传闻|据传|网传|曝|爆料|据称|据悉|据报道|报道称|知情人士|消息称|疑似|"
    r"\b(?:reported(?:ly)?|reports?:|rumou?r\w*|sources? say|said to|leak\w*|allegedly)\b"
)
_PLANNED = (
    "将(?:于|在|会|推|发|上|开|收|投|裁|关|停|起|首)|即将|或将|计划|拟|有望|预计|预告|筹备|考虑|"
    r"\b(?:plans?|planning|will|upcoming|coming|preparing|teases?|set to|expected|aims?|considers?"
    r"|considering|weighs?|could|may|might|to (?:launch|release|unveil|open|cut|ban))\b"
)
_OPEN = re.compile(f"{_RUMOURED}|{_PLANNED}", re.IGNORECASE)
"""What a sentence says that does not say that something has happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """The first stage of an event and the next one: patterns for either case.

    Where *hedge* is given, the first stage is a way to say the next one: 将发布
    is not yet 发布.
    """

    before: re.Pattern[str]
    after: re.Pattern[str]
    hedge: re.Pattern[str] | None = None

    def is_open_in(self, sentence: str) -> bool:
        """Whether *sentence* has come to the first stage, and no further."""
        if self.before.search(sentence) is None:
            return False
        if self.hedge:
            return self.hedge.search(sentence) is not None
        return self.after.search(sentence) is None

    def is_settled_in(self, sentence: str) -> bool:
        """Whether *sentence* has come to the next stage."""
        hedged = self.hedge is not None and self.hedge.search(sentence)
        return self.after.search(sentence) is not None and not hedged


def _turn(before: str, after: str, hedge: str = "") -> _Turn:
    return _Turn(
        before=re.compile(before, re.IGNORECASE),
        after=re.compile(after, re.IGNORECASE),
        hedge=re.compile(hedge, re.IGNORECASE) if hedge else None,
    )


TURNS = (
    _turn(  # a rumour is confirmed or denied
        _RUMOURED,
        "证实|确认|官宣|正式|宣布|否认|辟谣|敲定|"
        r"\b(?:confirm(?:s|ed)|official(?:ly)?|announce[sd]?|den(?:y|ies|ied)|finali[sz]e[sd]?)\b",
        _RUMOURED,
    ),
    _turn(  # a plan is carried out or given up
        "发布|推出|上线|开源|发售|开售|面世|落地|"
        r"\b(?:launch|releas|unveil|roll|ship|open|sale|go live|debut)\w*",
        "(?:正式)?(?:发布|推出|上线|发售|开售)|(?:正式|全面|宣布|已)开源|开源了|面世|落地|取消|放弃|推迟|搁置|"
        r"\b(?:launch(?:es|ed)|releas(?:es|ed)|unveil(?:s|ed)|rolls out|rolled out|ships|shipped"
        r"|(?:now|generally) available|goes live|open-?sourc(?:es|ed)|opens|opened"
        r"|cancel(?:s|ed|led)|scraps|scrapped|abandons|abandoned|delays|delayed|postpone[sd])\b",
        _PLANNED,
    ),
    _turn(  # what was announced can be had
        "宣布|公布|预告|预览|预热|亮相|发布|推出|"
        r"\b(?:announce[sd]?|previews?|previewed|unveil(?:s|ed)|introduc(?:es|ed|ing)"
        r"|reveal(?:s|ed)|launch(?:es|ed)|debuts?)\b",
        "正式上线|全面上线|正式上市|发售|开售|开放下载|全量上线|全面开放|量产|交付|出货|"
        r"\b(?:(?:now|generally) available|general availability|goes on sale|on sale now|ships"
        r"|shipping|deliver(?:s|ed|ies))\b",
    ),
    _turn(  # what was proposed is agreed, decided or turned down
        "洽谈|谈判|磋商|拟|提议|提案|草案|征求意见|申请|寻求|竞购|要约|收购|并购|审议|表决|"
        r"\b(?:talks|propos(?:es?|ed|al)|bids?|offers?|seeks?|seeking|draft|bill|deal"
        r"|to (?:buy|acquire|merge)|acquir(?:es|ing|e)|buys?)\b",
        "达成协议|达成一致|敲定|签署|完成收购|完成交割|批准|获批|通过|否决|拒绝|驳回|叫停|终止|"
        r"\b(?:finali[sz]e[sd]?|clinch(?:es|ed)|approv(?:es|ed)|reject(?:s|ed)|block(?:s|ed)"
        r"|passes|passed|vetoe[sd]|signs|signed|completes|completed|closes|closed|terminate[sd])\b",
    ),
    _turn(  # what was taken to court, or looked into, is ruled on or settled
        "起诉|诉讼|状告|控告|指控|立案|调查|开庭|受审|"
        r"\b(?:sues?|sued|suing|lawsuits?|accuse[sd]?|charge[sd]?|probes?|investigat\w+|trial)\b",
        "和解|判决|裁定|裁决|判处|判罚|胜诉|败诉|撤诉|罚款|处罚|认罪|定罪|"
        r"\b(?:settle[sd]?|settlement|rules|ruled|ruling|verdict|convicted|acquitted"
        r"|dismiss(?:es|ed)|fine[sd]?|ordered to pay|guilty|wins|loses)\b",
    ),
    _turn(  # what came out is taken back
        "发布|推出|上线|开源|开放|宣布|"
        r"\b(?:launch\w*|releas\w*|rolls out|rolled out|announce[sd]?|unveil\w*|introduc\w*)\b",
        "下架|撤回|召回|暂停|紧急关闭|回滚|收回|道歉|"
        r"\b(?:pulls|pulled|withdraws|withdrawn|recalls?|recalled|suspends|suspended|halts|halted"
        r"|rolls back|rolled back|apologi[sz]e[sd]?|revers(?:es|ed))\b",
    ),
    _turn(  # what was down, missing or burning is not any more
        "宕机|故障|中断|失联|失踪|被困|火灾|罢工|"
        r"\b(?:outages?|down|disrupt\w*|missing|trapped|fire|strike)\b",
        "恢复|修复|找到|获救|扑灭|结束|"
        r"\b(?:restored?|restores|resolved?|fixed|fixes|back online|found|rescued|ends|ended)\b",
    ),
)
"""The stages of a story that make news of it again. Words of headlines, by what follows on what;
two words for one stage stand in one pattern, so that another word for it is not news."""


def _new_turns(title: str, headlines: str, known: str) -> Iterator[str]:
    """The words of *title* by which the story comes to a stage that *known* had not reached.

    In doubt there are none: the title must not hedge, some headline must have
    come to the stage before, and nothing that is known to this one.
    """
    title = _plain(title)
    if _OPEN.search(title):
        return
    heads, sentences = _sentences(headlines), _sentences(known)
    found: dict[str, None] = {}
    for turn in TURNS:
        settled = turn.after.search(title)
        if settled is None or any(turn.is_settled_in(each) for each in sentences):
            continue
        if any(turn.is_open_in(each) for each in heads):
            found[settled[0]] = None
    yield from found


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(_plain(text))


def _plain(text: str) -> str:
    """*text* without compatibility forms; its case is kept, to be shown."""
    return unicodedata.normalize("NFKC", text)
