"""What a later headline adds to what was told: figures and turns of events, in doubt nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digestbot.text.developments import figures, names, news


def added(title: str, told: str) -> tuple[str, ...]:
    return news(title, headlines=told, known=told)


@pytest.mark.parametrize(
    ("told", "later", "found"),
    [
        ("蓝湾机器人洽谈B轮融资", "蓝湾机器人完成15亿美元B轮融资", ("15亿美元",)),
        (
            "Tidepool raises money",
            "Tidepool raises $40M at $1.5 billion",
            ("$40M", "$1.5 billion"),
        ),
        ("某地发生地震", "地震死亡人数升至35人", ("35人",)),
        ("Acme cuts jobs", "Acme to cut 12% of its staff", ("12%",)),
    ],
    ids=["amount", "dollars", "count", "share"],
)
def test_a_figure_that_nobody_told_is_news(told: str, later: str, found: tuple[str, ...]) -> None:
    assert added(later, told) == found


@pytest.mark.parametrize(
    ("told", "later"),
    [
        ("收购价超过70亿美元", "Stripe buys OpenRouter for more than $7.4B"),
        ("raised 1.5 billion dollars", "融资15亿美元"),
        ("The suit was filed in May.", "3 things to know about the suit filed on May 3, 2026"),
        ("GPT-5.5 is out", "GPT-5.5: a look at 5 new features of the RTX 5090"),
        ("Acme cuts 12 percent of staff", "Acme cuts 12% of staff"),
    ],
    ids=["rounded", "other units", "dates and counts", "products", "percent"],
)
def test_a_figure_that_is_old_or_says_little_is_not(told: str, later: str) -> None:
    assert added(later, told) == ()


def test_a_share_is_no_amount() -> None:
    assert added("Acme raises $40M", "Acme grew by 40%") == ("$40M",)


@pytest.mark.parametrize(
    ("told", "later", "found"),
    [
        ("北渡半导体计划下月发布BD200", "北渡半导体正式发布BD200", "正式发布"),
        ("OpenAI plans to launch GPT-6", "OpenAI launches GPT-6", "launches"),
        ("传闻：苹果收购澄江机器人", "苹果证实收购澄江机器人", "证实"),
        ("Acme unveils the X1 phone", "The Acme X1 is now available", "now available"),
        ("欧盟审议芯片出口草案", "欧盟通过芯片出口新规", "通过"),
        ("The bill on chip exports is debated", "Senate rejects chip export rules", "rejects"),
        ("纽约时报起诉OpenAI侵犯版权", "OpenAI与纽约时报达成和解", "和解"),
        (
            "Meta sued over child safety",
            "Jury finds against Meta: ruling in child safety case",
            "ruling",
        ),
        ("OpenAI上线语音功能", "OpenAI紧急下架语音功能", "下架"),
        ("Claude is down", "Claude service is restored", "restored"),
    ],
)
def test_a_turn_of_events_is_news(told: str, later: str, found: str) -> None:
    assert added(later, told) == (found,)


@pytest.mark.parametrize(
    ("told", "later"),
    [
        ("北渡半导体发布BD200", "BD200推理芯片由北渡半导体正式推出"),
        ("OpenAI launches GPT-6", "OpenAI has released GPT-6"),
        ("OpenAI plans to launch GPT-6. It launched GPT-5 last year.", "OpenAI to launch GPT-6"),
        ("北渡半导体计划下月发布BD200", "消息称北渡半导体下周发布BD200"),
        ("Meta settles the suit over child safety", "Meta reaches settlement in lawsuit"),
        ("Stripe clinches a deal to buy OpenRouter", "Stripe finalizes OpenRouter deal"),
        ("Rain in Oslo", "Acme launches a phone"),
        ("Anthropic CEO: AI will need trust", "Anthropic对开源AI的战争"),
        ("Acme will open a lab in Turin", "Acme may open a lab in Turin"),
    ],
    ids=[
        *("zh", "en", "hedged", "rumour", "settled", "agreed"),
        *("nothing open", "a noun", "another hedge"),
    ],
)
def test_the_same_stage_in_other_words_is_not(told: str, later: str) -> None:
    assert added(later, told) == ()


@given(st.text(max_size=80))
def test_a_headline_is_no_news_to_whoever_has_read_it(title: str) -> None:
    assert added(title, title) == ()


def test_only_a_headline_says_how_far_a_story_had_come() -> None:
    assert news("OpenAI launches GPT-6", headlines="GPT-6", known="It will launch soon.") == ()


def test_what_stood_in_a_text_is_not_news() -> None:
    told = "OpenAI plans to launch GPT-6"

    assert (
        news("OpenAI launches GPT-6", headlines=told, known=f"{told}\nIt launched at noon.") == ()
    )


def test_figures_are_named_as_they_are_written() -> None:
    assert (
        figures("融资15亿美元，估值 54 亿元，同比增长20%，2026年，3家") == "15亿美元; 54 亿元; 20%"
    )


def test_names_are_what_has_a_capital_unless_all_has() -> None:
    assert names("Mojo is now open source") == {"mojo"}
    assert names("Anthropic's War On Open Source") == frozenset()
    assert names("英伟达收购Groq") == {"nvidia", "groq"}
