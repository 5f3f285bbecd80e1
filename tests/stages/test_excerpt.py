"""An edition without a model: the publishers' own sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import edition, entry, feed, story
from digestbot.contract import Locale, Range
from digestbot.library import load_format
from digestbot.model import Origin, Summary
from digestbot.stages.excerpt import excerpt, plain_commentary

ZH = load_format("daily").locale("zh")
EN = load_format("daily").locale("en")
TEXT = (
    "星河公司周一发布了新模型，参数规模为700亿。该模型已在官网开放下载，采用宽松许可证。"
    "开发者可以在单张显卡上运行它。公司称训练用了三个月。下一个版本将在秋天到来。"
)


def limited(locale: Locale = ZH, **limits: Any) -> Locale:
    given = {
        name: Range(min=min(most, getattr(locale.limits, name).min), max=most)
        for name, most in limits.items()
    }
    return replace(locale, limits=replace(locale.limits, **given))


def told(locale: Locale = ZH, **given: Any) -> Summary:
    others = given.pop("others", ())
    return excerpt(story("a", *others, **given), edition=edition(), locale=locale)


def test_a_summary_is_the_publishers_first_whole_sentences() -> None:
    summary = told(limited(summary=60), title="星河模型开源", excerpt=TEXT)

    assert summary.text == (
        "星河公司周一发布了新模型，参数规模为700亿。该模型已在官网开放下载，采用宽松许可证。开发者可以在单张显卡上运行它。"
    )
    assert "".join(summary.evidence) == summary.text
    assert summary.origin is Origin.EXCERPT
    assert summary.headline == "星河模型开源"


def test_english_sentences_are_set_with_spaces() -> None:
    text = "Acme said on Monday it opens a plant. It will make robots there. It costs $3.5 billion."

    assert told(EN, title="Acme grows", excerpt=text).text == text


def test_there_are_no_more_sentences_than_the_format_wants() -> None:
    assert len(told(limited(summary_sentences=2), excerpt=TEXT).evidence) == 2


@pytest.mark.parametrize(
    "noise",
    [
        "点击查看原文和更多图片内容请下载。",
        "本文来自微信公众号：环球旅讯，作者张三。",
        "责任编辑：李四，编辑部出品的内容。",
        "2026年6月1日 12:00",
        "星河公司：发布700亿参数模型。",
        "图片来源：视觉中国授权使用图片。",
        "小标题",
        "Continue reading the full article on our site now.",
        "Photo: a view of the office",
    ],
)
def test_what_tells_nothing_is_left_out(noise: str) -> None:
    title = "星河公司：发布700亿参数模型"

    clean, noisy = (told(title=title, excerpt=text).text for text in (TEXT, f"{noise}\n{TEXT}"))

    assert noisy == clean


def test_a_label_before_a_sentence_is_taken_off() -> None:
    assert told(excerpt=f"（新浪财经）{TEXT}").text.startswith("星河公司周一")


def test_a_sentence_is_not_told_twice() -> None:
    sentence = "该模型已在官网开放下载，采用宽松许可证。"

    assert told(excerpt=sentence * 3).evidence == (sentence,)


def test_a_sentence_too_long_is_cut_behind_a_clause() -> None:
    text = "星河公司周一发布了新模型，参数规模为700亿，它比上一代快了三倍而且价格更低一些。"

    assert (
        told(limited(summary=30), excerpt=text).text == "星河公司周一发布了新模型，参数规模为700亿…"
    )


def test_no_word_and_no_number_is_cut_in_two() -> None:
    text = (
        "The company known as Acme Incorporated sold 1,234,567 shares of its robots arm on Monday"
    )
    summaries = [told(limited(EN, summary=most), excerpt=text).text for most in range(40, 80)]

    words = set(text.split())
    assert all(set(each.removesuffix("…").split()) <= words for each in summaries)


def test_what_the_publisher_cut_off_is_left_out_where_more_is_there() -> None:
    summary = told(
        excerpt="星河公司周一发布了新模型，参数规模为700亿。该模型已在官网开放下载，采用宽松许可证并且..."
    )

    assert summary.text == "星河公司周一发布了新模型，参数规模为700亿。"


def test_a_last_sentence_gets_the_full_stop_that_it_lacks() -> None:
    text = "星河公司周一发布了新模型，参数规模为700亿，已在官网开放下载"

    assert told(excerpt=text).text == f"{text}。"


def test_a_headline_alone_says_so_and_who_else_told_it() -> None:
    others = (entry("b", feed=feed("bravo")), entry("c", feed=feed("charlie")))

    summary = told(title="星河模型开源", others=others, feed=feed("晨星网"))

    assert summary.text == "晨星网于6月1日发布此消息，详情见原文。另有bravo、charlie报道。"
    assert summary.evidence == ("星河模型开源",)


def test_other_headlines_that_say_more_are_quoted_where_nobody_gives_a_text() -> None:
    others = (
        entry("b", feed=feed("bravo"), title="“Acme” opens robot plant: 300 jobs in Ohio."),
        entry("c", feed=feed("charlie"), title="Acme opens a plant"),
        entry("d", feed=feed("delta"), title="阿克米公司在俄亥俄州开设机器人工厂"),
        entry("e", feed=feed("echo"), title="Bread is cheap in Italy, and so is wine"),
        entry("f", feed=feed("bravo"), title="Acme opens robot plant, Ohio's mayor is happy"),
    )

    summary = told(EN, title="Acme opens a plant", others=others, feed=feed("alpha"))

    assert summary.text == (
        "alpha published this on June 1; details are at the link."
        " bravo: “‘Acme’ opens robot plant: 300 jobs in Ohio”."
        " Also reported by charlie, delta, echo."
    )
    assert summary.evidence == ("Acme opens a plant", others[0].title)


def test_a_variant_of_the_same_publisher_is_no_other() -> None:
    others = (entry("b", feed=feed("Morning Star")),)

    summary = told(EN, title="News", others=others, feed=feed("www.morningstar.test"))

    assert summary.text == "www.morningstar.test published this on June 1; details are at the link."


def test_two_sentences_of_code_are_set_with_a_space_in_english() -> None:
    summary = told(EN, title="News", others=(entry("b", feed=feed("bravo")),))

    assert summary.text.endswith("are at the link. Also reported by bravo.")


def test_a_text_in_another_language_is_quoted_as_it_is_and_says_so() -> None:
    text = "Acme said on Monday it will open a plant. The plant will make robots."

    assert told(title="阿克米建厂", excerpt=text).text == f"英文原文：{text}"
    assert told(EN, title="Model out", excerpt=TEXT).text.startswith("In Chinese: 星河公司周一")


def test_the_text_of_another_entry_stands_in() -> None:
    assert told(others=(entry("b", excerpt=TEXT),)).text.startswith("星河公司周一")


OTHER = (
    "IT之家 6 月 1 日消息，星河公司的新模型在数学测试中得了九十分。"
    "它比上一代模型高出二十分。分析师预计星河公司的股价将因此上涨。"
)


def test_another_report_adds_to_the_leads() -> None:
    summary = told(
        title="星河模型开源",
        excerpt="星河公司周一发布了新模型，参数规模为700亿。",
        others=(entry("b", excerpt=OTHER),),
    )

    assert summary.evidence[:2] == (
        "星河公司周一发布了新模型，参数规模为700亿。",
        "星河公司的新模型在数学测试中得了九十分。",
    )


def test_a_report_in_the_editions_language_is_quoted_before_the_leads() -> None:
    english = "Acme said on Monday it will open a plant. The plant will make robots."

    summary = told(excerpt=english, others=(entry("b", excerpt=TEXT),))

    assert summary.text.startswith("星河公司周一")
    assert "Acme" not in summary.text


def test_a_language_without_a_name_is_called_another() -> None:
    greek = "Η εταιρεία ανακοίνωσε τη Δευτέρα ότι θα ανοίξει ένα νέο εργοστάσιο στην Αθήνα."

    assert told(title="阿克米建厂", excerpt=greek).text.startswith("外文原文：Η εταιρεία")


def test_a_language_that_the_format_does_not_know_gets_no_label() -> None:
    text = "Acme said on Monday it will open a plant."

    assert told(replace(ZH, originals={}), title="阿克米建厂", excerpt=text).text == text


def test_sentences_without_a_full_stop_get_one_each() -> None:
    lines = (
        "新增了一项可以调节机器人颜色和速度的设置",
        "修复了在低温环境下机器人完全无法启动的问题",
    )

    assert told(excerpt="\n".join(lines)).text == f"{lines[0]}。{lines[1]}。"


@given(st.lists(st.text(alphabet="模型发布。，！“”（）AB1. \n…", max_size=200), max_size=4))
def test_every_sentence_is_verbatim_in_its_source_and_in_its_order(texts: list[str]) -> None:
    others = tuple(entry(f"e{n}", excerpt=text) for n, text in enumerate(texts))

    summary = told(title="题", others=others)

    source = " ".join(" ".join(text.split()) for text in texts)
    for sentence in summary.evidence if summary.evidence != ("题",) else ():
        _, found, source = source.partition(" ".join(sentence.removesuffix("…").split()))
        assert found


@pytest.mark.parametrize(
    ("title", "given", "headline"),
    [
        (
            "芯片出口限制再次收紧 - Reuters",
            {"url": "https://news.google.com/rss/1"},
            "芯片出口限制再次收紧",
        ),
        ("三星发布全新折叠屏手机 | 36氪", {"feed": feed("36氪")}, "三星发布全新折叠屏手机"),
        ("三星发布全新折叠屏手机 | 36氪", {}, "三星发布全新折叠屏手机 | 36氪"),
        ("Aug 18, 2026How Claude helps", {}, "How Claude helps"),
        ("Odysseus – self-hosted", {}, "Odysseus – self-hosted"),
    ],
)
def test_a_headline_is_the_title_without_its_sources_name(
    title: str, given: dict[str, Any], headline: str
) -> None:
    assert told(title=title, **given).headline == headline


def test_a_post_without_a_title_gets_a_short_headline() -> None:
    headline = told(title="一句很长的话没有标题，" * 20).headline

    assert headline.endswith("…")
    assert len(headline) <= 2 * ZH.limits.headline.max


@given(st.text(alphabet="模型发布。，！“”（）AB1. \n…", max_size=300), st.integers(20, 80))
def test_every_story_gets_a_text_within_the_limit(text: str, most: int) -> None:
    summary = told(limited(summary=most), title="题", excerpt=text)

    assert summary.headline
    assert summary.text
    assert len(summary.text) <= most + 1 or "详情见原文" in summary.text


# --- the lead and the categories ------------------------------------------------


def summaries(*headlines: str) -> list[Summary]:
    return [
        Summary(story=story(str(n), feed=feed(f"f{n}")), headline=headline, text="")
        for n, headline in enumerate(headlines)
    ]


def test_the_lead_names_the_first_stories_and_their_number() -> None:
    commentary = plain_commentary(summaries("甲发布《乙》", "丙上市"), edition=edition(), locale=ZH)

    assert commentary.lead == (
        "今日速递（6月1日）共收录2条要闻，来自2个来源。"
        "其中包括：《甲发布〈乙〉》、《丙上市》。各条内容摘自来源原文，详情请点击标题查看。"
    )
    assert commentary.paragraphs == ()
    assert commentary.origin is Origin.EXCERPT


def test_the_lead_keeps_to_the_formats_limit() -> None:
    many = summaries(*(f"第{n}条新闻讲的是一件很重要的事情发生在今天" for n in range(14)))

    lead = plain_commentary(many, edition=edition(), locale=ZH).lead

    assert "第0条" in lead
    assert len(lead) <= ZH.limits.lead.max


def test_an_english_lead_is_set_with_spaces() -> None:
    lead = plain_commentary(summaries("A", "B"), edition=edition(), locale=EN).lead

    assert "sources. Among them: “A”, “B”. Each text" in lead


def test_categories_are_counted_by_their_words() -> None:
    many = summaries("宇树机器人发布", "人形机器人量产", "英伟达芯片", "某社获得融资")

    categories = plain_commentary(many, edition=edition(), locale=ZH).categories

    assert categories[0] == "具身智能"
    assert len(categories) == 3


def test_latin_keywords_are_whole_words() -> None:
    names = plain_commentary(summaries("Happy people"), edition=edition(), locale=EN).categories

    assert names == ("Industry",)
