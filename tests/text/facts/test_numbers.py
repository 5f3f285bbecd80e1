"""Numbers, amounts and percentages, as Chinese and English write them."""

from __future__ import annotations

import pytest

from digestbot.text.facts import Fact, Quantity, find_facts


def only(text: str) -> Fact:
    facts = find_facts(text)
    assert len(facts) == 1, facts
    return facts[0]


def quantities(text: str) -> list[Quantity]:
    return [value for value in only(text).values if isinstance(value, Quantity)]


def sizes(text: str) -> list[float]:
    return [
        fact.values[0].base for fact in find_facts(text) if isinstance(fact.values[0], Quantity)
    ]


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("4.1", 4.1),
        ("1,510", 1510),
        ("2,06,737", 206737),
        ("1.5 billion", 1.5e9),
        ("1.5B", 1.5e9),
        ("50k", 5e4),
        ("3 dozen", 36),
        ("15亿", 1.5e9),
        ("1.2万亿", 1.2e12),
        ("3亿5000万", 3.5e8),
        ("15多万", 1.5e5),
        ("一点五亿", 1.5e8),
        ("一百零五人", 105),
        ("一百五十人", 150),
        ("一百五块", 150),
        ("一万五千人", 15000),
        ("一万五元", 15000),
        ("一万零五元", 10005),
        ("2万3千亿元", 2.3e12),
        ("十二家", 12),
        ("二十三人", 23),
        ("两千人", 2000),
        ("百万人", 1e6),
        ("一二三四五人", 12345),
        ("三點五億", 3.5e8),
        ("１５亿", 1.5e9),
        ("twenty-five", 25),
        ("one hundred and twenty", 120),
        ("two thousand five hundred", 2500),
        ("half a million", 5e5),
        ("a dozen", 12),
        ("12 lakh", 1.2e6),
    ],
)
def test_a_number_is_read_in_any_scale(text: str, size: float) -> None:
    assert quantities(text)[0].size == pytest.approx(size)


@pytest.mark.parametrize(
    ("text", "dimension", "base"),
    [
        ("10 gigawatts", "watt", 1e10),
        ("10吉瓦", "watt", 1e10),
        ("10GW", "watt", 1e10),
        ("2400 megawatts", "watt", 2.4e9),
        ("2400 兆瓦", "watt", 2.4e9),
        ("14 days", "second", 14 * 86_400),
        ("two weeks", "second", 14 * 86_400),
        ("46-year-old", "month", 552),
        ("46岁", "month", 552),
        ("18个月", "month", 18),
        ("16GB", "byte", 1.6e10),
        ("5 km", "metre", 5000),
        ("5公里", "metre", 5000),
        ("3 times", "times", 3),
        ("3倍", "times", 3),
        ("70亿参数", "parameter", 7e9),
        ("14th", "ordinal", 14),
        ("第14", "ordinal", 14),
        ("第十四", "ordinal", 14),
        ("twenty-first", "ordinal", 21),
    ],
)
def test_a_unit_is_read_in_its_base(text: str, dimension: str, base: float) -> None:
    value = quantities(text.removesuffix("-old"))[0]

    assert value.dimension == dimension
    assert value.base == pytest.approx(base)


@pytest.mark.parametrize(
    ("text", "currency", "size"),
    [
        ("$1.5 billion", "dollar", 1.5e9),
        ("US$1.5bn", "USD", 1.5e9),
        ("15亿美元", "USD", 1.5e9),
        ("£50 m", "GBP", 5e7),
        ("€3.2m", "EUR", 3.2e6),
        ("RMB 5 million", "CNY", 5e6),
        ("3000万元", "CNY", 3e7),
        ("5 million yuan", "CNY", 5e6),
        ("1.01 亿英镑", "GBP", 1.01e8),
        ("10p", "GBP", 10),
        ("100 rupees", "INR", 100),
        ("700亿日元", "JPY", 7e10),
    ],
)
def test_an_amount_has_its_currency(text: str, currency: str, size: float) -> None:
    fact = only(text)

    assert fact.kind == "amount"
    assert (quantities(text)[0].dimension, quantities(text)[0].size) == (currency, size)


def test_a_yen_sign_may_mean_yuan() -> None:
    assert {value.dimension for value in quantities("¥500")} == {"CNY", "JPY"}


@pytest.mark.parametrize(
    ("text", "dimension", "base"),
    [
        ("5%", "ratio", 0.05),
        ("5 percent", "ratio", 0.05),
        ("5 per cent", "ratio", 0.05),
        ("百分之五点五", "ratio", 0.055),
        ("千分之三", "ratio", 0.003),
        ("七成", "ratio", 0.7),
        ("六成五", "ratio", 0.65),
        ("三分之一", "ratio", 1 / 3),
        ("two-thirds", "ratio", 2 / 3),
        ("a quarter", "ratio", 0.25),
        ("one in five", "ratio", 0.2),
        ("half", "ratio", 0.5),
        ("5 percentage points", "point", 5),
        ("5个百分点", "point", 5),
        ("25 basis points", "point", 0.25),
        ("25个基点", "point", 0.25),
    ],
)
def test_a_percentage_is_no_percentage_point(text: str, dimension: str, base: float) -> None:
    assert only(text).kind == "percentage"
    assert quantities(text)[0].dimension == dimension
    assert quantities(text)[0].base == pytest.approx(base)


