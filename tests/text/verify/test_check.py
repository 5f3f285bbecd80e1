"""What a check of a text against its sources finds, and what it says of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from digestbot.text.verify import Finding, check


def hard(text: str, *sources: str) -> list[str]:
    return [each.text for each in check(text, sources) if each.severity == "hard"]


def suspect(text: str, *sources: str) -> list[str]:
    return [each.text for each in check(text, sources) if each.severity == "suspect"]


def reason(text: str, source: str) -> str:
    return check(text, [source])[0].reason


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("融资15亿美元", "It raised $1.5 billion."),
        ("耗电10吉瓦", "It draws 10 gigawatts."),
        ("700亿参数的模型", "a 70B model"),
        ("10月14日发布", "It was released on October 14."),
        ("2020年10月14日", "In 2020 it began. On October 14 it ended."),
        ("三分之一的人", "one-third of them"),
        ("七成用户", "70% of users"),
        ("年龄为 46 岁", "Jane, 46, said"),
        ("73 岁生日", "her 73rd birthday"),
        ("第14分钟", "after 14 minutes"),
        ("两周后", "14 days later"),
        ("营收增长5%", "Revenue rose 5 percent."),
        ("3到5亿美元", "$300 million to $500 million"),
        ("数十万人上街", "300,000 people took to the streets"),
        ("数百万人", "millions of people"),
        ("数千万元", "3000万元"),
        ("多达500日元", "¥500"),
        ("80澳元", "$80"),
        ("5比1获胜", "won 5-1"),
        ("1比5告负", "won 5-1"),
        ("下午3点半", "at 15:30"),
        ("周六", "Saturday"),
        ("三季度", "in Q3"),
        ("超过1.8亿美元", "$181,674,817"),
        ("约1.8亿美元", "$181,674,817"),
        ("近200人", "198 people"),
        ("发布GPT 5.4", "They released GPT-5.4."),
        ("See https://a.test/b.", "at http://www.a.test/b/ now"),
        ("“我们会赢”", "他说：“我们会赢。”"),
        ("Nvidia发布芯片", "NVIDIA has a chip."),
        ("9·11事件", "since 9/11"),
    ],
)
def test_what_a_source_says_in_other_words_is_no_finding(text: str, source: str) -> None:
    assert check(text, [source]) == []


@pytest.mark.parametrize(
    ("text", "source", "found"),
    [
        ("融资1.5亿美元", "It raised $1.5 billion.", ["1.5亿美元"]),
        ("融资15亿元", "It raised $1.5 billion.", ["15亿元"]),
        ("增长5%", "It rose 5 percentage points.", ["5%"]),
        ("增长5个百分点", "It rose 5%.", ["5个百分点"]),
        ("营收5%", "He has 5 shops.", ["5%"]),
        ("3 美元", "three of them", ["3 美元"]),
        ("14 天", "14 people after 9 days", ["14 天"]),
        ("10月15日", "October 14", ["10月15日"]),
        ("11月14日", "October 14", ["11月14日"]),
        ("2021年10月14日", "October 14, 2020", ["2021年10月14日"]),
        ("2021年", "In 2020 it began.", ["2021年"]),
        ("周日", "Saturday", ["周日"]),
        ("Q4", "in Q3", ["Q4"]),
        ("5:0获胜", "won 2-1", ["5:0"]),
        ("GPT-5", "They released GPT-5.4.", ["GPT-5"]),
        ("15", "It costs 15 million now.", ["15"]),
        ("十一人", "六百八十一人", ["十一人"]),
        ("30个省", "32个省", ["30个"]),
        ("第40分钟", "第43分钟", ["第40"]),
        ("see https://b.test", "see https://a.test", ["https://b.test"]),
        ("他说“我们一定会赢”", "他说：“我们会赢。”", ["“我们一定会赢”"]),
        ("OpenAI发布芯片", "NVIDIA has a chip.", ["OpenAI"]),
        ("数千万元", "3000元", []),
        ("5000人", "数千人", ["5000人"]),
    ],
)
def test_what_no_source_says_is_a_hard_finding(text: str, source: str, found: list[str]) -> None:
    assert hard(text, source) == found


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("1.6%", "1.62%"),
        ("8公里", "5 miles"),
        ("4,047 公顷", "10,000 acres"),
        ("two films", "a film"),
        ("the second", "the first one"),
        ("数千人", "dozens of people"),
        ("2020年10月14日", "October 14"),
        ("3:1", "Rovers 3, City 1"),
        ("33-23", "That put them 23-20 ahead."),
        ("他说“我们一定会赢得这场比赛”", "We will win, he said."),
        ("他说“赢家”", "他们输了"),
    ],
)
def test_what_a_source_nearly_says_is_suspect(text: str, source: str) -> None:
    assert hard(text, source) == []
    assert len(suspect(text, source)) == 1


@pytest.mark.parametrize(
    "text", ["一名男子", "one man", "去年", "yesterday", "“赢家”笑了", "Here We Are Again"]
)
def test_what_claims_nothing_is_no_finding(text: str) -> None:
    assert check(text, ["We are here again, a man said."]) == []


def test_the_day_of_publication_is_a_fact_of_the_sources() -> None:
    monday = date(2026, 6, 1)

    assert check("6月1日，周一", ["It happened today."], published=monday) == []
    assert check("5月31日", ["It happened yesterday."], published=monday) == []
    assert check("昨日", ["It was on May 31."], published=monday) == []
    assert check("去年", ["It was in 2025."], published=datetime(2026, 6, 1, tzinfo=UTC)) == []
    assert [each.text for each in check("6月2日", ["It rains."], published=monday)] == ["6月2日"]


def test_the_dateline_of_a_text_is_its_own() -> None:
    assert check("6月1日电 它来了", ["它来了。"]) == []
    assert hard("6月1日来了", "它来了。") == ["6月1日"]
    assert check("6月1日电 它来了", ["它来了。"], published=date(2026, 6, 3)) != []


def test_any_of_the_sources_may_have_it() -> None:
    assert check("14 shops and 15 cafés", ["It has 14 shops.", "There are 15 cafés."]) == []
    assert hard("14 shops", *[]) == ["14"]


@pytest.mark.parametrize(
    "name",
    ["Jane Ross", "Belgian clubs of Ross", "the UK", "Western Ross", "WHO", "The Ross's"],
)
def test_a_name_may_be_told_otherwise(name: str) -> None:
    source = "jane ross of the United Kingdom went west for the World Health Organization, Belgium"

    assert hard(f"This is {name} now.", source) == []


def test_initials_may_be_what_the_source_has() -> None:
    assert hard("It is the World Health Organization now.", "the WHO said") == []


def test_a_name_of_which_a_word_is_missing_is_found() -> None:
    assert hard("We met Sarah Ross there.", "Jane Ross was met there by us.") == ["Sarah Ross"]


def test_a_quotation_may_leave_out_words() -> None:
    source = 'He said: "We will, as I told you, win this time."'

    assert hard('He said "we will … win this time" to us.', source) == []
    assert hard('He said "we [all] win this time" to us.', source) == []
    assert hard('He said "we shall win this time" to us.', source) == ['"we shall win this time"']


def test_a_finding_says_where_and_why() -> None:
    assert check("它融资1.5亿美元。", ["It raised $1.5 billion."]) == [
        Finding(
            kind="amount",
            severity="hard",
            text="1.5亿美元",
            start=3,
            end=9,
            reason="`1.5亿美元` is not in the source; it has `$1.5 billion` = 15亿",
        )
    ]


@pytest.mark.parametrize(
    ("text", "source", "told"),
    [
        ("1.6%", "1.62%", "`1.6%` is rounded or converted: the source has `1.62%`"),
        ("5%", "5 percentage points", "`5%` is not in the source; it has `5 percentage points`"),
        ("It cost 20 yuan", "共15元", "`20 yuan` is not in the source; it has `15元` = 15"),
        (
            "raised 3 billion",
            "融资15亿",
            "`3 billion` is not in the source; it has `15亿` = 1.5 billion",
        ),
        ("raised 30,000", "融资1.5万", "`30,000` is not in the source; it has `1.5万` = 15,000"),
        ("用户3万", "15,000 users", "`3万` is not in the source; it has `15,000` = 1.5万"),
        ("10月15日", "October 14", "`10月15日` is not in the source; it has `October 14`"),
        ("10月15日", "It rains.", "`10月15日` is not in the source"),
        ("35%", "It rains.", "`35%` is not in the source"),
        (
            "two films",
            "five films",
            "`two` is not in the source, but may be meant loosely; it has `five`",
        ),
        ("共5000万亿元", "共0元，3元", "`5000万亿元` is not in the source"),
        ("OpenAI来了", "它来了", "`OpenAI` is not in the source"),
        ("他说“我们一定会赢”", "我们会赢", "`“我们一定会赢”` is not word for word in the source"),
        ("他说“我们一定会赢”", "We win", "`“我们一定会赢”` is translated, so no quotation"),
    ],
)
def test_a_reason_names_what_the_source_has_instead(text: str, source: str, told: str) -> None:
    assert reason(text, source) == told


def test_an_exact_number_is_found_among_many_near_ones() -> None:
    source = ", ".join(f"{number} tons" for number in range(1000, 4000))

    assert check("3999 tons", [source]) == []
    assert hard("3999.5 tons", source) == ["3999.5 tons"]


def test_the_language_may_be_told() -> None:
    assert check("OpenAI", ["它来了"], language="zh") != []
    assert check("OpenAI", ["它来了"], language="en") == []
