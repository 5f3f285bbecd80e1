"""A text against its sources: the same fact in another notation is there, another fact is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from digestbot.cli import main
from digestbot.text.verify import check

PUBLISHED = datetime(2026, 10, 15, 9, tzinfo=UTC)

SAME = [
    ("融资15亿美元", "It raised $1.5 billion."),
    ("融资1.5B美元", "融资15亿美元"),
    ("部署10吉瓦算力", "It will deploy 10 gigawatts of compute."),
    ("市值1.2万亿元", "市值1.2万亿元"),
    ("用户超过百万", "More than 1 million people use it."),
    ("占三分之一", "One third of them agreed."),
    ("增长70%", "增长七成"),
    ("10月14日发布", "It was released on October 14."),
    ("参数700亿", "A 70B model."),
    ("GPT-5.4今日上线", "GPT-5.4 is available today."),
    ("价格为50百万英镑", "It costs £50 m."),
    ("2026年下半年发布", "It ships in the second half of 2026."),
    ("第三季度营收增长", "Revenue grew in the third quarter."),
    ("公司于10月14日发布", "The company released it yesterday."),
    ("下午3点开始，持续3至5年", "It begins at 3 p.m. and takes 3 to 5 years."),
    ("约三成用户提高5个百分点", "About 30% of users are up 5 percentage points."),
    ("一点五亿美元", "$150 million"),
    ("第二代产品M4 Pro", "the second-generation product M4 Pro"),
    ("马斯克表示支持", "Elon Musk said he would support it."),
]

OTHER = [
    ("融资16亿美元", "It raised $1.5 billion."),
    ("融资15亿元人民币", "It raised $150 million."),
    ("部署100吉瓦算力", "It will deploy 10 gigawatts of compute."),
    ("市值1.3万亿元", "市值1.2万亿元"),
    ("增长75%", "增长七成"),
    ("10月24日发布", "It was released on October 14."),
    ("GPT-5.5今日上线", "GPT-5.4 is available today."),
    ("增长5.2%", "It grew 2.5%."),
    ("提高5%", "It is up 5 percentage points."),
    ("10月13日发布", "The company released it yesterday."),
    ("第四季度营收增长", "Revenue grew in the third quarter."),
    ("搭载M5 Pro芯片", "It has the M4 Pro chip."),
    ("详见 https://a.test/x", "See https://b.test/y"),
    ("Zephyr公司发布新品", "Acme launched it."),
]


def hard(text: str, *sources: str) -> list[str]:
    return [
        finding.text
        for finding in check(text, sources, published=PUBLISHED)
        if finding.severity == "hard"
    ]


@pytest.mark.parametrize(("text", "source"), SAME, ids=[text for text, _ in SAME])
def test_a_fact_in_another_notation_is_in_its_source(text: str, source: str) -> None:
    assert hard(text, source) == []


@pytest.mark.parametrize(("text", "source"), OTHER, ids=[text for text, _ in OTHER])
def test_another_fact_is_not(text: str, source: str) -> None:
    assert hard(text, source)


def test_one_of_the_sources_is_enough() -> None:
    assert hard("融资15亿美元，员工400人", "It raised $1.5 billion.", "It has 400 people.") == []


def test_a_finding_says_where_it_is_and_what_it_misses() -> None:
    text = "公司完成融资16亿美元。"

    (finding,) = [each for each in check(text, ["It raised $1.5 billion."]) if each.text]

    assert text[finding.start : finding.end] == finding.text
    assert "16" in finding.text
    assert "1.5 billion" in finding.reason


@given(st.text(max_size=300))
def test_no_text_is_flagged_against_itself_or_breaks_the_check(text: str) -> None:
    assert hard(text, text) == []
    check(text, ["Something else entirely."])


@given(st.integers(min_value=1, max_value=99_999))
def test_tens_of_thousands_are_the_same_in_chinese_and_in_english(thousands: int) -> None:
    english = f"It has {thousands * 1000:,} users."

    assert hard(f"用户达到{thousands / 10:g}万", english) == []
    assert hard(f"用户达到{thousands / 10 * 2:g}万", english)


def test_the_door_reads_lines_and_writes_findings(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": "融资16亿美元", "sources": ["It raised $1.5 billion."]},
        {"id": "b", "text": "融资15亿美元", "sources": ["It raised $1.5 billion."]},
    ]
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))

    result = CliRunner().invoke(main, ["check", "--jsonl", str(path)], catch_exceptions=False)

    one, other = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert (one["id"], other["id"]) == (1, "b")
    (finding,) = one["findings"]
    assert (finding["kind"], finding["severity"]) == ("amount", "hard")
    assert set(finding) == {"kind", "severity", "text", "start", "end", "reason"}
    assert other["findings"] == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("not JSON", "x.jsonl:1"),
        ('{"text": "a", "sources": []}', '"id"'),
        ('{"id": 1, "sources": []}', '"text"'),
        ('{"id": 1, "text": "a", "sources": "b"}', '"sources"'),
    ],
)
def test_a_line_of_the_door_that_cannot_be_read_is_named(
    line: str, words: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(line + "\n")

    result = CliRunner().invoke(main, ["check", "--jsonl", str(path)])

    assert result.exit_code == 2
    assert words in result.stderr
