"""What holds for any text and any number: notations agree, nothing raises, places are right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digestbot.text.facts import find_facts, find_wordings
from digestbot.text.verify import check

EXAMPLES = 12
"""Values tried of each of some five hundred pairs of notations."""

_DIGITS = "零一二三四五六七八九"
Write = Callable[[int], str]


def han(number: int) -> str:
    """Write *number* in Chinese: 12003 is 一万二千零三."""
    if number >= 10000:
        rest = number % 10000
        zero = "零" if 0 < rest < 1000 else ""
        return han(number // 10000) + "万" + zero + (han(rest) if rest else "")
    written, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + _DIGITS[digit] + name
        gap = not digit
    return written.removeprefix("一") if written.startswith("一十") else written


def decimal(number: float) -> str:
    return f"{number:.10f}".rstrip("0").rstrip(".")


PEOPLE: list[Write] = [
    lambda n: f"{n} people",
    lambda n: f"{n:,} people",
    lambda n: f"{n}人",
    lambda n: f"{n:,} 名",
    lambda n: f"{han(n)}人",
    lambda n: f"{decimal(n / 1e4)}万人",
    lambda n: f"{decimal(n / 1e6)} million people",
]
DOLLARS: list[Write] = [
    lambda n: f"${n:,}",
    lambda n: f"US${decimal(n / 1e6)}m",
    lambda n: f"${decimal(n / 1e9)} billion",
    lambda n: f"${decimal(n / 1e9)}B",
    lambda n: f"{decimal(n / 1e6)} million dollars",
    lambda n: f"{decimal(n / 1e8)}亿美元",
    lambda n: f"{decimal(n / 1e4)} 万美元",
    lambda n: f"{han(n)}美元",
]
PERCENT: list[Write] = [
    lambda n: f"{n}%",
    lambda n: f"{n} percent",
    lambda n: f"{n} per cent",
    lambda n: f"百分之{han(n)}",
    lambda n: f"百分之{n}",
]
POINTS: list[Write] = [
    lambda n: f"{n} percentage points",
    lambda n: f"{n}个百分点",
    lambda n: f"{n * 100} basis points",
    lambda n: f"{n * 100}个基点",
]
POWER: list[Write] = [
    lambda n: f"{n} gigawatts",
    lambda n: f"{n}GW",
    lambda n: f"{n}吉瓦",
    lambda n: f"{n * 1000} MW",
    lambda n: f"{n * 1000}兆瓦",
    lambda n: f"{n * 100}万千瓦",
]
WEEKS: list[Write] = [
    lambda n: f"{n} weeks",
    lambda n: f"{n}周",
    lambda n: f"{n}个星期",
    lambda n: f"{n * 7} days",
    lambda n: f"{n * 7}天",
]
AGES: list[Write] = [
    lambda n: f"{n} years",
    lambda n: f"a {n}-year-old",
    lambda n: f"{n}岁",
    lambda n: f"{n} 年",
    lambda n: f"{n * 12} months",
]
RANKS: list[Write] = [
    lambda n: f"第{n}届",
    lambda n: f"第{han(n)}届",
    lambda n: f"the {n}th time",
]
MODELS: list[Write] = [lambda n: f"GPT-{n}.5", lambda n: f"GPT {n}.5", lambda n: f"GPT{n}.5"]
SHARES: list[Write] = [lambda n: f"{n}0%", lambda n: f"{n}成", lambda n: f"{_DIGITS[n]}成"]

GROUPS: dict[str, tuple[list[Write], st.SearchStrategy[int]]] = {
    "people": (PEOPLE, st.integers(11, 99_999_999)),
    "dollars": (DOLLARS, st.integers(11, 99_999_999)),
    "percent": (PERCENT, st.integers(11, 99)),
    "points": (POINTS, st.integers(1, 50)),
    "power": (POWER, st.integers(1, 900)),
    "weeks": (WEEKS, st.integers(2, 50)),
    "ages": (AGES, st.integers(11, 99)),
    "ranks": (RANKS, st.integers(11, 99)),
    "models": (MODELS, st.integers(1, 99)),
    "shares": (SHARES, st.integers(1, 9)),
}
PAIRS = [
    pytest.param(source, text, values, id=f"{name}-{source_number}-{text_number}")
    for name, (notations, values) in GROUPS.items()
    for (source_number, source), (text_number, text) in product(enumerate(notations), repeat=2)
]


def hard(text: str, source: str) -> list[str]:
    return [each.text for each in check(text, [source]) if each.severity == "hard"]


@pytest.mark.parametrize(("source", "text", "values"), PAIRS)
@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_a_value_is_itself_in_every_notation(
    source: Write, text: Write, values: st.SearchStrategy[int], data: st.DataObject
) -> None:
    value = data.draw(values)

    assert check(text(value), [f"It is {source(value)} now."], language="") == []


@pytest.mark.parametrize(("source", "text", "values"), PAIRS)
@given(data=st.data())
@settings(max_examples=EXAMPLES)
def test_another_value_is_another_in_every_notation(
    source: Write, text: Write, values: st.SearchStrategy[int], data: st.DataObject
) -> None:
    value = data.draw(values)
    other = data.draw(values.filter(lambda other: abs(other - value) > 0.3 * value))

    assert check(text(other), [f"It is {source(value)} now."], language="") != []


DATES: list[Callable[[date], str]] = [
    lambda day: day.isoformat(),
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%B} {day.day}, {day.year}",
    lambda day: f"{day.day} {day:%b} {day.year}",
    lambda day: f"{han(day.month)}月{han(day.day)}日",
]


@pytest.mark.parametrize("source", range(4))
@pytest.mark.parametrize("text", range(5))
@settings(max_examples=EXAMPLES)
@given(day=st.dates(date(1950, 1, 1), date(2080, 1, 1)))
def test_a_day_is_itself_in_every_notation(source: int, text: int, day: date) -> None:
    assert check(DATES[text](day), [DATES[source](day)], language="") == []


@pytest.mark.parametrize("source", range(4))
@pytest.mark.parametrize("text", range(5))
@settings(max_examples=EXAMPLES)
@given(day=st.dates(date(1950, 1, 1), date(2080, 1, 1)), other=st.integers(1, 28))
def test_another_day_is_another_in_every_notation(
    source: int, text: int, day: date, other: int
) -> None:
    if other not in {day.day, day.month}:
        changed = DATES[text](day.replace(day=other))
        assert hard(changed, DATES[source](day))


ALPHABET = st.sampled_from(
    "0123456789.,:;%$€£¥-–/~+'\"“”「」 \n\t年月日号时点分半周星期第季度上下"
    "一二三四五六七八九十百千万亿零〇两"
    "数几多余约近逾超成倍元美英寸之个人家abcQHFYmkbt世纪代今昨明去晚早"
)
PIECES = st.sampled_from(
    "billion million percent points October May Monday Q3 first half quarter of the a one hundred"
    " thousand and to $ 3:30 pm 2020 1990s '80s GPT-5 https://a.test twice 百分之 三分之一 世纪"
    " 年代".split()
)


@given(text=st.text() | st.text(ALPHABET) | st.lists(PIECES).map(" ".join))
def test_any_text_is_read_and_supports_itself(text: str) -> None:
    facts = find_facts(text, published=date(2026, 6, 1))

    assert all(text[fact.start : fact.end] == fact.text for fact in facts)
    assert all(fact.start < fact.end and fact.values for fact in facts)
    for language in ("zh", "en"):
        assert all(each.text for each in find_wordings(text, language=language))
        assert check(text, [text], language=language) == []


@given(text=st.text(ALPHABET), source=st.text(ALPHABET))
def test_any_text_can_be_checked_against_any_source(text: str, source: str) -> None:
    for finding in check(text, [source], published=date(2026, 6, 1)):
        assert text[finding.start : finding.end] == finding.text
        assert finding.reason.startswith(f"`{finding.text}`")
