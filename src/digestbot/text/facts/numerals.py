"""Numerals: what figures, Chinese characters and English words say, before their unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digestbot.text.facts.fact import Hedge
from digestbot.text.facts.notation import any_of

FIGURES = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)|\d+(?:\.\d+)?"
"""With thousands parted by commas, as in English or as in India."""

HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
HAN_PLACES = {"十": 10.0, "百": 100.0, "千": 1e3}
HAN_SCALES = {"万": 1e4, "亿": 1e8}

SCALES = {"hundred": 1e2, "dozen": 12.0, "lakh": 1e5, "crore": 1e7}
SCALES |= dict.fromkeys(["thousand"], 1e3) | dict.fromkeys(["million", "mln", "mn"], 1e6)
SCALES |= dict.fromkeys(["billion", "bln", "bn"], 1e9)
SCALES |= dict.fromkeys(["trillion", "trn", "tn"], 1e12)
LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_ONES += " fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: float(value) for value, word in enumerate(_ONES.split())} | {
    word: 10.0 * value for value, word in enumerate(_TENS.split(), start=2)
}
_RANKS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
_RANKS += " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
ORDINALS = {word: float(value) for value, word in enumerate(_RANKS.split())} | {
    word[:-1] + "ieth": 10.0 * value for value, word in enumerate(_TENS.split(), start=2)
}
MANY = {"tens": 10.0, "dozens": 10.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3}
MANY |= {"millions": 1e6, "billions": 1e9, "trillions": 1e12, "several": 1.0}

LONGEST = 24
"""Figures, or Chinese numerals, that are read as one number; a longer row of them is a code."""

HAN_NUMERALS = "".join(HAN_DIGITS) + "".join(HAN_PLACES) + "".join(HAN_SCALES)
_DIGIT = "".join(HAN_DIGITS)
_COUNTED = "万亿个年岁名人家米公天位次种项吨元美欧英日港"
HAN = (
    rf"(?:[数几]\s?(?=[十百千万亿])|(?:{FIGURES})\s?[多余几]?(?=[十百千万亿])|[{HAN_NUMERALS}])"
    rf"(?:(?!千[瓦克米字])[{HAN_NUMERALS}]|[多余几来](?=[{_COUNTED}])|点(?=[{_DIGIT}])"
    rf"|(?:{FIGURES})\s?(?=[十百千万亿]))*"
)
_WORD, _SCALE = any_of(WORDS), any_of(SCALES)
ENGLISH = (
    rf"(?:(?:an?|half\sa|{_WORD})[\s-](?:{_SCALE})|{_WORD}|{any_of(MANY)}|dozen)"
    rf"(?:[\s-](?:and[\s-]|of\s)?(?:{_WORD}|(?:{_SCALE})s?)(?![a-z]))*(?![a-z])"
)

_VAGUE = frozenset("多余几来") | {""}

_PLACES = re.compile(rf"[{''.join(HAN_PLACES)}{''.join(HAN_SCALES)}]")
_PART = re.compile(rf"(?:{FIGURES})|.")
_SECTION = re.compile(r"([^万亿]*)([万亿]*)")
_CLOSING = re.compile(r"[十百千]?[万亿]*$")
_TWO_TENS = re.compile(rf"([{_DIGIT}])([{_DIGIT}])([{''.join(HAN_PLACES)}].*|[万亿].*)$")
_NONSENSE = re.compile(rf"[{_DIGIT[1:]}]{{2}}(?!.*点)|点.*点")
_MIXED = re.compile(rf"({FIGURES})(\D*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number without its unit; ``spelled`` if no figure is in it, ``until`` ends a range.

    ``scale`` is what closes it in Chinese and a neighbour may share: 万 in 5到10万;
    ``alone``, that there is nothing else: 千万 means an order of magnitude.
    """

    size: float
    grain: float = 1.0
    hedge: Hedge = ""
    spelled: bool = True
    until: float | None = None
    scale: float = 1.0
    alone: bool = False


def grain_of(figures: str) -> float:
    """Return the size of the last place that *figures* state; closing zeros state nothing."""
    whole, _, decimals = figures.replace(",", "").partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    return float(10.0 ** (len(whole) - len(whole.rstrip("0")))) if whole.strip("0") else 1.0


def read_figures(figures: str) -> Numeral | None:
    """Return what *figures* say, None where they are too many for a number."""
    bare = figures.replace(",", "")
    if len(bare) > LONGEST:
        return None
    return Numeral(size=float(bare), grain=grain_of(figures), spelled=False)