@pytest.mark.parametrize("text", ["doubled", "twice", "翻番"])
def test_a_multiple_in_words_is_soft(text: str) -> None:
    assert only(text).soft
    assert (quantities(text)[0].size, quantities(text)[0].dimension) == (2, "times")


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("约1.5亿", "about"),
        ("1.5亿左右", "about"),
        ("1.5亿人左右", "about"),
        ("about 20", "about"),
        ("awesome 20", ""),
        ("逾100家", "over"),
        ("超过100家", "over"),
        ("20余家", "over"),
        ("more than 100", "over"),
        ("100+", "over"),
        ("近20万", "under"),
        ("nearly 60%", "under"),
        ("数千万元", "many"),
        ("几十人", "many"),
        ("tens of thousands", "many"),
        ("dozens", "many"),
        ("several million", "many"),
        ("100", ""),
    ],
)
def test_what_a_number_is_hedged_with_is_told(text: str, hedge: str) -> None:
    assert quantities(text)[0].hedge == hedge


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("1.5 billion", 1e8),
        ("14", 1),
        ("1,500", 100),
        ("0", 1),
        ("1.2万亿", 1e11),
        ("一点五亿", 1e7),
        ("三千人", 1000),
    ],
)
def test_a_number_is_as_exact_as_it_is_written(text: str, grain: float) -> None:
    assert quantities(text)[0].grain == pytest.approx(grain)


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("5 to 10%", [0.05, 0.1]),
        ("20%至30%", [0.2, 0.3]),
        ("20至30%", [0.2, 0.3]),
        ("5到10万人", [50000, 100000]),
        ("$3 to $4 billion", [3e9, 4e9]),
        ("$5-10 million", [5e6, 1e7]),
        ("5, 10 and 15 percent", [0.05, 0.1, 0.15]),
        ("20、30和40公里", [20000, 30000, 40000]),
    ],
)
def test_numbers_of_a_range_share_scale_and_unit(text: str, bases: list[float]) -> None:
    facts = find_facts(text)

    assert len(facts) == len(bases)
    for fact, base in zip(facts, bases, strict=True):
        read = [value.base for value in fact.values if isinstance(value, Quantity)]
        assert any(value == pytest.approx(base) for value in read)


def test_numbers_of_a_sentence_share_nothing() -> None:
    assert sizes("It has 14 shops, 3.5 million users") == [14, 3.5e6]
    assert sizes("5 percentage points, 70B") == [5, 7e10]


@pytest.mark.parametrize("text", ["二三级", "两三天", "三四十人"])
def test_two_digits_beside_each_other_are_a_range(text: str) -> None:
    first, last = quantities(text)

    assert only(text).soft
    assert first.size < last.size


@pytest.mark.parametrize("text", ["two films", "三家公司", "half", "the first", "第一", "数千万元"])
def test_what_is_said_in_passing_is_soft(text: str) -> None:
    assert [fact.soft for fact in find_facts(text)] == [True]


@pytest.mark.parametrize("text", ["3 films", "15 films", "fifteen films", "十五家公司"])
def test_what_is_counted_is_not_soft(text: str) -> None:
    assert [fact.soft for fact in find_facts(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一些人一起",
        "唯一",
        "万一",
        "百度和三星",
        "十二三四",
        "四川",
        "不成功",
        "数据",
        "May we come?",
    ],
)
def test_characters_that_mean_other_things_are_no_numbers(text: str) -> None:
    assert [fact.text for fact in find_facts(text) if not fact.soft] == []


def test_a_long_row_of_figures_is_no_number() -> None:
    assert find_facts("9" * 400) == []
    assert find_facts("一" * 400 + "人") == []
    assert find_facts("第" + "9" * 400) == []


def test_a_letter_may_be_a_scale_or_a_unit() -> None:
    assert [(value.dimension, value.base) for value in quantities("50m")] == [
        ("", 5e7),
        ("metre", 50),
    ]
    assert [(value.dimension, value.base) for value in quantities("5.68 m")] == [("metre", 5.68)]


def test_the_number_of_a_list_states_nothing() -> None:
    assert find_facts("1. Apples\n 2) Pears\n- 3、梨\n") == []
    assert [fact.text for fact in find_facts("It rose 1.5.")] == ["1.5"]


def test_places_are_those_of_the_text() -> None:
    text = "据悉，金额為１５億美元（约1.1萬）。"

    facts = find_facts(text)

    assert [text[fact.start : fact.end] for fact in facts] == [fact.text for fact in facts]
    assert [fact.text for fact in facts] == ["１５億美元", "1.1萬"]
