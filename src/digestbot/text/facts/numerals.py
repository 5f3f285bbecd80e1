"""Numerals: what figures, Chinese characters and English words say, before their unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from digestbot.text.facts.fact import Hedge

FIGURES = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d{1,2}(?:,\d\d)+,\d{3}(?!\d)|\d+(?:\.\d+)?"

HAN_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
HAN_PLACES = {"十": 10.0, "百": 100.0, "千": 1e3}
HAN_SCALES = {"万": 1e4, "亿": 1e8}

SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "mln": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bln": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "trn": 1e12,
    "tn": 1e12,
    "crore": 1e7,
    "lakh": 1e5,
    "dozen": 12.0,
}
LETTERS = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_ONES += " fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS = {word: float(value) for value, word in enumerate(_ONES.split())} | {
    word: 10.0 * value for value, word in enumerate(_TENS.split(), start=2)
}
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh"
_ORDINALS += " twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
ORDINALS = {word: float(value) for value, word in enumerate(_ORDINALS.split())} | {
    word[:-1] + "ieth": 10.0 * value for value, word in enumerate(_TENS.split(), start=2)
}

LONGEST = 24
"""Figures that are read as a number; a longer row of them is a code."""

_HAN = "".join(HAN_DIGITS) + "".join(HAN_PLACES) + "".join(HAN_SCALES)
_HAN_DIGIT = "".join(HAN_DIGITS)
_HAN_PART = re.compile(rf"(?:{FIGURES})|.")
_PLACES = re.compile("[十百千万亿]")
_CLOSING = re.compile(r"[十百千]?[万亿]*$")
_AROUND_TENS = re.compile(rf"[{_HAN_DIGIT}]{{2}}(?=[十百千万亿]|$)")

HAN = (
    rf"(?:[数几]\s?(?=[十百千万亿])|(?:{FIGURES})\s?[多余几]?(?=[十百千万亿])|[{_HAN}])"
    rf"(?:[{_HAN}]|[多余几来](?=[万亿个年岁名人家米公天位次种项吨])|点(?=[{_HAN_DIGIT}])"
    rf"|(?:{FIGURES})\s?(?=[十百千万亿]))*"
)
_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
ENGLISH = (
    rf"(?:(?:an?|half\sa|several|{_WORD})[\s-](?:{_SCALE})|{_WORD}|tens|dozens|scores"
    rf"|hundreds|thousands|millions|billions|trillions|dozen)"
    rf"(?:[\s-](?:and[\s-]|of\s)?(?:{_WORD}|(?:{_SCALE})s?)(?![a-z]))*(?![a-z])"
)
_MANY = {"tens": 10.0, "dozens": 10.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3}
_MANY |= {"millions": 1e6, "billions": 1e9, "trillions": 1e12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """A number without its unit; ``spelled`` if no figure is in it, ``until`` ends a range.

    ``scale`` is what closes it in Chinese and a neighbour may share: 万 in 5到10万;
    ``alone``, that there is nothing else: 千万 means an order of magnitude.
    """

    size: float
    grain: float
    hedge: Hedge = ""
    spelled: bool = False
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
    return Numeral(size=float(bare), grain=grain_of(figures))


def read_han(text: str) -> Numeral | None:
    """Return what Chinese numerals say, with figures among them or not; None for nonsense."""
    if sum(map(str.isdigit, text)) > LONGEST or len(text) > LONGEST:
        return None
    spelled = not any(character in "0123456789" for character in text)
    if text[0] in "数几":
        size = _sum_of(text[1:].strip())
        return Numeral(size=size, grain=size, hedge="many", spelled=True)
    if spelled and len(text) > 1 and not _PLACES.search(text):
        return _read_row(text)
    around = _AROUND_TENS.match(text) if spelled else None
    if around and HAN_DIGITS[text[1]] == HAN_DIGITS[text[0]] + 1:
        first, last = _sum_of(text[0] + text[2:]), _sum_of(text[1:])
        return Numeral(size=first, grain=grain_of(f"{first:.0f}"), spelled=True, until=last)
    size = _sum_of(text)
    found = _CLOSING.search(text)
    closing = found[0] if found else ""
    hedge: Hedge = "over" if any(each in text for each in "多余几来") else ""
    return Numeral(
        size=size,
        grain=_grain_of_han(text, size),
        hedge=hedge,
        spelled=spelled,
        scale=_product(closing),
        alone=closing == text,
    )


def _read_row(digits: str) -> Numeral | None:
    """Digits without places: a year, 二〇二六; two that follow each other are a range, 二三级."""
    first, second = HAN_DIGITS[digits[0]], HAN_DIGITS.get(digits[1], -1)
    if len(digits) == 2 and second == first + 1 > 1:
        return Numeral(size=first, grain=1.0, spelled=True, until=second)
    if len(digits) < 3 or "点" in digits:
        return _read_decimal(digits) if "点" in digits else None
    return Numeral(size=_sum_of(digits), grain=1.0, spelled=True)


def _read_decimal(text: str) -> Numeral:
    size = _sum_of(text)
    return Numeral(size=size, grain=_grain_of_han(text, size), spelled=True)


def _sum_of(text: str) -> float:
    """The number that digits and places make: 3亿5000万, 一点五亿, 1.2万亿, 二〇二六, 一万五."""
    whole, point, decimals = text.partition("点")
    if point:
        digits = "".join(str(HAN_DIGITS[each]) for each in decimals if each in HAN_DIGITS)
        scale = "".join(each for each in decimals if each not in HAN_DIGITS)
        return (_sum_of(whole) + float(f"0.{digits or 0}")) * _product(scale)
    total = section = 0.0
    digit: float | None = None
    last, row = 1.0, ""
    for part in _HAN_PART.findall(text):
        if part in HAN_DIGITS or part[0].isdigit():
            row = row + str(HAN_DIGITS.get(part, part)).replace(",", "")
            digit = float(row)
        elif part in HAN_PLACES:
            last = HAN_PLACES[part]
            section, digit, row = section + (1.0 if digit is None else digit) * last, None, ""
        elif part in HAN_SCALES:
            scale = HAN_SCALES[part]
            section, digit, row = section + (digit or 0.0), None, ""
            if total and scale > last_scale(total):
                total = (total + section) * scale
            else:
                total += (section or 1.0) * scale
            section, last = 0.0, scale
    if digit is not None and last > 1 and len(row) == 1 and "零" not in text[-2:]:
        bare = text[-1] in HAN_DIGITS and last >= 100
        digit *= last / 10 if bare else 1.0
    return total + section + (digit or 0.0)


def last_scale(total: float) -> float:
    """Return the largest scale of Chinese that *total* is a multiple of."""
    return max((scale for scale in HAN_SCALES.values() if total % scale == 0), default=1.0)


def _product(scale: str) -> float:
    product = 1.0
    for each in scale:
        product *= HAN_PLACES.get(each) or HAN_SCALES.get(each) or 1.0
    return product


def _grain_of_han(text: str, size: float) -> float:
    """As of figures; of decimals before a scale, the last of them."""
    if found := re.match(rf"({FIGURES})(\D*)$", text):
        return grain_of(found[1]) * _product(found[2])
    if "点" in text:
        decimals = text.partition("点")[2]
        digits = sum(each in HAN_DIGITS for each in decimals)
        return 10.0**-digits * _product("".join(e for e in decimals if e not in HAN_DIGITS))
    return grain_of(f"{size:.0f}")


def read_english(text: str) -> Numeral | None:
    """Return what English number words say: "twenty-five", "half a million", "tens of thousands"."""
    words = re.split(r"[\s-]+", text.lower())
    if words[0] in _MANY or words[0] == "several":
        size = _MANY.get(words[0], 1.0)
        for word in words[1:]:
            size *= SCALES.get(word.rstrip("s"), 1.0)
        return Numeral(size=size, grain=size, hedge="many", spelled=True)
    size = _sum_of_words(words)
    return Numeral(size=size, grain=grain_of(f"{size:.0f}"), spelled=True)


def _sum_of_words(words: list[str]) -> float:
    total = 0.0
    current: float | None = None
    if words[:2] == ["half", "a"]:
        words = ["half", *words[2:]]
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