def read_han(text: str) -> Numeral | None:
    """Return what Chinese numerals say, with figures among them or not; None for nonsense."""
    if len(text) > LONGEST:
        return None
    if text[0] in "数几":
        size = _sum_of(text[1:].strip())
        return Numeral(size=size, grain=size, hedge="many")
    spelled = not any(character in "0123456789" for character in text)
    if text[0] in HAN_DIGITS and text[1:] in _VAGUE:
        return Numeral(size=_sum_of(text[0]), hedge="over" if text[1:] else "")
    if spelled and len(text) > 1 and not _PLACES.search(text):
        return _read_row(text)
    two = _TWO_TENS.match(text)
    if two and HAN_DIGITS[two[2]] == HAN_DIGITS[two[1]] + 1:
        return _between(two[1] + two[3], two[2] + two[3])
    return None if spelled and _NONSENSE.search(text) else _read_places(text, spelled=spelled)


def _read_places(text: str, *, spelled: bool) -> Numeral:
    found = _CLOSING.search(text)
    closing = found[0] if found else ""
    size = _sum_of(text)
    return Numeral(
        size=size,
        grain=_grain_of_han(text, size),
        hedge="over" if any(each in text for each in "多余几来") else "",
        spelled=spelled,
        scale=_product(closing),
        alone=closing == text,
    )


def _read_row(digits: str) -> Numeral | None:
    """Digits without places: a year, 二〇二六, or two that follow each other, 二三级."""
    if "点" in digits:
        return _read_places(digits, spelled=True)
    if len(digits) == 2 and HAN_DIGITS[digits[1]] == HAN_DIGITS[digits[0]] + 1:
        return _between(*digits)
    return Numeral(size=_sum_of(digits)) if len(digits) > 2 else None


def _between(first: str, last: str) -> Numeral:
    size = _sum_of(first)
    return Numeral(size=size, grain=grain_of(f"{size:.0f}"), until=_sum_of(last))


def _sum_of(text: str) -> float:
    """The number that digits and places make: 3亿5000万, 1.2万亿, 一点五亿, 二〇二六, 一万五."""
    whole, point, decimals = text.partition("点")
    if point:
        digits = "".join(str(HAN_DIGITS[each]) for each in decimals if each in HAN_DIGITS)
        scale = "".join(each for each in decimals if each not in HAN_DIGITS)
        return (_sum_of(whole) + float(f"0.{digits or 0}")) * _product(scale)
    total, last = 0.0, 1.0
    for section, scale in _SECTION.findall(text):
        size, product = _of_section(section), _product(scale)
        if scale and product > last > 1:
            total = (total + size) * product
        elif scale:
            total += (size if section else 1.0) * product
        elif last > 1 and len(section) == 1 and section in HAN_DIGITS:
            total += size * last / 10
        else:
            total += size
        last = product if scale else last
    return total


def _of_section(section: str) -> float:
    """Thousands, hundreds and tens: 三千二百, 一百五, 3千5, 二〇二六."""
    total, last = 0.0, 1.0
    digit: float | None = None
    for part in _PART.findall(section):
        if part in HAN_PLACES:
            last = HAN_PLACES[part]
            total, digit = total + (digit or 1.0) * last, None
        elif part in HAN_DIGITS:
            digit = (digit or 0.0) * 10 + HAN_DIGITS[part]
        elif part[0].isdigit():
            digit = float(part.replace(",", ""))
    colloquial = last >= 100 and section[-1:] in HAN_DIGITS and section[-2:-1] in HAN_PLACES
    return total + (digit or 0.0) * (last / 10 if colloquial else 1.0)


def _product(scale: str) -> float:
    product = 1.0
    for each in scale:
        product *= HAN_PLACES.get(each) or HAN_SCALES.get(each) or 1.0
    return product


def _grain_of_han(text: str, size: float) -> float:
    """As of figures; of decimals before a scale, the last of them."""
    if found := _MIXED.match(text):
        return grain_of(found[1]) * _product(found[2])
    decimals = text.partition("点")[2]
    if decimals:
        digits = sum(each in HAN_DIGITS for each in decimals)
        return float(10.0**-digits) * _product(decimals)
    return grain_of(f"{size:.0f}")


def read_english(text: str) -> Numeral:
    """Return what number words say: "twenty-five", "half a million", "tens of thousands"."""
    words = re.split(r"[\s-]+", text.lower())
    if words[0] in MANY:
        size = MANY[words[0]]
        for word in words[1:]:
            size *= SCALES.get(word.rstrip("s"), 1.0)
        return Numeral(size=size, grain=size, hedge="many")
    size = _sum_of_words(words)
    return Numeral(size=size, grain=grain_of(f"{size:.0f}"))


def _sum_of_words(words: list[str]) -> float:
    total = 0.0
    current: float | None = None
    for word in words:
        scale = SCALES.get(word) or SCALES.get(word.rstrip("s"))
        if word == "half":
            current = 0.5
        elif word in WORDS:
            current = (current or 0.0) + WORDS[word]
        elif scale and scale > 100:
            total, current = total + (1.0 if current is None else current) * scale, None
        elif scale:
            current = (1.0 if current is None else current) * scale
    return total + (current or 0.0)
