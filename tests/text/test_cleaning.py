"""What clings to an article goes; an ordinary article stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from builders import SHARED
from digestbot.text.cleaning import clean_article
from digestbot.text.cleaning_lines import is_button, is_byline, is_crumb, is_notice, is_pointer
from digestbot.text.html import plain_text

ARTICLES = SHARED / "data" / "articles"
KEYNOTE = SHARED / "formats" / "feature" / "ces2026-keynote-page.txt"

FIRST = "The company said on Monday that it would open three new offices in the north."
LAST = "Analysts had expected the news, and its shares hardly moved in early trading."
CHINESE = "这家公司周一表示，将在北方新开三个办事处，并计划在明年招聘一千名工程师。"
CHINESE_END = "分析师此前已经预料到这一消息，公司股价在早盘交易中几乎没有变化，市场反应平淡。"
READINGS = "這(zhè)個(gè)網(wǎng)絡(luò)很長(cháng)，" * 5


def around(*lines: str) -> str:
    """An article with *lines* in its middle."""
    return "\n".join([FIRST, *lines, LAST])


# --- ordinary pages -------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "苹果(apple)发布了新的大模型(llm)，并介绍了它的网络(wǎng)结构。",
        "The tag <strong> makes text bold, and <p> begins a paragraph.",
        "Is 3 > 2? Yes: 3 > 2 > 1.",
        around("A heading in the middle"),
        around("记者：您怎么看这件事？", "王明：我认为这是一个好的开始。"),
        around("Share prices fell by a third.", "Comments were not available."),
        around("0", "12", "Table | of | five | short | cells"),
        around("Notice: the office in the north is the largest of the three."),
        "\n".join([FIRST, *(f"Ingredient number {number}" for number in range(25))]),
        "Disclaimer: I work in this trade, so I may well be partial. Here is what I saw in May.",
        around("公司随后发表声明，说它将继续经营。"),
        "\n".join(["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡"]),
    ],
)
def test_an_ordinary_text_comes_back_as_it_was(text: str) -> None:
    assert clean_article(text) == text


def expected() -> Iterator[tuple[str, str]]:
    """The texts that people took out of real pages."""
    for path in sorted((ARTICLES / "mozilla-readability").glob("*/expected.html")):
        yield path.parent.name, plain_text(path.read_text(encoding="utf-8"))
    for path in sorted((ARTICLES / "newspaper4k" / "txt").glob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8")


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the real articles are not here")
def test_real_articles_lose_nothing_but_buttons_bylines_and_pointers() -> None:
    touched = 0
    for name, text in expected():
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        left = clean_article(text).split("\n")
        lost = [line for line in lines if line not in left]
        touched += bool(lost)
        for line in lost:
            assert is_button(line) or is_byline(line) or is_pointer(line), (name, line)
    assert touched <= 6


# --- lines ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "分享至",
        "分享到：微信 微博 QQ空间",
        "点赞 12 收藏 3 评论",
        "3.5万 阅读 | 12 评论",
        "Share",
        "Share this article",
        "Facebook Twitter LinkedIn Email",
        "Click to share on Facebook (Opens in new window)",
        "Advertisement",
        "Story continues below advertisement",
        "Read more »",
        "点击查看更多",
        "阅读全文 >>",
        "扫码关注我们",
        "长按识别二维码关注",
        "欢迎关注我们的微信公众号",
        "Sign up for our daily newsletter",
        "Like Loading...",
        "责任编辑：王明",
        "（责编：汤诗瑶、丁涛）",
        "【责任编辑：严玉洁】",
    ],
)
def test_a_button_goes_wherever_it_stands(line: str) -> None:
    assert clean_article(around(line)) == around()


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By Jane Doe and John A. Smith, Staff Writers",
        "作者：王明",
        "文 | 王明",
        "来源：新华社",
        "0",
        "5 min read",
        "网易首页 > 网易号 > 正文 申请入驻",
        "当前位置：首页 >> 新闻",
        "Home > News > World",
    ],
)
def test_a_byline_goes_above_the_prose_and_below_it(line: str) -> None:
    assert clean_article(f"A title\n{line}\n{around()}") == f"A title\n{around()}"
    assert clean_article(f"{around()}\n{line}") == around()
    assert clean_article(around(line)) == around(line)


def test_spam_goes_from_the_very_top() -> None:
    spam = "国产一二三|日本不卡|黄色天天|免费在线|成人片"

    assert clean_article(f"{spam}\nA title\n{around()}") == f"A title\n{around()}"


def test_pointers_go_and_what_they_point_to_goes_at_the_end_only() -> None:
    related = ["Related articles", "Another company opens an office", "What engineers earn"]

    assert clean_article("\n".join([around(), *related])) == around()
    assert clean_article(around(*related)) == around(*related[1:])
    assert clean_article(around("Read more: Another company opens an office")) == around()


@pytest.mark.parametrize(
    "notice",
    [
        "特别声明：以上内容为自媒体平台用户上传并发布，本平台仅提供信息存储服务。",
        "版权声明：本文为博主原创文章，未经博主允许不得转载。",
        "【免责声明】本文仅代表作者本人观点，与本网无关。请读者仅作参考。",
        "Disclaimer: The views in this article are those of the author alone, not of this site.",
        "本文不代表本站观点，不构成投资建议。",
        "本文为本站原创文章，未经授权不得转载。",
        "Notice: The content above is uploaded and posted by a user of the platform.",
        "特别声明：",
        "热点推荐",
    ],
)
def test_a_legal_notice_is_the_end(notice: str) -> None:
    text = "\n".join([CHINESE, CHINESE_END])

    assert clean_article(f"{text}\n{notice}\n某地发生大事件\n某明星的新闻") == text


def test_a_notice_that_is_all_there_is_says_nothing() -> None:
    assert clean_article("【免责声明】本文仅代表作者本人观点，与本网无关。请读者仅作参考。") == ""


def test_a_notice_at_the_top_does_not_cost_the_article() -> None:
    text = f"免责声明：本文仅供参考。\n{CHINESE}\n{CHINESE_END}"

    assert clean_article(text) == text


def test_a_credit_under_a_picture_is_no_end() -> None:
    credit = "© 2024 Some Agency. All rights reserved"

    assert clean_article(around(credit, FIRST)) == around(FIRST)


@pytest.mark.parametrize(
    "lines",
    [
        [line for n in range(7) for line in (f"Headline of story {n}", "2026-03-18 14:52:07")],
        [line for n in range(7) for line in (f"Headline of story {n}",) * 2],
        [f"The headline of yet another story, number {n}" for n in range(40)],
    ],
)
def test_other_articles_headlines_go_from_the_end(lines: list[str]) -> None:
    assert clean_article("\n".join([around(), *lines])) == around()
    assert clean_article(around(*lines)) == around(*lines)


# --- what machines have spoilt ----------------------------------------------------


def test_readings_go_from_a_page_that_has_them_throughout() -> None:
    assert clean_article(READINGS) == "這個網絡很長，" * 5


@pytest.mark.parametrize("word", ["模型(llm)", "苹果(apple)", "网络(network)", "智能(ai)"])
def test_what_is_no_reading_stays_even_there(word: str) -> None:
    assert word in clean_article(f"{READINGS}。{word}很好。")


def test_a_few_readings_are_the_authors_own() -> None:
    text = "“长”在这里读作长(cháng)，而不是长(zhǎng)，这一点许多人都弄错了。"

    assert clean_article(text) == text


@pytest.mark.parametrize(
    "damage",
    ["因?yàn)樗", "不可能規(guī)?；摹", "相信?,人工", "再?gòu)?strong>云", "的\ue3c0能", "是摹/p>"],
)
def test_a_sentence_that_lost_a_character_is_left_out(damage: str) -> None:
    text = clean_article(f"{READINGS}。第一句話。{damage}是壞的。第二句話。")

    assert text.endswith("第一句話。第二句話。")


def test_narrow_marks_of_such_a_page_become_wide() -> None:
    text = clean_article(f"{READINGS}。今天,我們說:AI,是工具;你要嗎?")

    assert text.endswith("今天，我們說：AI，是工具；你要嗎？")


def test_pictures_from_an_icon_font_go_alone() -> None:
    assert clean_article("\ue600 " + FIRST + "\uf101") == FIRST


def test_undecodable_characters_take_their_sentence_along() -> None:
    assert clean_article(f"{FIRST} It cost \ufffd5 million. {LAST}") == f"{FIRST} {LAST}"


@pytest.mark.skipif(not KEYNOTE.is_file(), reason="the page of the keynote is not here")
def test_the_page_of_a_keynote_with_every_trap_in_it() -> None:
    text = clean_article(KEYNOTE.read_text(encoding="utf-8"))
    lines = text.split("\n")

    assert lines[0].startswith("CES2026")
    assert lines[-1] == "謝謝大家。新年快樂。歡迎來到 AI 的新時代。"
    assert not re.search(
        r"[\ue000-\uf8ff<>\ufffd]|strong|[(（][a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]", text
    )
    for trap in ("分享至", "編輯：", "聲明", "Notice", "推薦", "伊朗", "少婦", "無碼", "申請入駐"):
        assert trap not in text
    for kept in ("每 10~15 年一次平臺重置", "代理系統(Agent)開始遍地開花", "10 萬億美元規模"):
        assert kept in text
    assert len(text) > 15_000


# --- properties -------------------------------------------------------------------

LINES = st.sampled_from([
    FIRST,
    LAST,
    CHINESE,
    READINGS * 2,
    "網\ue000(wǎng)絡",
    "Related articles",
    "Read more: a story",
    "热点推荐",
    "免责声明：本文仅供参考，不构成任何投资建议，请读者自行承担全部的责任和风险。",
    "© 2024 Some Agency. All rights reserved",
    "a|b|c|d|e|f",
    "Home > News > World",
    "By Jane Doe",
    "Share",
    "0",
    "A heading",
    "2026-03-18",
    "再?gòu)?strong>云。好。",
    "\ufffd. x",
    "",
])  # fmt: skip


@given(text=st.lists(LINES, max_size=40).map("\n".join))
@example(text="\n".join([FIRST, "Related articles", *["A heading", "2026-03-18"] * 8, "By J. D."]))
def test_to_clean_twice_changes_nothing_more(text: str) -> None:
    once = clean_article(text)

    assert clean_article(once) == once


@given(text=st.text(alphabet="网(wǎng)?。.!<p>/strong \n|>：a1\ue000\ufffd", max_size=200))
def test_any_characters_are_cleaned_once_and_for_all(text: str) -> None:
    once = clean_article(text)

    assert clean_article(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "share" + "|" * 90 + "q",
        "a > " * 38 + "b>",
        "By A B C D E, and F & G, H I J" * 2,
        "(wǎng" * 20_000,
        "網(wǎng)" * 20_000,
        "<p " * 50_000,
        'aa."' * 50_000,
        f"Related articles\n{FIRST}\n" * 5_000,
        "\ufffd." * 50_000,
        "？”" * 50_000,
    ],
    ids=range(10),
)
def test_hostile_text_is_read_in_one_pass(text: str) -> None:
    """Any of these takes hours where a pattern goes back over what it has read."""
    clean_article(text)


@pytest.mark.parametrize("kind", [is_button, is_byline, is_crumb, is_notice, is_pointer])
def test_a_sentence_is_none_of_these(kind: object) -> None:
    assert callable(kind)
    for sentence in (FIRST, LAST, CHINESE, CHINESE_END):
        assert not kind(sentence)
