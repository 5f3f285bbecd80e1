"""What stands before a report's first word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.datelines import without_dateline

NEWS = "Acme opened a plant on Monday."
MELDUNG = "星河公司周一发布了新模型。"


@pytest.mark.parametrize(
    "dateline",
    [
        "LONDON (Reuters) - ",
        "LONDON, Aug 18 (Reuters) - ",
        "BANGKOK, Thailand (CNN) -- ",
        "(CNN)",
        "Miami (CNN)",
        "WASHINGTON — ",
        "NEW YORK, Aug. 18, 2026 -- ",
        "SAN FRANCISCO, Aug. 18, 2026 /PRNewswire/ -- ",
        "Aug 18, 2026",
        "12:00 PM PT -- ",
        "[Update] ",
        "● ",
        "▲ ",
    ],
)
def test_a_dateline_before_english_is_taken_off(dateline: str) -> None:
    assert without_dateline(dateline + NEWS) == NEWS


@pytest.mark.parametrize(
    "dateline",
    [
        "IT之家 8 月 19 日消息，",
        "IT之家8月19日消息，",
        "新华社北京8月19日电（记者张三、李四）",
        "新华社俄罗斯喀山7月11日电 ",
        "财联社8月19日电，",
        "36氪获悉，",
        "钛媒体App 8月19日消息，",
        "央视网消息：",
        "综合消息，",
        "本报讯（记者 张三）",
        "本站讯（职工通讯员 李琴雯 刘会）",
        "（新浪财经）",
        "【环球网报道】",
        "【AI前线】（记者张三）",
    ],
)
def test_a_dateline_before_chinese_is_taken_off(dateline: str) -> None:
    assert without_dateline(dateline + MELDUNG) == MELDUNG


@pytest.mark.parametrize(
    "sentence",
    [
        NEWS,
        MELDUNG,
        "据新华社8月19日报道，星河公司发布了新模型。",
        "据彭博社消息，星河公司发布了新模型。",
        "记者从铁路部门获悉，今日发送旅客六百万人次。",
        "昨日传出好消息，星河公司将上市。",
        "彭博社8月19日报道，星河公司将上市。",
        "有消息称，星河公司将上市。",
        "NVIDIA — The chip maker — said sales rose.",
        "[He] felt threatened and left.",
        "On Aug 18 (a Tuesday) the plant opened.",
        "8月19日，星河公司发布了新模型。",
        "（新浪财经）",
        "(CNN)",
    ],
)
def test_what_belongs_to_the_sentence_stays(sentence: str) -> None:
    assert without_dateline(sentence) == sentence


@given(st.text(alphabet="AB cd,.()（）【】-—月日电消息记者8 \n", max_size=60))
def test_what_is_left_is_the_end_of_the_sentence(text: str) -> None:
    rest = without_dateline(text)

    assert text.endswith(rest)
    assert rest or not text
    assert without_dateline(rest) == rest
