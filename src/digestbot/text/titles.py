"""What of a title tells its story: the key two copies share, and the numbers in it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

MIN_KEY_WEIGHT = 12
"""Letters, a Han character counting as two: shorter titles say too little to be matched."""

MAX_TITLE = 300
"""Characters of a title that are compared; longer ones are posts without a title."""

MAX_TAG_WORDS = 4
"""Words in the longest source tag at the end of a title: "- The New York Times"."""

MAX_SWAP = 8
"""Characters in the longest word whose exchange makes another story of a title."""

GENERIC = re.compile(
    r"(?:show|ask|tell|launch)(?:hn|ih)|(?:my|the|this|todays?|weekly|daily|sunday|friday)*"
    r"(?:weekly|daily|week|weekend|morning|evening)?(?:links?|reads?|roundup|digest|briefing|"
    r"newsletter|brief|update|updates|notes|recap|review)(?:for|of|on|from)?(?:today|theweek|week)?"
    r"|thisweekin[a-z]{0,24}|open(?:thread)|dailydiscussion(?:thread)?|whatareyou[a-z]{0,20}"
    r"|(?:今日|每日|本周|一周|昨日|本日|每周)?(?:最佳|要闻|热点|热榜|推荐|精选|简报|快讯|新闻|资讯|头条|早报|晚报|日报|周报)"
    r"(?:汇总|速递|速览|一览|回顾)?"
)
"""Whole titles of columns: they say nothing about sameness."""

_WIDE = re.compile("[\u2e80-\U0010ffff]")
_ADDRESS = re.compile(r"https?://\S+")
_LABEL = re.compile(r"^\s*(?:【[^】]{1,12}】|\[[^\]]{1,12}\])\s*")
_TAG = re.compile(r"\s+[-–—|｜·]\s+([^-–—|｜·]{1,40})$|\s*[|｜_]\s*([^|｜_]{1,16})$")
_NUMBER = re.compile(r"[a-z]*\d+(?:[.,]\d+)*[a-z]*|第[一二三四五六七八九十百零两]+")
_ORDINALS = {
    word: str(place)
    for place, words in enumerate(("first", "second", "third", "fourth", "fifth"), start=1)
    for word in (words,)
}
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b")
_HAN_DIGITS = {character: place for place, character in enumerate("零一二三四五六七八九")} | {
    "两": 2
}


def folded(text: str) -> str:
    """Return *text* as it is compared: compatibility forms and letter case are gone."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def tag_of(title: str) -> str:
    """Return the source's name at the end of *title*, or ""."""
    bare = _LABEL.sub("", _ADDRESS.sub("", title[:MAX_TITLE]).strip())
    found = _TAG.search(bare)
    return bare[found.start() :].strip(" -–—|｜·_") if found and core(title) != bare else ""


def core(title: str) -> str:
    """Return *title* without addresses, a leading label (【…】) and a source's name at its end.

    Label and name stay where what would be left says too little.
    """
    title = _ADDRESS.sub("", title[:MAX_TITLE]).strip()
    unlabelled = _LABEL.sub("", title)
    if unlabelled != title and weight(unlabelled) >= MIN_KEY_WEIGHT:
        title = unlabelled
    tag = _TAG.search(title)
    if tag is None or len((tag[1] or tag[2]).split()) > MAX_TAG_WORDS:
        return title
    rest = title[: tag.start()]
    return rest if weight(rest) >= 2 * MIN_KEY_WEIGHT else title


def title_key(title: str) -> str:
    """Return what is equal for two copies of one title, however they are set."""
    return "".join(filter(str.isalnum, folded(core(title))))


def says_nothing(key: str) -> bool:
    """Whether titles with this key may be equal without telling the same."""
    if len(key) < MIN_KEY_WEIGHT and weight(key) < MIN_KEY_WEIGHT:
        return True
    return GENERIC.fullmatch(_DIGITS.sub("", key)) is not None


def weight(text: str) -> int:
    """Return how many letters and digits *text* has; a wide one counts as two."""
    letters = text if text.isalnum() else "".join(filter(str.isalnum, text))
    return len(letters) if letters.isascii() else len(letters) + len(_WIDE.findall(letters))


def numbers(title: str) -> frozenset[str]:
    """Return the numbers, versions and ordinals of *title*: ``5.5``, ``4o``, ``第4``."""
    text = _ORDINAL.sub(lambda word: f"第{_ORDINALS[word[0]]}", folded(title[:MAX_TITLE]))
    return frozenset(_plain(number) for number in _NUMBER.findall(text))


def numbers_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles with these numbers may tell the same: neither denies the other."""
    return one <= other or other <= one


class Difference(NamedTuple):
    """Where two keys differ: what each has between the beginning and the end of both."""

    mine: str
    theirs: str

    @property
    def is_swapped_word(self) -> bool:
        """Whether it is just one short piece that each has in its own way.

        "Apple ships iOS 27" and "Apple ships macOS 27", 小米 and 理想 before the
        same words: near to the letter, and another story. A synonym looks the same
        from here; then in doubt they stay apart.
        """
        lengths = len(self.mine), len(self.theirs)
        return min(lengths) > 0 and max(lengths) <= MAX_SWAP

    @property
    def is_negation(self) -> bool:
        """Whether it is a "not" that one of them has, and nothing else."""
        return not (self.mine and self.theirs) and self.mine + self.theirs in _NEGATIONS

    @property
    def is_slip(self) -> bool:
        """Whether it is a slip of the pen: letters exchanged, one too many or too few.

        A letter that says no or not, or a digit, is no slip, unless it has only changed
        places with its neighbour.
        """
        mine, theirs = self
        if len(mine) != len(theirs):
            if abs(len(mine) - len(theirs)) != 1 or (mine and theirs):
                return False
        elif sorted(mine) != sorted(theirs) and not (len(mine) == 1 and (mine + theirs).isascii()):
            return False
        meaning = sum(letter.isdigit() or letter in _MEANING for letter in mine)
        if meaning == 1 and len(mine) == 2:
            return mine == theirs[::-1]
        return not meaning and not any(letter.isdigit() or letter in _MEANING for letter in theirs)


def difference(one: str, other: str) -> Difference:
    """Return where two keys differ."""
    shorter = min(len(one), len(other))
    head = _common(one, other, shorter)
    tail = _common(one[::-1], other[::-1], shorter - head)
    return Difference(one[head : len(one) - tail], other[head : len(other) - tail])


_NEGATIONS = frozenset(
    "不 没 未 无 非 否 没有 并未 尚未 从未 并非 不再 不会 并不".split()
    + "not no never nt wont dont cannot".split()
)

_MEANING = frozenset("不没未无非否副前后上下大小高低东西南北男女一二三四五六七八九十百千万亿")
"""Characters of which one alone changes what a title says."""

_DIGITS = re.compile(r"\d+")


def _common(one: str, other: str, most: int) -> int:
    """How many of the first letters are the same in both, *most* at most."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least


def _plain(number: str) -> str:
    """A number as it is compared: no thousands commas, Han ordinals in digits."""
    if number.startswith("第"):
        return f"第{_from_han(number[1:])}"
    return number.replace(",", "").rstrip(".")


def _from_han(numeral: str) -> int:
    """The value of a Han numeral below a hundred: 十二, 二十."""
    tens, ten, units = numeral.rpartition("十")
    if not ten:
        return _HAN_DIGITS.get(units[-1:], 0)
    return _HAN_DIGITS.get(tens[-1:], 1) * 10 + _HAN_DIGITS.get(units[-1:], 0)
